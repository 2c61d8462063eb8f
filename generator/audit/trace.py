"""Follows each way in which a change can put another page at fault.

A claim's row, numbers that a record no longer holds, names, quotations, files: the pages found so
are read again along with the changed ones. What anchors they lose shows only then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec

from generator.audit.address import Inventory
from generator.audit.files import Content
from generator.audit.hashed import Hashes
from generator.audit.ledger import Books, Ledger
from generator.audit.lines import (
    Difference,
    LazyClaims,
    LazyRows,
    Unsure,
    compare_lines,
    entity_of,
    id_of,
    itself,
)
from generator.audit.number import Numbers
from generator.audit.page import fold
from generator.audit.register import CLAIMS, ENTITIES, SOURCES, names_of
from generator.audit.row import ClaimRow, DataFile, quick_claim, walk_texts
from generator.audit.statement import LONGEST_LABEL, has_digit, numbers, prose_figure
from generator.audit.view import Amendment, LazyRegister, NamedFiles, RowContent

_CALLED = frozenset({"name", "names"})
_NAMING = ("name", "names", "identifiers", "url", "title", "publisher")


@dataclass
class Tracer:
    """Gathers the pages to be read again, and what they are to be judged by.

    Attributes:
        jobs: How many processes read them; None for one each processor.
        again: The pages.
        touched: Pages whose file changed, or of which some stretch has to be judged again: those of
            `retold` claims. They need not be read whole if nothing but words differs.
        retold: Refs of claims whose words, or what these are compared with, changed.
        told: Texts that must not become a claim's from now on, as far as they were found so.
        files: The number of each file of the site as it is now; `names`: the reverse.
        citing: Refs of the claims that cite a source now, of those asked for.
        claims: Each changed claim as it was, and as it is.
        rows: How each data file differs.
    """

    ledger: Ledger
    amendment: Amendment
    jobs: int | None = None
    again: set[str] = field(default_factory=set)
    touched: set[str] = field(default_factory=set)
    retold: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    citing: dict[str, list[str]] = field(default_factory=dict)

    @property
    def books(self) -> Books:
        """What there was one of in the ledger."""
        return self.ledger.books

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
        books, amendment = self.books, self.amendment
        known = books.number_of
        self.removed = {path for path in amendment.removed if path in known}
        self.added = sorted({path for path in amendment.changed if path not in known})
        self.names, self.files = books.names, known
        if self.removed or self.added:
            self.names, self.files = [*books.names], dict(known)
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
        self.touched = {path for path in amendment.changed if path.endswith(".html")}
        self.inventory = Inventory(amendment.site, amendment.settings, NamedFiles(self.files))

    def note_rows(self) -> None:
        """Find the lines of the data files that changed, and make a register of them all."""
        amendment = self.amendment
        data: dict[str, Content] = {}
        self.rows: dict[str, Difference] = {}
        self.olds: dict[str, Content] = {}
        for name in (CLAIMS, ENTITIES, SOURCES):
            data[name], known = amendment.files.view(name), self.books.lines[name]
            if name in amendment.changed:
                self.olds[name] = amendment.before.view(name)
                key_of = entity_of if name == CLAIMS else itself
                self.rows[name] = compare_lines(self.olds[name], data[name], known, key_of)
            else:
                self.rows[name] = Difference(known, {})
                if known.size != len(data[name]):
                    raise Unsure
        sources = {name: DataFile(name, held) for name, held in data.items()}
        register = self.register = LazyRegister()
        register.claims = LazyClaims(sources[CLAIMS], self.rows[CLAIMS].lines, self.inventory)
        register.entities = LazyRows(sources[ENTITIES], self.rows[ENTITIES].lines)
        register.sources = LazyRows(sources[SOURCES], self.rows[SOURCES].lines)
        register.refs_citing = self.refs_citing
        old_claims = self.claims_of(0)
        new_claims = self.claims_of(1)
        self.claims = {
            ref: (old_claims.get(ref), new_claims.get(ref)) for ref in self.rows[CLAIMS].changed
        }
        self.cited: dict[str, set[str]] = {}
        self.retold = {ref for ref, pair in self.claims.items() if is_steady(*pair)}
        for ref, pair in self.claims.items():
            if ref in self.retold:
                continue
            for claim in filter(None, pair):
                for source in claim.sources:
                    self.cited.setdefault(source, set()).add(ref)

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

    def refs_citing(self, source: str) -> list[str]:
        """Refs of the claims that cite a source now."""
        if source not in self.citing:
            refs, changed = self.ledger.citing(source), self.cited.get(source, ())
            if changed:
                refs = [ref for ref in refs if ref not in changed]
                now = ((ref, self.claims[ref][1]) for ref in sorted(changed))
                refs += [ref for ref, new in now if new is not None and source in new.sources]
            self.citing[source] = refs
        return self.citing[source]

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
            is_steady = ref in self.retold
            shown = self.touched if is_steady else self.again
            if new is not None:
                if not (new.citations or new.is_inferred) or (new.is_inferred and not new.premises):
                    raise Unsure
                if new.home is None or new.home.file is None:
                    raise Unsure
                shown.add(new.home.file)
            if old is None or old.home is None or old.home.file is None:
                continue
            home = old.home.file
            number = self.books.number_of[home]
            shown.add(home)
            for record in self.ledger.leading_to(home):
                if ref in record.shown or ref in record.homes:
                    shown.add(record.path)
                elif number in record.rests and not is_steady:
                    self.again.add(record.path)
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
            others = {key for key in {*old, *new} if old.get(key) != new.get(key)}
            refs = self.refs_naming(id_) if renamed and not lost and others <= _CALLED else None
            self.retold |= refs or set()
            resting = self.again if refs is None else self.touched
            path = self.page_of(old)
            number = ledger.books.number_of.get(path or "")
            for record in ledger.leading_to(path or "") if renamed or lost else ():
                if number in record.rests and (renamed or not lost.isdisjoint(record.figures)):
                    resting.add(record.path)
            for number_lost in sorted(lost):
                self.again.update(one.path for one in ledger.identified_by(number_lost))
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
                    lost.update(*map(numbers, cited.told))
        if lost and not is_other:
            lost -= known.numbers_of(source)
        page = self.inventory.source_page(source)
        candidates = self.ledger.leading_to(page) if page is not None else iter(())
        if lost or is_other:
            for record in candidates:
                if is_other or not lost.isdisjoint(record.figures):
                    self.again.add(record.path)
            self.again.update(record.path for record in self.ledger.resting_on_all())
        if pair[0] is None and pair[1] is not None and page is not None:
            self.again.add(page)

    def refs_naming(self, id_: str) -> set[str] | None:
        """Refs of the claims in whose record an entity's id stands; None where that is not sure."""
        held = self.amendment.files.view(CLAIMS)
        if held.find(rb"\u00") >= 0:  # an id may be written otherwise
            return None
        needle, found = f'"{id_}"'.encode(), set[str]()
        at = held.find(needle)
        while at >= 0:
            start, end = held.rfind(b"\n", 0, at) + 1, held.find(b"\n", at)
            if end < 0:
                return None
            found.add(id_of(held[start:end]))
            at = held.find(needle, end)
        return found

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
        books = self.books
        sides: list[Counter[str]] = []
        for side in (0, 1):
            held = [
                [RowContent(_content(pair[side])) for pair in self.rows[name].changed.values()]
                for name in (ENTITIES, SOURCES)
            ]
            sides.append(Counter(names_of(*held)))
        lost, come = sides[0] - sides[1], sides[1] - sides[0]
        self.titles = self.register.names = books.titles.changed(lost, come)
        self.texts, _, said = self.rehash(books.texts, _said)
        for name in lost:
            if name in self.titles:
                continue
            if is_harmless(name) and name not in self.texts:
                self.told.add(name)  # as a label it needs no excuse, as long as no claim says it
                continue
            self.again.update(record.path for record in self.ledger.naming(name))
        if any(name in text for name in come if name not in books.titles for text in books.lengthy):
            raise Unsure
        if any(text in books.told for text in said):
            raise Unsure
        self.register.texts = self.texts
        self.quotes, gone, _ = self.rehash(books.quotes, _quoted)
        for words in gone:
            self.again.update(record.path for record in self.ledger.quoting(words))

    def rehash(
        self, known: Hashes, give: Callable[[ClaimRow], list[str]]
    ) -> tuple[Hashes, set[str], set[str]]:
        """Hashes brought up to date; and the texts that are gone, and those that have come."""
        old, new = Counter[str](), Counter[str]()
        for pair in self.claims.values():
            for claim, counts in zip(pair, (old, new), strict=True):
                if claim is not None:
                    counts.update(give(claim))
        lost, come = old - new, new - old
        hashes = known.changed(lost, come)
        return hashes, {text for text in lost if text not in hashes}, set(come)


def is_steady(old: ClaimRow | None, new: ClaimRow | None) -> bool:
    """Whether a changed claim rests on what it did, so that only what is said of it has to be judged.

    Numbers of its record may stand wherever others rest on it, so none must be gone.
    """
    return (
        old is not None
        and new is not None
        and (old.citations, old.home, old.row.text("kind"), old.premises)
        == (new.citations, new.home, new.row.text("kind"), new.premises)
        and _row_numbers(old.row.data) <= _row_numbers(new.row.data)
    )


def is_harmless(name: str) -> bool:
    """Whether a label may be these words although they are no name."""
    return len(name) <= LONGEST_LABEL and not has_digit(name) and prose_figure(name) is None


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
