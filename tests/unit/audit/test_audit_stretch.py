"""Repeated claims are judged once for all pages, and processes share the pages: nothing is lost.

Each audit here is made three times: as it is, with every claim read on every page, and by several
processes. All three must find the same, at the same places.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import workers
from generator.audit import judge, quick, settle, survey
from generator.audit.certify import Certifier
from generator.audit.page import PageReading
from generator.audit.stretch import Stretch, Stretches
from generator.diagnostics import Diagnostic
from tests.unit.audit.built_site import (
    CLAIMS,
    COURIER_PAGE,
    GAZETTE_PAGE,
    GUILD,
    HOME,
    PLACE,
    BuiltSite,
)

TIMELINE, FLEET, PEOPLE = "timeline/index.html", "people/fleet/index.html", "people/index.html"
REPEATING = (HOME, GUILD, COURIER_PAGE, TIMELINE, FLEET, PEOPLE)

PIER = """<li data-claim-ref="larkhaven#second-pier"><span>Larkhaven opened a second pier in 2029.</span>
 <span data-generated>1 source</span> <a data-cite="gazette-2031" href="{up}sources/gazette-2031/#q-pier">1</a>
 <a href="{up}countries/larkhaven/#second-pier">Larkhaven</a></li>"""
GROWTH = """<p data-claim-ref="larkhaven#growth">The harbour grew after the works &amp; the pier.
 <a data-premise="larkhaven#second-pier" href="{up}countries/larkhaven/#second-pier">Larkhaven opened a second pier.</a>
 <a data-premise="larkhaven#cost" href="{up}countries/larkhaven/#cost">Cost</a>
 <a href="{up}countries/larkhaven/#growth">Larkhaven</a></p>"""

# What is replaced within the repeated claims, by what, and what has to be found of it.
BREAKS = {
    "uncited": (' data-cite="gazette-2031"', "", "P603"),
    "no such claim": ('"larkhaven#second-pier"><span>', '"larkhaven#third-pier"><span>', "P607"),
    "citation of nothing": ("#q-pier", "#q-none", "P604"),
    "citation of another passage": ("#q-pier", "#q-cost", "P605"),
    "citation of another source": ("sources/gazette-2031/", "sources/courier-2031/", "P604"),
    "citation without an address": ('href="{up}sources/gazette-2031/#q-pier"', "href", "P604"),
    "citation of the page itself": ('href="{up}sources/gazette-2031/#q-pier"', 'href="#q-pier"', "P604"),
    "source unknown": ('"gazette-2031"', '"herald-2031"', "P604"),
    "source foreign": ('"gazette-2031" href="{up}sources/gazette-2031/#q-pier"',
                       '"courier-2031" href="{up}sources/courier-2031/#q-cost"', "P603"),
    "words changed": ("second pier in", "third pier in", "P606"),
    "figure changed": ("in 2029.</span>", "in 2029, at 77.</span>", "P606"),
    "figure raised": ("in 2029.</span>", "in 2029<b>³</b> 78.</span>", "P606"),
    "words lost": ("<span>Larkhaven opened a second pier in 2029.</span>", "", "P606"),
    "quotation unknown": ("1 source</span>", "1 source</span><q>not so at all, nor ever</q>", "P605"),
    "amount composed": ("1 source", "40 million crowns", "P606"),
    "claim composed": ("1 source", "Larkhaven opened a second pier in 2029.", "P606"),
    "link to nothing": ("<a href=", '<a href="../nowhere/">x</a><a href=', "P609"),
    "image of nothing": ("<a href=", '<img src="{up}none.svg" alt=""><a href=', "P609"),
    "anchor of nothing": ("<a href=", '<a href="#nowhere">x</a><a href=', "P609"),
    "anchor of another page": ("<a href=", '<a href="{up}countries/larkhaven/#none">x</a><a href=', "P609"),
    "link to another place": ("larkhaven/#second-pier\">Larkhaven<", "larkhaven/#cost\">Larkhaven<", "P603"),
    "link too high": ("<a href=", '<a href="{up}../">x</a><a href=', "P609"),
    "link never closed": ("1</a>", "1", None),
    "item never closed": ("</li>", "", None),
    "claim within": ("1 source</span>", '1 source</span><i data-claim-ref="larkhaven#cost">40 million</i>', "P603"),
    "place within": ("1 source</span>", '1 source</span><i id="cost" data-claim="larkhaven#cost">40</i>', "P607"),
    "id within": ("1 source</span>", '1 source</span><i id="x">of</i><i id="x">of</i>', None),
    "passage within": ("1 source</span>", '<i id="q" data-passage="gazette-2031"><q data-exact>never said so</q></i></span>', "P605"),
    "record within": ("1 source</span>", "1 source</span><i data-record>In 1377</i>", "P606"),
    "identity within": ("1 source</span>", "1 source</span><i data-identity>Q1377</i>", "P606"),
    "base within": ("1 source</span>", '1 source</span><base href="../">', "P609"),
    "article within": ("1 source</span>", '1 source</span><article class="briefing"><p>All is well</p></article>', None),
    "premise lost": (' data-premise="larkhaven#cost"', "", "P603"),
    "premise misled": ("larkhaven/#cost", "larkhaven/#works", "P604"),
    "premise unknown": ('"larkhaven#cost"', '"larkhaven#trade"', "P603"),
}  # fmt: skip

Reading = Callable[[], tuple[PageReading, int]]


class RepeatingSite(BuiltSite):
    """The sound site, with two claims repeated on pages of every depth."""

    def repeat(self) -> RepeatingSite:
        home = (self.site / PLACE).read_text(encoding="utf-8")
        frame = home[: home.index("<article")], home[home.index("</article>") :]
        for path in (TIMELINE, FLEET, PEOPLE):
            up = self.up(path)
            head, foot = (part.replace("../../", up) for part in frame)
            body = f'<article class="briefing" data-page="list"><h1>Page</h1>{foot}'
            self.write(path, f"{head}{body}")
        for path in REPEATING:
            text = (self.site / path).read_text(encoding="utf-8")
            end = "</div></article>" if path == HOME else "</article>"
            repeated = (
                f'<ul class="mentions">{self.filled(PIER, path)}</ul>{self.filled(GROWTH, path)}'
            )
            assert text.count(end) == 1
            self.write(path, text.replace(end, f"{repeated}{end}"))
        return self

    @staticmethod
    def up(path: str) -> str:
        return "../" * path.count("/")

    def filled(self, text: str, path: str) -> str:
        return text.replace("{up}", self.up(path))

    def broken(self, name: str, *paths: str) -> RepeatingSite:
        """Break the repeated claims of some pages."""
        old, new, _ = BREAKS[name]
        for path in paths:
            text = (self.site / path).read_text(encoding="utf-8")
            at = text.find('<ul class="mentions">')
            changed = text[at:].replace(self.filled(old, path), self.filled(new, path))
            self.write(path, text[:at] + changed)
        return self


def shown(finding: Diagnostic) -> tuple[object, ...]:
    return *finding.sort_key, finding.span and finding.span.text


def three_ways(built: BuiltSite) -> list[tuple[object, ...]]:
    """The findings of an audit; asserts that all ways of auditing agree."""
    fast, counts = [shown(one) for one in built.audit()], built.counts
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stretches, "get", lambda *_: None)
        patch.setattr(Certifier, "finish", lambda *_: None)
        assert [shown(one) for one in built.audit()] == fast
        assert built.counts == counts
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(survey, "FEWEST_PAGES", 1)
        patch.setattr(settle, "FEWEST_PAGES", 1)
        patch.setattr(workers, "count_jobs", lambda _=None: 3)
        patch.setattr(survey, "count_jobs", lambda _=None: 3)
        patch.setattr(settle, "count_jobs", lambda _=None: 3)
        assert [shown(one) for one in built.audit()] == fast
        assert built.counts == counts
    with pytest.MonkeyPatch.context() as patch:  # no page is certified: the judge sees them all
        patch.setattr(Certifier, "finish", lambda *_: None)
        assert [shown(one) for one in built.audit()] == fast
        assert built.counts == counts
    with pytest.MonkeyPatch.context() as patch:  # no page is read the quick way
        patch.setattr(quick.QuickReader, "_read_quickly", lambda *_: None)
        assert [shown(one) for one in built.audit()] == fast
        assert built.counts == counts
    return fast


def test_sound_site(tmp_path: Path) -> None:
    assert three_ways(RepeatingSite(tmp_path).repeat()) == []


@pytest.mark.parametrize("paths", [(FLEET,), (HOME, COURIER_PAGE), REPEATING], ids=len)
@pytest.mark.parametrize("name", BREAKS)
def test_break_in_a_repeated_claim(tmp_path: Path, name: str, paths: tuple[str, ...]) -> None:
    built = RepeatingSite(tmp_path).repeat().broken(name, *paths)
    found = three_ways(built)
    code = BREAKS[name][2]
    for path in paths:
        # What a source's passages support, its page need not cite; what it lacks is its own.
        assert (
            code is None
            or path == COURIER_PAGE
            or code in {row[3] for row in found if row[0] == f"site/{path}"}
        )


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (GAZETTE_PAGE, 'id="q-pier"', 'id="q-peer"'),
        (GAZETTE_PAGE, "opened a second pier in 2029</q>", "opened a third pier in 2029</q>"),
        (GAZETTE_PAGE, 'data-page="source"', 'data-page="list"'),
        (PLACE, 'id="second-pier"', 'id="pier"'),
        (PLACE, 'id="works"', 'id="second-pier"'),
        (PLACE, ' data-claim="larkhaven#growth"', ""),
        (CLAIMS, "second pier in 2029.", "second pier in 2028."),
        (CLAIMS, "countries/larkhaven/#growth", "countries/larkhaven/#grown"),
        (CLAIMS, '{"id": "larkhaven#cost"', '{"id": "larkhaven#costs"'),
        (CLAIMS, '{"id": "larkhaven#cost"', '{"id": larkhaven'),
    ],
)
def test_break_elsewhere(tmp_path: Path, path: str, old: str, new: str) -> None:
    built = RepeatingSite(tmp_path).repeat()
    built.edit(path, old, new)
    assert three_ways(built)


@pytest.mark.parametrize("path", [GAZETTE_PAGE, PLACE, GUILD, HOME])
def test_page_that_is_not_text_or_not_there(tmp_path: Path, path: str) -> None:
    built = RepeatingSite(tmp_path).repeat()
    (built.site / path).write_bytes(b"<p>caf\xe9</p>")
    assert "P608" in {row[3] for row in three_ways(built)}
    (built.site / path).unlink()
    assert three_ways(built)


def test_damaged_seal_is_reported_once(tmp_path: Path) -> None:
    built = RepeatingSite(tmp_path).repeat()
    (tmp_path / "seeds" / "gazette-2031.seal").write_text("no seal", encoding="utf-8")
    assert len([row for row in three_ways(built) if row[0] == "seeds/gazette-2031.seal"]) == 1


def test_claim_with_two_places(tmp_path: Path) -> None:
    built = RepeatingSite(tmp_path).repeat()
    twin = '<p id="growth" data-claim="larkhaven#growth">The harbour grew after the works &amp; the pier.</p>'
    for path in (FLEET, TIMELINE):
        built.edit(path, "<h1>Page</h1>", f"<h1>Page</h1>{twin}")
    twice = [row for row in three_ways(built) if "stands twice" in str(row[4])]
    assert [row[0] for row in twice] == [f"site/{FLEET}", f"site/{TIMELINE}"]


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(sorted(BREAKS)), st.sets(st.sampled_from(REPEATING))),
                min_size=1, max_size=4))  # fmt: skip
def test_several_breaks(breaks: list[tuple[str, set[str]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        built = RepeatingSite(Path(folder)).repeat()
        for name, paths in breaks:
            built.broken(name, *sorted(paths))
        three_ways(built)


def test_what_is_sound_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    get = Stretches.get

    def counted(self: Stretches, html: str, reader: Reading) -> Stretch | None:
        def noted() -> tuple[PageReading, int]:
            read.append(html)
            return reader()

        return get(self, html, noted)

    monkeypatch.setattr(Stretches, "get", counted)
    monkeypatch.setattr(Certifier, "finish", lambda *_: None)
    monkeypatch.setattr(judge.Reader, "read_exactly", lambda *_: pytest.fail("read again"))
    assert RepeatingSite(tmp_path).repeat().audit() == []
    # Three depths, two claims, and the one that the home page repeats in another way.
    assert len(read) == 7


def test_a_lost_process_is_made_up_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = RepeatingSite(tmp_path).repeat().broken("uncited", FLEET)
    expected = built.audit()
    assert expected

    def lose(*_: object) -> None:
        raise SystemExit(1)

    monkeypatch.setattr(workers, "_answer", lose)
    monkeypatch.setattr(survey, "FEWEST_PAGES", 1)
    monkeypatch.setattr(settle, "FEWEST_PAGES", 1)
    monkeypatch.setattr(workers, "count_jobs", lambda jobs=None: jobs or 2)
    monkeypatch.setattr(survey, "count_jobs", lambda jobs=None: jobs or 2)
    assert [shown(one) for one in built.audit()] == [shown(one) for one in expected]
