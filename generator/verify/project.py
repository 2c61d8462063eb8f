"""Verifies every citation of a project."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.config import Settings
from generator.date import Date
from generator.diagnostics import Sink
from generator.markup import visible
from generator.model.briefing import Briefing
from generator.model.edition import FOLDER
from generator.model.fact import Claim, Quotation, Source
from generator.model.stage import (
    Citation,
    Edition,
    Facts,
    Impact,
    Linked,
    Passage,
    Support,
    Verified,
)
from generator.textfile import Span
from generator.verify.briefing import passages_of, verify_briefings
from generator.verify.exhibit import Exhibit, Exhibits, Measure, check_overlaps
from generator.verify.figure import Cited
from generator.verify.quotation import (
    MAX_INSERTED,
    Match,
    Miss,
    inserted_words,
    match_at_once,
    match_quotation,
    parse_quotation,
    verified_words,
)
from generator.verify.standing import (
    find_disagreements,
    measure_impact,
    origins_of,
    party_states,
    support_claim,
    take_census,
)


class Verdict(NamedTuple):
    """What has come out for some sources and claims.

    Attributes:
        measures: By source.
        support: By ref of the claim.
    """

    measures: dict[str, Measure]
    support: dict[str, Support]


class Bench:
    """Where citations are compared with the sources' own words, in any order and in shares."""

    def __init__(self, linked: Linked) -> None:
        self.linked = linked
        self.exhibits = Exhibits(linked.facts)

    def measure(self, sources: Iterable[str], sink: Sink) -> dict[str, Measure]:
        """Open sources and measure them; what is unsound about one is a finding."""
        opened = ((source, self.exhibits.get(source, sink)) for source in sources)
        by_hash = self.exhibits.has_seals
        return {
            source: Measure.of(exhibit, by_hash=by_hash)
            for source, exhibit in opened
            if exhibit is not None
        }

    def verify(self, claims: Iterable[Claim], sink: Sink) -> dict[str, Support]:
        """Check every citation of some claims."""
        verifier = _Verifier(self.linked.facts, self.exhibits, sink)
        return {
            claim.ref: support_claim(self.linked, claim, verifier.verify_claim(claim))
            for claim in claims
        }

    def verify_briefings(
        self, briefings: Iterable[Briefing], support: Mapping[str, Support], sink: Sink
    ) -> tuple[Briefing, ...]:
        """Check briefings against claims whose citations have been checked, and against sources."""
        return verify_briefings(self.linked, support, self.exhibits, briefings, sink)


def conclude(
    linked: Linked, verdict: Verdict, sink: Sink, briefings: tuple[Briefing, ...] = ()
) -> Verified:
    """Work out what follows from the checked citations of all claims and briefings."""
    facts, support = linked.facts, verdict.support
    impact = measure_impact(facts, support, verdict.measures, passages_of(briefings))
    for source in facts.sources.values():
        check_share(facts, source, impact[source.id], sink)
    census = take_census(facts, support)
    return Verified(
        linked=linked,
        support=support,
        disagreements=find_disagreements(linked.conflicts, frozenset(census.deprecated)),
        parties=party_states(facts),
        impact=impact,
        edition=edition_of(facts),
        census=census,
        overlaps=check_overlaps(facts, verdict.measures, sink),
        briefings=briefings,
    )


def check_share(facts: Facts, source: Source, impact: Impact, sink: Sink) -> None:
    """A sealed source is not quoted beyond the limit."""
    limit, share = facts.settings.source_share, impact.quoted_share
    if share is not None and share > limit:
        sink.add(
            "Q404",
            f"the site quotes {share:.0%} of `{source.id}`, more than {limit:.0%}",
            source.span("text"),
            "shorten or drop quotations of it",
        )


def edition_of(facts: Facts) -> Edition:
    """A short hash of every file that was read, and the date the facts were taken stock of."""
    retrieved = [source.retrieved for source in facts.sources.values() if source.retrieved]
    return edition_from(facts.settings, facts.raw.digests, retrieved)


def edition_from(
    settings: Settings, digests: Mapping[str, str], retrieved: Sequence[Date]
) -> Edition:
    """The edition of inputs with these digests.

    Args:
        settings: May say as of which date the facts are.
        digests: SHA-256 of every input file, by shown path.
        retrieved: When sources were retrieved, in the order of their ids.
    """
    # An edition names the facts, and storing one leaves its name as it is.
    stored = f"{settings.shown(settings.content / FOLDER)}/"
    named = [f"{one}\0{digests[one]}\n" for one in sorted(digests) if not one.startswith(stored)]
    digest = hashlib.sha256("".join(named).encode())
    as_of = settings.as_of or max(retrieved, default=None, key=lambda date: date.latest)
    digest.update((as_of.text if as_of else "").encode())
    return Edition(digest.hexdigest()[:10], as_of)


class _Verifier:
    def __init__(self, facts: Facts, exhibits: Exhibits, sink: Sink) -> None:
        self.facts = facts
        self.exhibits = exhibits
        self.sink = sink

    def verify_claim(self, claim: Claim) -> tuple[Citation, ...]:
        citations, quoted = [], []
        for quotation in claim.quotations:
            source = self.facts.sources.get(quotation.source)
            exhibit = self.exhibits.get(quotation.source)
            if source is None or exhibit is None:
                continue  # reported where the source failed
            found = self.verify(claim, quotation, exhibit)
            if found is not None:
                passage, words = found
                citations.append(Citation(quotation, passage, origins_of(quotation, source)))
                quoted.append(words)
                if quotation.translation:
                    quoted.append(quotation.translation)
        if len(citations) == len(claim.quotations):
            self.check_retraction(claim)
            self.check_figures(claim, quoted)
        return tuple(citations)

    def verify(
        self, claim: Claim, quotation: Quotation, exhibit: Exhibit
    ) -> tuple[Passage, str] | None:
        """Where a quotation stands, and which of its words do."""
        exact = quotation.exact
        found = match_at_once(exact, exhibit.witness)
        if found and found[1] <= self.facts.settings.quotation_words:
            return _passage(quotation, found[0], exhibit), exact
        parsed = parse_quotation(exact)
        result = match_quotation(parsed, exhibit.witness)
        if isinstance(result, Match):
            count = parsed.word_count
            if count > self.facts.settings.quotation_words:
                self.sink.add(
                    "Q403",
                    f"the quotation has {count} words, more than {self.facts.settings.quotation_words}",
                    claim.words(quotation).span,
                    "quote only the words that carry the claim",
                )
                return None
            added = inserted_words(parsed, result)
            if added > MAX_INSERTED:
                self.sink.add(
                    "Q413",
                    f"the quotation adds {added} words in brackets, more than {MAX_INSERTED}",
                    claim.words(quotation).span,
                    "quote the article's own words, or elide with `…`",
                )
            return _passage(quotation, result, exhibit), verified_words(parsed, result)
        self.report(claim, quotation, exhibit, result)
        return None

    def report(self, claim: Claim, quotation: Quotation, exhibit: Exhibit, miss: Miss) -> None:
        scalar = claim.words(quotation)
        source, whole = quotation.source, scalar.span
        # Not `collapsed_part`: of all texts only quotations keep their white space in the form.
        part = scalar.part(*miss.part_span)
        if miss.reason == "empty":
            self.sink.add(
                "V219", "the quotation is missing", whole, "copy the words that carry the claim"
            )
        elif miss.reason in ("too-short", "part-too-short"):
            what = "the quotation" if miss.reason == "too-short" else "this part of the quotation"
            self.sink.add(
                "Q402", f"{what} has fewer than four words or marks", part, "quote a few words more"
            )
        elif miss.reason == "out-of-order":
            self.sink.add(
                "Q407",
                f"the parts of the quotation stand in another order in `{source}`",
                part,
                "put them in the order of the article",
            )
        elif other := self.elsewhere(quotation):
            self.sink.add(
                "Q408",
                f"the quotation stands in `{other}`, not in `{source}`",
                whole,
                f"cite `{other}`, or quote what `{source}` says",
            )
        else:
            from generator.verify.nearest import explain_miss  # loads what only faults need

            hints = explain_miss(
                miss, quotation.exact, exhibit.text, exhibit.source_text, exhibit.witness
            )
            self.sink.add(
                "Q401",
                f"quotation not found in `{source}`",
                scalar.part(*miss.diverges) if miss.diverges else part,
                *(hints or ("copy the words from the article",)),
            )

    def elsewhere(self, quotation: Quotation) -> str | None:
        parsed = parse_quotation(quotation.exact)
        for source, exhibit in self.exhibits.items():
            if source != quotation.source and isinstance(
                match_quotation(parsed, exhibit.witness), Match
            ):
                return source
        return None

    def check_retraction(self, claim: Claim) -> None:
        sources = self.facts.sources
        if claim.rank == "deprecated" or not claim.quotations:
            return
        if all(sources[quotation.source].status == "retracted" for quotation in claim.quotations):
            cited = {quotation.source: sources[quotation.source] for quotation in claim.quotations}
            first = claim.quotations[0]
            alone = f"the claim rests on `{first.source}` alone, which is retracted"
            self.sink.add(
                "Q409",
                alone if len(cited) == 1 else "all sources of the claim are retracted",
                claim.source_span(first),
                "deprecate it with a reason, remove it, or cite another source",
                related=[(source.span("status"), "retracted here") for source in cited.values()],
            )

    def check_figures(self, claim: Claim, quoted: list[str]) -> None:
        """Every figure and date of a reported claim occurs in a quotation.

        Source of the rule: docs/format.md, "Citations".
        """
        if claim.kind != "reported" or (claim.rank == "deprecated" and not claim.quotations):
            return
        published = [
            date for q in claim.quotations if (date := self.facts.sources[q.source].published)
        ]
        cited = Cited(quoted, published)
        # `office` and `as` become part of a sentence where the sheet gives none of its own.
        texts = (
            ("text", None if claim.is_composed else claim.text),
            ("value", None if claim.part == "date" else claim.value),
            ("office", claim.office),
            ("as", claim.capacity),
        )
        for key, text in texts:
            if text is None:
                continue
            for figure in cited.unsupported(visible(text)):
                self.sink.add(
                    "Q410",
                    f"no quotation carries `{text[figure.start : figure.end]}`",
                    self.part(claim, key, figure.start, figure.end),
                    "quote the words that carry it, or correct it",
                )
        for key, date in claim.dates:
            if not cited.carries_date(date):
                at = claim.span("value" if claim.part == "date" else key)
                self.sink.add(
                    "Q412",
                    f"no quotation carries the date `{date.text}`",
                    at,
                    "quote the words that carry it, or correct it",
                )

    @staticmethod
    def part(claim: Claim, key: str, start: int, end: int) -> Span:
        """Where a stretch of one of a claim's texts stands in the file."""
        scalar = claim.scalar(key)
        return scalar.collapsed_part(start, end) if scalar else claim.span(key)


def _passage(quotation: Quotation, match: Match, exhibit: Exhibit) -> Passage:
    return Passage(
        quotation.source,
        quotation.exact,
        match.spans,
        match.paragraph + 1,
        match.sentence + 1,
        exhibit.against,
        exhibit.places(match.spans),
    )
