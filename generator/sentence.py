"""Where sentences end: the rule by which a briefing's prose is cut, given in docs/format.md.

The text may hold `MARK`, which stands for a citation. A citation that follows a full stop belongs to
the sentence before it, so it is a sure sign that the sentence has ended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MARK = "\ue000"
"""Stands for a citation; no author may write it."""

_STOP = re.compile("[.!?…؟۔։।]+|[。！？｡]+")
_CLOSING = "\"'”’»›)]」』）】"
_OPENING = "\"'“‘«‹([「『（【"
_WIDE = "。！？｡"
# Followed by a name or a number: no sentence ends with one of these.
_LEADING = frozenset(
    ("mr", "mrs", "ms", "dr", "prof", "st", "sen", "rep", "gov", "gen", "col", "lt", "capt", "sgt", "rev",
     "hon", "pres", "amb", "no", "nos", "vol", "fig", "art", "para", "p", "pp", "ch", "sec", "cf", "vs",
     "v", "e.g", "i.e", "viz", "al", "ca", "c", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
     "sept", "oct", "nov", "dec", "approx")
)  # fmt: skip
# May end a sentence or stand in it: the next word decides.
_EITHER = frozenset(
    ("u.s", "u.k", "u.n", "e.u", "u.a.e", "a.m", "p.m", "etc", "ltd", "inc", "co", "corp", "jr", "sr")
)  # fmt: skip
# Words that begin a sentence far more often than a name.
_STARTERS = frozenset(
    ("the", "a", "an", "in", "on", "at", "by", "for", "from", "it", "its", "he", "she", "they", "we",
     "his", "her", "their", "this", "that", "these", "those", "there", "but", "and", "or", "if", "when",
     "while", "as", "after", "before", "although", "however", "since", "so", "no", "not", "one", "some",
     "most", "all", "both", "neither", "other", "another", "what", "who", "which", "it's")
)  # fmt: skip
_LINK = re.compile(r"\[\[[^\[\]|]*(?:\|([^\[\]]*))?\]\]")
_WORD_BEFORE = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\Z")
_WORD_AFTER = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text begins and ends, blank ends left out.

    Args:
        text: A paragraph or list item, with `MARK` in the place of citations.
    """
    start = 0
    for found in _STOP.finditer(text):
        end = found.end()
        if found.start() < start:
            continue
        end, marked = _take_closing(text, end)
        if _ends(text, found, end, marked=marked):
            yield from _trimmed(text, start, end)
            start = end
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    if left < right:
        yield start + left, start + right


def _take_closing(text: str, end: int) -> tuple[int, bool]:
    """The end of a sentence with the quotation marks, brackets and citations that belong to it."""
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    marked, at = False, end
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at >= len(text) or text[at] != MARK:
            return end, marked
        at += 1
        end, marked = at, True


def _shown(text: str) -> str:
    """A text that begins with a link as readers see it; a link without a label shows a name."""
    link = _LINK.match(text)
    if link is None:
        return text
    return (link[1] or "Name").lstrip() + text[link.end() :]


def _ends(text: str, stop: re.Match[str], end: int, *, marked: bool) -> bool:
    """Whether a sentence ends at a mark that may end one."""
    rest = text[end:]
    following = rest.lstrip()
    if not following:
        return True
    if stop.group()[-1] in _WIDE:
        return True
    if not marked and not rest[0].isspace():
        return False  # a decimal, an address, an abbreviation with further letters
    following = _shown(following.lstrip("*"))
    first = following.lstrip(_OPENING + "*")[:1]
    if first.islower():
        return False
    if marked:
        return True
    if stop.group() != ".":
        return True
    before = _WORD_BEFORE.search(text[: stop.start()])
    word = before.group() if before else ""
    if word.lower() in _LEADING and not (word.lower() == "no" and not first.isdigit()):
        return False
    after = _WORD_AFTER.match(following.lstrip(_OPENING + "*"))
    starts = after is not None and after.group().lower() in _STARTERS
    if len(word) == 1 and word.isupper() and word != "I":
        return starts  # an initial
    if word.lower() in _EITHER or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return starts
    return True
