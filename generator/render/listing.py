"""Lists of the site: entities of a kind, sources, disagreements."""

from __future__ import annotations

from generator.model.kind import KIND_OF_FOLDER
from generator.model.stage import Page
from generator.render.desk import Desk
from generator.render.part import Rendered, numbered, pager
from generator.render.view import PageView


def draw_list(desk: Desk, folder: str, number: int) -> Rendered:
    """A page of the list of a kind."""
    kind, paged = KIND_OF_FOLDER[folder], desk.plan.entities(folder)
    view = list_view(desk, folder, number)
    rows = [(row, view.entity_href(row.id), desk.standings(row)) for row in paged.page(number)]
    return draw_numbered(
        view, "section.html", (folder, kind.plural), (number, paged.total),
        kind=kind, rows=rows, total=len(paged.items),
    )  # fmt: skip


def draw_sources(desk: Desk, number: int) -> Rendered:
    """A page of the list of sources."""
    paged, facts = desk.plan.sources, desk.facts
    view = list_view(desk, "sources", number)
    rows = []
    for source_id in paged.page(number):
        source = facts.sources[source_id]
        voices = [desk.origin_name(origin) for origin in source.carries or source.origins]
        impact = desk.verified.impact[source_id]
        rows.append((source, view.source_href(source_id), impact, voices))
    return draw_numbered(
        view, "sources.html", ("sources", "Sources"), (number, paged.total),
        rows=rows, total=len(paged.items), voices=len(desk.verified.census.origins),
    )  # fmt: skip


def draw_disagreements(desk: Desk, number: int) -> Rendered:
    """A page of disagreements, and of claims that have been corrected."""
    groups, deprecated = desk.plan.disagreements, desk.plan.deprecated
    claims_of = desk.facts.claims_of
    return draw_numbered(
        list_view(desk, "disagreements", number),
        "disagreements.html",
        ("disagreements", "Disagreements"),
        (number, max(groups.total, deprecated.total)),
        groups=[claims_of(group) for group in groups.page(number)],
        deprecated=claims_of(deprecated.page(number)),
    )


def list_view(desk: Desk, folder: str, number: int) -> PageView:
    """The view for a page of the list in a folder."""
    return desk.view(_address(desk, folder, number))


def draw_numbered(
    view: PageView, template: str, named: tuple[str, str], place: tuple[int, int], **context: object
) -> Rendered:
    """A page of a list: the first is a section of the host, the others are pages of their own.

    Args:
        view: The page's view.
        template: Its template.
        named: Folder and title of the list.
        place: Number of the page, and how many there are.
        context: What the template needs besides.
    """
    (folder, title), (number, total) = named, place
    desk, title = view.desk, numbered(title, number)
    way = pager(number, total, lambda page: view.link(_address(desk, folder, page)))
    html = desk.body(template, view, title=title, pager=way, **context)
    if number == 1:
        return Rendered(sections={f"{folder}/index.md": html})
    return Rendered((Page(view.path, folder, title, "", html),))


def _address(desk: Desk, folder: str, number: int) -> str:
    if number == 1:
        return desk.addresses.section(folder)
    return desk.addresses.further(folder, "page", number)
