"""Maps of countries and of the parties of agreements, as SVG, with the same in words and links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from generator.model.fact import Entity
from generator.model.kind import Act
from generator.model.stage import PartyState
from generator.render.escape import escape_text
from generator.render.figure.canvas import (
    RING,
    Name,
    Shape,
    locator_canvas,
    member_canvas,
)
from generator.render.figure.extent import HEIGHT, WIDTH
from generator.render.view import PageView
from generator.render.wording import ACT_LABEL

NOTE: Final = "Borders as in Natural Earth, which shows them as they are held in fact. No position is taken on any of them."
_GROUPS: Final[tuple[tuple[str, str, tuple[Act, ...]], ...]] = (
    ("full", "In force or implemented", ("in-force", "implemented")),
    ("signed", "Signed or ratified", ("signed", "ratified")),
    ("announced", "Announced", ("announced",)),
    ("ended", "Stalled, suspended or withdrawn", ("stalled", "suspended", "withdrawn")),
)
_PATTERNS: Final = {
    "own": '<pattern id="map-own" width="7" height="7" patternUnits="userSpaceOnUse"><rect class="map__ground" width="7" height="7"/><path class="map__hatch" d="M-1 1l2-2M0 7l7-7M6 8l2-2"/></pattern>',
    "full": '<pattern id="map-full" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="map__ground map__ground--full" width="4" height="4"/></pattern>',
    "signed": '<pattern id="map-signed" width="7" height="7" patternUnits="userSpaceOnUse"><rect class="map__ground" width="7" height="7"/><path class="map__hatch" d="M-1 1l2-2M0 7l7-7M6 8l2-2"/></pattern>',
    "announced": '<pattern id="map-announced" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="map__ground" width="6" height="6"/><circle class="map__dot" cx="3" cy="3" r="1.2"/></pattern>',
    "ended": '<pattern id="map-ended" width="7" height="7" patternUnits="userSpaceOnUse"><rect class="map__ground" width="7" height="7"/><path class="map__hatch" d="M0 3h7M3 0v7"/></pattern>',
}


def draw_locator(view: PageView, entity: Entity) -> Markup:
    """A country on the map, with what lies around it; nothing where the atlas has no such country."""
    code = entity.code
    canvas = locator_canvas(code) if code else None
    if canvas is None:
        return Markup()
    known = view.desk.plan.codes
    plain: list[str] = []
    own: list[str] = []
    names: list[str] = []
    listed: dict[str, str] = {}
    for at, shape in enumerate(canvas.shapes):
        other = shape.code
        name = canvas.names.get(at)
        if other == code:
            own = _marked(shape, "own", entity.name, name)
            continue
        plain.append(shape.path)
        words = _text(name, shape.name)
        if words and other in known:
            row = view.desk.rows[known[other]]
            href = view.entity_href(row.id)
            words = f'<a href="{href}" tabindex="-1">{words}</a>'
            listed[row.name] = f'<a href="{href}">{escape_text(row.name)}</a>'
        names.append(words)
    around = (
        f"<p>Also on this map: {', '.join(listed[name] for name in sorted(listed))}.</p>"
        if listed
        else ""
    )
    return _figure(
        f"Map: where {entity.name} lies", ("own",), "".join(plain), own[:-1] + names + own[-1:],
        f'<div class="map__words" data-generated><p>Hatched: <b>{escape_text(entity.name)}</b>.</p>{around}</div>',
    )  # fmt: skip


def draw_members(view: PageView, states: Iterable[PartyState]) -> Markup:
    """The parties of an agreement on the map, told apart by hatching; nothing without any on it."""
    states = tuple(states)
    codes = {view.desk.rows[state.party].code: state for state in states}
    codes.pop("", None)
    canvas = member_canvas(tuple(sorted(codes))) if codes else None
    if canvas is None:
        return Markup()
    group_of = {act: group for group, _, acts in _GROUPS for act in acts}
    shown: set[str] = set()
    plain: list[str] = []
    own: list[str] = []
    names: list[str] = []
    for at, shape in enumerate(canvas.shapes):
        found = codes.get(shape.code)
        if found is None:
            plain.append(shape.path)
            continue
        shown.add(found.party)
        name = view.desk.rows[found.party].name
        *drawn, words = _marked(shape, group_of[found.state], name, canvas.names.get(at))
        own += drawn
        if words:
            href = view.entity_href(found.party)
            names.append(f'<a href="{href}" tabindex="-1">{words}</a>')
    used = [
        group
        for group, _, acts in _GROUPS
        if any(s.party in shown and s.state in acts for s in states)
    ]
    return _figure(
        "Map: where the parties stand",
        used,
        "".join(plain),
        own + names,
        _legend(view, states, shown),
    )


def _legend(view: PageView, states: tuple[PartyState, ...], shown: set[str]) -> str:
    rows = []
    for group, words, acts in _GROUPS:
        members = [state for state in states if state.state in acts and state.party in shown]
        if members:
            swatch = f'<svg class="map__swatch" viewBox="0 0 28 16" aria-hidden="true"><rect width="28" height="16" fill="url(#map-{group})"/></svg>'
            rows.append(f"<li>{swatch} <b>{words}:</b> {_members(view, members)}</li>")
    absent = [state for state in states if state.party not in shown]
    if absent:
        rows.append(f"<li><b>Not on the map:</b> {_members(view, absent)}</li>")
    return f'<ul class="map__words" data-generated>{"".join(rows)}</ul>'


def _members(view: PageView, states: list[PartyState]) -> str:
    return ", ".join(
        f"{view.entity_link(state.party)} ({ACT_LABEL[state.state].lower()})" for state in states
    )


def _figure(title: str, groups: Iterable[str], plain: str, drawn: list[str], words: str) -> Markup:
    patterns = "".join(_PATTERNS[group] for group in groups)
    return Markup(  # noqa: S704 - of escaped parts
        '<figure class="figure figure--map">'
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" data-generated><defs>{patterns}</defs>'
        f'<g role="img" aria-label="{escape_text(title)}; the list below it says the same in words">'
        f'<rect class="map__sea" width="{WIDTH}" height="{HEIGHT}"/><path class="map__land" d="{plain}"/></g>'
        f'<g aria-hidden="true">{"".join(drawn)}</g>'
        f"</svg>{words}<figcaption>{NOTE}</figcaption></figure>"
    )


def _marked(shape: Shape, group: str, words: str, name: Name | None) -> list[str]:
    found = [f'<path class="map__own" fill="url(#map-{group})" d="{shape.path}"/>']
    if shape.is_small:
        x = round((shape.box.left + shape.box.right) / 2, 1)
        y = round((shape.box.top + shape.box.bottom) / 2, 1)
        found.append(f'<circle class="map__ring" cx="{x:g}" cy="{y:g}" r="{RING}"/>')
    found.append(_text(name, words, own=True))
    return found


def _text(name: Name | None, words: str, *, own: bool = False) -> str:
    if name is None:
        return ""
    kind = "map__name map__name--own" if own else "map__name"
    return f'<text class="{kind}" x="{name.x:g}" y="{name.y:g}">{escape_text(words)}</text>'
