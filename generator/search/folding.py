"""Cuts text into words for the search, alike however they are spelt.

`theme/assets/search-core.js` does the same to what a reader types, by the tables of `RULES`, which
the manifest of the index carries; a test holds the two against each other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

import regex

LONGEST: Final = 40
"""Code points of a word that count; the rest is cut off."""

_ENGLISH: Final = """
    a an and are as at be been by for from had has have in is it its of on or that the their they
    this to was were which with
"""
STOPWORDS: Final = frozenset(_ENGLISH.split())
"""Words that stand in nearly every claim: they are not searched, unless a name has no others."""

# Accents and vowel points of Latin, Cyrillic, Greek, Hebrew and Arabic. Those of Indic and Thai
# letters stay: without them, other words are left.
_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    # Not seen at all: soft hyphens, joiners, marks of direction, letters raised as apostrophes.
    "\u00ad\u02b9-\u02bf\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
# Letters that Unicode does not decompose, by script: Latin, Kazakh and its neighbours, Greek,
# Arabic and Persian with their digits, the last letters of Hebrew words.
_FROM: Final = "ıłøđðħŧəқғңүұөәһієґςىةکیٱگۆۇھے٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ךםןףץ"
_INTO: Final = "ilodohteкгнууоахиегσيهكياكووهي01234567890123456789כמנפצ"
_LETTERS: Final = dict(zip(_FROM, _INTO, strict=True)) | {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
}
# Scripts without spaces: Thai and Lao, Burmese, Khmer, kana, Han.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f"
)
_MARK: Final = re.compile(f"[{_MARKS}]+")
_REPLACED: Final = str.maketrans(_LETTERS)
_POSSESSIVE: Final = r"['’‘]s(?![\p{L}\p{N}])"
_NUMBER: Final = r"[0-9]+(?:(?:\.(?=[0-9])|,(?=[0-9]{3}(?![0-9])))[0-9]+)+"
_WORD: Final = rf"{_NUMBER}|[\p{{L}}\p{{M}}\p{{N}}]+"
RULES: Final = {
    "marks": _MARKS,
    "letters": _LETTERS,
    "unspaced": _UNSPACED,
    "possessive": _POSSESSIVE,
    "word": _WORD,
    "longest": LONGEST,
}
"""What a query needs: character classes, replacements, expressions of both languages, `LONGEST`."""

_ENDING: Final = regex.compile(_POSSESSIVE)
_APOSTROPHE: Final = re.compile("['’‘]")
_ANY_WORD: Final = regex.compile(_WORD)
_PLAIN_WORD: Final = re.compile(rf"{_NUMBER}|[a-z0-9]+")
_RUN: Final = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED: Final = re.compile(f"[{_UNSPACED}]")


def fold(text: str) -> str:
    """A text in small letters, without accents, and with letters that are often confused made one."""
    if text.isascii():
        return text.lower()
    bare = _MARK.sub("", normalize("NFKD", text).lower())
    return normalize("NFC", bare.translate(_REPLACED))


def words_of(text: str) -> list[str]:
    """The words of a text, folded, in their order.

    A number keeps its decimal point and loses its thousands' commas. Of scripts without spaces each
    two neighbouring characters are a word.
    """
    folded = fold(text)
    is_plain = folded.isascii()
    if "'" in folded or not (is_plain or _APOSTROPHE.search(folded) is None):
        folded = _APOSTROPHE.sub("", _ENDING.sub("", folded))
    if is_plain:
        found = _PLAIN_WORD.findall(folded)
    else:
        found = _ANY_WORD.findall(folded)
        if _IS_UNSPACED.search(folded):
            found = [part for word in found for part in _pairs(word)]
    if "," in folded:
        found = [word.replace(",", "") for word in found]
    if len(folded) > LONGEST and max(map(len, found), default=0) > LONGEST:
        found = [word[:LONGEST] for word in found]
    return found


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[str, ...]:
    """The words by which a name is found; stop words only where it has no others."""
    words = tuple(dict.fromkeys(words_of(name)))
    return tuple(word for word in words if word not in STOPWORDS) or words


def _pairs(word: str) -> list[str]:
    parts = []
    for run in _RUN.findall(word):
        if _IS_UNSPACED.match(run) and len(run) > 2:
            parts += [run[at : at + 2] for at in range(len(run) - 1)]
        else:
            parts.append(run)
    return parts
