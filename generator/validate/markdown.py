"""The Markdown of briefings: a small subset of our own, with the place of every character.

Headings `##` and `###`, paragraphs, framing (`> `), lists (`- `, `1. `), `*emphasis*`, `**strong**`,
`[[id]]` and the citations `[@id#claim]`, `[@source "quotation"]`. docs/format.md gives the rules.
Whatever else has a meaning in other Markdown is a finding, because it would be shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.diagnostics import Sink
from generator.markup import Link, parse_markup
from generator.model.briefing import Cited, Run, Sentence, Style
from generator.sentence import MARK, sentence_spans
from generator.textfile import Span, TextFile
from generator.yamlio import Scalar

# Words of a source may hold quotation marks and brackets: they end where the citation does.
_CITATION = re.compile(
    r"\[@(?P<inner>\s*[a-z0-9-]+\s+(?:\"(?:(?!\[@).)*?\"|“(?:(?!\[@).)*?”)\s*"
    r"|(?:(?!\[@)[^\]])*)\]",
    re.DOTALL,
)
_CLAIM = re.compile(r"(?P<ref>[a-z0-9-]+#[a-z0-9-]+)(?P<corrected>\s+corrected)?\Z")
_QUOTED = re.compile(r"(?P<source>[a-z0-9-]+)\s+[\"“](?P<exact>.*)[\"”]\Z", re.DOTALL)
_FOREIGN = (
    (re.compile(r"</?[A-Za-z][^<>]*>|<!--"), "HTML"),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), "an image"),
    (re.compile(r"(?<![\]\[])\[(?![@\[])[^\]\[]+\]\([^)\s]+\)"), "a link of another form"),
    (re.compile(r"`[^`]*`"), "code"),
    (re.compile(r"https?://\S+"), "a bare address"),
)
_STRESS = re.compile(r"\*\*|(?<!\*)\*(?!\*)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*\Z")
_BULLET, _NUMBER = re.compile(r"[-*][ \t]+"), re.compile(r"\d{1,3}[.)][ \t]+")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,}|`{3,}.*|~{3,}.*|\|.*)\Z")


@dataclass
class Stretch:
    """Words with the place of each character in the file."""

    text: str = ""
    places: list[int] = field(default_factory=list)

    def add(self, words: str, at: int) -> None:
        """Add a line; lines are joined by a blank."""
        if self.text:
            self.text += " "
            self.places.append(self.places[-1] + 1)
        self.text += words
        self.places.extend(range(at, at + len(words)))

    @classmethod
    def of(cls, scalar: Scalar) -> Stretch:
        """The words of a text in the front matter; exact where its characters map one to one."""
        text = " ".join(scalar.text.split("\n")).rstrip()
        places = [scalar.span.start] * len(text)
        at = 0
        for line in scalar.text.split("\n"):
            span = scalar.part(at, at + len(line)) if line else scalar.span
            if span.text == line:
                places[at : at + len(line)] = range(span.start, span.end)
            at += len(line) + 1
        return cls(text, places[: len(text)])

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the file of a part of the text."""
        if not self.places:
            return 0, 0
        start = min(start, len(self.places) - 1)
        return self.places[start], self.places[max(start, min(end, len(self.places)) - 1)] + 1


@dataclass
class Part:
    """A block as it stands in the file; a heading has a level."""

    kind: str
    items: list[Stretch]
    level: int = 0


def parse_blocks(file: TextFile, start: int, sink: Sink) -> list[Part]:
    """The blocks of a briefing's body, which begins at an offset of its file."""
    parts: list[Part] = []
    for line, at in _lines(file.text, start):
        words = line.strip()
        inset = at + len(line) - len(line.lstrip())
        kind, lead, level = _kind_of(words)
        if kind == "foreign":
            span = file.span(inset, inset + len(words))
            sink.add("V236", "this line is none of a briefing's Markdown", span,
                     "write headings, paragraphs and lists only")  # fmt: skip
            parts.append(Part("blank", []))
            continue
        stretch = Stretch()
        stretch.add(words[lead:], inset + lead)
        last = parts[-1] if parts else None
        if kind == "blank":
            parts.append(Part("blank", []))
        elif kind == "paragraph" and last and last.kind not in ("blank", "heading"):
            last.items[-1].add(words, inset)  # a line that goes on
        elif kind in ("bullets", "numbers") and last and last.kind == kind:
            last.items.append(stretch)
        elif kind in ("bullets", "numbers") and (list_ := _before_blank(parts, kind)):
            list_.items.append(stretch)
        elif kind == "framing" and last and last.kind == kind:
            last.items[-1].add(words[lead:], inset + lead)
        else:
            parts.append(Part(kind, [stretch], level))
    return [part for part in parts if part.kind != "blank"]


def _before_blank(parts: list[Part], kind: str) -> Part | None:
    """The list that goes on behind a blank line."""
    if len(parts) > 1 and parts[-1].kind == "blank" and parts[-2].kind == kind:
        parts.pop()
        return parts[-1]
    return None


def _lines(text: str, start: int) -> Iterator[tuple[str, int]]:
    at = start
    for line in text[start:].splitlines(keepends=True):
        yield line.rstrip("\r\n"), at
        at += len(line)


def _kind_of(words: str) -> tuple[str, int, int]:
    """What kind of block a line begins, how much of it is markup, and the level of a heading."""
    if not words:
        return "blank", 0, 0
    if heading := _HEADING.match(words):
        return "heading", heading.start(2), len(heading[1])
    if _RULE.match(words):
        return "foreign", 0, 0
    if words.startswith(">"):
        return "framing", len(words) - len(words[1:].lstrip()), 0
    if bullet := _BULLET.match(words):
        return "bullets", bullet.end(), 0
    if number := _NUMBER.match(words):
        return "numbers", number.end(), 0
    return "paragraph", 0, 0


class Inline:
    """Reads the words of paragraphs: sentences, their runs, their citations."""

    def __init__(self, file: TextFile, sink: Sink) -> None:
        self.file = file
        self.sink = sink

    def span(self, stretch: Stretch, start: int, end: int) -> Span:
        """The place of a part of a stretch."""
        return self.file.span(*stretch.place(start, end))

    def sentences(self, stretch: Stretch) -> tuple[Sentence, ...]:
        """The sentences of a paragraph or list item."""
        self.check_foreign(stretch)
        text, cited = self.citations(stretch)
        runs = self.runs(stretch, text)
        found: list[Sentence] = []
        for start, end in sentence_spans(text):
            own = tuple(one for at, one in cited if start <= at < end)
            words = _tidy(_cut(runs, start, end))
            tail = text.rfind(MARK, start, end) + 1
            if own and re.search(r"\w", text[tail:end]):
                self.sink.add("V234", "words stand behind the last citation of the sentence",
                              self.span(stretch, tail, end).part(0, end - tail),
                              "cite what they say as well, at the end")  # fmt: skip
            if not words and found:  # a citation that stands alone belongs to what it follows
                before = found.pop()
                first = before.start
                found.append(Sentence(before.runs, (*before.cited, *own), first, own[-1].end))
                continue
            found.append(Sentence(words, own, *stretch.place(start, end)))
        return tuple(found)

    def check_foreign(self, stretch: Stretch) -> None:
        """Report what has a meaning in other Markdown."""
        text = _CITATION.sub(lambda found: " " * len(found.group()), stretch.text)
        for pattern, what in _FOREIGN:
            for found in pattern.finditer(text):
                self.sink.add("V236", f"{what} stands in a briefing", self.span(stretch, *found.span()),
                              "write plain words; link with `[[id]]`")  # fmt: skip
        if MARK in text:
            at = text.index(MARK)
            self.sink.add("V236", "a character for private use stands in a briefing",
                          self.span(stretch, at, at + 1), "delete it")  # fmt: skip

    def citations(self, stretch: Stretch) -> tuple[str, list[tuple[int, Cited]]]:
        """The text with a mark, and blanks, in the place of citations; and these with their offsets."""
        cited: list[tuple[int, Cited]] = []
        text = stretch.text
        for found in _CITATION.finditer(stretch.text):
            start, end = found.span()
            text = f"{text[:start]}{MARK}{' ' * (end - start - 1)}{text[end:]}"
            one = self.citation(found["inner"].strip(), stretch, start, end)
            if one is not None:
                cited.append((start, one))
        for found in re.finditer(r"\[@", text):
            self.sink.add("V239", "a citation is not closed", self.span(stretch, *found.span()),
                          "close it with `]`")  # fmt: skip
        return text, cited

    def citation(self, inner: str, stretch: Stretch, start: int, end: int) -> Cited | None:
        """One citation from what stands between `[@` and `]`."""
        place = stretch.place(start, end)
        if claim := _CLAIM.match(inner):
            return Cited(claim["ref"], bool(claim["corrected"]), start=place[0], end=place[1])
        quoted = _QUOTED.match(inner)
        if quoted and quoted["exact"].strip():
            exact = " ".join(quoted["exact"].split())
            return Cited(None, source=quoted["source"], exact=exact, start=place[0], end=place[1])
        self.sink.add(
            "V239", f"`{inner[:60]}` is no citation", self.file.span(*place),
            "write `[@id#claim]`, or `[@source \"words of the source\"]`",
        )  # fmt: skip
        return None

    def runs(self, stretch: Stretch, text: str) -> list[tuple[int, int, Run]]:
        """Stretches of one style and links, with their offsets; marks are left out."""
        segments, faults = parse_markup(text)
        for fault in faults:
            self.sink.add(
                "V218", fault.reason, self.span(stretch, fault.start, fault.end), fault.hint
            )
        found: list[tuple[int, int, Run]] = []
        at, style = 0, "plain"
        for segment in segments:
            if isinstance(segment, Link):
                place = stretch.place(segment.start + 2, segment.end - 2)
                run = Run(segment.label or "", _style(style), segment.entity, segment.claim, *place)
                found.append((segment.start, segment.end, run))
                at = segment.end
                continue
            at = text.index(segment, at)
            last = at
            for stress in _STRESS.finditer(text, at, at + len(segment)):
                found.append(
                    (last, stress.start(), Run(text[last : stress.start()], _style(style)))
                )
                new = "strong" if stress.group() == "**" else "emphasis"
                style, last = ("plain" if style == new else new), stress.end()
            end = at + len(segment)
            found.append((last, end, Run(text[last:end], _style(style))))
            at = end
        if style != "plain":
            self.sink.add("V236", "emphasis is not closed", self.span(stretch, 0, len(text)),
                          "close it with the stars that open it")  # fmt: skip
        return found


def _style(name: str) -> Style:
    return "strong" if name == "strong" else "emphasis" if name == "emphasis" else "plain"


def _cut(runs: list[tuple[int, int, Run]], start: int, end: int) -> Iterator[Run]:
    """The parts of runs that lie between two offsets."""
    for first, last, run in runs:
        if last <= start or first >= end:
            continue
        if run.entity:
            yield run
        else:
            yield Run(run.text[max(0, start - first) : end - first], run.style)


def _tidy(runs: Iterator[Run]) -> tuple[Run, ...]:
    """Runs without marks, white space folded across them."""
    kept: list[Run] = []
    blank = True
    for run in runs:
        words = run.text
        if not run.entity:
            words = re.sub(rf"\s*{MARK}\s*(?=[.,;:!?…)]|\Z)", "", words)
            words = re.sub(r"\s+", " ", words.replace(MARK, " "))
            if blank:
                words = words.lstrip()
            if not words:
                continue
            blank = words.endswith(" ")
            kept.append(Run(words, run.style))
        else:
            blank = False
            kept.append(run)
    while kept and not kept[-1].entity and not kept[-1].text.rstrip():
        kept.pop()
    if kept and not kept[-1].entity:
        kept[-1] = Run(kept[-1].text.rstrip(), kept[-1].style)
    return tuple(kept)
