"""The table of acts says what the claims of the acts say, and leads to them; bars are as high as counts."""

from __future__ import annotations

import itertools
import re

from generator.diagnostics import Sink
from generator.render.desk import Desk
from generator.render.figure.matrix import COLUMNS, matrix_rows
from generator.render.figure.strip import WIDTH, Period, draw_strip
from generator.render.wording import ACT_LABEL, time_element
from tests.conftest import ProjectBuilder


def test_each_date_is_that_of_the_claim_it_leads_to(project: ProjectBuilder) -> None:
    desk = Desk(project.verified(), Sink())
    seen = 0
    for entity_id, states in desk.verified.parties.items():
        rows = matrix_rows(desk.view(""), states)
        for state, row in zip(states, rows, strict=True):
            assert row.state == ACT_LABEL[state.state]
            assert tuple(label for label, _ in row.cells) == COLUMNS
            cells = [(label, cell) for label, found in row.cells for cell in found]
            assert len(cells) == len(state.acts)
            assert sum(cell.is_state for _, cell in cells) == 1
            for label, cell in cells:
                claim = desk.facts.entities[entity_id].claim[cell.href.partition("#")[2]]
                assert claim.subject == state.party
                assert (cell.act or label) == ACT_LABEL[claim.act or "signed"]
                date = claim.first_date
                assert cell.when == (time_element(date) if date else "Undated")
                seen += 1
    assert seen > 1


def bars(periods: list[Period]) -> list[tuple[float, float, float]]:
    drawn = draw_strip(periods)
    found = re.findall(r'<rect x="([\d.-]+)" y="\d+" width="([\d.]+)" height="(\d+)"', drawn)
    return [(float(x), float(wide), float(high)) for x, wide, high in found]


def test_bars_stand_in_time_and_are_as_high_as_their_counts() -> None:
    drawn = bars([("1990", "a", 1), ("1991", "b", 2), ("2000", "c", 4)])
    assert [high for _, _, high in drawn] == [15, 30, 60]
    steps = [b[0] - a[0] for a, b in itertools.pairwise(drawn)]
    assert abs(steps[1] - 9 * steps[0]) < 1


def test_bars_stay_in_the_drawing_and_apart() -> None:
    for count in (2, 30, 120, 400):
        drawn = bars([(f"{1600 + at:04d}", "a", at + 1) for at in range(count)])
        assert len(drawn) == count
        assert drawn[0][0] >= 0
        assert drawn[-1][0] + drawn[-1][1] <= WIDTH + 1
        if count <= 120:
            assert all(a[0] + a[1] <= b[0] + 0.1 for a, b in itertools.pairwise(drawn))


def test_years_far_apart_stand_side_by_side() -> None:
    drawn = bars([("0001", "a", 1), ("1500", "b", 1), ("2025", "c", 1)])
    assert len({round(b[0] - a[0]) for a, b in itertools.pairwise(drawn)}) == 1


def test_months_go_by_their_place_in_the_year() -> None:
    drawn = bars([("2019-11", "a", 1), ("2019-12", "b", 1), ("2020-02", "c", 1)])
    steps = [b[0] - a[0] for a, b in itertools.pairwise(drawn)]
    assert abs(steps[1] - 2 * steps[0]) < 1


def test_one_year_needs_no_drawing() -> None:
    assert draw_strip([("2020", "a", 4)]) == ""
    assert draw_strip([]) == ""
