"""A built page as the audit sees it: what stands on it, each thing with its place.

All of it is plain data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from generator.audit.stretch import Stretch

Attributes = dict[str, str | None]
"""Attributes of an element, as the parser gives them."""


class Mark(NamedTuple):
    """Where something stands on a page, before its place in the file is looked up.

    Attributes:
        element: Zero-based number of the element among those with attributes, in document order;
            for a text, of the last such element that begins before it; -1 when there is none.
        attribute: Name of the attribute; empty for a text.
        value: Value of the attribute, or the whole text.
        part: Words of the text to point at; empty for all of it.
    """

    element: int
    attribute: str
    value: str
    part: str = ""


class Reference(NamedTuple):
    """A link that carries a name: a citation (`data-cite`) or a premise (`data-premise`).

    Attributes:
        said: The words of a citation's link, piece by piece.
    """

    name: str
    href: str | None
    mark: Mark
    said: list[str]


class Stray(NamedTuple):
    """Words that need a closer look, or are at fault already; `message` says why."""

    message: str
    mark: Mark


@dataclass(slots=True)
class Quote:
    """A `q` or `blockquote` element; `mark` is its first text, None when it has none."""

    declared: bool
    parts: list[str] = field(default_factory=list)
    mark: Mark | None = None

    @property
    def text(self) -> str:
        """Its words, white space folded."""
        return fold("".join(self.parts))


@dataclass(slots=True)
class NoteElement:
    """An element with `data-note`: a note in the list at the end of a page.

    Attributes:
        number: Its `value`; `anchor`: its id.
        quotes: Its quoted words; a sound note has one quotation.
        hrefs: Its links; the first is the one to the passage.
    """

    number: str
    anchor: str
    mark: Mark
    quotes: list[Quote] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class PassageElement:
    """An element with `data-passage`.

    Attributes:
        anchor: Its id; empty when it has none.
        exacts: Its quoted words; a sound passage has one.
    """

    source: str
    anchor: str
    mark: Mark
    exacts: list[Quote] = field(default_factory=list)


@dataclass(slots=True)
class ClaimElement:
    """An element with `data-claim` or, where the claim is repeated, `data-claim-ref`.

    Attributes:
        ref: `entity#claim` as the attribute gives it.
        anchor: Its id; empty when it has none.
        hrefs: Every link in it.
        parts: Its own text: without that of claims within it, of quotations, citations, controls
            and labels, and of what is declared as a record or generated.
        figures: Texts with figures in it that are not links, quotations, note numbers or generated.
        passage: The passage it stands in, if any.
    """

    ref: str
    repeated: bool
    anchor: str
    mark: Mark
    passage: PassageElement | None = None
    cites: list[Reference] = field(default_factory=list)
    premises: list[Reference] = field(default_factory=list)
    hrefs: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    figures: list[Mark] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, white space folded."""
        return fold("".join(self.parts))


@dataclass(slots=True)
class FormerElement:
    """An element with `data-former`: what something was in a stored edition.

    Attributes:
        key: What it was of, as the file of changes names it.
        part: Which part of it.
        since: Id of the edition.
        parts: Its own text, without what is declared as generated.
    """

    key: str
    part: str
    since: str
    mark: Mark
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, white space folded."""
        return fold("".join(self.parts))


@dataclass(slots=True)
class TextElement:
    """An element with `data-text`: the whole text of a source.

    Attributes:
        parts: All texts in it, whatever else they are declared to be.
    """

    source: str
    mark: Mark
    parts: list[Mark] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, white space folded."""
        return fold("".join([part.value for part in self.parts]))


@dataclass(slots=True)
class PageReading:
    """What one page holds.

    Attributes:
        path: Its file, relative to the site's folder.
        layout: `data-page` of its briefing article; None when it has no such article.
        stretches: Repeated claims that were read before, on this or another page; what stands in
            them is in none of the other lists.
        ids: Every id, and every name of an `a` element.
        doubled: Ids that stand twice.
        links: Every distinct address it links to or loads, with its first place.
        cites: Citations outside of claims.
        quotes: Quotations outside of passages.
        records: Texts with figures in `data-record` and around quoted passages; `identities`: in
            `data-identity`.
        strays: Words that state something outside of claims.
        formers: What was in stored editions.
        wholes: Whole texts of sources.
        notes: The notes in its list.
        redirect: Whether it only sends the reader on.
        base: Its `base` element's address, which would give its links another meaning.
        judged: Whether any part of it was looked at for statements outside of claims.
    """

    path: str
    layout: str | None = None
    base: Mark | None = None
    redirect: bool = False
    judged: bool = False
    ids: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    links: dict[str, Mark] = field(default_factory=dict)
    stretches: list[Stretch] = field(default_factory=list)
    claims: list[ClaimElement] = field(default_factory=list)
    passages: list[PassageElement] = field(default_factory=list)
    cites: list[Reference] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    records: list[Mark] = field(default_factory=list)
    identities: list[Mark] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    formers: list[FormerElement] = field(default_factory=list)
    wholes: list[TextElement] = field(default_factory=list)
    notes: list[NoteElement] = field(default_factory=list)

    def all_claims(self) -> Iterator[ClaimElement]:
        """Every claim element, those in stretches included."""
        yield from self.claims
        for stretch in self.stretches:
            yield from stretch.claims

    def count_citations(self) -> int:
        """Number of citations on the page, in claims and outside of them."""
        return len(self.cites) + sum(len(claim.cites) for claim in self.all_claims())


def fold(text: str) -> str:
    """A text with each run of white space made one space, and none at its ends."""
    return " ".join(text.split())
