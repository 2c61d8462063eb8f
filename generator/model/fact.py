"""Facts: entities, claims and sources as values with their places in the files."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field
from functools import cached_property

from generator import yamlio
from generator.date import Date
from generator.model.kind import KIND, Act, Kind
from generator.textfile import Span
from generator.yamlio import Mapping, Scalar


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a source, as a fact sheet quotes them; not yet checked.

    Attributes:
        source: Id of the source.
        exact: The quoted words.
        via: Origins whose reporting this passage repeats; empty for the source's own.
        scalar: The quotation in the file.
        source_span: The source's id in the file.
        via_spans: The entries of `via` in the file.
    """

    source: str
    exact: str
    locator: str | None
    note: str | None
    translation: str | None
    via: tuple[str, ...]
    scalar: Scalar
    source_span: Span
    via_spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Claim:
    """One claim of a fact sheet, whatever part of the sheet it stands in.

    Attributes:
        entity: Id of the sheet.
        id: Claim id, unique in the sheet.
        text: One sentence with `[[links]]`; None where only property and value are given.
        part: Which part of the sheet it stands in: `claims`, `roles`, `parties`, `date`, `place`
            or `participants`.
        subject: For a party's act or a participant: the id of that entity.
        act: For a party's act: which.
        office: For a role: the office; `of` the id of the entity in which it is held.
        value: The value as written.
        value_entity: Id of the entity that is the value, or the place of an event.
        start: First date of a span (`from`); `end` its last (`to`).
        node: The claim in the file; `key` the key it stands under.
    """

    entity: str
    id: str
    part: str
    key: Scalar
    node: Mapping
    text: str | None = None
    subject: str | None = None
    act: Act | None = None
    office: str | None = None
    of: str | None = None
    topic: str | None = None
    property_id: str | None = None
    value: str | None = None
    value_entity: str | None = None
    date: Date | None = None
    start: Date | None = None
    end: Date | None = None
    said_by: str | None = None
    kind: str = "reported"
    rank: str = "normal"
    reason: str | None = None
    conflicts_with: tuple[str, ...] = ()
    premises: tuple[str, ...] = ()
    reasoning: str | None = None
    likelihood: str | None = None
    confidence: str | None = None
    note: str | None = None
    method: str | None = None
    reviewed_by: str | None = None
    quotations: tuple[Quotation, ...] = ()

    @property
    def ref(self) -> str:
        """`entity#claim`, the claim's name all over the site."""
        return f"{self.entity}#{self.id}"

    @property
    def first_date(self) -> Date | None:
        """The date a timeline sorts it under."""
        return self.date or self.start or self.end

    @property
    def dates(self) -> tuple[tuple[str, Date], ...]:
        """Every date the claim gives, with the key it stands under."""
        pairs = (("date", self.date), ("from", self.start), ("to", self.end))
        return tuple((key, date) for key, date in pairs if date is not None)

    def span(self, *path: str | int) -> Span:
        """Where a value of this claim stands in the file; the claim's key when it has none."""
        node, span = yamlio.find(self.node, path)
        return self.key.span if node is self.node else span

    def scalar(self, *path: str | int) -> Scalar | None:
        """The text at a path of this claim, for spans inside it."""
        node, _ = yamlio.find(self.node, path)
        return node if isinstance(node, Scalar) else None


@dataclass(frozen=True)
class Entity:
    """A country, person, agreement, organisation or event.

    Attributes:
        names: Names in other languages and spellings: (language tag, name).
        node: The sheet's top mapping.
    """

    id: str
    kind_id: str
    name: str
    node: Mapping
    names: tuple[tuple[str, str], ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def kind(self) -> Kind:
        """Its kind, with folder and labels."""
        return KIND[self.kind_id]

    @property
    def path(self) -> str:
        """The sheet's file."""
        return self.node.span.file.path

    def span(self, *path: str | int) -> Span:
        """Where a value of the sheet stands in the file; its first key when it has none."""
        return _span_in(self.node, path)

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.claims}


@dataclass(frozen=True)
class Source:
    """A source record with the text or the seal that its quotations are checked against.

    Attributes:
        carries: Origins it repeats, as declared; its own id among them when it adds work of its own.
        text_mode: `open`, `sealed` or `none`.
        node: The record's top mapping.
    """

    id: str
    title: str
    publisher: str
    kind: str
    text_mode: str
    node: Mapping
    title_note: str | None = None
    publisher_note: str | None = None
    author: str | None = None
    published: Date | None = None
    published_note: str | None = None
    retrieved: Date | None = None
    url: str | None = None
    archive_url: str | None = None
    language: str = "en"
    carries: tuple[str, ...] = ()
    status: str = "current"
    date: Date | None = None
    reason: str | None = None
    descriptor: str | None = None
    abstract: str | None = None

    @property
    def path(self) -> str:
        """The record's file."""
        return self.node.span.file.path

    @property
    def origins(self) -> tuple[str, ...]:
        """Whose voice a passage is, unless its citation says otherwise.

        A record that lists itself in `carries` speaks for itself and says `via` where it repeats
        somebody; one that lists only others speaks for them; one that lists nobody, for itself.
        """
        if not self.carries or self.id in self.carries:
            return (self.id,)
        return self.carries

    def span(self, *path: str | int) -> Span:
        """Where a value of the record stands in the file; its first key when it has none."""
        return _span_in(self.node, path)


def _span_in(record: Mapping, path: tuple[str | int, ...]) -> Span:
    node, span = yamlio.find(record, path)
    return record.items[0][0].span if node is record and record.items else span


@dataclass(frozen=True, slots=True)
class Origin:
    """An outlet, office or statement whose reporting others repeat."""

    id: str
    name: str
    kind: str = "other"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the fact box."""

    id: str
    label: str
    kinds: tuple[str, ...]
    type: str
    many: bool
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Topics in page order, and properties in fact-box order.

    Attributes:
        broken: Properties that are declared but not well-formed.
    """

    topics: tuple[str, ...] = ()
    properties: ReadOnly[str, Property] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
