"""From the globe to the plane: equal-area projections (Snyder, Map Projections, 1987; Savric 2018)."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, hypot, pi, sqrt
from typing import Final, Protocol

from generator.render.figure.atlas import Vector, dot

Point = tuple[float, float]
_TINY: Final = 1e-9


class Projection(Protocol):
    """Makes points of the plane, y downwards, in radians at the map's centre."""

    @property
    def centre(self) -> Vector:
        """The place on the globe that the plane is about."""

    def project(self, points: list[Vector]) -> list[Point]:
        """Points of the plane, one for each."""


@dataclass(frozen=True)
class Azimuthal:
    """Lambert's azimuthal equal-area projection: for anything up to a hemisphere.

    It knows no antimeridian and no poles; only the point opposite its centre is beyond it.
    """

    centre: Vector

    def project(self, points: list[Vector]) -> list[Point]:
        """Points of the plane, one for each."""
        cx, cy, cz = self.centre
        flat = hypot(cx, cy)
        # East and north at the centre; at a pole, as along the meridian of Greenwich.
        ex, ey = (-cy / flat, cx / flat) if flat > _TINY else (0.0, 1.0)
        nx, ny, nz = -cz * ey, cz * ex, flat
        if flat > _TINY:
            nx, ny = -cz * cx / flat, -cz * cy / flat
        found = []
        for x, y, z in points:
            k = sqrt(2 / max(_TINY, 1 + cx * x + cy * y + cz * z))
            found.append((k * (ex * x + ey * y), -k * (nx * x + ny * y + nz * z)))
        return found


@dataclass(frozen=True)
class World:
    """Equal Earth: for what is too wide for half a globe; cut at the antimeridian, as the atlas is."""

    centre: Vector = (1.0, 0.0, 0.0)

    def project(self, points: list[Vector]) -> list[Point]:
        """Points of the plane, one for each."""
        a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
        found = []
        for x, y, z in points:
            along = atan2(y, x)
            t = asin(sqrt(3) / 2 * max(-1.0, min(1.0, z)))
            square = t * t
            six = square * square * square
            slope = 9 * a4 * six * square + 7 * a3 * six + 3 * a2 * square + a1
            found.append(
                (
                    2 * sqrt(3) * along * cos(t) / (3 * slope),
                    -t * (a4 * six * square + a3 * six + a2 * square + a1),
                )
            )
        return found


def opposite(vector: Vector) -> Vector:
    """The other side of the globe."""
    return -vector[0], -vector[1], -vector[2]


def holds_opposite(projection: Projection, centre: Vector, radius: float) -> bool:
    """Whether a piece of land lies around the one point that a projection cannot show."""
    if not isinstance(projection, Azimuthal):
        return False
    return dot(opposite(projection.centre), centre) > cos(min(pi, radius)) or radius > pi / 2
