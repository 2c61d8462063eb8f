"""What stands around the articles: the same on all pages of a folder, but for a few words.

A page's head, header and foot are read by the parser once, with its title, description and
address taken out. Other pages that have the same to the letter are not parsed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.audit.page import PageReading
from generator.audit.reading import DECLARING, ElementReader
from generator.audit.statement import Wording
from generator.audit.strict import Refused, decode

_PROBE: Final = '<article class="briefing"><i></i>\ue000</article>'
_WORD, _ADDRESS = "\ue001", "\ue002"
_HOLES: Final = (
    ("<title>", "</title>", _WORD),
    ('<meta name="description" content="', '">', _WORD),
    ('<link rel="canonical" href="', '">', _ADDRESS),
    ('<meta property="og:title" content="', '">', _WORD),
    ('<meta property="og:description" content="', '">', _WORD),
    ('<meta property="og:url" content="', '">', _ADDRESS),
)
_CITED: Final = (
    ('<cite class="citation__title">', "</cite>", _WORD),
    ('<span class="citation__address">', "</span>", _ADDRESS),
)
"""In the citation below an article, which repeats what stands in the head."""
_ADDRESSED: Final = frozenset({("link", "href"), ("meta", "content")})
_AROUND: Final = frozenset({"html", "body", "div", "main", "section"})
_MOST = 400  # shells of a site; one with more has no shell to speak of


class Frame(NamedTuple):
    """A page's shell with its own words taken out, and the address taken out of it."""

    key: tuple[str, str]
    address: str | None


@dataclass(frozen=True, slots=True)
class Shell:
    """What a shell holds: ids, and addresses it links to or loads."""

    ids: frozenset[str]
    links: frozenset[str]


class Shells:
    """Every shell of a site, each parsed once.

    Args:
        wording: What names and claims the data files hold.
    """

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._known: dict[tuple[str, str], Shell | None] = {}

    def get(self, head: str, tail: str) -> tuple[Shell, str | None] | None:
        """The shell before and after an article, and the address that stands in it.

        None for one that has to be read with the page.
        """
        frame = _frame(head, tail)
        if frame is None:
            return None
        if frame.key not in self._known:
            if len(self._known) >= _MOST:
                return None
            self._known[frame.key] = self._read(*frame.key)
        shell = self._known[frame.key]
        return None if shell is None else (shell, frame.address)

    def _read(self, head: str, tail: str) -> Shell | None:
        parser = LexborHTMLParser(head + _PROBE + tail)
        if not _is_neutral(parser):
            return None
        reader = ElementReader("", self._wording, None)
        reader.walk(parser.root, reader.start())
        reader.texts.finish()
        page = reader.page
        if not _is_plain(page):
            return None
        return Shell(frozenset(page.ids), frozenset(page.links) - {_ADDRESS})


def _frame(head: str, tail: str) -> Frame | None:
    """Take out what differs from page to page; None where it is written in an unusual way."""
    try:
        parts, values = _cut(head, _HOLES)
        below, repeated = _cut(tail, _CITED)
    except Refused:
        return None
    address = values.get(_ADDRESS)
    if repeated.get(_ADDRESS, address) != address:
        return None
    rest = _without_topic(parts.pop(), values.get("<title>", ""))
    return Frame(("".join(parts) + rest, "".join(below)), address)


def _cut(text: str, holes: tuple[tuple[str, str, str], ...]) -> tuple[list[str], dict[str, str]]:
    """A text with a mark in the place of what stands in its holes; the title and the address.

    Raises:
        Refused: where something else than words stands in a hole.
    """
    parts: list[str] = []
    values: dict[str, str] = {}
    last = 0
    for first, (start, end, mark) in sorted((text.find(hole[0]), hole) for hole in holes):
        if first < last:
            continue
        at = first + len(start)
        to = text.find(end, at)
        value = text[at:to]
        if to < 0 or "<" in value or ">" in value or '"' in value or not value:
            raise Refused
        decoded = decode(value)
        if mark is _ADDRESS:
            values[_ADDRESS] = decoded
        elif start == "<title>":
            values[start] = value
        parts += [text[last:at], mark]
        last = to
    return [*parts, text[last:]], values


def _without_topic(head: str, title: str) -> str:
    """Take out the line of the header that repeats the page's name."""
    name = title.rpartition(" - ")[0] or title
    at = head.find(f" {name}\n") + 1
    if not name or not at or head[head.rfind("\n", 0, at) + 1 : at].strip():
        return head
    return f"{head[:at]}{_WORD}{head[at + len(name) :]}"


def _is_neutral(parser: LexborHTMLParser) -> bool:
    """Whether an article in the shell is read as if it stood alone, and marks are but words."""
    articles = [node for node in parser.css("article") if node.html == _PROBE]
    if len(articles) != 1:
        return False
    above = articles[0].parent
    while above is not None and above.tag in _AROUND:
        attributes = above.attributes
        if "briefing" in (attributes.get("class") or "").split() or DECLARING & set(attributes):
            return False
        above = above.parent
    if above is not None and above.tag != "-document":
        return False
    return all(map(_is_word, parser.css("*")))


def _is_word(node: LexborNode) -> bool:
    """Whether no attribute but those that were taken out holds a mark."""
    for name, value in node.attributes.items():
        if value and _WORD in value and (node.tag, name) != ("meta", "content"):
            return False
        if value and _ADDRESS in value and (node.tag, name) not in _ADDRESSED:
            return False
    return not (node.tag in ("script", "style") and _WORD in (node.html or ""))


def _is_plain(page: PageReading) -> bool:
    return not (
        page.claims or page.passages or page.cites or page.quotes or page.records
        or page.identities or page.strays or page.redirect or page.base is not None
        or page.doubled
    )  # fmt: skip
