"""What is looked up instead of read again leads to the same findings, wherever a fault stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.audit import address
from generator.audit.address import Inventory
from tests.unit.audit.built_site import CLAIMS, COURIER_PAGE, GAZETTE_PAGE, PLACE, BuiltSite
from tests.unit.audit.test_audit_stretch import (
    FLEET,
    PEOPLE,
    REPEATING,
    TIMELINE,
    RepeatingSite,
    three_ways,
)

LISTS = (FLEET, PEOPLE, TIMELINE)
HEAD, END = "<h1>Page</h1>", "</article>"


def paths_of(found: list[tuple[object, ...]]) -> list[str]:
    return [str(row[0]).removeprefix("site/") for row in found]


@pytest.mark.parametrize(
    ("between", "code"),
    [
        ("<p>The pier is new.</p>", "P606"),
        ("<h2>Since 2031</h2>", "P606"),
        ("<p data-generated>It cost 40 million crowns</p>", "P606"),
        ("<p data-generated>Larkhaven opened a second pier in 2029.</p>", "P606"),
        ('<p title="Of 1377"></p>', "P606"),
        ('<p><a href="#nowhere">x</a></p>', "P609"),
        ("<p>All of it: <b>12</b></p>", "P606"),
        (f"<h2>Works</h2>\n<p>{' ' * 300}</p>\n<p>The pier is new.</p>\n", "P606"),
        (f"<p data-generated>It cost\n<b>Words</b>\n{' ' * 300}40\nmillion</p>", "P606"),
    ],
)
def test_the_same_fault_between_stretches_is_found_on_every_page(
    tmp_path: Path, between: str, code: str
) -> None:
    built = RepeatingSite(tmp_path).repeat()
    for path in LISTS:
        built.edit(path, HEAD, f"{HEAD}{between}")
    found = three_ways(built)
    assert paths_of(found) == sorted(LISTS)
    assert {row[3] for row in found} == {code}


def test_anchors_that_stand_twice_in_texts_looked_up(tmp_path: Path) -> None:
    built = RepeatingSite(tmp_path).repeat()
    for path in (*LISTS, PLACE):
        end = END if path != PLACE else '<h2 id="works">'
        built.edit(path, end, f'<p id="cost"></p>{end}')
    assert paths_of(three_ways(built)) == [PLACE]


@pytest.mark.parametrize("between", ["", "\n", f"\n<p>{' ' * 300}</p>\n", f"{' ' * 300}\n"])
def test_what_stands_behind_the_end_of_an_article(tmp_path: Path, between: str) -> None:
    built = RepeatingSite(tmp_path).repeat()
    late = f'</article >{between}<p data-claim-ref="larkhaven#third-pier">A third pier</p>'
    built.edit(FLEET, END, f"{late}{END}")
    found = three_ways(built)
    assert paths_of(found) == [FLEET]
    assert found[0][3] == "P607"


def test_a_premise_without_a_place_is_not_met_by_a_link_out_of_the_site(tmp_path: Path) -> None:
    built = RepeatingSite(tmp_path).repeat()
    away = "https://elsewhere.example/"
    built.edit(CLAIMS, "countries/larkhaven/#cost", away)
    for path in REPEATING:
        text = (built.site / path).read_text(encoding="utf-8")
        up = built.up(path)
        built.write(path, text.replace(f"{up}countries/larkhaven/#cost", away))
    found = three_ways(built)
    assert {*REPEATING} <= {*paths_of(found)}
    assert "P604" in {row[3] for row in found}


def test_a_passage_of_another_source_on_a_source_page(tmp_path: Path) -> None:
    built = RepeatingSite(tmp_path).repeat()
    built.edit(
        GAZETTE_PAGE, '"q-pier" data-passage="gazette-2031"', '"q-pier" data-passage="courier-2031"'
    )
    assert {*LISTS} <= {*paths_of(three_ways(built))}


@pytest.mark.parametrize("number", ["4", "2031", "1", "2029"])
def test_numbers_of_a_claim_and_its_sources(tmp_path: Path, number: str) -> None:
    built = RepeatingSite(tmp_path).repeat()
    for path in LISTS:
        built.edit(path, "<span data-generated>1 source</span>", f"<i>{number}</i>")
    (tmp_path / "seeds" / "gazette-2031.yml").write_text(
        "published: 4 March 2031", encoding="utf-8"
    )
    assert three_ways(built) == []


@pytest.mark.parametrize("number", ["41", "2028", "1377", "1,029"])
def test_numbers_of_other_claims(tmp_path: Path, number: str) -> None:
    built = RepeatingSite(tmp_path).repeat()
    for path in LISTS:
        built.edit(path, "<span data-generated>1 source</span>", f"<i>{number}</i>")
    assert paths_of(three_ways(built)) == sorted(LISTS)


def test_figures_are_not_joined_across_elements(tmp_path: Path) -> None:
    built = RepeatingSite(tmp_path).repeat()
    for path in LISTS:
        built.edit(path, "pier in 2029.</span>", "pier in 2029.<b>20</b><b>29</b></span>")
    assert {*paths_of(three_ways(built))} == {*LISTS}


def test_claims_under_a_passage_on_its_own_page(tmp_path: Path) -> None:
    built = RepeatingSite(tmp_path).repeat()
    cite = '<a data-cite="courier-2031" href="../../sources/courier-2031/#{}">1</a>'
    claim = '<p data-claim-ref="larkhaven#cost">40 million crowns {} <a href="../../countries/larkhaven/#cost">x</a></p>'
    built.edit(
        COURIER_PAGE, "</q></section>", f"</q>{claim.format(cite.format('q-cost'))}</section>"
    )
    assert three_ways(built) == []
    built.edit(COURIER_PAGE, "#q-cost", "#q-none")
    assert paths_of(three_ways(built)) == [COURIER_PAGE]


HREFS = [
    "../../countries/larkhaven/", "../../countries/larkhaven/#cost", "../countries/larkhaven/",
    "../../../countries/larkhaven/", "../../countries/larkhaven", "../../countries//larkhaven/",
    "../../countries/./larkhaven/", "../../countries/../countries/larkhaven/", " ../../people/ ",
    "../../people/?a#b", "../../people/#:~:text=x", "../../people/#a%20b", "../../people/#a:~:b",
    "../../peopl%65/", "people/", "../../nowhere/", "../../", "../..", "#cost", "?a#cost", "",
    "/people/", "https://elsewhere.example/people/", "../../PEOPLE/", "../../people/#a#b",
    "countries/larkhaven/", "../larkhaven/", "../../people/\n", "../../people/#a\n",
]  # fmt: skip


@pytest.mark.parametrize("page", ["index.html", FLEET, PEOPLE, PLACE])
def test_plain_addresses_lead_where_all_do(
    tmp_path: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: BuiltSite = RepeatingSite(tmp_path).repeat()
    quick = Inventory(built.site, built.settings)
    careful = Inventory(built.site, built.settings)
    expected = []
    with monkeypatch.context() as patch:
        patch.setattr(address, "_PLAIN", re.compile(r"(?!)"))
        expected = [careful.follow(page, href) for href in HREFS]
    assert [quick.follow(page, href) for href in HREFS] == expected
    assert any(target is not None and target.file is not None for target in expected)
