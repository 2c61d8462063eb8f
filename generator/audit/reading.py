"""Reads one page: every element and text once, in document order, into a `PageReading`."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.audit.page import (
    Attributes,
    ClaimElement,
    Mark,
    PageReading,
    PassageElement,
    Quote,
    Reference,
)
from generator.audit.scope import DECLARED, Scope
from generator.audit.statement import Wording
from generator.audit.text import Texts

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
_LOADED: Final = ("href", "src", "xlink:href", "poster")
_CHROME: Final = frozenset({"header", "nav", "footer"})
_REFRESH: Final = re.compile(r"[\d.\s]*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)


def read_page(path: str, text: str, wording: Wording) -> PageReading:
    """Read a page.

    Args:
        path: Its file, relative to the site's folder.
        text: The whole file.
        wording: What names and claims the data files hold.
    """
    root = LexborHTMLParser(text).root
    reader = _Reader(path, wording)
    reader.walk(root, Scope())
    if not reader.page.judged and not reader.page.redirect and path != "404.html":
        # A page of another make: what it says in digits is prose all the same.
        reader = _Reader(path, wording, whole=True)
        reader.walk(root, Scope())
    reader.texts.finish()
    return reader.page


class _Reader:
    def __init__(self, path: str, wording: Wording, *, whole: bool = False) -> None:
        self.page = PageReading(path)
        self.texts = Texts(self.page, wording)
        self.whole = whole
        # Pages about the site itself explain it with examples; the error page is named by its number.
        self.has_prose = not path.startswith("about/") and path != "404.html"

    def walk(self, root: LexborNode | None, scope: Scope) -> None:
        """Go through a tree without recursion: pages may nest deeper than Python does."""
        node, above = root, list[tuple[LexborNode, Scope]]()
        while node is not None:
            tag, inner, child = node.tag or "-", scope, None
            if tag == "-text":
                self.texts.read_text(node.text_content or "", scope)
            elif tag[0] != "-":
                inner = self.enter(tag, node.attributes, scope)
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

    def enter(self, tag: str, attributes: Attributes, scope: Scope) -> Scope:
        """Note what an element is, and give the scope of what stands in it."""
        declares = False
        if attributes:
            self.texts.element += 1
            declares = any(name.startswith("data-") for name in attributes)
            self.note_names(tag, attributes)
            self.note_links(tag, attributes)
        opens = tag in ("article", "div") or (self.whole and tag in ("body", "main"))
        if not (declares or opens or (scope.region and tag in _SCOPED)):
            if attributes and scope.region:
                self.texts.read_spoken(attributes, scope)
            return scope
        inner = scope.inner()
        self.set_region(tag, attributes, inner)
        if declares:
            self.declare(attributes, inner)
        self.set_block(tag, inner)
        if tag in _QUOTES and inner.region:
            self.open_quote(attributes, inner)
        if attributes:
            for name in ("data-cite", "data-premise"):
                if name in attributes:
                    inner.is_aside = True
                    inner.is_pointer = inner.is_pointer and name != "data-cite"
                    self.refer(name, attributes, inner)
            if inner.claim is not None and attributes.get("href"):
                inner.claim.hrefs.append(attributes["href"] or "")
            if inner.region:
                self.texts.read_spoken(attributes, inner)
        return inner

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
        for name in _LOADED:
            # Where citations lead is looked at more closely elsewhere.
            if name in attributes and not (name == "href" and "data-cite" in attributes):
                links.setdefault(attributes[name] or "", self.mark(name, attributes))
        if "srcset" in attributes:
            for candidate in (attributes["srcset"] or "").split(","):
                if address := candidate.split():
                    links.setdefault(address[0], self.mark("srcset", attributes))
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
            elif tag == "article" and "md-content__inner" in classes and not scope.region:
                self.page.judged = True
                scope.region = "prose" if self.has_prose else ""
        elif self.whole and tag in ("body", "main") and not scope.region:
            scope.region = "prose" if self.has_prose else ""
        elif self.whole and tag in _CHROME and scope.region == "prose":
            scope.region = ""

    def declare(self, attributes: Attributes, scope: Scope) -> None:
        """Take note of what an element says it is."""
        for name in DECLARED:
            if name in attributes:
                scope.mode = name
                self.texts.begin_block(scope)
        if "data-passage" in attributes:
            anchor = attributes.get("id") or ""
            scope.passage = PassageElement(
                attributes["data-passage"] or "", anchor, self.mark("data-passage", attributes)
            )
            scope.mode, scope.claim = "passage", None
            self.page.passages.append(scope.passage)
        for name, repeated in (("data-claim-ref", True), ("data-claim", False)):
            if name in attributes:
                ref = attributes[name] or ""
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
        if tag in _BLOCKS:
            self.texts.begin_block(scope)
        if tag in _LABELS or (in_label and tag in _BLOCKS):
            self.texts.begin_label(scope)
        scope.is_pointer = scope.is_pointer or tag in _POINTERS
        scope.is_aside = scope.is_aside or tag in _ASIDES

    def open_quote(self, attributes: Attributes, scope: Scope) -> None:
        """Begin a quotation; one within another belongs to it unless it is declared."""
        declared = "data-exact" in attributes
        if scope.region != "briefing" or (scope.quote is not None and not declared):
            return
        scope.quote = Quote(declared)
        if declared and scope.passage is not None and scope.claim is None:
            scope.passage.exacts.append(scope.quote)
        else:
            self.page.quotes.append(scope.quote)

    def refer(self, name: str, attributes: Attributes, scope: Scope) -> None:
        """Note a citation or a premise."""
        reference = Reference(
            attributes[name] or "", attributes.get("href"), self.mark(name, attributes)
        )
        if scope.claim is None:
            if name == "data-cite":
                self.page.cites.append(reference)
        elif name == "data-cite":
            scope.claim.cites.append(reference)
        else:
            scope.claim.premises.append(reference)
