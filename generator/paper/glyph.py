"""Characters that no font of the papers has: found before anything is set, at their place."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from generator.config import Settings
from generator.diagnostics import Sink
from generator.model.briefing import Briefing
from generator.model.fact import Entity, Source
from generator.model.stage import Verified
from generator.paper.order import Paper
from generator.paper.typeset import font_files
from generator.textfile import DecodeFault, TextFile

# Typst sets these without a glyph.
_UNSEEN: Final = frozenset("\n\t\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u2060\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


@cache
def covered(fonts: tuple[Path, ...]) -> frozenset[int]:
    """Code points that at least one font has a glyph for."""
    found: set[int] = set()
    for path in fonts:
        if "Italic" not in path.name:
            found |= _code_points(path)
    return frozenset(found)


def _code_points(path: Path) -> set[int]:
    """The code points of a font, by its `cmap` table (OpenType 1.9, forms 4 and 12)."""
    data = path.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    found: set[int] = set()
    for at in range(12, 12 + tables * 16, 16):
        tag, _, start, _ = struct.unpack_from(">4sLLL", data, at)
        if tag != b"cmap":
            continue
        for number in range(struct.unpack_from(">H", data, start + 2)[0]):
            offset = start + struct.unpack_from(">L", data, start + 8 + number * 8)[0]
            form = struct.unpack_from(">H", data, offset)[0]
            if form == 12:
                found |= set(_groups(data, offset))
            elif form == 4:
                found |= set(_segments(data, offset))
    return found


def _groups(data: bytes, offset: int) -> Iterator[int]:
    for group in range(struct.unpack_from(">L", data, offset + 12)[0]):
        first, last, _ = struct.unpack_from(">LLL", data, offset + 16 + group * 12)
        yield from range(first, last + 1)


def _segments(data: bytes, offset: int) -> Iterator[int]:
    count = struct.unpack_from(">H", data, offset + 6)[0] // 2
    last = struct.unpack_from(f">{count}H", data, offset + 14)
    first = struct.unpack_from(f">{count}H", data, offset + 16 + count * 2)
    for start, end in zip(first, last, strict=True):
        yield from range(start, end + 1 if end < 0xFFFF else end)


def missing(paper: Paper, settings: Settings) -> list[str]:
    """The characters of a paper that no font has, in order of code points."""
    known = covered(font_files(settings))
    return sorted({c for c in _letters(paper.data) if ord(c) not in known and c not in _UNSEEN})


def _letters(value: Any) -> set[str]:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return set(value)
    if isinstance(value, dict):
        return set().union(*map(_letters, value.values()))
    if isinstance(value, list | tuple):
        return set().union(*map(_letters, value))
    return set()


def report_glyphs(paper: Paper, verified: Verified, entities: tuple[str, ...], sink: Sink) -> bool:
    """Report R504 for characters that no font has, wherever they stand; whether there are any.

    Neighbours are one finding: a name in a script that no font has is one fault.

    Args:
        paper: The paper.
        verified: What it was composed from.
        entities: Ids of the pages it holds.
        sink: Takes the findings.
    """
    facts = verified.facts
    absent = missing(paper, facts.settings)
    remaining = set(absent)
    records: list[Entity | Source | Briefing] = [facts.entities[id_] for id_ in entities]
    records += [*facts.briefings, *facts.sources.values(), *facts.entities.values()]
    for record in records:
        if not remaining:
            break
        remaining -= _report(absent, remaining, record.path, facts.settings, sink)
    if remaining:
        name = facts.settings.shown(facts.settings.config_file)
        sink.add("R504", _words(" ".join(sorted(remaining))), name, *_HINTS)
    return bool(absent)


_HINTS: Final = (
    "put a font that has it into `print/fonts/` of the theme, or leave it out",
    "a site without papers has the setting `pdf: none`",
)
_MOST_SHOWN: Final = 60


def _words(run: str) -> str:
    if len(run) == 1:
        return f"no font for papers has the character `{run}` (U+{ord(run):04X})"
    shown = run if len(run) <= _MOST_SHOWN else f"{run[:_MOST_SHOWN]}…"
    return f"no font for papers has the characters of `{shown}`"


def _report(
    absent: list[str], wanted: set[str], shown: str, settings: Settings, sink: Sink
) -> set[str]:
    """Report the runs of absent characters in a file that have wanted ones; which these are."""
    try:
        file = TextFile.read(settings.root / shown, shown)
    except (OSError, DecodeFault):
        return set()
    one = f"[{re.escape(''.join(absent))}]"
    told: set[str] = set()
    for run in re.finditer(f"{one}+(?: +{one}+)*", file.text):
        here = wanted.intersection(run[0])
        if here:
            sink.add("R504", _words(run[0]), file.span(*run.span()), *_HINTS)
            told |= here
    return told
