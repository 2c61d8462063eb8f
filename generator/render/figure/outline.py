"""Outlines in the plane: made simpler, clipped to a frame, and written as the path of an SVG."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from generator.render.figure.projection import Point

Pixel = tuple[int, int]


class Frame(NamedTuple):
    """The rectangle that is shown, in the same units as the points in it."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


def bounds(points: Iterable[Point]) -> Frame:
    """The smallest frame around some points, of which there is at least one."""
    xs, ys = zip(*points, strict=True)
    return Frame(min(xs), min(ys), max(xs), max(ys))


def simplify(points: list[Point], tolerance: float) -> list[Point]:
    """A line with fewer points, none of those left out farther from it than told (Douglas-Peucker).

    Its ends stay, so lines that meet still meet.
    """
    points = _thin(points, tolerance)
    if len(points) < 3:
        return points
    keep = bytearray(len(points))
    keep[0] = keep[-1] = 1
    limit = tolerance * tolerance
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        ax, ay = points[first]
        bx, by = points[last]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        worst, at = limit, 0
        for index in range(first + 1, last):
            px, py = points[index]
            px -= ax
            py -= ay
            # Of a ring the ends are one point, and the distance is that to it.
            if length:
                t = (px * dx + py * dy) / length
                if t > 1:
                    px, py = px - dx, py - dy
                elif t > 0:
                    px, py = px - t * dx, py - t * dy
            off = px * px + py * py
            if off > worst:
                worst, at = off, index
        if at:
            keep[at] = 1
            stack += (first, at), (at, last)
    return [point for point, kept in zip(points, keep, strict=True) if kept]


def _thin(points: list[Point], tolerance: float) -> list[Point]:
    """A line without points that are nearer to the one before than told; its ends stay."""
    x, y = points[0]
    kept = [points[0]]
    for point in points:
        if abs(point[0] - x) + abs(point[1] - y) > tolerance:
            x, y = point
            kept.append(point)
    if kept[-1] is not points[-1]:
        if len(kept) > 1:
            kept.pop()
        kept.append(points[-1])
    return kept


def lies_beside(points: list[Point], frame: Frame) -> bool:
    """Whether a line and its chord lie wholly on one outer side of a frame."""
    box = bounds(points)
    return (
        box.right < frame.left
        or box.left > frame.right
        or box.bottom < frame.top
        or box.top > frame.bottom
    )


def clip(ring: list[Point], frame: Frame) -> list[Point]:
    """The part of a closed ring within a frame, as a closed ring (Sutherland-Hodgman)."""
    for axis, limit, sign in (
        (0, frame.left, 1),
        (0, frame.right, -1),
        (1, frame.top, 1),
        (1, frame.bottom, -1),
    ):
        if not ring:
            return ring
        found: list[Point] = []
        before = ring[-1]
        was = (before[axis] - limit) * sign >= 0
        for point in ring:
            within = (point[axis] - limit) * sign >= 0
            if within != was:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
                found.append((limit, other) if axis == 0 else (other, limit))
            if within:
                found.append(point)
            before, was = point, within
        ring = found
    return ring


def area(ring: list[Point]) -> float:
    """Twice the signed area of a ring."""
    total = 0.0
    before = ring[-1]
    for point in ring:
        total += before[0] * point[1] - point[0] * before[1]
        before = point
    return total


def path(ring: list[Point]) -> str:
    """A closed ring as a stretch of a path, in whole units; empty where nothing is left of it."""
    pixels: list[Pixel] = []
    for x, y in ring:
        pixel = (round(x), round(y))
        if not pixels or pixel != pixels[-1]:
            pixels.append(pixel)
    if len(pixels) > 1 and pixels[0] == pixels[-1]:
        pixels.pop()
    if len(pixels) < 3:
        return ""
    x, y = pixels[0]
    parts = [f"M{x} {y}l"]
    for next_x, next_y in pixels[1:]:
        dx, dy = next_x - x, next_y - y
        parts.append(f"{dx}{'' if dy < 0 else ' '}{dy}{' '}")
        x, y = next_x, next_y
    return _tight("".join(parts)) + "z"


def _tight(written: str) -> str:
    """A path without the blanks that a sign makes needless."""
    return written.replace(" -", "-").rstrip()


def middle(rings: list[list[Point]]) -> tuple[float, float, float]:
    """Where words stand best in an area: the middle of its widest row, and how wide that is.

    Looks at nine rows, those near the middle first where two are alike.
    """
    frame = bounds(point for ring in rings for point in ring)
    best = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2, 0.0
    score = 0.0
    for step in (5, 4, 6, 3, 7, 2, 8, 1, 9):
        y = frame.top + (frame.bottom - frame.top) * step / 10 + 1e-6
        crossings = sorted(_crossings(rings, y))
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            worth = (right - left) * (1 - abs(step - 5) / 12)
            if worth > score:
                score, best = worth, ((left + right) / 2, y, right - left)
    return best


def _crossings(rings: list[list[Point]], y: float) -> Iterable[float]:
    for ring in rings:
        before = ring[-1]
        for point in ring:
            if (before[1] > y) != (point[1] > y):
                share = (y - before[1]) / (point[1] - before[1])
                yield before[0] + share * (point[0] - before[0])
            before = point
