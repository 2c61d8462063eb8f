"""Dates as fact sheets write them: EDTF, the Extended Date/Time Format.

Source of the grammar: ISO 8601-2:2019 in the profile of the Library of Congress,
https://www.loc.gov/standards/datetime/, levels 0 and 1, for the years 0001 to 9999. Accepted are
``2025``, ``2025-11``, ``2025-11-06``, the qualifiers ``~ ? %`` at the end, unspecified digits
(``202X``, ``20XX``, ``2025-XX``, ``2025-XX-XX``, ``2025-11-XX``), the seasons ``2025-21`` to
``2025-24``, intervals of all these, and open intervals (``2025/..``, ``../2025``). Left out
on purpose: times of day, years beyond four digits, and the unknown end ``2025/``, which a reader
cannot tell from an open one.

The parser is our own because the library ``edtf`` (5.0.2) needs 4 ms a date, 400 seconds for the
100,000 dates of a large site, where this one needs under a second; it also takes ``2025-02-29`` and
reversed intervals, and has no bounds for open ones. The tests hold the two against each other.
"""

import calendar
import datetime
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from msgspec import Struct

Precision: TypeAlias = Literal["day", "month", "season", "year", "decade", "century", "interval"]

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
SEASONS: Final = ("spring", "summer", "autumn", "winter")

_NOT_A_DATE: Final = "not an EDTF date"
_GENERIC_HINT: Final = "write a date as `2025`, `2025-11` or `2025-11-06`"
_QUALIFIERS: Final = {"~": (True, False), "?": (False, True), "%": (True, True)}
_SINGLE: Final = re.compile(
    r"(?:(\d{4})(?:-(\d\d)(?:-(\d\d|XX))?|-XX(?:-XX)?)?|(\d\d)(\d|X)X)([~?%])?", re.ASCII
)
_MONTH_NUMBERS: Final = {
    name[:length].lower(): number
    for number, name in enumerate(MONTHS, start=1)
    for length in (3, 4, len(name))
}
_LONGEST_GUESS: Final = 60


class DateFault(ValueError):
    """A text that is not a date.

    Attributes:
        reason: What is wrong: one lower-case fact without a full stop.
        hint: The shortest fix, or None where none is known.
        reversed: True for an interval that ends before it starts.
    """

    def __init__(self, reason: str, hint: str | None = None, *, reversed: bool = False) -> None:  # noqa: A002
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.reversed = reversed


class Date(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A date, or a span of days, that was checked to exist.

    Dates compare by ``(earliest, latest, text)``. That is a total order, as the text decides all
    the rest; of two dates with the same first day the more precise one comes first.

    Attributes:
        earliest: The first day it may mean (``datetime.date.min`` for an open start).
        latest: The last day it may mean (``datetime.date.max`` for an open end). Approximation does
            not widen the bounds. Seasons are those of the northern hemisphere by whole months, and
            the winter of a year runs from its December to the following February.
        text: The date as written.
        precision: The unit that is known, or "interval".
        approximate: Marked ``~`` or ``%``; for an interval, either end is.
        uncertain: Marked ``?`` or ``%``; for an interval, either end is.
        start: The first date of an interval; None if that end is open, or for a single date.
        end: The last date of an interval; None if that end is open, or for a single date.
    """

    earliest: datetime.date
    latest: datetime.date
    text: str
    precision: Precision
    approximate: bool = False
    uncertain: bool = False
    start: "Date | None" = None
    end: "Date | None" = None

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=1 << 16)
def parse_date(text: str) -> Date:
    """Read one EDTF date or interval.

    Raises:
        DateFault: The text is not in the grammar of this module, names a day that does not exist,
            or is an interval that ends before it starts.
    """
    try:
        return _read(text)
    except DateFault as fault:
        hint = fault.hint or _suggestion(text) or _GENERIC_HINT
        raise DateFault(fault.reason, hint, reversed=fault.reversed) from None


def display(date: Date) -> str:
    """Word a date for readers of English: ``about 6 November 2025``, ``2025 to 2026``.

    An en dash joins days of one month (``6–8 November 2025``); months and days of one year share
    the year (``November to December 2025``).
    """
    if date.precision != "interval":
        return _worded(date)
    start, end = date.start, date.end
    if start is None or end is None:
        return f"since {_worded(start, 'the ')}" if start else f"until {_worded(end, 'the ')}"
    if start == end:
        return _worded(start)
    first, last = start.earliest, end.earliest
    plain = not (date.approximate or date.uncertain) and start.precision == end.precision
    if plain and first.year == last.year:
        if start.precision == "day" and first.month == last.month:
            return f"{first.day}–{_worded(end)}"
        if start.precision in ("day", "month", "season"):
            return f"{_worded(start).removesuffix(f' {first.year}')} to {_worded(end)}"
    return f"{_worded(start, 'the ')} to {_worded(end, 'the ')}"


def iso(date: Date) -> str | None:
    """Give the value for the ``datetime`` attribute of HTML's ``time`` element, or None.

    Only a year, a month and a day have one (HTML Living Standard, "The time element"); a qualifier
    is dropped, since the attribute cannot say it and the displayed words do.
    """
    if date.precision not in ("day", "month", "year"):
        return None
    return date.text[: {"year": 4, "month": 7, "day": 10}[date.precision]]


def before(a: Date, b: Date) -> bool:
    """Say whether every day `a` may mean lies before every day `b` may mean."""
    return a.latest < b.earliest


def reversed_span(start: Date, end: Date) -> bool:
    """Say whether a span cannot be: its end lies wholly before its start."""
    return before(end, start)


def _read(text: str) -> Date:
    """Read a date or an interval; the faults have no hint yet, so that a hint can be tried here."""
    if "/" not in text:
        return _read_single(text)
    left, right = text.split("/", 1)
    if left == right == ".." or not left or not right:
        raise _shape_fault(text)
    try:
        start = None if left == ".." else _read_single(left)
        end = None if right == ".." else _read_single(right)
    except DateFault as fault:
        raise _shape_fault(text) if fault.reason.startswith(_NOT_A_DATE) else fault from None
    if start and end and reversed_span(start, end):
        hint = f"did you mean `{right}/{left}`?"
        raise DateFault(f"reversed interval: {left} is after {right}", hint, reversed=True)
    given = [date for date in (start, end) if date]
    return Date(
        start.earliest if start else datetime.date.min,
        end.latest if end else datetime.date.max,
        text,
        "interval",
        any(date.approximate for date in given),
        any(date.uncertain for date in given),
        start,
        end,
    )


def _read_single(text: str) -> Date:
    match = _SINGLE.fullmatch(text)
    if match is None:
        raise _shape_fault(text)
    year, month, day, century, decade, mark = match.groups()
    approximate, uncertain = _QUALIFIERS[mark] if mark else (False, False)
    try:
        if century:
            earliest, latest, precision = _digit_bounds(century, decade)
        elif month and month > "20":
            earliest, latest, precision = _season_bounds(int(year), int(month), day)
        else:
            earliest, latest, precision = _day_bounds(year, month, day)
    except ValueError:
        raise _absent_fault(year, month, day) from None
    return Date(earliest, latest, text, precision, approximate, uncertain)


def _shape_fault(text: str) -> DateFault:
    shown = text if len(text) <= _LONGEST_GUESS else f"{text[:_LONGEST_GUESS]}…"
    return DateFault(f"{_NOT_A_DATE}: `{shown}`" if text.strip() else "empty date")


Bounds: TypeAlias = tuple[datetime.date, datetime.date, Precision]


def _day_bounds(year: str, month: str | None, day: str | None) -> Bounds:
    number = int(year)
    if month is None:
        return datetime.date(number, 1, 1), datetime.date(number, 12, 31), "year"
    if day is None or day == "XX":
        first = datetime.date(number, int(month), 1)
        return first, first.replace(day=calendar.monthrange(number, first.month)[1]), "month"
    first = datetime.date(number, int(month), int(day))
    return first, first, "day"


def _season_bounds(year: int, code: int, day: str | None) -> Bounds:
    if day or code > 24:
        raise ValueError
    first = datetime.date(year, 3 * (code - 20), 1)
    if code < 24:
        month = first.month + 2
        return first, datetime.date(year, month, calendar.monthrange(year, month)[1]), "season"
    if year == datetime.MAXYEAR:
        return first, datetime.date.max, "season"
    return first, datetime.date(year + 1, 3, 1) - datetime.timedelta(days=1), "season"


def _digit_bounds(century: str, decade: str) -> Bounds:
    size: int = 100 if decade == "X" else 10
    first = int(century) * 100 + (0 if decade == "X" else int(decade) * 10)
    return (
        datetime.date(max(first, 1), 1, 1),  # there is no year 0000
        datetime.date(first + size - 1, 12, 31),
        "century" if decade == "X" else "decade",
    )


def _worded(date: Date | None, article: str = "") -> str:
    """Word a single date; `article` stands before decades and centuries inside a sentence."""
    if date is None:
        return ""
    year = date.text[:4].lstrip("0")
    match date.precision:
        case "day":
            words = f"{date.earliest.day} {MONTHS[date.earliest.month - 1]} {year}"
        case "month":
            words = f"{MONTHS[date.earliest.month - 1]} {year}"
        case "season":
            words = f"{SEASONS[int(date.text[5:7]) - 21]} {year}"
        case "decade":
            words = f"{article or ('the ' if date.approximate else '')}{date.latest.year - 9}s"
        case "century":
            number = date.latest.year // 100 + 1
            words = f"{article or ('the ' if date.approximate else '')}{_ordinal(number)} century"
        case _:
            words = year
    return f"{'about ' * date.approximate}{words}{' (uncertain)' * date.uncertain}"


def _ordinal(number: int) -> str:
    suffix = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _absent_fault(year: str | None, month: str | None, day: str | None) -> DateFault:
    """Say which part of a date of the right shape does not exist."""
    if not year or year == "0000":
        return DateFault("no such year: years run from 0001 to 9999")
    if not month or not 1 <= int(month) <= 12:
        return DateFault(
            f"no such month: {month} (months run from 01 to 12, seasons from 21 to 24)"
        )
    length = calendar.monthrange(int(year), int(month))[1]
    return DateFault(
        f"no such day: {MONTHS[int(month) - 1]} {year} has {length} days",
        f"write `{year}-{month}` if the day is not known",
    )


def _suggestion(text: str) -> str | None:
    if len(text) > _LONGEST_GUESS:
        return None
    folded = "".join(
        "-" if unicodedata.category(char) == "Pd" else str(unicodedata.decimal(char, char))
        for char in text
    )
    guesses = list(dict.fromkeys(guess for guess in _guesses(folded) if _is_date(guess)))
    return f"did you mean {' or '.join(f'`{guess}`' for guess in guesses)}?" if guesses else None


def _is_date(text: str) -> bool:
    try:
        _read(text)
    except DateFault:
        return False
    return True


_SINCE: Final = re.compile(
    r"(?:since|from|after) (.+)|(.+?)(?:/| ?- ?(?:present|now|today)?)", re.I
)
_UNTIL: Final = re.compile(r"(?:until|till|up to|by|to|before) (.+)|/(.+)", re.I)
_ABOUT: Final = re.compile(
    r"(?:c\.|ca\.?|circa|about|around|approx\.?|approximately|~) ?(.+)", re.I
)
_BETWEEN: Final = re.compile(r"(?:from |between )?(.+?)(?: ?/ ?| - | to | and )(.+)", re.I)
_YEARS: Final = re.compile(r"(\d{4}) ?- ?(\d{4})")
_DAYS: Final = re.compile(r"(\d{1,2}) ?(?:-|/|to|and) ?(\d{1,2}) (\D+ \d{4})", re.I)
_ISO_DAYS: Final = re.compile(r"(\d{4}-\d\d)-(\d\d)(?:/|-| to )(\d\d)")
_NAMED: Final = re.compile(r"\d+|[a-z]+", re.I)
_ORDINALS: Final = {"st", "nd", "rd", "th", "of", "the"}


def _guesses(text: str) -> list[str]:
    """List what a date in everyday notation may mean in EDTF; some guesses may not be valid."""
    text = " ".join(text.split())
    if singles := _single_guesses(text):
        return singles
    if match := _ISO_DAYS.fullmatch(text):
        return [f"{match[1]}-{match[2]}/{match[1]}-{match[3]}"]
    if match := _DAYS.fullmatch(text):
        return [
            f"{a}/{b}"
            for a in _single_guesses(f"{match[1]} {match[3]}")
            for b in _single_guesses(f"{match[2]} {match[3]}")
        ]
    if match := _ABOUT.fullmatch(text):
        return [f"{guess}~" for guess in _single_guesses(match[1])]
    if match := _YEARS.fullmatch(text) or _BETWEEN.fullmatch(text):
        pairs = [f"{a}/{b}" for a in _single_guesses(match[1]) for b in _single_guesses(match[2])]
        if pairs:
            return pairs[:2]
    if match := _SINCE.fullmatch(text):
        return [f"{guess}/.." for guess in _single_guesses(match[1] or match[2])]
    if match := _UNTIL.fullmatch(text):
        return [f"../{guess}" for guess in _single_guesses(match[1] or match[2])]
    return []


def _single_guesses(text: str) -> list[str]:
    upper = text.upper()
    if _SINGLE.fullmatch(upper) and _SINGLE.fullmatch(text) is None:
        return [upper]
    for pattern, rewrite in _NOTATIONS:
        if match := pattern.fullmatch(text):
            return [guess for guess in rewrite(*match.groups()) if _SINGLE.fullmatch(guess)]
    if _SINGLE.fullmatch(text):
        return [text]
    return _named_guess([part.lower() for part in _NAMED.findall(text)])


def _named_guess(parts: list[str]) -> list[str]:
    """Put together a date of which the month or season is named, in whatever order."""
    numbers = [part for part in parts if part.isdigit()]
    names = [part for part in parts if not part.isdigit() and part not in _ORDINALS]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) < 3]
    if len(names) != 1 or len(years) != 1 or len(days) + 1 != len(numbers) or len(days) > 1:
        return []
    name = "autumn" if names[0] == "fall" else names[0]
    if name in SEASONS and not days:
        return [f"{years[0]}-{SEASONS.index(name) + 21}"]
    month = _MONTH_NUMBERS.get(name)
    return [_joined(years[0], str(month), *days)] if month else []


def _joined(*parts: str) -> str:
    return "-".join(part.zfill(2) for part in parts)


# Everyday notations, first match wins; a notation that can be read two ways gives both.
_NOTATIONS: Final[tuple[tuple[re.Pattern[str], Callable[..., list[str]]], ...]] = (
    (
        re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ]\d.*)?", re.I),
        lambda y, m, d: [_joined(y, m, d)] if int(m) < 13 else [_joined(y, d, m)],
    ),
    (
        re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})"),
        lambda a, b, y: [_joined(y, b, a), _joined(y, a, b)],
    ),
    (re.compile(r"(\d{4})(\d\d)(\d\d)"), lambda y, m, d: [_joined(y, m, d)]),
    (re.compile(r"(\d{4})[-/. ](\d{1,2})"), lambda y, m: [_joined(y, m)]),
    (re.compile(r"(\d{1,2})[-/. ](\d{4})"), lambda m, y: [_joined(y, m)]),
    (re.compile(r"(?:the )?(\d{3})0'?s", re.I), lambda tens: [f"{tens}X"]),
    (
        re.compile(r"(?:the )?(\d{1,2})(?:st|nd|rd|th) century", re.I),
        lambda number: [f"{int(number) - 1:02d}XX"],
    ),
    (re.compile(r"(\d{4})(?:~\?|\?~)"), lambda year: [f"{year}%"]),
)
