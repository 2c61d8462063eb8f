"""Auditing what changed finds what auditing the whole site finds, whatever changed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.audit import amend, audit_site
from generator.audit.changes import AuditResult, Changes, audit_changes
from generator.audit.files import FolderFiles
from generator.audit.ledger import PAGE, Ledger, Record, words_of
from generator.diagnostics import Sink
from tests.unit.audit.built_site import (
    ABOUT,
    CLAIMS,
    COURIER_PAGE,
    ENTITIES,
    GAZETTE_PAGE,
    GUILD,
    HOME,
    PLACE,
    SOURCES,
)
from tests.unit.audit.test_audit_stretch import (
    BREAKS,
    FLEET,
    REPEATING,
    TIMELINE,
    RepeatingSite,
    shown,
)

SEAL = "seeds/gazette-2031.seal"
EDITS = [
    (PLACE, "<h2 id=\"works\">Works</h2>", "<h2 id=\"labour\">Labour</h2>"),
    (PLACE, "<h2 id=\"works\">Works</h2>", "<h2>Pier 7 Guild</h2>"),
    (PLACE, "<h2 id=\"works\">Works</h2>", "<h2 id=\"works\">Works of 2029</h2>"),
    (PLACE, 'id="growth"', 'id="grown"'),
    (PLACE, ' data-claim="larkhaven#growth"', ""),
    (PLACE, "<li><q>opened a second pier in 2029</q>", "<li><q>opened a second pier</q>"),
    (PLACE, "paragraph 1\n <a", "paragraph 7\n <a"),
    (PLACE, "Port-aux-Alouettes", "Port 4711"),
    (GUILD, "No claims yet.", "No claims so far."),
    (GUILD, "No claims yet.", "The harbour grew after the works &amp; the pier."),
    (GUILD, "Wikidata Q77", "Wikidata Q78"),
    (GUILD, "<h1>Pier 7 Guild</h1>", '<h1>Pier 7 Guild</h1><a href="../../sources/gazette-2031/#q-cost">x</a>'),
    (HOME, "What is known of one harbour.", "What is known of 12 harbours."),
    (FLEET, "<h1>Page</h1>", "<h1>A second pier for 2029</h1>"),
    (FLEET, "<h1>Page</h1>", '<h1>Page</h1><a href="../../countries/larkhaven/#works">x</a>'),
    (TIMELINE, "<h1>Page</h1>", '<h1>Page</h1><p data-claim="larkhaven#growth" id="growth">x</p>'),
    (GAZETTE_PAGE, 'id="q-cost"', 'id="q-costs"'),
    (GAZETTE_PAGE, "paragraph 1\n", "paragraph 40\n"),
    (GAZETTE_PAGE, ' data-page="source"', ' data-page="list"'),
    (GAZETTE_PAGE, '<article class="briefing"', '<article class="brief"'),
    (COURIER_PAGE, "The works cost 40 million crowns</q>", "The works cost 41 million crowns</q>"),
    (COURIER_PAGE, "The Courier, 2031", "The Courier, 2032"),
    (CLAIMS, "second pier in 2029.", "second pier in 2028."),
    (CLAIMS, '"value": "40 million crowns"', '"value": "41 million crowns"'),
    (CLAIMS, '"paragraph": 1, "sentence": 2', '"paragraph": 2, "sentence": 2'),
    (CLAIMS, "opened a second pier in 2029", "opened a second pier in"),
    (CLAIMS, '"kind": "derived"', '"kind": "reported"'),
    (CLAIMS, '"conflicts_with": []', '"conflicts_with": ["larkhaven#cost"]'),
    (CLAIMS, '"premises": ["larkhaven#second-pier", ', '"premises": ['),
    (CLAIMS, '{"id": "larkhaven#cost"', '{"id": "larkhaven#costs"'),
    (CLAIMS, '{"id": "larkhaven#cost"', '{"id": larkhaven'),
    (CLAIMS, "countries/larkhaven/#growth", "countries/larkhaven/#grown"),
    (CLAIMS, "The harbour grew after the works & the pier.", "Latest"),
    (ENTITIES, '"name": "Larkhaven"', '"name": "Lark Haven"'),
    (ENTITIES, '"name": "Pier 7 Guild"', '"name": "Pier 8 Guild"'),
    (ENTITIES, '"Q77"', '"Q78"'),
    (ENTITIES, "organisations/pier-7-guild/", "organisations/pier-8-guild/"),
    (ENTITIES, "countries/larkhaven/", "timeline/"),
    (SOURCES, "2031-03-04", "2031-03-05"),
    (SOURCES, "A second pier for 2029", "A second pier"),
    (SOURCES, '"publisher": "The Courier"', '"publisher": "Page"'),
    (SEAL, '"words": ', '"words": 9'),
    (ABOUT, "in 2031 as ever", "in 2032 as ever"),
    (ABOUT, "<p>", '<p><a href="../../countries/larkhaven/#works">x</a>'),
]  # fmt: skip
FILES = {
    "countries/new-haven/index.html": '<article class="briefing" data-page="list"><h1>New</h1></article>',
    "countries/larkhaven.html": "<p>Nothing</p>",
    "notes.txt": "nothing",
    "x.html": '<p><a href="countries/larkhaven/#cost">x</a></p>',
}
STEP = st.one_of(
    st.sampled_from(EDITS),
    st.sampled_from(EDITS),
    st.tuples(st.just("repeat"), st.sampled_from(sorted(BREAKS)), st.sampled_from(REPEATING)),
    st.tuples(st.just("add"), st.sampled_from(sorted(FILES)), st.just("")),
    st.tuples(st.just("remove"), st.sampled_from([*sorted(FILES), *REPEATING, ABOUT]), st.just("")),
)


def read_all(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("site", "seeds")
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }


def apply(built: RepeatingSite, step: tuple[str, str, str]) -> None:
    first, second, third = step
    if first == "repeat":
        if (built.site / third).is_file() and '<ul class="mentions">' in (
            built.site / third
        ).read_text(encoding="utf-8"):
            built.broken(second, third)
    elif first == "add":
        built.write(second, FILES[second])
    elif first == "remove":
        (built.site / second).unlink(missing_ok=True)
    else:
        path = built.root / first if first.startswith("seeds/") else built.site / first
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(second, third, 1), encoding="utf-8")


class Held(FolderFiles):
    """Files as they were."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._held = {path.removeprefix("site/"): data for path, data in files.items()}

    def read(self, path: str) -> bytes:
        if path not in self._held:
            raise FileNotFoundError(path)
        return self._held[path]

    def view(self, path: str) -> bytes:
        return self.read(path)


class Values(dict[tuple[str, str], bytes]):
    """A shelf in memory."""

    def unit(self, kind: str, id_: str) -> bytes | None:
        return self.get((kind, id_))

    def put(self, record: Record) -> Values:
        """The same with what an audit has left."""
        kept = {} if record.is_whole else dict(self)
        gone = {key for key, one in record.units.items() if one is None}
        come = {key: one for key, one in record.units.items() if one is not None}
        return Values({key: one for key, one in {**kept, **come}.items() if key not in gone})


def audit_step(
    built: RepeatingSite, before: dict[str, bytes], shelf: Values, jobs: int = 1
) -> tuple[AuditResult, list[tuple[object, ...]]]:
    after = read_all(built.root)
    differing = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    site = {path.removeprefix("site/") for path in differing if path.startswith("site/")}
    removed = {path for path in site if f"site/{path}" not in after}
    sources = {Path(path).stem for path in differing if path.startswith("seeds/")}
    sink, ledger = Sink(), Ledger.load(shelf, built.settings)
    assert ledger is not None
    changes = Changes(Held(before), site - removed, removed, sources)
    result = audit_changes(
        built.site, built.settings, sink, FolderFiles(built.site), changes, ledger, jobs=jobs
    )
    return result, [shown(one) for one in sink.sorted()]


def whole(built: RepeatingSite) -> tuple[AuditResult, list[tuple[object, ...]]]:
    sink = Sink()
    audit_site(built.site, built.settings, sink, jobs=1)
    result = audit_changes(built.site, built.settings, Sink(), FolderFiles(built.site), jobs=1)
    return result, [shown(one) for one in sink.sorted()]


def left(result: AuditResult, shelf: Values | None = None) -> Values | None:
    """What lies on a shelf after an audit; None where that has found something."""
    return None if result.record is None else (shelf or Values()).put(result.record)


def told(shelf: Values, built: RepeatingSite) -> dict[str, object]:
    """What a shelf holds, with what depends on the order of things put in order."""
    ledger = Ledger.load(shelf, built.settings)
    assert ledger is not None
    books, names = ledger.books, ledger.books.names
    pages = [ledger.record(id_) for kind, id_ in shelf if kind == PAGE]
    records = {one.path: one for one in pages if one is not None}
    known = {one.source for one in (p for r in records.values() for p in r.passages)}
    return {
        "pages": {
            one.path: (
                one.ids, one.homes, one.shown, one.passages, one.numbers, one.quotes,
                one.citations, one.inside, {names[n]: held for n, held in one.links.items()},
            )
            for one in records.values()
        },
        "leading": {
            name: sorted(one.path for one in ledger.leading_to(name)) for name in books.number_of
        },
        "naming": {
            (path, name): path in {one.path for one in ledger.naming(name)}
            for path, one in records.items() for name in one.names
        },
        "quoting": {
            (path, words): path in {one.path for one in ledger.quoting(words)}
            for path, one in records.items() for words in one.quotes
        },
        "numbers": {
            (path, n): path in {one.path for one in ledger.identified_by(n)}
            for path, one in records.items() for n in one.numbers
        },
        "on all": sorted(one.path for one in ledger.resting_on_all()),
        "words": sorted(
            (entry >> 32, names[entry & (1 << 32) - 1])
            for number in range(1024) for entry in ledger.words(number)
        ),
        "all words": sorted((w, one.path) for one in records.values() for w in words_of(one)),
        "files": sorted(filter(None, names)),
        "lines": books.lines,
        "citing": {source: sorted(ledger.citing(source)) for source in known},
        "hashes": [one.pack() for one in (books.titles, books.texts, books.quotes)],
        "owners": {names[n]: owner for n, owner in books.owners.items()},
    }  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(STEP, min_size=1, max_size=3), min_size=1, max_size=3))
def test_changes_are_audited_as_the_whole(steps: list[list[tuple[str, str, str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        built = RepeatingSite(Path(folder)).repeat()
        before = read_all(built.root)
        shelf = left(whole(built)[0])
        assert shelf is not None
        for step in steps:
            for change in step:
                apply(built, change)
            result, found = audit_step(built, before, shelf)
            expected, expected_found = whole(built)
            assert found == expected_found
            after, anew = left(result, shelf), left(expected)
            assert (after is None) == (anew is None)
            if after is not None and anew is not None:
                held = told(after, built)
                assert held == told(anew, built)
                assert held["words"] == held["all words"]
                before, shelf = read_all(built.root), after


def test_every_edit_by_itself() -> None:
    quick = 0
    with tempfile.TemporaryDirectory() as folder:
        built = RepeatingSite(Path(folder)).repeat()
        before = read_all(built.root)
        shelf = left(whole(built)[0])
        assert shelf is not None
        for edit in EDITS:
            apply(built, edit)
            assert read_all(built.root) != before, edit
            result, found = audit_step(built, before, shelf)
            assert found == whole(built)[1], edit
            quick += result.counts is None
            for path, data in before.items():
                (built.root / path).write_bytes(data)
    assert quick >= 8  # what is sound is not audited as a whole


def test_many_pages_are_read_by_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amend, "_MANY", 2)
    built = RepeatingSite(tmp_path).repeat()
    before = read_all(built.root)
    shelf = left(whole(built)[0])
    assert shelf is not None
    for path in (GUILD, FLEET, TIMELINE):
        apply(built, (path, "<h1>", "\n<h1>"))
    result, found = audit_step(built, before, shelf, jobs=2)
    expected, expected_found = whole(built)
    assert found == expected_found == []
    assert result.counts is None
    after, anew = left(result, shelf), left(expected)
    assert after is not None
    assert anew is not None
    assert told(after, built) == told(anew, built)
