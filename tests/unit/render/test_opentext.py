"""The full text of an open source: every word of it, and each passage marked where it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.diagnostics import Sink
from generator.model.stage import Impact, Passage, Verified
from generator.render import opentext, render_site
from generator.render.address import passage_anchor
from generator.render.opentext import draw_text
from generator.verify.exhibit import Exhibit
from generator.verify.normalise import tokenise
from generator.verify.quotation import Match, verify_quotation
from generator.verify.witness import TextWitness
from tests.conftest import ProjectBuilder

PIER = """The council opened a new pier on Monday & said so.

“It was cheap”, said the mayor of
the town at last."""
GAZETTE = "sources/harbour-gazette-2019-05-03/"
REVIEW = "sources/northern-review-2019-06/"


def impact_of(text: str, *exacts: str) -> Impact:
    tokens = tokenise(text)
    exhibit = Exhibit(TextWitness(tokens), "text", None, tokens, text)
    passages = []
    for exact in exacts:
        found = verify_quotation(exact, exhibit.witness)
        assert isinstance(found, Match)
        places = exhibit.places(found.spans)
        passages.append(Passage("s", exact, found.spans, 1, 1, "text", places))
    passages.sort(key=lambda one: (one.spans, one.exact))
    return Impact((), (), tuple(passages), None, exhibit.paragraphs, exhibit.starts)


def drawn(text: str, *exacts: str) -> str:
    """What is drawn; a link is written `{1:words}`, by the number of its quotation."""
    html = str(draw_text(text, impact_of(text, *exacts)))
    for number, exact in enumerate(exacts, 1):
        html = html.replace(f'<a href="#{passage_anchor(exact)}">', f"{{{number}:")
    return html.replace("</a>", "}")


def test_paragraphs_are_numbered_as_quotations_count_them() -> None:
    assert drawn(PIER) == (
        '<li id="paragraph-1">The council opened a new pier on Monday &amp; said so.</li>\n'
        '<li id="paragraph-2">“It was cheap”, said the mayor of the town at last.</li>\n'
    )


@pytest.mark.parametrize(
    ("exacts", "words"),
    [
        (["opened a new pier"], "council <mark>{1:opened a new pier}</mark> on"),
        (["a new pier on Monday", "The council opened a new pier"],
         "<mark>{2:The council opened }{1:a new pier on Monday}</mark> &amp;"),
        (["The council opened a new pier on Monday", "opened a new pier"],
         "<mark>{1:The council }{2:opened a new pier}{1: on Monday}</mark> &amp;"),
        (["opened a new pier on Monday", "opened a new pier"],
         "council <mark>{2:opened a new pier}{1: on Monday}</mark>"),
        (["The council opened a new", "pier on Monday & said"],
         "<mark>{1:The council opened a new}</mark> <mark>{2:pier on Monday &amp; said}</mark> so."),
        (["The council opened a … said the mayor of the"],
         "<mark>{1:The council opened a}</mark> new"),
        (["Monday & said so. \"It was cheap"],
         'on <mark>{1:Monday &amp; said so.}</mark></li>\n<li id="paragraph-2"><mark>{1:“It was cheap}</mark>”, said'),
        (["said the mayor of the town"], "”, <mark>{1:said the mayor of the town}</mark> at"),
    ],
)  # fmt: skip
def test_quoted_words_are_marked(exacts: list[str], words: str) -> None:
    assert words in drawn(PIER, *exacts)


def test_both_parts_of_an_elided_passage_are_marked() -> None:
    found = drawn(PIER, "The council opened a … said the mayor of the")
    assert found.count("<mark>{1:") == 2
    assert "<mark>{1:said the mayor of the}</mark> town" in found


@given(
    st.text(
        st.characters(exclude_characters="\0", exclude_categories=["Cs"])
        | st.sampled_from("\n\r a.<&"),
        max_size=80,
    )
)
def test_no_word_is_lost_or_added(text: str) -> None:
    words = f"{text} four words stand here\n\n{text}"
    html = str(draw_text(words, impact_of(words, "four words stand here")))
    assert re.sub(r"<(?:/?(?:mark|a|li)|(?:a|li) [^<>]*)>", "", html).count("<") == 0
    shown = LexborHTMLParser(f"<ol>{html}</ol>").body
    assert shown is not None
    assert shown.text().split() == words.split()
    assert unescape(html).count("<mark>") >= 1


def page(verified: Verified, path: str) -> str:
    return next(one.html for one in render_site(verified, Sink()).pages if one.path == path)


def test_the_page_of_a_source(project: ProjectBuilder, monkeypatch: pytest.MonkeyPatch) -> None:
    verified = project.verified()
    html = page(verified, GAZETTE)
    assert (
        '<ol class="fulltext__paragraphs" data-text="harbour-gazette-2019-05-03" lang="en" dir="ltr">'
        in html
    )
    assert '<mark><a href="#q-' in html
    assert '<a href="#paragraph-2">Paragraph 2, sentence 1</a>' in html
    assert "Show the text" not in html
    monkeypatch.setattr("generator.render.source.FOLDED", 20)
    assert "<details><summary>Show the text</summary>\n<ol" in page(verified, GAZETTE)
    monkeypatch.setattr(opentext, "LONGEST", 20)
    assert "data-text" not in page(verified, GAZETTE)


def test_a_sealed_text_is_not_shown(project: ProjectBuilder) -> None:
    verified = project.verified()
    assert "data-text" not in page(verified, REVIEW)
    assert "its seal; the text itself is not republished" in page(verified, REVIEW)
    # Not even where its text is at hand.
    raw = verified.facts.raw.sources["northern-review-2019-06"]
    held = replace(raw, text=verified.facts.raw.sources["harbour-gazette-2019-05-03"].text)
    source = verified.facts.sources["northern-review-2019-06"]
    facts = replace(
        verified.facts,
        raw=replace(verified.facts.raw, sources={**verified.facts.raw.sources, held.id: held}),
    )
    assert opentext.open_text(facts, source) is None
