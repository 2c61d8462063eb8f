"""Sources and citations as finished words and links for one page."""

from __future__ import annotations

import unicodedata

from markupsafe import Markup, escape
from msgspec import Struct

from generator import date as dates
from generator.model.fact import Source
from generator.render.wording import direction, time_element

_RIGHT_TO_LEFT = ("R", "AL")  # classes of letters
_LEFT_TO_RIGHT = "\u200e"  # a mark that is not seen


class SourceView(Struct, frozen=True, gc=False):
    """A source as the claims of a page name it, as HTML; one for all pages of a depth.

    Attributes:
        line: Its publisher and date.
        href: Link to its page.
        published: Its date as an element; empty without one, as is `url`.
    """

    id: str
    kind: str
    status: str
    title: Markup
    publisher: Markup
    line: Markup
    language: str
    direction: str
    href: str
    published: Markup
    url: Markup


class CitationView(Struct, frozen=True, gc=False):
    """One citation of a claim on a page.

    Attributes:
        number: Number of its note on the page; 0 where the page has no notes.
        href: Link to the passage on the source's page.
    """

    number: int
    source: SourceView
    href: str
    exact: str
    paragraph: int
    sentence: int
    locator: str | None
    note: str | None
    translation: str | None
    via: tuple[str, ...]


def source_view(source: Source, href: str) -> SourceView:
    """The view of a source whose page a link leads to."""
    return SourceView(
        source.id,
        source.kind,
        source.status,
        escape(source.title),
        escape(source.publisher),
        escape(source_line(source)),
        source.language,
        direction(source.language),
        href,
        time_element(source.published) if source.published else Markup(),
        escape(source.url or ""),
    )


def source_line(source: Source) -> str:
    """A source in one line: publisher and date."""
    if not source.published:
        return source.publisher
    # Without the mark the number of the day would join a name from right to left.
    is_rtl = any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in source.publisher)
    return (
        f"{source.publisher}{_LEFT_TO_RIGHT if is_rtl else ''}, {dates.display(source.published)}"
    )
