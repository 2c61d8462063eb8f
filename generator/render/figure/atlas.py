"""The outlines of countries: Natural Earth at 1:50 million, as packed by `world-atlas` (TopoJSON).

Points are kept as unit vectors, so that a map costs no trigonometry; an arc is unpacked when a map
first needs it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from math import asin, cos, hypot, radians, sin
from pathlib import Path
from typing import Any, Final

import msgspec

_SPARSE: Final = 8
FOLDER: Final = Path(__file__).parent / "data"
Vector = tuple[float, float, float]
Ring = tuple[int, ...]
"""Arcs that make a closed line; one that is run backwards is given by its complement."""


@dataclass(frozen=True)
class Polygon:
    """A piece of land: its outer ring and its holes.

    Attributes:
        centre: Middle of a circle around it on the globe, and `radius` of it, in radians.
    """

    rings: tuple[Ring, ...]
    centre: Vector
    radius: float


@dataclass(frozen=True)
class Land:
    """A country of the atlas.

    Attributes:
        code: ISO 3166-1 alpha-2; empty for land without one.
        name: What the atlas calls it.
    """

    code: str
    name: str
    polygons: tuple[Polygon, ...]


class Atlas:
    """The atlas, read from its file.

    Args:
        topology: The file's contents.
        codes: Alpha-2 code by what the atlas knows a country by, its numeric code or its name.
    """

    def __init__(self, topology: dict[str, Any], codes: dict[str, str]) -> None:
        self._packed: list[list[list[int]]] = topology["arcs"]
        transform = topology["transform"]
        self._scale: tuple[float, float] = tuple(transform["scale"])
        self._shift: tuple[float, float] = tuple(transform["translate"])
        self._countries = topology["objects"]["countries"]["geometries"]
        self._codes = codes
        self._arcs: dict[int, tuple[Vector, ...]] = {}
        self._some: dict[int, list[Vector]] = {}

    @cached_property
    def lands(self) -> tuple[Land, ...]:
        """Every country, in the order of the file."""
        found = []
        for entry in self._countries:
            name = entry["properties"]["name"]
            code = self._codes.get(entry.get("id") or name, "")
            nested = entry.get("arcs") or []
            parts = nested if entry["type"] == "MultiPolygon" else [nested]
            polygons = tuple(self._polygon(part) for part in parts if part)
            found.append(Land(code, name, polygons))
        return tuple(found)

    @cached_property
    def by_code(self) -> dict[str, Land]:
        """Countries by alpha-2 code; of two pieces with the same one, the larger."""
        found: dict[str, Land] = {}
        for land in self.lands:
            other = found.get(land.code)
            if land.code and land.polygons and (other is None or _extent(land) > _extent(other)):
                found[land.code] = land
        return found

    def arc(self, number: int) -> tuple[Vector, ...]:
        """Points of an arc, forwards."""
        arc = self._arcs.get(number)
        if arc is None:
            arc = self._arcs[number] = tuple(self._unpack(self._packed[number]))
        return arc

    def ring(self, ring: Ring) -> list[Vector]:
        """Points of a ring; the last is the first."""
        points: list[Vector] = []
        for number in ring:
            arc = self.arc(number) if number >= 0 else self.arc(~number)[::-1]
            points += arc[1:] if points else arc
        return points

    def _unpack(self, packed: list[list[int]], every: int = 1) -> list[Vector]:
        """Points of a packed arc: every one, or every so many, and the last."""
        (wide, high), (west, south) = self._scale, self._shift
        places = list(
            zip(accumulate(s[0] for s in packed), accumulate(s[1] for s in packed), strict=True)
        )
        chosen = places if every == 1 else (*places[::every], places[-1])
        return [vector(x * wide + west, y * high + south) for x, y in chosen]

    def _polygon(self, rings: list[list[int]]) -> Polygon:
        outer = tuple(rings[0])
        # Some points and the ends of arcs do for a circle that is a little too large.
        points = [point for number in outer for point in self._sparse(number)]
        centre, radius = circle(points)
        return Polygon(tuple(map(tuple, rings)), centre, radius * 1.1 + 0.001)

    def _sparse(self, number: int) -> list[Vector]:
        at = number if number >= 0 else ~number
        points = self._some.get(at)
        if points is None:
            points = self._some[at] = self._unpack(self._packed[at], _SPARSE)
        return points


def vector(longitude: float, latitude: float) -> Vector:
    """The unit vector of a place given in degrees."""
    along, up = radians(longitude), radians(latitude)
    flat = cos(up)
    return flat * cos(along), flat * sin(along), sin(up)


def dot(one: Vector, other: Vector) -> float:
    """The cosine of the angle between two unit vectors."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def angle(one: Vector, other: Vector) -> float:
    """The angle between two unit vectors, in radians; exact for small ones too."""
    half = hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]) / 2
    return 2 * asin(min(1.0, half))


def circle(points: list[Vector]) -> tuple[Vector, float]:
    """A circle on the globe around some points, not much larger than it has to be (Ritter 1990)."""
    first = points[0]
    one = max(points, key=lambda point: -dot(first, point))
    other = max(points, key=lambda point: -dot(one, point))
    middle = [(a + b) / 2 for a, b in zip(one, other, strict=True)]
    radius = hypot(*(a - b for a, b in zip(one, other, strict=True))) / 2
    for point in points:
        away = [a - b for a, b in zip(point, middle, strict=True)]
        far = hypot(*away)
        if far > radius:
            radius, shift = (radius + far) / 2, (far - radius) / 2 / far
            middle = [a + b * shift for a, b in zip(middle, away, strict=True)]
    length = hypot(*middle) or 1.0
    centre = (middle[0] / length, middle[1] / length, middle[2] / length)
    return centre, max(angle(centre, point) for point in points)


def _extent(land: Land) -> float:
    return max(polygon.radius for polygon in land.polygons)


def read_codes(text: str) -> dict[str, str]:
    """The table of codes: alpha-2 code by numeric code or name."""
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {known: code for code, known in rows}


@lru_cache(maxsize=1)
def load_atlas() -> Atlas:
    """The atlas that comes with the tool; read once a process, in some hundredths of a second."""
    codes = read_codes((FOLDER / "iso3166.tsv").read_text(encoding="utf-8"))
    return Atlas(msgspec.json.decode((FOLDER / "countries-50m.json").read_bytes()), codes)
