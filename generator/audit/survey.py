"""Reads all pages of a site, certifies those that are sound, and gathers what they hold.

The pages of sources come first: what the other pages cite has to stand there. Each round is shared
among processes; what comes back is a record of each page, and which are certified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.audit.address import Target
from generator.audit.atlas import Atlas, Passage
from generator.audit.certify import Cite
from generator.audit.claim import ClaimCheck
from generator.audit.evidence import Evidence
from generator.audit.finding import Findings
from generator.audit.judge import Ground
from generator.audit.number import Numbers
from generator.audit.passage import PassageCheck
from generator.audit.place import Places
from generator.audit.quick import Draft, QuickReader
from generator.audit.record import Held, PageRecord, Records, decode_record, encode_record
from generator.audit.wording import NotingWording
from generator.diagnostics import Sink
from generator.progress import Progress
from generator.workers import count_jobs, cut_shares, each_forked

READING = "reading pages"
FEWEST_PAGES = 300
"""Pages of a site below which starting processes costs more than it saves."""
_LIFE = 150_000_000
"""Bytes of pages that one process reads, about. By then it has made much of what all share its own, and
keeps what it knows of so many claims: in its place another begins anew."""
_FIRST = 60
"""Pages of a round, about, that are read before there are processes: what they teach is learned once."""
_SHARES = 6  # for each process, so that all are done at about the same time


class Demand(NamedTuple):
    """A citation whose passage stands on a page that was not yet known.

    Attributes:
        page: Where it stands.
        exacts: What its claim quotes from the source; one of them has to stand in the passage.
    """

    page: str
    target: Target
    source: str
    exacts: tuple[str, ...]


class Batch(NamedTuple):
    """What came of some pages.

    Attributes:
        records: Of each page its record, encoded; None for one that could not be read.
        certified: Whether each page is sound, links to other pages and `demands` aside.
        demands: Citations that are left to be looked at.
        told: Texts outside of claims, as `NotingWording` has them; `lengthy` likewise.
        unproven: Sources whose citations in the data file are not all sound.
    """

    records: list[bytes | None]
    certified: list[bool]
    demands: list[Demand]
    told: set[str]
    lengthy: set[str]
    unproven: list[str]


@dataclass(slots=True)
class Survey:
    """What is known of a site's pages.

    Attributes:
        records: Of each page that could be read, by path.
        unread: Pages that could not be read.
        suspects: Pages that are not certified.
        passages: Every passage of the records, by where it stands.
        unproven: Sources whose citations in the data file have to be looked at again.
    """

    records: Records = field(default_factory=Records)
    unread: set[str] = field(default_factory=set)
    suspects: set[str] = field(default_factory=set)
    passages: dict[Target, Passage] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    lengthy: set[str] = field(default_factory=set)
    unproven: set[str] = field(default_factory=set)


class Surveyor:
    """Reads pages in this process.

    Args:
        ground: What the site holds.
        numbers: The number of each file of the site; links are noted by it.
        held: Passages of the pages read before.
        is_quoted: Whether a claim has words as a quotation.
        patience: How many stretches of a kind are read before a pattern is made of one.

    Attributes:
        reader: Reads them.
    """

    def __init__(
        self,
        ground: Ground,
        files: dict[str, int],
        held: Mapping[Target, Passage],
        is_quoted: Callable[[str], bool],
        patience: int = 0,
    ) -> None:
        inventory, register = ground.inventory, ground.register
        self._ground = ground
        self._files = files
        self._held = held
        self._evidence = Evidence(ground.settings, Sink())
        numbers = Numbers(register, inventory, ground.settings)
        findings = Findings(Sink(), Places(ground.site, ground.settings, ground.files))
        claims = ClaimCheck(inventory, register, numbers, Atlas(), findings)
        self.wording = NotingWording(register.names, register.texts)
        self.reader = QuickReader(
            ground, numbers, self._evidence, claims, self.wording, is_quoted, patience
        )
        self._numbers = numbers
        self._proof = Findings(Sink(), findings.places)
        self._source_at = {
            page: source
            for source in register.sources
            if (page := inventory.source_page(source)) is not None
        }

    def read(self, paths: Sequence[str], open_pages: frozenset[str]) -> Batch:
        """Read some pages.

        Args:
            paths: The pages.
            open_pages: All pages that are read at this time, here or elsewhere.
        """
        batch = Batch([], [], [], set(), set(), [])
        self.reader.begin(self._held, open_pages)
        told, lengthy = set(self.wording.told), set(self.wording.lengthy)
        for path in paths:
            draft = self.reader.read(path)
            if draft is None:
                batch.records.append(None)
                batch.certified.append(False)
                continue
            later = self.reader.finish(draft)
            inside = self._links(draft)
            batch.certified.append(later is not None and inside is not None)
            batch.demands.extend(self._demand(path, cite) for cite in later or ())
            batch.records.append(encode_record(self._record(draft, inside or {})))
            source = self._source_at.get(path)
            if source is not None:
                if not self._proves(source, draft):
                    batch.unproven.append(source)
                self._evidence.close(source)
        batch.told.update(self.wording.told - told)
        batch.lengthy.update(self.wording.lengthy - lengthy)
        return batch

    def _demand(self, path: str, cite: Cite) -> Demand:
        return Demand(path, cite.target, cite.source, cite.row.quotes_from(cite.source))

    def _links(self, draft: Draft) -> dict[int, list[str]] | None:
        """Fragments linked to by file; None where a link leads to no file or anchor."""
        inventory, path = self._ground.inventory, draft.sheet.path
        follow, followed = inventory.follow, inventory.known_from(path)
        files = self._files
        links: dict[int, list[str]] = {}
        own: list[str] = []
        inside = 0
        for href in draft.sheet.links:
            target = followed.get(href) or follow(path, href)
            if target is None:
                continue
            inside += 1
            file, fragment = target
            if file is None:
                return None
            if file == path:
                own.append(fragment)
            else:
                number = files[file]
                known = links.get(number)
                if known is None:
                    known = links[number] = []
                if fragment and fragment.lower() != "top":
                    known.append(fragment)
        ids = {*draft.sheet.ids, *draft.sheet.names}
        if any(one not in ids and one.lower() != "top" for one in own if one):
            return None
        links[-1] = [str(inside)]
        return links

    def _record(self, draft: Draft, links: dict[int, list[str]]) -> PageRecord:
        sheet = draft.sheet
        inside = int(links.pop(-1, ["0"])[0])
        for landing in sheet.cites:
            file, fragment = landing.target
            if file is not None and file != sheet.path:
                links.setdefault(self._files[file], []).append(fragment)
        return PageRecord(
            sheet.path,
            sheet.layout is None,
            tuple(sorted({*sheet.ids, *sheet.names})),
            tuple(sheet.places),
            tuple(sorted(set(sheet.shown))),
            tuple([Held(anchor, one.source, one.exacts) for anchor, one in sheet.held]),
            {file: tuple(sorted(set(links[file]))) for file in sorted(links)},
            self.rests(sheet.rests),
            tuple(sorted(draft.names)),
            tuple(sorted(sheet.identities)),
            tuple(sorted(sheet.figures | sheet.records)),
            tuple(sorted(set(sheet.quotes))),
            "" in sheet.rests,
            len(sheet.cites),
            inside,
            sheet.outline.pack(),
            tuple(sheet.outline.paths),
        )

    def rests(self, names: Iterable[str]) -> tuple[int, ...]:
        """Files of the pages of what a page rests on."""
        found = set()
        register, inventory = self._ground.register, self._ground.inventory
        for name in names:
            file = inventory.source_page(name) if name in register.sources else None
            if file is None and name in register.entities:
                url = register.entities[name].text("url")
                target = inventory.follow("index.html", url) if url else None
                file = target.file if target else None
            if file is None and name in register.claims:
                home = register.claims[name].home
                file = home.file if home else None
            if file is not None:
                found.add(self._files[file])
        return tuple(sorted(found))

    def _proves(self, source: str, draft: Draft) -> bool:
        """Whether all that the data file quotes of a source stands in it, and on its page."""
        atlas = Atlas()
        atlas.quoted[source] = {
            exact for _, one in draft.sheet.held if one.source == source for exact in one.exacts
        }
        ground, sink = self._ground, Sink()
        findings = Findings(sink, self._proof.places)
        check = PassageCheck(ground.inventory, ground.register, self._evidence, atlas, findings)
        check.check_register([source])
        return not sink.findings


def survey_site(
    ground: Ground, progress: Progress, jobs: int | None, files: dict[str, int]
) -> Survey:
    """Read and certify all pages of a site.

    Args:
        ground: What the site holds.
        progress: Told how many pages have been read.
        jobs: How many processes; None for one each processor.
        files: The number of each file of the site.

    Raises:
        WorkersLost: when a process is lost.
        OSError: when a page cannot be looked at.
    """
    survey = Survey()
    paths = ground.inventory.pages
    sources = {ground.inventory.source_page(source) for source in ground.register.sources}
    rounds = [path for path in paths if path in sources], [p for p in paths if p not in sources]
    jobs = count_jobs(jobs) if len(paths) >= FEWEST_PAGES else 1
    demands: list[Demand] = []
    surveyor = Surveyor(ground, files, survey.passages, ground.register.quotes.__contains__)
    for pages in rounds:

        def work(share: Sequence[str], open_pages: frozenset[str] = frozenset(pages)) -> Batch:
            return surveyor.read(share, open_pages)

        first = pages[:: len(pages) // _FIRST + 1] if jobs > 1 else []
        if first:
            batch = work(first)
            _add_batch(survey, first, batch)
            demands += batch.demands
        known = frozenset(first)
        left = [path for path in pages if path not in known]
        weights = [ground.files.size(path) for path in left]
        shares = cut_shares(left, jobs * _SHARES if jobs > 1 else 1, weights)
        lasting = max(1, _LIFE * len(shares) // (sum(weights) + 1))
        for number, batch in each_forked(work, shares, jobs, progress, READING, lasting):
            _add_batch(survey, shares[number], batch)
            demands += batch.demands
    for demand in demands:
        if not is_met(demand, survey.passages.get(demand.target)):
            survey.suspects.add(demand.page)
    return survey


def is_met(demand: Demand, passage: Passage | None) -> bool:
    """Whether a passage holds what the claim of a citation quotes."""
    return (
        passage is not None
        and passage.source == demand.source
        and any(exact in demand.exacts for exact in passage.exacts)
    )


def _add_batch(survey: Survey, share: Sequence[str], batch: Batch) -> None:
    for path, packed, certified in zip(share, batch.records, batch.certified, strict=True):
        if not certified:
            survey.suspects.add(path)
        if packed is None:
            survey.unread.add(path)
            continue
        survey.records.packed[path] = packed
        for anchor, source, exacts in map(_plain, decode_record(packed).passages):
            survey.passages.setdefault(Target(path, anchor), Passage(source, exacts))
    survey.told |= batch.told
    survey.lengthy |= batch.lengthy
    survey.unproven.update(batch.unproven)


def _plain(held: Held) -> tuple[str, str, tuple[str, ...]]:
    return held.anchor, held.source, held.exacts
