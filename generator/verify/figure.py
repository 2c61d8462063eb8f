"""The figures guard: every number, date, percentage and amount of a claim stands in a quotation.

Source of the rule: docs/format.md, "Citations". `find_figures` lists the figures of a text and
`unsupported_figures` those that no quotation carries; equality is of values, not of spelling, so
``1.1 billion``, ``1,100,000,000`` and ``1100 million`` are one number. A figure that can be read in
more than one way (``1.234``, ``06/11/2025``, the bare ``1992``) keeps every reading, and is carried
when one of them is. Words are those of English; digits may be of any script.

Not figures: digits within a name (``C5+1``, ``G7``, ``F-35``, ``5G``), list markers, markers of notes
(``treaty[4]``, ``treaty.4 It``), the words "one", "first" and "second", "half" alone, vague words ("dozens",
"a few hundred"), runs of more than 60 digits.
Signs are not read: 5 per cent and -5 per cent are the same figure. Text is expected without markup.
A scan takes time linear in the text's length: patterns are tried at fixed places, repeat only within
bounds, and what one has read is not read again.
"""

import datetime
import re
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from generator.date import Date
from generator.verify.dating import date_or_none, year_day
from generator.verify.normalise import spell_out
from generator.verify.reading import Figure, Reading, YearDay
from generator.verify.scan import is_quoted_only, scan

__all__ = [
    "Cited",
    "Figure",
    "Reading",
    "YearDay",
    "find_figures",
    "unsupported_figures",
]


def find_figures(text: str) -> tuple[Figure, ...]:
    """List the figures of a text in order; they do not overlap."""
    figures = scan(text)
    return tuple(figure for figure in figures if not is_quoted_only(text, figure))


def unsupported_figures(
    text: str, quotations: Sequence[str], published: Sequence[Date] = ()
) -> tuple[Figure, ...]:
    """List the figures of a claim's text that nothing cited carries; see `Cited`."""
    return Cited(quotations, published).unsupported(text)


_NEWS_REACH: Final = datetime.timedelta(days=31)
_WEEKDAY: Final = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class _News(NamedTuple):
    """What the dates of publication carry: windows of days, and the one weekday that is named."""

    windows: tuple[tuple[datetime.date, datetime.date], ...]
    weekday: int | None

    @classmethod
    def of(cls, quotations: Sequence[str], published: Sequence[Date]) -> "_News":
        named = {day for quotation in quotations for day in _WEEKDAY.findall(quotation)}
        windows = tuple(
            (max(date.earliest, datetime.date.min + _NEWS_REACH) - _NEWS_REACH, date.latest)
            for date in published
        )
        return cls(windows, _WEEKDAYS.index(named.pop()) if len(named) == 1 else None)

    def carries(self, date: Date) -> bool:
        """Say whether some day of a window may be, or be part of, a date."""
        if date.precision == "day" and self.weekday not in (None, date.earliest.weekday()):
            return False
        return any(date.earliest <= last and first <= date.latest for first, last in self.windows)

    def years(self) -> set[int]:
        return {
            year
            for first, last in self.windows
            for year in (first.year, min(first.year + 1, last.year), last.year)
        }


class Cited:
    """What a claim cites, asked whether it carries the claim's figures.

    A number is carried by an equal one, in digits or words: a percentage by a percentage, an
    ordinal by an ordinal, an amount by one in the same currency or in none. Rounding is not
    equality. A date is carried by a quotation that has all its given parts, a more precise date
    included. The days from 31 before a source's publication to its last possible day are also
    carried, being that day's news; where the quotations name exactly one weekday, a full date must
    fall on it.

    Args:
        quotations: The quoted words of its citations.
        published: When the cited sources were published.
    """

    def __init__(self, quotations: Sequence[str], published: Sequence[Date] = ()) -> None:
        self._quotations = quotations
        self._published = published
        # Most claims have something to ask for; a cached property would take longer than the answer.
        self._figures: tuple[tuple[Figure, ...], ...] | None = None
        self._readings: tuple[Reading, ...] = ()

    def unsupported(self, text: str) -> tuple[Figure, ...]:
        """List the figures of the claim's text, which is without markup, that nothing carries."""
        figures = find_figures(text)
        return tuple([one for one in figures if not any(map(self._carries, one.readings))])

    def carries_date(self, date: Date) -> bool:
        """Say whether a date of the claim is carried.

        Of an interval both given ends must be; qualifiers such as ``~`` play no part.
        """
        ends = [end for end in (date.start, date.end) if end] or [date]
        return all(self._carries(Reading("date", end)) for end in ends)

    @cached_property
    def _news(self) -> _News:
        return _News.of(self._quotations, self._published)

    def _carries(self, reading: Reading) -> bool:
        quoted = self._figures
        if quoted is None:
            quoted = self._figures = tuple(
                [
                    scan(
                        words
                        if words.isascii() and "  " not in words and "\n" not in words
                        else _plain(words)
                    )
                    for words in self._quotations
                    if words
                ]
            )
            self._readings = tuple([one for found in quoted for it in found for one in it.readings])
        # Whatever a figure is, an equal one carries it.
        if reading in self._readings:
            return True
        value = reading.value
        if not isinstance(value, Fraction):
            return _is_date_carried(value, quoted) or _is_news(value, self._news)
        return any(_is_equal(reading, other) for other in self._readings)


def _plain(words: str) -> str:
    """Write quoted words as they are compared, in which nothing unseen and no line end cuts a figure."""
    return " ".join(spell_out(words).split())


def _is_equal(claimed: Reading, quoted: Reading) -> bool:
    if claimed.value != quoted.value:
        return False
    if "amount" not in (claimed.kind, quoted.kind):
        return (claimed.kind, claimed.unit) == (quoted.kind, quoted.unit)
    if claimed.kind == quoted.kind:
        return not set(str(claimed.unit).split("/")).isdisjoint(str(quoted.unit).split("/"))
    plain = quoted if claimed.kind == "amount" else claimed
    return plain.kind == "number" and plain.unit is None


def _is_date_carried(date: Date | YearDay, quoted: tuple[tuple[Figure, ...], ...]) -> bool:
    for figures in quoted:
        readings = [reading for figure in figures for reading in figure.readings]
        dates = [reading.value for reading in readings if isinstance(reading.value, Date)]
        days = [reading.value for reading in readings if isinstance(reading.value, YearDay)]
        days += [year_day(date) for date in dates if date.precision in ("day", "month")]
        if isinstance(date, YearDay):
            if any(_is_within(day, date) for day in days):
                return True
        elif any(_has_parts(other, date) for other in dates) or (
            # 6 November 2025 is also carried by "on 6 November, after a year of talks begun in 2024
            # and ended in 2025", but not by "from 6 November 2024 until 2025".
            date.precision in ("day", "month")
            and any(other.text[:4] == date.text[:4] for other in dates)
            and any(
                isinstance(reading.value, YearDay) and _is_within(reading.value, year_day(date))
                for reading in readings
            )
        ):
            return True
    return False


def _is_news(date: Date | YearDay, news: _News) -> bool:
    if isinstance(date, Date):
        return news.carries(date)
    numbers = f"{date.month:02d}" + (f"-{date.day:02d}" if date.day else "")
    guesses = (date_or_none(f"{year:04d}-{numbers}") for year in news.years())
    return any(guess is not None and news.carries(guess) for guess in guesses)


def _has_parts(quoted: Date, claimed: Date) -> bool:
    if claimed.precision == "year" and quoted.precision == "season":
        return quoted.text[:4] == claimed.text[:4]
    return claimed.earliest <= quoted.earliest and quoted.latest <= claimed.latest


def _is_within(quoted: YearDay, claimed: YearDay) -> bool:
    return quoted.month == claimed.month and claimed.day in (None, quoted.day)
