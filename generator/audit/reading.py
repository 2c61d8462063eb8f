"""Reads one page: every element and text once, in document order, into a `PageReading`.

Words are judged by where they stand. Within a briefing article, what is in no claim, passage,
record, identity or generated element must be a label without figures; in the prose of the host's
Markdown pages, figures are out of place altogether.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.audit.page import (
    ClaimElement,
    Mark,
    PageReading,
    PassageElement,
    Quote,
    Reference,
    Stray,
)
from generator.audit.statement import (
    Wording,
    figures,
    has_digit,
    prose_figure,
    says_something,
)

Attributes = dict[str, str | None]

_SILENT: Final = frozenset({"script", "style", "template"})
_LABELS: Final = frozenset(
    [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dt",
        "th",
        "summary",
        "nav",
        "button",
        "label",
        "figcaption",
        "a",
        "caption",
        "legend",
        "option",
    ]
)
_QUOTES: Final = frozenset({"q", "blockquote"})
_BLOCKS: Final = frozenset(
    [
        "p",
        "dd",
        "td",
        "li",
        "div",
        "section",
        "article",
        "figure",
        "pre",
        "header",
        "footer",
        "aside",
        "details",
    ]
)
_SCOPED: Final = _LABELS | _QUOTES | _BLOCKS
# Within a claim these lead elsewhere or are controls; what they say is not said by the claim.
_POINTERS: Final = frozenset({"a", "button", "summary", "nav", "label"})
_DECLARED: Final = ("data-record", "data-identity", "data-generated")
_SPOKEN: Final = ("alt", "title", "aria-label", "aria-description")
_LOADED: Final = ("href", "src", "xlink:href", "poster")
_CHROME: Final = frozenset({"header", "nav", "footer"})
_REFRESH: Final = re.compile(r"[\d.\s]*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.IGNORECASE)


@dataclass(slots=True)
class _Block:
    """A label or a paragraph, whose words are judged together.

    Attributes:
        own: Its text without that of links and other labels.
        is_prose: Whether it is a label in the host's prose; `in_claim`: whether it is part of a
            claim.
        told: Whether a finding was made of it.
    """

    is_prose: bool = False
    in_claim: bool = False
    told: bool = False
    parts: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class _Scope:
    """What the elements around a text make of it.

    Attributes:
        region: `briefing`, `prose`, or empty outside of both.
        mode: `claim`, `passage`, one of `_DECLARED`, or empty.
        block: The paragraph or the like the text stands in.
        label: The heading, link or other label it stands in.
        is_pointer: Whether it stands in a link or a control.
    """

    region: str = ""
    mode: str = ""
    block: _Block = field(default_factory=_Block)
    claim: ClaimElement | None = None
    passage: PassageElement | None = None
    label: _Block | None = None
    quote: Quote | None = None
    is_pointer: bool = False

    def inner(self) -> _Scope:
        """A copy for an element within."""
        return _Scope(self.region, self.mode, self.block, self.claim, self.passage, self.label,
                      self.quote, self.is_pointer)  # fmt: skip


def read_page(path: str, text: str, wording: Wording) -> PageReading:
    """Read a page.

    Args:
        path: Its file, relative to the site's folder.
        text: The whole file.
        wording: What names and claims the data files hold.
    """
    root = LexborHTMLParser(text).root
    reader = _Reader(path, wording)
    reader.walk(root, _Scope())
    if not reader.page.judged and not reader.page.redirect and path != "404.html":
        # A page of another make: what it says in digits is prose all the same.
        reader = _Reader(path, wording, whole=True)
        reader.walk(root, _Scope())
    return reader.finish()


class _Reader:
    def __init__(self, path: str, wording: Wording, *, whole: bool = False) -> None:
        self.page = PageReading(path)
        self.wording = wording
        self.whole = whole
        # Pages about the site itself explain it with examples; the error page is named by its number.
        self.has_prose = not path.startswith("about/") and path != "404.html"
        self.element = -1
        self.labels: list[_Block] = []
        self.generated: list[_Block] = []

    def walk(self, root: LexborNode | None, scope: _Scope) -> None:
        """Go through a tree without recursion: pages may nest deeper than Python does."""
        node, above = root, list[tuple[LexborNode, _Scope]]()
        while node is not None:
            tag, inner, child = node.tag or "-", scope, None
            if tag == "-text":
                self.read_text(node.text_content or "", scope)
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

    def enter(self, tag: str, attributes: Attributes, scope: _Scope) -> _Scope:
        """Note what an element is, and give the scope of what stands in it."""
        declares = False
        if attributes:
            self.element += 1
            declares = any(name.startswith("data-") for name in attributes)
            self.note_names(tag, attributes)
            self.note_links(tag, attributes, scope)
        opens = tag in ("article", "div") or (self.whole and tag in ("body", "main"))
        if not (declares or opens or (scope.region and tag in _SCOPED)):
            if attributes and scope.region:
                self.read_spoken(attributes, scope)
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
                    self.refer(name, attributes, inner)
            if inner.claim is not None and attributes.get("href"):
                inner.claim.hrefs.append(attributes["href"] or "")
            if inner.region:
                self.read_spoken(attributes, inner)
        return inner

    def mark(self, attribute: str, attributes: Attributes) -> Mark:
        """The place of an attribute of the element just entered."""
        return Mark(self.element, attribute, attributes.get(attribute) or "")

    def note_names(self, tag: str, attributes: Attributes) -> None:
        """Note an id, and the name of an anchor of the old kind."""
        page = self.page
        anchor = attributes.get("id")
        if anchor:
            (page.doubled if anchor in page.ids else page.ids).add(anchor)
        if tag == "a" and attributes.get("name"):
            page.ids.add(attributes["name"] or "")

    def note_links(self, tag: str, attributes: Attributes, scope: _Scope) -> None:
        """Note every address the element links to or loads."""
        links = self.page.links
        if tag == "base" and "href" in attributes:
            self.page.base = self.mark("href", attributes)
            return
        pursued = "data-cite" in attributes or "data-premise" in attributes
        for name in _LOADED:
            # Where citations and premises lead is looked at more closely elsewhere.
            if name in attributes and not (pursued and name == "href"):
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

    def set_region(self, tag: str, attributes: Attributes, scope: _Scope) -> None:
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

    def declare(self, attributes: Attributes, scope: _Scope) -> None:
        """Take note of what an element says it is."""
        for name in _DECLARED:
            if name in attributes:
                scope.mode = name
                self.begin_block(scope)
        if "data-passage" in attributes:
            anchor = attributes.get("id") or ""
            scope.passage = PassageElement(
                attributes["data-passage"] or "", anchor, self.mark("data-passage", attributes)
            )
            scope.mode = "passage"
            self.page.passages.append(scope.passage)
        for name, repeated in (("data-claim-ref", True), ("data-claim", False)):
            if name in attributes:
                ref = attributes[name] or ""
                anchor = attributes.get("id") or ""
                scope.claim = ClaimElement(
                    ref, repeated, anchor, self.mark(name, attributes), scope.passage
                )
                scope.mode, scope.label, scope.quote, scope.is_pointer = "claim", None, None, False
                self.page.claims.append(scope.claim)

    def set_block(self, tag: str, scope: _Scope) -> None:
        """Begin a paragraph or a label."""
        in_label = scope.label is not None
        if tag in _BLOCKS:
            self.begin_block(scope)
        if tag in _LABELS or (in_label and tag in _BLOCKS):
            scope.label = _Block(scope.region == "prose")
            if scope.region and not scope.mode:
                self.labels.append(scope.label)
        scope.is_pointer = scope.is_pointer or tag in _POINTERS

    def begin_block(self, scope: _Scope) -> None:
        """Begin a paragraph; one of generated text is judged when it is complete."""
        scope.block = _Block(in_claim=scope.claim is not None)
        if scope.mode == "data-generated":
            self.generated.append(scope.block)

    def open_quote(self, attributes: Attributes, scope: _Scope) -> None:
        """Begin a quotation; one within another belongs to it unless it is declared."""
        declared = "data-exact" in attributes
        if scope.region != "briefing" or (scope.quote is not None and not declared):
            return
        scope.quote = Quote(declared)
        if declared and scope.passage is not None:
            scope.passage.exacts.append(scope.quote)
        else:
            self.page.quotes.append(scope.quote)

    def refer(self, name: str, attributes: Attributes, scope: _Scope) -> None:
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

    def read_spoken(self, attributes: Attributes, scope: _Scope) -> None:
        """Attributes that readers see or hear are labels too."""
        if scope.mode:
            return
        for name in _SPOKEN:
            value = attributes.get(name)
            if value and has_digit(value) and not self.wording.is_name(value):
                self.add_stray(
                    f"the attribute `{name}` gives a figure", self.mark(name, attributes)
                )

    def read_text(self, text: str, scope: _Scope) -> None:
        """Take a text to where its words are judged."""
        if scope.quote is not None:
            scope.quote.parts.append(text)
            if scope.quote.mark is None and text.strip():
                scope.quote.mark = Mark(self.element, "", text)
        if scope.claim is not None:
            scope.claim.parts.append(text)
        if not scope.region or not text or text.isspace():
            return
        mode = scope.mode
        if mode == "data-generated":
            self.read_block(text, scope)
        elif mode == "claim" or (mode in _DECLARED and scope.claim is not None):
            # Links and labels name other things; quotations are checked word by word.
            if scope.claim and not scope.is_pointer and scope.quote is None and has_digit(text):
                scope.claim.figures.append(Mark(self.element, "", text))
        elif mode == "data-record":
            if has_digit(text):
                self.page.records.append(Mark(self.element, "", text))
        elif mode == "data-identity":
            if has_digit(text):
                self.page.identities.append(Mark(self.element, "", text))
        elif not mode:
            self.read_bare(text, scope)

    def read_block(self, text: str, scope: _Scope) -> None:
        """Generated text is judged by the paragraph."""
        block = scope.block
        block.parts.append(text)
        if scope.label is None:
            block.own.append(text)
        block.marks.append(Mark(self.element, "", text))

    def read_bare(self, text: str, scope: _Scope) -> None:
        """Text that no element around it accounts for."""
        if scope.label is not None:
            scope.label.parts.append(text)
            scope.label.marks.append(Mark(self.element, "", text))
        elif scope.region == "prose":
            self.read_prose(Mark(self.element, "", text))
        elif says_something(text) and not scope.block.told:
            # One finding a paragraph, however many words in it are emphasised.
            scope.block.told = True
            self.add_stray("text stands outside of claims", Mark(self.element, "", text))

    def read_prose(self, mark: Mark) -> None:
        """Prose of the host's pages must not state figures."""
        figure = prose_figure(mark.value)
        if figure and not self.wording.is_name(mark.value):
            message = f"the prose gives the figure `{figure}` without a citation"
            self.add_stray(message, mark._replace(part=figure))

    def add_stray(self, message: str, mark: Mark) -> None:
        """Record words at fault."""
        self.page.strays.append(Stray(message, mark))

    def finish(self) -> PageReading:
        """Judge what can only be judged as a whole."""
        for label in self.labels:
            self.judge_label(label)
        for block in self.generated:
            own = "".join(block.own)
            fault = self.wording.generated_fault(
                own if block.in_claim else "".join(block.parts), own
            )
            if block.marks and fault:
                self.add_stray(fault, block.marks[0])
        return self.page

    def judge_label(self, label: _Block) -> None:
        """A label holds no figure, except in a name, and no claim."""
        whole = "".join(label.parts)
        if not whole or self.wording.is_name(whole):
            return
        if fault := self.wording.label_fault(whole):
            self.add_stray(fault, label.marks[0])
            return
        for mark in label.marks:
            if self.wording.is_name(mark.value):
                continue
            if label.is_prose:
                self.read_prose(mark)
            elif has_digit(mark.value):
                number = figures(mark.value)
                part = number[0][1] if number else ""
                self.add_stray("a label gives a figure outside of claims", mark._replace(part=part))
