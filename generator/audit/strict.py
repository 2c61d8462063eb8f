"""Reads HTML that is written out in full, without a parser's guesses.

What the templates write is plain: lower-case tags, quoted values, every element closed where it
ends, nothing nested that HTML does not nest. Of such a text a parser makes the very tree that its
tags spell out (HTML Living Standard, section 13.2.6), wherever it stands. Whatever is written in
any other way is refused here, and left to the parser.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from generator.audit.drawing import Drawing, read_drawing, read_list, read_whole
from generator.audit.page import Attributes, Mark
from generator.audit.reading import WATCHED, ElementReader
from generator.audit.scope import Block, Scope

if TYPE_CHECKING:
    from generator.audit.course import Step

_TAGS = re.compile(r"(<[^>]*>)")
_TAG = re.compile(
    r"<(/?)([a-z][a-z0-9]*)((?:[ \n\t]+[a-z][a-zA-Z0-9:_-]*(?:=\"[^\"]*\")?)*)[ \n\t]*(/?)>"
)
_ATTRIBUTE = re.compile(r"[ \n\t]+([a-z][a-zA-Z0-9:_-]*)(?:=\"([^\"]*)\")?")
_REFERENCES = re.compile(r"(?:[^&]|&(?:amp|lt|gt|quot|#34|#39);)*\Z")

_VOID: Final = frozenset({"br", "hr", "img", "wbr"})
_DRAWN: Final = frozenset(
    ("circle", "defs", "desc", "g", "line", "path", "pattern", "rect", "text", "title", "tspan")
)  # fmt: skip
"""Elements of a drawing, which stand within `svg` alone and may be closed where they begin."""
_WORDED: Final = frozenset({"desc", "title"})  # of a drawing: a parser reads HTML in them
_INLINE: Final = frozenset(
    ("svg", "script", "a", "abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "del", "dfn", "em", "i", "img",
     "ins", "kbd", "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u",
     "var", "br", "wbr")
)  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = _HEADINGS | frozenset(
    ("address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption",
     "figure", "footer", "header", "hr", "li", "main", "nav", "ol", "p", "section", "summary",
     "table", "ul")
)  # fmt: skip
_TABLE: Final = {
    "table": frozenset({"caption", "thead", "tbody", "tfoot"}),
    "thead": frozenset({"tr"}), "tbody": frozenset({"tr"}), "tfoot": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
}  # fmt: skip
_WITHIN_TABLE: Final = frozenset({"caption", "thead", "tbody", "tfoot", "tr", "td", "th"})
_ALONE: Final = {
    "a": 1,
    "button": 2,
    "p": 4,
    "label": 8,
    **dict.fromkeys(_HEADINGS, 16),
    "table": 32,
    "svg": 64,
}
"""Elements that must not stand within one of their kind, at whatever depth, as bits."""
_PARAGRAPH: Final = _ALONE["p"]
_DRAWING: Final = _ALONE["svg"]
_SPACE: Final = " \n\t"
_MANY_TAGS = 20_000


class Refused(Exception):
    """The text is not written out in full."""


class Tag(NamedTuple):
    """A tag as written; `attributes` with character references decoded.

    Attributes:
        is_whole: Whether it closes the element that it begins.
    """

    name: str
    closes: bool
    attributes: Attributes
    is_whole: bool = False

    @property
    def opens(self) -> bool:
        """Whether it begins an element that has to be closed."""
        return not (self.closes or self.is_whole or self.name in _VOID)


_known: dict[str, Tag] = {}


def split_tags(text: str) -> list[str]:
    """Texts and tags in turn, beginning and ending with a text, which may be empty."""
    return _TAGS.split(text)


def parse_tag(written: str) -> Tag:
    """Take a tag apart.

    Raises:
        Refused: when it is not plainly written.
    """
    tag = _known.get(written)
    if tag is None:
        if len(_known) >= _MANY_TAGS:
            _known.clear()
        tag = _known[written] = _parse_tag(written)
    return tag


def _parse_tag(written: str) -> Tag:
    found = _TAG.fullmatch(written)
    if found is None:
        raise Refused
    slash, name, rest, end = found.groups()
    if (end and name not in _VOID and name not in _DRAWN) or (slash and (rest or name in _VOID)):
        raise Refused
    attributes: Attributes = {}
    for written_key, value in _ATTRIBUTE.findall(rest):
        key = written_key.lower()
        if key in attributes:
            raise Refused
        attributes[key] = decode(value)
    return Tag(name, bool(slash), attributes, bool(end) and name in _DRAWN)


def decode(written: str) -> str:
    """A text or value with the usual character references decoded.

    Raises:
        Refused: when it holds any other, which a parser might read in another way.
    """
    if "&" not in written:
        return written
    if _REFERENCES.match(written) is None:
        raise Refused
    return unescape(written)


class State:
    """What elements are open at a place where nothing else is, and so what follows is read by.

    Attributes:
        is_bare: Whether what begins here is read in the same way wherever it stands, if it may
            begin here at all; `taken`: for each tag whether it may, as far as was asked.
        met: Hashes of the texts that were read from here; `steps`: what those come to that may be met
            again; see `course.py`.
    """

    __slots__ = ("above", "is_bare", "is_table", "met", "open", "scope", "steps", "taken")

    def __init__(
        self, above: tuple[tuple[str, Scope, int], ...], scope: Scope, bits: int, *, is_table: bool
    ) -> None:
        self.above = above
        self.scope = scope
        self.open = bits
        self.is_table = is_table
        self.is_bare = scope.region == "briefing" and not bits & ~_ALONE["table"]
        self.taken: dict[str, bool] = {}
        self.met: set[int] = set()
        self.steps: dict[str, Step] = {}


class StrictReader:
    """Feeds a text that is written out in full to an element reader.

    Args:
        reader: Takes the elements and texts.
        scope: What surrounds the text.
        is_part: Whether it is a part of a page, whose element may stand where it does.
    """

    def __init__(self, reader: ElementReader, scope: Scope, *, is_part: bool = False) -> None:
        self._is_part = is_part
        self.reader = reader
        self.scope = scope
        self._above: list[tuple[str, Scope, int]] = []
        self._open = 0
        self._is_table = False

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._above)

    def takes(self, name: str) -> bool:
        """Whether an element may begin here, by its tag."""
        try:
            self._allow(name)
        except Refused:
            return False
        return True

    def pause(self, known: dict[tuple[object, ...], State]) -> State | None:
        """The state of the reader; None within an element of which more has to be known.

        Args:
            known: The states met before, of which one is given where it is the same.
        """
        key: list[object] = []
        for name, scope, _ in (*self._above, ("", self.scope, 0)):
            if scope.mode or scope.label is not None or scope.quote is not None:
                return None
            if scope.claim is not None or scope.passage is not None:
                return None
            key += (name, scope.region, scope.is_pointer, scope.is_aside)
        state = known.get(tuple(key))
        if state is None:
            above = tuple(self._above)
            state = State(above, self.scope, self._open, is_table=self._is_table)
            known[tuple(key)] = state
        return state

    def resume(self, state: State) -> None:
        """Go on from a state."""
        self._above = list(state.above)
        self.scope, self._open, self._is_table = state.scope, state.open, state.is_table

    def feed(self, pieces: list[str], at: int = 0) -> int:
        """Read texts and tags (see `split_tags`) until the outermost element ends.

        Args:
            pieces: The texts and tags; a text stands at every even place.
            at: The place to begin.

        Returns:
            The place after the last piece read.

        Raises:
            Refused: when a piece is not plainly written or may not stand where it does.
        """
        count = len(pieces)
        while at < count:
            piece = pieces[at]
            if at % 2:
                tag = parse_tag(piece)
                if tag.closes:
                    self._close(tag.name)
                    if not self._above:
                        return at + 1
                elif tag.name == "svg" and (end := self._draw(pieces, at)):
                    at = end
                else:
                    self._begin(tag)
                    if tag.name == "ul" and self.scope.mode == "data-generated":
                        at = self._list(pieces, at)
                    elif tag.name == "ol" and self.scope.mode == "text":
                        at = self._whole(pieces, at)
            elif piece:
                self._text(piece)
            at += 1
        return count

    def _draw(self, pieces: list[str], at: int) -> int:
        """Take a drawing whole; gives the place of its end, zero where that cannot be done."""
        scope = self.scope
        if scope.mode != "data-generated" or scope.label is not None or scope.quote is not None:
            return 0
        try:
            end = pieces.index("</svg>", at)
        except ValueError:
            return 0
        self._allow("svg")
        drawing = read_drawing("".join(pieces[at : end + 1]))
        if drawing is None:
            return 0
        self._note(drawing, scope.block)
        return end

    def _list(self, pieces: list[str], at: int) -> int:
        """Take the items of a list of links whole; gives the place before what is left to read."""
        if self.scope.label is not None or self._open & (_ALONE["a"] | _DRAWING):
            return at
        try:
            end = pieces.index("</ul>", at)
        except ValueError:
            return at
        items = read_list("".join(pieces[at + 1 : end]))
        for item in items or ():
            block = Block(in_claim=self.scope.claim is not None)
            self.reader.texts.generated.append(block)
            self._note(item, block)
        return at if items is None else end - 1

    def _whole(self, pieces: list[str], at: int) -> int:
        """Take the paragraphs of a source's text whole; gives the place before what is left to read."""
        whole, page = self.scope.whole, self.reader.page
        if whole is None or not self.scope.region or self._open & (_ALONE["a"] | _DRAWING):
            return at
        try:
            end = pieces.index("</ol>", at)
        except ValueError:
            return at
        read = read_whole("".join(pieces[at + 1 : end]))
        if read is None:
            return at
        whole.parts.append(Mark(self.reader.texts.element, "", decode(read.text)))
        for anchor in map(decode, read.ids):
            (page.doubled if anchor in page.ids else page.ids).add(anchor)
        for href in map(decode, read.links):
            page.links.setdefault(href, Mark(self.reader.texts.element, "href", href))
        return end - 1

    def _note(self, drawing: Drawing, block: Block) -> None:
        """Note what a drawing or an item says and leads to."""
        texts, links = self.reader.texts, self.reader.page.links
        block.parts += map(decode, drawing.texts)
        block.own += map(decode, drawing.own)
        if not block.marks:
            block.marks += [
                Mark(texts.element, "", decode(text)) for text in drawing.texts[:1] if text.strip()
            ]
        for href in drawing.links:
            links.setdefault(decode(href), Mark(texts.element, "href", href))

    def _text(self, written: str) -> None:
        if "<" in written or (self._is_table and written.strip(_SPACE)):
            raise Refused
        if self._above and self._above[-1][0] == "script":  # only what a script loads is known
            raise Refused
        scope = self.scope
        if scope.region or scope.claim is not None:
            self.reader.texts.read_text(decode(written), scope)
        elif "&" in written:
            decode(written)

    def _begin(self, tag: Tag) -> None:
        name, attributes, scope = tag.name, tag.attributes, self.scope
        if self._above or not self._is_part:
            self._allow(name)
        if attributes:
            self.reader.texts.element += 1
        inner = scope
        if name in scope.heeds or not WATCHED.isdisjoint(attributes):
            inner = self.reader.enter(name, attributes, scope)
        if tag.opens:
            self._above.append((name, scope, self._open))
            self._open |= _ALONE.get(name, 0)
            self._is_table = name in _TABLE
            self.scope = inner

    def _allow(self, name: str) -> None:
        """Whether a parser leaves an element where it stands."""
        top = self._above[-1][0] if self._above else ""
        if self._is_table or name in _WITHIN_TABLE:
            if name not in _TABLE.get(top, ()):
                raise Refused
        elif self._open & _DRAWING:
            if top in _WORDED or (name != "a" and name not in _DRAWN):
                raise Refused
        elif name in _BLOCKS:
            if self._open & _PARAGRAPH:
                raise Refused
            if name == "li":
                if top not in ("ul", "ol"):
                    raise Refused
            elif name in ("dt", "dd"):
                is_row = top == "div" and len(self._above) > 1 and self._above[-2][0] == "dl"
                if top != "dl" and not is_row:
                    raise Refused
        elif name not in _INLINE:
            raise Refused
        if self._open & _ALONE.get(name, 0):
            raise Refused

    def _close(self, name: str) -> None:
        if not self._above or self._above[-1][0] != name:
            raise Refused
        _, self.scope, self._open = self._above.pop()
        self._is_table = bool(self._above) and self._above[-1][0] in _TABLE
