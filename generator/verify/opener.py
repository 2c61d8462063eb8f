"""The words that a figure may begin with. Texts come folded (`generator.verify.scan`)."""

import re
from typing import Final

from generator.date import MONTHS, SEASONS
from generator.verify.dating import BIG_WORDS, MONTH_NUMBERS
from generator.verify.numeral import ORDINALS, SMALL

LETTERS: Final = re.compile(r"[^\W\d_]+")
_OPENERS: Final = frozenset(
    {
        *SMALL,
        *ORDINALS,
        *BIG_WORDS,
        "half",
        "quarter",
        *SEASONS,
        "fall",
        "sept",
        *MONTH_NUMBERS,
    }.union(month.lower() for month in MONTHS)
)
_SMALL_LETTERS: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalpha() and code < 128 else 32 for code in range(256)
)


def openers_of(text: str) -> frozenset[str]:
    """Give the words of a text that a figure may begin with, in small letters.

    A multiplier stands for itself and for the "a" or "half" that may stand before it.
    """
    return _OPENERS.intersection(_words(text))


def _words(text: str) -> list[str]:
    """The runs of letters of a text, in small letters."""
    if text.isascii():
        return text.encode().translate(_SMALL_LETTERS).decode().split()
    found: list[str] = LETTERS.findall(text.lower())
    return found
