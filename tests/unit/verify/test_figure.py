import datetime
import itertools
import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from generator.date import parse_date
from generator.verify.figure import (
    Cited,
    Figure,
    Reading,
    YearDay,
    find_figures,
    unsupported_figures,
)
from generator.verify.normalise import strip_invisible


def shown(text: str) -> list[tuple[str, str, list[str], str | None]]:
    return [
        (text[f.start : f.end], f.kind, [value_of(reading) for reading in f.readings], f.unit)
        for f in find_figures(text)
    ]


def value_of(reading: Reading) -> str:
    if isinstance(reading.value, YearDay):
        return f"--{reading.value.month:02d}-{reading.value.day or 'XX'}"
    return str(reading.value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5", ["5"]),
        ("1,000", ["1000"]),
        ("1 000", ["1000"]),
        ("1\N{NARROW NO-BREAK SPACE}000\N{NO-BREAK SPACE}000", ["1000000"]),
        ("1.000", ["1000"]),
        ("1'000", ["1000"]),
        ("1’000", ["1000"]),
        ("1,00,000", ["100000"]),
        ("12,34,56,789", ["123456789"]),
        ("1,234", ["1234", "617/500"]),
        ("1.234", ["617/500", "1234"]),
        ("0.125", ["1/8"]),
        ("1,234.5", ["2469/2"]),
        ("1.234,5", ["2469/2"]),
        ("1 234,5", ["2469/2"]),
        ("12,5", ["25/2"]),
        ("2½", ["5/2"]),
        ("1/2", ["1/2"]),
        ("9/11", ["9/11"]),
        ("٣٤", ["34"]),
        ("३४", ["34"]),
        ("١٬٥٠٠٬٠٠٠", ["1500000"]),
        ("٣٫٥", ["7/2"]),
        ("5 thousand", ["5000"]),
        ("5k", ["5000"]),
        ("1.1 billion", ["1100000000"]),
        ("1.1bn", ["1100000000"]),
        ("5m", ["5000000"]),
        ("5 mn", ["5000000"]),
        ("2 trillion", ["2000000000000"]),
        ("3 lakh", ["300000"]),
        ("3 lakh crore", ["3000000000000"]),
        ("5 млн", ["5000000"]),
        ("33-year", ["33"]),
        ("5km", ["5"]),
        ("five m tall", ["5"]),
        ("plan six b", ["6"]),
        ("100+ firms", ["100"]),
        ("⅔", ["2/3"]),
        ("1⅛", ["9/8"]),
        ("12 1/2", ["25/2"]),
        ("12 ½", ["25/2"]),
        ("12-1/2", ["25/2"]),
        ("10x", ["10"]),
        ("1⁄2", ["1/2"]),
        (".5", ["1/2"]),
        ("(.25)", ["1/4"]),
        ("1·2", ["6/5"]),
        ("24h", ["24"]),
        ("350万", ["3500000"]),
        ("3億", ["300000000"]),
    ],
)
def test_numbers_in_digits(text: str, values: list[str]) -> None:
    (figure,) = find_figures(f"some {text}, it says")
    assert figure.kind == "number"
    assert [value_of(reading) for reading in figure.readings] == values


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("two", "2", None),
        ("Twelve", "12", None),
        ("ninety", "90", None),
        ("twenty-one", "21", None),
        ("twenty one", "21", None),
        ("a hundred", "100", None),
        ("a hundred and five", "105", None),
        ("one hundred five", "105", None),
        ("two thousand", "2000", None),
        ("two thousand five hundred and six", "2506", None),
        ("fifteen hundred", "1500", None),
        ("one hundred and fifty thousand", "150000", None),
        ("two thousand million", "2000000000", None),
        ("half a million", "500000", None),
        ("two and a half million", "2500000", None),
        ("a million and a half", "1500000", None),
        ("a dozen", "12", None),
        ("two dozen", "24", None),
        ("two-thirds", "2/3", None),
        ("one third", "1/3", None),
        ("three quarters", "3/4", None),
        ("third", "3", "ordinal"),
        ("twelfth", "12", "ordinal"),
        ("twenty-first", "21", "ordinal"),
        ("21st", "21", "ordinal"),
        ("hundredth", "100", "ordinal"),
        ("two hundredth", "200", "ordinal"),
        ("thousandth", "1000", "ordinal"),
        ("two point five", "5/2", None),
        ("two point zero five million", "2050000", None),
        ("one and a quarter million", "1250000", None),
        ("two and three quarters", "11/4", None),
        ("half of a million", "500000", None),
        ("quarter of a million", "250000", None),
        ("quarter million", "250000", None),
        ("three-quarters of a million", "750000", None),
        ("2nd", "2", "ordinal"),
    ],
)
def test_numbers_in_words(text: str, value: str, unit: str | None) -> None:
    assert shown(f"It has {text}.") == [(text, "number", [value], unit)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("between two million and five million people", ["two million", "five million"]),
        ("two hundred and two hundred", ["two hundred", "two hundred"]),
        ("a hundred and twenty and thirty", ["a hundred and twenty", "thirty"]),
        ("one of the two, the first and the third", ["two", "third"]),
        ("dozens, a few hundred, several thousand, millions", []),
        ("someone often wrote about tension", []),
        ("1,2,3", ["1", "2", "3"]),
        ("10:30", ["10", "30"]),
        ("version 1.2.3", []),
        ("2020-2021", ["2020", "2021"]),
        ("5€ 10", ["5€", "10"]),
        ("5m-7m", ["5m", "7m"]),
        ("5-to-1", ["5", "1"]),
        ("a top-10 list", ["10"]),
        ("At one point five left", ["five"]),
        ("the 100 9/11 trials", ["100", "9/11"]),
        ("in 2024 1/3 left", ["2024", "1/3"]),
        ("4x4 and 2020-1/2 of it", ["4", "2020", "1/2"]),
        ("the end.5 ships", ["5"]),
        ("5..7", ["5", "7"]),
        ("the 90s", ["90"]),
        ("10.30am and 9.05 p.m.", ["10", "30", "9", "05"]),
        ("a quarter of it, a quarter of a mile, the first quarter of it", ["quarter"]),
        ("half of it and half an hour", []),
        ("9" * 61, []),
        ("", []),
    ],
)
def test_where_figures_begin_and_end(text: str, parts: list[str]) -> None:
    assert [text[figure.start : figure.end] for figure in find_figures(text)] == parts


@pytest.mark.parametrize("text", ["half thousandé million", "a thousandİ", "half-millionaire"])
def test_longer_words_are_no_multipliers(text: str) -> None:
    assert not [part for part, *_ in shown(text) if part.startswith(("a", "half"))]


def test_words_beside_other_scripts() -> None:
    assert [part for part, *_ in shown("Ту-154: «Three» of 12 — Sixteen, İ twenty")] == [
        "Three",
        "12",
        "Sixteen",
        "twenty",
    ]


@pytest.mark.parametrize(
    "name",
    ["C5+1", "G7", "COVID-19", "F-35", "Q401", "5G", "A4", "H1N1", "Ту-154", "C5+1-led"],
)
def test_digits_in_names_are_no_figures(name: str) -> None:
    assert [value_of(f.readings[0]) for f in find_figures(f"{name} met 7 times, {name}.")] == ["7"]


@pytest.mark.parametrize(
    "text",
    ["1. Two parties", "(2) Two parties", "see\n 3) Two parties", "12. Two parties", "(100) Two"],
)
def test_list_markers_are_no_figures(text: str) -> None:
    assert [part for part, *_ in shown(text)] == ["Two"]


@pytest.mark.parametrize(
    "text", ["a treaty[4] of Two", "a treaty.4 “Two", "a treaty.4 Two", "a treaty4 of Two"]
)
def test_markers_of_notes_are_no_figures(text: str) -> None:
    assert [part for part, *_ in shown(text)] == ["Two"]


@pytest.mark.parametrize("text", ["see [4]", "No.4 The", "about.4"])
def test_other_figures_in_brackets_or_behind_a_point(text: str) -> None:
    assert [part for part, *_ in shown(text)] == ["4"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("5%", "5", None),
        ("%5", "5", None),
        ("5pct", "5", None),
        ("5pc", "5", None),
        ("2pp", "2", "point"),
        ("half a per cent", "1/2", None),
        ("half a percentage point", "1/2", "point"),
        ("half of one per cent", "1/2", None),
        (".5 per cent", "1/2", None),
        ("12 1/2 per cent", "25/2", None),
        ("5 %", "5", None),
        ("٥٪", "5", None),
        ("5 per cent", "5", None),
        ("2.5 percent", "5/2", None),
        ("five percent", "5", None),
        ("one per cent", "1", None),
        ("5 percentage points", "5", "point"),
    ],
)
def test_percentages(text: str, value: str, unit: str | None) -> None:
    assert shown(f"rose by {text}.") == [(text, "percent", [value], unit)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$17 billion", "17000000000", "USD"),
        ("US$17bn", "17000000000", "USD"),
        ("17 billion dollars", "17000000000", "USD"),
        ("17 billion US dollars", "17000000000", "USD"),
        ("seventeen dollars", "17", "USD"),
        ("USD 5", "5", "USD"),
        ("5 USD", "5", "USD"),
        ("EUR5bn", "5000000000", "EUR"),
        ("€5m", "5000000", "EUR"),
        ("5 €", "5", "EUR"),
        ("5 million euros", "5000000", "EUR"),
        ("5-million-euro", "5000000", "EUR"),
        ("£1,000", "1000", "GBP"),
        ("¥300", "300", "CNY/JPY"),
        ("₸500 bn", "500000000000", "KZT"),
        ("500 tenge", "500", "KZT"),
        ("₪20", "20", "ILS"),
        ("20 shekels", "20", "ILS"),
        ("A$5", "5", "AUD"),
        ("5 Canadian dollars", "5", "CAD"),
        ("20 Hong Kong dollars", "20", "HKD"),
        ("Rs. 500 crore", "5000000000", "INR/LKR/NPR/PKR"),
        ("RMB500 million", "500000000", "CNY"),
        ("NIS 20", "20", "ILS"),
        ("R$5", "5", "BRL"),
        ("B$5", "5", "B$"),
        ("$.5 million", "500000", "USD"),
    ],
)
def test_amounts(text: str, value: str, unit: str) -> None:
    assert shown(f"It paid {text} in cash.") == [(text, "amount", [value], unit)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("6 November 2025", ["2025-11-06"]),
        ("6th of November 2025", ["2025-11-06"]),
        ("6 Nov 2025", ["2025-11-06"]),
        ("November 6, 2025", ["2025-11-06"]),
        ("Nov. 6, 2025", ["2025-11-06"]),
        ("NOVEMBER 6", ["--11-6"]),
        ("6 November", ["--11-6"]),
        ("29 February", ["--02-29"]),
        ("November 2025", ["2025-11"]),
        ("Sept. 2020", ["2020-09"]),
        ("2025-11-06", ["2025-11-06"]),
        ("2025/11/6", ["2025-11-06"]),
        ("2025-11", ["2025-11"]),
        ("06/11/2025", ["2025-11-06", "2025-06-11"]),
        ("31.12.2025", ["2025-12-31"]),
        ("1992", ["1992", "1992"]),
        ("٢٠٢٥", ["2025", "2025"]),
        ("1990s", ["199X"]),
        ("1990’s", ["199X"]),
        ("2025年11月7日", ["2025-11-07"]),
        ("2025년 11월", ["2025-11"]),
        ("11月7日", ["--11-7"]),
        ("20th century", ["19XX"]),
        ("nineteenth-century", ["18XX"]),
        ("spring 2025", ["2025-21"]),
        ("fall of 2025", ["2025-23"]),
    ],
)
def test_dates(text: str, values: list[str]) -> None:
    assert shown(f"It ended (about {text}).") == [(text, "date", values, None)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("6–8 November 2025", ["2025-11-06", "2025-11-08"]),
        ("6 and 8 November 2025", ["2025-11-06", "2025-11-08"]),
        ("November 6-8, 2025", ["2025-11-06", "2025-11-08"]),
        ("November–December 2025", ["2025-11", "2025-12"]),
        ("November 6 and 8, 2025", ["2025-11-06", "2025-11-08"]),
        ("on November 6 and 8 ships", ["--11-6", "8"]),
        ("2020-21", ["2020", "2021"]),
        ("2024/25", ["2024", "2025"]),
        ("mid-2020 and pre-1992", ["2020", "1992"]),
        ("in May", ["--05-XX"]),
        ("She said May may join", []),
        ("31 November 2025", ["31", "2025-11"]),
        ("2000 km", ["2000"]),
        ("2000km", ["2000"]),
    ],
)
def test_dates_in_context(text: str, values: list[str]) -> None:
    assert [value_of(figure.readings[0]) for figure in find_figures(text)] == values


def test_two_years_or_a_month() -> None:
    first, second = find_figures("2010-12")
    assert first.value == parse_date("2010")
    assert [reading.value for reading in second.readings] == [
        parse_date("2012"),
        parse_date("2010-12"),
    ]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("$10-15 million", "amount 10000000 USD", "amount 15000000 USD"),
        ("10 to 15 million euros", "amount 10000000 EUR", "amount 15000000 EUR"),
        ("between 10 and 15 million", "number 10000000 None", "number 15000000 None"),
        ("5 to 10 per cent", "percent 5 None", "percent 10 None"),
        ("five or ten per cent", "percent 5 None", "percent 10 None"),
        ("2 ministers and 10 per cent", "number 2 None", "percent 10 None"),
        ("2 and 10 per cent", "number 2 None", "percent 10 None"),
    ],
)
def test_a_range_shares_its_unit(text: str, first: str, second: str) -> None:
    figures = find_figures(text)
    assert [f"{f.kind} {value_of(f.readings[0])} {f.unit}" for f in figures] == [first, second]


def test_offsets_are_code_points_of_the_text_as_given() -> None:
    text = "𝒜́ \N{EN DASH} ٢٠ in €5m\N{NO-BREAK SPACE}and twenty–one"
    assert [part for part, *_ in shown(text)] == ["٢٠", "€5m", "twenty–one"]


def left(text: str, quotations: Sequence[str], published: Sequence[str] = ()) -> list[str]:
    dates = [parse_date(date) for date in published]
    return [text[f.start : f.end] for f in unsupported_figures(text, quotations, dates)]


@pytest.mark.parametrize(
    ("claim", "quotation"),
    [
        ("29 deals worth $17 billion", "signed twenty-nine deals worth about $17 billion"),
        ("1.1 billion", "1,100,000,000"),
        ("1100 million", "$1.1bn"),
        ("$17 billion", "17 billion"),
        ("$5", "five US dollars"),
        ("¥5", "5 yuan"),
        ("five per cent", "5%"),
        ("1 ship", "one ship"),
        ("the 2nd visit", "a second visit"),
        ("the third visit", "the 3rd visit"),
        ("a third of exports", "one-third of exports"),
        ("the 20th century", "the twentieth century"),
        ("10 million to 15 million", "10-15 million"),
        ("1.234", "1,234"),
        ("1.234", "1234"),
        ("2,000 people", "2000 people"),
        ("in 1992", "on 6 May 1992"),
        ("in 1992", "in May 1992"),
        ("in 1992", "in the spring of 1992"),
        ("in winter 1992", "on 6 December 1992"),
        ("in the 1990s", "since 1992"),
        ("in May 1992", "on May 6, 1992"),
        ("in May", "on 6 May 1992"),
        ("on 6 May", "on 6 May 1992"),
        ("6 November 2025", "2025-11-06"),
        ("6 November 2025", "06.11.2025"),
        ("6 November 2025", "on 6 November, and by the end of 2025"),
        ("6 November 2025", "on 6 November, as in May 2025"),
        ("November 2025", "in November, as all of 2025 had shown"),
        ("2020 to 2021", "2020-21"),
        ("in the 1990s", "in the ’90s"),
        ("in the ’10s", "in the 2010s"),
        ("10:30", "10.30 a.m."),
        ("a third of a million", "one-third of a million"),
        ("50 ships", "5\u200b0 ships"),
        ("17 million", "17\u2060 mil\u00adlion"),
        ("five ships", "ﬁve ships"),
        ("6 November 2025", "6\n  November  2025"),
    ],
)
def test_carried(claim: str, quotation: str) -> None:
    assert left(claim, ["nothing here", quotation]) == []


@pytest.mark.parametrize(
    ("claim", "quotation", "missing"),
    [
        ("20 million", "19.8 million", ["20 million"]),
        ("about 20 million", "nearly 20.0001 million", ["20 million"]),
        ("5,000 troops", "5 troops", ["5,000"]),
        ("5 per cent", "5", ["5 per cent"]),
        ("5", "5 per cent", ["5"]),
        ("5 per cent", "5 percentage points", ["5 per cent"]),
        ("$17 billion", "17 billion euros", ["$17 billion"]),
        ("$17 billion", "C$17 billion", ["$17 billion"]),
        ("three visits", "the third visit", ["three"]),
        ("6 ships", "on 6 November", ["6"]),
        ("on 6 May 1992", "in 1992", ["6 May 1992"]),
        ("on 6 May 1992", "in May 1992", ["6 May 1992"]),
        ("May 1992", "in 1992", ["May 1992"]),
        ("6 November 2025", "from 6 November 2024 until 2025", ["6 November 2025"]),
        ("in 1992", "in the 1990s", ["1992"]),
        ("in 1992", "1993 to 1995", ["1992"]),
        ("on 6 May", "in May", ["6 May"]),
        ("29 deals, 30 visits", "29 deals", ["30"]),
        ("29 deals", "", ["29"]),
        ("5 per cent", ".5 per cent", ["5 per cent"]),
        ("2 million", "1·2 million", ["2 million"]),
        ("a million", "a quarter of a million", ["a million"]),
        ("one per cent", "half of one per cent", ["one per cent"]),
        ("five per cent", "two point five per cent", ["five per cent"]),
        ("half a per cent", "a rise", ["half a per cent"]),
        ("the hundredth day", "the day", ["hundredth"]),
        ("$5", "R$5", ["$5"]),
        ("5 ships", "5\u200b0 ships", ["5"]),
        ("350", "350万人", ["350"]),
        ("4 ships", "the treaty[4] on ships", ["4"]),
    ],
)
def test_not_carried(claim: str, quotation: str, missing: list[str]) -> None:
    assert left(claim, [quotation]) == missing


def test_the_parts_of_a_date_must_stand_in_one_quotation() -> None:
    assert left("6 November 2025", ["on 6 November", "in 2025"]) == ["6 November 2025"]


def test_without_quotations_every_figure_is_left() -> None:
    assert left("29 deals in 1992", []) == ["29", "1992"]


@pytest.mark.parametrize(
    ("claim", "quotation", "published", "missing"),
    [
        ("6 November 2025", "announced on Thursday", ["2025-11"], []),
        ("5 November 2025", "announced on Thursday", ["2025-11"], ["5 November 2025"]),
        ("5 November 2025", "on Wednesday, not Thursday", ["2025-11"], []),
        ("6 November 2025", "announced", ["2025-11-06"], []),
        ("6 November 2025", "announced", ["2025-12-07"], []),
        ("6 November 2025", "announced", ["2025-12-08"], ["6 November 2025"]),
        ("6 November 2025", "announced", ["2025-11-05"], ["6 November 2025"]),
        ("6 November 2025", "announced", ["2024-11", "2025-11"], []),
        ("6 November", "announced", ["2025-11"], []),
        ("6 November", "announced on Friday", ["2025-11"], ["6 November"]),
        ("29 February", "announced", ["2025-03"], ["29 February"]),
        ("November 2025", "announced on Monday", ["2025-11-07"], []),
        ("in 2025", "announced", ["2025-11-07"], []),
        ("in 2024", "announced", ["2025-11-07"], ["2024"]),
        ("since November", "announced", ["2025-11-07"], []),
        ("since May", "announced", ["2025-11-07"], ["May"]),
        ("on 1 January 1", "announced", ["0001-01-01", "../2020"], ["1"]),
        ("11 deals", "announced", ["2025-11"], ["11"]),
    ],
)
def test_news_of_the_day(
    claim: str, quotation: str, published: list[str], missing: list[str]
) -> None:
    assert left(claim, [quotation], published) == missing


@pytest.mark.parametrize(
    ("date", "quotation", "published", "expected"),
    [
        ("1992", "relations since 1992", [], False),
        ("1992", "relations since 6 May 1992", [], False),
        ("1992?", "relations since 1992", [], False),
        ("1992-05", "relations since 1992", [], True),
        ("1993", "relations since 1992", [], True),
        ("199X", "in the 1990s", [], False),
        ("199X", "in 1992", [], False),
        ("1992-21", "in the spring of 1992", [], False),
        ("1992/..", "relations since 1992", [], False),
        ("../1992", "relations until 1992", [], False),
        ("1992/1995", "from 1992 to 1995", [], False),
        ("1992/1996", "from 1992 to 1995", [], True),
        ("2025-11-06", "announced on Thursday", ["2025-11"], False),
        ("2025-11-05", "announced on Thursday", ["2025-11"], True),
        ("2025-11-06~", "", ["2025-11-07"], False),
        ("2025-11-06", "", [], True),
    ],
)
def test_the_date_of_a_claim(
    date: str, quotation: str, published: list[str], expected: bool
) -> None:
    dates = [parse_date(text) for text in published]
    assert Cited([quotation], dates).carries_date(parse_date(date)) is not expected


def test_a_figure_tells_its_likeliest_reading() -> None:
    figure = Figure(
        0, 5, (Reading("number", Fraction(1234)), Reading("number", Fraction(617, 500)))
    )
    assert (figure.kind, figure.value, figure.unit) == ("number", Fraction(1234), None)


@pytest.mark.parametrize(
    "text",
    [
        "9" * 50_000,
        "1 000 " * 10_000,
        "1,1" * 10_000,
        "two hundred and " * 5_000,
        "half a million and a half " * 3_000,
        "November " * 5_000,
        "1-" * 20_000,
        "EUR " * 10_000,
        "5" + "x" * 50_000,
        " " * 50_000 + "5",
        "\n(" * 20_000,
        "5" + "万" * 50_000,
        "one point " + "two " * 10_000,
        ".5" * 20_000,
    ],
)
@pytest.mark.timeout(20)
def test_hostile_texts_are_read_in_bounded_time(text: str) -> None:
    figures = find_figures(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(figures))


# A figure in any of the accepted styles


def spelled(number: int) -> str:
    """Spell a number below a million million, independently of the tables of the module."""
    for scale, word in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if number >= scale:
            rest = number % scale
            joint = "" if not rest else " and " if rest < 100 else " "
            return f"{spelled(number // scale)} {word}{joint}{spelled(rest) if rest else ''}"
    if number >= 100:
        tail = f" and {spelled(number % 100)}" if number % 100 else ""
        return f"{spelled(number // 100)} hundred{tail}"
    if number < 20:
        return UNITS[number]
    return TENS[number // 10 - 2] + (f"-{UNITS[number % 10]}" if number % 10 else "")


UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def lakhs(number: int) -> str:
    head, tail = divmod(number, 1000)
    groups: list[str] = []
    while head > 99:
        head, group = divmod(head, 100)
        groups.insert(0, f"{group:02d}")
    return ",".join([str(head), *groups, f"{tail:03d}"]) if number > 999 else str(number)


def scaled(number: int) -> str:
    for scale, name in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        # Three decimals could as well be a group of three digits.
        if number >= scale and number % (scale // 100) == 0:
            return f"{number / scale:g} {name}" if number // scale < 1000 else str(number)
    return str(number)


STYLES: dict[str, Callable[[int], str]] = {
    "plain": str,
    "comma": "{:,}".format,
    "point": lambda number: f"{number:,}".replace(",", "."),
    "space": lambda number: f"{number:,}".replace(",", " "),
    "thin space": lambda number: f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}"),
    "apostrophe": lambda number: f"{number:,}".replace(",", "’"),
    "lakhs": lakhs,
    "Arabic": lambda number: f"{number:,}".translate(str.maketrans("0123456789,", "٠١٢٣٤٥٦٧٨٩٬")),
    "Devanagari": lambda number: lakhs(number).translate(str.maketrans("0123456789", "०१२३४५६७८९")),
    "scaled": scaled,
    "words": spelled,
    "Words": lambda number: spelled(number).capitalize(),
}
SHAPES = {
    "number": ("It counted {} of them.",),
    "percent": ("It rose by {}%.", "It rose by {} per cent.", "It rose by {} percent."),
    "amount": ("It cost {} dollars.", "It cost {} US dollars.", "It cost {} USD."),
}

numbers = st.one_of(
    st.integers(2, 200),
    st.integers(2, 10**12 - 1),
    st.tuples(st.integers(1, 999), st.sampled_from([10, 10**3, 10**4, 10**6, 10**9])).map(
        math.prod
    ),
)
styles = st.sampled_from(sorted(STYLES))


@given(numbers, styles, styles, st.sampled_from(sorted(SHAPES)), st.data())
def test_a_figure_is_found_and_carried_in_every_style(
    number: int, written: str, quoted: str, kind: str, data: st.DataObject
) -> None:
    shapes = st.sampled_from(SHAPES[kind])
    text = STYLES[written](number)
    claim = data.draw(shapes).format(text)
    (figure,) = find_figures(claim)
    assert figure.kind == kind or (kind == "number" and 1000 <= number < 3000)
    assert text in claim[figure.start : figure.end]
    assert number in [reading.value for reading in figure.readings]
    assert left(claim, [data.draw(shapes).format(STYLES[quoted](number))]) == []


@given(numbers, numbers, styles, styles, st.sampled_from(sorted(SHAPES)))
@example(5000, 5, "comma", "plain", "number")
@example(5, 5000, "words", "point", "number")
@example(1234, 1_234_000, "point", "comma", "amount")
def test_another_value_does_not_carry_it(
    number: int, other: int, written: str, quoted: str, kind: str
) -> None:
    assume(number != other)
    shape = SHAPES[kind][0]
    claim = shape.format(STYLES[written](number))
    assert len(left(claim, [shape.format(STYLES[quoted](other))])) == 1


DAY_STYLES = ("{:%-d %B %Y}", "{:%B %-d, %Y}", "{:%b. %-d, %Y}", "{:%-dth of %B %Y}", "{:%Y-%m-%d}")


@given(
    st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)),
    st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)),
    st.sampled_from(DAY_STYLES),
    st.sampled_from(DAY_STYLES),
)
def test_a_day_is_carried_in_every_style_and_by_no_other_day(
    day: datetime.date, other: datetime.date, written: str, quoted: str
) -> None:
    claim = f"It was signed on {written.format(day)}."
    (figure,) = find_figures(claim)
    assert figure.value == parse_date(day.isoformat())
    assert left(claim, [f"signed {quoted.format(day)} at noon"]) == []
    assume(day != other)
    assert len(left(claim, [f"signed {quoted.format(other)} at noon"])) == 1


@given(st.text() | st.text("0123456789 .,-'/$€%()+½aNovemberMaythousandhundredone\n٣", max_size=60))
def test_any_text_yields_figures_in_order_that_carry_themselves(text: str) -> None:
    figures = find_figures(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(figures))
    assert all(0 <= figure.start < figure.end <= len(text) for figure in figures)
    assert all(figure.readings for figure in figures)
    # In a claim a link may be no more than spaces, which join nothing; a quotation is read as one line.
    line = " ".join(strip_invisible(text).split())
    assert unsupported_figures(line, [line]) == ()
