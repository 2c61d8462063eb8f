"""Patterns of the stretches of HTML that stand on many pages with other words and addresses.

A repeated claim, a passage, a note: each kind has the same tags every time. From one that was
read with care a pattern is made: its tags and white space as they are, and a gap for every text
and for every value that may differ. No gap can hold a tag, so whatever matches the pattern is
made up of the same elements, and what each gap means is known from the one that was read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Final, cast

from generator.audit.page import Attributes, ClaimElement, Mark, PageReading, PassageElement
from generator.audit.reading import ElementReader
from generator.audit.scope import DECLARED, Scope
from generator.audit.statement import Wording
from generator.audit.strict import Refused, StrictReader, decode, parse_tag
from generator.audit.text import ADDED, SPOKEN, Texts

Cells = tuple[str, ...]
"""What stands in the gaps of a stretch, followed by the pattern's own words."""

_GAPS: Final = frozenset(
    ("id", "href", "data-claim", "data-claim-ref", "data-cite", "data-premise", "data-passage",
     "datetime", "aria-label", "title", "alt", "value",
     "data-kind", "data-topic", "data-standing", "data-year")  # what a timeline is filtered by
)  # fmt: skip
_FIRST = 0xE000  # of Unicode's private characters, each of which stands for a gap while read
_MOST = 0x1800
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_VALUE = re.compile(r"([a-z-]+)=\"([^\"]*)\"")
# A value ends at the next quotation mark, a text at the next tag, whatever else stands in them: to say so
# by one character is several times quicker for the engine than by a set.
_FORM = '([^"]+)'
_WORDS = "([^\\s<][^<]*)"  # not blank: blank text stands in the pattern as it is
_HEAD = re.compile(r"\s*")


Getter = Callable[[Cells], tuple[str, ...]]
"""Gets some cells, maybe none."""

NOTHING: Final = cast(Getter, itemgetter(slice(0)))


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """A claim element of a pattern: each thing by the cells that it is written in.

    Attributes:
        ref: The cell of its ref; `anchor`: that of its id, None for a repeated claim.
        words: The cells that are joined to its own words.
        figures: Texts in which a figure has to be one of its record; `asides`: those that may be
            the number of a note.
        passage: The number of the passage it stands in, if any.
        numbers: At the claim's own place, what its citations say.
    """

    ref: int
    anchor: int | None
    cites: Getter
    cite_links: Getter
    premises: Getter
    premise_links: Getter
    hrefs: Getter
    words: Getter
    figures: Getter
    asides: Getter
    passage: int | None
    numbers: Getter


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a stretch of one kind holds, each thing by the cells it is written in.

    Attributes:
        match: Matches the stretch at a place of a text; its groups are the gaps.
        literals: The pattern's own words, which follow the gaps among the cells.
        passages: Source, anchor and the parts of each quotation, by passage.
        notes: Number, anchor, the parts of each quotation and the links, by note.
        labels: All of a label's words, and the texts it is made of.
        blocks: All words of a paragraph of generated text, and those outside of links and labels.
        generated: All words of `blocks`; `composed`: those that were found sound.
        is_spoken: Whether it has labels, text that is read out, or text that nothing accounts for.
    """

    match: re.Pattern[str]
    literals: tuple[str, ...]
    ids: Getter
    links: Getter
    claims: list[ClaimTerms]
    passages: list[tuple[int, int, list[Getter]]]
    notes: list[tuple[int, int, list[Getter], Getter]]
    quotes: list[Getter]
    records: Getter
    identities: Getter
    labels: list[tuple[Getter, Getter]]
    blocks: list[tuple[Getter, Getter]]
    generated: Getter
    spoken: Getter
    bare: Getter
    is_spoken: bool
    composed: set[tuple[str, ...]] = field(default_factory=set)


def learn_pattern(pieces: list[str], wording: Wording) -> Pattern:
    """Make a pattern of one stretch.

    Args:
        pieces: Its texts and tags, beginning with an empty text and the tag of its element.
        wording: Of no meaning here; what is judged by it is left to those who use the pattern.

    Raises:
        Refused: when it is not plainly written, or its meaning depends on more than its gaps.
    """
    if any(map(_PRIVATE.search, pieces)):
        raise Refused
    expression: list[str] = []
    marked: list[str] = []
    count = 0
    for at, piece in enumerate(pieces):
        if at % 2:
            form, tag, count = _tag_form(piece, count)
        else:
            form, tag, count = _text_form(piece, count)
        expression.append(form)
        marked.append(tag)
        if count > _MOST:
            raise Refused
    reader = ElementReader("", wording, None)
    recorder = reader.texts = Recorder(reader.page, wording)
    scope = Scope("briefing")
    scope.heeds = reader.heeded(scope)
    strict = StrictReader(reader, scope, is_part=True)
    if strict.feed(marked, 1) < len(marked) - 1 or strict.depth:
        raise Refused
    return _assemble(re.compile("".join(expression)), reader.page, recorder)


def gaps_of(match: re.Match[str]) -> Cells:
    """What stands in the gaps of a stretch, character references resolved."""
    start, end = match.span()
    gaps = match.groups()
    if match.string.find("&", start, end) < 0:
        return gaps
    return tuple([decode(gap) if "&" in gap else gap for gap in gaps])


def _tag_form(written: str, count: int) -> tuple[str, str, int]:
    """The expression of a tag, the tag with characters for its gaps, and the number of gaps."""
    parse_tag(written)
    forms, marked, last = [], [], 0
    for found in _VALUE.finditer(written):
        if found[1] in _GAPS and found[2]:
            start, end = found.span(2)
            forms += [re.escape(written[last:start]), _FORM]
            marked += [written[last:start], chr(_FIRST + count)]
            count, last = count + 1, end
    forms.append(re.escape(written[last:]))
    marked.append(written[last:])
    return "".join(forms), "".join(marked), count


def _text_form(written: str, count: int) -> tuple[str, str, int]:
    head = _HEAD.match(written)
    blank = head.group() if head else ""
    if blank == written:
        return re.escape(written), written, count
    if "<" in written or ">" in written:
        raise Refused
    return re.escape(blank) + _WORDS, blank + chr(_FIRST + count), count + 1


def _assemble(match: re.Pattern[str], page: PageReading, recorder: Recorder) -> Pattern:
    is_strange = (
        page.cites or page.redirect or page.base is not None or page.layout is not None
        or page.strays or page.wholes or recorder.is_strange
    )  # fmt: skip
    if is_strange:
        raise Refused
    cells = _Cells(match.groups)
    claims = [_claim_terms(cells, claim, page.passages) for claim in page.claims]
    passages = [
        (cells.one(one.source), cells.one(one.anchor),
         [cells.parts("".join(quote.parts)) for quote in one.exacts])
        for one in page.passages
    ]  # fmt: skip
    labels = [
        (cells.parts("".join(label.parts)), cells.texts(label.marks))
        for label in recorder.labels
        if label.parts
    ]
    composed = [
        ("".join(block.own if block.in_claim else block.parts), "".join(block.own))
        for block in recorder.generated
        if block.marks
    ]
    bare = list(map(str.strip, recorder.bare))
    pattern = Pattern(
        match,
        (),
        ids=cells.each(page.ids),
        links=cells.each(page.links),
        claims=claims,
        passages=passages,
        notes=[
            (
                cells.one(one.number),
                cells.one(one.anchor),
                [cells.parts("".join(quote.parts)) for quote in one.quotes],
                cells.each(one.hrefs),
            )
            for one in page.notes
        ],
        quotes=[cells.parts("".join(quote.parts)) for quote in page.quotes],
        records=cells.texts(page.records),
        identities=cells.texts(page.identities),
        labels=labels,
        blocks=[(cells.parts(text), cells.parts(own)) for text, own in composed],
        generated=cells.parts("".join(map("".join, composed))) if composed else NOTHING,
        spoken=cells.each(recorder.spoken),
        bare=cells.each(bare),
        is_spoken=bool(labels or recorder.spoken or bare),
    )
    return replace(pattern, literals=tuple(cells.literals))


def _claim_terms(cells: _Cells, claim: ClaimElement, passages: list[PassageElement]) -> ClaimTerms:
    held = [number for number, one in enumerate(passages) if one is claim.passage]
    links = [*claim.cites, *claim.premises]
    if not all(one.href for one in links):
        raise Refused
    return ClaimTerms(
        cells.one(claim.ref),
        None if claim.repeated else cells.one(claim.anchor),
        cells.each([one.name for one in claim.cites]),
        cells.each([one.href or "" for one in claim.cites]),
        cells.each([one.name for one in claim.premises]),
        cells.each([one.href or "" for one in claim.premises]),
        cells.each(reversed(claim.hrefs)),  # the link to its place mostly stands at the end
        cells.parts("".join(claim.parts)),
        cells.texts(mark for mark in claim.figures if not mark.element),
        cells.texts(mark for mark in claim.figures if mark.element),
        held[0] if held else None,
        NOTHING
        if claim.repeated
        else cells.each(["".join(one.said).strip() for one in claim.cites]),
    )


class _Cells:
    """Gives every text a cell: a gap, or one of the pattern's own words behind the gaps."""

    def __init__(self, gaps: int) -> None:
        self._gaps = gaps
        self.literals: list[str] = []

    def one(self, text: str) -> int:
        """The cell of a text that is one gap, or has none.

        Raises:
            Refused: when it is made up of several.
        """
        found = self._split(text)
        if len(found) != 1:
            raise Refused
        return found[0]

    def each(self, values: Iterable[str]) -> Getter:
        """Gets values; one made up of several gaps is refused."""
        return _getter([self.one(value) for value in values])

    def texts(self, marks: Iterable[Mark]) -> Getter:
        """Gets the texts of marks, without the white space around them."""
        return self.each([mark.value.strip() for mark in marks])

    def parts(self, text: str) -> Getter:
        """Gets what a text is joined of."""
        return _getter(self._split(text))

    def _split(self, text: str) -> list[int]:
        found: list[int] = []
        last = 0
        for gap in _PRIVATE.finditer(text):
            if gap.start() > last:
                found.append(self._literal(text[last : gap.start()]))
            found.append(ord(gap.group()) - _FIRST)
            last = gap.end()
        if last < len(text) or not found:
            found.append(self._literal(text[last:]))
        return found

    def _literal(self, text: str) -> int:
        self.literals.append(text)
        return self._gaps + len(self.literals) - 1


def _getter(cells: list[int]) -> Getter:
    if not cells:
        return NOTHING
    if len(cells) == 1:
        return cast(Getter, itemgetter(slice(cells[0], cells[0] + 1)))
    return cast(Getter, itemgetter(*cells))


class Recorder(Texts):
    """Notes every text that may need a closer look, whatever it says.

    Attributes:
        spoken: Values of attributes that are read out.
        bare: Texts that nothing accounts for.
        is_strange: Whether there was something that a pattern cannot hold.
    """

    def __init__(self, page: PageReading, wording: Wording) -> None:
        super().__init__(page, wording)
        self.spoken: list[str] = []
        self.bare: list[str] = []
        self.is_strange = False

    def read_spoken(self, attributes: Attributes) -> None:
        """Note values that are read out."""
        self.spoken += [attributes[name] or "" for name in SPOKEN if attributes.get(name)]

    def read_text(self, text: str, scope: Scope) -> None:
        """Note a text; compare `Texts.read_text`, which looks for digits at once."""
        mode, claim, quote = scope.mode, scope.claim, scope.quote
        is_blank = not text or text.isspace()
        if scope.cite is not None:
            scope.cite.said.append(text)
        if quote is not None:
            quote.parts.append(text)
        elif claim is not None and not scope.is_aside and mode not in ADDED:
            claim.parts.append(text)
        if is_blank or not scope.region:
            return
        mark = Mark(int(scope.is_aside), "", text)
        if mode == "data-generated":
            self.read_block(text, scope)
        elif claim is not None and (mode == "claim" or mode in DECLARED):
            if not scope.is_pointer and quote is None:
                claim.figures.append(mark)
        elif mode in ("data-record", "passage"):
            if quote is None:
                self.page.records.append(mark)
        elif mode == "data-identity":
            self.page.identities.append(mark)
        elif not mode:
            self.read_bare(text, scope)

    def read_bare(self, text: str, scope: Scope) -> None:
        """Note a text that no element around it accounts for."""
        if scope.region == "prose":
            self.is_strange = True
        elif scope.label is not None:
            scope.label.parts.append(text)
            scope.label.marks.append(Mark(0, "", text))
        else:
            self.bare.append(text)
