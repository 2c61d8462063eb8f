"""Facts: entities, claims and sources as values; where they stand in the files is asked for lazily.

They are `msgspec` structs: cheap to make by the hundred thousand, and the same when they come back
from a file of results.
"""

from __future__ import annotations

from functools import cached_property

import msgspec
from msgspec import Struct

from generator import yamlio
from generator.date import Date
from generator.model.kind import KIND, Act, ClaimKind, Confidence, Kind, Likelihood, Part, Rank
from generator.model.locator import Locator
from generator.textfile import Span
from generator.yamlio import Mapping, Scalar

_PATH_OF_PART = {
    "claims": ("part", "id"),
    "roles": ("part", "id"),
    "parties": ("part", "subject", "act"),
    "date": ("part",),
    "place": ("part",),
    "participants": ("part", "subject"),
}


class Quotation(Struct, frozen=True, array_like=True, gc=False):
    """Words of a source, as a fact sheet quotes them; not yet checked.

    Attributes:
        source: Id of the source.
        exact: The quoted words.
        index: Which of the claim's quotations of this source it is, from 0.
        via: Origins whose reporting this passage repeats; empty for the source's own.
    """

    source: str
    exact: str
    index: int = 0
    locator: str | None = None
    note: str | None = None
    translation: str | None = None
    via: tuple[str, ...] = ()


class Claim(Struct, frozen=True, array_like=True, gc=False):
    """One claim of a fact sheet, whatever part of the sheet it stands in.

    Attributes:
        entity: Id of the sheet.
        id: Claim id, unique in the sheet.
        part: Which part of the sheet it stands in: `claims`, `roles`, `parties`, `date`, `place`
            or `participants`.
        text: One sentence with `[[links]]`; None where only property and value are given.
        is_composed: Whether the tool put the text together from other keys.
        subject: For a party's act or a participant: the id of that entity.
        act: For a party's act: which.
        office: For a role: the office; `of` the id of the entity in which it is held.
        capacity: For a participant: as what it took part (the key `as`).
        value: The value as written.
        value_entity: Id of the entity that is the value, or the place of an event.
        start: First date of a span (`from`); `end` its last (`to`).
        locator: Finds the claim in its file; None for a claim that came from a file of results and
            whose sheet is not at hand.
    """

    entity: str
    id: str
    part: Part
    text: str | None = None
    is_composed: bool = False
    subject: str | None = None
    act: Act | None = None
    office: str | None = None
    of: str | None = None
    capacity: str | None = None
    topic: str | None = None
    property_id: str | None = None
    value: str | None = None
    value_entity: str | None = None
    date: Date | None = None
    start: Date | None = None
    end: Date | None = None
    said_by: str | None = None
    kind: ClaimKind = "reported"
    rank: Rank = "normal"
    reason: str | None = None
    conflicts_with: tuple[str, ...] = ()
    premises: tuple[str, ...] = ()
    reasoning: str | None = None
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    note: str | None = None
    method: str | None = None
    reviewed_by: str | None = None
    quotations: tuple[Quotation, ...] = ()
    locator: Locator | None = None

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

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to it in its sheet."""
        given = (getattr(self, name) for name in _PATH_OF_PART[self.part])
        return tuple(str(step) for step in given)

    @property
    def node(self) -> Mapping:
        """The claim in the file."""
        node, _ = yamlio.find(self._sheet, self.path)
        if not isinstance(node, Mapping):
            raise TypeError(f"`{self.ref}` is no mapping in its file")
        return node

    @property
    def key_span(self) -> Span:
        """Where the key stands under which it is written."""
        return yamlio.key_span(self._sheet, self.path)

    @property
    def _sheet(self) -> Mapping:
        if self.locator is None:
            raise LookupError(f"no file is known for `{self.ref}`")
        return self.locator.tree

    def span(self, *path: str | int) -> Span:
        """Where a value of this claim stands in the file; the claim's key when it has none."""
        own = self.node
        node, span = yamlio.find(own, path)
        return self.key_span if node is own else span

    def scalar(self, *path: str | int) -> Scalar | None:
        """The text at a path of this claim, for spans inside it."""
        node, _ = yamlio.find(self.node, path)
        return node if isinstance(node, Scalar) else None

    def words(self, quotation: Quotation) -> Scalar:
        """One of its quotations in the file."""
        scalar = self.scalar("cite", quotation.source, quotation.index, "exact")
        if scalar is None:
            raise TypeError("a form accepts only a text as a quotation")
        return scalar

    def source_span(self, quotation: Quotation) -> Span:
        """Where one of its quotations names its source."""
        return yamlio.key_span(self.node, ("cite", quotation.source))


class Entity(Struct, frozen=True, array_like=True, dict=True):
    """A country, person, agreement, organisation or event.

    Attributes:
        names: Names in other languages and spellings: (language tag, name).
        path: The sheet's file, relative to the project's root.
        locator: Finds the sheet's values in the file; see `Claim`.
    """

    id: str
    kind_id: str
    name: str
    path: str
    names: tuple[tuple[str, str], ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    locator: Locator | None = None

    @property
    def kind(self) -> Kind:
        """Its kind, with folder and labels."""
        return KIND[self.kind_id]

    @property
    def code(self) -> str:
        """ISO 3166-1 alpha-2 code of a country; empty where none is given, and for other kinds."""
        if self.kind_id != "country":
            return ""
        return next((value for scheme, value in self.identifiers if scheme == "iso3166-1"), "")

    @property
    def node(self) -> Mapping:
        """The sheet's top mapping."""
        if self.locator is None:
            raise LookupError(f"no file is known for `{self.id}`")
        return self.locator.tree

    def span(self, *path: str | int) -> Span:
        """Where a value of the sheet stands in the file; its first key when it has none."""
        return _span_in(self.node, path)

    @cached_property
    def claim(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.claims}

    def located(self, locator: Locator) -> Entity:
        """Itself and its claims with the file they stand in."""
        msgspec.structs.force_setattr(self, "locator", locator)
        for claim in self.claims:
            msgspec.structs.force_setattr(claim, "locator", locator)
        return self


class Source(Struct, frozen=True, array_like=True):
    """A source record with the text or the seal that its quotations are checked against.

    Attributes:
        path: The record's file, relative to the project's root.
        carries: Origins it repeats, as declared; its own id among them when it adds work of its own.
        text_mode: `open`, `sealed` or `none`.
        locator: Finds the record's values in the file; see `Claim`.
    """

    id: str
    title: str
    publisher: str
    kind: str
    text_mode: str
    path: str
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
    locator: Locator | None = None

    @property
    def node(self) -> Mapping:
        """The record's top mapping."""
        if self.locator is None:
            raise LookupError(f"no file is known for `{self.id}`")
        return self.locator.tree

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


class Origin(Struct, frozen=True, array_like=True):
    """An outlet, office or statement whose reporting others repeat."""

    id: str
    name: str
    kind: str = "other"
    note: str | None = None


class Property(Struct, frozen=True, array_like=True):
    """A property of the fact box."""

    id: str
    label: str
    kinds: tuple[str, ...]
    type: str
    many: bool
    unit: str | None = None


class Vocabulary(Struct, frozen=True, array_like=True):
    """Topics in page order, and properties in fact-box order.

    Attributes:
        broken: Properties that are declared but not well-formed.
    """

    topics: tuple[str, ...] = ()
    properties: dict[str, Property] = {}
    broken: frozenset[str] = frozenset()
