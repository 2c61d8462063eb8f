"""The lands of a map, as far as its frame shows them, and where their names stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

import msgspec

from generator.render.figure import outline
from generator.render.figure.atlas import FOLDER, Atlas, Land, Ring, angle, load_atlas
from generator.render.figure.extent import (
    FRAME,
    HEIGHT,
    WIDTH,
    Extent,
    locator_extent,
    main_piece,
    member_extent,
)
from generator.render.figure.lettering import width
from generator.render.figure.outline import Frame
from generator.render.figure.projection import Point, holds_opposite

LIMIT: Final = 11_000  # bytes of all outlines of a map
_TOLERANCE: Final = 0.6  # units of the map
_OWN_SPECK: Final = 3
_SPECK: Final = 10  # twice the area of the smallest island that is drawn of a land around
MARKED: Final = 15  # a country smaller than that gets a ring around it
LOCATORS: Final = FOLDER / "locators.jsonl"
_CODE: Final = re.compile("[A-Z]{2}")
RING: Final = 10  # radius of the ring
_NAMED_FROM: Final = 700  # twice the visible area from which on a land around is named


class Name(NamedTuple):
    """Where a name stands: the middle of its base line, and the size of its letters."""

    x: float
    y: float
    size: int


@dataclass(frozen=True)
class Shape:
    """A land on a map.

    Attributes:
        code: ISO 3166-1 alpha-2; empty for land without one.
        name: What the atlas calls it.
        path: Its outline as a path.
        box: The smallest frame around what is seen of it.
        spot: Where words stand best in it, and how much room there is.
    """

    code: str
    name: str
    path: str
    size: int
    box: Frame
    spot: tuple[float, float, float]

    @property
    def is_small(self) -> bool:
        """Whether it needs a ring to be found."""
        return max(self.box.right - self.box.left, self.box.bottom - self.box.top) < MARKED


@dataclass(frozen=True)
class Canvas:
    """What a map shows, whatever the site knows of it.

    Attributes:
        shapes: Lands by the order of the atlas; those that the map is about among them.
        names: Places of names by index of the shape.
    """

    shapes: tuple[Shape, ...]
    names: dict[int, Name]


def draw_canvas(code: str) -> Canvas | None:
    """The map of a country, drawn anew; None where the atlas has no such country."""
    atlas = load_atlas()
    land = atlas.by_code.get(code)
    if land is None:
        return None
    return _canvas(atlas, locator_extent(atlas, land), frozenset({code}), names_all=True)


@lru_cache(maxsize=64)
def locator_canvas(code: str) -> Canvas | None:
    """The map of a country, drawn beforehand; None where the atlas has no such country.

    Drawing takes some hundredths of a second, and depends on the atlas alone.
    """
    start = _drawn().find(f'\n{{"code":"{code}",'.encode()) if _CODE.fullmatch(code) else -1
    if start < 0:
        return None
    line = _drawn()[start + 1 : _drawn().index(b"\n", start + 1)]
    return msgspec.json.decode(line, type=_Line).canvas


@lru_cache(maxsize=1)
def _drawn() -> bytes:
    return b"\n" + LOCATORS.read_bytes()


def press_locators() -> bytes:
    """The maps of all countries, one a line: the contents of `LOCATORS`."""
    lines = []
    for code in sorted(load_atlas().by_code):
        canvas = draw_canvas(code)
        if canvas is not None:
            lines.append(msgspec.json.encode(_Line(code, canvas)))
    return b"\n".join([*lines, b""])


@lru_cache(maxsize=64)
def member_canvas(codes: tuple[str, ...]) -> Canvas | None:
    """The map of several countries; None where the atlas has none of them."""
    atlas = load_atlas()
    lands = [atlas.by_code[code] for code in codes if code in atlas.by_code]
    if not lands:
        return None
    return _canvas(atlas, member_extent(atlas, lands), frozenset(codes), False)


@dataclass(frozen=True)
class _Line:
    code: str
    canvas: Canvas


def _canvas(atlas: Atlas, extent: Extent, codes: Collection[str], names_all: bool) -> Canvas:
    tolerance = _TOLERANCE
    arcs: dict[int, list[Point]] = {}
    while True:
        shapes = tuple(_shapes(atlas, extent, codes, tolerance, arcs))
        size = sum(len(shape.path) for shape in shapes)
        if size <= LIMIT:
            break
        tolerance *= max(1.3, (size / LIMIT) ** 1.5)
    about = [at for at, shape in enumerate(shapes) if shape.code in codes and shape.code]
    around = [at for at in range(len(shapes)) if at not in about] if names_all else []
    about.sort(key=lambda at: -shapes[at].size)
    around.sort(key=lambda at: -shapes[at].size)
    return Canvas(shapes, place_names(shapes, about, around))


def _shapes(
    atlas: Atlas,
    extent: Extent,
    codes: Collection[str],
    tolerance: float,
    arcs: dict[int, list[Point]],
) -> list[Shape]:
    done: set[int] = set()

    def line(number: int) -> list[Point]:
        """An arc on the map; of one coarser than the last, what that left is made coarser."""
        at = number if number >= 0 else ~number
        if at not in done:
            done.add(at)
            points = arcs.get(at)
            if points is None:
                points = extent.place(list(atlas.arc(at)))
            if len(points) > 2:
                beside = outline.lies_beside(points, FRAME)
                points = [points[0], points[-1]] if beside else outline.simplify(points, tolerance)
            arcs[at] = points
        return arcs[at] if number >= 0 else arcs[at][::-1]

    found = []
    middle = extent.projection.centre
    for land in atlas.lands:
        is_own = land.code in codes and bool(land.code)
        rings: list[list[Point]] = []
        for piece in land.polygons:
            if angle(middle, piece.centre) > extent.reach + piece.radius:
                continue
            if holds_opposite(extent.projection, piece.centre, piece.radius):
                continue
            for ring in piece.rings:
                points = _clipped(ring, line, is_own)
                if points:
                    rings.append(points)
        if is_own and not rings:
            rings = _least(land, line)
        shape = _shape(land, rings)
        if shape is not None:
            found.append(shape)
    return found


def _clipped(ring: Ring, line: Callable[[int], list[Point]], is_own: bool) -> list[Point]:
    points = _joined(ring, line)
    box = outline.bounds(points)
    if outline.lies_beside(points, FRAME):
        return []
    if not (FRAME.holds((box.left, box.top)) and FRAME.holds((box.right, box.bottom))):
        points = outline.clip(points, FRAME)
    # Of what the map is about smaller islands are shown as well, but no heaps of specks.
    least = _OWN_SPECK if is_own else _SPECK
    return points if points and abs(outline.area(points)) >= least else []


_Numbers = TypeVar("_Numbers", Frame, tuple[float, float, float])


def _round(numbers: _Numbers) -> _Numbers:
    """Numbers with one decimal, which is finer than anything that is drawn."""
    rounded = [round(number, 1) for number in numbers]
    return Frame(*rounded) if isinstance(numbers, Frame) else (rounded[0], rounded[1], rounded[2])


def _joined(ring: Ring, line: Callable[[int], list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = line(number)
        points += arc[1:] if points else arc
    return points


def _least(land: Land, line: Callable[[int], list[Point]]) -> list[list[Point]]:
    """The largest piece of a country that is no more than a speck, where that is on the map."""
    points = _joined(main_piece(land).rings[0], line)
    return [] if outline.lies_beside(points, FRAME) else [points]


def _shape(land: Land, outlines: list[list[Point]]) -> Shape | None:
    if not outlines:
        return None
    path = "".join(map(outline.path, outlines))
    sizes = [abs(outline.area(points)) for points in outlines]
    box = outline.bounds(point for points in outlines for point in points)
    if not path:
        # Less than a unit of the map across: the ring around it says where it is.
        x, y = round((box.left + box.right) / 2), round((box.top + box.bottom) / 2)
        path = f"M{x - 1} {y - 1}h2v2h-2z"
    largest = outlines[sizes.index(max(sizes))]
    return Shape(
        land.code,
        land.name,
        path,
        round(sum(sizes)),
        _round(box),
        _round(outline.middle([largest])),
    )


def place_names(shapes: tuple[Shape, ...], about: list[int], around: list[int]) -> dict[int, Name]:
    """Places for as many names as fit without touching one another or the frame.

    Args:
        shapes: The lands.
        about: Indexes of those that the map is about, whose names go first and may stand beside
            them; a name for which there is no place at all is left out.
        around: Indexes of others, whose names stand within them or not at all.
    """
    taken: list[Frame] = [Frame(*_ring_box(shapes[at])) for at in about if shapes[at].is_small]
    found: dict[int, Name] = {}
    for at in (*about, *around):
        shape, is_about = shapes[at], at in about
        size = 15 if is_about else 12
        if not is_about and shape.size < _NAMED_FROM:
            continue
        across = width(shape.name, size)
        if not is_about and across > max(shape.spot[2] * 1.25, 24):
            continue
        for x, y in _candidates(shape, across, size, is_about):
            box = Frame(x - across / 2 - 2, y - size, x + across / 2 + 2, y + size * 0.35)
            inside = (
                box.left > 3 and box.right < WIDTH - 3 and box.top > 3 and box.bottom < HEIGHT - 3
            )
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                found[at] = Name(round(x, 1), round(y, 1), size)
                break
    return found


def _candidates(shape: Shape, across: float, size: int, is_about: bool) -> list[Point]:
    x, y, room = shape.spot
    y += size * 0.35
    inside = [(x, y), (x, y - size), (x, y + size)]
    if not is_about:
        return inside
    box = shape.box
    gap = RING + 5 if shape.is_small else 5
    middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    beside = [
        (middle_x + (box.right - box.left) / 2 + gap + across / 2, middle_y + size * 0.35),
        (middle_x - (box.right - box.left) / 2 - gap - across / 2, middle_y + size * 0.35),
        (middle_x, box.top - gap), (middle_x, box.bottom + gap + size * 0.8),
    ]  # fmt: skip
    return (
        [*inside, *beside] if room >= across * 0.8 else beside + inside[:1] * (not shape.is_small)
    )


def _ring_box(shape: Shape) -> tuple[float, float, float, float]:
    x = (shape.box.left + shape.box.right) / 2
    y = (shape.box.top + shape.box.bottom) / 2
    return x - RING, y - RING, x + RING, y + RING


def _meet(one: Frame, other: Frame) -> bool:
    return not (
        one.right < other.left
        or one.left > other.right
        or one.bottom < other.top
        or one.top > other.bottom
    )
