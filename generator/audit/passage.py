"""Whether citations lead to passages, and passages hold words that the articles have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.audit.address import Inventory
from generator.audit.atlas import Atlas, Passage
from generator.audit.evidence import Evidence
from generator.audit.finding import Findings
from generator.audit.page import (
    ClaimElement,
    Mark,
    PageReading,
    PassageElement,
    Quote,
    Reference,
)
from generator.audit.register import CLAIMS, Register
from generator.audit.row import Cited, ClaimRow
from generator.verify.quotation import Match, Miss

_TEMPLATE = "this is a fault of a template, or of a page changed by hand: build the site again"
_CHANGED = "build the site again from records that pass `briefing check`"
_REASONS = {
    "empty": "holds no words",
    "too-short": "is too short to be checked",
    "part-too-short": "has a part too short to be checked",
    "not-found": "does not stand in its source",
    "out-of-order": "has its parts in another order than its source",
}


@dataclass
class PassageCheck:
    """Checks passages and the citations that lead to them (P604, P605), each within a claim (P606)."""

    inventory: Inventory
    register: Register
    evidence: Evidence
    atlas: Atlas
    findings: Findings

    def check_outside(self, page: PageReading) -> None:
        """The passages of a page, and citations outside of its claims."""
        for passage in page.passages:
            self._check_passage(page, passage)
        for cite in page.cites:
            self._add("P606", "a citation stands outside of claims", page, cite.mark)
            self._follow(page, cite)

    def check_quote(self, page: PageReading, quote: Quote) -> None:
        """A quotation outside of passages is one that a claim has in the data file."""
        if self.register.is_whole and quote.text not in self.register.quotes:
            message = f"these quoted words are no quotation of `{CLAIMS}`"
            self._add("P605", message, page, quote.mark)

    def check(self, page: PageReading, element: ClaimElement) -> None:
        """The citations and premises of a claim element."""
        row = self.register.claims.get(element.ref)
        followed = [(cite, self._follow(page, cite)) for cite in element.cites]
        for cite, cited in followed:
            if cited is not None and row is not None and cite.name in row.sources:
                self._check_words(page, cite.mark, cited, row)
        if row is not None and not element.repeated:
            self._check_complete(page, element, row, [cited for _, cited in followed])
        for premise in element.premises:
            self._check_premise(page, premise)
        if row is not None and element.passage is not None:
            held = element.passage
            exacts = tuple(quote.text for quote in held.exacts)
            self._check_inside(page, element, Passage(held.source, exacts), row)

    def check_register(self, sources: Iterable[str]) -> None:
        """Every citation of these sources in the data file, whatever the pages show."""
        for source in sources:
            for claim in self.register.citing(source):
                for cited in claim.citations:
                    if cited.source == source:
                        self._check_cited(claim, cited)

    def _check_passage(self, page: PageReading, passage: PassageElement) -> None:
        source, mark = passage.source, passage.mark
        if not self.evidence.has_record(source):
            self._add("P604", f"`{source}` has no record", page, mark)
        if not passage.anchor:
            self._add("P605", f"a passage of `{source}` has no anchor", page, mark)
        elif passage.anchor in page.doubled:
            at = Mark(mark.element, "id", passage.anchor)
            self._add("P605", f"the anchor `{passage.anchor}` stands twice on the page", page, at)
        if len(passage.exacts) != 1:
            count = "no quotation" if not passage.exacts else f"{len(passage.exacts)} quotations"
            self._add("P605", f"a passage of `{source}` holds {count}", page, mark)
        for quote in passage.exacts:
            fault = self._fault(self.evidence.verdict(source, quote.text))
            if fault:
                self._add("P605", f"a quotation of `{source}` {fault}", page, quote.mark or mark)

    def _follow(self, page: PageReading, cite: Reference) -> Passage | None:
        """The passage a citation leads to; whatever else it leads to is a finding."""
        source = cite.name
        if not self.evidence.has_record(source):
            self._add("P604", f"the cited source `{source}` has no record", page, cite.mark)
            return None
        if cite.href is None:
            self._add("P604", f"the citation of `{source}` links to nothing", page, cite.mark)
            return None
        at = Mark(cite.mark.element, "href", cite.href)
        target = self.inventory.follow(page.path, cite.href)
        if target is None or target.file is None:
            self._add("P604", f"the citation of `{source}` leads to no page of the site", page, at)
            return None
        if target.file != self.inventory.source_page(source):
            self._add(
                "P604",
                f"the citation of `{source}` leads to another page than that of the source",
                page,
                at,
            )
            return None
        if target.file in self.atlas.unread:
            return None
        passage = self.atlas.passages.get(target) if target.fragment else None
        if passage is None or passage.source != source:
            self._add("P604", f"the citation of `{source}` leads to no passage", page, at)
            return None
        return passage

    def _check_words(self, page: PageReading, mark: Mark, passage: Passage, row: ClaimRow) -> None:
        if not any((passage.source, exact) in row.quoted for exact in passage.exacts):
            message = f"the passage cited does not hold what the claim `{row.ref}` quotes from `{passage.source}`"
            self._add("P605", message, page, mark)

    def _check_complete(
        self,
        page: PageReading,
        element: ClaimElement,
        row: ClaimRow,
        followed: list[Passage | None],
    ) -> None:
        """At its own place a claim links to every passage that it quotes."""
        if None in followed:
            return  # the citation that leads nowhere is a finding already
        reached = {(one.source, exact) for one in followed if one for exact in one.exacts}
        shown = {cite.name for cite in element.cites}
        for cited in row.citations:
            # A source left out altogether, or a passage that is not there, is another finding.
            is_there = cited.source in shown and self._is_quoted(cited)
            if is_there and (cited.source, cited.words) not in reached:
                message = f"the claim `{row.ref}` leaves out a quotation of `{cited.source}`"
                self._add("P603", message, page, element.mark)

    def _check_inside(
        self, page: PageReading, element: ClaimElement, passage: Passage, row: ClaimRow
    ) -> None:
        if passage.source not in row.sources:
            message = f"the claim `{row.ref}` does not cite the source it stands under"
            self._add("P603", message, page, element.mark)
        else:
            self._check_words(page, element.mark, passage, row)

    def _check_premise(self, page: PageReading, premise: Reference) -> None:
        claim = self.register.claims.get(premise.name)
        target = self.inventory.follow(page.path, premise.href) if premise.href else None
        if target is None or claim is None or target != claim.home:
            at = premise.mark
            if premise.href:
                at = Mark(at.element, "href", premise.href)
            self._add("P604", f"the premise `{premise.name}` does not lead to its claim", page, at)

    def _check_cited(self, claim: ClaimRow, cited: Cited) -> None:
        source, row = cited.source, claim.row
        if not self.evidence.has_record(source):
            message = f"the source `{source}` of the claim `{claim.ref}` has no record"
            self.findings.sink.add("P604", message, row.span(source), _CHANGED)
            return
        verdict = self.evidence.verdict(source, cited.exact)
        fault = self._fault(verdict)
        if fault:
            at = row.span(cited.exact)
            self.findings.sink.add("P605", f"a quotation of `{source}` {fault}", at, _CHANGED)
        elif isinstance(verdict, Match):
            places = (("paragraph", cited.paragraph, verdict.paragraph + 1),
                      ("sentence", cited.sentence, verdict.sentence + 1))  # fmt: skip
            for what, given, found in places:
                if given is not None and given != found:
                    at = row.span(cited.exact)
                    message = f"the quotation stands in {what} {found} of `{source}`, not {given}"
                    self.findings.sink.add("P605", message, at, _CHANGED)
        if self.inventory.source_page(source) in self.atlas.unread:
            return
        if not self._is_quoted(cited):
            at = row.span(cited.exact)
            message = f"no passage on the page of `{source}` holds this quotation"
            self.findings.sink.add("P605", message, at, _TEMPLATE)

    def _is_quoted(self, cited: Cited) -> bool:
        """Whether the page of the source holds a passage with these words."""
        return cited.words in self.atlas.quoted.get(cited.source, ())

    @staticmethod
    def _fault(verdict: Match | Miss | None) -> str | None:
        if verdict is None:
            return "cannot be checked"
        return _REASONS[verdict.reason] if isinstance(verdict, Miss) else None

    def _add(self, code: str, message: str, page: PageReading, mark: Mark | None) -> None:
        self.findings.add(code, message, page.path, mark, _TEMPLATE)
