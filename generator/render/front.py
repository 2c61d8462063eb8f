"""The home page, the pages that explain the site, and the files that belong to all of it."""

from __future__ import annotations

import heapq
import json
from urllib.parse import urljoin

from generator import date as dates
from generator.codes import CODES
from generator.model.kind import KINDS, LIKELIHOODS, STANDINGS, Kind, Standing
from generator.model.stage import FOOTER_ROOT, Row
from generator.render import data, schema
from generator.render.changes import newest_edition
from generator.render.desk import Desk
from generator.render.figure.matrix import MatrixRow, matrix_rows
from generator.render.part import Rendered
from generator.render.timeline import newest
from generator.render.view import PageView
from generator.verify.normalise import RULES

AGREEMENTS, PARTIES, EVENTS, GROUPS, LINKS, BRIEFINGS = 3, 12, 8, 3, 6, 5
"""How many of each the home page shows at most; parties of each agreement, links of each kind."""


def draw_home(desk: Desk) -> Rendered:
    """The home page: the heads of everything."""
    view, verified = desk.view(desk.addresses.section("")), desk.verified
    standings = _standings(desk)
    claims_of = desk.facts.claims_of
    html = desk.body(
        "home.html",
        view,
        live=sum(count for standing, count in standings if standing != "deprecated"),
        sources=len(desk.facts.sources),
        voices=len(verified.census.origins),
        standings=standings,
        agreements=[_agreement(view, row) for row in _agreements(desk)],
        sections=[_section(view, kind) for kind in KINDS],
        recent=claims_of(newest(desk, EVENTS)),
        disagreements=[claims_of(group) for group in verified.disagreements[:GROUPS]],
        links={name: view.section(name) for name in ("timeline", "sources", "disagreements")},
        edition=newest_edition(view),
        method=view.link(desk.addresses.page("about", "method")),
        briefings=[
            (
                one.title,
                view.link(desk.addresses.page("briefings", one.id)),
                dates.display(one.as_of),
            )
            for one in verified.briefings[:BRIEFINGS]
        ],
    )
    return Rendered(sections={"index.md": html})


def _standings(desk: Desk) -> list[tuple[Standing, int]]:
    rows = desk.rows.values()
    counts = [sum(column) for column in zip(*(row.standings for row in rows), strict=True)]
    return [pair for pair in zip(STANDINGS, counts, strict=False) if pair[1]]


def _agreements(desk: Desk) -> list[Row]:
    """The agreements with most parties, in the order of their ids."""
    with_parties = (row for row in desk.rows.values() if row.parties)
    most = heapq.nsmallest(AGREEMENTS, with_parties, key=lambda row: (-row.parties, row.id))
    return sorted(most, key=lambda row: row.id)


def _agreement(view: PageView, row: Row) -> tuple[Row, str, list[object], list[MatrixRow]]:
    states = view.desk.verified.parties[row.id][:PARTIES]
    parties: list[object] = [view.party(state) for state in states]
    return row, view.entity_href(row.id), parties, matrix_rows(view, states)


def _section(view: PageView, kind: Kind) -> tuple[Kind, str, list[tuple[Row, str]]]:
    rows = (row for row in view.desk.rows.values() if row.kind_id == kind.id)
    most = heapq.nsmallest(LINKS, rows, key=lambda row: (-row.claims, row.id))
    return kind, view.section(kind.folder), [(row, view.entity_href(row.id)) for row in most]


def draw_method(desk: Desk) -> Rendered:
    """How quotations are compared."""
    view = desk.view(desk.addresses.page("about", "method"))
    html = desk.body(
        "method.html", view, likelihoods=LIKELIHOODS, rules=RULES, settings=desk.facts.settings
    )
    return Rendered(sections={"about/method.md": html})


def draw_codes(desk: Desk) -> Rendered:
    """What the checks can find."""
    view = desk.view(desk.addresses.page("about", "codes"))
    return Rendered(
        sections={"about/codes.md": desk.body("codes.html", view, codes=CODES.values())}
    )


def draw_tools(desk: Desk) -> Rendered:
    """Pages that scripts fill: the search, and the briefing that a reader puts together."""
    sections = {}
    for name in ("search", "my-briefing"):
        view = desk.view(desk.addresses.section(name))
        sections[f"{name}/index.md"] = desk.body(f"{name}.html", view)
    return Rendered(sections=sections)


def draw_site(desk: Desk) -> Rendered:
    """The edition, the schemas of the data files, what programs ask for, and the foot of the host's pages."""
    record = json.dumps(
        data.edition_record(desk.verified, desk.addresses), ensure_ascii=False, indent=2
    )
    files = {
        "edition.json": f"{record}\n".encode(),
        "assets/edition.css": _edition_css(desk).encode(),
        "robots.txt": _robots(desk.facts.settings.site_url).encode(),
        "site.webmanifest": _manifest(desk.facts.settings.site_name).encode(),
    }
    files |= {path: schema.schema_file(form) for path, form in schema.SCHEMAS.items()}
    section = desk.addresses.section("changes")
    foot = desk.pieces.constant(FOOTER_ROOT, "foot", FOOTER_ROOT, section)
    return Rendered(files=files, footer=desk.templates.render("footer.html", foot=foot))


def _robots(site_url: str) -> str:
    """What visits by programs are told: all may be read, and where the list of pages is."""
    sitemap = f"Sitemap: {urljoin(site_url, 'sitemap.xml')}\n" if site_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"


def _manifest(site_name: str) -> str:
    """Name and picture of the site where a reader puts it among their programs."""
    pictures = [
        {"src": "assets/icon.svg", "type": "image/svg+xml", "sizes": "any"},
        {"src": "assets/icon.png", "type": "image/png", "sizes": "48x48"},
    ]
    record = {"name": site_name, "start_url": "./", "display": "browser", "icons": pictures}
    return f"{json.dumps(record, ensure_ascii=False, indent=2)}\n"


def _edition_css(desk: Desk) -> str:
    """The edition as a custom property: the foot of every page names it, and no page changes."""
    edition = desk.verified.edition
    as_of = f", as of {dates.display(edition.as_of)}" if edition.as_of else ""
    named = f"Edition {edition.id}{as_of}"
    site = desk.facts.settings.site_name
    safe = site.replace("\\", "").replace('"', "").replace("\n", " ").replace("<", "")
    dated = f"Facts as of {dates.display(edition.as_of)}" if edition.as_of else ""
    values = {"edition": f"{safe} · {named}", "edition-name": f", {named}", "as-of": dated}
    declared = " ".join(f'--{name}: "{words}";' for name, words in values.items())
    return f":root {{ {declared} }}\n"
