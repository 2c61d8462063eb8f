"""What drawing a part yields, and the way through the pages of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from generator.model.kind import KINDS
from generator.model.stage import Page
from generator.render.data import Records, json_lines

SECTIONS = (
    "index.md",
    *(f"{kind.folder}/index.md" for kind in KINDS),
    *("briefings/index.md", "sources/index.md", "timeline/index.md", "disagreements/index.md"),
    *("changes/index.md", "about/codes.md", "about/method.md"),
    *("search/index.md", "my-briefing/index.md"),
)
"""Markdown names of the pages of the host that get a generated body."""

DESCRIPTION_LENGTH = 155  # what search engines and link previews show
_AROUND = 2  # pages before and after the present one that a page names


@dataclass(frozen=True, slots=True)
class Rendered:
    """One part of the site.

    Attributes:
        pages: Pages for shells.
        sections: Bodies of pages of the host, by the Markdown file they belong to.
        files: Whole files, by path.
        records: Its records in the data files; a file holds those of all parts, in the order of
            parts.
        footer: End of every other page of the host; of one part alone.
    """

    pages: tuple[Page, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    records: Records = field(default_factory=dict)
    footer: str = ""

    @property
    def lines(self) -> dict[str, bytes]:
        """Its lines in the data files, by the path of the file."""
        return {path: json_lines(records) for path, records in self.records.items()}


@dataclass(frozen=True, slots=True)
class Pager:
    """The way through the pages of a list.

    Attributes:
        number: Which page this is, from 1.
        total: How many there are.
        before: Link to the page before it, empty on the first; `after` to the one behind it.
        near: The first page, the last, and those around this one, each with its link, which is
            empty for this one.
    """

    number: int
    total: int
    before: str
    after: str
    near: tuple[tuple[int, str], ...]


def pager(number: int, total: int, link: Callable[[int], str]) -> Pager:
    """The way through a list of `total` pages from one of them; `link` gives that to a page."""
    around = range(max(1, number - _AROUND), min(total, number + _AROUND) + 1)
    near = sorted({1, total, *around})
    return Pager(
        number,
        total,
        link(number - 1) if number > 1 else "",
        link(number + 1) if number < total else "",
        tuple((page, link(page) if page != number else "") for page in near),
    )


def numbered(title: str, number: int) -> str:
    """The title of a page of a list: `Countries`, `Countries, page 2`."""
    return title if number == 1 else f"{title}, page {number}"


def shorten(text: str, most: int = DESCRIPTION_LENGTH) -> str:
    """A text cut at a word to the length of a description, or another."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"
