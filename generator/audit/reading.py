"""Reads one page: every element and text once, in document order, into a `PageReading`."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.audit.page import (
    Attributes,
    ClaimElement,
    FormerElement,
    Mark,
    NoteElement,
    PageReading,
    PassageElement,
    Quote,
    Reference,
    TextElement,
)
from generator.audit.scope import DECLARED, Scope
from generator.audit.statement import Wording
from generator.audit.stretch import Stretches
from generator.audit.text import SPOKEN, Texts

_SILENT: Final = frozenset({"script", "style", "template"})
_LABELS: Final = frozenset(
    ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "summary", "nav", "button", "label", "a",
     "figcaption", "caption", "legend", "option")
)  # fmt: skip
_QUOTES: Final = frozenset({"q", "blockquote"})
_BLOCKS: Final = frozenset(
    ("p", "dd", "td", "li", "div", "section", "article", "figure", "pre", "header", "footer",
     "aside", "details")
)  # fmt: skip
_SCOPED: Final = _LABELS | _QUOTES | _BLOCKS
# Within a claim these lead elsewhere; what they say is not said by the claim.
_POINTERS: Final = frozenset({"a", "nav"})
# These are about the claim, and do not make it: a control, a label of a table or fact box, the
# number of a note.
_ASIDES: Final = frozenset({"button", "dt", "th", "sup"})
_LOADED: Final = ("src", "xlink:href", "poster")
_LOADING: Final = frozenset({"srcset", "data", "http-equiv", *_LOADED})
_CHROME: Final = frozenset({"header", "nav", "footer"})
_REGIONS: Final = frozenset({"article", "div"})
_NAMED: Final = frozenset({"id", "name", "href"}) | _LOADING
"""Attributes of elements that others may lead to, or that lead to others."""
_REFERENCES: Final = ("data-cite", "data-premise")
_CLAIMING: Final = ("data-claim-ref", "data-claim")
_FORMER: Final = ("data-former", "data-part", "data-since")
_KINDS: Final = frozenset(DECLARED)
_SAID: Final = ("data-sentence", "data-framing")  # judged by `briefing.py`, on its pages alone
DECLARING: Final = _KINDS.union(
    _CLAIMING, _REFERENCES, ["data-passage", "data-former", "data-text", "data-note"]
)
WATCHED: Final = _NAMED | DECLARING | frozenset(SPOKEN)
_HEARD: Final = ("", "text")  # where what is read out besides the text has to be a label
_SETTLED: Final = _LABELS | _QUOTES | {"article"}
_REFRESH: Final = re.compile(r"[\d.\s]*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)


def read_page(
    path: str, text: str, wording: Wording, stretches: Stretches | None = None
) -> PageReading:
    """Read a page.

    Args:
        path: Its file, relative to the site's folder.
        text: The whole file.
        wording: What names and claims the data files hold.
        stretches: Repeated claims read before; None to read every claim of the page itself.
    """
    root = LexborHTMLParser(text).root
    reader = ElementReader(path, wording, stretches)
    reader.walk(root, reader.start())
    if not reader.page.judged and not reader.page.redirect and path != "404.html":
        # A page of another make: what it says in digits is prose all the same.
        reader = ElementReader(path, wording, stretches, whole=True)
        reader.walk(root, reader.start())
    reader.texts.finish()
    return reader.page


class ElementReader:
    """Takes a page element by element, whoever parses it, and notes what each is."""

    def __init__(
        self, path: str, wording: Wording, stretches: Stretches | None, *, whole: bool = False
    ) -> None:
        self.page = PageReading(path)
        self.texts = Texts(self.page, wording)
        self.stretches = stretches
        self.whole = whole
        # Pages about the site itself explain it with examples; the error page is named by its number.
        self.has_prose = not path.startswith("about/") and path != "404.html"

    def start(self) -> Scope:
        """The scope of a whole page."""
        scope = Scope()
        scope.heeds = self.heeded(scope)
        return scope

    def walk(self, root: LexborNode | None, scope: Scope) -> None:
        """Go through siblings and all below without recursion: pages may nest deeper than Python."""
        node, above = root, list[tuple[LexborNode, Scope]]()
        texts, enter = self.texts, self.enter
        while node is not None:
            tag, child = node.tag or "-", None
            if tag == "-text":
                if scope.region or scope.claim is not None:
                    texts.read_text(node.text_content or "", scope)
            elif tag[0] != "-":
                attributes, inner = node.attributes, scope
                if "data-claim-ref" in attributes and self.skip(node, tag, attributes, scope):
                    pass
                else:
                    if attributes:
                        texts.element += 1
                    if tag in scope.heeds or not WATCHED.isdisjoint(attributes):
                        inner = enter(tag, attributes, scope)
                    child = None if tag in _SILENT else node.first_child
            if child is not None:
                above.append((node, scope))
                node, scope = child, inner
                continue
            following = node.next
            while following is None and above:
                node, scope = above.pop()
                following = node.next
            node = following

    def skip(self, node: LexborNode, tag: str, attributes: Attributes, scope: Scope) -> bool:
        """Whether a repeated claim has been read before, and need not be read again."""
        is_bare = scope.region == "briefing" and not scope.mode and scope.label is None
        if self.stretches is None or not is_bare or scope.quote is not None:
            return False

        def read() -> tuple[PageReading, int]:
            alone = ElementReader("", self.texts.wording, None)
            alone.texts.element = 0
            inner = alone.enter(tag, attributes, Scope("briefing"))
            alone.walk(node.first_child, inner)
            alone.texts.finish()
            return alone.page, alone.texts.element + 1

        stretch = self.stretches.get(node.html or "", read)
        if stretch is None:
            return False
        self.page.stretches.append(stretch)
        self.texts.element += stretch.elements
        return True

    def enter(self, tag: str, attributes: Attributes, scope: Scope) -> Scope:
        """Note what an element is, and give the scope of what stands in it."""
        declares = False
        if attributes:
            if not _NAMED.isdisjoint(attributes):
                self.note_names(tag, attributes)
                self.note_links(tag, attributes)
            declares = not DECLARING.isdisjoint(attributes)
        if tag == "a" and scope.heeds is _SETTLED and not declares:
            return self.enter_link(attributes, scope)
        bounds = tag in _REGIONS or self.whole
        if not (declares or bounds or (scope.region and tag in _SCOPED)):
            if attributes and scope.region and scope.mode in _HEARD:
                self.texts.read_spoken(attributes)
            return scope
        inner = scope.inner()
        if bounds:
            self.set_region(tag, attributes, inner)
        if declares:
            self.declare(attributes, inner)
        if inner.mode != scope.mode or inner.region != scope.region:
            inner.heeds = self.heeded(inner)
        self.set_block(tag, inner)
        if tag in _QUOTES and inner.region:
            self.open_quote(attributes, inner)
        if attributes:
            if declares:
                self.refer(attributes, inner)
            note_href(attributes, inner)
            if inner.region and inner.mode in _HEARD:
                self.texts.read_spoken(attributes)
        return inner

    def enter_link(self, attributes: Attributes, scope: Scope) -> Scope:
        """Enter what is most common by far: a plain link in a claim, a passage or a record."""
        inner = scope.pointer
        if inner is None:
            inner = scope.pointer = scope.inner()
            self.set_block("a", inner)
        note_href(attributes, inner)
        return inner

    def heeded(self, scope: Scope) -> frozenset[str]:
        """Tags of the elements in a scope that have to be entered even without attributes."""
        if self.whole:
            return _SCOPED | _REGIONS | _CHROME | {"body", "main"}
        if not scope.region:
            return _REGIONS
        # Paragraphs matter to bare and to generated text only.
        is_settled = scope.region == "briefing" and scope.mode not in ("", "data-generated")
        return _SETTLED if is_settled else _SCOPED | _REGIONS

    def mark(self, attribute: str, attributes: Attributes) -> Mark:
        """The place of an attribute of the element just entered."""
        return Mark(self.texts.element, attribute, attributes.get(attribute) or "")

    def note_names(self, tag: str, attributes: Attributes) -> None:
        """Note an id, and the name of an anchor of the old kind."""
        page = self.page
        anchor = attributes.get("id")
        if anchor:
            (page.doubled if anchor in page.ids else page.ids).add(anchor)
        if tag == "a" and attributes.get("name"):
            page.ids.add(attributes["name"] or "")

    def note_links(self, tag: str, attributes: Attributes) -> None:
        """Note every address the element links to or loads."""
        links = self.page.links
        if tag == "base" and "href" in attributes:
            self.page.base = self.mark("href", attributes)
            return
        # Where citations lead is looked at more closely elsewhere.
        if "href" in attributes and "data-cite" not in attributes:
            address = attributes["href"] or ""
            if address not in links:
                links[address] = self.mark("href", attributes)
        if not _LOADING.isdisjoint(attributes):
            self.note_loads(tag, attributes)

    def note_loads(self, tag: str, attributes: Attributes) -> None:
        """Note what the element loads, or where it sends the reader."""
        links = self.page.links
        for name in _LOADED:
            if name in attributes:
                links.setdefault(attributes[name] or "", self.mark(name, attributes))
        if "srcset" in attributes:
            for candidate in (attributes["srcset"] or "").split(","):
                if words := candidate.split():
                    links.setdefault(words[0], self.mark("srcset", attributes))
        if tag == "object" and "data" in attributes:
            links.setdefault(attributes["data"] or "", self.mark("data", attributes))
        if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
            self.page.redirect = True
            if found := _REFRESH.match(attributes.get("content") or ""):
                links.setdefault(found[1].strip(), self.mark("content", attributes))

    def set_region(self, tag: str, attributes: Attributes, scope: Scope) -> None:
        """Open or close a briefing or prose region."""
        if tag in ("article", "div"):
            classes = (attributes.get("class") or "").split()
            if "briefing" in classes:
                scope.region = "briefing"
                self.page.judged = True
                if self.page.layout is None and tag == "article":
                    self.page.layout = attributes.get("data-page") or ""
            elif tag == "article" and "prose" in classes and not scope.region:
                self.page.judged = True
                scope.region = "prose" if self.has_prose else ""
        elif self.whole and tag in ("body", "main") and not scope.region:
            scope.region = "prose" if self.has_prose else ""
        elif self.whole and tag in _CHROME and scope.region == "prose":
            scope.region = ""

    def declare(self, attributes: Attributes, scope: Scope) -> None:
        """Take note of what an element says it is."""
        if not _KINDS.isdisjoint(attributes):
            for name in DECLARED:
                if name in attributes:
                    scope.mode = name
                    if name in _SAID and self.page.layout != "briefing":
                        self.texts.add_stray(
                            "a sentence stands outside of a briefing", self.mark(name, attributes)
                        )
                    self.texts.begin_block(scope)
        if "data-passage" in attributes:
            anchor = attributes.get("id") or ""
            scope.passage = PassageElement(
                attributes["data-passage"] or "", anchor, self.mark("data-passage", attributes)
            )
            scope.mode, scope.claim = "passage", None
            self.page.passages.append(scope.passage)
        if "data-former" in attributes:
            key, part, since = (attributes.get(name) or "" for name in _FORMER)
            scope.former = FormerElement(key, part, since, self.mark("data-former", attributes))
            scope.mode, scope.claim, scope.passage = "former", None, None
            self.page.formers.append(scope.former)
        if "data-note" in attributes:
            number, anchor = attributes.get("value") or "", attributes.get("id") or ""
            scope.note = NoteElement(number, anchor, self.mark("data-note", attributes))
            self.page.notes.append(scope.note)
        if "data-text" in attributes:
            mark = self.mark("data-text", attributes)
            scope.whole = TextElement(mark.value, mark)
            scope.mode, scope.claim, scope.passage = "text", None, None
            self.page.wholes.append(scope.whole)
        for name in _CLAIMING:
            if name in attributes:
                ref, repeated = attributes[name] or "", name == "data-claim-ref"
                anchor = attributes.get("id") or ""
                scope.claim = ClaimElement(
                    ref, repeated, anchor, self.mark(name, attributes), scope.passage
                )
                scope.mode, scope.label, scope.quote = "claim", None, None
                scope.is_pointer = scope.is_aside = False
                self.page.claims.append(scope.claim)

    def set_block(self, tag: str, scope: Scope) -> None:
        """Begin a paragraph or a label."""
        in_label = scope.label is not None
        is_block = tag in _BLOCKS
        if is_block:
            self.texts.begin_block(scope)
        if tag in _LABELS or (in_label and is_block):
            self.texts.begin_label(scope)
        if tag in _POINTERS:
            scope.is_pointer = True
        if tag in _ASIDES:
            scope.is_aside = True

    def open_quote(self, attributes: Attributes, scope: Scope) -> None:
        """Begin a quotation; one within another belongs to it unless it is declared.

        What a briefing quotes itself is no claim's: `briefing.py` judges it.
        """
        declared = "data-exact" in attributes
        if scope.region != "briefing" or (scope.quote is not None and not declared):
            return
        scope.quote = Quote(declared)
        if declared and scope.passage is not None and scope.claim is None:
            scope.passage.exacts.append(scope.quote)
        elif self.page.layout != "briefing" or scope.claim is not None:
            self.page.quotes.append(scope.quote)
            if scope.note is not None:
                scope.note.quotes.append(scope.quote)

    def refer(self, attributes: Attributes, scope: Scope) -> None:
        """Note a citation or a premise."""
        claim = scope.claim
        for name in _REFERENCES:
            if name not in attributes:
                continue
            scope.is_aside = True
            reference = Reference(
                attributes[name] or "", attributes.get("href"), self.mark(name, attributes), []
            )
            if name == "data-cite":
                scope.cite = reference
                scope.is_pointer = False
                (self.page.cites if claim is None else claim.cites).append(reference)
            elif claim is not None:
                claim.premises.append(reference)


def note_href(attributes: Attributes, scope: Scope) -> None:
    """Note a link of the claim or the note that it stands in."""
    href = attributes.get("href")
    if href and scope.claim is not None:
        scope.claim.hrefs.append(href)
    if href and scope.note is not None:
        scope.note.hrefs.append(href)
