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
from generator.render.address import Addresses, passage_anchor, relative
from generator.render.wording import (
    ACT_LABEL,
    SOURCE_KIND_LABEL,
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


@dataclass(frozen=True)
class ClaimView:
    """One claim on a page, in finished words."""

    claim: Claim
    entity: Entity
    support: Support
    href: str
    html: Markup
    label: str
    value: Markup
    when: Markup
    citations: tuple[CitationView, ...]
    premises: tuple[tuple[str, str, str], ...]
    disputes: tuple[tuple[str, str, str], ...]
    speaker: Markup | None
    note: Markup | None
    reason: Markup | None
    reasoning: Markup | None

    @property
    def standing(self) -> str:
        """Its standing in words."""
        return STANDING_LABEL[self.support.standing]

    @property
    def counted(self) -> str:
        """How many articles and origins stand behind it."""
        return support_words(self.support)


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
        return Markup('<a href="{}">{}</a>').format(
            self.link(self.addresses.entity(entity)), label or entity.name
        )

    def source_href(self, source: Source) -> str:
        """Link to a source's page."""
        return self.link(self.addresses.source(source))

    def rich(self, text: str | None) -> Markup | None:
        """A text with its links; everything else is escaped."""
        if text is None:
            return None
        parts: list[Markup | str] = []
        for segment in parse_markup(text)[0]:
            parts.append(self._segment(segment) if isinstance(segment, Link) else escape(segment))
        return Markup("").join(parts)

    def _segment(self, link: Link) -> Markup:
        entity = self.verified.facts.entities[link.entity]
        address = self.addresses.entity(entity) + (f"#{link.claim}" if link.claim else "")
        if address == self.path:
            return escape(link.label or entity.name)  # no link of a page to itself
        return Markup('<a href="{}">{}</a>').format(self.link(address), link.label or entity.name)

    def claims(self, claims: Iterable[Claim]) -> list[ClaimView]:
        """Views of several claims."""
        return [self.claim(claim) for claim in claims]

    def claim(self, claim: Claim) -> ClaimView:
        """The view of a claim; its citations take numbers on this page."""
        verified = self.verified
        entity, support = verified.facts.entities[claim.entity], verified.support[claim.ref]
        when = time_element(claim.date) if claim.date else period_element(claim.start, claim.end)
        return ClaimView(
            claim=claim,
            entity=entity,
            support=support,
            href=self.link(self.addresses.claim(entity, claim)),
            html=self.rich(claim.text)
            or Markup("{}: {}").format(claim_label(verified, claim), self.value(claim)),
            label=claim_label(verified, claim),
            value=self.value(claim),
            when=Markup("") if claim.part == "date" else when,
            citations=tuple(self.citation(citation) for citation in support.citations),
            premises=tuple(self.reference(ref) for ref in claim.premises),
            disputes=tuple(self.reference(ref) for ref in support.disputes),
            speaker=self.entity_link(claim.said_by) if claim.said_by else None,
            note=self.rich(claim.note),
            reason=self.rich(claim.reason),
            reasoning=self.rich(claim.reasoning),
        )

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


__all__ = [
    "SOURCE_KIND_LABEL",
    "CitationView",
    "ClaimView",
    "Note",
    "PageView",
    "PartyView",
    "claim_words",
    "passage_anchor",
    "plain_text",
    "source_line",
    "value_words",
]
