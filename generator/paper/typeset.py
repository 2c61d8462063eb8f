"""Typst: papers in, PDF out. Nothing is read but what is handed over: no network, no system font."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from generator.config import DEFAULT_THEME, Settings
from generator.paper.order import Paper, Variant, digest

TEMPLATES: Final = ("paper.typ", "changes.typ", "pieces.typ")
STANDARDS: Final[tuple[typst.PDFStandard, ...]] = ("ua-1", "a-3a")
FONT_PACKAGES: Final = (
    "fontpkg-noto-serif",
    "fontpkg-noto-sans",
    "fontpkg-ibm-plex-sans-arabic",
    "fontpkg-frank-ruhl-libre",
)


class TypesetFault(Exception):
    """Typst has refused a paper, or warned of something.

    Attributes:
        reason: What it said.
        place: The template and the line it named, if it did: `paper.typ:12`.
    """

    def __init__(self, reason: str, place: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


class Typesetter:
    """Sets papers; one for all papers of a process, since it keeps what they share.

    Args:
        settings: Name the theme, whose folder `print/` goes before that of the tool.
    """

    def __init__(self, settings: Settings) -> None:
        self.folders = (settings.theme / "print", DEFAULT_THEME / "print")
        self.fonts = font_files(settings)

    @cached_property
    def templates(self) -> dict[str, bytes]:
        """The templates by name.

        Raises:
            OSError: when one cannot be read.
        """
        return {name: self.path(name).read_bytes() for name in TEMPLATES}

    def path(self, name: str) -> Path:
        """Where a template lies."""
        found = (folder / name for folder in self.folders)
        return next((path for path in found if path.is_file()), self.folders[-1] / name)

    @cached_property
    def mark(self) -> str:
        """Changes with everything a PDF depends on besides its paper."""
        versions = [
            f"{name} {importlib.metadata.version(name)}" for name in ("typst", *FONT_PACKAGES)
        ]
        # Those of packages are known by their versions.
        own = {path.name: path.read_bytes() for path in self.fonts if path.parent.name == "fonts"}
        return digest({**self.templates, **own}, *versions, *STANDARDS)

    @cached_property
    def _fonts(self) -> typst.Fonts:
        return typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(one) for one in dict.fromkeys(path.parent for path in self.fonts)],
        )

    def key(self, paper: Paper, variant: Variant) -> str:
        """The content address of a paper in a form: same key, same PDF."""
        return digest(paper.files(variant), self.mark, str(paper.time), paper.template)

    def typeset(self, paper: Paper, variant: Variant) -> bytes:
        """A paper as PDF.

        Raises:
            TypesetFault: when Typst refuses it, or warns of anything.
            OSError: when a template cannot be read.
        """
        # Typst takes the file of this name as the one to begin with.
        files: Any = {  # the stubs do not know that a mapping is taken
            "main.typ": self.templates[paper.template],
            "pieces.typ": self.templates["pieces.typ"],
            **paper.files(variant),
        }
        try:
            made, warned = typst.compile_with_warnings(
                files,
                font_paths=self._fonts,
                format="pdf",
                pdf_standards=[*STANDARDS],
                timestamp=paper.time,
            )
        except typst.TypstError as error:
            raise TypesetFault(_one_line(error.message, error.hints)) from error
        if warned:
            raise TypesetFault(_one_line(warned[0].message, warned[0].hints))
        if not isinstance(made, bytes):
            raise TypesetFault("typst gave no file")
        return made


def _one_line(message: str, hints: list[str]) -> str:
    words = " ".join(message.split())
    return words + (f" ({' '.join(' '.join(hints).split())})" if hints else "")


@lru_cache(maxsize=8)
def font_files(settings: Settings) -> tuple[Path, ...]:
    """All fonts of papers: those of the packages, then what themes have in `print/fonts/`."""
    found: list[Path] = []
    for name in FONT_PACKAGES:
        spec = importlib.util.find_spec(name.replace("-", "_"))
        if spec is None or not spec.submodule_search_locations:
            raise FileNotFoundError(f"the package {name} is not installed")
        folder = Path(spec.submodule_search_locations[0]) / "files"
        found += sorted(folder.glob("*.ttf"))
    for theme in dict.fromkeys((settings.theme, DEFAULT_THEME)):
        own = theme / "print" / "fonts"
        found += sorted(path for path in own.glob("*") if path.suffix in (".ttf", ".otf"))
    return tuple(found)
