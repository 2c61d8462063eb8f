import pytest

from generator.diagnostics import Sink
from generator.render.prose import report_prose, sanitise_prose
from generator.textfile import TextFile

CLEAN = (
    '<h2 id="one">One</h2><p>Words, <em>more</em> and <a href="https://x.example/">a link</a>.</p>'
    '<table><thead><tr><th style="text-align:right">n</th></tr></thead></table>'
)


def test_what_markdown_makes_is_left_alone() -> None:
    prose = sanitise_prose(CLEAN)
    assert prose.html.replace("<tbody></tbody>", "") == CLEAN
    assert prose.removed == ()


@pytest.mark.parametrize(
    ("html", "removed"),
    [
        ("<p>a</p><script>alert(1)</script>", ("<script>",)),
        ("<p onclick='x()'>a</p>", ("<p onclick>",)),
        ("<a href='javascript:x()'>a</a>", ("<a href>",)),
        ("<iframe src='https://x.example'></iframe>", ("<iframe src>", "<iframe>")),
        ("<p style='position:fixed'>a</p>", ("<p style>",)),
        ("<form><button>b</button></form>", ("<button>", "<form>")),
        ("<svg onload=x()></svg>", ("<svg onload>", "<svg>")),
    ],
)
def test_what_may_not_stand_in_a_page(html: str, removed: tuple[str, ...]) -> None:
    prose = sanitise_prose(html)
    assert prose.removed == removed
    assert not [
        word for word in ("script", "onclick", "onload", "iframe", "fixed") if word in prose.html
    ]


def test_what_was_taken_out_is_reported_at_its_place() -> None:
    source = TextFile("content/about/x.md", "# One\n\nText <b onclick='x()'>bold</b>.\n")
    sink = Sink()
    report_prose(sanitise_prose(source.text), source, sink)
    (finding,) = sink
    assert (finding.code, finding.message) == ("R503", "`<b onclick>` may not stand in a page")
    assert finding.span is not None
    assert finding.span.text == "<b onclick"


def test_what_an_extension_made_is_reported_for_the_page() -> None:
    sink = Sink()
    report_prose(sanitise_prose("<script>x</script>"), TextFile("content/x.md", "words"), sink)
    assert [(finding.path, finding.span) for finding in sink] == [("content/x.md", None)]
