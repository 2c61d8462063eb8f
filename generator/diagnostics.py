"""Findings: one type for all of them, collected in a sink, in one total order. Prints nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from generator.codes import CODES, Code, Level
from generator.textfile import Span

SortKey = tuple[str, int, int, str, str, tuple[str, ...], tuple[tuple[str, int, int, str], ...]]


@dataclass(frozen=True)
class Diagnostic:
    """One finding.

    Attributes:
        code: A key of `generator.codes.CODES`.
        message: One lower-case fact without full stop, path or advice; values in backticks.
        path: File the finding is about, relative to the project's root.
        span: The narrowest stretch of text that shows it; None where no text can (a binary or a
            missing file): a position is never invented.
        hints: Advice, the shortest fix first.
        related: Other places that belong to the finding, each with a short label.
    """

    code: str
    message: str
    path: str
    span: Span | None = None
    hints: tuple[str, ...] = ()
    related: tuple[tuple[Span, str], ...] = ()

    @property
    def definition(self) -> Code:
        """The entry of the table of codes."""
        return CODES[self.code]

    @property
    def level(self) -> Level:
        """`error` or `warning`."""
        return self.definition.level

    @property
    def sort_key(self) -> SortKey:
        """Total order: file, place, code, words, related places."""
        start, end = (self.span.start, self.span.end) if self.span else (-1, -1)
        related = tuple((s.file.path, s.start, s.end, label) for s, label in self.related)
        return self.path, start, end, self.code, self.message, self.hints, related


@dataclass
class Sink:
    """Collects the findings of a run; a fault in one file never stops the others."""

    findings: list[Diagnostic] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        at: Span | str,
        *hints: str,
        related: Iterable[tuple[Span, str]] = (),
    ) -> None:
        """Record a finding at a span or, where there is no text to show, at a path.

        Raises:
            KeyError: for a code that the table does not hold (a fault in the tool).
        """
        _ = CODES[code]
        path, span = (at, None) if isinstance(at, str) else (at.file.path, at)
        self.findings.append(Diagnostic(code, message, path, span, tuple(hints), tuple(related)))

    def extend(self, findings: Iterable[Diagnostic]) -> None:
        """Add findings made elsewhere."""
        self.findings.extend(findings)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """All distinct findings in the total order."""
        return tuple(sort_findings(self.findings))

    def __len__(self) -> int:
        return len(self.findings)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.findings)


def sort_findings(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort findings by file, place, code and words, and drop exact repetitions."""
    distinct = {finding.sort_key: finding for finding in findings}
    return [distinct[key] for key in sorted(distinct)]


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to a misspelt one; None when none is near."""
    return next(iter(difflib.get_close_matches(word, sorted(known), 1, 0.6)), None)


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """A hint that names the known word nearest to a misspelt one; nothing when none is near."""
    near = nearest_word(word, known)
    return (f"did you mean `{near}`?",) if near else ()
