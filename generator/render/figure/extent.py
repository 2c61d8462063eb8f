"""What a map shows: how it is projected, and which rectangle of the plane it frames."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, pi, sin
from typing import Final

from generator.render.figure.atlas import Atlas, Land, Polygon, Vector, angle, circle
from generator.render.figure.outline import Frame, bounds
from generator.render.figure.projection import Azimuthal, Point, Projection, World

WIDTH: Final = 640
HEIGHT: Final = 420
EARTH: Final = 6371  # km
_LEAST: Final = 1500 / EARTH  # of the globe that a map is wide at least, in radians
_LOCATOR_SHARE: Final = 0.46  # of the map that the country takes at most
_MEMBER_SHARE: Final = 0.84  # of the map that all parties together take
_WIDEST: Final = 72 * pi / 180  # radius up to which a map is made as seen from above its middle
_PART: Final = 0.02  # of the largest piece's area from which on a piece counts


@dataclass(frozen=True)
class Extent:
    """A projection, and the scale and shift from its plane to the map's own units.

    Attributes:
        reach: How far from the projection's centre anything shown lies, in radians.
    """

    projection: Projection
    scale: float
    shift: Point
    reach: float

    def place(self, points: list[Vector]) -> list[Point]:
        """Points of the globe on the map."""
        scale, (right, down) = self.scale, self.shift
        return [(x * scale + right, y * scale + down) for x, y in self.projection.project(points)]


FRAME: Final = Frame(-2, -2, WIDTH + 2, HEIGHT + 2)
"""What is drawn: a little more than what is seen, so that no cut edge shows."""


def main_piece(land: Land) -> Polygon:
    """The largest piece of a country."""
    return max(land.polygons, key=lambda piece: piece.radius)


def main_pieces(land: Land) -> list[Polygon]:
    """The largest piece of a country and those that lie about it; not possessions far away."""
    pieces = sorted(land.polygons, key=lambda piece: -piece.radius)
    first = pieces[0]
    kept, left = [first], [p for p in pieces[1:] if (p.radius / first.radius) ** 2 >= _PART]
    around, radius = first.centre, first.radius
    while True:
        near = [p for p in left if angle(around, p.centre) - radius - p.radius <= radius]
        if not near:
            return kept
        kept += near
        left = [p for p in left if p not in near]
        around, radius = circle([around, *(p.centre for p in kept)])
        radius = max(angle(around, p.centre) + p.radius for p in kept)


def locator_extent(atlas: Atlas, land: Land) -> Extent:
    """The extent of a map of one country with what lies around it."""
    return _extent(atlas, main_pieces(land), _LOCATOR_SHARE)


def member_extent(atlas: Atlas, lands: Iterable[Land]) -> Extent:
    """The extent of a map of several countries."""
    return _extent(atlas, [piece for land in lands for piece in main_pieces(land)], _MEMBER_SHARE)


def _extent(atlas: Atlas, pieces: list[Polygon], share: float) -> Extent:
    points = [point for piece in pieces for point in atlas.ring(piece.rings[0])[::3]]
    centre, radius = circle(points)
    projection: Projection = Azimuthal(centre)
    if radius > _WIDEST:
        projection = World()
    frame = bounds(projection.project(points))
    across = max(
        (frame.right - frame.left) / share, (frame.bottom - frame.top) / share * WIDTH / HEIGHT
    )
    across = max(across, _LEAST)
    if isinstance(projection, World):
        # All of the world but its ends, wherever on it the countries lie.
        scale = WIDTH / 5.42
        return Extent(projection, scale, (WIDTH / 2, HEIGHT / 2 + 0.12 * scale), pi)
    # No farther than a hemisphere: beyond it shapes are stretched out of all likeness.
    most = 2 * 2 * sin(_WIDEST * 1.15 / 2) * WIDTH / (WIDTH**2 + HEIGHT**2) ** 0.5
    across = min(across, max(most, frame.right - frame.left))
    scale = WIDTH / across
    middle = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
    far = ((WIDTH / 2) ** 2 + (HEIGHT / 2) ** 2) ** 0.5 / scale + (
        middle[0] ** 2 + middle[1] ** 2
    ) ** 0.5
    reach = pi if far >= 2 else 2 * asin(far / 2)
    return Extent(
        projection, scale, (WIDTH / 2 - middle[0] * scale, HEIGHT / 2 - middle[1] * scale), reach
    )
