"""Which numbers the records hold, and so the pages may show of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from itertools import chain

from generator.audit.address import Inventory
from generator.audit.page import Mark, PageReading
from generator.audit.register import Register
from generator.audit.row import ClaimRow, Row, walk_texts
from generator.audit.statement import figures, numbers
from generator.config import Settings

_NAMED = ("value", "said_by", "entity")


class Known:
    """Numbers from several records, each looked into only when those before it do not suffice."""

    def __init__(self, records: Iterable[frozenset[int]]) -> None:
        self._seen: list[frozenset[int]] = []
        self._ahead = iter(records)

    def __contains__(self, number: int) -> bool:
        for record in self._seen:
            if number in record:
                return True
        for record in self._ahead:
            self._seen.append(record)
            if number in record:
                return True
        return False


class Numbers:
    """Numbers by the record they come from: a number on a page must be one of its record's.

    Dates and amounts may be worded differently on a page (`2025-11-06`, `6 November 2025`), so
    numbers are compared by their worth, one by one.
    """

    def __init__(self, register: Register, inventory: Inventory, settings: Settings) -> None:
        self._register = register
        self._inventory = inventory
        self._settings = settings
        self._records: dict[str, frozenset[int]] = {}
        self._own: dict[str, frozenset[int]] = {}
        self._rows: dict[tuple[str, int], frozenset[int]] = {}
        self._claims: dict[str, Known] = {}

    def of_claim(self, claim: ClaimRow) -> Known:
        """Numbers of a claim, of its sources and what it links to; counts of sources and origins."""
        if claim.ref not in self._claims:
            self._claims[claim.ref] = Known(self._gather(claim))
        return self._claims[claim.ref]

    def _gather(self, claim: ClaimRow) -> Iterator[frozenset[int]]:
        register, row = self._register, claim.row
        yield frozenset(range(max(len(claim.citations), len(row.texts("origins"))) + 1))
        # Part of its row, and mostly enough.
        yield frozenset(numbers(row.text("text") or ""))
        yield from map(self.of_record, claim.sources)
        yield self._of_row(row)
        for name in (*row.texts("links"), *(row.text(key) or "" for key in _NAMED)):
            if name in register.entities:
                yield self._of_row(register.entities[name])
        for ref in (*row.texts("premises"), *row.texts("conflicts_with")):
            if ref in register.claims:
                yield self._of_row(register.claims[ref].row)
        # The dearest to find out, and the least likely to be needed.
        yield from map(self._of_source, claim.sources)

    def of_page(self, page: PageReading) -> Known:
        """Numbers of the source a page is about, or of those it cites, or else of all sources."""
        sources = {passage.source for passage in page.passages}
        if page.layout == "entity":
            sources.update(cite.name for claim in page.all_claims() for cite in claim.cites)
            sources.update(cite.name for cite in page.cites)
        return self.of_sources(page.path, sources)

    def of_sources(self, path: str, sources: Collection[str]) -> Known:
        """Numbers of the source that a page is about, or else of these, or of all where none is."""
        own = self.source_of(path)
        if own is not None:
            return Known(self._by_parts(own))
        return Known(map(self._of_source, sources)) if sources else self._of_all

    def source_of(self, path: str) -> str | None:
        """The source that a page is about; None where it is about none."""
        return self._pages.get(path)

    @cached_property
    def _pages(self) -> dict[str | None, str]:
        """Source by the file of its page."""
        return {self._inventory.source_page(source): source for source in self._register.sources}

    @cached_property
    def _of_all(self) -> Known:
        """Numbers of all sources; few are in no record, so that all quotations are looked into."""
        sources = list(self._register.sources)
        return Known(chain(map(self.of_record, sources), map(self._of_source, sources)))

    @cached_property
    def of_identities(self) -> Known:
        """Numbers in the names and identifiers of entities."""
        rows = self._register.entities.values()
        return Known((frozenset().union(*map(self._of_row, rows)),))

    def are_of_identities(self, path: str, found: Iterable[int]) -> bool:
        """Whether all numbers are of entities' names; that of the page's own folder comes first."""
        row = self._register.entities.get(path.removesuffix("/index.html").rpartition("/")[2])
        own = self._of_row(row) if row is not None else frozenset()
        return all(number in own or number in self.of_identities for number in found)

    def _by_parts(self, source: str) -> Iterator[frozenset[int]]:
        """Numbers that pages may show of a source, the dearest to find out last."""
        yield self.of_record(source)
        cited = self._register.cited_from(source)
        yield frozenset(
            [number for one in cited for number in (one.paragraph, one.sentence) if number]
        )
        yield self._of_source(source)

    def numbers_of(self, source: str) -> frozenset[int]:
        """Every number that pages may show of a source."""
        return self._of_source(source)

    def _of_row(self, row: Row) -> frozenset[int]:
        key = (row.source.shown, row.start)
        if key not in self._rows:
            schemes = row.data.get("identifiers")
            named = list(schemes) if isinstance(schemes, dict) else []
            text = "\n".join(walk_texts([row.data, named]))
            self._rows[key] = frozenset(numbers(text))
        return self._rows[key]

    def _places(self, source: str) -> set[int]:
        """Paragraph and sentence numbers of a source's quotations, and those in quoted words and beside them."""
        known: set[int] = set()
        for cited in self._register.cited_from(source):
            known.update(number for number in (cited.paragraph, cited.sentence) if number)
            known.update(*map(numbers, cited.told))
        return known

    def _of_source(self, source: str) -> frozenset[int]:
        if source not in self._records:
            self._records[source] = self.of_record(source) | self._places(source)
        return self._records[source]

    def of_record(self, source: str) -> frozenset[int]:
        """Numbers of a source's record; without those of its quotations, which are more."""
        if source not in self._own:
            row = self._register.sources.get(source)
            known: set[int] = set()
            if row is not None:
                known |= self._of_row(row)
                # The record itself may say more of the source than the site's data file repeats.
                path = self._settings.seeds / f"{source}.yml"
                if path.is_file():
                    text = path.read_text(encoding="utf-8", errors="replace")
                    known |= numbers(text)
            self._own[source] = frozenset(known)
        return self._own[source]


def first_unknown(marks: list[Mark], known: Known) -> list[Mark]:
    """Each text's first number that is not known, as a place on the page."""
    found = []
    for mark in marks:
        for number, words in figures(mark.value):
            if number not in known:
                found.append(mark._replace(part=words))
                break
    return found
