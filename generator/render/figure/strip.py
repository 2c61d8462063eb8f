"""How many dated claims there are in each year or month, as a strip of bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from generator.render.escape import escape_text
from generator.render.figure.lettering import width

WIDTH: Final = 640
_BARS: Final = 60  # height of the highest bar
_TOP: Final = 16  # room for its number
_FOOT: Final = 18  # room for the names of periods
_SIZE: Final = 11
_MOST: Final = 120  # periods that are drawn at their place in time; of more, those with claims
_WIDEST: Final = 26  # of a bar

Period = tuple[str, str, int]
"""A year or month (`1996`, `1996-04`), the link to its page, and how many claims it has."""


def draw_strip(periods: Sequence[Period]) -> Markup:
    """Bars for the periods, in order of time; nothing where there are fewer than two."""
    if len(periods) < 2:
        return Markup()
    first = _number(periods[0][0])
    span = _number(periods[-1][0]) - first + 1
    in_time = span <= _MOST
    step = WIDTH / (span if in_time else len(periods))
    broad = min(_WIDEST, step * 0.8)
    highest = max(count for _, _, count in periods)
    foot = _TOP + _BARS
    bars, words, free = [], [], 0.0
    for at, (period, href, count) in enumerate(periods):
        middle = ((_number(period) - first if in_time else at) + 0.5) * step
        high = max(2, round(_BARS * count / highest))
        number = f"{count:,}"
        label = _name(period)
        half = width(label, _SIZE) / 2
        shown = ""
        if width(number, _SIZE) < max(step, broad):
            shown = f'<text x="{middle:.1f}" y="{foot - high - 4}">{number}</text>'
        bars.append(
            f'<a href="{href}" tabindex="-1"><rect x="{middle - broad / 2:.1f}" y="{foot - high}" width="{broad:.1f}" height="{high}"/>{shown}</a>'
        )
        place = min(max(middle, half + 1), WIDTH - half - 1)
        if place - half >= free:
            words.append(f'<text x="{place:.1f}" y="{foot + 14}">{escape_text(label)}</text>')
            free = place + half + 8
    return Markup(  # noqa: S704 - of escaped parts
        f'<figure class="figure figure--strip" data-generated><svg class="strip" viewBox="0 0 {WIDTH} {foot + _FOOT}" aria-hidden="true">'
        f'<path class="strip__base" d="M0 {foot}h{WIDTH}"/>{"".join(bars)}{"".join(words)}</svg>'
        f"<figcaption>Dated claims by {'month' if len(periods[0][0]) > 4 else 'year'}; the list below has the numbers.</figcaption></figure>"
    )


def _number(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:]) - 1 if len(period) > 4 else int(period)


def _name(period: str) -> str:
    return f"{period[5:]}" if len(period) > 4 else period.lstrip("0")
