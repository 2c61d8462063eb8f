"""The graph of connections: who is in it, and that nothing in it overlaps."""

from __future__ import annotations

import itertools
import re

import pytest

from generator.diagnostics import Sink
from generator.model.stage import Row
from generator.render.desk import Desk
from generator.render.figure.graph import WIDTH, arrange, draw_connections
from generator.render.figure.lettering import width
from generator.render.figure.neighbourhood import MOST, Neighbour, gather
from tests.conftest import ProjectBuilder

KINDS = ("country", "person", "agreement", "organisation", "event")
NAMES = ("Ardenia", "Правительство Республики", "ולדימיר", "x" * 300, "哈" * 60, "United " * 9)


def neighbours(count: int) -> tuple[dict[str, Row], list[Neighbour]]:
    rows, found = {}, []
    for number in range(count):
        id_ = f"n{number}"
        rows[id_] = Row(id_, KINDS[number % 5], NAMES[number % len(NAMES)].strip(), (1,))
        here, there = ["c"] * (number % 3), [f"{id_}#c"] * (number % 2)
        found.append(Neighbour(id_, here or ["c"], there))
    return rows, found


@pytest.mark.parametrize("count", range(1, 15))
def test_boxes_hold_their_words_and_lie_apart(count: int) -> None:
    rows, found = neighbours(count)
    columns = arrange(rows, found)
    assert sorted(b.neighbour.id for column in columns for b in column) == sorted(rows)
    for column in columns:
        for box, below in itertools.pairwise(column):
            assert box.top + box.height < below.top
        for box in column:
            assert 1 <= len(box.lines) <= 3
            assert all(width(line, 13) <= 200 for line in box.lines)
        kinds = [box.row.kind_id for box in column]
        assert sorted(kinds, key=KINDS.index) == kinds
        assert [box.heading != "" for box in column] == [
            at == 0 or kinds[at] != kinds[at - 1] for at in range(len(kinds))
        ]


def test_direction_says_on_which_side() -> None:
    rows = {id_: Row(id_, "country", id_, (1,)) for id_ in "abcd"}
    left, right = arrange(
        rows,
        [
            Neighbour("a", here=["x"]),
            Neighbour("b", there=["b#x"]),
            Neighbour("c", here=["x"], there=["c#x"]),
            Neighbour("d", here=["x"], there=["d#x"]),
        ],
    )
    assert [box.row.id for box in left] == ["b", "c"]
    assert [box.row.id for box in right] == ["a", "d"]


def test_neighbours_are_counted_both_ways(project: ProjectBuilder) -> None:
    desk = Desk(project.verified(), Sink())
    entity = desk.facts.entities["grey-harbour-treaty"]
    around = gather(desk, entity.id, entity.claims)
    by_id = {one.id: one for one in around.neighbours}
    assert "ardenia-signed" in by_id["ardenia"].here
    assert "party" in by_id["ardenia"].relations
    assert all(ref in desk.plan.mentioned(entity.id) for one in by_id.values() for ref in one.there)
    weights = [one.weight for one in around.neighbours]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) <= MOST
    assert entity.id not in by_id


def test_a_drawing_has_no_styles_and_is_escaped(project: ProjectBuilder) -> None:
    sheet = "content/countries/fenland.yml"
    cite = "cite: {harbour-gazette-2019-05-03: allows twelve crossings a day}"
    project.write(
        sheet,
        f'name: "Fen<b> & land"\nclaims:\n  one:\n    text: It met [[ardenia]].\n    {cite}\n',
    )
    desk = Desk(project.verified(), Sink())
    entity = desk.facts.entities["fenland"]
    drawn = [
        draw_connections(desk.view("countries/fenland/"), entity.id, entity.claims)
        for _ in range(2)
    ]
    assert drawn[0] == drawn[1]
    assert "Fen&lt;b&gt; &amp; land" in drawn[0]
    assert "<b>" not in drawn[0]
    assert not re.search(r"\s(style|on\w+)=", drawn[0])
    assert f'viewBox="0 0 {WIDTH} ' in drawn[0]
    assert len(drawn[0]) < 1_800


def test_who_stands_alone_has_no_graph(project: ProjectBuilder) -> None:
    desk = Desk(project.verified(), Sink())
    view = desk.view("countries/ardenia/")
    alone = next(id_ for id_ in desk.rows if not desk.plan.mentions(id_).items)
    assert draw_connections(view, alone, ()) == ""
