"""Prose pages lose what could do harm, and say so (R503)."""

from __future__ import annotations

import pytest

from generator.diagnostics import Sink
from generator.render.prose import report_prose, sanitise_prose
from generator.textfile import TextFile


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">A<a class="headerlink" href="#a" title="Link">¶</a></h2>\n',
        '<p>See <a href="../method/">how</a> and <a href="mailto:a@example.org">write</a>.</p>',
        '<div class="footnote"><ol><li id="fn:1"><p>Note</p></li></ol></div>',
        "<pre><code>claims:\n  a: 1\n</code></pre>",
    ],
)
def test_what_markdown_makes_stays(html: str) -> None:
    prose = sanitise_prose(html)
    assert (prose.html, prose.removed) == (html, ())


def test_aligned_columns_stay() -> None:
    html = '<table><tbody><tr><td style="text-align: right;">1</td></tr></tbody></table>'
    assert sanitise_prose(html).removed == ()


@pytest.mark.parametrize(
    ("html", "removed"),
    [
        ("<p>a</p><script>alert(1)</script>", "<script>"),
        ('<p onclick="x()">a</p>', "<p onclick>"),
        ('<a href="javascript:x()">a</a>', "<a href>"),
        ('<iframe src="https://example.org"></iframe>', "<iframe>"),
        ('<p style="display:none">a</p>', "<p style>"),
        ('<img src="data:text/html,x" alt="">', "<img src>"),
        ("<form><button>a</button></form>", "<form>"),
    ],
)
def test_what_could_do_harm_goes(html: str, removed: str) -> None:
    prose = sanitise_prose(html)
    assert removed in prose.removed
    assert sanitise_prose(prose.html).removed == ()


def test_a_finding_shows_the_place() -> None:
    source = TextFile("content/about/a.md", 'Text.\n\n<p onclick="x()">a</p>\n')
    sink = Sink()
    report_prose(sanitise_prose('<p>Text.</p><p onclick="x()">a</p>'), source, sink)
    [finding] = sink.sorted()
    assert finding.code == "R503"
    assert finding.message == "`<p onclick>` may not stand in a page"
    assert finding.span is not None
    assert finding.span.text == "<p onclick"


def test_no_place_is_invented() -> None:
    sink = Sink()
    report_prose(sanitise_prose("<script></script>"), TextFile("content/about/a.md", "x"), sink)
    assert [(finding.code, finding.span) for finding in sink] == [("R503", None)]
