"""Former words: what a page says that something was, the file of changes says too."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from generator.audit.files import Files
from generator.audit.finding import Findings
from generator.audit.page import FormerElement, PageReading, fold

_EDITION = re.compile(r"[0-9a-f]{1,64}\Z")
_TEMPLATE = "this is a fault of a template, or of a page changed by hand: build the site again"

Former = Mapping[str, str]


class FormerCheck:
    """Checks the elements with `data-former` (P606).

    Args:
        files: Where the site is read from.
        findings: Takes what is found.
    """

    def __init__(self, files: Files, findings: Findings) -> None:
        self._files = files
        self._findings = findings
        self._known: dict[str, dict[str, Former]] = {}

    def check(self, page: PageReading, element: FormerElement) -> None:
        """An element of a page."""
        known = self._of(element.since).get(element.key, {})
        words = known.get(element.part)
        if words is not None and fold(words) == element.text:
            return
        message = f"`{_file(element.since)}` does not have these former words of `{element.key}`"
        self._findings.add("P606", message, page.path, element.mark, _TEMPLATE)

    def _of(self, edition: str) -> dict[str, Former]:
        """What was, by what it was of; nothing where the file is missing or damaged."""
        if edition not in self._known:
            self._known[edition] = self._read(edition)
        return self._known[edition]

    def _read(self, edition: str) -> dict[str, Former]:
        if not _EDITION.match(edition):
            return {}
        found: dict[str, Former] = {}
        try:
            for line in self._files.read(_file(edition)).splitlines():
                row = json.loads(line)
                found[str(row["id"])] = {str(k): str(v) for k, v in row["former"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}
        return found


def _file(edition: str) -> str:
    return f"data/changes-{edition}.jsonl"
