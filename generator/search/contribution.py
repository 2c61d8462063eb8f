"""What one unit, an entity with its claims or a source, adds to the index: cheap to keep, quick to merge.

A contribution is text in UTF-8, one or more *leaflets* with NUL between them; a unit with more
claims than `MOST` has several. The lines of a leaflet:

1. its key: ten digits of `DIGITS`, a hash of the unit's name and the leaflet's number;
2. its facets: one digit for each document, eight times the kind plus the standing;
3. words of the names of the page, each with how many words the shortest such name has;
4. its record, JSON: what results show;
5. and on: a word, and in the next line its *group*: a digit for how many documents have it, then
   for each the digit of its place in the leaflet and that of its facets.

Filter values are words too: `=y2019` for a year, `=ssource-id` for a source.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

from generator.model.kind import KINDS, STANDINGS
from generator.search.document import BRIEFING, SOURCE, Document
from generator.search.folding import STOPWORDS, name_words, words_of

DIGITS: Final = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
"""The 64 digits, in their order: numbers of the same length sort as texts."""
MOST: Final = 62
"""Claims of a leaflet."""
KIND_ORDER: Final = (SOURCE, *(kind.id for kind in KINDS), BRIEFING)
STANDING_ORDER: Final = ("", *STANDINGS)
ABSENT: Final = DIGITS[63]
"""Facets of the page at all leaflets but the first: it is found in that one."""
YEAR: Final = "=y"
CITED: Final = "=s"

_STANDARD: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TO_OURS: Final = bytes.maketrans(_STANDARD, DIGITS.encode())
_FACET: Final = {
    (kind, standing): DIGITS[8 * first + second]
    for first, kind in enumerate(KIND_ORDER)
    for second, standing in enumerate(STANDING_ORDER)
}


class Leaflet(NamedTuple):
    """A leaflet, read.

    Attributes:
        key: Ten digits.
        facets: A digit a document; the first is the page.
        names: (word, number of words as a digit) of the names of the page.
        record: The JSON of its record.
        words: Words that documents have, and their groups, in the same order.
    """

    key: str
    facets: str
    names: tuple[tuple[str, str], ...]
    record: str
    words: Sequence[str]
    groups: Sequence[str]


def contribute(unit: str, documents: Sequence[Document]) -> bytes:
    """What a unit adds to the index.

    Args:
        unit: Its name, different from that of every other unit.
        documents: First that of the page, then those of its claims, whose id and url are those of
            the page with `#` and the same anchor behind.

    Raises:
        ValueError: An id or url of a claim is not of that form.
    """
    head, claims = documents[0], documents[1:]
    chunks = [claims[at : at + MOST] for at in range(0, len(claims), MOST)] or [claims]
    return "\0".join(
        _leaflet(unit, number, head, chunk) for number, chunk in enumerate(chunks)
    ).encode("utf-8", "replace")


def leaflets(contribution: bytes) -> list[Leaflet]:
    """Read a contribution."""
    found = []
    for text in contribution.decode().split("\0") if contribution else ():
        lines = text.split("\n")
        names = lines[2].split()
        pairs = tuple(zip(names[::2], names[1::2], strict=True))
        found.append(Leaflet(lines[0], lines[1], pairs, lines[3], lines[4::2], lines[5::2]))
    return found


def key_of(unit: str, number: int = 0) -> str:
    """Key of a leaflet of a unit; the first three digits are those of its first leaflet."""
    key = _digits(unit)
    return key[:3] + _digits(f"{unit}+{number}")[3:] if number else key


def _digits(name: str) -> str:
    digest = b64encode(blake2b(name.encode("utf-8", "replace"), digest_size=9).digest())
    return digest.translate(_TO_OURS).decode()[:10]


def _leaflet(unit: str, number: int, head: Document, claims: Sequence[Document]) -> str:
    groups: defaultdict[str, str] = defaultdict(str)
    facets = [ABSENT if number else _FACET[head.kind, head.standing]]
    if not number:
        own = _year_words(head.years).union(*map(_word_set, head.spellings))
        groups.update(dict.fromkeys(own, DIGITS[0] + facets[0]))
    for place, claim in enumerate(claims, start=1):
        facet = _FACET[claim.kind, claim.standing]
        facets.append(facet)
        entry = DIGITS[place] + facet
        words = set(words_of(claim.words)) - STOPWORDS
        words.update(_year_words(claim.years), *map(_word_set, claim.spellings))
        words.update([CITED + source for source in claim.sources])
        for word in words:
            groups[word] += entry
    lines = [key_of(unit, number), "".join(facets), _names(head), _record(head, claims)]
    for word in sorted(groups):
        entries = groups[word]
        lines += word, DIGITS[len(entries) // 2] + entries
    return "\n".join(lines)


def _names(head: Document) -> str:
    shortest: dict[str, int] = {}
    for name in head.names:
        words = name_words(name)
        count = min(len(words), 63)
        for word in words:
            shortest[word] = min(count, shortest.get(word, count))
    return " ".join(f"{word} {DIGITS[count]}" for word, count in sorted(shortest.items()))


@lru_cache(maxsize=1 << 12)
def _year_words(years: tuple[int, ...]) -> frozenset[str]:
    return frozenset([f"{YEAR}{year}" for year in years])


@lru_cache(maxsize=1 << 16)
def _word_set(text: str) -> frozenset[str]:
    return frozenset(words_of(text)) - STOPWORDS


def _record(head: Document, claims: Sequence[Document]) -> str:
    page, own = f"{head.url}#", f"{head.id}#"
    rows = []
    for claim in claims:
        anchor = claim.id.removeprefix(own)
        if claim.id != own + anchor or claim.url != page + anchor:
            message = f"`{claim.id}` at `{claim.url}` is no claim of `{head.id}` at `{head.url}`"
            raise ValueError(message)
        rows.append((anchor, claim.words, claim.standing, claim.years, claim.sources))
    record = (head.id, head.url, head.kind, head.title, head.words, head.years, rows)
    return _ENCODER.encode(record)


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
