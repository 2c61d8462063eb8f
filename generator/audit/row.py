"""The lines of the site's data files, each taken apart only as far as it is asked for."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cached_property
from typing import Any, cast

import msgspec

from generator.audit.address import Inventory, Target
from generator.audit.files import Content
from generator.audit.page import fold
from generator.audit.statement import number_words, numbers, says_something
from generator.textfile import Span, TextFile

_NONE: frozenset[str] = frozenset()  # one for all: each call makes another
_LONG_LINE = 4_000  # bytes from which on a line may nest, or count, more than Python takes


class CitedLine(msgspec.Struct, frozen=True, gc=False):
    """One citation of a claim as the data file has it."""

    source: str
    exact: str
    paragraph: int | None = None
    sentence: int | None = None
    translation: str | None = None
    locator: str | None = None
    note: str | None = None

    @property
    def told(self) -> list[str]:
        """The quoted words and what a note says beside them."""
        return [self.exact, *filter(None, (self.translation, self.locator, self.note))]

    @property
    def words(self) -> str:
        """The quoted words, white space folded."""
        return fold(self.exact)


Cited = CitedLine


class ClaimLine(msgspec.Struct, frozen=True, gc=False):
    """What nearly every check needs of a claim's line."""

    id: str
    citations: tuple[CitedLine, ...]
    url: str | None = None
    text: str | None = None
    kind: str | None = None
    premises: tuple[str, ...] | None = None
    origins: tuple[str, ...] | None = None


class DataFile:
    """One data file: its bytes, and its text only where a finding needs a place in it.

    Args:
        shown: Its path as findings show it.
        data: Its bytes, UTF-8 without a byte order mark.
    """

    def __init__(self, shown: str, data: Content) -> None:
        self.shown = shown
        self.data = data

    @cached_property
    def file(self) -> TextFile:
        """The whole text."""
        return TextFile.decode(self.shown, self.data[:])

    def span(self, start: int, end: int) -> Span:
        """The span of some of its bytes."""
        first = len(self.data[:start].decode("utf-8"))
        return self.file.span(first, first + len(self.data[start:end].decode("utf-8")))


class Row(msgspec.Struct, frozen=True, dict=True):
    """One line of a data file.

    Attributes:
        id: Its `id`.
        source: The file it stands in.
        start: Offset of the line in bytes; `end`: that of its end.
    """

    id: str
    source: DataFile
    start: int
    end: int

    @cached_property
    def data(self) -> dict[str, Any]:
        """Everything it holds."""
        return cast(
            dict[str, Any], read_line(self.source.data[self.start : self.end].decode("utf-8"))
        )

    @cached_property
    def line(self) -> Span:
        """The line in the file."""
        return self.source.span(self.start, self.end)

    def text(self, key: str) -> str | None:
        """A text that is not empty; None for anything else."""
        value = self.data.get(key)
        return value if isinstance(value, str) and value else None

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list; those in anything else are left out."""
        value = self.data.get(key)
        return (
            tuple(item for item in value if isinstance(item, str))
            if isinstance(value, list)
            else ()
        )

    def span(self, value: str) -> Span:
        """Where a text stands in the line; the line where it is not to be found as written."""
        for ascii_only in (False, True):
            written = json.dumps(value, ensure_ascii=ascii_only)
            at = self.line.text.find(written)
            if at >= 0:
                return self.line.part(at + 1, at + max(2, len(written) - 1))
        return self.line


class ClaimRow(msgspec.Struct, frozen=True, dict=True):
    """One claim of `data/claims.jsonl`.

    Attributes:
        home: Its own place on the site, by its `url`; None when that leads out of it.
        is_inferred: Whether it rests on premises: a derived claim or a judgement.
        said: Its text; empty when it has none.
        premises: Refs of its premises.
        most: The greatest count that may be given of it: of its citations, or of its origins.
        words: Its text, white space folded; `says`: whether they hold a letter or a digit.
        sources: Every source it cites.
        quoted: Each source with what it quotes from it, white space folded.
    """

    row: Row
    citations: tuple[Cited, ...]
    home: Target | None
    is_inferred: bool
    said: str
    premises: frozenset[str]
    most: int
    words: str
    says: bool
    sources: frozenset[str]
    quoted: frozenset[tuple[str, str]]

    @classmethod
    def of(
        cls,
        row: Row,
        citations: tuple[Cited, ...],
        home: Target | None,
        kind: str | None,
        said: str,
        premises: Collection[str],
        origins: Collection[str],
    ) -> ClaimRow:
        """A claim by what its line says; nearly every check asks for all that follows from it."""
        words = fold(said)
        return cls(
            row,
            citations,
            home,
            is_inferred(kind),
            said,
            frozenset(premises) if premises else _NONE,
            max(len(citations), len(origins)),
            words,
            says_something(words),
            frozenset([cited.source for cited in citations]),
            frozenset([(cited.source, fold(cited.exact)) for cited in citations]),
        )

    @property
    def ref(self) -> str:
        """`entity#claim`."""
        return self.row.id

    @property
    def anchor(self) -> str:
        """The part of the ref behind the `#`."""
        return self.row.id.partition("#")[2]

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Entities and claims that its record names, besides its sources."""
        row = self.row
        one = (row.text(key) for key in ("value", "said_by", "entity"))
        several = (*row.texts("links"), *row.texts("premises"), *row.texts("conflicts_with"))
        return (*filter(None, one), *several)

    @cached_property
    def figures(self) -> set[str]:
        """Numbers, as they are mostly written, of its words, its quotations' places and its counts.

        Whoever finds another to be its own may add it.
        """
        texts = [self.words] if self.words else [cited.exact for cited in self.citations]
        found = {*number_words(texts), *map(str, range(self.most + 1))}
        for cited in self.citations:
            found.add(str(cited.paragraph))
            found.add(str(cited.sentence))
        return found

    @cached_property
    def own_numbers(self) -> frozenset[int]:
        """Numbers of its text, of its quotations and of their places."""
        places = [
            number for cited in self.citations for number in (cited.paragraph, cited.sentence)
        ]
        texts = [self.said, *(cited.exact for cited in self.citations)]
        return frozenset(filter(None, places)).union(*map(numbers, texts))

    def quotes_from(self, source: str) -> tuple[str, ...]:
        """What it quotes from a source, white space folded."""
        return tuple([exact for one, exact in self.quoted if one == source])


def is_inferred(kind: str | None) -> bool:
    """Whether a claim of some kind rests on premises."""
    return kind in ("derived", "judgement")


def read_line(line: str) -> object:
    """What a line of JSON holds.

    Raises:
        json.JSONDecodeError: when it is not sound.
        ValueError, RecursionError: when it holds or nests more than Python takes.
    """
    if len(line) <= _LONG_LINE:
        try:
            return msgspec.json.decode(line)
        except (ValueError, RecursionError):  # what only the standard library takes
            pass
    return json.loads(line)


_decode_claim = msgspec.json.Decoder(ClaimLine).decode


def claim_line(line: bytes) -> ClaimLine:
    """What nearly every check needs of the line of a claim.

    Raises:
        ValueError, RecursionError: when the line is at fault, or unusual.
    """
    held = _decode_claim(line)
    if len(line) > _LONG_LINE:
        json.loads(line)
    return held


def quick_claim(source: DataFile, line: bytes, at: int, inventory: Inventory) -> ClaimRow:
    """One claim of a file, by its line and where that begins.

    Raises:
        ValueError, RecursionError: when the line is at fault, or unusual.
    """
    held = claim_line(line)
    return ClaimRow.of(
        Row(held.id, source, at, at + len(line)),
        held.citations,
        inventory.home(held.url) if held.url else None,
        held.kind,
        held.text or "",
        held.premises or (),
        held.origins or (),
    )


def walk_texts(value: object) -> list[str]:
    """Every text and number in a JSON value, keys left out."""
    found: list[str] = []
    _collect_texts(value, found)
    return found


def _collect_texts(value: object, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, str):  # as most are: spares a call
                found.append(inner)
            elif inner is not None:
                _collect_texts(inner, found)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found.append(str(value))
