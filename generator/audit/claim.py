"""Whether each claim on a page is the one of the data files, and carries its citations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.audit.address import Inventory, Target
from generator.audit.atlas import Atlas
from generator.audit.finding import Findings
from generator.audit.number import Numbers, first_unknown
from generator.audit.page import ClaimElement, Mark, PageReading, fold
from generator.audit.register import CLAIMS, Register
from generator.audit.row import ClaimRow, walk_texts
from generator.audit.statement import figures, has_digit, says_something
from generator.date import DateFault, display, parse_date
from generator.diagnostics import Sink

_TEMPLATE = "this is a fault of a template, or of a page changed by hand: build the site again"
_WORD = re.compile(r"[^\W\d_]+")
# Words by which a date or a value is joined to what it is of.
_WORDLESS = frozenset(
    ("a", "an", "and", "about", "as", "at", "by", "from", "in", "of", "on", "since", "the", "to",
     "until")
)  # fmt: skip
_DATES = ("date", "from", "to", "start", "end")


@dataclass
class ClaimCheck:
    """Checks each claim element of a page (P603, P606, P607)."""

    inventory: Inventory
    register: Register
    numbers: Numbers
    atlas: Atlas
    findings: Findings
    _values: dict[str, list[str]] = field(default_factory=dict)

    def check(self, page: PageReading, element: ClaimElement) -> None:
        """A claim element of a page."""
        row = self.register.claims.get(element.ref)
        if row is None:
            if self.register.is_whole:
                self._add("P607", f"`{CLAIMS}` has no claim `{element.ref}`", page, element.mark)
            return
        if not element.repeated:
            self._check_place(page, element, row)
        self._check_citations(page, element, row)
        self._check_words(page, element, row)

    def _check_place(self, page: PageReading, element: ClaimElement, row: ClaimRow) -> None:
        ref = element.ref
        first = self.atlas.firsts[ref]
        if first != (page.path, element.mark):
            message = f"the claim `{ref}` stands twice"
            self.findings.add("P607", message, page.path, element.mark, _TEMPLATE, first=first)
            return
        if element.anchor != row.anchor:
            mark = element.mark
            if element.anchor:
                mark = Mark(mark.element, "id", element.anchor)
            self._add("P603", f"the id of the claim `{ref}` is not `{row.anchor}`", page, mark)
        elif element.anchor in page.doubled:
            self._add(
                "P607", f"the id `{element.anchor}` stands twice on the page", page, element.mark
            )
        if row.home != Target(page.path, row.anchor):
            message = f"the claim `{ref}` stands on another page than `{CLAIMS}` says"
            self._add("P607", message, page, element.mark)

    def _check_citations(self, page: PageReading, element: ClaimElement, row: ClaimRow) -> None:
        ref, mark = element.ref, element.mark
        shown = {cite.name for cite in element.cites}
        premises = {premise.name for premise in element.premises}
        on_source = page.layout == "source" and element.repeated
        if on_source:
            # There the passage itself is the citation.
            shown |= {passage.source for passage in page.passages} & row.sources
        if not shown and not (premises and row.is_inferred):
            what = "premise" if row.is_inferred else "citation"
            self._add("P603", f"the claim `{ref}` carries no {what}", page, mark)
        else:
            absent = [] if on_source else sorted(row.sources - shown)
            for name in absent:
                self._add("P603", f"the claim `{ref}` leaves out its source `{name}`", page, mark)
            for cite in element.cites:
                if cite.name not in row.sources:
                    message = f"the claim `{ref}` does not cite `{cite.name}` in `{CLAIMS}`"
                    self._add("P603", message, page, cite.mark)
            for name in [] if on_source else sorted(row.premises - premises):
                self._add("P603", f"the claim `{ref}` leaves out its premise `{name}`", page, mark)
            for premise in element.premises:
                if premise.name not in row.premises:
                    message = f"the claim `{ref}` has no premise `{premise.name}` in `{CLAIMS}`"
                    self._add("P603", message, page, premise.mark)
        if element.repeated:
            home = row.home
            # The link to its place mostly stands at the end.
            follow, hrefs = self.inventory.follow, reversed(element.hrefs)
            if not any(follow(page.path, href) == home for href in hrefs):
                message = f"the repeated claim `{ref}` does not link to its own place"
                self._add("P603", message, page, mark)

    def _check_words(self, page: PageReading, element: ClaimElement, row: ClaimRow) -> None:
        ref, words = element.ref, element.text
        if not says_something(words):
            self._add("P603", f"the claim `{ref}` has no words", page, element.mark)
            return
        if row.words and row.words not in words:
            # A table or a fact box may repeat the value or the date alone.
            values = self.values_of(row)
            is_short = element.repeated and any(value in words for value in values)
            if not is_short or not self.is_of_record(words, row, values):
                message = f"the words of the claim `{ref}` are not those of `{CLAIMS}`"
                self._add("P606", message, page, element.mark)
                return
        if not row.words:
            values = self.values_of(row)
            if values and not any(value in words for value in values):
                message = f"the value of the claim `{ref}` is not that of `{CLAIMS}`"
                self._add("P606", message, page, element.mark)
                return
        if element.figures and not row.is_inferred:
            self._check_figures(page, element, row)

    def is_of_record(self, words: str, row: ClaimRow, values: list[str]) -> bool:
        """Whether a claim shown in part has no word and no number that its record has not."""
        links = [
            *row.row.texts("links"),
            row.row.text("entity") or "",
            row.row.text("said_by") or "",
        ]
        known = [*walk_texts(row.row.data), *values]
        known += [text for link in links for text in self._entity_names(link)]
        vocabulary = _WORDLESS.union(word for text in known for word in _words(text))
        numbers = self.numbers.of_claim(row)
        return vocabulary.issuperset(_words(words)) and all(
            number in numbers for number, _ in figures(words)
        )

    def _entity_names(self, entity: str) -> list[str]:
        row = self.register.entities.get(entity)
        return list(walk_texts([row.data.get("name"), row.data.get("names")])) if row else []

    def values_of(self, row: ClaimRow) -> list[str]:
        """How a page may show the value of a claim."""
        if row.ref not in self._values:
            self._values[row.ref] = self._list_values(row)
        return self._values[row.ref]

    def _list_values(self, row: ClaimRow) -> list[str]:
        """How a page may show the value of a claim, its dates and, for a party's act, the act."""
        found = [value for value in walk_texts(row.row.data.get("value")) if value]
        found += [row.row.text(key) or "" for key in _DATES]
        shown = []
        for value in filter(None, found):
            entity = self.register.entities.get(value)
            shown.append((entity.text("name") if entity else None) or value)
            if not has_digit(value):
                continue  # no date, and it would take long to be told so
            try:
                shown.append(display(parse_date(value)))
            except DateFault:
                continue
        act = (row.row.text("act") or "").replace("-", " ")
        if act:
            shown += [act, act.capitalize()]
        return [fold(value) for value in shown]

    def _check_figures(self, page: PageReading, element: ClaimElement, row: ClaimRow) -> None:
        for mark in first_unknown(element.figures, self.numbers.of_claim(row)):
            message = (
                f"the claim `{element.ref}` shows `{mark.part}`, which its record does not hold"
            )
            self._add("P606", message, page, mark)

    def _add(self, code: str, message: str, page: PageReading, mark: Mark) -> None:
        self.findings.add(code, message, page.path, mark, _TEMPLATE)


def check_all_shown(register: Register, atlas: Atlas, sink: Sink) -> None:
    """Every claim of the data file stands on its page (P607), and rests on something (P603)."""
    for ref in register.claims:
        if ref in atlas.firsts and ref not in register.unfounded:
            continue
        claim = register.claims[ref]
        row = claim.row
        home = claim.home
        is_unread = home is not None and home.file in atlas.unread
        if ref not in atlas.firsts and not is_unread:
            sink.add("P607", f"no page holds the claim `{ref}`", row.span(ref), _TEMPLATE)
        if not claim.citations and not claim.is_inferred:
            sink.add("P603", f"the claim `{ref}` has no citation", row.span(ref),
                     "cite a source that says it")  # fmt: skip
        if claim.is_inferred and not claim.premises:
            sink.add("P603", f"the claim `{ref}` has no premise", row.span(ref),
                     "name the claims it follows from")  # fmt: skip


def _words(text: str) -> list[str]:
    """The words of a text that hold a letter, without regard to capitals."""
    return _WORD.findall(text.casefold())
