"""A briefing's front matter and prose as a value; each sentence well-formed by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from generator.diagnostics import Sink
from generator.model.briefing import ROLES, Block, BlockKind, Briefing, Section, Sentence
from generator.model.form import BriefingForm
from generator.model.slug import slugify
from generator.model.stage import RawBriefing
from generator.textfile import Span, TextFile
from generator.validate.markdown import Inline, Part, Stretch, parse_blocks
from generator.validate.rule import CONFIDENCE, FIGURE, LIKELIHOOD, LONGEST_HEADING, SCALE
from generator.validate.shape import validate_form
from generator.yamlio import Listing, Mapping, Scalar

# Words of other scales, or of none: a reader could not tell how likely they mean.
_OFF_SCALE = re.compile(
    r"\b(?:(?:im)?probabl[ey]|nearly certain|near[- ]certain(?:ty)?|highly (?:un)?likely|"
    r"more likely than not|better than even|roughly even odds|quite likely|most likely|"
    r"(?:good|fair|slim|strong) chance|we cannot rule out|conceivabl[ey])\b",
    re.IGNORECASE,
)


def parse_briefings(briefings: Iterable[RawBriefing], sink: Sink) -> tuple[Briefing, ...]:
    """The well-formed ones among some briefings, by number and id."""
    found = [one for raw in briefings if (one := _Parser(raw, sink).parse()) is not None]
    found.sort(key=lambda one: (one.number, one.id))
    return tuple(found)


def check_numbers(briefings: Iterable[RawBriefing], sink: Sink) -> None:
    """No two briefings have one number."""
    first: dict[str, tuple[str, Span]] = {}
    for raw in briefings:
        number = raw.front.get("number")
        if not isinstance(number, Scalar) or not number.text:
            continue
        other = first.setdefault(number.text, (raw.id, number.span))
        if other[0] != raw.id:
            sink.add("V238", f"`{other[0]}` has the number `{number.text}` too", number.span,
                     "give one of the two another number", related=[(other[1], "first here")])  # fmt: skip


class _Parser:
    def __init__(self, raw: RawBriefing, sink: Sink) -> None:
        self.raw = raw
        self.file: TextFile = raw.file
        self.sink = sink
        self.inline = Inline(raw.file, sink)
        self.count = self.paragraphs = 0
        self.anchors: set[str] = set()

    def parse(self) -> Briefing | None:
        form = validate_form(BriefingForm, self.raw.front, self.sink)
        title = self.raw.front.get("title")
        if isinstance(title, Scalar) and len(title.text) > LONGEST_HEADING:
            message = f"the title has {len(title.text):,} characters, more than {LONGEST_HEADING}"
            self.sink.add("V227", message, title.span, "shorten it")
        elif isinstance(title, Scalar) and (found := FIGURE.search(title.text)):
            self.sink.add("V235", f"the title states the figure `{found.group()}`",
                          title.part(*found.span()), "say it in a cited sentence")  # fmt: skip
        bottom, summary = self.text("bottom_line"), self.text("summary_statement")
        self.check_stated(bottom, judged=True)
        self.check_framing(summary)
        bottom = self.numbered(bottom)
        sections = tuple(self.sections(parse_blocks(self.file, self.raw.body, self.sink)))
        if not any(section.blocks for section in sections):
            self.sink.add("L127", "the briefing has no prose", self.file.path,
                          "write it below the front matter")  # fmt: skip
        if form is None:
            return None
        return Briefing(
            self.raw.id, form.number, form.title, form.as_of, tuple(form.authors),
            bottom, summary, tuple(form.dossier), sections, self.file.path, self.places(),
        )  # fmt: skip

    def text(self, key: str) -> tuple[Sentence, ...]:
        node = self.raw.front.get(key)
        if not isinstance(node, Scalar) or not node.text.strip():
            return ()
        # The front matter's tree knows its own end alone; places are those of the whole file.
        return self.inline.sentences(Stretch.of(node))

    def places(self) -> tuple[tuple[int, int], ...]:
        node = self.raw.front.get("dossier")
        items = node.items if isinstance(node, Listing) else (node,) if node else ()
        return tuple(
            (one.span.start, one.span.end) for one in items if not isinstance(one, Mapping)
        )

    def sections(self, parts: Iterable[Part]) -> Iterator[Section]:
        title, level, blocks = "", 2, list[Block]()
        role = None
        for part in parts:
            if part.kind != "heading":
                blocks.append(self.block(part, judged=role == "judgement"))
                continue
            if title or blocks:
                yield Section(title, level, self.anchor(title), role, tuple(blocks))
            title, level, blocks = self.heading(part), part.level, []
            role = ROLES.get(title.casefold(), role if level > 2 else None)
        yield Section(title, level, self.anchor(title), role, tuple(blocks))

    def anchor(self, title: str) -> str:
        """The id of a section: it begins with a letter that no other id of the page begins with."""
        base = anchor = f"s-{slugify(title) or 'beginning'}"
        number = 1
        while anchor in self.anchors:
            number += 1
            anchor = f"{base}-{number}"
        self.anchors.add(anchor)
        return anchor

    def heading(self, part: Part) -> str:
        stretch = part.items[0]
        span = self.inline.span(stretch, 0, len(stretch.text))
        if part.level not in (2, 3):
            self.sink.add("V236", f"a heading of level {part.level} stands in a briefing", span,
                          "write `##`, or `###` below it; the title is the front matter's")  # fmt: skip
        elif re.search(r"\[\[|\[@|\*|<|`", stretch.text):
            self.sink.add("V236", "markup stands in a heading", span, "write plain words")
        elif found := FIGURE.search(stretch.text):
            self.sink.add("V235", f"a heading states the figure `{found.group()}`",
                          self.inline.span(stretch, *found.span()), "say it in a cited sentence")  # fmt: skip
        return stretch.text

    def block(self, part: Part, *, judged: bool) -> Block:
        items = tuple(self.inline.sentences(stretch) for stretch in part.items)
        if part.kind == "framing":
            for item in items:
                self.check_framing(item)
            return Block("framing", items)
        for item in items:
            self.check_stated(item, judged=judged)
        self.paragraphs += 1
        kinds: dict[str, BlockKind] = {"bullets": "bullets", "numbers": "numbers"}
        kind = kinds.get(part.kind, "paragraph")
        return Block(kind, tuple(map(self.numbered, items)), self.paragraphs)

    def numbered(self, sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        found = []
        for sentence in sentences:
            self.count += 1
            found.append(replace(sentence, number=self.count))
        return tuple(found)

    def check_stated(self, sentences: Iterable[Sentence], *, judged: bool) -> None:
        """Each sentence cites; likelihood and confidence stand apart, in the words of one scale."""
        for one in sentences:
            span = self.file.span(one.start, one.end)
            if not one.cited:
                self.sink.add(
                    "V234", "the sentence cites nothing", span,
                    "end it with `[@id#claim]` or `[@source \"words\"]`, or mark the paragraph as framing with `> `",
                )  # fmt: skip
            words = one.written
            confidence = CONFIDENCE.search(words)
            if confidence and LIKELIHOOD.search(words):
                self.sink.add("V221", "likelihood and confidence stand in one sentence", span,
                              "give the confidence in a sentence of its own")  # fmt: skip
            off = _OFF_SCALE.search(words)
            terms = {found.group().lower() for found in SCALE.finditer(words)}
            if off and judged:
                self.sink.add("V237", f"`{off.group()}` is not on the scale of likelihood", span,
                              "use a term of the scale that the method page gives")  # fmt: skip
            elif judged and len(terms) > 1:
                listed = ", ".join(f"`{term}`" for term in sorted(terms))
                self.sink.add("V237", f"one sentence gives several likelihoods: {listed}", span,
                              "give each judgement a sentence of its own")  # fmt: skip

    def check_framing(self, sentences: Iterable[Sentence]) -> None:
        """Framing states nothing: no figure, no claim, no likelihood."""
        for one in sentences:
            span = self.file.span(one.start, one.end)
            words = one.written
            for cited in one.cited:
                self.sink.add("V235", "framing cites something", self.file.span(cited.start, cited.end),
                              "make it a paragraph without `> `")  # fmt: skip
            for run in one.runs:
                if run.claim:
                    self.sink.add("V235", f"framing names the claim `{run.entity}#{run.claim}`",
                                  self.file.span(run.start, run.end), "link to the page only")  # fmt: skip
            if found := FIGURE.search(words):
                self.sink.add("V235", f"framing states the figure `{found.group()}`", span,
                              "say it in a cited sentence")  # fmt: skip
            elif found := LIKELIHOOD.search(words):
                self.sink.add("V235", f"framing gives a likelihood, `{found.group()}`", span,
                              "say it in a cited sentence")  # fmt: skip
