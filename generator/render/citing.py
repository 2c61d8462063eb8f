"""Sources and citations as finished words and links for one page."""

from __future__ import annotations

from markupsafe import Markup, escape
from msgspec import Struct

from generator import date as dates
from generator.model.fact import Source
from generator.render.wording import direction, set_apart, time_element


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
    return f"{set_apart(source.publisher)}, {dates.display(source.published)}"
