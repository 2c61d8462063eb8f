"""HTML that is written out in full is read as the parser reads it; anything else is refused."""

from __future__ import annotations

import pytest

from generator.audit.reading import ElementReader, read_page
from generator.audit.statement import Wording
from generator.audit.strict import Refused, StrictReader, split_tags

WORDING = Wording(frozenset(), {})


def read(body: str) -> ElementReader:
    reader = ElementReader("a.html", WORDING, None)
    strict = StrictReader(reader, reader.start())
    pieces = split_tags(f'<article class="briefing" data-page="list">{body}</article>')
    if strict.feed(pieces) < len(pieces) - 1 or strict.depth:
        raise Refused
    reader.texts.finish()
    return reader


SOUND = [
    "<p>Two <b>words</b> &amp; more<br>12</p>",
    '<ul><li id="a" data-claim-ref="x#y">Words 5 <a data-cite="s" href="#q">1</a></li></ul>',
    "<dl><div><dt>Cost</dt><dd data-record>In 2029</dd></div><dt>b</dt><dd>c</dd></dl>",
    "<table>\n<thead><tr><th>A</th></tr></thead><tbody> <tr><td><p>7</p></td></tr></tbody></table>",
    '<section data-passage="s" id="q"><q data-exact>said so</q> paragraph 2</section>',
    '<h2 id="a"><a href="b/">Title 9</a></h2><img src="x.svg" alt="Nine 9"><hr>',
    '<figure data-generated><svg viewBox="0 0 9 9" role="img" aria-label="Map 4"><title>A 5</title><defs>'
    '<pattern id="p" patternUnits="u"><path d="M1 2"/></pattern></defs><a href="b/"><rect x="1"/>'
    '<text>Two<tspan x="3">words</tspan></text></a><g><circle r="1"></circle></g></svg></figure>',
    '<figure data-generated><svg viewBox="0 0 9 9"><g><rect x="1"/><text>Nine 9 &amp; more</text>'
    '<a href="b/?a&amp;b"><text>Two<tspan>words</tspan></text></a></g></svg>8</figure>',
    '<div data-generated><svg><a id="q" href="b/">5</a><text>5</text></svg></div>',
    '<ul data-generated>\n<li><a href="b/?a&amp;b">Two</a>: 9 &amp; more</li>\n<li>a</li></ul>',
    '<ul data-generated><li><a href="b/">5</a></li><li><b>9</b></li></ul>',
    '<ul data-claim-ref="x#y"><li>5 <a href="#q">1</a></li></ul>',
    '<p><svg><path/></svg> 5 <a href="x">y</a></p>',
    '<p><script src="a.js" defer></script>5</p>',
    "<details><summary>More</summary><blockquote><p>x</p></blockquote></details>",
]


@pytest.mark.parametrize("body", SOUND)
def test_read_as_the_parser_reads_it(body: str) -> None:
    page = read(body).page
    parsed = read_page(
        "a.html",
        f'<!doctype html><body><article class="briefing" data-page="list">{body}</article>',
        WORDING,
    )
    for name in ("layout", "ids", "claims", "passages", "quotes", "doubled"):
        assert getattr(page, name) == getattr(parsed, name), name
    assert set(page.links) == set(parsed.links)
    for name in ("records", "identities", "strays"):
        assert list(map(str, getattr(page, name))) == list(map(str, getattr(parsed, name))), name


@pytest.mark.parametrize(
    "body",
    [
        "<p>a<div>b</div></p>", "<p>a", "<p>a</div>", "<div><li>a</li></div>",
        "<ul><li>a<div><li>b</li></div></li></ul>", '<a href="x">a<b><a href="y">b</a></b></a>',
        "<b><p>a</b></p>", "<h2>a<h3>b</h3></h2>", "<table><tr><td>a</td></tr></table>",
        "<table>words<tbody></tbody></table>", "<tr><td>a</td></tr>", "<p>&copy; 5</p>",
        "<p>&ampere</p>", "<p>a < b</p>", "<!-- a --><p>b</p>", "<p class=a>b</p>", "<P>a</P>",
        '<p id="a" id="b">c</p>', "<script>1</script>", "<select><option>a</option></select>",
        "<svg><p>a</p></svg>", "<svg><a/></svg>",
        "<svg><title><text>a</text></title></svg>", "<path/>", "<title>a</title>", "<svg/>",
        "<svg><svg></svg></svg>", "<svg><li>a</li></svg>", "<svg><br></svg>", "<div/>", "<button>a<button>b</button></button>",
        "<form><p>a</p></form>", "<dd>a</dd>", "<nobr>a</nobr>", '<p title="a&notb">c</p>',
    ],
)  # fmt: skip
def test_refused(body: str) -> None:
    with pytest.raises(Refused):
        read(body)
