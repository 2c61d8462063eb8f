"""Pages of sources: their own, and further ones where a source supports very many claims."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.fact import Claim, Source
from generator.model.stage import Impact, Page, Passage
from generator.render import data, plan
from generator.render.desk import Desk
from generator.render.figure.passages import draw_passages
from generator.render.opentext import FOLDED, draw_text, open_text
from generator.render.part import Rendered, numbered, pager, shorten
from generator.render.piece import Here
from generator.render.plan import Paged
from generator.render.view import PageView

Pair = tuple[Passage, Claim]


def draw_source(desk: Desk, source_id: str) -> Rendered:
    """A source's pages, and its line in the data file."""
    source = desk.facts.sources[source_id]
    impact = desk.verified.impact[source_id]
    supports = Paged(tuple(_pairs(desk, source, impact)), plan.SUPPORTED)
    pages = tuple(
        _draw(desk, source, (number, supports.total), supports.page(number))
        for number in range(1, supports.total + 1)
    )
    return Rendered(pages, records=data.source_records(desk.verified, source, desk.addresses))


def draw_lines(desk: Desk, source_id: str, refs: Iterable[str]) -> dict[str, int] | None:
    """The lines of some claims on a source's page, and how often each stands there.

    It is None where templates of the project's own draw the page: they may show more of a claim.
    """
    if not all(map(desk.templates.is_own, ("source.html", "macros.html"))):
        return None
    source = desk.facts.sources[source_id]
    view = desk.view(desk.addresses.page("sources", source_id))
    here = Here(
        source, "", frozenset(desk.verified.impact[source_id].alone), has_text=False, quoting={}
    )
    return {
        desk.pieces.supported(view, here, claim): len(_exacts(claim, source))
        for claim in desk.facts.claims_of(refs)
    }


def _exacts(claim: Claim, source: Source) -> dict[str, None]:
    """What a claim quotes of a source, each once, in the order of its citations."""
    return dict.fromkeys(q.exact for q in claim.quotations if q.source == source.id)


def _pairs(desk: Desk, source: Source, impact: Impact) -> list[Pair]:
    """Each quoted passage with each claim it supports, in the order of the text."""
    supported: dict[str, list[Claim]] = {}
    for claim in desk.facts.claims_of(impact.supports):
        for exact in _exacts(claim, source):
            supported.setdefault(exact, []).append(claim)
    return [
        (passage, claim)
        for passage in impact.passages
        for claim in supported.get(passage.exact, ())
    ]


def _draw(desk: Desk, source: Source, place: tuple[int, int], pairs: tuple[Pair, ...]) -> Page:
    """One page of a source: its number and how many there are, and what it supports."""
    number, total = place
    impact = desk.verified.impact[source.id]
    address = desk.addresses.page("sources", source.id)

    def page_at(page: int) -> str:
        further = desk.addresses.further("sources", source.id, page)
        return address if page == 1 else further

    # Citations lead to passages on the source's first page, so all of them stand there.
    passages: dict[str, tuple[Passage, list[Claim]]] = {}
    if number == 1:
        passages = {passage.exact: (passage, []) for passage in impact.passages}
    for passage, claim in pairs:
        passages.setdefault(passage.exact, (passage, []))[1].append(claim)
    view = desk.view(page_at(number))
    text = (open_text(desk.facts, source) or "") if number == 1 else ""
    carried = [desk.origin_name(origin) for origin in source.carries if origin != source.id]
    # On the first page, which has the passages, what leads to one need not name the page.
    here = "" if number == 1 else view.root + address
    html = desk.body(
        "source.html",
        view,
        source=source,
        impact=impact,
        href=view.root + address,
        origins=[desk.origin_name(origin) for origin in source.origins],
        carried=carried,
        overlaps=_overlaps(view, source),
        strip=draw_passages(impact.paragraphs, impact.passages) if number == 1 else "",
        here=Here(source, here, frozenset(impact.alone), bool(text), _quoting(view, source)),
        passages=list(passages.values()),
        text=draw_text(text, impact) if text else "",
        is_folded=len(text) > FOLDED,
        pager=pager(number, total, lambda page: view.root + page_at(page)),
    )
    title = numbered(source.title, number)
    if number > 1:
        return Page(view.path, "sources", title, "", html)
    about = source.abstract or source.descriptor or ""
    return Page(view.path, "sources", title, shorten(about), html, (source.path,))


def _quoting(view: PageView, source: Source) -> dict[str, str]:
    """Links to the briefings that quote words of a source themselves, by these words."""
    found: dict[str, dict[str, str]] = {}
    for briefing_id in view.desk.plan.citing.get(source.id, ()):
        one = view.desk.plan.briefing[briefing_id]
        link = view.desk.templates.draw(
            "leading", one.title, view.root + view.desk.addresses.page("briefings", one.id)
        )
        for cited in one.quotations:
            if cited.source == source.id:
                found.setdefault(cited.exact, {})[one.id] = link
    return {exact: ", ".join(links.values()) for exact, links in found.items()}


def _overlaps(view: PageView, source: Source) -> list[tuple[Source, str, float]]:
    """Other sources that share much of its wording: source, link, share."""
    found = []
    for other_id, share in view.desk.plan.overlaps.get(source.id, ()):
        found.append((view.desk.facts.sources[other_id], view.source_href(other_id), share))
    return found
