"""The figures guard: every number, date, percentage and amount of a claim stands in a quotation.

Source of the rule: DESIGN, section 4. `find_figures` lists the figures of a text and
`unsupported_figures` those that no quotation carries; equality is of values, not of spelling, so
``1.1 billion``, ``1,100,000,000`` and ``1100 million`` are one number. A figure that can be read in
more than one way (``1.234``, ``06/11/2025``, the bare ``1992``) keeps every reading, and is carried
when one of them is. Words are those of English; digits may be of any script.

Not figures: digits within a name (``C5+1``, ``G7``, ``F-35``, ``5G``), list markers, the words
"one", "first" and "second", vague words ("dozens", "a few hundred"), runs of more than 60 digits.
Signs are not read: 5 per cent and -5 per cent are the same figure. Text is expected without markup.
A scan takes time linear in the text's length: patterns are tried at fixed places,
repeat only within bounds, and what one has read is not read again.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

from generator.date import MONTHS, SEASONS, Date, DateFault, parse_date

Kind: TypeAlias = Literal["number", "percent", "amount", "date"]


class YearDay(NamedTuple):
    """A month, or a day of a month, whose year is not named beside it."""

    month: int
    day: int | None


class Reading(NamedTuple):
    """One way to read a figure.

    Attributes:
        kind: What sort of figure it is.
        value: An exact number, or a date.
        unit: For an amount its currency in ISO 4217 (several joined by ``/`` where the word or sign
            does not tell, as for ``¥``); "point" for percentage points; "ordinal" for an ordinal
            number; else None.
    """

    kind: Kind
    value: Fraction | Date | YearDay
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure found in a text.

    Attributes:
        start: Offset of its first code point.
        end: Offset behind its last one, sign of currency and unit included.
        readings: The ways to read it, the likeliest first; never empty.
        scale: The multiplier that was written after it: 1,000,000 for ``5 million``, else 1.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    scale: int = 1

    @property
    def kind(self) -> Kind:
        """The kind of the likeliest reading."""
        return self.readings[0].kind

    @property
    def value(self) -> Fraction | Date | YearDay:
        """The value of the likeliest reading."""
        return self.readings[0].value

    @property
    def unit(self) -> str | None:
        """The unit of the likeliest reading."""
        return self.readings[0].unit


# --- the scan -----------------------------------------------------------------------------------


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


_FOLD: Final = _Fold({ord(a): b for a, b in zip("−٫٬٪％﹪’‘ʼ＇", "-.,%%%''''", strict=True)})

_BELOW_TWENTY: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL: Final = {word: value for value, word in enumerate(_BELOW_TWENTY)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_ORDINALS: Final = {
    {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}.get(
        word, re.sub("ve$", "f", word).removesuffix("e").replace("ty", "tie") + "th"
    ): value
    for word, value in _SMALL.items()
    if value
}
_FRACTIONS: Final = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    word + plural: value
    for word, value in _ORDINALS.items()
    if 3 <= value <= 10
    for plural in ("", "s")
}
_SCALES: Final = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12, "lakh": 10**5, "crore": 10**7, "mn": 10**6, "mln": 10**6, "mio": 10**6,
    "bn": 10**9, "mrd": 10**9, "milliard": 10**9, "tn": 10**12, "trn": 10**12, "cr": 10**7,
    "тыс": 10**3, "млн": 10**6, "млрд": 10**9, "трлн": 10**12,
    "k": 10**3, "m": 10**6, "b": 10**9,
}  # fmt: skip
_CURRENCIES: Final = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY/JPY", "₸": "KZT", "₪": "ILS",
    "₹": "INR", "₽": "RUB", "₺": "TRY", "₩": "KRW", "₴": "UAH", "₾": "GEL", "₼": "AZN",
    "a$": "AUD", "c$": "CAD", "hk$": "HKD", "nz$": "NZD", "s$": "SGD", "rs": "INR/LKR/NPR/PKR",
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "tenge": "KZT",
    "shekel": "ILS", "rupee": "INR/LKR/NPR/PKR", "ruble": "RUB", "rouble": "RUB", "lira": "TRY",
    "hryvnia": "UAH", "lari": "GEL", "manat": "AZN/TMT", "dram": "AMD", "dirham": "AED/MAD",
    "dinar": "BHD/IQD/JOD/KWD/LYD/RSD/TND", "riyal": "OMR/QAR/SAR/YER", "rial": "IRR/OMR/YER",
    "franc": "CHF/XAF/XOF", "som": "KGS/UZS", "peso": "ARS/CLP/COP/MXN/PHP", "krone": "DKK/NOK",
    "krona": "SEK", "zloty": "PLN", "canadian dollar": "CAD", "australian dollar": "AUD",
    "singapore dollar": "SGD", "hong kong dollar": "HKD", "egyptian pound": "EGP",
    "lebanese pound": "LBP", "sudanese pound": "SDG", "syrian pound": "SYP",
    "new zealand dollar": "NZD",
}  # fmt: skip
_CODES: Final = frozenset(
    {"BRL", "CZK", "HUF", "IDR", "MYR", "NGN", "RON", "TJS", "ZAR"}.union(
        *(codes.split("/") for codes in _CURRENCIES.values())
    )
)
_GLUED_UNITS: Final = frozenset({
    "s", "km", "kms", "kg", "g", "cm", "mm", "ft", "mi", "ha", "kw", "mw", "gw", "tw", "kwh", "mwh",
    "gwh", "twh", "hz", "ghz", "gb", "tb", "am", "pm", "yr", "hr", "г", "гг", "км", "кг",
})  # fmt: skip
_GLUED_PREFIXES: Final = frozenset(
    {"mid", "pre", "post", "early", "late", "since", "over", "under"}
)
_VULGAR: Final = {"¼": Fraction(1, 4), "½": Fraction(1, 2), "¾": Fraction(3, 4)}
_WITHOUT_DIGITS: Final = str.maketrans("", "", "0123456789")
_MONTH_NUMBERS: Final = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_END: Final = r"(?![^\W_])"
_TO: Final = r" ?(?:-|to|and|or) ?"
_DAY: Final = rf"(\d{{1,2}})(?:st|nd|rd|th)?{_END}(?![.,:]\d)"
_YEAR: Final = rf"([12]\d{{3}}){_END}(?![.,]\d)"
_NAMES: Final = [*MONTHS, *(name.upper() for name in MONTHS)]
_MONTH: Final = rf"({_any_of([*_NAMES, 'Sept', *(name[:3] for name in _NAMES)])}){_END}\.?"
_BIG: Final = r"(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)"

_DAY_MONTH: Final = re.compile(rf"{_DAY}(?:{_TO}{_DAY})?(?: of)?[ -]{_MONTH}(?:,?[ -]{_YEAR})?")
_MONTH_DAY: Final = re.compile(
    rf"{_MONTH} {_DAY}(?![ -]?(?:%|per ?cent|{_BIG}))(?: ?(?:-|to) ?{_DAY})?(?:,? {_YEAR})?"
)
_MONTH_YEAR: Final = re.compile(rf"{_MONTH}(?:{_TO}{_MONTH})?(?:,| of)?[ -]{_YEAR}")
_SEASON_YEAR: Final = re.compile(rf"(?ai:({_any_of(SEASONS)}|fall))(?: of)? {_YEAR}")
_BARE_MONTH: Final = re.compile(rf"({_any_of(_NAMES)}){_END}")
_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d\d?)\2(\d\d?)(?!\d)")
_YEAR_LAST: Final = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d{4})(?!\d)")
_YEAR_AND_TWO: Final = re.compile(r"([12]\d{3})([-/])(\d\d)(?![-/.]?\d)")
_DECADE: Final = re.compile(rf"([12]\d\d)0'?s{_END}")
_CENTURY: Final = re.compile(rf"[ -](?ai:centur(?:y|ies)){_END}")

_NUMBER: Final = re.compile(
    r"(?:\d{1,3}(?:[ ']\d{3}){1,8}(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+){0,12})?"
    r"[¼½¾]?(?:/[1-9]\d{0,2}(?![\d/]))?"
)
_DIGITS: Final = re.compile(r"\d+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NAME_REST: Final = re.compile(r"\w+(?:[-+]\w+|\.\d\w*)*")
_PREFIX: Final = re.compile(r"[^\W\d_]+(?=-$)")
_LIST_MARKER: Final = re.compile(r"^ *\(?(\d{1,3})[.)](?= )", re.MULTILINE)
_ORDINAL_END: Final = re.compile(rf"(?ai:st|nd|rd|th){_END}")
_SCALE: Final = re.compile(
    rf"(?:[ -]?(?ai:({_any_of(word for word in _SCALES if len(word) > 1)})s?)|(?ai:([kmb]))){_END}"
)
_PERCENT: Final = re.compile(
    rf"(?: ?%|[ -](?ai:per ?cent(?:age)?|pct){_END})(?:[ -](?ai:(point)s?){_END})?"
)
_NATION: Final = (
    r"(?:(u\.?s\.?|american|canadian|australian|singapore|hong kong|new zealand|egyptian|lebanese"
    r"|sudanese|syrian|british|russian|indian|kazakh|kazakhstani|israeli|turkish|chinese)[ -])?"
)
_NOUNS: Final = _any_of(word for word in _CURRENCIES if word.isalpha() and len(word) > 2)
_SIGN: Final = f"[{''.join(sign for sign in _CURRENCIES if len(sign) == 1)}]"
_CURRENCY_AFTER: Final = re.compile(
    rf"({_SIGN})(?!\d)| ({_SIGN})(?! ?\d)|[ -]?([A-Z]{{3}}){_END}"
    rf"|[ -](?ai:{_NATION}({_NOUNS})s?){_END}"
)
_CURRENCY_BEFORE: Final = re.compile(rf"(?:((?:US|A|C|HK|NZ|S)?{_SIGN})|\b([A-Z]{{3}}|Rs\.?)) ?$")
_RANGE: Final = re.compile(" ?- ?| (?:to|and|or) ")
_NUMERALS: Final = _any_of(
    {*_SMALL, *_ORDINALS, *_FRACTIONS, "and", "a"} | {word for word in _SCALES if word in _BIG}
)
_WORD_RUN: Final = re.compile(
    rf"(?ai:an?|{_NUMERALS}){_END}(?:[ -](?ai:{_NUMERALS}){_END}){{0,30}}"
)
_CANDIDATE: Final = re.compile(
    rf"[\d¼½¾]|(?<![^\W_])(?:{_MONTH}|(?ai:{_any_of([*SEASONS, 'fall'])})(?= (?:of )?[12]\d{{3}})"
    rf"|(?ai:{_any_of([*_SMALL, *_ORDINALS])}|(?:an?|half(?:[ -]a)?)(?=[ -]{_BIG}{_END})){_END})"
)
_QUOTED_ONLY: Final = re.compile("(?ai:zero|one|first|second)")
_MONTH_LEAD: Final = re.compile(r"\b(?ai:in|since|until|during|early|late|mid|last|next|this)[ -]$")


@lru_cache(maxsize=1 << 14)
def _scan(text: str) -> tuple[Figure, ...]:
    """List all figures, with those that only count in a quotation: "one", "first", a bare month."""
    folded = text.translate(_FOLD)
    markers = {match.start(1) for match in _LIST_MARKER.finditer(folded)}
    figures: list[Figure] = []
    position = 0
    while match := _CANDIDATE.search(folded, position):
        if match.start() in markers:
            position = match.end()
            continue
        found, position = _read_at(folded, match.start(), position)
        figures += found
    _spread(folded, figures)
    return tuple(figures)


def _is_quoted_only(text: str, figure: Figure) -> bool:
    word = text[figure.start : figure.end]
    if isinstance(figure.value, YearDay) and figure.value.day is None:
        return _MONTH_LEAD.search(text[max(0, figure.start - 8) : figure.start]) is None
    return _QUOTED_ONLY.fullmatch(word) is not None


Found: TypeAlias = tuple[list[Figure], int]
Form: TypeAlias = tuple[re.Pattern[str], Callable[[re.Match[str]], list[Figure]]]


def _read_at(text: str, start: int, floor: int) -> Found:
    """Read what stands at `start`; give its figures and where to go on, always behind `start`.

    `floor` is the end of what was read before: no figure reaches back over it.
    """
    if text[start].isalpha():
        return _read_date(text, start, _WORDY_DATES) or _read_words(text, start, floor)
    number = _NUMBER.match(text, start)
    end = number.end() if number else start + 1
    if _is_in_name(text, start, end, floor):
        rest = _NAME_REST.match(text, start)
        return [], max(end, rest.end() if rest else end)
    if dates := _read_date(text, start, _DIGIT_DATES):
        return dates
    values = _digit_values(text[start:end])
    if values:
        figure = _measured(text, start, end, values, floor)
        return [figure], figure.end
    # A list without spaces (1,2,3) is so many numbers; 1.2.3 is the number of a version.
    parts = _DIGITS.finditer(text, start, end) if "," in text[start:end] else ()
    return [
        _measured(text, part.start(), part.end(), values, part.start())
        for part in parts
        if (values := _digit_values(part.group()))
    ], end


def _read_date(text: str, start: int, forms: tuple[Form, ...]) -> Found | None:
    for pattern, build in forms:
        if (match := pattern.match(text, start)) and (figures := build(match)):
            return figures, match.end()
    return None


def _is_in_name(text: str, start: int, end: int, floor: int) -> bool:
    """Say whether the digits of `start` to `end` belong to a name: C5+1, F-35, 5G."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (_is_cased(before) or before == "_") and not _currency_before(text, start, floor):
        return True
    if before == "-" and (prefix := _PREFIX.search(text[max(0, start - 12) : start])):
        word = prefix.group().lower()
        if _is_cased(word[0]) and word not in _GLUED_PREFIXES and word[:3] not in _MONTH_NUMBERS:
            return True
    if after == "_" or (before == "+" and text[start - 2 : start - 1].isalnum()):
        return True
    if after == "+" and text[end + 1 : end + 2].isdigit():
        return True
    letters = _LETTERS.match(text, end)
    if letters is None or not _is_cased(after):
        return False
    unit = letters.group()
    return unit not in _CODES and not (
        (unit if len(unit) == 1 else unit.lower()) in _GLUED_UNITS  # grams, but not the G of 5G
        or _ORDINAL_END.match(text, end)
        or _SCALE.match(text, end)
    )


def _is_cased(char: str) -> bool:
    # Scripts without case write prefixes and units against digits without making a name of them.
    return char.lower() != char.upper()


def _digit_values(token: str) -> list[Fraction]:
    """List what digits with separators may mean, the likeliest first; nothing if no number.

    A single comma or point before three digits may group or divide, unless the digits are 000:
    "5,000" is never a 5.
    """
    token, _, divisor = token.partition("/")
    extra = Fraction(0)
    if token[-1:] in _VULGAR:
        extra, token = _VULGAR[token[-1]], token[:-1] or "0"
    if len(token) > 60:
        return []
    plain = token.replace(" ", "").replace("'", "")
    signs = plain.translate(_WITHOUT_DIGITS)
    last = signs[-1:]
    whole, _, decimals = plain.rpartition(last) if last else (plain, "", "")
    values: list[Fraction] = []
    if not last:
        values = [Fraction(int(plain))]
    elif plain != token or signs.count(last) == 1:
        other = signs[0]
        if len(signs) == 1 or (other != last and _is_grouped(whole, other)):
            digits = whole.replace(other, "")
            values = [Fraction(int(digits + decimals), 10 ** len(decimals))]
    if last and plain == token and len(set(signs)) == 1 and _is_grouped(plain, last):
        grouped = Fraction(int(plain.replace(last, "")))
        values = [] if decimals == "000" else values
        values = [grouped, *values] if last == "," else [*values, grouped]
    if not extra and not divisor:
        return values
    return [(value + extra) / int(divisor or 1) for value in values]


def _is_grouped(token: str, sign: str) -> bool:
    """Say whether separators stand where thousands, or lakhs and crores, are grouped."""
    first, *middle, last = token.split(sign)
    if not 1 <= len(first) <= 3 or first[0] == "0" or len(last) != 3:
        return False
    sizes = {len(group) for group in middle}
    return sizes <= {3} or (sizes == {2} and len(first) < 3 and sign == ",")


def _measured(
    text: str,
    start: int,
    end: int,
    values: list[Fraction],
    floor: int,
    unit: str | None = None,
    scale: int = 1,
) -> Figure:
    """Complete a number by what stands around it: ending, multiplier, per cent, currency."""
    if match := _ORDINAL_END.match(text, end):
        unit, end = "ordinal", match.end()
    if unit == "ordinal":
        century = _CENTURY.match(text, end)
        date = _date_or_none(f"{int(values[0]) - 1:02d}XX") if century else None
        if century and date:
            return Figure(start, century.end(), (Reading("date", date),))
        return Figure(start, end, tuple(Reading("number", value, unit) for value in values))
    is_year = re.fullmatch("[12][0-9]{3}", text[start:end]) and not text[end : end + 1].isalpha()
    factor = 1
    while factor < 10**24 and (match := _SCALE.match(text, end)):
        factor *= _SCALES[(match[1] or match[2]).lower()]
        end = match.end()
    values = values if factor == 1 else [value * factor for value in values]
    kind: Kind = "number"
    before, begin = _currency_before(text, start, floor) or (None, start)
    after, finish = _currency_after(text, end) or (None, end)
    if match := _PERCENT.match(text, end):
        kind, unit, end = "percent", match[1] and match[1].lower(), match.end()
    elif before or after:
        kind, unit, start, end = "amount", before or after, begin, finish if after else end
    readings = [Reading(kind, value, unit) for value in values]
    if is_year and factor == 1 and kind == "number":
        readings = [Reading("date", parse_date(text[start:end])), *readings]
    return Figure(start, end, tuple(readings), scale * factor)


def _currency_before(text: str, start: int, floor: int) -> tuple[str, int] | None:
    offset = max(floor, start - 8)
    match = _CURRENCY_BEFORE.search(text[offset:start])
    if match is None:
        return None
    word = (match[1] or match[2]).rstrip(".")
    code = word if word in _CODES else _CURRENCIES.get(word.lower())
    return (code, offset + match.start()) if code else None


def _currency_after(text: str, end: int) -> tuple[str, int] | None:
    match = _CURRENCY_AFTER.match(text, end)
    if match is None or (match[3] and match[3] not in _CODES):
        return None
    glued, sign, code, nation, noun = match.groups()
    if noun:
        special = _CURRENCIES.get(f"{nation} {noun}".lower())
        return special or _CURRENCIES[noun.lower()], match.end()
    return code or _CURRENCIES[glued or sign], match.end()


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
            figures[index - 1] = replace(first, readings=(*scaled, *first.readings))


def _remeasured(figure: Figure, kind: Kind, unit: str | None) -> Figure:
    readings = tuple(Reading(kind, reading.value, unit) for reading in figure.readings)
    return replace(figure, readings=readings)


# Numbers in words


def _read_words(text: str, start: int, floor: int) -> Found:
    run = _WORD_RUN.match(text, start)
    words = list(_LETTERS.finditer(text, start, run.end())) if run else []
    number = _parse_numerals([word.group().lower() for word in words])
    if number is None:
        skipped = _LETTERS.match(text, start)
        return [], skipped.end() if skipped else start + 1
    end = words[number.length - 1].end()
    figure = _measured(text, start, end, [number.value], floor, number.unit, number.scale)
    if figure.unit == "ordinal" and number.length == 1 and text[max(0, start - 2) : start] == "a ":
        # "a third of exports" is a share, "a third country" is not.
        share = Reading("number", 1 / number.value)
        figure = replace(figure, readings=(*figure.readings, share))
    return [figure], figure.end


class _Numeral(NamedTuple):
    """A number read from the first `length` words of a list."""

    length: int
    value: Fraction
    unit: str | None = None
    scale: int = 1


def _parse_numerals(words: list[str]) -> _Numeral | None:
    """Read the longest English number a list of lower-case words starts with."""
    if words[:1] == ["half"]:
        index = 2 if words[1] == "a" else 1
        return _Numeral(index + 1, Fraction(_SCALES[words[index]], 2), None, _SCALES[words[index]])
    total, current, last = Fraction(0), None, 0
    safe: _Numeral | None = None  # the number before words that may turn out to start another one
    index = 0
    while index < len(words):
        word, scale = words[index], _SCALES.get(words[index], 0)
        small = 1 if word in ("a", "an") and not index else _SMALL.get(word)
        if small is not None and _fits(current, small):
            current = (current or Fraction(0)) + small
        elif scale == 100 and current is not None and current < 100:
            current *= 100
            safe = _Numeral(index + 1, total + current, None, scale)
        elif scale not in (0, 100) and current is not None and (not last or scale < last):
            total, current, last = total + current * scale, None, scale
            safe = _Numeral(index + 1, total, None, scale)
        elif word == "and" and index and words[index + 1 : index + 3] == ["a", "half"]:
            total, current = _with_half(total, current, last)
            index += 2
        elif word in _ORDINALS and _fits(current, _ORDINALS[word]):
            return _Numeral(index + 1, total + (current or 0) + _ORDINALS[word], "ordinal")
        elif word != "and" or not index or not _may_follow_and(words, index):
            break
        index += 1
    stop = words[index] if index < len(words) else ""
    if safe and (stop in _SCALES or safe.length == index):
        return safe
    value = total + (current or 0)
    parts = _FRACTIONS.get(stop, 0)
    if parts and not total and 0 < value < 20 and (value == 1) != stop.endswith("s"):
        return _Numeral(index + 1, value / parts)
    return _Numeral(index, value) if index else None


def _fits(current: Fraction | None, small: int) -> bool:
    """Say whether a number below 100 may follow: "twenty" five, "three hundred" twelve."""
    if current is None:
        return True
    rest = current % 100
    return small > 0 and (rest == 0 or (rest in range(20, 100, 10) and small < 10))


def _with_half(
    total: Fraction, current: Fraction | None, last: int
) -> tuple[Fraction, Fraction | None]:
    """Add a half: to the "two" of "two and a half million", to "a million" of a million."""
    if current is None:
        return total + Fraction(last, 2), None
    return total, current + Fraction(1, 2)


def _may_follow_and(words: list[str], index: int) -> bool:
    follower = words[index + 1] if index + 1 < len(words) else ""
    return words[index - 1] in _SCALES and (follower in _SMALL or follower in _ORDINALS)


# Dates in everyday notation


def _dated(start: int, end: int, year: str | None, month: int, day: str | None) -> list[Figure]:
    """Give the figure of a date, or nothing if there is no such date."""
    # 2000 was a leap year: 29 February is a day of some year.
    date = _date_or_none(
        "-".join(part.zfill(2) for part in (year or "2000", str(month), day) if part)
    )
    if date is None:
        return []
    value = date if year else _year_day(date)
    return [Figure(start, end, (Reading("date", value),))]


def _month_number(name: str) -> int:
    return _MONTH_NUMBERS[name[:3].lower()]


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
    dates = dict.fromkeys(date for text in texts if (date := _date_or_none(text)))
    readings = tuple(Reading("date", date) for date in dates)
    return [Figure(match.start(), match.end(), readings)] if readings else []


def _from_season_year(match: re.Match[str]) -> list[Figure]:
    season = match[1].lower().replace("fall", "autumn")
    return _from_texts(match, f"{match[2]}-{SEASONS.index(season) + 21}")


def _from_year_last(match: re.Match[str]) -> list[Figure]:
    a, b, year = match[1].zfill(2), match[3].zfill(2), match[4]
    return _from_texts(match, f"{year}-{b}-{a}", f"{year}-{a}-{b}")


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


_DIGIT_DATES: Final[tuple[Form, ...]] = (
    (_YEAR_FIRST, lambda m: _from_texts(m, f"{m[1]}-{m[3].zfill(2)}-{m[4].zfill(2)}")),
    (_YEAR_LAST, _from_year_last),
    (_YEAR_AND_TWO, _from_year_and_two),
    (_DECADE, lambda m: _from_texts(m, f"{m[1]}X")),
    (_DAY_MONTH, _from_day_month),
)
_WORDY_DATES: Final[tuple[Form, ...]] = (
    (_MONTH_DAY, _from_month_day),
    (_MONTH_YEAR, _from_month_year),
    (_SEASON_YEAR, _from_season_year),
    (_BARE_MONTH, lambda m: _dated(m.start(), m.end(), None, _month_number(m[1]), None)),
)


def find_figures(text: str) -> tuple[Figure, ...]:
    """List the figures of a text in order; they do not overlap."""
    return tuple(figure for figure in _scan(text) if not _is_quoted_only(text, figure))


def unsupported_figures(
    text: str, quotations: Sequence[str], published: Sequence[Date] = ()
) -> tuple[Figure, ...]:
    """List the figures of a claim's text that nothing cited carries.

    A number is carried by an equal one, in digits or words: a percentage by a percentage, an
    ordinal by an ordinal, an amount by one in the same currency or in none. Rounding is not
    equality. A date is carried by a quotation that has all its given parts, a more precise date
    included. The days from 31 before a source's publication to its last possible day are also
    carried, being that day's news; where the quotations name exactly one weekday, a full date must
    fall on it.

    Args:
        text: The claim, without markup.
        quotations: The quoted words of its citations.
        published: When the cited sources were published.
    """
    quoted = tuple(_scan(quotation) for quotation in quotations)
    news = _News.of(quotations, published)
    return tuple(
        figure
        for figure in find_figures(text)
        if not any(_is_carried(reading, quoted, news) for reading in figure.readings)
    )


def unsupported_date(date: Date, quotations: Sequence[str], published: Sequence[Date] = ()) -> bool:
    """Say whether nothing cited carries a claim's date, by the rule of `unsupported_figures`.

    Of an interval both given ends must be carried; qualifiers such as ``~`` play no part.
    """
    quoted = tuple(_scan(quotation) for quotation in quotations)
    news = _News.of(quotations, published)
    ends = [end for end in (date.start, date.end) if end] or [date]
    return not all(_is_date_carried(end, quoted, news) for end in ends)


# --- the rule -----------------------------------------------------------------------------------

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


def _is_carried(reading: Reading, quoted: tuple[tuple[Figure, ...], ...], news: _News) -> bool:
    value = reading.value
    if isinstance(value, Fraction):
        return any(
            _is_equal(reading, other)
            for figures in quoted
            for figure in figures
            for other in figure.readings
        )
    return _is_date_carried(value, quoted, news)


def _is_equal(claimed: Reading, quoted: Reading) -> bool:
    if claimed.value != quoted.value:
        return False
    if "amount" not in (claimed.kind, quoted.kind):
        return (claimed.kind, claimed.unit) == (quoted.kind, quoted.unit)
    if claimed.kind == quoted.kind:
        return not set(str(claimed.unit).split("/")).isdisjoint(str(quoted.unit).split("/"))
    plain = quoted if claimed.kind == "amount" else claimed
    return plain.kind == "number" and plain.unit is None


def _is_date_carried(
    date: Date | YearDay, quoted: tuple[tuple[Figure, ...], ...], news: _News
) -> bool:
    for figures in quoted:
        readings = [reading for figure in figures for reading in figure.readings]
        dates = [reading.value for reading in readings if isinstance(reading.value, Date)]
        days = [reading.value for reading in readings if isinstance(reading.value, YearDay)]
        days += [_year_day(date) for date in dates if date.precision in ("day", "month")]
        if isinstance(date, YearDay):
            if any(_is_within(day, date) for day in days):
                return True
        elif any(_has_parts(other, date) for other in dates) or (
            # 6 November 2025 is also carried by "on 6 November, after a year of talks begun in 2024
            # and ended in 2025", but not by "from 6 November 2024 until 2025".
            date.precision in ("day", "month")
            and any(other.text[:4] == date.text[:4] for other in dates)
            and any(
                isinstance(reading.value, YearDay) and _is_within(reading.value, _year_day(date))
                for reading in readings
            )
        ):
            return True
    if isinstance(date, Date):
        return news.carries(date)
    numbers = f"{date.month:02d}" + (f"-{date.day:02d}" if date.day else "")
    guesses = (_date_or_none(f"{year:04d}-{numbers}") for year in news.years())
    return any(guess is not None and news.carries(guess) for guess in guesses)


def _has_parts(quoted: Date, claimed: Date) -> bool:
    if claimed.precision == "year" and quoted.precision == "season":
        return quoted.text[:4] == claimed.text[:4]
    return claimed.earliest <= quoted.earliest and quoted.latest <= claimed.latest


def _year_day(date: Date) -> YearDay:
    return YearDay(date.earliest.month, date.earliest.day if date.precision == "day" else None)


def _is_within(quoted: YearDay, claimed: YearDay) -> bool:
    return quoted.month == claimed.month and claimed.day in (None, quoted.day)


def _date_or_none(text: str) -> Date | None:
    try:
        return parse_date(text)
    except DateFault:
        return None
