"""Takes what the checks find to the sink, each with its place on the page."""

from __future__ import annotations

from collections.abc import Callable

from generator.audit.page import Mark
from generator.audit.place import Places
from generator.diagnostics import Sink
from generator.textfile import Span


class _Fault(Exception):
    """Something was found while trying out."""


class Findings:
    """Findings on pages; those of other files go to the sink directly.

    Attributes:
        sink: Takes the findings.
        places: Where marks stand in the files of the pages.
    """

    def __init__(self, sink: Sink, places: Places) -> None:
        self.sink = sink
        self.places = places
        self._is_trial = False

    def add(
        self,
        code: str,
        message: str,
        path: str,
        mark: Mark | None,
        *hints: str,
        first: tuple[str, Mark] | None = None,
    ) -> None:
        """Record a finding.

        Args:
            code: A code of the audit.
            message: One lower-case fact.
            path: The page.
            mark: What shows it there; None for the page as a whole.
            hints: Advice.
            first: Page and mark of what it is a repetition of.
        """
        if self._is_trial:
            raise _Fault
        at = self.places.at(path, mark)
        before = self.places.at(*first) if first else None
        related = [(before, "first here")] if isinstance(before, Span) else []
        self.sink.add(code, message, at, *hints, related=related)

    def none_from(self, check: Callable[[], None]) -> bool:
        """Whether a check finds nothing; what it finds is not recorded."""
        self._is_trial = True
        try:
            check()
        except _Fault:
            return False
        finally:
            self._is_trial = False
        return True
