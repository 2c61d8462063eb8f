"""How wide words come out, roughly, so that they fit where they are drawn without a browser.

The widths are those of a humanist sans-serif in parts of its size, rounded up: words may come out
narrower than reckoned, hardly ever wider.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_NARROW: Final = dict.fromkeys("iljt.,:;'|!I()[]f-’‘ ", 0.34)
_WIDE: Final = dict.fromkeys("mwMW@%—", 0.92)
_CAPITAL, _SMALL = 0.7, 0.57
_SCRIPTS: Final = (
    # First character, the one behind the last, width.
    (0x0300, 0x0370, 0.0),  # marks that stand over others
    (0x0370, 0x0590, 0.68),  # Greek, Cyrillic, Armenian
    (0x0590, 0x0600, 0.62),  # Hebrew
    (0x0600, 0x0780, 0.62),  # Arabic
    (0x0900, 0x1100, 0.75),  # Indic, Thai, Georgian
    (0x1100, 0xA000, 1.05),  # Hangul, kana, Han
    (0xAC00, 0xFB00, 1.05),  # Hangul, Han
    (0xFB00, 0xFE00, 0.7),  # Hebrew and Arabic forms
    (0xFE30, 0xFFFF, 1.05),
)
ELLIPSIS: Final = "…"


def width(text: str, size: float) -> float:
    """How wide a text is at a size, in the same unit."""
    return sum(map(_advance, text)) * size


@lru_cache(maxsize=4096)
def _advance(character: str) -> float:
    if character in _NARROW:
        return _NARROW[character]
    if character in _WIDE:
        return _WIDE[character]
    code = ord(character)
    if code < 0x0300:
        return _CAPITAL if character.isupper() else _SMALL
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    for first, end, share in _SCRIPTS:
        if first <= code < end:
            return share
    return 1.05 if code > 0xFFFF else _CAPITAL


@lru_cache(maxsize=65_536)
def wrap(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """A text in lines no wider than there is room; what does not fit the last ends in `…`.

    Args:
        text: The words.
        size: Their size.
        room: Width of a line, in the same unit.
        most: How many lines there may be, one or more.
    """
    if width(text, size) <= room:
        return (text,)
    lines: list[str] = []
    line = ""
    words = text.split()
    for number, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if width(longer, size) <= room:
            line = longer
            continue
        if len(lines) + 1 == most or not line:
            rest = " ".join([line, *words[number:]]).strip()
            if len(lines) + 1 == most:
                return (*lines, _cut(rest, size, room))
            # A word wider than a line is broken where the line ends.
            kept = _fitting(word, size, room)
            return (*lines, kept, *wrap(rest[len(kept) :], size, room, most - len(lines) - 1))
        lines.append(line)
        line = word
        if width(word, size) > room:
            rest = " ".join(words[number:])
            return (*lines, *wrap(rest, size, room, most - len(lines)))
    return (*lines, line)


def _fitting(text: str, size: float, room: float) -> str:
    """As much of a text's beginning as there is room for, one character at least."""
    total, at = 0.0, 0
    for at, character in enumerate(text):  # noqa: B007 - where it ended is what counts
        total += _advance(character) * size
        if total > room:
            break
    return text[: max(1, at)]


def _cut(text: str, size: float, room: float) -> str:
    if width(text, size) <= room:
        return text
    return _fitting(text, size, room - width(ELLIPSIS, size)).rstrip() + ELLIPSIS
