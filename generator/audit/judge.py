"""Judges one page after the other, by all that the site and the articles hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.audit.address import Inventory
from generator.audit.atlas import Atlas
from generator.audit.claim import ClaimCheck
from generator.audit.evidence import Evidence
from generator.audit.files import Files
from generator.audit.finding import Findings
from generator.audit.former import FormerCheck
from generator.audit.link import LinkCheck
from generator.audit.note import NoteCheck
from generator.audit.number import Numbers, first_unknown
from generator.audit.page import PageReading
from generator.audit.passage import PassageCheck
from generator.audit.place import Places
from generator.audit.reading import read_page
from generator.audit.register import Register
from generator.audit.statement import Wording
from generator.audit.stretch import Stretch, Stretches
from generator.audit.whole import WholeCheck
from generator.config import Settings
from generator.diagnostics import Sink
from generator.textfile import DecodeFault, TextFile

_MOVE = "move it into a cited claim"
_SHOWN = "only an open text may stand on its source's page, as it is: build the site again"


@dataclass(frozen=True, slots=True)
class Ground:
    """What every page is judged by; the same in every process.

    Attributes:
        site: Folder of the site, as findings show it.
        files: Where the site is read from.
    """

    site: Path
    files: Files
    settings: Settings
    inventory: Inventory
    register: Register


class Reader:
    """Reads the pages of a site.

    Args:
        ground: What the site holds.
        sink: Takes a finding for each page that cannot be read (P608).
    """

    def __init__(self, ground: Ground, sink: Sink) -> None:
        self._ground = ground
        self._sink = sink
        self._wording = Wording(ground.register.names, ground.register.texts)
        self._stretches = Stretches()

    def read(self, path: str) -> PageReading | None:
        """Read a page, each repeated claim once; None where it cannot be read."""
        return self._read(path, self._stretches)

    def read_exactly(self, path: str) -> PageReading | None:
        """Read a page with every claim in its place; None where it cannot be read."""
        return self._read(path, None)

    def _read(self, path: str, stretches: Stretches | None) -> PageReading | None:
        ground = self._ground
        shown = ground.settings.shown(ground.site / path)
        try:
            file = TextFile.decode(shown, ground.files.read(path))
        except DecodeFault as fault:
            self._sink.add("P608", fault.reason, shown, "build the site again")
        except OSError as error:
            self._sink.add("P608", f"the page cannot be read: {error.strerror or error}", shown)
        else:
            return read_page(path, file.text, self._wording, stretches)
        return None


class Judge:
    """Judges pages.

    Args:
        ground: What the site holds.
        atlas: What its pages hold, all of them.
        reader: Reads a page again that is at fault.
        sink: Takes the findings.
    """

    def __init__(self, ground: Ground, atlas: Atlas, reader: Reader, sink: Sink) -> None:
        self._reader = reader
        self._numbers = Numbers(ground.register, ground.inventory, ground.settings)
        self._findings = Findings(sink, Places(ground.site, ground.settings, ground.files))
        evidence = Evidence(ground.settings, sink)
        inventory, register, findings = ground.inventory, ground.register, self._findings
        self._claims = ClaimCheck(inventory, register, self._numbers, atlas, findings)
        self.passages = PassageCheck(inventory, register, evidence, atlas, findings)
        self._links = LinkCheck(inventory, atlas, findings)
        self._former = FormerCheck(ground.files, findings)
        self._notes = NoteCheck(inventory, atlas, findings)
        self._whole = WholeCheck(inventory, register, evidence)

    def check(self, page: PageReading) -> int:
        """Judge a page; gives the number of its distinct links within the site."""
        inside = self._check_stretches(page)
        if inside is None:
            exact = self._reader.read_exactly(page.path)
            if exact is None:  # gone since it was read first, and reported
                return 0
            page, inside = exact, set()
        for element in page.claims:
            self._claims.check(page, element)
            self.passages.check(page, element)
        self.passages.check_outside(page)
        for quote in page.quotes:
            self.passages.check_quote(page, quote)
        for former in page.formers:
            self._former.check(page, former)
        self._notes.check(page)
        for whole in page.wholes:
            if fault := self._whole.fault(page.path, whole):
                self._findings.add("P606", fault.message, page.path, fault.mark, _SHOWN)
        self._check_statements(page)
        self._links.check_base(page)
        return len(inside | self._links.check(page, page.links))

    def _check_stretches(self, page: PageReading) -> set[str] | None:
        """Links within the site that stand in the stretches; None where any is at fault."""
        inside: set[str] = set()
        for stretch in page.stretches:
            basis = stretch.basis(page)
            if basis not in stretch.verdicts:
                stretch.verdicts[basis] = self._judge_stretch(page, stretch)
            links = stretch.verdicts[basis]
            if links is None:
                return None
            inside |= links
        return inside

    def _judge_stretch(self, page: PageReading, stretch: Stretch) -> frozenset[str] | None:
        inside: set[str] = set()
        # The page of a source asks less of a claim; what is sound on a bare page is so on any.
        bare = PageReading(page.path)

        def check() -> None:
            for element in stretch.claims:
                self._claims.check(bare, element)
                self.passages.check(bare, element)
            for quote in stretch.quotes:
                self.passages.check_quote(bare, quote)
            inside.update(self._links.check(bare, stretch.links))

        is_sound = not stretch.stray and self._findings.none_from(check)
        return frozenset(inside) if is_sound else None

    def _check_statements(self, page: PageReading) -> None:
        """Words outside of claims (P606)."""
        for stray in page.strays:
            self._findings.add("P606", stray.message, page.path, stray.mark, _MOVE)
        unknown = (
            [("record of a source", page.records, self._numbers.of_page(page))]
            if page.records
            else []
        )
        if page.identities:
            unknown.append(("name or identifier", page.identities, self._numbers.of_identities))
        for what, marks, known in unknown:
            for mark in first_unknown(marks, known):
                message = f"no {what} holds `{mark.part}`"
                self._findings.add("P606", message, page.path, mark, _MOVE)
