"""Follows each way in which a change can put another page at fault.

A claim's row, numbers that a record no longer holds, names, quotations, files: the pages found so
are read again along with the changed ones. What anchors they lose shows only then.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from generator.audit.address import Inventory
from generator.audit.files import Content
from generator.audit.ledger import Ledger, hash_text
from generator.audit.lines import Difference, LazyClaims, LazyRows, Unsure, compare_lines
from generator.audit.number import Numbers
from generator.audit.page import fold
from generator.audit.register import CLAIMS, ENTITIES, SOURCES, names_of
from generator.audit.row import ClaimRow, DataFile, quick_claim, walk_texts
from generator.audit.statement import numbers
from generator.audit.view import Amendment, Hashed, LazyRegister, NamedFiles, RowContent

_NAMING = ("name", "names", "identifiers", "url", "title", "publisher")


@dataclass
class Tracer:
    """Gathers the pages to be read again, and what they are to be judged by.

    Attributes:
        again: The pages.
        files: The number of each file of the site as it is now; `names`: the reverse.
        claims: Each changed claim as it was, and as it is.
        rows: How each data file differs.
    """

    ledger: Ledger
    amendment: Amendment
    again: set[str] = field(default_factory=set)

    def trace(self) -> None:
        """Find the pages that have to be read again."""
        self.note_files()
        self.note_rows()
        self.follow_files()
        self.follow_claims()
        self.follow_rows()
        self.follow_words()

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
        self.inventory = Inventory(amendment.site, amendment.settings, NamedFiles(self.files))

    def note_rows(self) -> None:
        """Find the lines of the data files that changed, and make a register of them all."""
        amendment, packed = self.amendment, self.ledger.packed
        data: dict[str, Content] = {}
        self.rows: dict[str, Difference] = {}
        self.olds: dict[str, Content] = {}
        for name in (CLAIMS, ENTITIES, SOURCES):
            data[name] = amendment.files.view(name)
            if name in amendment.changed:
                self.olds[name] = amendment.before.view(name)
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
            for number_lost in sorted(lost):
                self.again.update(ledger.packed.identities.get(number_lost, ()))
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
            self.again.update(self.ledger.packed.on_all)
        if pair[0] is None and pair[1] is not None and page is not None:
            self.again.add(page)

    def is_worth(self, id_: str) -> bool:
        """Whether a claim that is not new has the id of a new entity as a value, or elsewhere."""
        needle = f'"{id_}"'.encode()
        held = self.olds.get(CLAIMS) or self.amendment.files.view(CLAIMS)
        return held.find(needle) >= 0

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
                RowContent(_content(pair[side])) for pair in self.rows[ENTITIES].changed.values()
            ]
            sources = [
                RowContent(_content(pair[side])) for pair in self.rows[SOURCES].changed.values()
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
        self.register.texts = Hashed(self.texts)
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
