"""Certifies the changes of a site against the ledger of its last audit, and brings that up to date.

Each way in which a change can put another page at fault is followed here: a claim's row, numbers
that a record no longer holds, names, quotations, anchors, files. The pages found so are read again
along with the changed ones.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from generator.audit.address import Inventory, Target
from generator.audit.atlas import Passage
from generator.audit.files import Files
from generator.audit.judge import Ground
from generator.audit.ledger import Ledger, edge_bytes, hash_text
from generator.audit.lines import Difference, LazyClaims, LazyRows, Unsure, compare_lines
from generator.audit.number import Numbers
from generator.audit.page import fold
from generator.audit.record import PageRecord, decode_record
from generator.audit.register import CLAIMS, ENTITIES, SOURCES, Register, names_of
from generator.audit.row import ClaimRow, DataFile, quick_claim, walk_texts
from generator.audit.statement import numbers
from generator.audit.survey import Surveyor, is_met
from generator.config import Settings

_NAMING = ("name", "names", "identifiers", "url", "title", "publisher")


@dataclass(frozen=True)
class Amendment:
    """What differs from the site of a ledger; see `Changes`."""

    site: Path
    settings: Settings
    files: Files
    before: Files
    changed: Collection[str]
    removed: Collection[str]
    sources: Collection[str]


class _Hashed(Mapping[str, str]):
    """Whether a text is a claim's, by hashes; whose it is, it cannot tell."""

    def __init__(self, hashes: Iterable[int]) -> None:
        self.hashes = frozenset(hashes)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and hash_text(text) in self.hashes

    def __getitem__(self, text: str) -> str:
        if text not in self:
            raise KeyError(text)
        return ""

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return len(self.hashes)


class LazyRegister(Register):
    """A register that finds the claims of a source by the ledger."""

    by_source: dict[str, list[str]]

    def citing(self, source: str) -> list[ClaimRow]:
        """Claims that cite a source."""
        return [self.claims[ref] for ref in self.by_source.get(source, ()) if ref in self.claims]


@dataclass
class _Amender:
    """The work of one amendment; `again` gathers the pages to be read."""

    ledger: Ledger
    amendment: Amendment
    again: set[str] = field(default_factory=set)

    def run(self) -> Ledger:
        """Certify the changes, and give the ledger of the site as it is now."""
        self.note_files()
        self.note_rows()
        self.follow_files()
        self.follow_claims()
        self.follow_rows()
        self.follow_words()
        self.read()
        self.check_claims()
        self.check_owners()
        return self.updated()

    def note_files(self) -> None:
        """Number the files as they are now, and find the pages that changed."""
        packed, amendment = self.ledger.packed, self.amendment
        known = self.ledger.number_of
        self.removed = {path for path in amendment.removed if path in known}
        self.added = sorted({path for path in amendment.changed if path not in known})
        self.names = [*packed.names]
        self.files: dict[str, int] = {path: known[path] for path in known}
        for path in self.added:
            self.files[path] = len(self.names)
            self.names.append(path)
        for path in self.removed:
            self.names[self.files.pop(path)] = ""
        if {CLAIMS, ENTITIES, SOURCES} & {*self.removed, *self.added}:
            raise Unsure
        for path in self.added:
            # It may take the place of what an address led to before.
            stem = path.removesuffix("/index.html") if path.endswith("/index.html") else None
            if f"{path}/index.html" in known or (stem is not None and f"{stem}.html" in known):
                raise Unsure
        self.again = {path for path in amendment.changed if path.endswith(".html")}
        self.inventory = Inventory(amendment.site, amendment.settings, _Named(self.files))

    def note_rows(self) -> None:
        """Find the lines of the data files that changed, and make a register of them all."""
        amendment, packed = self.amendment, self.ledger.packed
        data: dict[str, bytes] = {}
        self.rows: dict[str, Difference] = {}
        self.olds: dict[str, bytes] = {}
        for name in (CLAIMS, ENTITIES, SOURCES):
            data[name] = amendment.files.read(name)
            if name in amendment.changed:
                self.olds[name] = amendment.before.read(name)
                self.rows[name] = compare_lines(self.olds[name], data[name], packed.lines[name])
            else:
                self.rows[name] = Difference(packed.lines[name], {})
                ends = packed.lines[name].offsets()
                if (ends[-1] if ends else 0) != len(data[name]):
                    raise Unsure
        sources = {name: DataFile(name, held) for name, held in data.items()}
        register = self.register = LazyRegister()
        register.claims = LazyClaims(sources[CLAIMS], self.rows[CLAIMS].lines, self.inventory)
        register.entities = LazyRows(sources[ENTITIES], self.rows[ENTITIES].lines)
        register.sources = LazyRows(sources[SOURCES], self.rows[SOURCES].lines)
        old_claims = self.claims_of(0)
        new_claims = self.claims_of(1)
        self.claims = {
            ref: (old_claims.get(ref), new_claims.get(ref)) for ref in self.rows[CLAIMS].changed
        }
        self.cited = {
            cited.source
            for pair in self.claims.values()
            for claim in pair
            if claim is not None
            for cited in claim.citations
        }
        register.by_source = self.citing = self.cite_again()

    def claims_of(self, side: int) -> dict[str, ClaimRow]:
        """The changed claims as they were, or as they are."""
        found = {}
        for ref, pair in self.rows[CLAIMS].changed.items():
            line = pair[side]
            if line is not None:
                line = line[:-1]
                found[ref] = quick_claim(DataFile(CLAIMS, line), line, 0, self.inventory)
                if found[ref].ref != ref:
                    raise Unsure
        return found

    def cite_again(self) -> dict[str, list[str]]:
        """Refs by each source they cite, as it is now."""
        citing = dict(self.ledger.packed.citing)
        for source in self.cited:
            refs = [ref for ref in citing.get(source, ()) if ref not in self.claims]
            refs += [
                ref
                for ref, (_, new) in self.claims.items()
                if new is not None and any(one.source == source for one in new.citations)
            ]
            citing[source] = refs
        return citing

    def row_texts(self, name: str) -> Iterator[tuple[str, dict[str, object], dict[str, object]]]:
        """Id, former and present content of each changed entity or source."""
        for id_, (old, new) in self.rows[name].changed.items():
            yield id_, _content(old), _content(new)

    def follow_files(self) -> None:
        """Pages that lead to files that are gone have to be read again."""
        for path in self.removed:
            self.again.update(record.path for record in self.ledger.leading_to(path))

    def follow_claims(self) -> None:
        """Pages that show a changed claim, or rest on it, and pages of its sources."""
        for ref, (old, new) in self.claims.items():
            if new is not None:
                if not (new.citations or new.is_inferred) or (new.is_inferred and not new.premises):
                    raise Unsure
                if new.home is None or new.home.file is None:
                    raise Unsure
                self.again.add(new.home.file)
            if old is None or old.home is None or old.home.file is None:
                continue
            home = old.home.file
            number = self.ledger.number_of[home]
            self.again.add(home)
            self.again.update(
                record.path
                for record in self.ledger.leading_to(home)
                if ref in record.shown or ref in record.homes or number in record.rests
            )
        for source in {*self.cited, *self.amendment.sources}:
            page = self.inventory.source_page(source)
            if page is not None:
                self.again.add(page)

    def follow_rows(self) -> None:
        """Pages that rest on an entity's or a source's record, where that says less than before."""
        ledger = self.ledger
        for id_, old, new in self.row_texts(ENTITIES):
            if not old and self.is_worth(id_):
                raise Unsure
            lost = _row_numbers(old) - _row_numbers(new)
            renamed = any(old.get(key) != new.get(key) for key in _NAMING)
            path = self.page_of(old)
            number = ledger.number_of.get(path or "")
            for record in ledger.leading_to(path or "") if renamed or lost else ():
                if number in record.rests and (renamed or not lost.isdisjoint(record.figures)):
                    self.again.add(record.path)
            if lost:
                self.again.update(
                    record.path
                    for record in ledger.all_records()
                    if record.numbers and not lost.isdisjoint(record.numbers)
                )
        known = Numbers(self.register, self.inventory, self.amendment.settings)
        for source in {*self.cited, *self.amendment.sources, *self.rows[SOURCES].changed}:
            self.follow_source(source, known)

    def follow_source(self, source: str, known: Numbers) -> None:
        """Pages that show numbers of a source which it has no longer, as far as can be told."""
        pair = self.rows[SOURCES].changed.get(source, (None, None))
        is_other = source in self.amendment.sources
        lost = set(_row_numbers(_content(pair[0])))
        for old, _ in self.claims.values():
            for cited in old.citations if old is not None else ():
                if cited.source == source:
                    lost.update(filter(None, (cited.paragraph, cited.sentence)))
                    lost |= numbers(cited.exact)
        if lost and not is_other:
            lost -= known.numbers_of(source)
        page = self.inventory.source_page(source)
        candidates = self.ledger.leading_to(page) if page is not None else iter(())
        if lost or is_other:
            for record in candidates:
                if is_other or not lost.isdisjoint(record.figures):
                    self.again.add(record.path)
            self.again.update(
                record.path for record in self.ledger.all_records() if record.rests_on_all
            )
        if pair[0] is None and pair[1] is not None and page is not None:
            self.again.add(page)

    def is_worth(self, id_: str) -> bool:
        """Whether a claim that is not new has the id of a new entity as a value, or elsewhere."""
        needle = f'"{id_}"'.encode()
        return needle in (self.olds.get(CLAIMS) or self.amendment.files.read(CLAIMS))

    def page_of(self, content: dict[str, object]) -> str | None:
        """The page that a row says is its own."""
        url = content.get("url")
        target = self.inventory.follow("index.html", url) if isinstance(url, str) and url else None
        return target.file if target else None

    def follow_words(self) -> None:
        """Pages whose labels are excused by names that are gone, or whose words a claim now has."""
        packed = self.ledger.packed
        titles = Counter(packed.titles)
        for side, sign in ((0, -1), (1, 1)):
            entities = [
                _Content(_content(pair[side])) for pair in self.rows[ENTITIES].changed.values()
            ]
            sources = [
                _Content(_content(pair[side])) for pair in self.rows[SOURCES].changed.values()
            ]
            for name in names_of(entities, sources):
                titles[name] += sign
        gone = {name for name, count in titles.items() if count <= 0}
        come = {name for name in titles if name not in packed.titles} - gone
        for name in gone:
            del titles[name]
            self.again.update(r.path for r in self.ledger.holding(name) if name in r.names)
        if any(name in text for text in packed.lengthy for name in come):
            raise Unsure
        self.titles = dict(titles)
        self.register.names = titles.keys()
        self.texts, _, new_texts = self.rehash(packed.texts, _said)
        told = frozenset(packed.told)
        if not told.isdisjoint(new_texts):
            raise Unsure
        self.register.texts = _Hashed(self.texts)
        self.quotes, lost, _ = self.rehash(packed.quotes, _quoted)
        for words in lost:
            self.again.update(r.path for r in self.ledger.holding(words) if words in r.quotes)

    def rehash(self, packed: bytes, words: object) -> tuple[array[int], set[str], set[str]]:
        """Hashes brought up to date; and the texts that are gone, and those that have come."""
        hashes = array("Q", packed)
        give = words
        old, new = Counter[str](), Counter[str]()
        for pair in self.claims.values():
            for claim, counts in zip(pair, (old, new), strict=True):
                if claim is not None:
                    counts.update(give(claim))  # type: ignore[operator]
        lost, come = old - new, new - old
        for text, count in lost.items():
            for _ in range(count):
                hashes.remove(hash_text(text))
        for text, count in come.items():
            hashes.extend([hash_text(text)] * count)
        gone = {text for text in lost if hash_text(text) not in hashes}
        return hashes, gone, set(come)

    def read(self) -> None:
        """Read the pages again that a change could put at fault, sources first; then their anchors."""
        amendment, inventory = self.amendment, self.inventory
        ground = Ground(
            amendment.site, amendment.files, amendment.settings, inventory, self.register
        )
        quoted = _Hashed(self.quotes)
        held = _Held(self.ledger)
        self.fresh: dict[str, PageRecord] = held.fresh
        self.packed: dict[str, bytes] = {}
        self.told: set[str] = set()
        self.lengthy: set[str] = set()
        pages = {page for source in self.register.sources
                 if (page := inventory.source_page(source)) is not None}  # fmt: skip
        surveyor = Surveyor(ground, self.files, held, quoted.__contains__)
        waiting = sorted(path for path in self.again if path in self.files)
        done: set[str] = set()
        while waiting:
            first = [path for path in waiting if path in pages]
            share = first or waiting
            self.add(surveyor, share, held)
            done.update(share)
            waiting = sorted(self.shaken(share) - done) + [p for p in waiting if p not in done]
            waiting = sorted(set(waiting))

    def add(self, surveyor: Surveyor, share: list[str], held: _Held) -> None:
        """Read some pages, and take their records.

        Raises:
            Unsure: when one of them is not certified.
        """
        batch = surveyor.read(share, frozenset(share))
        if not all(batch.certified) or batch.unproven:
            raise Unsure
        for path, packed in zip(share, batch.records, strict=True):
            if packed is None:
                raise Unsure
            self.packed[path] = packed
            self.fresh[path] = decode_record(packed)
        for demand in batch.demands:
            if not is_met(demand, held.get(demand.target), self.register):
                raise Unsure
        self.told |= batch.told
        self.lengthy |= batch.lengthy

    def shaken(self, share: list[str]) -> set[str]:
        """Pages that link to an anchor or passage that pages had before and have no longer."""
        found: set[str] = set()
        for path in share:
            new, old = self.fresh[path], self.ledger.record(path)
            if old is None:
                continue
            lost = set(old.ids) - set(new.ids)
            lost.update(one.anchor for one in set(old.passages) - set(new.passages))
            number = self.ledger.number_of[path]
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
        self.owners = dict(self.ledger.packed.owners)
        known = self.ledger.number_of
        for name in (ENTITIES, SOURCES):
            for id_ in self.rows[name].changed:
                self.owners = {n: owner for n, owner in self.owners.items() if owner != id_}
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

    def updated(self) -> Ledger:
        """The ledger of the site as it is now."""
        packed, ledger = self.ledger.packed, self.ledger
        pages, records, edges = list(packed.pages), list(packed.records), list(packed.edges)
        for path in sorted(self.fresh):
            at = ledger.place(path)
            edge = edge_bytes(self.fresh[path])
            if at is None:
                pages.append(self.files[path])
                records.append(self.packed[path])
                edges.append(edge)
            else:
                records[at], edges[at] = self.packed[path], edge
        gone = {at for path in self.removed if (at := ledger.place(path)) is not None}
        if gone:
            kept = [at for at in range(len(pages)) if at not in gone]
            pages, records, edges = ([held[at] for at in kept] for held in (pages, records, edges))  # type: ignore[assignment]
        told = sorted({*packed.told, *self.told}) if self.told else packed.told
        return Ledger(
            msgspec.structs.replace(
                packed,
                names=self.names, pages=pages, records=records, edges=edges,
                lines={name: one.lines for name, one in self.rows.items()},
                citing=self.citing, titles=self.titles,
                texts=self.texts.tobytes(), quotes=self.quotes.tobytes(), told=told,
                lengthy=sorted({*packed.lengthy, *self.lengthy}), owners=self.owners,
            )
        )  # fmt: skip


class _Named:
    """Files by their names alone."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names

    def names(self) -> Iterable[str]:
        """Every file."""
        return self._names

    def read(self, path: str) -> bytes:
        """Nothing is read here."""
        raise FileNotFoundError(path)

    def size(self, path: str) -> int:
        """Nothing is read here."""
        raise FileNotFoundError(path)


class _Held(Mapping[Target, Passage]):
    """Passages by where they stand, of the pages read again and of the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.fresh: dict[str, PageRecord] = {}
        self._pages: dict[str, tuple[PageRecord | None, dict[str, Passage]]] = {}

    def _of_page(self, path: str) -> dict[str, Passage]:
        record = self.fresh.get(path)
        known = self._pages.get(path)
        if known is None or (record is not None and known[0] is not record):
            record = record or self._ledger.record(path)
            held: dict[str, Passage] = {}
            for one in record.passages if record else ():
                held.setdefault(one.anchor, Passage(one.source, one.exacts))
            known = self._pages[path] = (record, held)
        return known[1]

    def __getitem__(self, target: Target) -> Passage:
        return self._of_page(target.file or "")[target.fragment]

    def __iter__(self) -> Iterator[Target]:
        return iter(())

    def __len__(self) -> int:
        return len(self._pages)


@dataclass(frozen=True)
class _Content:
    """A row of which only the content is known."""

    data: dict[str, object]


def certify_changes(ledger: Ledger, amendment: Amendment) -> Ledger:
    """Certify the changes of a site, and give the ledger of what it is now.

    Raises:
        Unsure: when something may be at fault; so may be any other exception of reading files.
    """
    return _Amender(ledger, amendment).run()


def _content(line: bytes | None) -> dict[str, object]:
    found: dict[str, object] = {} if line is None else msgspec.json.decode(line)
    if not isinstance(found, dict):
        raise Unsure
    return found


def _row_numbers(content: dict[str, object]) -> frozenset[int]:
    """Compare `Numbers._of_row`."""
    schemes = content.get("identifiers")
    named = list(schemes) if isinstance(schemes, dict) else []
    return frozenset(numbers("\n".join(walk_texts([content, named]))))


def _said(claim: ClaimRow) -> list[str]:
    return [claim.words] if claim.said else []


def _quoted(claim: ClaimRow) -> list[str]:
    words = [cited.words for cited in claim.citations]
    return words + [fold(one.translation) for one in claim.citations if one.translation]
