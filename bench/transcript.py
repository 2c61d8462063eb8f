"""Turns the articles of a built site into plain Markdown, word for word.

The text is neutral: what generators write differently stands between control characters, and
`bench.page` puts it into a generator's own form. Each paragraph is one line.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

ANCHOR: Final = re.compile("^(.*?)\x02([^\x03]+)\x03(.*)$", re.MULTILINE)
"""A line with an anchor: what stands before its text, the anchor's name, the text."""

LINK: Final = re.compile("\x1f([^\x1f]*)\x1f([^\x1e]*)\x1e")
"""The target of a link: key of a page, and an anchor on it or nothing."""

_LEFT_OUT: Final = frozenset({"svg", "script", "button", "form", "template"})
_BLOCKS: Final = frozenset(
    (
        "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt",
        "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "nav",
        "ol", "p", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
_MARKS: Final = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>&]")
_ENTITIES: Final = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
_LEAD: Final = re.compile(r"^(\d*)([-+#%:=~|.)])")  # could begin another kind of block
_DEEP: Final = "ol, ul, dl, p, blockquote"
_COUNTED: Final = 99
"""Items of a numbered list at most: what belongs to a longer number is indented further."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in neutral Markdown.

    Attributes:
        key: Its address from the root, with a stroke at its end only if it is a folder's index.
        title: As plain text.
        text: What follows the title.
    """

    key: str
    title: str
    text: str


def transcribe(html: str, address: str, keys: Mapping[str, str], anchors: Container[str]) -> Page:
    """Write the article of a page as Markdown.

    Drawings with their captions are left out, and so are controls. Links to files that are no
    pages become plain words.

    Args:
        html: The page.
        address: Its address from the root, with a stroke at its end unless it is empty.
        keys: Keys of all pages by their addresses.
        anchors: Those of this page that links lead to; others are left out.

    Raises:
        ValueError: when the page has no article.
    """
    tree = LexborHTMLParser(html)
    article = tree.css_first("article, main .briefing")
    if article is None:
        raise ValueError(f"`{address}` has no article")
    writer = _Writer(address, keys, anchors)
    text = "".join(f"{block}\n\n" for block in writer.blocks(article))
    # A page of the host may have its heading outside; then its name comes from its head.
    title = writer.title or (tree.css_first("title") or article).text().partition(" - ")[0].strip()
    return Page(keys[address], title, text)


class _Writer:
    """Writes one article.

    Attributes:
        title: Its title, once it has been met.
    """

    def __init__(self, address: str, keys: Mapping[str, str], anchors: Container[str]) -> None:
        self.title = ""
        self._address = address
        self._keys = keys
        self._anchors = anchors
        # What the next line of text is to have.
        self._number = ""
        self._waiting = ""

    def blocks(self, node: LexborNode) -> Iterator[str]:
        """What an element holds, block by block."""
        run: list[LexborNode] = []
        for child in node.iter(include_text=True):
            if child.tag in _BLOCKS:
                yield from self._paragraph(run)
                run = []
                yield from self._block(child)
            else:
                run.append(child)
        yield from self._paragraph(run)

    def _block(self, node: LexborNode) -> Iterator[str]:
        self._meet(node)
        match node.tag:
            case "h1":
                self.title = _SPACE.sub(" ", node.text()).strip()
            case "h2" | "h3" | "h4" | "h5" | "h6" as tag:
                yield f"{'#' * int(tag[1])} {self._anchored(self._inline(node))}"
            case "ul" | "ol":
                yield self._list(node)
            case "dl":
                yield _listed(self._definitions(node))
            case "table":
                yield from self._table(node)
            case "blockquote":
                yield "\n>\n".join(f"> {block}" for block in self.blocks(node))
            case "figure" if node.css_first("svg") is not None:
                pass
            case _:
                yield from self.blocks(node)

    def _meet(self, node: LexborNode) -> None:
        """Let an element's anchor wait for its first line of text."""
        if node.id and node.id in self._anchors:
            self._waiting = node.id

    def _anchored(self, words: str) -> str:
        """A line of text with the number and the anchor that wait for one."""
        words, self._number = f"{self._number}{words}", ""
        name, self._waiting = self._waiting, ""
        return f"\x02{name}\x03{words}" if name else words

    def _paragraph(self, nodes: Iterable[LexborNode]) -> Iterator[str]:
        words = self._words(nodes)
        if words:
            yield self._anchored(_LEAD.sub(_harmless, words))

    def _list(self, node: LexborNode) -> str:
        """A list; numbers that are not in step with the items become words of theirs."""
        items = [child for child in node.iter() if child.tag == "li"]
        numbers = [item.attributes.get("value") for item in items]
        written = []
        for item, number in zip(items, numbers, strict=True):
            self._number = f"{number}\\. " if number else ""
            written.append(list(self._block(item)))
        counted = node.tag == "ol" and not any(numbers) and len(items) <= _COUNTED
        return _listed(written, counted=counted)

    def _definitions(self, node: LexborNode) -> Iterator[list[str]]:
        """Each term in bold, with what is said of it."""
        item: list[str] = []
        for part in node.css("dt, dd"):
            if part.tag == "dt":
                if item:
                    yield item
                item = [f"**{self._inline(part)}**"]
            elif part.css_first(_DEEP) is None:
                item[-1] = f"{item[-1]} {self._inline(part)}"
            else:
                item += self.blocks(part)
        if item:
            yield item

    def _table(self, node: LexborNode) -> Iterator[str]:
        """A table; one whose cells hold more than words, as a list of its rows."""
        caption = node.css_first("caption")
        if caption is not None:
            yield from self._block(caption)
        head, *rows = (
            [cell for cell in row.iter() if cell.tag in ("th", "td")] for row in node.css("tr")
        )
        labels = [self._inline(cell) for cell in head]
        if any(cell.css_first(_DEEP) is not None for row in rows for cell in row):
            yield ", ".join(labels)
            yield _listed([self._row(row) for row in rows])
            return
        lines = [labels, ["---"] * len(head)]
        lines += ([self._inline(cell).replace("|", "\\|") for cell in row] for row in rows)
        yield "\n".join(f"| {' | '.join(cells)} |" for cells in lines)

    def _row(self, cells: list[LexborNode]) -> list[str]:
        """A row as blocks: a line of its short cells, then the others."""
        short = [self._inline(cell) for cell in cells if cell.css_first(_DEEP) is None]
        long = [cell for cell in cells if cell.css_first(_DEEP) is not None]
        return [", ".join(short), *(block for cell in long for block in self.blocks(cell))]

    def _inline(self, node: LexborNode) -> str:
        return self._words(node.iter(include_text=True))

    def _words(self, nodes: Iterable[LexborNode]) -> str:
        return _SPACE.sub(" ", "".join(self._pieces(nodes))).strip(" ")

    def _pieces(self, nodes: Iterable[LexborNode]) -> Iterator[str]:
        """Running text with its links, piece by piece; white space is as it was."""
        for node in nodes:
            match node.tag:
                case "-text":
                    yield escape(node.text_content or "")
                case "a":
                    yield self._link(node)
                case "q":
                    yield f"“{self._inline(node)}”"
                case "sup":
                    yield f" {self._inline(node)}"
                case "code":
                    yield f"`{node.text()}`"
                case "strong" | "b" | "em" | "i" as tag:
                    words = self._inline(node)
                    yield f"{_MARKS[tag]}{words}{_MARKS[tag]}" if words else ""
                case "br":
                    yield " "
                case "span":
                    words = "".join(self._pieces(node.iter(include_text=True)))
                    # A box of its own, whether or not white space parts it from the one before.
                    apart = words and node.prev is not None and node.prev.tag != "-text"
                    yield f" {words}" if apart else words
                case str(tag) if tag not in _LEFT_OUT and not tag.startswith("-"):
                    yield from self._pieces(node.iter(include_text=True))

    def _link(self, node: LexborNode) -> str:
        words = self._inline(node)
        target = node.attributes.get("href") or ""
        if not words or target.startswith(("http:", "https:")):
            return f"[{words}]({target})" if words else ""
        address, anchor = urldefrag(urljoin(f"/{self._address}", target))
        key = self._keys.get(address[1:])
        return words if key is None else f"[{words}](\x1f{key}\x1f{anchor}\x1e)"


def escape(text: str) -> str:
    """A text as Markdown that says the same anywhere but at the beginning of a line."""
    return _SPECIAL.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0]) or f"\\{match[0]}"


def _harmless(match: re.Match[str]) -> str:
    # Nobody takes the reference to a character for markup.
    return f"{match[1]}&#{ord(match[2])};"


def _listed(items: Iterable[list[str]], *, counted: bool = False) -> str:
    """A list, its items set apart unless each is one plain line."""
    written = [item for item in items if item]
    apart = any(len(item) > 1 or item[0][0] == "\x02" or "\n" in item[0] for item in written)
    lines = []
    for place, blocks in enumerate(written, start=1):
        mark = f"{place}." if counted else "-"
        text = "\n\n".join(blocks).replace("\n", "\n    ").replace("\n    \n", "\n\n")
        lines.append(f"{mark:<4}{text}")
    return ("\n\n" if apart else "\n").join(lines)
