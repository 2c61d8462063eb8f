"""P603 and P607: each claim once, the one of the data file, with its citations."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from generator.textfile import Span
from tests.unit.audit.built_site import CLAIM_ROWS, CLAIMS, GAZETTE_PAGE, HOME, PLACE, BuiltSite

PIER_CITE = '<a data-cite="gazette-2031" href="../../sources/gazette-2031/#q-pier">passage</a>'
COURIER_CITE = '<a data-cite="courier-2031" href="../../sources/courier-2031/#q-cost">two</a>'
COST_PREMISE = '<a data-premise="larkhaven#cost" href="#cost">Cost: 40 million crowns</a>'
PIER_PREMISE = '<a data-premise="larkhaven#second-pier" href="#second-pier">Larkhaven opened a second pier in 2029.</a>'
HOME_CITE = '<a data-cite="gazette-2031" href="sources/gazette-2031/#q-pier">1</a>'
HOME_LINK = '<a href="countries/larkhaven/#second-pier">Larkhaven opened a second pier in 2029.</a>'


@pytest.mark.parametrize(
    ("path", "old", "new", "message", "place"),
    [
        (PLACE, PIER_CITE, "", "the claim `larkhaven#second-pier` carries no citation", "larkhaven#second-pier"),
        (HOME, HOME_CITE, "", "the claim `larkhaven#second-pier` carries no citation", "larkhaven#second-pier"),
        (PLACE, COURIER_CITE, "", "the claim `larkhaven#cost` leaves out its source `courier-2031`", "larkhaven#cost"),
        (HOME, HOME_CITE, HOME_CITE + '<a data-cite="courier-2031" href="sources/courier-2031/#q-cost">2</a>',
         "the claim `larkhaven#second-pier` does not cite `courier-2031` in `data/claims.jsonl`", "courier-2031"),
        (PLACE, COST_PREMISE, "", "the claim `larkhaven#growth` leaves out its premise `larkhaven#cost`", "larkhaven#growth"),
        (PLACE, f"{PIER_PREMISE}\n {COST_PREMISE}", "", "the claim `larkhaven#growth` carries no premise", "larkhaven#growth"),
        (PLACE, 'id="cost"', 'id="costs"', "the id of the claim `larkhaven#cost` is not `cost`", "costs"),
        (HOME, HOME_LINK, "Larkhaven opened a second pier in 2029.",
         "the repeated claim `larkhaven#second-pier` does not link to its own place", "larkhaven#second-pier"),
    ],
)  # fmt: skip
def test_uncited_claim(
    tmp_path: Path, path: str, old: str, new: str, message: str, place: str
) -> None:
    built = BuiltSite(tmp_path).edit(path, old, new)
    if "costs" in place:
        # The premise that leads to the anchor is rightly a finding as well.
        assert {f.code for f in built.audit()} == {"P603", "P609"}
        found = next(f for f in built.audit() if f.code == "P603")
    else:
        found = built.one()
    assert (found.code, found.message, found.path) == ("P603", message, f"site/{path}")
    assert found.span is not None
    assert found.span.text == place


def test_claim_of_no_words(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path).edit(
        PLACE, "<dt>Cost</dt><dd>40 million crowns\n", "<dt></dt><dd>\n"
    )
    built.edit(PLACE, '#q-cost">one</a>', '#q-cost"></a>').edit(
        PLACE, '#q-cost">two</a>', '#q-cost"></a>'
    )
    found = built.one()
    assert (found.code, found.message) == ("P603", "the claim `larkhaven#cost` has no words")


def test_record_without_citation(tmp_path: Path) -> None:
    rows = copy.deepcopy(CLAIM_ROWS)
    rows[0]["citations"] = []
    built = BuiltSite(tmp_path)
    built.rows(CLAIMS, rows)
    found = next(f for f in built.audit() if f.path == f"site/{CLAIMS}")
    assert (found.code, found.message) == (
        "P603",
        "the claim `larkhaven#second-pier` has no citation",
    )
    assert isinstance(found.span, Span)
    assert found.span.text == "larkhaven#second-pier"


def test_claim_under_another_source(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path).edit(
        "sources/courier-2031/index.html", "crowns</q>",
        'crowns</q><p data-claim-ref="larkhaven#second-pier">'
        '<a href="../../countries/larkhaven/#second-pier">Larkhaven opened a second pier in 2029.</a></p>',
    )  # fmt: skip
    assert built.codes() == {"P603"}


def test_claim_missing_from_pages(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    extra = copy.deepcopy(CLAIM_ROWS[0])
    extra |= {"id": "larkhaven#third-pier", "url": "countries/larkhaven/#third-pier"}
    built.rows(CLAIMS, [*CLAIM_ROWS, extra])
    found = built.one()
    assert (found.code, found.message) == ("P607", "no page holds the claim `larkhaven#third-pier`")
    assert found.path == f"site/{CLAIMS}"
    assert found.span is not None
    assert found.span.text == "larkhaven#third-pier"


def test_claim_missing_from_data(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    built.rows(CLAIMS, CLAIM_ROWS[:2])
    found = built.one()
    assert (found.code, found.path) == ("P607", f"site/{PLACE}")
    assert found.span is not None
    assert found.span.text == "larkhaven#growth"


def test_claim_twice_on_pages(tmp_path: Path) -> None:
    copied = (
        '<p data-claim="larkhaven#second-pier">Larkhaven opened a second pier in 2029.'
        f" {HOME_CITE.replace('>1<', '>here<')}</p>"
    )
    found = BuiltSite(tmp_path).edit(HOME, "</div></article>", f"{copied}</div></article>").one()
    assert (found.code, found.message) == ("P607", "the claim `larkhaven#second-pier` stands twice")
    assert found.related[0][1] == "first here"


def test_claim_twice_in_data(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    built.rows(CLAIMS, [*CLAIM_ROWS, CLAIM_ROWS[0]])
    assert built.one().code == "P607"


def test_claim_on_another_page(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    rows = copy.deepcopy(CLAIM_ROWS)
    rows[2]["url"] = "countries/nowhere/#growth"
    built.rows(CLAIMS, rows)
    assert (
        built.one().message
        == "the claim `larkhaven#growth` stands on another page than `data/claims.jsonl` says"
    )


def test_id_of_a_claim_twice(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path).edit(PLACE, 'id="works"', 'id="growth"')
    assert built.one().message == "the id `growth` stands twice on the page"


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        (PLACE, "Larkhaven opened a\n", "Larkhaven closed a\n", "larkhaven#second-pier"),
        (PLACE, "<dd>40 million crowns", "<dd>14 million crowns", "larkhaven#cost"),
        (PLACE, "<button>1 source", "<em>Or in 2028.</em> <button>1 source", "2028"),
        (PLACE, "4 March 2031", "5 March 2031", "5"),
        (PLACE, "<button>1 source", "<button>9 sources", "9"),
        (PLACE, ">passage</a>", ">passage of 2032</a>", "2032"),
        (GAZETTE_PAGE, "larkhaven/#second-pier\">Larkhaven opened", "larkhaven/#second-pier\">Larkhaven shut", "larkhaven#second-pier"),
    ],
)  # fmt: skip
def test_changed_words_of_a_claim(
    tmp_path: Path, path: str, old: str, new: str, place: str
) -> None:
    found = BuiltSite(tmp_path).edit(path, old, new).one()
    assert (found.code, found.path) == ("P606", f"site/{path}")
    assert found.span is not None
    assert found.span.text == place


def test_repeated_claim_may_show_its_value_or_date_alone(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path).edit(
        HOME, HOME_LINK, HOME_LINK.replace("Larkhaven opened a second pier in 2029.", "In 2029")
    )
    assert built.audit() == []


@pytest.mark.parametrize("shown", ["In 2029 the town burned down", "2029 and 2030", "Pier"])
def test_repeated_claim_shows_nothing_else(tmp_path: Path, shown: str) -> None:
    old = "Larkhaven opened a second pier in 2029."
    found = BuiltSite(tmp_path).edit(HOME, HOME_LINK, HOME_LINK.replace(old, shown)).one()
    assert found.code == "P606"


def test_value_shown_as_a_date_or_a_name(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    rows = copy.deepcopy(CLAIM_ROWS)
    rows[1]["value"] = "2030-05"
    built.rows(CLAIMS, rows)
    built.edit(PLACE, "<dd>40 million crowns", "<dd>May 2030")
    assert built.audit() == []
    rows[1]["value"] = "pier-7-guild"
    built.rows(CLAIMS, rows)
    built.edit(PLACE, "<dd>May 2030", "<dd>Pier 7 Guild")
    assert built.audit() == []
