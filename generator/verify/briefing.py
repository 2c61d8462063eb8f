"""Verifies briefings: quotations by the same core as those of sheets, figures, likelihoods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.date import display
from generator.diagnostics import Sink
from generator.markup import visible
from generator.model.briefing import Block, Briefing, Cited, Sentence
from generator.model.fact import Claim
from generator.model.kind import LIKELIHOODS
from generator.model.stage import Facts, Linked, Passage, Support
from generator.textfile import Span, TextFile
from generator.verify.exhibit import Exhibit, Exhibits
from generator.verify.figure import find_figures, unsupported_figures
from generator.verify.quotation import (
    MAX_INSERTED,
    Match,
    Miss,
    inserted_words,
    match_quotation,
    parse_quotation,
    verified_words,
)

_SCALE = re.compile(
    r"\b(?:" + "|".join(sorted(LIKELIHOODS, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_LEVEL = re.compile(
    r"(?<=\bconfidence is )(?:low|moderate|high)\b|\b(?:low|moderate|high)(?= confidence\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_MANY = re.compile(
    r"\b(?:hundred|thousand|million|billion|trillion|dozen)s?\b|\bper\s?cent\b|%", re.IGNORECASE
)
"""Vague in a sentence that cites, where they need not be carried; out of place in one that does not."""


def verify_briefings(
    linked: Linked,
    support: Mapping[str, Support],
    exhibits: Exhibits,
    briefings: Iterable[Briefing],
    sink: Sink,
) -> tuple[Briefing, ...]:
    """Briefings with the places of their quotations; what does not hold is a finding."""
    return tuple(
        _Verifier(linked.facts, support, exhibits, briefing, sink).verify()
        for briefing in briefings
    )


def passages_of(briefings: Iterable[Briefing]) -> dict[str, list[Passage]]:
    """The passages that briefings quote themselves, by source."""
    found: dict[str, list[Passage]] = {}
    for briefing in briefings:
        for one in briefing.quotations:
            if one.source and one.spans:
                passage = Passage(
                    one.source,
                    one.exact,
                    one.spans,
                    one.paragraph,
                    one.sentence,
                    one.against,
                    one.places,
                )
                found.setdefault(one.source, []).append(passage)
    return found


class _Verifier:
    def __init__(
        self,
        facts: Facts,
        support: Mapping[str, Support],
        exhibits: Exhibits,
        briefing: Briefing,
        sink: Sink,
    ) -> None:
        self.facts = facts
        self.support = support
        self.exhibits = exhibits
        self.briefing = briefing
        self.sink = sink

    def span(self, start: int, end: int) -> Span:
        """A place in the briefing; the file is read again, for findings alone."""
        path = Path(self.facts.settings.root / self.briefing.path)
        return TextFile.read(path, self.briefing.path).span(start, end)

    def verify(self) -> Briefing:
        self.check_framing(self.briefing.summary)
        bottom = tuple(map(self.sentence, self.briefing.bottom_line))
        sections = tuple(
            replace(section, blocks=tuple(map(self.block, section.blocks)))
            for section in self.briefing.sections
        )
        return replace(self.briefing, bottom_line=bottom, sections=sections)

    def block(self, block: Block) -> Block:
        if block.kind == "framing":
            for item in block.items:
                self.check_framing(item)
            return block
        return replace(block, items=tuple(tuple(map(self.sentence, item)) for item in block.items))

    def sentence(self, sentence: Sentence) -> Sentence:
        cited = tuple(self.cited(one) if one.source else one for one in sentence.cited)
        found = replace(sentence, cited=cited) if cited != sentence.cited else sentence
        self.check_figures(found)
        self.check_terms(found)
        return found

    def cited(self, cited: Cited) -> Cited:
        """A direct quotation with its place in the source."""
        source = self.facts.sources.get(cited.source or "")
        exhibit = self.exhibits.get(cited.source or "")
        if source is None or exhibit is None:
            return cited  # reported where the source failed
        at = (cited.start, cited.end)
        if source.status == "retracted":
            self.sink.add("Q409", f"`{source.id}` is retracted", self.span(*at),
                          "cite another source, or remove the sentence",
                          related=[(source.span("status"), "retracted here")])  # fmt: skip
        parsed = parse_quotation(cited.exact)
        found = match_quotation(parsed, exhibit.witness)
        if isinstance(found, Miss):
            self.miss(cited, exhibit, found)
            return cited
        limit = self.facts.settings.quotation_words
        if parsed.word_count > limit:
            self.sink.add("Q403", f"the quotation has {parsed.word_count} words, more than {limit}",
                          self.span(*at), "quote only the words that carry the sentence")  # fmt: skip
        added = inserted_words(parsed, found)
        if added > MAX_INSERTED:
            self.sink.add("Q413", f"the quotation adds {added} words in brackets, more than {MAX_INSERTED}",
                          self.span(*at), "quote the article's own words, or elide with `…`")  # fmt: skip
        return replace(
            cited, spans=found.spans, paragraph=found.paragraph + 1, sentence=found.sentence + 1,
            against=exhibit.against, places=exhibit.places(found.spans),
        )  # fmt: skip

    def miss(self, cited: Cited, exhibit: Exhibit, miss: Miss) -> None:
        span, source = self.span(cited.start, cited.end), cited.source
        if miss.reason in ("too-short", "part-too-short", "empty"):
            self.sink.add("Q402", "the quotation has fewer than four words or marks", span,
                          "quote a few words more")  # fmt: skip
        elif miss.reason == "out-of-order":
            self.sink.add("Q407", f"the parts of the quotation stand in another order in `{source}`",
                          span, "put them in the order of the article")  # fmt: skip
        elif other := self.elsewhere(cited):
            self.sink.add("Q408", f"the quotation stands in `{other}`, not in `{source}`", span,
                          f"cite `{other}`, or quote what `{source}` says")  # fmt: skip
        else:
            from generator.verify.nearest import explain_miss  # loads what only faults need

            hints = explain_miss(
                miss, cited.exact, exhibit.text, exhibit.source_text, exhibit.witness
            )
            self.sink.add("Q401", f"quotation not found in `{source}`", span,
                          *(hints or ("copy the words from the article",)))  # fmt: skip

    def elsewhere(self, cited: Cited) -> str | None:
        parsed = parse_quotation(cited.exact)
        for source, exhibit in self.exhibits.items():
            if source != cited.source and isinstance(
                match_quotation(parsed, exhibit.witness), Match
            ):
                return source
        return None

    def check_figures(self, sentence: Sentence) -> None:
        """Every figure of a sentence occurs in what it cites: claims, their quotations, its own."""
        words = sentence.written
        if not any(char.isalnum() for char in words):
            return
        carried = [_article_words(one.exact, one.spans) for one in sentence.quotations]
        sources = [one.source for one in sentence.quotations]
        for claim in self.facts.claims_of(sentence.refs):
            carried += _carried(claim)
            support = self.support.get(claim.ref)
            for citation in support.citations if support else ():
                quotation = citation.quotation
                carried.append(_article_words(quotation.exact, citation.passage.spans))
                if quotation.translation:
                    carried.append(quotation.translation)
                sources.append(quotation.source)
        known = (self.facts.sources.get(one or "") for one in dict.fromkeys(sources))
        published = [one.published for one in known if one is not None and one.published]
        for figure in unsupported_figures(words, carried, published):
            shown = words[figure.start : figure.end]
            self.sink.add("Q410", f"nothing cited carries `{shown}`",
                          self.figure_span(sentence, shown),
                          "cite the claim that carries it, or correct it")  # fmt: skip

    def check_framing(self, sentences: Iterable[Sentence]) -> None:
        """Framing states no figure in words either; digits are found where the file is read."""
        for one in sentences:
            words = one.written
            if _DIGIT.search(words):
                continue
            figure, many = next(iter(find_figures(words)), None), _MANY.search(words)
            shown = words[figure.start : figure.end] if figure else many.group() if many else ""
            if shown:
                self.sink.add("V235", f"framing states the figure `{shown}`",
                              self.figure_span(one, shown), "say it in a cited sentence")  # fmt: skip

    def figure_span(self, sentence: Sentence, shown: str) -> Span:
        span = self.span(sentence.start, sentence.end)
        at = span.text.find(shown)
        return span.part(at, at + len(shown)) if at >= 0 else span

    def check_terms(self, sentence: Sentence) -> None:
        """A sentence that cites judgements gives a likelihood and a confidence that one of them has."""
        cited = [one for one in self.facts.claims_of(sentence.refs) if one.kind == "judgement"]
        if not cited:
            return
        pairs: tuple[tuple[str, re.Pattern[str]], ...] = (
            ("likelihood", _SCALE),
            ("confidence", _LEVEL),
        )
        for key, pattern in pairs:
            given = {str(getattr(one, key)) for one in cited}
            for found in pattern.finditer(sentence.written):
                if found.group().lower() not in given:
                    names = " or ".join(f"`{one}`" for one in sorted(given))
                    self.sink.add("V233", f"the sentence says `{found.group()}`, the judgement it cites {names}",
                                  self.figure_span(sentence, found.group()), "make the two agree")  # fmt: skip


def _article_words(exact: str, spans: tuple[tuple[int, int], ...]) -> str:
    """A quotation without what was put into it, given where its parts stand."""
    if "[" not in exact:
        return exact
    return verified_words(parse_quotation(exact), Match(spans, 0, 0))


def _carried(claim: Claim) -> list[str]:
    """What a claim itself says: its words, value and dates."""
    found = [visible(claim.text)] if claim.text else []
    found += [word for word in (claim.value, claim.office, claim.capacity) if word]
    return found + [display(date) for _, date in claim.dates]
