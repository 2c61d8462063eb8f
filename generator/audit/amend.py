"""Reads again what a change could put at fault, certifies it, and brings the ledger up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from generator.audit.judge import Ground
from generator.audit.ledger import Ledger, Revision
from generator.audit.lines import Unsure
from generator.audit.patch import Patched, Patcher
from generator.audit.record import PageRecord, decode_record
from generator.audit.register import ENTITIES, SOURCES
from generator.audit.survey import Demand, Surveyor, is_met
from generator.audit.trace import Tracer
from generator.audit.view import Amendment, HeldPassages
from generator.workers import count_jobs, cut_shares, each_forked

_PATIENCE = 12  # stretches of a kind that are read before a pattern is made; few pages have more
_MANY = 300  # pages from which on other processes help to read; each learns patterns of its own
_SHARES = 6  # for each of them, so that all are done at about the same time


class Amender(Tracer):
    """The work of one amendment, from what changed to the new ledger."""

    def run(self) -> Revision:
        """Certify the changes, and give what becomes of the ledger."""
        self.trace()
        self.read()
        self.check_claims()
        self.check_owners()
        return self.updated()

    def read(self) -> None:
        """Read the pages again that a change could put at fault, sources first; then their anchors."""
        amendment, inventory = self.amendment, self.inventory
        ground = Ground(
            amendment.site, amendment.files, amendment.settings, inventory, self.register
        )
        held = HeldPassages(self.ledger)
        self.fresh: dict[str, PageRecord] = held.fresh
        self.packed: dict[str, bytes] = {}
        self.lengthy: set[str] = set()
        self.patched: dict[str, bytes] = {}
        self.moved: set[str] = set()
        pages = {page for source in self.register.sources
                 if (page := inventory.source_page(source)) is not None}  # fmt: skip
        surveyor = Surveyor(ground, self.files, held, self.quotes.__contains__, _PATIENCE)
        again = self.again | self.patch(surveyor)
        waiting = sorted(path for path in again if path in self.files)
        done: set[str] = set()
        while waiting:
            first = [path for path in waiting if path in pages]
            share = first or waiting
            self.add(surveyor, share, held)
            done.update(share)
            waiting = sorted(self.shaken(share) - done) + [p for p in waiting if p not in done]
            waiting = sorted(set(waiting))

    def patch(self, surveyor: Surveyor) -> set[str]:
        """Certify pages by what differs in them; gives those that have to be read as a whole."""
        amendment, refused = self.amendment, set[str]()
        paths = sorted(path for path in self.touched - self.again if path in self.files)
        patcher = Patcher(
            surveyor, amendment.files, amendment.before, amendment.changed, self.ledger, self.retold
        )
        jobs = count_jobs(self.jobs) if len(paths) >= _MANY else 1
        shares = cut_shares(paths, jobs * _SHARES if jobs > 1 else 1)
        for number, batch in each_forked(patcher.patch, shares, jobs):
            self.take(shares[number], batch, refused)
        return refused

    def take(self, share: Sequence[str], batch: Patched, refused: set[str]) -> None:
        """Take the records of pages that were certified by what differs."""
        for path, packed in zip(share, batch.records, strict=True):
            if packed is None:
                refused.add(path)
            else:
                self.patched[path] = packed
        self.moved.update(batch.moved)
        self.told |= batch.told
        self.lengthy |= batch.lengthy

    def add(self, surveyor: Surveyor, share: list[str], held: HeldPassages) -> None:
        """Read some pages, and take their records.

        Raises:
            Unsure: when one of them is not certified.
        """
        jobs = count_jobs(self.jobs) if len(share) >= _MANY else 1
        weights = [self.amendment.files.size(path) for path in share]
        shares = cut_shares(share, jobs * _SHARES if jobs > 1 else 1, weights)
        work = partial(surveyor.read, open_pages=frozenset(share))
        demands: list[Demand] = []
        for number, batch in each_forked(work, shares, jobs):
            if not all(batch.certified) or batch.unproven:
                raise Unsure
            for path, packed in zip(shares[number], batch.records, strict=True):
                if packed is None:
                    raise Unsure
                self.packed[path] = packed
                self.fresh[path] = decode_record(packed)
            demands += batch.demands
            self.told |= batch.told
            self.lengthy |= batch.lengthy
        for demand in demands:
            if not is_met(demand, held.get(demand.target)):
                raise Unsure

    def shaken(self, share: list[str]) -> set[str]:
        """Pages that link to an anchor or passage that pages had before and have no longer."""
        found: set[str] = set()
        for path in share:
            new, old = self.fresh[path], self.ledger.record(path)
            if old is None:
                continue
            lost = set(old.ids) - set(new.ids)
            lost.update(one.anchor for one in set(old.passages) - set(new.passages))
            number = self.books.number_of[path]
            for record in self.ledger.leading_to(path) if lost else ():
                if not lost.isdisjoint(record.links.get(number, ())):
                    found.add(record.path)
        return {path for path in found if path in self.files}

    def record(self, path: str) -> PageRecord | None:
        """What is known of a page as it is now."""
        if path in self.fresh:
            return self.fresh[path]
        return self.ledger.record(path) if path in self.files else None

    def check_claims(self) -> None:
        """Links of the pages read lead to anchors; every claim that may have lost its place has one."""
        anchors: dict[int, frozenset[str] | None] = {}
        for record in self.fresh.values():
            for number, fragments in record.links.items():
                if number not in anchors:
                    target = self.record(self.names[number])
                    anchors[number] = frozenset(target.ids) if target is not None else None
                known = anchors[number]
                if fragments and known is not None and not known.issuperset(fragments):
                    raise Unsure
        refs = {ref for ref, (_, new) in self.claims.items() if new is not None}
        for path in {*self.fresh, *self.removed}:
            old = self.ledger.record(path)
            refs.update(ref for ref in (old.homes if old else ()) if ref in self.register.claims)
        for ref in refs:
            home = self.register.claims[ref].home
            held = self.record(home.file or "") if home is not None else None
            if held is None or held.homes.count(ref) != 1:
                raise Unsure

    def check_owners(self) -> None:
        """Every entity and source has a page with an article."""
        known = self.books.number_of
        changed = {id_ for name in (ENTITIES, SOURCES) for id_ in self.rows[name].changed}
        self.owners = {n: id_ for n, id_ in self.books.owners.items() if id_ not in changed}
        for name, rows in ((ENTITIES, self.register.entities), (SOURCES, self.register.sources)):
            for id_ in self.rows[name].changed:
                if id_ not in rows:
                    continue
                path = (
                    self.page_of(rows[id_].data)
                    if name == ENTITIES
                    else self.inventory.source_page(id_)
                )
                if path is None:
                    raise Unsure
                self.owners[self.files[path]] = id_
                self.require_article(path)
        for path in self.removed:
            if known[path] in self.owners:
                raise Unsure
        for path in self.fresh:
            if self.files[path] in self.owners:
                self.require_article(path)

    def require_article(self, path: str) -> None:
        """A page has a briefing article.

        Raises:
            Unsure: when it has none.
        """
        record = self.record(path)
        if record is None or record.is_plain:
            raise Unsure

    def updated(self) -> Revision:
        """What becomes of the ledger."""
        books = self.books
        told = Counter(text for text in self.told if text not in books.told)
        after = replace(
            books,
            names=self.names,
            lines={name: one.lines for name, one in self.rows.items()},
            owners=self.owners,
            titles=self.titles,
            texts=self.texts,
            quotes=self.quotes,
            told=books.told.changed(Counter(), told),
            lengthy=sorted({*books.lengthy, *self.lengthy}),
        )
        pages: dict[str, tuple[PageRecord | None, bytes] | None] = {
            path: (record, self.packed[path]) for path, record in self.fresh.items()
        }
        pages |= {
            path: (decode_record(packed) if path in self.moved else None, packed)
            for path, packed in self.patched.items()
            if path not in self.fresh
        }
        pages |= {path: None for path in self.removed if self.ledger.record(path) is not None}
        return Revision(after, pages, {source: self.refs_citing(source) for source in self.cited})


def certify_changes(ledger: Ledger, amendment: Amendment, jobs: int | None = None) -> Revision:
    """Certify the changes of a site, and give what becomes of the ledger.

    Raises:
        Unsure: when something may be at fault; so may be any other exception of reading files.
    """
    return Amender(ledger, amendment, jobs).run()
