"""Text files: bytes decoded once, and the only converter between offsets and lines.

Everywhere inside the generator a place in a file is a zero-based offset in code points. Lines and
columns exist only here and are turned to one-based numbers only by `generator.report`.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from pathlib import Path


class DecodeFault(ValueError):
    """Bytes that are not UTF-8 text.

    Attributes:
        code: L101 for another encoding, L102 for a binary file.
        reason: What is wrong, as a lower-case fact.
        offset: Zero-based offset of the first offending byte.
    """

    def __init__(self, code: str, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.offset = offset


@dataclass(frozen=True, eq=False)
class TextFile:
    """One decoded file.

    Attributes:
        path: Path shown in findings, with forward slashes, relative to the project's root.
        text: The whole text; a leading byte order mark is dropped.
    """

    path: str
    text: str
    _starts: list[int] = field(default_factory=list, repr=False)

    @classmethod
    def decode(cls, path: str, data: bytes) -> TextFile:
        """Decode UTF-8 bytes.

        Raises:
            DecodeFault: when the bytes are not UTF-8, or hold a NUL as binary files do.
        """
        if (nul := data.find(b"\0")) >= 0:
            reason = "the file holds a NUL byte, so it is binary and not text"
            raise DecodeFault("L102", reason, nul)
        try:
            return cls(path, data.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            reason = f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8"
            raise DecodeFault("L101", reason, error.start) from error

    @classmethod
    def read(cls, path: Path, shown: str) -> TextFile:
        """Read and decode a file from disk.

        Raises:
            DecodeFault: as `decode` does.
            OSError: when the file cannot be read.
        """
        return cls.decode(shown, path.read_bytes())

    @property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; a line ends with LF, CRLF or a lone CR."""
        if not self._starts:
            starts, text, at = [0], self.text, 0
            if "\r" in text:
                while at < len(text):
                    if text[at] == "\n" or (text[at] == "\r" and text[at + 1 : at + 2] != "\n"):
                        starts.append(at + 1)
                    at += 1
            else:
                while (at := text.find("\n", at)) >= 0:
                    at += 1
                    starts.append(at)
            self._starts.extend(starts)
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Zero-based line and column (in code points) of an offset."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect.bisect_right(self.line_starts, offset) - 1
        return line, offset - self.line_starts[line]

    def offset(self, line: int, column: int) -> int:
        """Offset of a zero-based line and column, kept inside the text."""
        starts = self.line_starts
        if line >= len(starts):
            return len(self.text)
        return min(starts[line] + column, len(self.text))

    def line(self, number: int) -> str:
        """Text of a zero-based line, without its line end."""
        starts = self.line_starts
        if number >= len(starts):
            return ""
        end = starts[number + 1] if number + 1 < len(starts) else len(self.text)
        return self.text[starts[number] : end].rstrip("\r\n")

    def line_end(self, offset: int) -> int:
        """Offset of the end of the line that holds an offset, its line end left out."""
        row = self.position(offset)[0]
        return self.line_starts[row] + len(self.line(row))

    def span(self, start: int, end: int | None = None) -> Span:
        """The span from `start` to `end` (exclusive; one code point when absent)."""
        start = max(0, min(start, len(self.text)))
        return Span(
            self, start, max(start, min(end if end is not None else start + 1, len(self.text)))
        )


@dataclass(frozen=True)
class Span:
    """A stretch of one file: zero-based code-point offsets, end exclusive."""

    file: TextFile
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words the span covers."""
        return self.file.text[self.start : self.end]

    def part(self, start: int, end: int) -> Span:
        """A span inside this one, by offsets relative to its start."""
        return Span(self.file, self.start + start, min(self.start + end, self.end))
