"""Dates as running English text writes them. Texts come folded (`generator.verify.scan`)."""

import re
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from generator.date import MONTHS, SEASONS, Date, DateFault, parse_date
from generator.verify.reading import Figure, Reading, YearDay

MONTH_NUMBERS: Final = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}


def any_of(words: Iterable[str]) -> str:
    """Write the alternatives of a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


END: Final = r"(?![^\W_])"
_TO: Final = r" ?(?:-|to|and|or) ?"
_DAY: Final = rf"(\d{{1,2}})(?:st|nd|rd|th)?{END}(?![.,:]\d)"
_YEAR: Final = rf"([12]\d{{3}}){END}(?![.,]\d)"
_NAMES: Final = [*MONTHS, *(name.upper() for name in MONTHS)]
MONTH: Final = rf"({any_of([*_NAMES, 'Sept', *(name[:3] for name in _NAMES)])}){END}\.?"
BIG_WORDS: Final = (
    "hundred", "thousand", "million", "billion", "trillion", "dozen", "lakh", "crore",
)  # fmt: skip
BIG: Final = rf"(?:{any_of(BIG_WORDS)})"
_DIGITS: Final = re.compile(r"\d+")
_DAY_MONTH: Final = re.compile(rf"{_DAY}(?:{_TO}{_DAY})?(?: of)?[ -]{MONTH}(?:,?[ -]{_YEAR})?")
_MONTH_DAY: Final = re.compile(
    rf"{MONTH} {_DAY}(?![ -]?(?:%|per ?cent|{BIG}))"
    rf"(?:(?: ?(?:-|to) ?| (?:and|&) (?=\d{{1,2}}(?:st|nd|rd|th)?,? [12]\d{{3}}{END})){_DAY})?(?:,? {_YEAR})?"
)
_MONTH_YEAR: Final = re.compile(rf"{MONTH}(?:{_TO}{MONTH})?(?:,| of)?[ -]{_YEAR}")
_SEASON_YEAR: Final = re.compile(rf"(?ai:({any_of(SEASONS)}|fall))(?: of)? {_YEAR}")
_BARE_MONTH: Final = re.compile(rf"({any_of(_NAMES)}){END}")
_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)(?!\d)")
_YEAR_LAST: Final = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4})(?!\d)")
_YEAR_AND_TWO: Final = re.compile(r"([12]\d{3})([-/])(\d\d)(?![-/.]?\d)")
_DECADE: Final = re.compile(rf"(?:([12]\d)|(?<='))(\d)0'?s{END}")
_MARKED: Final = re.compile(r"(?:(\d{4}) ?[年년] ?)?(\d\d?) ?[月월](?: ?(\d\d?) ?[日일])?")

Found: TypeAlias = tuple[list[Figure], int]

Form: TypeAlias = tuple[re.Pattern[str], Callable[[re.Match[str]], list[Figure]]]


def read_date(text: str, start: int, forms: tuple[Form, ...]) -> Found | None:
    """Read the date at `start` by the first form that fits; give its figures and its end."""
    for pattern, build in forms:
        if (match := pattern.match(text, start)) and (figures := build(match)):
            return figures, match.end()
    return None


def may_be_date(text: str, start: int) -> bool:
    """Say whether digits may begin a date, by their number and what follows them."""
    digits = _DIGITS.match(text, start)
    if digits is None:
        return False
    end = digits.end()
    after = text[end : end + 1]
    if not after or end - start not in (1, 2, 4):
        return False
    if end - start == 4:
        return after in "-/.'s年년"
    if after == ".":
        return "." in text[end + 2 : end + 4]
    # The day of a month: "6 November", "6 of November", "6 to 8 November", "6th November".
    return text[end + 1 : end + 2] in "JFMASONDtao-" if after == " " else after in "-/snrt月월"


def _dated(start: int, end: int, year: str | None, month: int, day: str | None) -> list[Figure]:
    """Give the figure of a date, or nothing if there is no such date."""
    # 2000 was a leap year: 29 February is a day of some year.
    date = date_or_none(
        "-".join(part.zfill(2) for part in (year or "2000", str(month), day) if part)
    )
    if date is None:
        return []
    value = date if year else year_day(date)
    return [Figure(start, end, (Reading("date", value),))]


def _month_number(name: str) -> int:
    return MONTH_NUMBERS[name[:3].lower()]


def _from_day_month(match: re.Match[str]) -> list[Figure]:
    first, last, month, year = match.groups()
    number, second = _month_number(month), match.start(2) if last else match.start()
    figures = _dated(second, match.end(), year, number, last or first)
    if last and figures:
        return _dated(match.start(), match.end(1), year, number, first) + figures
    return figures


def _from_month_day(match: re.Match[str]) -> list[Figure]:
    month, first, last, year = match.groups()
    number = _month_number(month)
    if last and (figures := _dated(match.start(3), match.end(), year, number, last)):
        return _dated(match.start(), match.end(2), year, number, first) + figures
    return _dated(match.start(), match.end(), year, number, first)


def _from_month_year(match: re.Match[str]) -> list[Figure]:
    first, last, year = match.groups()
    if last is None:
        return _dated(match.start(), match.end(), year, _month_number(first), None)
    return [
        *_dated(match.start(), match.end(1), year, _month_number(first), None),
        *_dated(match.start(2), match.end(), year, _month_number(last), None),
    ]


def _from_texts(match: re.Match[str], *texts: str) -> list[Figure]:
    dates = dict.fromkeys(date for text in texts if (date := date_or_none(text)))
    readings = tuple(Reading("date", date) for date in dates)
    return [Figure(match.start(), match.end(), readings)] if readings else []


def _from_season_year(match: re.Match[str]) -> list[Figure]:
    season = match[1].lower().replace("fall", "autumn")
    return _from_texts(match, f"{match[2]}-{SEASONS.index(season) + 21}")


def _from_year_last(match: re.Match[str]) -> list[Figure]:
    a, b, year = match[1].zfill(2), match[3].zfill(2), match[4]
    return _from_texts(match, f"{year}-{b}-{a}", f"{year}-{a}-{b}")


def _from_decade(match: re.Match[str]) -> list[Figure]:
    """Read ``1990s``, ``'90s``, and ``'20s`` as those of either century."""
    century, decade = match.groups()
    centuries = [century] if century else ["19", "20"] if decade < "3" else ["19"]
    return _from_texts(match, *(f"{one}{decade}X" for one in centuries))


def _from_year_and_two(match: re.Match[str]) -> list[Figure]:
    """Read ``2025-11`` as a month, ``2020-21`` as two years, ``2010-12`` as either."""
    year, sign, two = match.groups()
    month = parse_date(f"{year}-{two}") if sign == "-" and 1 <= int(two) <= 12 else None
    if two <= year[2:]:
        return [Figure(match.start(), match.end(), (Reading("date", month),))] if month else []
    readings = [parse_date(year[:2] + two), *([month] if month else [])]
    return [
        Figure(match.start(), match.end(1), (Reading("date", parse_date(year)),)),
        Figure(match.start(3), match.end(), tuple(Reading("date", date) for date in readings)),
    ]


DIGIT_DATES: Final[tuple[Form, ...]] = (
    (_YEAR_FIRST, lambda m: _from_texts(m, f"{m[1]}-{m[3].zfill(2)}-{m[4].zfill(2)}")),
    (_YEAR_LAST, _from_year_last),
    (_YEAR_AND_TWO, _from_year_and_two),
    (_DECADE, _from_decade),
    (_DAY_MONTH, _from_day_month),
    (_MARKED, lambda m: _dated(m.start(), m.end(), m[1], int(m[2]), m[3])),
)
WORDY_DATES: Final[tuple[Form, ...]] = (
    (_MONTH_DAY, _from_month_day),
    (_MONTH_YEAR, _from_month_year),
    (_SEASON_YEAR, _from_season_year),
    (_BARE_MONTH, lambda m: _dated(m.start(), m.end(), None, _month_number(m[1]), None)),
)


def year_day(date: Date) -> YearDay:
    """Give the month, and the day if it is known, of a day or month."""
    return YearDay(date.earliest.month, date.earliest.day if date.precision == "day" else None)


def date_or_none(text: str) -> Date | None:
    """Read an EDTF date, or give None where there is no such day."""
    try:
        return parse_date(text)
    except DateFault:
        return None
