"""What templates see: claims, citations and sources as finished words and links for one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from generator import date as dates
from generator.date import parse_date
from generator.markup import Link, parse_markup
from generator.model.fact import Claim
from generator.model.stage import Citation, PartyState, Verified
from generator.render.address import page_root, passage_anchor, relative
from generator.render.citing import CitationView
from generator.render.escape import escape_text
from generator.render.wording import (
    ACT_LABEL,
    STANDING_LABEL,
    period_element,
    support_words,
    time_element,
)

if TYPE_CHECKING:
    from generator.render.desk import Desk

Reference = tuple[str, str, str]
"""A claim named by another: its ref, the link to its place, its words."""


def plain_text(verified: Verified, text: str) -> str:
    """A text with its links replaced by their labels."""
    if "[[" not in text:
        return text
    parts = []
    for segment in parse_markup(text)[0]:
        if isinstance(segment, Link):
            row = verified.census.rows.get(segment.entity)
            parts.append(segment.label or (row.name if row else segment.entity))
        else:
            parts.append(segment)
    return "".join(parts)


def claim_words(verified: Verified, claim: Claim) -> str:
    """A claim in plain words: its text, else its property and value."""
    if claim.text:
        return plain_text(verified, claim.text)
    return f"{claim_label(verified, claim)}: {value_words(verified, claim)}"


def claim_label(verified: Verified, claim: Claim) -> str:
    """Label of a claim in the fact box."""
    prop = verified.facts.vocabulary.properties.get(claim.property_id or "")
    if prop:
        return prop.label
    return {"date": "Date", "place": "Place"}.get(claim.part, "")


def value_words(verified: Verified, claim: Claim) -> str:
    """A claim's value in plain words, with its unit."""
    if claim.value_entity:
        row = verified.census.rows.get(claim.value_entity)
        return row.name if row else claim.value_entity
    prop = verified.facts.vocabulary.properties.get(claim.property_id or "")
    if claim.part == "date" or (prop and prop.type == "date"):
        return dates.display(parse_date(claim.value or ""))
    unit = f" {prop.unit}" if prop and prop.unit else ""
    return f"{claim.value or ''}{unit}"


class ClaimView:
    """One claim on a page, in finished words.

    What a template asks for is worked out each time, so a template keeps with `set` what it needs
    twice.
    """

    __slots__ = ("claim", "entity", "page", "ref", "support")

    def __init__(self, page: PageView, claim: Claim) -> None:
        self.page = page
        self.claim = claim
        self.ref = claim.ref
        self.support = page.desk.verified.support[self.ref]
        self.entity = page.desk.rows[claim.entity]

    @property
    def id(self) -> str:
        """Its id within its sheet, and its anchor on the page."""
        return self.claim.id

    @property
    def standing(self) -> str:
        """Its standing, one of `STANDINGS`."""
        return self.support.standing

    @property
    def standing_words(self) -> str:
        """Its standing in words."""
        return STANDING_LABEL[self.support.standing]

    @property
    def counted(self) -> str:
        """How many articles and origins stand behind it."""
        return support_words(self.support)

    @property
    def href(self) -> str:
        """Link to its own place."""
        return self.page.claim_href(self.claim.entity, self.claim.id)

    @property
    def name(self) -> str:
        """Name of the entity it is a claim of."""
        return self.entity.name

    @property
    def label(self) -> str:
        """Its label in the fact box."""
        return claim_label(self.page.desk.verified, self.claim)

    @property
    def html(self) -> Markup:
        """Its text with links, else its property and value."""
        return Markup(self.page.words(self.claim))  # noqa: S704 - escaped

    @property
    def value(self) -> Markup:
        """Its value, linked or marked up as the type asks."""
        return self.page.value(self.claim)

    @property
    def when(self) -> Markup:
        """Its date or span."""
        claim = self.claim
        if claim.part == "date":
            return Markup()
        if claim.date:
            return time_element(claim.date)
        return period_element(claim.start, claim.end)

    @property
    def citations(self) -> list[CitationView]:
        """Its citations."""
        return [self.page.citation(citation) for citation in self.support.citations]

    @property
    def premises(self) -> list[Reference]:
        """The claims it rests on."""
        return [self.page.reference(ref) for ref in self.claim.premises]

    @property
    def disputes(self) -> list[Reference]:
        """The claims that contradict it."""
        return [self.page.reference(ref) for ref in self.support.disputes]

    @property
    def dependants(self) -> list[Reference]:
        """The derived claims and judgements that rest on it."""
        refs = self.page.desk.verified.linked.dependants.get(self.ref, ())
        return [self.page.reference(ref) for ref in refs]

    @property
    def has_dependants(self) -> bool:
        """Whether there are any."""
        return bool(self.page.desk.verified.linked.dependants.get(self.ref))

    @property
    def speaker(self) -> Markup | None:
        """Who said it."""
        return self.page.entity_link(self.claim.said_by) if self.claim.said_by else None

    @property
    def note(self) -> Markup | None:
        """Its public note."""
        return self.page.rich(self.claim.note) if self.claim.note else None

    @property
    def reason(self) -> Markup | None:
        """Why it no longer stands."""
        return self.page.rich(self.claim.reason) if self.claim.reason else None

    @property
    def reasoning(self) -> Markup | None:
        """How it follows from its premises."""
        return self.page.rich(self.claim.reasoning) if self.claim.reasoning else None


@dataclass(frozen=True, slots=True)
class PartyView:
    """A row of an agreement's table of parties."""

    party: Markup
    state: str
    acts: tuple[ClaimView, ...]


class PageView:
    """Makes views for one page and numbers its notes.

    Attributes:
        path: Address of the page.
        root: The way up from it to the site's root.
        notes: Citations at their claims' own place in the order of first use, one for each
            quotation; their notes.
        users: The claim that used each of them first, by its id on the page.
        numbers: Where each of them stands in `notes`, by source and quoted words.
    """

    __slots__ = ("desk", "notes", "numbers", "path", "root", "users")

    def __init__(self, desk: Desk, path: str) -> None:
        self.desk = desk
        self.path = path
        self.root = page_root(path)
        self.notes: list[CitationView] = []
        self.users: list[str] = []
        self.numbers: dict[tuple[str, str], int] = {}

    def link(self, address: str) -> str:
        """Link from this page to an address."""
        return relative(address, self.path)

    def section(self, folder: str) -> str:
        """Link to a section's index."""
        return self.link(self.desk.addresses.section(folder))

    def entity_href(self, entity_id: str) -> str:
        """Link to an entity's page."""
        return self.root + self.desk.entity_address(entity_id)

    def claim_href(self, entity_id: str, claim_id: str) -> str:
        """Link to a claim's own place."""
        address = self.desk.entity_address(entity_id)
        way = "" if address == self.path else f"{self.root}{address}"
        return f"{way}#{claim_id}"

    def source_href(self, source_id: str) -> str:
        """Link to a source's page."""
        return self.link(self.desk.addresses.page("sources", source_id))

    def entity_link(self, entity_id: str, label: str | None = None) -> Markup:
        """A link to an entity's page."""
        name = escape_text(label or self.desk.rows[entity_id].name)
        # An address is made of slugs and needs no escaping.
        return Markup(f'<a href="{self.entity_href(entity_id)}">{name}</a>')  # noqa: S704

    def rich(self, text: str) -> Markup:
        """A text with its links; everything else is escaped."""
        return Markup(self._linked(text))  # noqa: S704 - escaped

    def words(self, claim: Claim) -> str:
        """A claim's text with its links, else its property and value, as HTML."""
        if claim.text:
            return self._linked(claim.text)
        label = claim_label(self.desk.verified, claim)
        return f"{escape_text(label)}: {self.value(claim)}"

    def _linked(self, text: str) -> str:
        if "[[" not in text:
            return escape_text(text)
        parts = [
            self._segment(segment) if isinstance(segment, Link) else escape_text(segment)
            for segment in parse_markup(text)[0]
        ]
        return "".join(parts)

    def _segment(self, link: Link) -> str:
        label = escape_text(link.label or self.desk.rows[link.entity].name)
        if link.claim:
            return f'<a href="{self.claim_href(link.entity, link.claim)}">{label}</a>'
        address = self.desk.entity_address(link.entity)
        if address == self.path:
            return label  # no link of a page to itself
        return f'<a href="{self.root}{address}">{label}</a>'

    def claim(self, claim: Claim) -> ClaimView:
        """The view of a claim."""
        return ClaimView(self, claim)

    def claims(self, claims: Iterable[Claim]) -> list[ClaimView]:
        """Views of several claims."""
        return [ClaimView(self, claim) for claim in claims]

    def value(self, claim: Claim) -> Markup:
        """A claim's value, linked or marked up as its type asks."""
        if claim.value_entity:
            return self.entity_link(claim.value_entity)
        verified = self.desk.verified
        prop = verified.facts.vocabulary.properties.get(claim.property_id or "")
        if claim.value and (claim.part == "date" or (prop and prop.type == "date")):
            return time_element(parse_date(claim.value))
        return Markup(escape_text(value_words(verified, claim)))  # noqa: S704 - escaped

    def reference(self, ref: str) -> Reference:
        """A claim named by another: its ref, link and words."""
        claim = self.desk.facts.claim(ref)
        if claim is None:
            raise KeyError(ref)
        href = self.claim_href(claim.entity, claim.id)
        return ref, href, claim_words(self.desk.verified, claim)

    def voices(self) -> list[tuple[str, list[str]]]:
        """The origins behind the notes taken so far, each with the publishers that carry it."""
        found: dict[str, dict[str, None]] = {}
        for source_id in dict.fromkeys(note.source.id for note in self.notes):
            source = self.desk.facts.sources[source_id]
            for origin in source.origins:
                found.setdefault(self.desk.origin_name(origin), {})[source.publisher] = None
        return [(origin, list(publishers)) for origin, publishers in found.items()]

    def note(self, citation: Citation, claim: str) -> CitationView:
        """The note on a citation of a claim on this page; it takes a number when first asked for."""
        quotation = citation.quotation
        key = (quotation.source, quotation.exact)
        at = self.numbers.get(key)
        if at is not None:
            return self.notes[at]
        self.numbers[key] = at = len(self.notes)
        view = self.citation(citation, at + 1)
        self.notes.append(view)
        self.users.append(claim)
        return view

    def citation(self, citation: Citation, number: int = 0) -> CitationView:
        """The view of a citation."""
        quotation, passage = citation.quotation, citation.passage
        exact = quotation.exact
        source = self.desk.source(self, quotation.source)
        return CitationView(
            number,
            source,
            f"{source.href}#{passage_anchor(exact)}",
            exact,
            passage.paragraph,
            passage.sentence,
            quotation.locator,
            quotation.note,
            quotation.translation,
            tuple(map(self.desk.origin_name, quotation.via)) if quotation.via else (),
        )

    def party(self, state: PartyState) -> PartyView:
        """A row of an agreement's table of parties."""
        return PartyView(
            self.entity_link(state.party),
            ACT_LABEL[state.state],
            tuple(ClaimView(self, act) for act in state.acts),
        )
