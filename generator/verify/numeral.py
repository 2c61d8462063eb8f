"""Numbers as digits with separators and as English words. The tables are lower-case."""

import re
import unicodedata
from fractions import Fraction
from typing import Final, NamedTuple

_BELOW_TWENTY: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL: Final = {word: value for value, word in enumerate(_BELOW_TWENTY)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_SCALE_ORDINALS: Final = {
    "hundredth": 100, "thousandth": 10**3, "millionth": 10**6, "billionth": 10**9,
}  # fmt: skip
ORDINALS: Final = _SCALE_ORDINALS | {
    {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth"}.get(
        word, re.sub("ve$", "f", word).removesuffix("e").replace("ty", "tie") + "th"
    ): value
    for word, value in SMALL.items()
    if value
}
FRACTIONS: Final = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    word + plural: value
    for word, value in ORDINALS.items()
    if 3 <= value <= 10
    for plural in ("", "s")
}
SCALES: Final = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12, "lakh": 10**5, "crore": 10**7, "mn": 10**6, "mln": 10**6, "mio": 10**6,
    "bn": 10**9, "mrd": 10**9, "milliard": 10**9, "tn": 10**12, "trn": 10**12, "cr": 10**7,
    "тыс": 10**3, "млн": 10**6, "млрд": 10**9, "трлн": 10**12,
    "k": 10**3, "m": 10**6, "b": 10**9,
}  # fmt: skip
VULGAR: Final = "¼-¾⅐-⅞"
"""Fractions of one character, as a class of a pattern names them."""
VULGAR_FRACTIONS: Final = {
    char: Fraction(unicodedata.numeric(char)).limit_denominator(10)
    for char in map(chr, (*range(ord("¼"), ord("¾") + 1), *range(ord("⅐"), ord("⅞") + 1)))
}
_WITHOUT_DIGITS: Final = str.maketrans("", "", "0123456789")


def digit_values(token: str) -> list[Fraction]:
    """List what digits with separators may mean, the likeliest first; nothing if no number.

    A single comma or point before three digits may group or divide, unless the digits are 000:
    "5,000" is never a 5.
    """
    whole, _, part = token.replace("-", " ").rpartition(" ")
    if whole and ("/" in part or part in VULGAR_FRACTIONS):  # 5 1/2
        return [one + more for one in digit_values(whole) for more in digit_values(part)]
    token, _, divisor = token.partition("/")
    extra = Fraction(0)
    if token[-1:] in VULGAR_FRACTIONS:
        extra, token = VULGAR_FRACTIONS[token[-1]], token[:-1] or "0"
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


class _Numeral(NamedTuple):
    """A number read from the first `length` words of a list."""

    length: int
    value: Fraction
    unit: str | None = None
    scale: int = 1


def parse_numerals(words: list[str]) -> _Numeral | None:
    """Read the longest English number a list of lower-case words starts with."""
    if words[:1] == ["half"]:
        index = 2 if words[1:2] == ["a"] else 1
        scale = SCALES.get("".join(words[index : index + 1]), 1)
        return _Numeral(index + (scale > 1), Fraction(scale, 2), None, scale)
    if words[:1] == ["quarter"]:
        return _Numeral(1, Fraction(1, 4))
    total, current, last = Fraction(0), None, 0
    safe: _Numeral | None = None  # the number before words that may turn out to start another one
    index = 0
    while index < len(words):
        word, scale = words[index], SCALES.get(words[index], 0)
        small = 1 if word in ("a", "an") and not index else SMALL.get(word)
        if small is not None and _fits(current, small):
            current = (current or Fraction(0)) + small
        elif scale == 100 and current is not None and current < 100:
            current *= 100
            safe = _Numeral(index + 1, total + current, None, scale)
        elif scale not in (0, 100) and current is not None and (not last or scale < last):
            total, current, last = total + current * scale, None, scale
            safe = _Numeral(index + 1, total, None, scale)
        elif word == "and" and index and (part := _PARTS.get(tuple(words[index + 1 : index + 3]))):
            total, current = _with_part(total, current, last, part)
            index += 2
        elif word == "point" and current is not None and _is_digit(words, index + 1):
            place = 1
            while _is_digit(words, index + 1):
                index, place = index + 1, place * 10
                current += Fraction(SMALL[words[index]], place)
        elif word in _SCALE_ORDINALS and current is not None and (not last or scale < last):
            return _Numeral(index + 1, total + current * _SCALE_ORDINALS[word], "ordinal")
        elif word in ORDINALS and _fits(current, ORDINALS[word]):
            return _Numeral(index + 1, total + (current or 0) + ORDINALS[word], "ordinal")
        elif word != "and" or not index or not _may_follow_and(words, index):
            break
        index += 1
    stop = words[index] if index < len(words) else ""
    if safe and (stop in SCALES or safe.length == index):
        return safe
    value = total + (current or 0)
    parts = FRACTIONS.get(stop, 0)
    if parts and not total and 0 < value < 20 and (value == 1) != stop.endswith("s"):
        return _Numeral(index + 1, value / parts)
    return _Numeral(index, value) if index else None


def _fits(current: Fraction | None, small: int) -> bool:
    """Say whether a number below 100 may follow: "twenty" five, "three hundred" twelve."""
    if current is None:
        return True
    rest = current % 100
    return small > 0 and (rest == 0 or (rest in range(20, 100, 10) and small < 10))


_PARTS: Final[dict[tuple[str, ...], Fraction]] = {
    ("a", "half"): Fraction(1, 2), ("one", "half"): Fraction(1, 2),
    ("a", "quarter"): Fraction(1, 4), ("one", "quarter"): Fraction(1, 4),
    ("three", "quarter"): Fraction(3, 4), ("three", "quarters"): Fraction(3, 4),
}  # fmt: skip


def _with_part(
    total: Fraction, current: Fraction | None, last: int, part: Fraction
) -> tuple[Fraction, Fraction | None]:
    """Add a part: to the "two" of "two and a half million", to "a million" of a million."""
    if current is None:
        return total + last * part, None
    return total, current + part


def _is_digit(words: list[str], index: int) -> bool:
    return index < len(words) and SMALL.get(words[index], 10) < 10


def _may_follow_and(words: list[str], index: int) -> bool:
    follower = words[index + 1] if index + 1 < len(words) else ""
    return words[index - 1] in SCALES and (follower in SMALL or follower in ORDINALS)
