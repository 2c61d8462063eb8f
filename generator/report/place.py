"""Zero-based spans to the one-based numbers that reports show; the only place where one is added."""

from __future__ import annotations

from dataclasses import dataclass

from generator.textfile import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A span in one-based lines and columns (code points), end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def place_of(span: Span) -> Place:
    """The place of a span."""
    line, column = span.file.position(span.start)
    end_line, end_column = span.file.position(span.end)
    return Place(line + 1, column + 1, end_line + 1, end_column + 1)
