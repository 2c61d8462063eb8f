"""Checks that every id a claim or a source names exists and is of the right kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path

from generator.config import ORIGINS_FILE
from generator.diagnostics import Sink, nearest, nearest_word
from generator.markup import Link, links_of
from generator.model.fact import Claim, Quotation, Source
from generator.model.stage import Facts
from generator.textfile import Span
from generator.yamlio import key_span

At = Callable[[], Span]
"""Finds a place, for the few ids that are at fault."""


class Resolver:
    """Resolves ids against the facts; ids of broken files count as known, so faults do not cascade."""

    def __init__(self, facts: Facts, aliases: Mapping[str, str], sink: Sink) -> None:
        self.facts = facts
        self.aliases = aliases
        self.sink = sink

    @cached_property
    def entity_ids(self) -> list[str]:
        """All ids that a link may name, sorted."""
        return sorted(self.facts.raw.known)

    def check_claim(self, claim: Claim) -> None:
        """Every id in a claim."""
        for key, text in (
            ("text", claim.text),
            ("note", claim.note),
            ("reason", claim.reason),
            ("reasoning", claim.reasoning),
        ):
            if text and "[[" in text:
                self.check_links(claim, key, text)
        known = self.facts.raw.known
        if claim.said_by and claim.said_by not in known:
            self.check_entity(claim.said_by, partial(claim.span, "said_by"))
        if claim.of and claim.of not in known:
            self.check_entity(claim.of, partial(claim.span, "of"))
        if claim.value_entity and claim.value_entity not in known:
            key = "entity" if claim.part == "place" else "value"
            self.check_entity(claim.value_entity, partial(claim.span, key))
        if claim.subject and claim.subject not in known:
            self.check_entity(claim.subject, partial(self.subject_span, claim))
        if claim.said_by or claim.subject:
            self.check_kinds(claim)
        for key, refs in (("conflicts_with", claim.conflicts_with), ("premises", claim.premises)):
            for index, ref in enumerate(refs):
                self.check_ref(claim, ref, partial(claim.span, key, index))
        for quotation in claim.quotations:
            self.check_source_id(claim, quotation)
            for index, origin in enumerate(quotation.via):
                at = ("cite", quotation.source, quotation.index, "via", index)
                self.check_origin(origin, quotation.source, partial(claim.span, *at))

    def subject_span(self, claim: Claim) -> Span:
        """Where the sheet names the party or participant that a claim is about."""
        return key_span(self.facts.entities[claim.entity].node, (claim.part, claim.subject or ""))

    def check_links(self, claim: Claim, key: str, text: str) -> None:
        """The links in one of a claim's texts."""
        is_composed = key == "text" and claim.is_composed
        known_ids = self.facts.raw.known
        for link in links_of(text):
            if link.claim is None and link.entity in known_ids:
                continue
            if is_composed and link.entity in (claim.of, claim.subject):
                continue  # the text was put together from keys that are checked themselves
            at = partial(_link_span, claim, None if is_composed else key, link)
            if not self.check_entity(link.entity, at) or link.claim is None:
                continue
            known = self.facts.known_claims.get(link.entity)  # None: its sheet is broken
            if known is not None and link.claim not in known:
                self.unknown_claim(f"{link.entity}#{link.claim}", at())

    def check_entity(self, entity: str, at: At) -> bool:
        """Whether an entity of that id exists."""
        if entity in self.facts.raw.known:
            return True
        if entity in self.aliases:
            hints: tuple[str, ...] = (f"it is now called `{self.aliases[entity]}`",)
        else:
            hints = nearest(entity, self.entity_ids) or (
                f"write its fact sheet, `<kind>/{entity}.yml`, or remove the link",
            )
        self.sink.add("X301", f"no fact sheet is called `{entity}`", at(), *hints)
        return False

    def unknown_claim(self, ref: str, at: Span) -> None:
        """Report a claim that does not exist."""
        entity, _, claim = ref.partition("#")
        known = self.facts.known_claims.get(entity, frozenset())
        near = nearest_word(claim, known)
        hint = f"did you mean `{entity}#{near}`?" if near else f"see the claims of `{entity}`"
        self.sink.add("X302", f"`{entity}` has no claim `{claim}`", at, hint)

    def check_ref(self, claim: Claim, ref: str, at: At) -> None:
        """A reference `entity#claim` in `conflicts_with` or `premises`."""
        entity, mark, name = ref.partition("#")
        if not mark or not name or not entity:
            self.sink.add("X302", f"`{ref}` names no claim", at(), "write `entity#claim`")
        elif ref == claim.ref:
            self.sink.add("X307", "the claim refers to itself", at(), "name another claim")
        elif self.check_entity(entity, at) and entity in self.facts.known_claims:
            if name not in self.facts.known_claims[entity]:
                self.unknown_claim(ref, at())
            elif ref in claim.premises:
                premise = self.facts.claim(ref)
                if premise and premise.rank == "deprecated":
                    self.sink.add(
                        "X313",
                        f"the premise `{ref}` is deprecated",
                        at(),
                        "rest the claim on what still stands",
                        related=[(premise.span("rank"), "deprecated here")],
                    )

    def check_kinds(self, claim: Claim) -> None:
        """Speakers are persons or organisations; parties are countries or organisations."""
        known = self.facts.raw.known
        speaker, party = known.get(claim.said_by or ""), known.get(claim.subject or "")
        if speaker and speaker.id not in ("person", "organisation"):
            self.sink.add(
                "X310",
                f"`{claim.said_by}` is of the kind `{speaker.id}`, which says nothing",
                claim.span("said_by"),
                "name the person or organisation that said it",
            )
        if claim.act and party and party.id not in ("country", "organisation"):
            self.sink.add(
                "X311",
                f"`{claim.subject}` is of the kind `{party.id}` and no party",
                self.subject_span(claim),
                "name a country or an organisation",
            )

    def check_source_id(self, claim: Claim, quotation: Quotation) -> None:
        """A cited source exists and can be checked."""
        source = quotation.source
        if source not in self.facts.raw.known_sources:
            if self.is_broken(self.facts.settings.seeds):
                return  # no record could be read, and that is a finding of its own
            near = nearest(source, self.facts.raw.known_sources)
            self.sink.add(
                "X303",
                f"no source is called `{source}`",
                claim.source_span(quotation),
                *(near or (f"write its record, `{source}.yml`, among the seeds",)),
            )
            return
        record = self.facts.sources.get(source)
        if record and record.text_mode == "none":
            self.sink.add(
                "X308",
                f"`{source}` is a link only and cannot be cited",
                claim.source_span(quotation),
                "seal its text, or cite another source",
            )

    def check_origin(self, origin: str, own: str, at: At) -> None:
        """An origin is declared, or is the source itself."""
        if origin in self.facts.raw.origin_ids or origin == own:
            return
        seeds = self.facts.settings.seeds
        if self.is_broken(seeds) or self.is_broken(seeds / ORIGINS_FILE):
            return
        self.sink.add(
            "X309",
            f"no origin is called `{origin}`",
            at(),
            *(nearest(origin, sorted(self.facts.raw.origin_ids)) or ("declare it in origins.yml",)),
        )

    def is_broken(self, path: Path) -> bool:
        """Whether a file or folder of inputs could not be read."""
        return self.facts.settings.shown(path) in self.facts.raw.broken

    def check_source(self, source: Source) -> None:
        """The origins that a record declares."""
        for index, origin in enumerate(source.carries):
            self.check_origin(origin, source.id, partial(source.span, "carries", index))


def _link_span(claim: Claim, key: str | None, link: Link) -> Span:
    """Where a link's words stand in the file; the claim's key where the tool wrote the text."""
    scalar = claim.scalar(key) if key else None
    if scalar is None:
        return claim.key_span
    return scalar.collapsed_part(link.start + 2, link.end - 2)
