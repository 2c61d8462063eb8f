"""Reads stored editions; one that is not as it was released is a finding and left out."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import PurePosixPath

import msgspec

from generator.config import Settings
from generator.date import Date, DateFault, parse_date
from generator.diagnostics import Sink, nearest
from generator.model.edition import FOLDER, FORMAT, ROWS, SUFFIX, Head, StoredEdition
from generator.textfile import Span, TextFile

_HEAD = msgspec.json.Decoder(Head)
_ROWS = {f'{{"{key}":'.encode(): msgspec.json.Decoder(row) for key, row in ROWS.items()}
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_PATH = re.compile(r"at `\$\.([a-z0-9_]+)")
_TAKE_BACK = "take the file back from version control"


def read_edition(settings: Settings, id_: str) -> StoredEdition:
    """A stored edition that a check has found to be sound.

    Raises:
        OSError: when it cannot be read.
        msgspec.MsgspecError: when it is none.
    """
    data = (settings.content / FOLDER / f"{id_}{SUFFIX}").read_bytes()
    head, _, body = data.partition(b"\n")
    return StoredEdition(_HEAD.decode(head), body)


def parse_editions(files: Iterable[TextFile], sink: Sink) -> tuple[StoredEdition, ...]:
    """The sound ones among some stored editions, in order of their numbers."""
    parsed = [(edition, file) for file in files if (edition := parse_edition(file, sink))]
    parsed.sort(key=lambda pair: (pair[0].head.number, pair[0].head.edition))
    _check_order(parsed, sink)
    return tuple(edition for edition, _ in parsed)


def parse_edition(file: TextFile, sink: Sink) -> StoredEdition | None:
    """A stored edition; None, with findings, when it is not as it was released."""
    before = len(sink)
    head_line, _, rest = file.text.partition("\n")
    head = _parse_head(file, head_line, sink)
    body = rest.encode()
    start = len(head_line) + 1
    for line in rest.splitlines(keepends=True):
        _check_line(file, start, line, sink)
        start += len(line)
    if head is None or len(sink) > before:
        return None
    if hashlib.sha256(body).hexdigest() != head.sha256:
        at = _value_span(file, "sha256", head.sha256)
        sink.add("L125", "the lines below are not those that were released", at, _TAKE_BACK)
        return None
    return StoredEdition(head, body)


def _parse_head(file: TextFile, line: str, sink: Sink) -> Head | None:
    try:
        head = _HEAD.decode(line)
    except msgspec.MsgspecError as error:
        _report(file, 0, line, error, Head, sink)
        return None
    name = PurePosixPath(file.path).name
    if name != f"{head.edition}{SUFFIX}":
        at = _value_span(file, "edition", head.edition)
        sink.add("L124", f"the file is not named by its edition `{head.edition}`", at, _TAKE_BACK)
        return None
    if head.format != FORMAT or head.number < 1:
        key, value = ("format", head.format) if head.format != FORMAT else ("number", head.number)
        at = _value_span(file, key, str(value))
        sink.add("L124", f"`{key}` is {value}, which this tool does not know", at, _TAKE_BACK)
        return None
    if head.as_of is not None and _date(head.as_of) is None:
        at = _value_span(file, "as_of", head.as_of)
        sink.add("L124", f"`{head.as_of}` is no date", at, _TAKE_BACK)
        return None
    return head


def _check_line(file: TextFile, start: int, line: str, sink: Sink) -> None:
    data = line.rstrip("\n").encode()
    decoder = _ROWS.get(data[: data.find(b":") + 1])
    try:
        if decoder is not None:
            decoder.decode(data)
            return
        msgspec.json.decode(data)
    except msgspec.MsgspecError as error:
        key = data[2 : data.find(b'"', 2)].decode(errors="replace")
        _report(file, start, line.rstrip("\n"), error, ROWS.get(key), sink)
        return
    at = file.span(start, start + max(1, len(line.rstrip("\n"))))
    keys = ", ".join(f"`{key}`" for key in ROWS)
    sink.add("L124", f"the line begins with none of {keys}", at, _TAKE_BACK)


def _report(
    file: TextFile,
    start: int,
    line: str,
    error: msgspec.MsgspecError,
    row: type[msgspec.Struct] | None,
    sink: Sink,
) -> None:
    """A line that cannot be read, at the narrowest place that shows why."""
    whole = file.span(start, start + max(1, len(line)))
    try:
        json.loads(line)
    except (json.JSONDecodeError, RecursionError) as fault:
        at = min(getattr(fault, "pos", 0), max(0, len(line) - 1))
        sink.add("L124", "the line is no JSON", file.span(start + at), _TAKE_BACK)
        return
    words = str(error)
    if unknown := _UNKNOWN.search(words):
        key = unknown[1]
        known = row.__struct_fields__ if row else ()
        span = _key_span(file, start, line, key) or whole
        sink.add("L124", f"unknown key `{key}`", span, *nearest(key, known), _TAKE_BACK)
        return
    found = _PATH.search(words)
    span = (_key_span(file, start, line, found[1]) if found else None) or whole
    message = words[:1].lower() + words[1:]
    sink.add(
        "L124", message.replace("`$", "`").rstrip(".").replace("object", "line"), span, _TAKE_BACK
    )


def _key_span(file: TextFile, start: int, line: str, key: str) -> Span | None:
    at = line.find(f'"{key}":')
    return file.span(start + at, start + at + len(key) + 2) if at >= 0 else None


def _value_span(file: TextFile, key: str, value: str) -> Span:
    """Where a value stands in the head."""
    line = file.line(0)
    lead = line.find(f'"{key}":') + len(key) + 3
    at = line.find(value, lead)
    return file.span(at, at + max(1, len(value))) if at >= 0 else file.span(0, len(line) or 1)


def _check_order(parsed: list[tuple[StoredEdition, TextFile]], sink: Sink) -> None:
    for (one, _), (other, file) in pairwise(parsed):
        number = str(other.head.number)
        if one.head.number == other.head.number:
            sink.add(
                "L126",
                f"the number {number} is that of edition `{one.head.edition}` too",
                _value_span(file, "number", number),
                "give each edition its own number",
            )
        earlier, later = _date(one.head.as_of), _date(other.head.as_of)
        if earlier and later and later.latest < earlier.latest:
            sink.add(
                "L126",
                f"the edition is as of {later.text}, which is before number {one.head.number}",
                _value_span(file, "as_of", later.text),
                "release editions in the order of their dates",
            )


def _date(text: str | None) -> Date | None:
    try:
        return parse_date(text) if text else None
    except DateFault:
        return None
