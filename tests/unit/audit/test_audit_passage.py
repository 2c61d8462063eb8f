"""P604 and P605: citations lead to passages, and passages hold the article's words."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from tests.unit.audit.built_site import (
    CLAIM_ROWS,
    CLAIMS,
    COURIER_PAGE,
    GAZETTE_PAGE,
    HOME,
    PLACE,
    BuiltSite,
)

PIER_HREF = 'href="sources/gazette-2031/#q-pier"'


@pytest.mark.parametrize(
    ("path", "old", "new", "message", "place"),
    [
        (HOME, PIER_HREF, 'href="sources/nowhere/#q-pier"',
         "the citation of `gazette-2031` leads to no page of the site", "sources/nowhere/#q-pier"),
        (HOME, PIER_HREF, 'href="https://example.org/#q-pier"',
         "the citation of `gazette-2031` leads to no page of the site", "https://example.org/#q-pier"),
        (HOME, PIER_HREF, 'href="sources/courier-2031/#q-cost"',
         "the citation of `gazette-2031` leads to another page than that of the source", "sources/courier-2031/#q-cost"),
        (HOME, PIER_HREF, 'href="sources/gazette-2031/#q-gone"',
         "the citation of `gazette-2031` leads to no passage", "sources/gazette-2031/#q-gone"),
        (HOME, PIER_HREF, 'href="sources/gazette-2031/"',
         "the citation of `gazette-2031` leads to no passage", "sources/gazette-2031/"),
        (HOME, PIER_HREF, 'href="sources/gazette-2031/#content"',
         "the citation of `gazette-2031` leads to no passage", "sources/gazette-2031/#content"),
        (HOME, PIER_HREF, "", "the citation of `gazette-2031` links to nothing", "gazette-2031"),
        (PLACE, 'href="#cost"', 'href="#works"',
         "the premise `larkhaven#cost` does not lead to its claim", "#works"),
    ],
)  # fmt: skip
def test_citation_leads_nowhere(
    tmp_path: Path, path: str, old: str, new: str, message: str, place: str
) -> None:
    found = BuiltSite(tmp_path).edit(path, old, new).one()
    assert (found.code, found.message, found.path) == ("P604", message, f"site/{path}")
    assert found.span is not None
    assert found.span.text == place


def test_cited_source_without_record(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    (built.settings.seeds / "courier-2031.yml").unlink()
    findings = built.audit()
    assert {(f.code, f.path) for f in findings} == {
        ("P604", f"site/{PLACE}"), ("P604", f"site/{COURIER_PAGE}"), ("P604", f"site/{CLAIMS}"),
        ("P605", f"site/{COURIER_PAGE}"),
    }  # fmt: skip


def test_source_id_that_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("title: x\n", encoding="utf-8")
    built = BuiltSite(tmp_path).edit(
        HOME, "</h2>", '</h2><a data-cite="../secret" href="sources/gazette-2031/#q-pier">note</a>'
    )
    assert [(f.code, f.message) for f in built.audit()] == [
        ("P604", "the cited source `../secret` has no record"),
        ("P606", "a citation stands outside of claims"),
    ]


def test_citation_outside_of_claims(tmp_path: Path) -> None:
    cite = '<a data-cite="gazette-2031" href="sources/gazette-2031/#q-pier">note</a>'
    found = BuiltSite(tmp_path).edit(HOME, "</h2>", f"</h2>{cite}").one()
    assert (found.code, found.message) == ("P606", "a citation stands outside of claims")


def test_claim_leaves_out_one_of_two_quotations_of_a_source(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    rows = copy.deepcopy(CLAIM_ROWS)
    rows[0]["citations"] += rows[1]["citations"][:1]
    built.rows(CLAIMS, rows)
    found = built.one()
    assert (found.code, found.path) == ("P603", f"site/{PLACE}")
    assert (
        found.message
        == "the claim `larkhaven#second-pier` leaves out a quotation of `gazette-2031`"
    )


@pytest.mark.parametrize(
    "change", [("second pier", "third pier"), ("pier in 2029", "pier in 2028")]
)
@pytest.mark.parametrize("page", [GAZETTE_PAGE, PLACE])
def test_changed_quotation(tmp_path: Path, page: str, change: tuple[str, str]) -> None:
    words = "opened a second pier in 2029</q>"
    built = BuiltSite(tmp_path).edit(page, words, words.replace(*change))
    assert built.codes() == {"P605"}
    found = next(f for f in built.audit() if f.path == f"site/{page}")
    assert found.span is not None
    assert found.span.text == words.replace(*change).removesuffix("</q>")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("The works cost 40 million crowns", "in all the works", "a quotation of `courier-2031` does not stand in its source"),
        ("The works cost 40 million crowns", "The works cost",
         "a quotation of `courier-2031` is too short to be checked"),
        ("The works cost 40 million crowns", "The works cost 40 … Larkhaven rebuilt its harbour",
         "a quotation of `courier-2031` has its parts in another order than its source"),
        ("The works cost 40 million crowns", "", "a quotation of `courier-2031` holds no words"),
        (" data-exact", "", "a passage of `courier-2031` holds no quotation"),
        ("</q>", "</q> <q data-exact>Larkhaven rebuilt its harbour</q>", "a passage of `courier-2031` holds 2 quotations"),
        (' id="q-cost"', "", "a passage of `courier-2031` has no anchor"),
        ("<h1>", '<h1 id="q-cost">', "the anchor `q-cost` stands twice on the page"),
    ],
)  # fmt: skip
def test_passage_at_fault(tmp_path: Path, old: str, new: str, message: str) -> None:
    findings = BuiltSite(tmp_path).edit(COURIER_PAGE, old, new).audit()
    # Without its anchor the passage cannot be cited either.
    assert {f.code for f in findings} <= ({"P604", "P605"} if "no anchor" in message else {"P605"})
    assert message in [f.message for f in findings if f.path == f"site/{COURIER_PAGE}"]


def test_quotation_that_stands_on_no_page(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    rows = copy.deepcopy(CLAIM_ROWS)
    rows[0]["citations"].append(
        {
            "source": "gazette-2031",
            "exact": "The port of Larkhaven opened",
            "paragraph": 1,
            "sentence": 1,
        }
    )
    built.rows(CLAIMS, rows)
    found = built.one()
    assert (found.code, found.message) == (
        "P605",
        "no passage on the page of `gazette-2031` holds this quotation",
    )
    assert found.span is not None
    assert found.span.text == "The port of Larkhaven opened"


def test_citation_of_other_words(tmp_path: Path) -> None:
    found = BuiltSite(tmp_path).edit(HOME, "gazette-2031/#q-pier", "gazette-2031/#q-cost").one()
    assert found.code == "P605"
    assert (
        found.message
        == "the passage cited does not hold what the claim `larkhaven#second-pier` quotes from `gazette-2031`"
    )


def test_data_that_does_not_verify(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    rows = copy.deepcopy(CLAIM_ROWS)
    rows[1]["citations"][1] |= {"paragraph": 2, "sentence": 1}
    built.rows(CLAIMS, rows)
    assert [f.message for f in built.audit()] == [
        "the quotation stands in paragraph 1 of `courier-2031`, not 2",
        "the quotation stands in sentence 2 of `courier-2031`, not 1",
    ]
    assert built.codes() == {"P605"}


def test_damaged_seal(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    seal = built.settings.seeds / "gazette-2031.seal"
    seal.write_text(
        seal.read_text(encoding="utf-8").replace('"version": 1', '"version": 2'), encoding="utf-8"
    )
    findings = built.audit()
    assert {f.code for f in findings} == {"P605"}
    assert "the version of the seal is not 1" in [
        f.message for f in findings if f.path == "seeds/gazette-2031.seal"
    ]


def test_source_without_text(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    (built.settings.seeds / "courier-2031.txt").unlink()
    findings = built.audit()
    assert {f.code for f in findings} == {"P605"}
    assert "`courier-2031` has neither a text nor a seal" in [f.message for f in findings]


def test_changed_article(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    (built.settings.seeds / "courier-2031.txt").write_text(
        "The works cost 41 million crowns.\n", encoding="utf-8"
    )
    assert built.codes() == {"P605"}
