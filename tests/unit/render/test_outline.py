"""Lines are made simpler, clipped and written as they should be."""

from itertools import pairwise
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from generator.render.figure.outline import Frame, area, bounds, clip, middle, path, simplify

FRAME = Frame(0, 0, 10, 10)
POINT = st.tuples(st.floats(-20, 30), st.floats(-20, 30))


def test_a_ring_within_the_frame_stays() -> None:
    ring = [(1.0, 1.0), (9.0, 1.0), (9.0, 9.0)]
    assert clip(ring, FRAME) == ring


def test_a_ring_across_the_edge_is_cut_there() -> None:
    cut = clip([(5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)], FRAME)
    assert bounds(cut) == (5, 5, 10, 8)
    assert abs(area(cut)) == 2 * 15


def test_a_ring_around_the_frame_fills_it() -> None:
    assert abs(area(clip([(-5, -5), (15, -5), (15, 15), (-5, 15)], FRAME))) == 200


def test_a_ring_outside_is_gone() -> None:
    assert clip([(11.0, 1.0), (12.0, 1.0), (12.0, 2.0)], FRAME) == []


@given(st.lists(POINT, min_size=3, max_size=12))
def test_nothing_is_drawn_outside_of_the_frame(ring: list[tuple[float, float]]) -> None:
    for x, y in clip(ring, FRAME):
        assert -1e-6 <= x <= 10 + 1e-6
        assert -1e-6 <= y <= 10 + 1e-6


@given(st.lists(POINT, min_size=2, max_size=30), st.floats(0.1, 5))
def test_a_simpler_line_keeps_its_ends_and_stays_near(
    line: list[tuple[float, float]], tolerance: float
) -> None:
    simple = simplify(line, tolerance)
    assert (simple[0], simple[-1]) == (line[0], line[-1])
    for point in line:
        # A step may be left out for being short, and then the line for being straight.
        assert min(_distance(point, a, b) for a, b in _pairs(simple)) <= 2.5 * tolerance


def _pairs(
    line: list[tuple[float, float]],
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return list(pairwise(line)) or [(line[0], line[0])]


def _distance(p: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length)) if length else 0.0
    return hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def test_a_path_goes_by_whole_steps() -> None:
    assert path([(1.2, 1.0), (4.0, 1.0), (4.1, 0.9), (4.0, 5.0), (1.0, 1.0)]) == "M1 1l3 0 0 4z"
    assert path([(1.0, 1.0), (1.2, 1.1), (1.1, 1.2)]) == ""


def test_words_stand_in_the_widest_row() -> None:
    x, y, room = middle([[(0, 0), (10, 0), (10, 4), (2, 4), (2, 10), (0, 10)]])
    assert (x, room) == (5, 10)
    assert 0 < y < 4
