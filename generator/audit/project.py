"""Audits a built site: reads every page, then compares pages, data files and articles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.audit.address import Inventory
from generator.audit.claim import ClaimCheck
from generator.audit.evidence import Evidence
from generator.audit.number import Numbers, first_unknown
from generator.audit.page import PageReading
from generator.audit.passage import PassageCheck
from generator.audit.place import Places
from generator.audit.reading import read_page
from generator.audit.register import Register, Row, read_register
from generator.audit.statement import Wording
from generator.config import Settings
from generator.diagnostics import Sink
from generator.progress import Progress, silent, track
from generator.textfile import DecodeFault, TextFile

_NO_SITE = "name the folder that `briefing build` wrote"
_MOVE = "move it into a cited claim"
_TOP = "top"  # HTML Living Standard, "Scrolling to a fragment"


@dataclass(frozen=True, slots=True)
class AuditCounts:
    """What was audited.

    Attributes:
        pages: HTML pages read.
        claims: Claims of `data/claims.jsonl`.
        citations: Citations shown on pages, each followed to its passage.
        passages: Quoted passages on source pages.
        links: Distinct addresses per page that lie inside of the site.
    """

    pages: int = 0
    claims: int = 0
    citations: int = 0
    passages: int = 0
    links: int = 0


def audit_site(
    site: Path, settings: Settings, sink: Sink, progress: Progress = silent
) -> AuditCounts:
    """Audit a built site; findings P603 to P609 go to the sink.

    Args:
        site: Folder of the site; it need not be the one of the settings.
        settings: Where `seeds/` lies, and under which address the site is published.
        sink: Takes the findings.
        progress: Told how far the audit is.

    Returns:
        How much was looked at, faults or not.
    """
    if not site.is_dir():
        sink.add("P608", "there is no such folder", settings.shown(site), _NO_SITE)
        return AuditCounts()
    try:
        inventory = Inventory(site, settings)
    except OSError as error:
        sink.add(
            "P608", f"the folder cannot be read: {error.strerror or error}", settings.shown(site)
        )
        return AuditCounts()
    before = len(sink)
    register = read_register(site, settings, inventory, sink)
    if not register.claims and len(sink) > before:
        return AuditCounts()  # every page would be at fault for the one missing file
    return _Audit(site, settings, sink, inventory, register).run(progress)


class _Audit:
    def __init__(
        self, site: Path, settings: Settings, sink: Sink, inventory: Inventory, register: Register
    ) -> None:
        self.site = site
        self.settings = settings
        self.sink = sink
        self.inventory = inventory
        self.register = register
        self.places = Places(site, settings)
        self.numbers = Numbers(register, inventory, settings)
        self.pages: dict[str, PageReading] = {}

    def run(self, progress: Progress) -> AuditCounts:
        wording = Wording(self.register.names, self.register.texts)
        for path in track(self.inventory.pages, "reading pages", progress):
            page = self.read(path, wording)
            if page is not None:
                self.pages[path] = page
        evidence = Evidence(self.settings, self.sink)
        claims = ClaimCheck(self.inventory, self.register, self.numbers, self.places, self.sink)
        passages = PassageCheck(self.inventory, self.register, evidence, self.places, self.sink)
        passages.gather(self.pages.values())
        links = 0
        for page in track(self.pages.values(), "auditing", progress, len(self.pages)):
            claims.check_page(page)
            passages.check_page(page)
            self.check_statements(page)
            links += self.check_links(page)
        claims.check_all_shown()
        passages.check_register()
        self.check_pages()
        return AuditCounts(
            pages=len(self.pages),
            claims=len(self.register.claims),
            citations=sum(
                len(page.cites) + sum(len(claim.cites) for claim in page.claims)
                for page in self.pages.values()
            ),
            passages=sum(len(page.passages) for page in self.pages.values()),
            links=links,
        )

    def read(self, path: str, wording: Wording) -> PageReading | None:
        shown = self.places.shown(path)
        try:
            return read_page(path, TextFile.read(self.site / path, shown).text, wording)
        except DecodeFault as fault:
            self.sink.add("P608", fault.reason, shown, "build the site again")
        except OSError as error:
            self.sink.add("P608", f"the page cannot be read: {error.strerror or error}", shown)
        self.inventory.unread.add(path)
        return None

    def check_statements(self, page: PageReading) -> None:
        """Words outside of claims (P606)."""
        for stray in page.strays:
            self.sink.add("P606", stray.message, self.places.at(page.path, stray.mark), _MOVE)
        unknown = (
            [("record of a source", page.records, self.numbers.of_page(page))]
            if page.records
            else []
        )
        if page.identities:
            unknown.append(("name or identifier", page.identities, self.numbers.of_identities))
        for what, marks, known in unknown:
            for mark in first_unknown(marks, known):
                at = self.places.at(page.path, mark)
                self.sink.add("P606", f"no {what} holds `{mark.part}`", at, _MOVE)

    def check_links(self, page: PageReading) -> int:
        """Links within the site (P609); gives their number."""
        count = 0
        if page.base is not None:
            self.sink.add("P609", "a `base` element gives every link of the page another meaning",
                          self.places.at(page.path, page.base), "remove it from the template")  # fmt: skip
        for href, mark in page.links.items():
            target = self.inventory.follow(page.path, href)
            if target is None:
                continue
            count += 1
            if target.file is None:
                self.sink.add("P609", f"the link `{href}` leads to no file of the site",
                              self.places.at(page.path, mark), "correct the link, or add the page")  # fmt: skip
                continue
            reached = self.pages.get(target.file)
            if reached is None or not target.fragment or target.fragment.lower() == _TOP:
                continue
            if target.fragment not in reached.ids:
                self.sink.add("P609", f"the page that `{href}` leads to has no such anchor",
                              self.places.at(page.path, mark), "correct the anchor")  # fmt: skip
        return count

    def check_pages(self) -> None:
        """Every entity and source has a page that can be judged (P608)."""
        for row in self.register.entities.values():
            url = row.text("url")
            target = self.inventory.follow("index.html", url) if url else None
            self.check_page(row, target.file if target else None)
        for row in self.register.sources.values():
            self.check_page(row, self.inventory.source_page(row.id))

    def check_page(self, row: Row, path: str | None) -> None:
        if path in self.inventory.unread:
            return
        page = self.pages.get(path or "")
        if page is None:
            self.sink.add(
                "P608", f"`{row.id}` has no page", row.span(row.id), "build the site again"
            )
        elif page.layout is None:
            message = f"the page of `{row.id}` has no briefing article"
            self.sink.add(
                "P608", message, self.places.shown(page.path), "keep the article in the template"
            )
