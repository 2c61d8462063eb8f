"""P606: what a page states outside of claims."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.audit.built_site import ABOUT, COURIER_PAGE, GUILD, HOME, PLACE, BuiltSite

END = "</article>"
LONG = "It has long been said, and is repeated here for the sake of those who come by sea, that "


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        (PLACE, END, "<p>The harbour is <b>the</b> largest.</p></article>", "The harbour is"),
        (PLACE, END, "40 berths</article>", "40 berths"),
        (PLACE, END, "<dl><dt>Berths</dt><dd>40</dd></dl></article>", "40"),
        (PLACE, END, "<table><tr><th>Berths</th><td>many</td></tr></table></article>", "many"),
        (PLACE, END, "<table><tr><th>40 berths</th></tr></table></article>", "40"),
        (PLACE, "<h2 id=\"works\">Works", "<h2 id=\"works\">Works of 2029", "2029"),
        (PLACE, END, "<span>a&nbsp;&lt;&nbsp;b</span></article>", "a&nbsp;&lt;&nbsp;b"),
        (PLACE, END, "<details><summary>See 3</summary></details></article>", "3"),
        (PLACE, END, '<img src="../../assets/site.css" alt="Trade rose to 900"></article>', "Trade rose to 900"),
        (PLACE, END, '<a href="#cost">Larkhaven opened a second pier in 2029.</a></article>',
         "Larkhaven opened a second pier in 2029."),
        (PLACE, END, "<p data-generated>Larkhaven opened a second pier in 2029. It did.</p></article>",
         "Larkhaven opened a second pier in 2029. It did."),
        (PLACE, END, "<p data-generated>It costs 900 million a year.</p></article>", "It costs 900 million a year."),
        (PLACE, END, f"<p data-generated>{LONG}{LONG}{LONG}Larkhaven is fair.</p></article>",
         f"{LONG}{LONG}{LONG}Larkhaven is fair."),
        (PLACE, END, f"<h2>{LONG}{LONG}{LONG}</h2></article>", f"{LONG}{LONG}{LONG}".strip()),
        (PLACE, END, "<p data-identity>Founded 1802</p></article>", "1802"),
        (GUILD, END, "<p>Guild of seamen</p></article>", "Guild of seamen"),
        (COURIER_PAGE, "<p data-record>The Courier, 2031", "<p data-record>The Courier, 2032", "2032"),
        (COURIER_PAGE, "</q></section>", "</q> Quoted 37 times</section>", "37"),
        (HOME, "one harbour.", "12 harbours.", "12"),
        (HOME, "one harbour.", "seven harbours.", "seven"),
        (HOME, "one harbour.", "<a href='./'>half a dozen</a>.", "dozen"),
        (HOME, "one harbour.", "trade, up 4.5 % on the year.", "4.5 %"),
        (HOME, "<h1>Harbours", "<h1>Harbours of 2031", "2031"),
        (HOME, "<h2>Latest</h2>", "<h2>Latest</h2><p>Trade is brisk.</p>", "Trade is brisk."),
    ],
)  # fmt: skip
def test_statement_outside_of_claims(
    tmp_path: Path, path: str, old: str, new: str, place: str
) -> None:
    found = BuiltSite(tmp_path).edit(path, old, new).one()
    assert (found.code, found.path) == ("P606", f"site/{path}")
    assert found.span is not None
    assert found.span.text == place


@pytest.mark.parametrize(
    "addition",
    [
        "<h2>Pier 7 Guild</h2>",
        "<h2>A second pier for 2029</h2>",
        "<a href='../../organisations/pier-7-guild/' title='Pier 7 Guild'><span>Pier 7</span> Guild</a>",
        "<p> — · ¶ </p>",
        "<nav><ul><li>All <span>harbours</span></li></ul></nav>",
        "<button>Show notes</button>",
        "<p data-generated>Edition 1a2b of 21 November 2031: 3 claims.</p>",
        f"<p data-generated>{LONG * 4}</p>",
        "<!-- 40 berths --><script>var berths = 40</script><style>p{top:4px}</style>",
    ],
)
def test_what_may_stand_outside_of_claims(tmp_path: Path, addition: str) -> None:
    assert BuiltSite(tmp_path).edit(PLACE, END, f"{addition}{END}").audit() == []


def test_pages_about_the_site_may_give_figures(tmp_path: Path) -> None:
    assert BuiltSite(tmp_path).edit(ABOUT, "four words", "4 words").audit() == []


def test_briefing_article_of_an_about_page_is_judged(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path).edit(
        ABOUT, "<p>", '<article class="briefing" data-page="codes"><p>'
    )
    assert built.codes() == {"P606"}


def test_page_without_an_article_is_read_as_prose(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    built.write("loose.html", "<nav>2 pages</nav><p>The harbour has 40 berths.</p>")
    found = built.one()
    assert (found.code, found.message) == (
        "P606",
        "the prose gives the figure `40` without a citation",
    )


def test_two_paragraphs_are_two_findings(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path).edit(PLACE, END, f"<p>Fair <i>and</i> wide.</p><p>Fair.</p>{END}")
    assert [f.span and f.span.text for f in built.audit()] == ["Fair", "Fair."]


def test_generated_text_within_a_claim_may_name_other_claims(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path).edit(
        PLACE, "<button>1 source",
        '<p data-generated>Contradicted: <a href="#cost">The harbour grew after the works &amp; the pier.</a></p><button>1 source',
    )  # fmt: skip
    assert built.audit() == []
