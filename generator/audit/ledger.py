"""What a sound site's audit leaves for the next one: a record of every page, and indexes of the data.

It is written only when the audit found nothing. All of it is plain data, packed into bytes.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate
from typing import Final

import msgspec

from generator.audit.judge import Ground
from generator.audit.passage import quoted_words
from generator.audit.record import PageRecord, decode_record
from generator.audit.register import CLAIMS, ENTITIES, SOURCES, names_of
from generator.audit.row import Row
from generator.audit.survey import Survey
from generator.config import Settings

VERSION: Final = "3"
"""Changes whenever a page might be judged, or recorded, in another way."""


class Lines(msgspec.Struct):
    """Where the lines of a data file end, in bytes, and the id of each."""

    ids: list[str]
    ends: bytes

    def offsets(self) -> array[int]:
        """Offset behind each line's line feed."""
        return array("Q", self.ends)


class Packed(msgspec.Struct):
    """A ledger as it is stored.

    Attributes:
        key: What it was made with; see `ledger_key`.
        names: The site's files; a page's links give their places in it. Empty for one that is gone.
        pages: Place of each page among the names; `records`: the record of each.
        edges: Files that each page links to or rests on, as numbers of four bytes.
        lines: The lines of each data file.
        citing: Refs of the claims that cite a source.
        titles: How often each name and title stands in the data files.
        texts: Hashes of the claims' texts; `quotes`: those of their quotations. Eight bytes each.
        told: Texts that must not become a claim's; `lengthy`: those that must not hold a name.
        owners: Entity or source whose page a file is.
        identities: Pages that give a number in names; `on_all`: pages with figures of any source's
            record. Both may hold pages that did so once.
    """

    key: str
    names: list[str]
    pages: list[int]
    records: list[bytes]
    edges: list[bytes]
    lines: dict[str, Lines]
    citing: dict[str, list[str]]
    titles: dict[str, int]
    texts: bytes
    quotes: bytes
    told: list[str]
    lengthy: list[str]
    owners: dict[int, str]
    identities: dict[int, list[str]]
    on_all: list[str]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Packed).decode


def ledger_key(settings: Settings) -> str:
    """What has to be the same for a ledger to be of use."""
    return "\n".join((VERSION, settings.site_url, str(settings.seeds), str(settings.root)))


def hash_text(text: str) -> int:
    """Eight bytes that stand for a text."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def pack_hashes(texts: Iterable[str]) -> bytes:
    """Hashes of texts, eight bytes each."""
    return array("Q", map(hash_text, texts)).tobytes()


def edge_bytes(record: PageRecord) -> bytes:
    """Files that a page links to or rests on, as numbers of four bytes."""
    return array("I", sorted({*record.links, *record.rests})).tobytes()


class Ledger:
    """Gives what was known of a site's pages.

    Args:
        packed: As stored.
    """

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self.number_of = {name: number for number, name in enumerate(packed.names) if name}
        self._at = {number: at for at, number in enumerate(packed.pages)}

    @classmethod
    def load(cls, data: bytes | memoryview, settings: Settings) -> Ledger | None:
        """Read a ledger; None for one that is damaged, of another version or other settings."""
        try:
            packed = _decode(data)
        except (msgspec.MsgspecError, ValueError):
            return None
        return cls(packed) if packed.key == ledger_key(settings) else None

    def dump(self) -> bytes:
        """The ledger as bytes."""
        return _encode(self.packed)

    def record(self, path: str) -> PageRecord | None:
        """The record of a page; None where there is no such page."""
        number = self.number_of.get(path)
        at = None if number is None else self._at.get(number)
        return None if at is None else decode_record(self.packed.records[at])

    def place(self, path: str) -> int | None:
        """The place of a page's record; None where there is no such page."""
        number = self.number_of.get(path)
        return None if number is None else self._at.get(number)

    @cached_property
    def _edges(self) -> tuple[bytes, list[int]]:
        edges = self.packed.edges
        return b"".join(edges), list(accumulate(map(len, edges), initial=0))

    def leading_to(self, path: str) -> Iterator[PageRecord]:
        """Every page that links to a file or rests on it."""
        number = self.number_of.get(path)
        if number is None:
            return
        edges, starts = self._edges
        needle = number.to_bytes(4, sys.byteorder)
        at = edges.find(needle)
        while at >= 0:
            page = bisect_right(starts, at) - 1
            if at % 4 == 0:
                yield decode_record(self.packed.records[page])
                at = starts[page + 1] - 1
            at = edges.find(needle, at + 1)

    def holding(self, words: str) -> Iterator[PageRecord]:
        """Every page whose record holds some words, and maybe others."""
        needle = words.encode("utf-8", "surrogatepass")
        for packed in self.packed.records:
            if needle in packed:
                yield decode_record(packed)


def make_ledger(ground: Ground, survey: Survey) -> Ledger | None:
    """Make the ledger of a site whose audit found nothing; None where its data files are unusual."""
    register, inventory = ground.register, ground.inventory
    names = sorted(inventory.files)
    numbers = {name: number for number, name in enumerate(names)}
    paths = sorted(survey.records)
    owners: dict[int, str] = {}
    for row in register.entities.values():
        url = row.text("url")
        target = inventory.follow("index.html", url) if url else None
        if target is not None and target.file is not None:
            owners[numbers[target.file]] = row.id
    for source in register.sources:
        page = inventory.source_page(source)
        if page is not None:
            owners[numbers[page]] = source
    titles: dict[str, int] = {}
    for name in names_of(register.entities.values(), register.sources.values()):
        titles[name] = titles.get(name, 0) + 1
    register.citing("")
    lines = {
        CLAIMS: _lines([claim.row for claim in register.claims.values()]),
        ENTITIES: _lines(list(register.entities.values())),
        SOURCES: _lines(list(register.sources.values())),
    }
    if None in lines.values():
        return None
    packed = Packed(
        ledger_key(ground.settings),
        names,
        [numbers[path] for path in paths],
        [survey.packed[path] for path in paths],
        [edge_bytes(survey.records[path]) for path in paths],
        {name: known for name, known in lines.items() if known is not None},
        {name: [row.ref for row in rows] for name, rows in register.citations_by_source().items()},
        titles,
        pack_hashes(claim.words for claim in register.claims.values() if claim.said),
        pack_hashes(quoted_words(register)),
        sorted(survey.told),
        sorted(survey.lengthy),
        owners,
        {},
        [],
    )
    for record in survey.records.values():
        note_numbers(packed, record)
    return Ledger(packed)


def note_numbers(packed: Packed, record: PageRecord) -> None:
    """Note which numbers a page takes from the records of all."""
    for number in record.numbers:
        paths = packed.identities.setdefault(number, [])
        if record.path not in paths:
            paths.append(record.path)
    if record.rests_on_all and record.path not in packed.on_all:
        packed.on_all.append(record.path)


def _lines(rows: Sequence[Row]) -> Lines | None:
    """The lines of a file; None for one with other lines besides."""
    at = 0
    for row in rows:
        if row.start != at:
            return None
        at = row.end + 1
    if rows and at != len(rows[0].source.data):
        return None
    return Lines([row.id for row in rows], array("Q", [row.end + 1 for row in rows]).tobytes())
