"""What templates see: claims, citations and sources as finished words and links for one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup, escape

from generator import date as dates
from generator.date import parse_date
from generator.markup import Link, parse_markup
from generator.model.fact import Claim, Entity, Source
from generator.model.stage import Citation, PartyState, Support, Verified
from generator.render.address import Addresses, relative
from generator.render.wording import (
    ACT_LABEL,
    STANDING_LABEL,
    period_element,
    support_words,
    time_element,
)


def plain_text(verified: Verified, text: str) -> str:
    """A text with its links replaced by their labels."""
    parts = []
    for segment in parse_markup(text)[0]:
        if isinstance(segment, Link):
            entity = verified.facts.entities.get(segment.entity)
            parts.append(segment.label or (entity.name if entity else segment.entity))
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
        entity = verified.facts.entities.get(claim.value_entity)
        return entity.name if entity else claim.value_entity
    prop = verified.facts.vocabulary.properties.get(claim.property_id or "")
    if claim.part == "date" or (prop and prop.type == "date"):
        return dates.display(parse_date(claim.value or ""))
    unit = f" {prop.unit}" if prop and prop.unit else ""
    return f"{claim.value or ''}{unit}"


@dataclass(frozen=True)
class CitationView:
    """One citation of a claim on a page.

    Attributes:
        number: Number of its note on the page.
        href: Link to the passage on the source's page.
    """

    number: int
    source: Source
    href: str
    exact: str
    paragraph: int
    sentence: int
    note: str | None
    translation: str | None
    via: tuple[str, ...]


class ClaimView:
    """One claim on a page, in finished words.

    Everything is worked out when a template first asks for it, so a claim that is only mentioned
    costs little, and notes are numbered in the order in which a page shows them.
    """

    def __init__(self, page: PageView, claim: Claim) -> None:
        self.page = page
        self.claim = claim
        self.entity: Entity = page.verified.facts.entities[claim.entity]
        self.support: Support = page.verified.support[claim.ref]

    @property
    def standing(self) -> str:
        """Its standing in words."""
        return STANDING_LABEL[self.support.standing]

    @property
    def counted(self) -> str:
        """How many articles and origins stand behind it."""
        return support_words(self.support)

    @property
    def href(self) -> str:
        """Link to its own place."""
        return self.page.link(self.page.addresses.claim(self.entity, self.claim))

    @property
    def label(self) -> str:
        """Its label in the fact box."""
        return claim_label(self.page.verified, self.claim)

    @property
    def html(self) -> Markup:
        """Its text with links, else its property and value."""
        if self.claim.text:
            return self.page.rich(self.claim.text)
        return Markup("{}: {}").format(self.label, self.value)

    @property
    def value(self) -> Markup:
        """Its value, linked or marked up as the type asks."""
        return self.page.value(self.claim)

    @property
    def when(self) -> Markup:
        """Its date or span."""
        claim = self.claim
        if claim.part == "date":
            return Markup("")
        return time_element(claim.date) if claim.date else period_element(claim.start, claim.end)

    @cached_property
    def citations(self) -> tuple[CitationView, ...]:
        """Its citations; the first time they are asked for they take numbers on the page."""
        return tuple(self.page.citation(citation) for citation in self.support.citations)

    @property
    def premises(self) -> list[tuple[str, str, str]]:
        """The claims it rests on: ref, link, words."""
        return [self.page.reference(ref) for ref in self.claim.premises]

    @property
    def disputes(self) -> list[tuple[str, str, str]]:
        """The claims that contradict it: ref, link, words."""
        return [self.page.reference(ref) for ref in self.support.disputes]

    @property
    def dependants(self) -> list[tuple[str, str, str]]:
        """The derived claims and judgements that rest on it: ref, link, words."""
        refs = self.page.verified.linked.dependants.get(self.claim.ref, ())
        return [self.page.reference(ref) for ref in refs]

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


@dataclass(frozen=True)
class Note:
    """A numbered note of a page: one quotation of one source."""

    number: int
    source: Source
    citation: Citation
    href: str


@dataclass(frozen=True)
class PartyView:
    """A row of an agreement's table of parties."""

    party: Markup
    state: str
    acts: tuple[tuple[str, ClaimView], ...]


@dataclass
class PageView:
    """Makes views for one page and numbers its notes.

    Attributes:
        path: Address of the page.
        notes: Notes in the order of first use.
    """

    verified: Verified
    path: str
    notes: list[Note] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    @cached_property
    def addresses(self) -> Addresses:
        """Where pages lie."""
        return Addresses(self.verified.facts.settings.directory_urls)

    def link(self, address: str) -> str:
        """Link from this page to an address."""
        return relative(address, self.path)

    def entity_link(self, entity_id: str, label: str | None = None) -> Markup:
        """A link to an entity's page."""
        entity = self.verified.facts.entities[entity_id]
        # An address is made of slugs and needs no escaping.
        href = self.link(self.addresses.entity(entity))
        return Markup(f'<a href="{href}">{escape(label or entity.name)}</a>')  # noqa: S704

    def source_href(self, source: Source) -> str:
        """Link to a source's page."""
        return self.link(self.addresses.source(source))

    def rich(self, text: str) -> Markup:
        """A text with its links; everything else is escaped."""
        segments = parse_markup(text)[0]
        return Markup("").join(
            self._segment(segment) if isinstance(segment, Link) else segment for segment in segments
        )

    def _segment(self, link: Link) -> Markup:
        entity = self.verified.facts.entities[link.entity]
        address = self.addresses.entity(entity) + (f"#{link.claim}" if link.claim else "")
        label = escape(link.label or entity.name)
        if address == self.path:
            return label  # no link of a page to itself
        return Markup(f'<a href="{self.link(address)}">{label}</a>')  # noqa: S704 - as above

    def claims(self, claims: Iterable[Claim]) -> list[ClaimView]:
        """Views of several claims."""
        return [self.claim(claim) for claim in claims]

    def claim(self, claim: Claim) -> ClaimView:
        """The view of a claim."""
        return ClaimView(self, claim)

    def value(self, claim: Claim) -> Markup:
        """A claim's value, linked or marked up as its type asks."""
        if claim.value_entity:
            return self.entity_link(claim.value_entity)
        prop = self.verified.facts.vocabulary.properties.get(claim.property_id or "")
        if claim.value and (claim.part == "date" or (prop and prop.type == "date")):
            return time_element(parse_date(claim.value))
        return escape(value_words(self.verified, claim))

    def reference(self, ref: str) -> tuple[str, str, str]:
        """A claim named by another: its ref, link and words."""
        claim = self.verified.facts.claim(ref)
        if claim is None:
            raise KeyError(ref)
        entity = self.verified.facts.entities[claim.entity]
        return (
            ref,
            self.link(self.addresses.claim(entity, claim)),
            claim_words(self.verified, claim),
        )

    def citation(self, citation: Citation) -> CitationView:
        """The view of a citation, with the number of its note."""
        quotation, passage = citation.quotation, citation.passage
        source = self.verified.facts.sources[quotation.source]
        href = self.link(self.addresses.passage(source, quotation.exact))
        key = (source.id, quotation.exact)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.notes.append(Note(self._numbers[key], source, citation, href))
        return CitationView(
            number=self._numbers[key],
            source=source,
            href=href,
            exact=quotation.exact,
            paragraph=passage.paragraph,
            sentence=passage.sentence,
            note=quotation.note,
            translation=quotation.translation,
            via=tuple(self.origin_name(origin) for origin in quotation.via),
        )

    def origin_name(self, origin: str) -> str:
        """Name of an origin; a source that speaks for itself goes by its publisher."""
        facts = self.verified.facts
        if origin in facts.origins:
            return facts.origins[origin].name
        return facts.sources[origin].publisher

    def party(self, state: PartyState) -> PartyView:
        """A row of an agreement's table of parties."""
        acts = tuple((ACT_LABEL[act.act or "announced"], self.claim(act)) for act in state.acts)
        return PartyView(self.entity_link(state.party), ACT_LABEL[state.state], acts)


def source_line(source: Source) -> str:
    """A source in one line: publisher and date."""
    date = f", {dates.display(source.published)}" if source.published else ""
    return f"{source.publisher}{date}"
