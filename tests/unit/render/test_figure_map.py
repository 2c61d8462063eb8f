"""Maps: codes, extents, the antimeridian, small states, names, size."""

import re
from math import pi

import pytest

from generator.render.figure.atlas import angle, circle, load_atlas, read_codes, vector
from generator.render.figure.canvas import (
    LIMIT,
    LOCATORS,
    Canvas,
    draw_canvas,
    locator_canvas,
    member_canvas,
    place_names,
)
from generator.render.figure.extent import FRAME, HEIGHT, WIDTH, main_pieces
from generator.render.figure.lettering import width
from generator.render.figure.projection import Azimuthal, World

SOME = ["KZ", "RU", "US", "FJ", "BH", "SG", "XK", "FR", "CL", "AQ", "KI", "NZ"]


def canvas(code: str) -> Canvas:
    found = locator_canvas(code)
    assert found is not None
    return found


def test_the_table_of_codes_fits_the_atlas() -> None:
    atlas = load_atlas()
    assert len(atlas.by_code) == 236
    names = {code: atlas.by_code[code].name for code in ("KZ", "BH", "XK", "AE", "AU", "TW", "PS")}
    assert names == {
        "KZ": "Kazakhstan", "BH": "Bahrain", "XK": "Kosovo", "AE": "United Arab Emirates",
        "AU": "Australia", "TW": "Taiwan", "PS": "Palestine",
    }  # fmt: skip
    # Land without a code of its own is drawn and not named by any.
    assert {land.name for land in atlas.lands if not land.code} == {
        "Somaliland", "N. Cyprus", "Indian Ocean Ter.", "Siachen Glacier",
    }  # fmt: skip
    assert read_codes("# a note\nKZ\t398\n") == {"398": "KZ"}


@pytest.mark.parametrize("code", ["", "XX", "kz", "KZ ", "ZZZZ", "\N{SNOWMAN}", "GI"])
def test_a_code_that_the_atlas_lacks_has_no_map(code: str) -> None:
    assert locator_canvas(code) is None
    assert member_canvas((code,)) is None


def test_the_middle_of_a_map_is_its_middle() -> None:
    (x, y), (east, _), (_, north) = Azimuthal(vector(70, 45)).project(
        [vector(70, 45), vector(71, 45), vector(70, 46)]
    )
    assert abs(x) + abs(y) < 1e-9
    assert east > 0 > north  # y grows downwards


@pytest.mark.parametrize("place", [(0.0, 90.0), (0.0, -90.0), (180.0, 0.0), (-179.9, 60.0)])
def test_poles_and_antimeridian_are_places_like_others(place: tuple[float, float]) -> None:
    projection = Azimuthal(vector(*place))
    near = [vector(place[0] + step, place[1] * 0.999) for step in (-0.1, 0.1)]
    assert all(abs(x) + abs(y) < 0.05 for x, y in projection.project(near))
    assert all(abs(value) < 9 for point in World().project(near) for value in point)


def test_areas_are_true() -> None:
    """A square degree is as large as it is on the globe, wherever it lies on the map."""
    for projection in (Azimuthal(vector(30, 40)), World()):
        sizes = []
        for along, up in ((30, 40), (60, 10), (10, 70)):
            corners = [vector(along + a, up + b) for a, b in ((0, 0), (1, 0), (1, 1), (0, 1))]
            (x1, y1), (x2, y2), (x3, y3), (x4, y4) = projection.project(corners)
            flat = abs((x1 - x3) * (y2 - y4) - (x2 - x4) * (y1 - y3)) / 2
            true = pi / 180 * abs(vector(0, up + 1)[2] - vector(0, up)[2])
            sizes.append(flat / true)
        assert all(abs(size - 1) < 0.01 for size in sizes), projection


def test_a_circle_holds_its_points() -> None:
    points = [vector(170, 10), vector(-170, -10), vector(175, 0)]
    centre, radius = circle(points)
    assert all(angle(centre, point) <= radius + 1e-9 for point in points)
    assert radius < 20 * pi / 180  # over the antimeridian, not around the globe


@pytest.mark.parametrize(("code", "count"), [("FR", 2), ("US", 2)])
def test_far_possessions_do_not_widen_a_map(code: str, count: int) -> None:
    land = load_atlas().by_code[code]
    pieces = main_pieces(land)
    assert count <= len(pieces) < len(land.polygons)
    assert all(angle(pieces[0].centre, piece.centre) < pi / 3 for piece in pieces)


@pytest.mark.parametrize("code", SOME)
def test_a_map_shows_its_country_and_stays_small(code: str) -> None:
    shapes = canvas(code).shapes
    own = next(shape for shape in shapes if shape.code == code)
    assert 0 < (own.box.left + own.box.right) / 2 < WIDTH
    assert 0 < (own.box.top + own.box.bottom) / 2 < HEIGHT
    # Except for the largest it leaves room for what lies around it.
    assert own.box.right - own.box.left < 0.75 * WIDTH
    assert sum(len(shape.path) for shape in shapes) <= LIMIT
    for shape in shapes:
        assert re.fullmatch(r"(M-?\d+[ -]?\d+[lh][-\d vhz]+z)+", shape.path), shape.name
        assert FRAME.left - 1 <= shape.box.left <= shape.box.right <= FRAME.right + 1


@pytest.mark.parametrize("code", SOME)
def test_no_name_touches_another_or_the_frame(code: str) -> None:
    drawn = canvas(code)
    boxes = []
    for at, name in drawn.names.items():
        half = width(drawn.shapes[at].name, name.size) / 2
        boxes.append((name.x - half, name.y - name.size, name.x + half, name.y + name.size * 0.2))
    for number, one in enumerate(boxes):
        assert one[0] > 0
        assert one[1] > 0
        assert one[2] < WIDTH
        assert one[3] < HEIGHT
        for other in boxes[number + 1 :]:
            apart = one[2] < other[0] or one[0] > other[2] or one[3] < other[1] or one[1] > other[3]
            assert apart
    own = [drawn.shapes[at].code for at in drawn.names]
    assert code in own


@pytest.mark.parametrize(("code", "small"), [("SG", False), ("MC", True), ("KZ", False)])
def test_small_states_are_marked(code: str, small: bool) -> None:
    own = next(shape for shape in canvas(code).shapes if shape.code == code)
    assert own.is_small == small


def test_parties_far_apart_share_a_map() -> None:
    drawn = member_canvas(("AE", "BH", "IL", "KZ", "MA", "SD"))
    assert drawn is not None
    shown = {shape.code: shape for shape in drawn.shapes}
    assert {"AE", "BH", "IL", "KZ", "MA", "SD"} <= set(shown)
    assert shown["BH"].is_small
    assert {drawn.shapes[at].code for at in drawn.names} >= {"KZ", "MA", "SD", "IL"}


def test_parties_on_all_sides_of_the_globe_get_a_map_of_the_world() -> None:
    drawn = member_canvas(("AU", "BR", "JP", "US", "ZA"))
    assert drawn is not None
    shown = {shape.code: shape for shape in drawn.shapes}
    for code in ("AU", "BR", "JP", "US", "ZA"):
        assert shown[code].box.left < WIDTH
        assert shown[code].box.right > 0


@pytest.mark.parametrize("code", ["KZ", "BH", "FJ", "XK", "FR"])
def test_what_was_drawn_beforehand_is_fresh(code: str) -> None:
    """`make maps` draws all of them anew."""
    load_atlas.cache_clear()
    assert draw_canvas(code) == canvas(code)


def test_every_country_of_the_atlas_was_drawn() -> None:
    lines = LOCATORS.read_text(encoding="utf-8").splitlines()
    codes = [line[9:11] for line in lines]
    assert codes == sorted(load_atlas().by_code)


def test_names_that_find_no_place_are_left_out() -> None:
    shapes = canvas("KZ").shapes
    own = [at for at, shape in enumerate(shapes) if shape.code == "KZ"]
    placed = place_names(shapes, own * 30, [])
    assert set(placed) == set(own)
