"""YAML to a tree with a span on every key and value. Every scalar stays text.

Only what fact sheets need is accepted: one document of mappings, lists and texts. Anchors, aliases,
tags, duplicate keys, keys that are not text and indentation by other than spaces are refused, each with its own
code, because each of them makes a file mean something other than what its reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

import yaml

from generator.character import report_comments, report_control, report_escapes, report_invisible
from generator.diagnostics import Sink
from generator.syntax import LOADER, report_syntax
from generator.textfile import Span, TextFile

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 24

_NO_INDENT = re.compile(r"^ *([\t\u00a0\u202f])[ \t\u00a0\u202f]*(?=\S)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text.

    Attributes:
        text: The text as YAML reads it.
        span: Where it stands in the file, quotation marks and block header included.
        style: `plain`, `'`, `"`, `|` or `>`.
    """

    text: str
    span: Span
    style: str

    def part(self, start: int, end: int) -> Span:
        """Span of `text[start:end]` in the file.

        Exact where the scalar's characters map to the file one to one (a plain or quoted text on
        one line without escapes, and a literal block `|`); otherwise the whole scalar, because a
        position is never invented.
        """
        base = self._base()
        if base is not None:
            return Span(self.span.file, base + start, base + max(end, start + 1))
        if self.style == "|":
            return self._block_part(start, end)
        return self.span

    def collapsed_part(self, start: int, end: int) -> Span:
        """Span of a stretch of the text as forms keep it: white space collapsed to single spaces."""
        offsets: list[int] = []
        for word in re.finditer(r"\S+", self.text):
            if offsets:
                offsets.append(offsets[-1] + 1)
            offsets += range(word.start(), word.end())
        if end > len(offsets) or start >= end:
            return self.span
        return self.part(offsets[start], offsets[end - 1] + 1)

    def _base(self) -> int | None:
        raw = self.span.text
        inset = 1 if self.style in "'\"" else 0
        inner = raw[inset : len(raw) - inset] if inset else raw
        return self.span.start + inset if inner == self.text else None

    def _block_part(self, start: int, end: int) -> Span:
        """Map through a literal block: its lines, less the indentation, are the text's lines."""
        file, at = self.span.file, 0
        row = file.position(self.span.start)[0] + 1
        for line in self.text.split("\n"):
            shown = file.line(row)
            indent = len(shown) - len(shown.lstrip(" "))
            if line and shown[indent:] != line.lstrip(" "):
                return self.span
            if at <= start <= at + len(line):
                inset = len(shown) - len(line)
                first = file.offset(row, inset + start - at)
                return Span(file, first, first + max(1, min(end, at + len(line)) - start))
            at += len(line) + 1
            row += 1
        return self.span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the file."""

    items: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """The value of a key, or None."""
        return next((value for name, value in self.items if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its span."""
        return next((name for name, _ in self.items if name.text == key), None)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    items: tuple[Node, ...]
    span: Span


Node = Scalar | Mapping | Listing
Plain = str | dict[str, "Plain"] | list["Plain"] | None


def is_absent(node: Node | None) -> bool:
    """Whether a value was left out: no node, or a key with nothing behind it."""
    return node is None or (isinstance(node, Scalar) and not node.text and node.style == "plain")


def plain(node: Node) -> Plain:
    """The tree as dicts, lists and texts; a key with nothing behind it gives None."""
    match node:
        case Scalar():
            return None if is_absent(node) else node.text
        case Mapping():
            return {key.text: plain(value) for key, value in node.items}
        case Listing():
            return [plain(value) for value in node.items]


def find(node: Node, path: Sequence[str | int]) -> tuple[Node, Span]:
    """The deepest node along a path of keys and indexes, and the span to show for it.

    Path elements the tree does not hold are skipped: validators put names of their own among them.
    The span is that of the value; where a key has nothing behind it, that of the key.
    """
    span = node.span
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            key, value = node.key(step), node.get(step)
            if key is None or value is None:
                continue
            node = value
            span = key.span if is_absent(value) else value.span
        elif isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            span = node.span
    if isinstance(node, Mapping):
        # A record is not a narrow place to point at: its first key is.
        span = node.items[0][0].span if node.items and not path else span
    return node, span


def key_span(node: Node, path: Sequence[str | int]) -> Span:
    """Span of the last key named along a path; of the value where the path ends in a list."""
    parent, span = node, node.span
    for step in path:
        if isinstance(parent, Mapping) and isinstance(step, str):
            key, value = parent.key(step), parent.get(step)
            if key is None or value is None:
                continue
            span, parent = key.span, value
        elif isinstance(parent, Listing) and isinstance(step, int) and step < len(parent.items):
            parent = parent.items[step]
            span = parent.span
    return span


class _Refusal(Exception):
    """Reading of this file has ended; the finding is recorded."""


def parse_yaml(file: TextFile, sink: Sink) -> Mapping | None:
    """Parse one file into its top mapping; None, with findings in the sink, when that fails."""
    if not _is_readable(file, sink):
        return None
    try:
        node = _Builder(file, sink).document()
    except _Refusal:
        return None
    except yaml.YAMLError as error:
        report_syntax(file, error, sink)
        return None
    if node is None:
        return None
    if not isinstance(node, Mapping):
        shape = "a list" if isinstance(node, Listing) else "a text"
        sink.add(
            "L113",
            f"the file holds {shape} where a mapping is expected",
            node.span,
            "begin with `key: value` lines at the left margin",
        )
        return None
    return node


def _is_readable(file: TextFile, sink: Sink) -> bool:
    text = file.text
    if len(text) > MAX_CHARACTERS:
        size = f"{len(text):,} characters"
        sink.add(
            "L111",
            f"the file has {size}, more than the {MAX_CHARACTERS:,} allowed",
            file.path,
            "split it into several sheets",
        )
        return False
    if not report_control(file, sink):
        return False
    if not text.strip():
        sink.add("L103", "the file is empty", file.path, "fill it in, or delete it")
        return False
    report_invisible(file, sink)
    wrong = list(_NO_INDENT.finditer(text))
    for found in wrong:
        sign = "tab" if found[1] == "\t" else "no-break space"
        sink.add("L105", f"a {sign} indents this line", file.span(found.start(1)), "use spaces")
    return not wrong


# White space to YAML; other characters that look blank are part of a text.
_BLANK = " \t\r\n\x85\u2028\u2029"
# What other readers of YAML take for nothing.
_NULLS = frozenset({"~", "null", "Null", "NULL"})
_STYLES = {None: "plain", "": "plain", "'": "'", '"': '"', "|": "|", ">": ">"}


def _indexes(event: yaml.Event) -> tuple[int, int]:
    """Where an event begins and ends, in code points."""
    if event.start_mark is None or event.end_mark is None:
        raise TypeError("the parser marks every event")
    return event.start_mark.index, event.end_mark.index


class _Builder:
    """Builds the tree from parser events; positions come from character indexes alone."""

    def __init__(self, file: TextFile, sink: Sink) -> None:
        self.file = file
        self.sink = sink
        self.events: Iterator[yaml.Event] = yaml.parse(file.text, Loader=LOADER)
        self.is_torn = False
        self.scalars: list[Span] = []

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.refuse(
                        "L110",
                        "a second document begins here",
                        event,
                        "keep one fact sheet a file, without `---` lines",
                    )
                root = self.node(next(self.events), 0)
        if self.is_torn:
            raise _Refusal
        if root is None or is_absent(root):
            self.sink.add(
                "L103", "the file holds only comments", self.file.path, "fill it in, or delete it"
            )
            return None
        report_comments(self.file, self.scalars, self.sink)
        return root

    def node(self, event: yaml.Event, depth: int) -> Node:
        self.check(event)
        if depth > MAX_DEPTH:
            self.refuse(
                "L111", f"nested more than {MAX_DEPTH} levels deep", event, "a fact sheet needs six"
            )
        if isinstance(event, yaml.ScalarEvent):
            scalar = Scalar(event.value, self.span(event), _STYLES[event.style])
            self.scalars.append(scalar.span)
            if scalar.style == '"' and not report_escapes(scalar.span, self.sink):
                raise _Refusal
            if scalar.style == "plain" and scalar.text in _NULLS:
                self.sink.add(
                    "L123",
                    f"`{scalar.text}` is read as the text it is",
                    scalar.span,
                    "leave the value empty where nothing is known; quote it where the word is meant",
                )
            return scalar
        if isinstance(event, yaml.SequenceStartEvent):
            return self.listing(event, depth)
        return self.mapping(event, depth)

    def listing(self, event: yaml.Event, depth: int) -> Listing:
        items: list[Node] = []
        for inner in self.events:
            if isinstance(inner, yaml.SequenceEndEvent):
                return Listing(tuple(items), self.between(event, inner))
            items.append(self.node(inner, depth + 1))
        raise AssertionError("the parser ends every list it begins")

    def mapping(self, event: yaml.Event, depth: int) -> Mapping:
        items: list[tuple[Scalar, Node]] = []
        seen: dict[str, Scalar] = {}
        for inner in self.events:
            if isinstance(inner, yaml.MappingEndEvent):
                return Mapping(tuple(items), self.between(event, inner))
            key = self.node(inner, depth + 1)
            if not isinstance(key, Scalar):
                self.refuse(
                    "L109", "a key must be a text", inner, "quote it if it begins with a bracket"
                )
            value = self.node(next(self.events), depth + 1)
            if is_absent(value) and ":" not in self.file.text[key.span.end : value.span.start]:
                self.report_lone(key)
                continue
            if key.text in seen:
                first = seen[key.text]
                self.sink.add(
                    "L108",
                    f"the key `{key.text}` stands twice in one mapping",
                    key.span,
                    "keep one of the two, or rename one",
                    related=[(first.span, "first here")],
                )
                continue
            seen[key.text] = key
            items.append((key, value))
        raise AssertionError("the parser ends every mapping it begins")

    def report_lone(self, key: Scalar) -> None:
        """Between braces a comma ends a text, and what follows would be a key with nothing behind it.

        The file cannot be used, but reading goes on: more may be torn the same way.
        """
        self.is_torn = True
        hint = "a text that holds a comma must stand in quotation marks here"
        if re.match(r"[\w-]+:\S", key.text):
            hint = "a space must follow the colon"
        self.sink.add("L128", f"`{key.text[:60]}` stands here without a colon", key.span, hint)

    def check(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.refuse(
                "L106",
                f"an alias `*{event.anchor}` stands here",
                event,
                "write the value out; if it is text, quote it",
            )
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self.refuse(
                "L106",
                f"an anchor `&{anchor}` stands here",
                event,
                "remove it; if it is text, quote it",
            )
        if tag:
            self.refuse(
                "L107",
                f"a tag `{tag}` stands here",
                event,
                "remove it; if it is text, quote it",
            )

    def refuse(self, code: str, message: str, event: yaml.Event, hint: str) -> NoReturn:
        start, end = _indexes(event)
        end = max(start + 1, min(end, self.file.line_end(start)))
        self.sink.add(code, message, self.file.span(start, end), hint)
        raise _Refusal

    def span(self, event: yaml.Event) -> Span:
        start, end = _indexes(event)
        if getattr(event, "style", None) in ("|", ">"):
            end = start + len(self.file.text[start:end].rstrip(_BLANK))
        return Span(self.file, start, end)

    def between(self, first: yaml.Event, last: yaml.Event) -> Span:
        start, end = _indexes(first)[0], _indexes(last)[1]
        return Span(self.file, start, start + len(self.file.text[start:end].rstrip(_BLANK)))
