"""Makes the web fonts in `theme/assets/fonts/` from the families that the packages below carry.

Run by `make fonts`, by hand and rarely: the files are kept with the project, so that neither a build
nor a reader needs another host. The axes are cut to what the style sheets use, and each family is
divided by script, so that a page in one script loads the files of that script alone.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN = (
    "U+0020-007E, U+00A0-017F, U+0192, U+0218-021B, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+1E80-1E85, "
    "U+1E9E, U+2010-2015, U+2018-201E, U+2020-2022, U+2026, U+2030, U+2032-2033, U+2039-203A, U+2044, "
    "U+20AC, U+2116, U+2122, U+2190-2193, U+2212, U+2264-2265"
)
# The alphabets of Russian, Kazakh, Ukrainian, Serbian and the languages of Central Asia.
CYRILLIC = (
    "U+0301, U+0400-045F, U+0490-0493, U+0496-049D, U+04A0-04A3, U+04AE-04B3, U+04B6-04B9, "
    "U+04BA-04BB, U+04D8-04D9, U+04E2-04E3, U+04E8-04E9, U+04EE-04EF, U+20B8, U+20BD"
)
ARABIC = "U+060C, U+061B-061C, U+061F-0657, U+0660-066D, U+0670-06D5, U+06F0-06F9, U+200C-200F"
HEBREW = "U+0591-05F4, U+200E-200F, U+20AA, U+2066-2069, U+FB1D-FB4F"


@dataclass(frozen=True)
class Face:
    """One file to make.

    Attributes:
        name: Stem of the file.
        package: Package with the family.
        file: Its font file in there.
        characters: What it holds, as CSS `unicode-range` writes it.
        axes: Where its axes are cut; a pair keeps a range.
    """

    name: str
    package: str
    file: str
    characters: str
    axes: dict[str, float | tuple[float, float]]


FEATURES = (
    *("ccmp", "locl", "mark", "mkmk", "kern", "liga", "calt", "lnum", "tnum"),
    *("init", "medi", "fina", "isol", "rlig", "curs"),
)
WEIGHTS: dict[str, float | tuple[float, float]] = {"wght": (400, 700), "wdth": 100}
FACES = (
    Face("serif-latin", "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", LATIN, WEIGHTS),
    Face("serif-cyrillic", "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", CYRILLIC, WEIGHTS),
    Face("sans-latin", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", LATIN, WEIGHTS),
    Face("sans-cyrillic", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", CYRILLIC, WEIGHTS),
    Face("arabic", "fontpkg_ibm_plex_sans_arabic", "IBMPlexSansArabic-Regular.ttf", ARABIC, {}),
    Face(
        "hebrew", "fontpkg_frank_ruhl_libre", "FrankRuhlLibre[wght].ttf", HEBREW,
        {"wght": (400, 700)},
    ),
)  # fmt: skip


def code_points(ranges: str) -> list[int]:
    """The characters of a `unicode-range`."""
    found: list[int] = []
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        found += range(int(first, 16), int(last or first, 16) + 1)
    return found


def make_face(face: Face, folder: Path) -> None:
    """Cut one font and write it."""
    font = TTFont(Path(str(files(face.package) / "files" / face.file)), recalcTimestamp=False)
    options = Options()
    options.layout_features = [*FEATURES]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    cutter = Subsetter(options)
    cutter.populate(unicodes=code_points(face.characters))
    cutter.subset(font)
    if face.axes:
        font = instantiateVariableFont(font, face.axes)
    font.flavor = "woff2"
    font.save(folder / f"{face.name}.woff2")


def main(folder: Path) -> None:
    """Write all faces and the licence of each family."""
    folder.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        make_face(face, folder)
        licence = Path(str(files(face.package) / "LICENSE"))
        words = licence.read_text(
            encoding="utf-8"
        )  # with line feeds alone, as the project has them
        kept = folder / f"LICENSE-{face.package.removeprefix('fontpkg_')}.txt"
        kept.write_text(words, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
