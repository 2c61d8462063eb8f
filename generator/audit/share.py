"""One share of a site's pages: all are read first and, with the atlas of all shares, then judged."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from generator.audit.atlas import Atlas
from generator.audit.judge import Ground, Judge, Reader
from generator.audit.page import PageReading
from generator.diagnostics import Sink
from generator.progress import track

READING, JUDGING = "reading pages", "auditing"


@dataclass(frozen=True, slots=True)
class Tally:
    """What was looked at; see `AuditCounts`."""

    pages: int = 0
    citations: int = 0
    passages: int = 0
    links: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.pages + other.pages,
            self.citations + other.citations,
            self.passages + other.passages,
            self.links + other.links,
        )


class Share:
    """Reads and judges some pages of a site.

    Args:
        ground: What the site holds.
        paths: The pages, in their order.
        sink: Takes the findings.
        progress: Told how far each of the two stages is.
    """

    def __init__(
        self,
        ground: Ground,
        paths: Collection[str],
        sink: Sink,
        progress: Callable[[str, int, int], None],
    ) -> None:
        self._ground = ground
        self._paths = paths
        self._sink = sink
        self._progress = progress
        self._reader = Reader(ground, sink)
        self._pages: list[PageReading] = []

    def read(self) -> Atlas:
        """Read the pages; gives what they hold for others."""
        atlas = Atlas()
        for path in track(self._paths, READING, self._progress):
            page = self._reader.read(path)
            if page is None:
                atlas.unread.add(path)
            else:
                self._pages.append(page)
                atlas.add(page, self._ground.inventory)
        return atlas

    def judge(self, atlas: Atlas) -> Tally:
        """Judge the pages by the atlas of the whole site."""
        judge = Judge(self._ground, atlas, self._reader, self._sink)
        links = sum(map(judge.check, track(self._pages, JUDGING, self._progress)))
        return Tally(
            pages=len(self._pages),
            citations=sum(page.count_citations() for page in self._pages),
            passages=sum(len(page.passages) for page in self._pages),
            links=links,
        )
