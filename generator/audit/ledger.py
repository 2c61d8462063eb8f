"""What a sound site's audit leaves for the next one: a record of every page, and indexes of the data.

It is written only when the audit found nothing. It lies on a *shelf* of small values, of which an
audit of changes asks for those that it needs, and gives those that are others from then on.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, Protocol
from zlib import crc32

import msgspec

from generator.audit.hashed import Hashes
from generator.audit.judge import Ground
from generator.audit.lines import Lines, entity_of, lines_of
from generator.audit.record import PageRecord, decode_record
from generator.audit.register import CLAIMS, ENTITIES, SOURCES, names_of, rows_of, words_of_claims
from generator.audit.survey import Survey
from generator.config import Settings

VERSION: Final = "5"
"""Changes whenever a page might be judged, or recorded, in another way."""

PAGE, LEADING, WORDS, CITING, BOOK = (
    f"audit {kind}" for kind in ("page", "leading", "words", "citing", "book")
)
KINDS: Final = (PAGE, LEADING, WORDS, CITING, BOOK)
"""Kinds of values: the record of a page; the pages that lead to a file; those that hold some words;
the claims that cite a source; and books, of which there is one each."""

_SHELVES: Final = 1024
"""Among how many values the pages are shared that hold words."""

Key = tuple[str, str]
"""Kind and id of a value."""


class Shelf(Protocol):
    """Where the values of a ledger lie."""

    def unit(self, kind: str, id_: str) -> bytes | None:
        """A value; None when there is none."""
        ...


class Record(NamedTuple):
    """What an audit leaves for the next.

    Attributes:
        units: Values by kind and id; None for one that is to be taken out.
        is_whole: Whether there is to be nothing else on the shelf.
    """

    units: Mapping[Key, bytes | None]
    is_whole: bool


@dataclass
class Books:
    """What there is one of in a ledger.

    Attributes:
        names: The site's files; links give their places in it. Empty for one that is gone.
        lines: The lines of each data file.
        owners: Entity or source whose page a file is.
        titles: Every name and title in the data files, as often as it stands there.
        texts: The claims' texts; `quotes`: their quotations.
        told: Texts that must not become a claim's; `lengthy`: those that must not hold a name.
            Both may hold such as stood on a page once.
    """

    names: list[str]
    lines: dict[str, Lines]
    owners: dict[int, str]
    titles: Hashes
    texts: Hashes
    quotes: Hashes
    told: Hashes
    lengthy: list[str]

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each file that is there."""
        return {name: number for number, name in enumerate(self.names) if name}

    def pack(self, known: Books | None = None) -> dict[Key, bytes | None]:
        """As values of a shelf; only those that differ from books that lie there already."""
        made: dict[Key, bytes | None] = {}
        for name in ("titles", "texts", "quotes", "told"):
            held: Hashes = getattr(self, name)
            if known is None or held is not getattr(known, name):
                made[BOOK, name] = held.pack()
        for name, lines in self.lines.items():
            if known is None or lines is not known.lines[name]:
                made[BOOK, name] = _encode((lines.keys, lines.ends.tobytes()))
        for name in ("names", "owners", "lengthy"):
            if known is None or getattr(self, name) != getattr(known, name):
                made[BOOK, name] = _encode(getattr(self, name))
        return made

    @classmethod
    def open(cls, shelf: Shelf) -> Books:
        """The books on a shelf.

        Raises:
            ValueError: when one is missing or damaged.
        """

        def book(name: str) -> bytes:
            found = shelf.unit(BOOK, name)
            if found is None:
                raise ValueError(name)
            return found

        lines = {}
        for name in (CLAIMS, ENTITIES, SOURCES):
            keys, ends = _decode_lines(book(name))
            lines[name] = Lines(keys, array("Q", ends))
        return cls(
            _decode_list(book("names")),
            lines,
            _decode_owners(book("owners")),
            Hashes(book("titles")),
            Hashes(book("texts")),
            Hashes(book("quotes")),
            Hashes(book("told")),
            _decode_list(book("lengthy")),
        )


_encode = msgspec.msgpack.Encoder().encode
_decode_list = msgspec.msgpack.Decoder(list[str]).decode
_decode_lines = msgspec.msgpack.Decoder(tuple[list[str], bytes]).decode
_decode_owners = msgspec.msgpack.Decoder(dict[int, str]).decode


def ledger_key(settings: Settings) -> str:
    """What has to be the same for a ledger to be of use."""
    return "\n".join((VERSION, settings.site_url, str(settings.seeds), str(settings.root)))


def words_of(record: PageRecord) -> set[int]:
    """Four bytes for each name, quotation and number that a page holds, which find it again."""
    words = [f"n{name}" for name in record.names]
    words += [f"q{quote}" for quote in record.quotes]
    words += [f"i{number}" for number in record.numbers]
    if record.rests_on_all:
        words.append("*")
    return {_check(word) for word in words}


def files_of(record: PageRecord) -> set[int]:
    """Files that a page links to or rests on."""
    return {*record.links, *record.rests}


def _check(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


class Ledger:
    """Gives what was known of a site's pages.

    Args:
        shelf: Where it lies.
        books: What there is one of in it.
    """

    def __init__(self, shelf: Shelf, books: Books) -> None:
        self.shelf = shelf
        self.books = books
        self._records: dict[str, PageRecord | None] = {}

    @classmethod
    def load(cls, shelf: Shelf, settings: Settings) -> Ledger | None:
        """Open a ledger; None for one that is damaged, of another version or other settings."""
        if shelf.unit(BOOK, "key") != ledger_key(settings).encode():
            return None
        try:
            return cls(shelf, Books.open(shelf))
        except (msgspec.MsgspecError, ValueError):
            return None

    def record(self, path: str) -> PageRecord | None:
        """The record of a page; None where there is no such page."""
        if path not in self._records:
            packed = self.shelf.unit(PAGE, path)
            self._records[path] = None if packed is None else decode_record(packed)
        return self._records[path]

    def leading_to(self, path: str) -> Iterator[PageRecord]:
        """Every page that links to a file or rests on it."""
        number = self.books.number_of.get(path)
        if number is not None:
            yield from self.records(self.leading(number))

    def leading(self, number: int) -> array[int]:
        """Numbers of the pages that link to a file or rest on it."""
        return array("I", self.shelf.unit(LEADING, str(number)) or b"")

    def naming(self, name: str) -> Iterator[PageRecord]:
        """Every page that a name or title excuses."""
        return (one for one in self._holding(f"n{name}") if name in one.names)

    def quoting(self, words: str) -> Iterator[PageRecord]:
        """Every page that gives a quotation outside of passages."""
        return (one for one in self._holding(f"q{words}") if words in one.quotes)

    def identified_by(self, number: int) -> Iterator[PageRecord]:
        """Every page that gives a number in names."""
        return (one for one in self._holding(f"i{number}") if number in one.numbers)

    def resting_on_all(self) -> Iterator[PageRecord]:
        """Every page with figures of any source's record."""
        return (one for one in self._holding("*") if one.rests_on_all)

    def _holding(self, word: str) -> Iterator[PageRecord]:
        check = _check(word)
        held = self.words(check % _SHELVES)
        return self.records(entry & _PAGE for entry in held if entry >> _BITS == check)

    def words(self, shelf: int) -> array[int]:
        """What lies on one shelf of the words: each the word's four bytes and a page's number."""
        return array("Q", self.shelf.unit(WORDS, str(shelf)) or b"")

    def records(self, pages: Iterable[int]) -> Iterator[PageRecord]:
        """The records of pages, by their numbers."""
        for page in pages:
            record = self.record(self.books.names[page])
            if record is not None:
                yield record

    def citing(self, source: str) -> list[str]:
        """Refs of the claims that cite a source."""
        found = self.shelf.unit(CITING, source)
        return [] if found is None else _decode_list(found)


_BITS = 32
_PAGE = (1 << _BITS) - 1


@dataclass
class Revision:
    """What changes in a ledger.

    Attributes:
        books: As they are from now on.
        pages: The new record of each page, with its bytes; None for one that is gone. No record
            where it is found by the same words and files as before.
        citing: Refs of the claims that cite a source, where they are others.
    """

    books: Books
    pages: Mapping[str, tuple[PageRecord | None, bytes] | None]
    citing: Mapping[str, Sequence[str]]

    def record(self, ledger: Ledger) -> Record:
        """The values of a ledger that are others from now on."""
        units = self.books.pack(ledger.books)
        units |= {(CITING, source): _encode(refs) for source, refs in self.citing.items()}
        leading, words = _Moves(), _Moves()
        numbers = {**ledger.books.number_of, **self.books.number_of}
        for path, made in self.pages.items():
            new, packed = made or (None, None)
            units[PAGE, path] = packed
            if packed is not None and new is None:
                continue
            old, page = ledger.record(path), numbers[path]
            leading.move(page, files_of(old) if old else set(), files_of(new) if new else set())
            words.move(page, words_of(old) if old else set(), words_of(new) if new else set())
        for file, (gone, come) in leading.moves.items():
            units[LEADING, str(file)] = _numbers({*ledger.leading(file)} - gone | come)
        shelves: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
        for check, (gone, come) in words.moves.items():
            shelf = shelves[check % _SHELVES]
            shelf[0].update(check << _BITS | page for page in gone)
            shelf[1].update(check << _BITS | page for page in come)
        for number, (gone, come) in shelves.items():
            units[WORDS, str(number)] = _entries({*ledger.words(number)} - gone | come)
        return Record(units, is_whole=False)


class _Moves:
    """Gathers which pages have something no longer, and which have it now."""

    def __init__(self) -> None:
        self.moves: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))

    def move(self, page: int, old: set[int], new: set[int]) -> None:
        for one in old - new:
            self.moves[one][0].add(page)
        for one in new - old:
            self.moves[one][1].add(page)


def _numbers(pages: Iterable[int]) -> bytes:
    return array("I", sorted(pages)).tobytes()


def _entries(entries: Iterable[int]) -> bytes:
    return array("Q", sorted(entries)).tobytes()


def make_record(ground: Ground, survey: Survey) -> Record | None:
    """The record of a site whose audit found nothing; None where its data files are unusual."""
    register, inventory = ground.register, ground.inventory
    names = sorted(inventory.files)
    numbers = {name: number for number, name in enumerate(names)}
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
    lines = {
        CLAIMS: lines_of(rows_of(register.claims), entity_of),
        ENTITIES: lines_of(rows_of(register.entities)),
        SOURCES: lines_of(rows_of(register.sources)),
    }
    if None in lines.values():
        return None
    said, quoted = words_of_claims(register)
    books = Books(
        names,
        {name: known for name, known in lines.items() if known is not None},
        owners,
        Hashes.of(names_of(register.entities.values(), register.sources.values())),
        Hashes.of(said),
        Hashes.of(quoted),
        Hashes.of(survey.told),
        sorted(survey.lengthy),
    )
    units = {(BOOK, "key"): ledger_key(ground.settings).encode(), **books.pack()}
    for source, refs in register.refs_by_source.items():
        units[CITING, source] = _encode(refs)
    leading: dict[int, list[int]] = defaultdict(list)
    words: dict[int, list[int]] = defaultdict(list)
    for path in sorted(survey.records):
        record, number = survey.records[path], numbers[path]
        units[PAGE, path] = survey.records.packed[path]
        for file in files_of(record):
            leading[file].append(number)
        for check in words_of(record):
            words[check % _SHELVES].append(check << _BITS | number)
    units |= {(LEADING, str(file)): _numbers(pages) for file, pages in leading.items()}
    units |= {(WORDS, str(shelf)): _entries(held) for shelf, held in words.items()}
    return Record(units, is_whole=True)
