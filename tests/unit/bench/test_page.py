"""The pages that other generators get: the words, links and anchors of our own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import pytest
from markdown import Markdown
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bench.page import Dialect, Pages, above, behind, below, copy_pages, write_pages
from bench.transcript import Page, transcribe
from generator import cli
from tests.conftest import write_corpus

SITE = "https://briefing.example/"
WORD = re.compile(r"\w+")
ANCHORS = re.compile(r"\s*\{#[^}]*\}$", re.MULTILINE)

Links = Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus, built."""
    with pytest.MonkeyPatch.context() as patch:
        project = write_corpus(20, tmp_path_factory.mktemp("model"), patch)
        patch.setattr(
            "sys.argv", ["briefing", "build", "--config-file", str(project / "mkdocs.yml")]
        )
        with pytest.raises(SystemExit) as stop:
            cli.main()
    assert stop.value.code == 0
    return project / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Its pages in neutral Markdown."""
    return copy_pages(site, site.parent / "pages.jsonl")


def article_of(html: str) -> LexborNode:
    """The article of a page."""
    article = LexborHTMLParser(html).css_first("article, main .briefing")
    assert article is not None
    return article


def words_of(html: str, *, ours: bool = False) -> Iterator[str]:
    """All words of an article, numbers of notes included."""
    yield from _words(article_of(html), ours=ours)


def _words(node: LexborNode, *, ours: bool) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield from WORD.findall(child.text_content or "")
        elif not (ours and child.tag in ("figure", "script", "form", "button")):
            if ours and child.tag == "li":
                yield from filter(None, [child.attributes.get("value")])
            yield from _words(child, ours=ours)


def links_of(html: str, address: str) -> Links:
    """Where the links of an article lead: addresses with anchors."""
    targets = (
        urldefrag(urljoin(f"{SITE}{address}", link.attributes["href"] or ""))
        for link in article_of(html).css("a[href]")
        if link.css_first("rect") is None
    )
    return Counter((target.url, target.fragment) for target in targets)


def our_page(site: Path, page: Page) -> tuple[str, str]:
    """Address and text of the page that a page was made of."""
    address = f"{page.key.rstrip('/')}/" if page.key else ""
    return address, (site / address / "index.html").read_text(encoding="utf-8")


def render_python(text: str) -> str:
    """A text as the MkDocs family renders it."""
    return Markdown(extensions=["toc", "tables", "attr_list"]).convert(text)


def render_commonmark(text: str) -> str:
    """A text by CommonMark, with tables; its anchors are words there."""
    html: str = MarkdownIt("commonmark").enable("table").render(ANCHORS.sub("", text))
    return html


@pytest.mark.parametrize("render", [render_python, render_commonmark])
def test_every_page_has_the_words_of_ours(
    site: Path, pages: Pages, render: Callable[[str], str]
) -> None:
    dialect = Dialect(head=lambda _title, _key: "")
    total = 0
    for page in pages:
        _, ours = our_page(site, page)
        expected = Counter(words_of(ours, ours=True))
        html = render(dialect.document(page))
        assert Counter(words_of(f"<article>{html}</article>")) == expected, page.key
        total += expected.total()
    assert total > 15_000


def test_every_page_has_the_links_of_ours_and_all_lead_somewhere(site: Path, pages: Pages) -> None:
    dialect = Dialect(to_files=False)
    anchors: set[tuple[str, str]] = set()
    targets: Links = Counter()
    addresses = {our_page(site, page)[0] for page in pages}
    for page in pages:
        address, ours = our_page(site, page)
        html = f"<article>{render_python(dialect.document(page))}</article>"
        theirs = links_of(html, address)
        known = {f"{SITE}{one}" for one in addresses}
        expected = Counter(
            {
                target: count
                for target, count in links_of(ours, address).items()
                if target[0] in known or not target[0].startswith(SITE)
            }
        )
        assert theirs == expected, page.key
        targets += theirs
        nodes = LexborHTMLParser(html).css("[id]")
        anchors |= {(f"{SITE}{address}", node.id or "") for node in nodes}
    assert len({target for target in targets if target[1]}) > 300
    assert [one for one in targets if one[1] and one not in anchors] == []


def test_every_page_is_there_but_for_tools(site: Path, pages: Pages) -> None:
    written = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert {page.key.rstrip("/") or "." for page in pages} == written - {"search", "my-briefing"}
    assert pages.count == len(written) - 2


def test_files_and_links_by_dialect(pages: Pages, tmp_path: Path) -> None:
    write_pages(pages, tmp_path, Dialect(index="_index.md"))
    assert (tmp_path / "_index.md").is_file()
    assert (tmp_path / "countries/_index.md").is_file()
    assert len(list(tmp_path.rglob("*.md"))) == pages.count
    page = Page(
        "a/b",
        "B",
        "[w](\x1fa/\x1f\x1e) [x](\x1fc/d\x1fe\x1e) [y](\x1fa/b\x1ff\x1e) [z](\x1f\x1f\x1e)",
    )
    filed = "[w](index.md) [x](../c/d.md#e) [y](#f) [z](../index.md)"
    assert Dialect().document(page) == f'---\ntitle: "B"\n---\n\n# B\n\n{filed}'
    placed = "[w](../) [x](../../c/d/#e) [y](#f) [z](../../)"
    assert Dialect(to_files=False, heading=False).document(page).endswith(f"---\n\n{placed}")


@pytest.mark.parametrize(
    ("anchored", "lines"),
    [
        (below, ["-   one", "    {#a}", "## H {#h}"]),
        (behind, ["-   one {#a}", "## H {#h}"]),
        (above, ["-   {#a}", "    one", "## H", "", "{#h}"]),
    ],
)
def test_anchors_by_dialect(anchored: Callable[[str, str, str], str], lines: list[str]) -> None:
    page = Page("a", "A", "-   \x02a\x03one\n## \x02h\x03H")
    text = Dialect(lambda _title, _key: "", heading=False, anchored=anchored).document(page)
    assert text.split("\n") == lines


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a *b* [c] &lt;d&gt; {e} &amp;</p>", r"a \*b\* \[c\] &lt;d&gt; \{e\} &amp;"),
        ("<p>1. May</p><p>- so</p><p># no</p>", "1&#46; May\n\n&#45; so\n\n&#35; no"),
        ("<p>a<sup>1</sup> <q>b</q> <b>c</b> <code>d_</code></p>", "a 1 “b” **c** `d_`"),
        ("<ul><li>a</li><li>b</li></ul>", "-   a\n-   b"),
        ("<ol><li>a<p>b</p></li><li>c</li></ol>", "1.  a\n\n    b\n\n2.  c"),
        ('<ol><li value="7">a</li></ol>', r"-   7\. a"),
        ("<dl><div><dt>a</dt><dd>b</dd></div></dl>", "-   **a** b"),
        ("<blockquote>a</blockquote>", "> a"),
        (
            "<table><caption>c</caption><tr><th>a</th></tr><tr><td>b|</td></tr></table>",
            "c\n\n| a |\n| --- |\n| b\\| |",
        ),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><th>c</th><td><p>d</p></td></tr></table>",
            "a, b\n\n-   c\n\n    d",
        ),
        ("<figure><svg></svg><figcaption>a</figcaption></figure><p>b</p>", "b"),
        ('<p id="x">a</p><p id="y">b</p>', "\x02x\x03a\n\nb"),
        ('<p><a href="../f.json">a</a> <a href="https://b.example/">c</a></p>',
         "a [c](https://b.example/)"),
    ],
)  # fmt: skip
def test_elements_as_markdown(html: str, text: str) -> None:
    page = transcribe(f"<article><h1>T</h1>{html}</article>", "", {"": ""}, {"x"})
    assert (page.title, page.text) == ("T", f"{text}\n\n")


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(ValueError, match="`a/` has no article"):
        transcribe("<p>a</p>", "a/", {}, set())
