"""Findings for people: place, message, the line with a caret, hints."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from generator.diagnostics import Diagnostic
from generator.report.place import place_of
from generator.textfile import Span

_RESET = "\x1b[0m"
_STYLE = {
    "error": "\x1b[1;31m",
    "warning": "\x1b[1;33m",
    "place": "\x1b[1m",
    "hint": "\x1b[36m",
    "caret": "\x1b[1;31m",
}
_LINE = 120  # code points of a long line that are shown


def report_text(findings: Sequence[Diagnostic], *, colour: bool = False) -> str:
    """One paragraph a finding; colour codes only when asked for."""
    return "\n".join(_finding(finding, colour) for finding in findings)


def printable(text: str) -> str:
    """A text in which no character can move the cursor, change colours or hide itself."""
    return "".join(
        char if char == " " or unicodedata.category(char)[0] not in "CZ" else f"<U+{ord(char):04X}>"
        for char in text.replace("\t", " ")
    )


def _paint(text: str, style: str, colour: bool) -> str:
    return f"{_STYLE[style]}{text}{_RESET}" if colour else text


def _finding(finding: Diagnostic, colour: bool) -> str:
    where = printable(finding.path)
    if finding.span is not None:
        place = place_of(finding.span)
        where = f"{where}:{place.line}:{place.column}"
    level = _paint(f"{finding.level}[{finding.code}]", finding.level, colour)
    lines = [f"{_paint(where, 'place', colour)}: {level} {printable(finding.message)}"]
    if finding.span is not None:
        lines += _excerpt(finding.span, colour)
    lines += [f"  {_paint('hint:', 'hint', colour)} {printable(hint)}" for hint in finding.hints]
    for span, label in finding.related:
        place = place_of(span)
        lines.append(
            f"  see: {printable(span.file.path)}:{place.line}:{place.column} {printable(label)}"
        )
    return "\n".join(lines) + "\n"


def _excerpt(span: Span, colour: bool) -> list[str]:
    """The line and a caret under the span; a long line is cut around it."""
    row, column = span.file.position(span.start)
    line = span.file.line(row)
    length = max(1, min(span.end - span.start, len(line) - column))
    first = max(0, column - _LINE // 2) if len(line) > _LINE else 0
    shown = line[first : first + _LINE]
    length = min(length, len(shown) - (column - first)) or 1
    before = printable(shown[: column - first])
    marked = printable(shown[column - first : column - first + length])
    text = printable(shown)
    number = str(place_of(span).line)
    lead = "…" if first else ""
    caret = " " * (_width(before) + len(lead)) + "^" * max(1, _width(marked))
    return [
        f"  {number} | {lead}{text}{'…' if first + _LINE < len(line) else ''}",
        f"  {' ' * len(number)} | {_paint(caret, 'caret', colour)}",
    ]


def _width(text: str) -> int:
    """Columns a text takes on a terminal: wide characters two, combining marks none."""
    cells = [char for char in text if unicodedata.category(char) not in ("Mn", "Me")]
    return len(cells) + sum(unicodedata.east_asian_width(char) in "WF" for char in cells)
