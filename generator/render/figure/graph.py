"""The graph of a page's neighbourhood, as SVG, and the same as a list.

The page stands in the middle, its neighbours in a column on either side of it, grouped by kind; a
layout of our own, which takes a tenth of the time that `dot` does (docs/figures.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from markupsafe import Markup

from generator.model.fact import Claim
from generator.model.kind import KIND, KINDS
from generator.model.stage import Row
from generator.render.escape import escape_text
from generator.render.figure.lettering import wrap
from generator.render.figure.neighbourhood import Neighbour, Neighbourhood, gather
from generator.render.view import PageView
from generator.render.wording import plural

WIDTH: Final = 680
_BOX: Final = 200  # width of a neighbour's box
_CENTRE: Final = 150  # width of the page's own box
_PAD: Final = 8
_COUNT: Final = 24  # room for the number of claims at a box's inner end
_ROOM: Final = _BOX - 2 * _PAD - _COUNT  # for a neighbour's name
_SIZE: Final = 13  # of letters
_LEADING: Final = 16
_GAP: Final = 8  # between boxes
_HEADING: Final = 18  # room for the name of a kind above its first box
_LINES: Final = 3
_MIDDLE: Final = WIDTH / 2
_CAPTION: Final = (
    '<span class="drawn">An arrow leads to the page that is named; the number beside a name counts the'
    " claims. The list says the same in words.</span>"
    '<span class="undrawn">A wider screen, and paper, show a drawing of this list as well.</span>'
)
"""On a narrow screen there is no drawing, and the words on how to read it would be lost."""
_KIND: Final[dict[str, str]] = {kind.id: kind.label.lower() for kind in KINDS}
_ORDER: Final[dict[str, int]] = {kind.id: number for number, kind in enumerate(KINDS)}


class Box(NamedTuple):
    """A neighbour's place: its upper edge, height and lines, and the kind that is named above it."""

    neighbour: Neighbour
    row: Row
    top: int
    height: int
    lines: tuple[str, ...]
    heading: str


def draw_connections(view: PageView, entity_id: str, claims: Iterable[Claim]) -> Markup:
    """The neighbourhood of an entity as a figure and a list; nothing where it has none."""
    around = gather(view.desk, entity_id, claims)
    if not around.neighbours:
        return Markup()
    name = view.desk.rows[entity_id].name
    left, right = arrange(view.desk.rows, around.neighbours)
    note = ""
    if around.total > len(around.neighbours):
        mentioned = bool(view.desk.plan.mentions(entity_id).items)
        where = '<a href="#backlinks-title">mention it</a>' if mentioned else "mention it"
        left_out = around.total - len(around.neighbours)
        note = f"<p>The strongest of {around.total:,} connections; {left_out:,} more are named by claims of this page or {where}.</p>"
    return Markup(  # noqa: S704 - of escaped parts
        '<section class="connections" aria-labelledby="connections-title">\n'
        '<h2 id="connections-title">Connected to</h2>\n'
        f'<figure class="figure figure--graph" data-generated>{_svg(view, name, left, right)}'
        f"<figcaption>{_CAPTION}</figcaption>"
        f"</figure>\n{_list(view, around)}{note and f'<div data-generated>{note}</div>'}</section>"
    )


def arrange(rows: dict[str, Row], neighbours: Iterable[Neighbour]) -> tuple[list[Box], list[Box]]:
    """Neighbours in two columns: those that name the page on the left, those it names on the right.

    Those of which both is true go where there is more room.
    """
    columns: tuple[list[Neighbour], list[Neighbour]] = ([], [])
    both = []
    for one in neighbours:
        if one.here and one.there:
            both.append(one)
        else:
            columns[bool(one.here)].append(one)
    for one in both:
        columns[len(columns[0]) > len(columns[1])].append(one)
    return _stack(rows, columns[0]), _stack(rows, columns[1])


def _stack(rows: dict[str, Row], neighbours: list[Neighbour]) -> list[Box]:
    found: list[Box] = []
    top, last = 0, ""
    placed = [(one, rows[one.id]) for one in neighbours]
    placed.sort(key=lambda pair: _ORDER[pair[1].kind_id])
    for one, row in placed:
        heading = ""
        if row.kind_id != last:
            last = row.kind_id
            heading = KIND[last].plural
            top += _HEADING
        lines = wrap(row.name, _SIZE, _ROOM, _LINES)
        height = _LEADING * len(lines) + 10
        found.append(Box(one, row, top, height, lines, heading))
        top += height + _GAP
    return found


def _height(boxes: list[Box]) -> int:
    return boxes[-1].top + boxes[-1].height if boxes else 0


def _svg(view: PageView, name: str, left: list[Box], right: list[Box]) -> str:
    own = wrap(name, _SIZE + 1, _CENTRE - 2 * _PAD, 4)
    own_height = 18 * len(own) + 14
    height = max(_height(left), _height(right), own_height) + 4
    middle = height // 2
    lines, heads, boxes = [], [], []
    for column, side in ((left, -1), (right, 1)):
        down = (height - _height(column)) // 2
        outer = 2 if side < 0 else WIDTH - _BOX - 2
        inner = 2 + _BOX if side < 0 else WIDTH - _BOX - 2
        near = int(_MIDDLE + side * _CENTRE / 2)
        half = (inner + near) // 2
        # What is the same for all boxes of a column is put together once.
        line, tip = f"M{near} {middle}C{half} {middle} {half} ", f"l{-7 * side}-4v8z"
        back = f"M{near} {middle}l{7 * side}-4v8z"
        kind = f'<text class="graph__kind" x="{outer + 1}" y="'
        link = f'" tabindex="-1"><rect x="{outer}" y="'
        size = f'" width="{_BOX}" height="'
        name_at = outer + (_BOX + side * _COUNT) // 2
        count = f'</a><text class="graph__count" x="{inner + side * _COUNT // 2}" y="'
        for one, _, offset, high, words, heading in column:
            top = offset + down
            at = top + high // 2
            lines.append(f"{line}{at} {inner} {at}")
            if one.here:
                heads.append(f"M{inner} {at}{tip}")
            if one.there:
                heads.append(back)
            if heading:
                boxes.append(f'{kind}{top - 5}">{heading}</text>')
            boxes.append(
                f'<a href="{view.entity_href(one.id)}{link}{top}{size}{high}"/>'
                f'{_words(words, name_at, top + 18, _LEADING)}{count}{at + 4}">{one.weight}</text>'
            )
    return (
        f'<svg class="graph" viewBox="0 0 {WIDTH} {height}" aria-hidden="true">'
        f'<path class="graph__line" d="{"".join(lines)}"/><path class="graph__head" d="{"".join(heads)}"/>'
        f'<g class="graph__own"><rect x="{int(_MIDDLE - _CENTRE / 2)}" y="{middle - own_height // 2}" width="{_CENTRE}" height="{own_height}"/>'
        f"{_words(own, int(_MIDDLE), middle - own_height // 2 + 20, 18)}</g>{''.join(boxes)}</svg>"
    )


def _words(lines: tuple[str, ...], x: int, y: int, leading: int) -> str:
    if len(lines) == 1:
        return f'<text x="{x}" y="{y}">{escape_text(lines[0])}</text>'
    spans = "".join(
        f'<tspan x="{x}" y="{y + leading * number}">{escape_text(line)} </tspan>'
        for number, line in enumerate(lines)
    )
    return f"<text>{spans}</text>"


@lru_cache(maxsize=256)
def _claims(count: int) -> str:
    return plural(count, "claim")


def _list(view: PageView, around: Neighbourhood) -> str:
    items = []
    for one in around.neighbours:
        parts = list(map(escape_text, one.relations))
        if one.here:
            parts.append(f'named in <a href="#{one.here[0]}">{_claims(len(one.here))}</a> here')
        if one.there:
            entity, _, claim = one.there[0].partition("#")
            href = view.claim_href(entity, claim)
            parts.append(f'names it in <a href="{href}">{_claims(len(one.there))}</a>')
        row = view.desk.rows[one.id]
        items.append(
            f'<li><a href="{view.entity_href(one.id)}">{escape_text(row.name)}</a>, '
            f"{_KIND[row.kind_id]}: {'; '.join(parts)}</li>\n"
        )
    return f'<ul class="connections__list" data-generated>\n{"".join(items)}</ul>'
