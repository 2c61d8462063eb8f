"""Pages of entities: their own, and further ones of what mentions them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from generator.model.fact import Claim, Entity
from generator.model.kind import KIND
from generator.model.stage import Page
from generator.render import data
from generator.render.address import output_file, relative
from generator.render.desk import Desk
from generator.render.figure.chart import draw_locator, draw_members
from generator.render.figure.graph import draw_connections
from generator.render.figure.matrix import matrix_rows
from generator.render.part import Pager, Rendered, numbered, pager, shorten
from generator.render.view import ClaimView, PageView, claim_words


def draw_entity(desk: Desk, entity_id: str) -> Rendered:
    """An entity's page, redirects from its former ids, its lines in the data files."""
    entity = desk.facts.entities[entity_id]
    view = desk.view(desk.addresses.entity(entity))
    live = [claim for claim in entity.claims if claim.rank != "deprecated"]
    parts: dict[str, list[Claim]] = {}
    for claim in live:
        parts.setdefault(claim.part, []).append(claim)
    aside = desk.view(view.path)  # for claims repeated here, which take no notes
    mentions = desk.plan.mentions(entity_id)
    first = desk.facts.claims_of(mentions.page(1))
    states = desk.verified.parties.get(entity.id, ())
    html = desk.body(
        "entity.html",
        view,
        entity=entity,
        papers=_papers(desk, view, entity_id),
        # Views are made in the order of the page, so that notes are numbered as they are read.
        # A claim that has words as well stands in full under its topic, and takes its notes there.
        box=[
            (aside if c.part == "claims" and c.text else view).claim(c)
            for c in live
            if c.property_id or c.part in ("date", "place")
        ],
        roles=view.claims(parts.get("roles", ())),
        parties=[view.party(state) for state in states],
        participants=view.claims(parts.get("participants", ())),
        topics=_by_topic(view, parts.get("claims", ())),
        disagreements=[
            aside.claims(desk.facts.claims_of(group))
            for group in desk.plan.groups.get(entity.id, ())
        ],
        deprecated=view.claims(c for c in entity.claims if c.rank == "deprecated"),
        map=draw_locator(view, entity) or draw_members(view, states),
        matrix=matrix_rows(view, states),
        connections=draw_connections(view, entity_id, live),
        backlinks=first,
        briefings=[
            (one.title, view.root + desk.addresses.page("briefings", one.id))
            for one in desk.plan.papers.get(entity_id, ())
        ],
        pager=_pager(view, entity_id, 1, mentions.total),
        standings=desk.standings(desk.rows[entity_id]),
    )
    words = next((claim_words(desk.verified, claim) for claim in live), "")
    page = Page(view.path, entity.kind.folder, entity.name, shorten(words), html, (entity.path,))
    return Rendered(
        pages=(page,),
        files=dict(_redirects(desk, entity)),
        records=data.entity_records(desk.verified, entity, desk.addresses),
    )


def _papers(desk: Desk, view: PageView, entity_id: str) -> list[tuple[str, str]]:
    """Label and link of each ready PDF of the page; none where the site has none."""
    if desk.facts.settings.pdf != "all":
        return []
    return [(label, view.root + address) for label, address in desk.addresses.papers(entity_id)]


def _by_topic(view: PageView, claims: Iterable[Claim]) -> list[tuple[str, list[ClaimView]]]:
    """Claims of the general part under their topics, in the declared order, the rest last."""
    found: dict[str | None, list[ClaimView]] = {}
    topics = view.desk.facts.vocabulary.topics
    for claim in claims:
        if claim.text or not claim.property_id:
            topic = claim.topic if claim.topic in topics else None
            found.setdefault(topic, []).append(view.claim(claim))
    order = (*topics, None)
    return [(topic or "Further facts", found[topic]) for topic in order if topic in found]


def _pager(view: PageView, entity_id: str, number: int, total: int) -> Pager:
    row = view.desk.rows[entity_id]
    return pager(number, total, lambda page: view.root + view.desk.addresses.mentions(row, page))


def _redirects(desk: Desk, entity: Entity) -> list[tuple[str, bytes]]:
    """A page for each former id that leads to the present one, also without scripts."""
    found = []
    for alias in entity.aliases:
        if desk.verified.linked.aliases.get(alias) != entity.id:
            continue
        address = desk.addresses.page(entity.kind.folder, alias)
        href = escape(relative(desk.addresses.entity(entity), address))
        script = escape(relative("assets/js/moved.js", address))
        name = escape(entity.name)
        html = (
            "<!doctype html>\n"
            f'<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
            f'<meta name="robots" content="noindex"><link rel="canonical" href="{href}">'
            f'<script src="{script}"></script>'
            f'<meta http-equiv="refresh" content="0; url={href}"></head>'
            f'<body><p>This page has moved to <a href="{href}">{name}</a>.</p></body></html>\n'
        )
        found.append((output_file(address), html.encode()))
    return found


def draw_mentions(desk: Desk, entity_id: str, number: int) -> Rendered:
    """A further page of what mentions an entity."""
    row = desk.rows[entity_id]
    mentions = desk.plan.mentions(entity_id)
    view = desk.view(desk.addresses.mentions(row, number))
    html = desk.body(
        "mentions.html",
        view,
        row=row,
        href=view.entity_href(entity_id),
        backlinks=desk.facts.claims_of(mentions.page(number)),
        pager=_pager(view, entity_id, number, mentions.total),
    )
    title = numbered(f"{row.name}: mentioned elsewhere", number)
    return Rendered((Page(view.path, KIND[row.kind_id].folder, title, "", html),))
