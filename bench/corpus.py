"""The corpus: invented fact sheets and articles, the same for the same number of sheets.

Sheets come in blocks of five, and each block has one article whose sentences carry the block's
claims; some are echoed by the article of the block before. Everything follows from the number of a
sheet or block: `bench.author` writes a corpus as a stream and keeps none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from bench.vocabulary import GIVEN, LANGUAGES, STEMS, stem

BLOCK: Final = 5
"""Sheets for each source."""

CLAIMS: Final = 10
"""Claims of each sheet."""

AGENCIES: Final = tuple(f"wire-{stem(STEMS - 1 - number).lower()}" for number in range(12))
"""Ids of the agencies whose reports some articles carry."""

TOPICS: Final = ("Overview", "Trade", "Diplomacy", "Statements", "Assessment")
FOLDERS: Final = {
    "country": "countries",
    "person": "people",
    "agreement": "agreements",
    "organisation": "organisations",
    "event": "events",
}
# Kinds by the last digits of a sheet's number; in the first block so that small corpora have all.
_PATTERN: Final = (
    "country", "person", "agreement", "organisation", "event",
    "country", "person", "country", "person", "agreement",
    "country", "person", "organisation", "country", "person",
    "event", "country", "person", "agreement", "organisation",
)  # fmt: skip
_RANKS: Final = tuple(_PATTERN[:place].count(kind) for place, kind in enumerate(_PATTERN))
_PLACES: Final = {
    kind: tuple(place for place, other in enumerate(_PATTERN) if other == kind) for kind in FOLDERS
}
LARGEST: Final = STEMS * len(_PATTERN) // max(len(places) for places in _PLACES.values())
"""Sheets of the largest corpus whose names are all different."""


@dataclass(frozen=True, slots=True)
class Name:
    """What identifies an entity.

    Attributes:
        stem: Number of the syllables its name is made of.
    """

    id: str
    kind: str
    name: str
    stem: int

    @property
    def folder(self) -> str:
        """Folder of its sheet."""
        return FOLDERS[self.kind]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source."""

    source: str
    exact: str
    translation: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim.

    Attributes:
        place: Keys of the sheet that lead to it, its own last.
        text: The sentence, with `[[id]]` links.
        written: Whether the sheet gives the text; else it follows from the other keys.
        keys: Further keys of the claim.
    """

    place: tuple[str, ...]
    text: str
    quotes: tuple[Quote, ...]
    written: bool = True
    keys: dict[str, str | list[str]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Id within its sheet."""
        part, *rest = self.place
        return "-".join(["participant", *rest] if part == "participants" else rest or [part])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A fact sheet."""

    name: Name
    other_names: dict[str, str]
    identifiers: dict[str, str]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An article with its record; `keys` are those of the record."""

    id: str
    keys: dict[str, str | list[str]]
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Some sheets and the article that was written for them."""

    sheets: tuple[Sheet, ...]
    source: Source


def kind_of(number: int) -> str:
    """Kind of the entity of a number."""
    return _PATTERN[number % len(_PATTERN)]


@lru_cache(maxsize=1 << 16)
def name_of(number: int) -> Name:
    """Identity of the entity of a number."""
    turn, place = divmod(number, len(_PATTERN))
    kind = _PATTERN[place]
    rank = turn * len(_PLACES[kind]) + _RANKS[place]
    root = stem(rank)
    form = {
        "country": f"{root}ia",
        "person": f"{GIVEN[rank % len(GIVEN)]} {root}",
        "agreement": f"{root} {('Treaty', 'Accord', 'Convention')[rank % 3]}",
        "organisation": f"{root} {('League', 'Commission', 'Council', 'Union')[rank % 4]}",
        "event": f"{('Meeting', 'Ceremony', 'Congress')[rank % 3]} of {root}",
    }[kind]
    return Name(form.lower().replace(" ", "-"), kind, form, rank)


def number_of(kind: str, rank: int) -> int:
    """Number of the entity that is the `rank`-th of its kind."""
    turn, place = divmod(rank, len(_PLACES[kind]))
    return turn * len(_PATTERN) + _PLACES[kind][place]


def count_of(kind: str, sheets: int) -> int:
    """How many of the first sheets are of a kind."""
    turns, rest = divmod(sheets, len(_PATTERN))
    return turns * len(_PLACES[kind]) + sum(place < rest for place in _PLACES[kind])


def other_names(number: int) -> dict[str, str]:
    """Names in other scripts: none, one or two, by language tag."""
    name = name_of(number)
    first, second = LANGUAGES[number % 6], LANGUAGES[(number // 6 + 1) % 6]
    tags = ((), (first,), tuple(dict.fromkeys((first, second))))[number % 3]
    return {tag: stem(name.stem, tag) for tag in tags}


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus of so many sheets.

    Attributes:
        sheets: Number of sheets, a multiple of five from ten to `LARGEST`.

    Raises:
        ValueError: for another number.
    """

    sheets: int

    def __post_init__(self) -> None:
        if self.sheets % BLOCK or not 2 * BLOCK <= self.sheets <= LARGEST:
            message = f"{self.sheets} is no multiple of {BLOCK} from {2 * BLOCK} to {LARGEST}"
            raise ValueError(message)

    @property
    def sources(self) -> int:
        """Number of sources, one for each block."""
        return self.sheets // BLOCK

    def names(self) -> Iterator[Name]:
        """All entities, in order of their numbers."""
        return map(name_of, range(self.sheets))
