"""A line chart with two logarithmic axes as one static SVG, readable in print and without colour."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_WIDTH, _HEIGHT = 860, 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 250, 24, 56
_GAP: Final = 19  # least distance of two labels
_OURS: Final = "#000000"
_COLOURS: Final = ("#0072b2", "#b5460f", "#00684c", "#8f3b76", "#6b5900", "#33608c")
# As many as share no divisor with the colours: no two lines look the same.
_DASHES: Final = ("7 4", "2 3", "10 3 2 3", "12 5", "1 4")
_MARKS: Final = (
    '<circle cx="{x}" cy="{y}" r="4"/>',
    '<rect x="{l}" y="{t}" width="7" height="7"/>',
    '<path d="M{x} {t}l4 7h-8z"/>',
    '<path d="M{x} {t}l4.5 4.5-4.5 4.5-4.5-4.5z"/>',
)


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its label and its points, both coordinates above 0, in order of x."""

    label: str
    points: tuple[tuple[float, float], ...]


def draw_chart(
    title: str,
    series: Sequence[Series],
    x_label: str,
    y_label: str,
    y_format: Callable[[float], str],
) -> str:
    """Draw lines over logarithmic axes; the first is ours and drawn heavier.

    Args:
        title: What the picture shows, for those who do not see it.
        series: Lines; those without points are left out.
        x_label: Words at the x axis.
        y_label: Words at the y axis.
        y_format: Writes a value of the y axis.

    Returns:
        A whole SVG document.

    Raises:
        ValueError: when no line has a point.
    """
    drawn = [one for one in series if one.points]
    if not drawn:
        raise ValueError("nothing to draw")
    xs = sorted({x for one in drawn for x, _ in one.points})
    ys = [y for one in drawn for _, y in one.points]
    x_axis = _Axis.over(xs, _LEFT, _WIDTH - _RIGHT, room=1.25)
    y_axis = _Axis.over(ys, _HEIGHT - _BOTTOM, _TOP, room=1.4)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'font-family="Helvetica, Arial, sans-serif" font-size="15">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        *_grid(x_axis, y_axis, xs, y_format),
        _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 12, x_label, "middle"),
        f'<g transform="translate(18 {(_TOP + _HEIGHT - _BOTTOM) / 2:.1f}) rotate(-90)">'
        f"{_text(0, 0, y_label, 'middle')}</g>",
    ]
    ends = _spread([y_axis.at(one.points[-1][1]) for one in drawn])
    for number, (one, label_at) in enumerate(zip(drawn, ends, strict=True)):
        points = [(x_axis.at(x), y_axis.at(y)) for x, y in one.points]
        parts += _line(number, one.label, points, label_at)
    return "\n".join([*parts, "</svg>"]) + "\n"


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis from `low` to `high`, drawn between two places."""

    low: float
    high: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float, room: float) -> _Axis:
        return cls(min(values) / room, max(values) * room, start, end)

    def at(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Round values on the axis: 1, 2 and 5 of each power of ten, fewer on a long axis."""
        first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
        steps = (1, 2, 5) if last - first <= 4 else (1,)
        values = [step * 10.0**power for power in range(first, last + 1) for step in steps]
        return [value for value in values if self.low <= value <= self.high]


def _grid(
    x_axis: _Axis, y_axis: _Axis, xs: Sequence[float], y_format: Callable[[float], str]
) -> list[str]:
    """Lines at round values of y and at the measured values of x, with their numbers."""
    parts = ['<g stroke="#c4c8ce" stroke-width="1">']
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    for value in y_axis.ticks():
        y = y_axis.at(value)
        parts.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>')
    for value in xs:
        x = x_axis.at(value)
        parts.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}"/>')
    parts.append("</g>")
    parts += [
        _text(_LEFT - 8, y_axis.at(value) + 5, y_format(value), "end") for value in y_axis.ticks()
    ]
    parts += [_text(x_axis.at(value), bottom + 20, f"{value:,.0f}", "middle") for value in xs]
    return parts


def _line(number: int, label: str, points: list[tuple[float, float]], label_at: float) -> list[str]:
    """One line with its marks, and its label at the right, led to from its end."""
    colour = _COLOURS[number % len(_COLOURS)] if number else _OURS
    dash = f' stroke-dasharray="{_DASHES[number % len(_DASHES)]}"' if number else ""
    mark = _MARKS[number % len(_MARKS)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    right = _WIDTH - _RIGHT
    width = 3 if number == 0 else 1.75
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dash}/>',
        f'<g fill="{colour}">',
        *(
            mark.format(x=f"{x:.1f}", y=f"{y:.1f}", l=f"{x - 3.5:.1f}", t=f"{y - 4.5:.1f}")
            for x, y in points
        ),
        "</g>",
        f'<polyline points="{x + 6:.1f},{y:.1f} {right:.1f},{y:.1f} {right + 14},{label_at:.1f}" '
        f'fill="none" stroke="{colour}" stroke-width="0.75"/>',
        _text(right + 18, label_at + 5, label, "start", colour, bold=number == 0),
    ]


def _spread(places: Sequence[float]) -> list[float]:
    """Places for labels, at least `_GAP` apart, in the order of those given and near them."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    result = list(places)
    # From the bottom up, so that a crowd at the bottom is pushed into the room above it.
    below = float(_HEIGHT - _BOTTOM) + _GAP
    for index in reversed(order):
        result[index] = below = min(result[index], below - _GAP)
    above = float(_TOP) - _GAP
    for index in order:
        result[index] = above = max(result[index], above + _GAP)
    return result


def _text(
    x: float, y: float, words: str, anchor: str, colour: str = "#1a1d21", *, bold: bool = False
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}>'
        f"{escape(words)}</text>"
    )
