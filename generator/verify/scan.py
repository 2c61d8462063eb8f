"""Finds the figures of a text, in time linear in its length.

Patterns are tried at fixed places, repeat only within bounds, and what one has read is not read again.
Most words neither begin a figure (`generator.verify.opener`) nor go on with one (`_FOLLOWERS`), so a
look at a word spares most of the patterns.
"""

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

from generator.date import SEASONS, parse_date
from generator.verify.currency import (
    CODES,
    NATIONS,
    NOUNS,
    currency_after,
    currency_before,
    may_follow_lead,
)
from generator.verify.dating import (
    BIG,
    BIG_WORDS,
    DIGIT_DATES,
    END,
    MONTH,
    MONTH_NUMBERS,
    WORDY_DATES,
    Found,
    any_of,
    date_or_none,
    may_be_date,
    read_date,
)
from generator.verify.numeral import (
    FRACTIONS,
    ORDINALS,
    SCALES,
    SMALL,
    VULGAR,
    VULGAR_FRACTIONS,
    digit_values,
    parse_numerals,
)
from generator.verify.opener import LETTERS, openers_of
from generator.verify.reading import Figure, Kind, Reading, YearDay


class _Fold(dict[int, str]):
    """Folds digits, spaces and signs one to one, so that offsets stay those of the text."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        category = unicodedata.category(char)
        if category == "Nd":
            char = str(unicodedata.decimal(char))
        elif category == "Zs":
            char = " "
        elif category == "Pd" and char not in "—―⸺⸻":
            char = "-"
        self[code] = char
        return char


_FOLD: Final = _Fold({ord(a): b for a, b in zip("−٫٬·⁄∕٪％﹪’‘ʼ＇", "-.,.//%%%''''", strict=True)})
_GLUED_UNITS: Final = frozenset({
    "s", "km", "kms", "kg", "g", "cm", "mm", "ft", "mi", "ha", "kw", "mw", "gw", "tw", "kwh", "mwh",
    "gwh", "twh", "hz", "ghz", "gb", "tb", "am", "pm", "yr", "hr", "г", "гг", "км", "кг", "pct", "pc",
    "pp", "h", "hrs", "min", "mins", "sec", "secs", "t", "ml", "lb", "lbs", "mph", "kph", "bps", "x",
})  # fmt: skip
_GLUED_PREFIXES: Final = frozenset({
    "mid", "pre", "post", "early", "late", "since", "over", "under", "to", "and", "or", "top", "sub",
})  # fmt: skip
_CENTURY: Final = re.compile(rf"[ -](?ai:centur(?:y|ies)){END}")
_NUMBER: Final = re.compile(
    r"(?:\d{1,3}(?:[ ']\d{3}){1,8}(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+){0,12})?"
    rf"[{VULGAR}]?(?:/[1-9]\d{{0,2}}(?![\d/]))?"
)
_FORM: Final = re.compile(  # 10.30 a.m.; 5 1/2
    rf"(\d\d?)\.(\d\d)(?= ?(?ai:[ap]\.?m){END})|\d{{1,3}}[ -](?:[1-9]/[234568](?![\d/])|[{VULGAR}])"
)
_DIGITS: Final = re.compile(r"\d+")
_NAME_REST: Final = re.compile(r"\w+(?:[-+]\w+|\.\d\w*)*")
_PREFIX: Final = re.compile(r"[^\W\d_]+(?=-$)")
_BEFORE_POINT: Final = frozenset(("", *" ([-+~<>≤≥=\"'“‘$€£"))
_LIST_MARKER: Final = re.compile(r"^ *\(?(\d{1,3})[.)](?= )", re.MULTILINE)
_ORDINAL_END: Final = re.compile(rf"(?ai:st|nd|rd|th){END}")
_SCALE: Final = re.compile(
    rf"(?:[ -]?(?ai:({any_of(word for word in SCALES if len(word) > 1)})s?)|(?ai:([kmb]))){END}"
)
_WIDE_SCALES: Final = {
    "百": 100, "千": 10**3, "万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8, "亿": 10**8, "억": 10**8,
}  # fmt: skip
_PERCENT: Final = re.compile(
    rf"(?:(?: ?%|[ -](?ai:per ?cent(?:age)?|pct){END}|(?ai:pct|pc){END})(?:[ -](?ai:(point)s?){END})?"
    rf"|(pp){END})"
)
_RANGE: Final = re.compile(" ?- ?| (?:to|and|or) ")
_WHOLE: Final = rf"(?ai:{BIG}|per ?cent(?:age)?){END}"
_PART_OF: Final = re.compile(rf" of (?:an?|one)(?=[ -]{_WHOLE})")
_NUMERALS: Final = any_of({*SMALL, *ORDINALS, *FRACTIONS, *BIG_WORDS, "and", "a", "point"})
_WORD_RUN: Final = re.compile(rf"(?ai:an?|{_NUMERALS}){END}(?:[ -](?ai:{_NUMERALS}){END}){{0,30}}")
_CANDIDATE: Final = re.compile(
    rf"[\d{VULGAR}]|(?<![^\W_])(?:{MONTH}|(?ai:{any_of([*SEASONS, 'fall'])})(?= (?:of )?[12]\d{{3}})"
    rf"|(?ai:{any_of([*SMALL, *ORDINALS])}){END}"
    rf"|(?ai:an?)(?=[ -](?ai:{BIG}){END})|quarter(?<=\b[Aa] quarter)(?= of (?!an? ))"
    rf"|(?ai:half(?:[ -]a)?|quarter)(?=(?: of (?:an?|one))?[ -]{_WHOLE}))"
)
_QUOTED_ONLY: Final = re.compile("(?ai:zero|one|first|second)")
_YEAR: Final = re.compile("[12][0-9]{3}")
_DIGIT: Final = re.compile(rf"[\d{VULGAR}]")
_MULTIPLIERS: Final = frozenset((*BIG_WORDS, "half", "quarter"))
# Every run of letters that may stand first behind a number and its space or hyphen.
_FOLLOWERS: Final = frozenset(
    LETTERS.match(word)[0]  # type: ignore[index]  # each begins with a letter
    for word in (
        *("per", "percent", "percentage", "pct", "century", "centuries", "u", "us"),
        *("a", "am", "p", "pm", *VULGAR_FRACTIONS),
        *(noun + plural for noun in (*SCALES, *NOUNS.split("|")) for plural in ("", "s")),
        *(code.lower() for code in CODES),
        *NATIONS,
    )
)
_CLOSING: Final = frozenset(",.;:!?)]'\"")
_MONTH_LEAD: Final = re.compile(r"\b(?ai:in|since|until|during|early|late|mid|last|next|this)[ -]$")


@lru_cache(maxsize=1 << 14)
def scan(text: str) -> tuple[Figure, ...]:
    """List all figures, with those that only count in a quotation: "one", "first", a bare month."""
    folded = text if text.isascii() else text.translate(_FOLD)
    places = _places(openers_of(folded))
    match = places.search(folded)
    if match is None:
        return ()
    # A marker stands at the start of a line.
    lines = "\n" in folded
    found = _LIST_MARKER.finditer(folded) if lines else filter(None, [_LIST_MARKER.match(folded)])
    markers = {marker.start(1): marker.end(1) for marker in found}
    figures: list[Figure] = []
    floor = 0
    while match:
        start = match.start()
        if start in markers:
            position = floor = markers[start]
        elif folded[start].isalpha() and not _CANDIDATE.match(folded, start):
            position = start + 1
        else:
            read, position = _read_at(folded, start, floor)
            floor = position
            figures += read
        match = places.search(folded, position)
    _spread(folded, figures)
    return tuple(figures)


@lru_cache(maxsize=1 << 10)
def _places(openers: frozenset[str]) -> re.Pattern[str]:
    """A pattern that leaves out no place where a figure may begin, given the words of a text."""
    if not openers:
        return _DIGIT
    # A multiplier may have "a" or "half" before it, and "half" and "quarter" need one behind them.
    if openers & _MULTIPLIERS:
        return _CANDIDATE
    return re.compile(rf"[\d{VULGAR}]|(?ai:{any_of(openers)})")


def is_quoted_only(text: str, figure: Figure) -> bool:
    """Say whether a figure counts in a quotation only: "one", "first", a bare month."""
    word = text[figure.start : figure.end]
    if isinstance(figure.value, YearDay) and figure.value.day is None:
        return _MONTH_LEAD.search(text[max(0, figure.start - 8) : figure.start]) is None
    return _QUOTED_ONLY.fullmatch(word) is not None


def _read_at(text: str, start: int, floor: int) -> Found:
    """Read what stands at `start`; give its figures and where to go on, always behind `start`.

    `floor` is the end of what was read before: no figure reaches back over it.
    """
    if text[start].isalpha():
        return read_date(text, start, WORDY_DATES) or _read_words(text, start, floor)
    number = _NUMBER.match(text, start)
    end = number.end() if number else start + 1
    digits = text[start:end]
    if _is_in_name(text, start, end, floor):
        rest = _NAME_REST.match(text, start)
        return [], max(end, rest.end() if rest else end)
    if may_be_date(text, start) and (dates := read_date(text, start, DIGIT_DATES)):
        return dates
    if _is_bare(text, start, end):
        readings = _bare_readings(digits)
        if readings:
            return [Figure(start, end, readings)], end
    else:
        # Most numbers that go on have a word behind them: 50 million.
        odd = "." in digits or not text[end + 1 : end + 2].isalpha()
        if odd and (form := _FORM.match(text, start)):
            if form[1]:
                return [_plain_number(form, 1), _plain_number(form, 2)], form.end(2)
            digits, end = form[0], form.end()
        elif text[start - 1 : start] == "." and _is_leading_point(text, start - 1, floor):
            start, digits = start - 1, f"0.{digits}"
        if values := _values(digits):
            figure = _measured(text, start, end, values, floor)
            return [figure], figure.end
    # A list without spaces (1,2,3) is so many numbers; 1.2.3 is the number of a version.
    parts = _DIGITS.finditer(text, start, end) if "," in digits else ()
    return [
        _measured(text, part.start(), part.end(), values, part.start())
        for part in parts
        if (values := _values(part.group()))
    ], end


def _plain_number(match: re.Match[str], part: int) -> Figure:
    return Figure(*match.span(part), (Reading("number", Fraction(match[part])),))


def _is_leading_point(text: str, point: int, floor: int) -> bool:
    """Say whether a point begins a number, as in ".5 per cent", and ends nothing."""
    return point >= floor and text[max(0, point - 1) : point] in _BEFORE_POINT


def _is_bare(text: str, start: int, end: int) -> bool:
    """Say whether nothing around a number can be part of its figure; False where in doubt."""
    after = text[end : end + 1]
    if after in (" ", "-"):
        following = LETTERS.match(text, end + 1)
        if not following or following[0].lower() in _FOLLOWERS:
            return False
    elif after and after not in _CLOSING:
        return False
    return not may_follow_lead(text, start)


@lru_cache(maxsize=1 << 14)
def _values(digits: str) -> tuple[Fraction, ...]:
    return tuple(digit_values(digits))


@lru_cache(maxsize=1 << 14)
def _bare_readings(digits: str) -> tuple[Reading, ...]:
    """The ways to read a number with nothing around it that is part of its figure."""
    numbers = tuple(Reading("number", value) for value in digit_values(digits))
    return (Reading("date", parse_date(digits)), *numbers) if _YEAR.fullmatch(digits) else numbers


def _is_in_name(text: str, start: int, end: int, floor: int) -> bool:
    """Say whether the digits of `start` to `end` belong to a name: C5+1, F-35, 5G."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in ("", " ") and (not after or after in " .,;:%)"):
        return False
    if (_is_cased(before) or before == "_") and not currency_before(text, start, floor):
        return True
    if before == "[" and after == "]" and text[start - 2 : start - 1].strip():
        return True  # the marker of a note: "the treaty[4]"
    if before == "." and text[start - 5 : start - 1].isalpha() and start > 4:
        following = text[end : end + 3].lstrip("\"'“‘ ")
        if after == " " and following[:1].isupper():
            return True  # the marker of a note: "the treaty.4 It"
    if before == "-" and (prefix := _PREFIX.search(text[max(floor, start - 12) : start])):
        word = prefix.group().lower()
        if _is_cased(word[0]) and word not in _GLUED_PREFIXES and word[:3] not in MONTH_NUMBERS:
            return True
    if after == "_" or (before == "+" and text[start - 2 : start - 1].isalnum()):
        return True
    if after == "+" and text[end + 1 : end + 2].isdigit():
        return True
    letters = LETTERS.match(text, end)
    if letters is None or not _is_cased(after):
        return False
    unit = letters.group()
    return unit not in CODES and not (
        (unit if len(unit) == 1 else unit.lower()) in _GLUED_UNITS  # grams, but not the G of 5G
        or _ORDINAL_END.match(text, end)
        or _SCALE.match(text, end)
    )


def _is_cased(char: str) -> bool:
    # Scripts without case write prefixes and units against digits without making a name of them.
    return char.lower() != char.upper()


def _measured(
    text: str,
    start: int,
    end: int,
    values: Sequence[Fraction],
    floor: int,
    unit: str | None = None,
    scale: int = 1,
) -> Figure:
    """Complete a number by what stands around it: ending, multiplier, per cent, currency."""
    if match := _ORDINAL_END.match(text, end):
        unit, end = "ordinal", match.end()
    if unit == "ordinal":
        century = _CENTURY.match(text, end)
        date = date_or_none(f"{int(values[0]) - 1:02d}XX") if century else None
        if century and date:
            return Figure(start, century.end(), (Reading("date", date),))
        return Figure(start, end, tuple(Reading("number", value, unit) for value in values))
    is_year = _YEAR.fullmatch(text, start, end) and not text[end : end + 1].isalpha()
    factor = 1
    while factor < 10**24 and (wide := _WIDE_SCALES.get(text[end : end + 1])):
        factor, end = factor * wide, end + 1
    while factor < 10**24 and (match := _SCALE.match(text, end)):
        factor *= SCALES[(match[1] or match[2]).lower()]
        end = match.end()
    values = values if factor == 1 else [value * factor for value in values]
    kind: Kind = "number"
    before, begin = currency_before(text, start, floor) or (None, start)
    after, finish = currency_after(text, end) or (None, end)
    if match := _PERCENT.match(text, end):
        kind, unit, end = "percent", "point" if match[1] or match[2] else None, match.end()
    elif start > floor and text[start - 1] == "%" and not text[start - 2 : start - 1].isdigit():
        kind, start = "percent", start - 1  # as Turkish writes it
    elif before or after:
        kind, unit, start, end = "amount", before or after, begin, finish if after else end
    readings = [Reading(kind, value, unit) for value in values]
    if is_year and factor == 1 and kind == "number":
        readings = [Reading("date", parse_date(text[start:end])), *readings]
    return Figure(start, end, tuple(readings), scale * factor)


def _spread(text: str, figures: list[Figure]) -> None:
    """Give both ends of a range what is written at one: "$10-15 million", "5 to 10 per cent"."""
    for index in range(len(figures) - 1, 0, -1):
        first, last = figures[index - 1], figures[index]
        if "date" in (first.kind, last.kind) or "ordinal" in (first.unit, last.unit):
            continue
        gap = text[first.end : min(last.start, first.end + 6)]
        between = text[max(0, first.start - 8) : first.start].lower() == "between "
        if not _RANGE.fullmatch(gap) or (gap == " and " and not between):
            continue
        if first.kind == "number" and last.kind != "number":
            figures[index - 1] = first = _remeasured(first, last.kind, last.unit)
        elif first.kind == "amount" and last.kind == "number":
            figures[index] = _remeasured(last, first.kind, first.unit)
        if first.scale == 1 != last.scale:
            scaled = [
                reading._replace(value=reading.value * last.scale)
                for reading in first.readings
                if isinstance(reading.value, Fraction)
            ]
            figures[index - 1] = first._replace(readings=(*scaled, *first.readings))


def _remeasured(figure: Figure, kind: Kind, unit: str | None) -> Figure:
    readings = tuple(Reading(kind, reading.value, unit) for reading in figure.readings)
    return figure._replace(readings=readings)


def _read_words(text: str, start: int, floor: int) -> Found:
    run = _WORD_RUN.match(text, start)
    words = list(LETTERS.finditer(text, start, run.end())) if run else []
    if (
        len(words) > 1
        and words[1].group() == "point"
        and text[max(0, start - 3) : start].lower() == "at "
    ):
        del words[1:]  # "at one point five ministers resigned"
    number = parse_numerals([word.group().lower() for word in words])
    if number is None:
        skipped = LETTERS.match(text, start)
        return [], skipped.end() if skipped else start + 1
    end = words[number.length - 1].end()
    value, unit = number.value, number.unit
    # "a third of exports" is a share, "a third country" is not.
    is_share = unit == "ordinal" and number.length == 1 and text[max(0, start - 2) : start] == "a "
    if (is_share or value < 1) and (whole := _PART_OF.match(text, end)):
        end, unit, value = whole.end(), None, 1 / value if is_share else value
    figure = _measured(text, start, end, [value], floor, unit, number.scale)
    if figure.unit == "ordinal" and is_share:
        share = Reading("number", 1 / number.value)
        figure = figure._replace(readings=(*figure.readings, share))
    return [figure], figure.end
