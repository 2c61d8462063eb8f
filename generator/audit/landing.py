"""Where the links of pages lead, each found out once for all pages of one depth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.audit.address import Inventory, Target
from generator.audit.atlas import Passage
from generator.audit.evidence import Evidence
from generator.audit.number import Numbers


class Landing(NamedTuple):
    """An anchor on the page of a source, as a citation needs it.

    Attributes:
        target: The page and the anchor.
        source: The source that the page is about.
        pairs: The source with each quotation of the passage there; None where that is known only
            when all pages have been read.
    """

    target: Target
    source: str
    pairs: frozenset[tuple[str, str]] | None


class Landings:
    """Finds where citations lead.

    Args:
        inventory: The files of the site.
        numbers: Knows which source a page is about.
        evidence: The articles' records.
    """

    def __init__(self, inventory: Inventory, numbers: Numbers, evidence: Evidence) -> None:
        self._inventory = inventory
        self._numbers = numbers
        self._evidence = evidence
        self._held: Mapping[Target, Passage] = {}
        self._open: frozenset[str] = frozenset()
        self._known: dict[int, dict[str, Landing]] = {}

    def begin(self, held: Mapping[Target, Passage], open_pages: frozenset[str]) -> None:
        """Begin a round of pages.

        Args:
            held: Passages of the pages read before.
            open_pages: The pages of this round, whose passages are not yet known.
        """
        if open_pages is not self._open or held is not self._held:
            for known in self._known.values():
                known.clear()
        self._held, self._open = held, open_pages

    def at(self, path: str) -> dict[str, Landing]:
        """What is known by now of the addresses on pages as deep as this one."""
        return self._known.setdefault(path.count("/"), {})

    def find(self, path: str, href: str) -> Landing | None:
        """Where a citation leads; None unless it is an anchor on the page of a source."""
        target = self._inventory.follow(path, href)
        if target is None or target.file is None or not target.fragment:
            return None
        source = self._numbers.source_of(target.file)
        if source is None or not self._evidence.has_record(source):
            return None
        pairs: frozenset[tuple[str, str]] | None = None
        if target.file not in self._open and target.file != path:
            passage = self._held.get(target)
            if passage is None or passage.source != source:
                return None
            pairs = frozenset([(passage.source, exact) for exact in passage.exacts])
        landing = Landing(target, source, pairs)
        if href in self._inventory.known_from(path):  # it leads there from all pages of the depth
            self.at(path)[href] = landing
        return landing
