"""Briefings on built pages: quotations of their own, and what the audit finds of a broken page."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.audit import audit_site
from generator.diagnostics import Sink
from generator.host import build_site
from generator.sentence import MARK, sentence_spans
from tests.conftest import ProjectBuilder

TEXT = """\
---
number: 1
title: The treaty
as_of: 2019-06-30
authors: Desk
bottom_line: Dues are set. [@grey-harbour-treaty#dues]
summary_statement: Newspapers and an agency.
dossier: [ardenia]
---

> This paper frames.

## What is known

The treaty of [[ardenia]] sets *dues*. [@grey-harbour-treaty#dues] There was a quarrel.
[@harbour-gazette-2019-05-03 "over the ferry line between the two coasts"]
"""


@pytest.fixture
def site(project: ProjectBuilder, tmp_path: Path) -> Path:
    project.write("content/briefings/treaty.md", TEXT)
    folder = tmp_path / "site"
    findings, done = build_site(project.config_file, site_dir=folder)
    assert done, findings
    return folder


def test_sentences_quotations_and_sections_are_values(project: ProjectBuilder) -> None:
    project.write("content/briefings/treaty.md", TEXT)
    (briefing,) = project.verified().briefings
    assert [one.written for one in briefing.stated()][-1] == "There was a quarrel."
    (quoted,) = briefing.quotations
    assert (quoted.source, quoted.paragraph > 0, quoted.against) == (
        "harbour-gazette-2019-05-03", True, "text",
    )  # fmt: skip
    assert [section.role for section in briefing.sections] == [None, "known"]
    assert briefing.refs == ("grey-harbour-treaty#dues",)


def test_a_passage_says_which_briefings_quote_it(project: ProjectBuilder, tmp_path: Path) -> None:
    project.write("content/briefings/treaty.md", TEXT)
    again = TEXT.replace("number: 1", "number: 2").replace("The treaty", "Fish & <ships>", 1)
    project.write("content/briefings/fish.md", again)
    folder = tmp_path / "site"
    findings, done = build_site(project.config_file, site_dir=folder)
    assert done, findings
    address = "sources/harbour-gazette-2019-05-03/index.html"
    page = LexborHTMLParser((folder / address).read_text(encoding="utf-8"))
    (passage,) = [node for node in page.css(".passage") if node.css(".passage__quoting")]
    assert passage.css("[data-exact]")[0].text() == "over the ferry line between the two coasts"
    assert [(link.text(), link.attributes["href"]) for link in passage.css(".passage__quoting a")] == [
        ("The treaty", "../../briefings/treaty/"), ("Fish & <ships>", "../../briefings/fish/"),
    ]  # fmt: skip
    assert all(node.css_first("li") for node in page.css(".passage ul"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (' data-basis="grey-harbour-treaty#dues"', "", "sentence 1 cites nothing"),
        ("There was a quarrel", "There was no quarrel", "other words than its record"),
        ('data-sentence="2"', 'data-sentence="9"', "sentence 2 is missing"),
        ("This paper frames", "This paper has 3 parts", "framing gives a figure"),
        ("This paper frames", "This paper has three parts", "framing gives a figure"),
        ('data-quoted="harbour', 'data-quoted="other', "leads to no note"),
        ("between the two coasts</q>", "between two coasts</q>", "no sentence quotes"),
        (
            "</ol>\n</section>",
            "</ol><p><q>A quarrel over a ferry</q></p></section>",
            "no sentence quotes",
        ),
    ],
)
def test_a_broken_page_is_found(
    project: ProjectBuilder, site: Path, old: str, new: str, message: str
) -> None:
    assert audit_findings(project, site) == []
    page = site / "briefings" / "treaty" / "index.html"
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = audit_findings(project, site)
    assert any(code == "P613" and message in words for code, words in found), found


def test_a_sentence_elsewhere_is_found(project: ProjectBuilder, site: Path) -> None:
    page = site / "countries" / "ardenia" / "index.html"
    text = page.read_text(encoding="utf-8")
    words = "<p data-sentence>It has 9 ports.</p></article>"
    page.write_text(text.replace("</article>", words, 1), encoding="utf-8")
    assert ("P606", "a sentence stands outside of a briefing") in audit_findings(project, site)


def audit_findings(project: ProjectBuilder, site: Path) -> list[tuple[str, str]]:
    sink = Sink()
    audit_site(site, project.settings, sink, jobs=1)
    return [(one.code, one.message) for one in sink]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Smith met Dr. No. He left.", 2),
        ("It cost 1.5 million. It was e.g. cheap.", 2),
        ("The U.S. Senate met. J. R. Smith spoke.", 2),
        ("It joined the U.S. The vote was close.", 2),
        ("See No. 5 on 6 Nov. 2025. Done.", 2),
        ('He said "Stop." Then he left.', 2),
        ("Well… perhaps. What? Yes!", 3),
        ("هل انتهى؟ نعم۔", 2),
        ("这是第一句。这是第二句。", 2),
        ("שלום לך. זה הסוף.", 2),
        (f"One is cited.{MARK} two is lower.", 1),
        (f"Ends in the U.S.{MARK} Kazakhstan is next.{MARK}", 2),
        (f"Cited before the stop {MARK}. Next.", 2),
        (f"It was his idea. {MARK} [[axios|Axios]] wrote of it. {MARK}", 2),
        (f"It was his idea. {MARK} [[the-hill]] wrote of it.", 2),
        ("It was his idea, *[[the-week|The Week]]* wrote. [[axios|Axios]] did not.", 2),
        ("It met in the U.S. [[senate|Senate]]. Then it left.", 2),
    ],
)
def test_sentences_end_where_readers_see_it(text: str, count: int) -> None:
    spans = list(sentence_spans(text))
    assert len(spans) == count, [text[start:end] for start, end in spans]
