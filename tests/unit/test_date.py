import datetime

import pytest

from generator.date import DateFault, before, display, iso, parse_date, reversed_span

DAY = datetime.date


def fault_of(text: str) -> DateFault:
    with pytest.raises(DateFault) as caught:
        parse_date(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2025", DAY(2025, 1, 1), DAY(2025, 12, 31), "year"),
        ("2025-11", DAY(2025, 11, 1), DAY(2025, 11, 30), "month"),
        ("2024-02", DAY(2024, 2, 1), DAY(2024, 2, 29), "month"),
        ("2025-11-06", DAY(2025, 11, 6), DAY(2025, 11, 6), "day"),
        ("2025-XX", DAY(2025, 1, 1), DAY(2025, 12, 31), "year"),
        ("2025-XX-XX", DAY(2025, 1, 1), DAY(2025, 12, 31), "year"),
        ("2025-11-XX", DAY(2025, 11, 1), DAY(2025, 11, 30), "month"),
        ("202X", DAY(2020, 1, 1), DAY(2029, 12, 31), "decade"),
        ("19XX", DAY(1900, 1, 1), DAY(1999, 12, 31), "century"),
        ("00XX", DAY(1, 1, 1), DAY(99, 12, 31), "century"),
        ("2025-21", DAY(2025, 3, 1), DAY(2025, 5, 31), "season"),
        ("2025-22", DAY(2025, 6, 1), DAY(2025, 8, 31), "season"),
        ("2025-23", DAY(2025, 9, 1), DAY(2025, 11, 30), "season"),
        ("2023-24", DAY(2023, 12, 1), DAY(2024, 2, 29), "season"),
        ("9999-24", DAY(9999, 12, 1), DAY.max, "season"),
        ("2025/2026", DAY(2025, 1, 1), DAY(2026, 12, 31), "interval"),
        ("2025-11/..", DAY(2025, 11, 1), DAY.max, "interval"),
        ("../2020", DAY.min, DAY(2020, 12, 31), "interval"),
        ("2025-11-06~/2025-12", DAY(2025, 11, 6), DAY(2025, 12, 31), "interval"),
        ("2025-11/2025", DAY(2025, 11, 1), DAY(2025, 12, 31), "interval"),
    ],
)
def test_bounds(text: str, earliest: DAY, latest: DAY, precision: str) -> None:
    date = parse_date(text)
    assert (date.earliest, date.latest, date.precision) == (earliest, latest, precision)
    assert date.text == str(date) == text


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2025", False, False),
        ("2025-11-06~", True, False),
        ("2025-11?", False, True),
        ("202X%", True, True),
        ("2025~/2026", True, False),
        ("2025/2026?", False, True),
        ("2025~/2026?", True, True),
    ],
)
def test_qualifiers(text: str, approximate: bool, uncertain: bool) -> None:
    date = parse_date(text)
    assert (date.approximate, date.uncertain) == (approximate, uncertain)


def test_ends_of_an_interval() -> None:
    date = parse_date("2025-11/..")
    assert (date.start, date.end) == (parse_date("2025-11"), None)
    single = parse_date("2025")
    assert (single.start, single.end) == (None, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty date"),
        ("  ", "empty date"),
        ("yesterday", "not an EDTF date: `yesterday`"),
        ("2025-02-30", "no such day: February 2025 has 28 days"),
        ("2025-02-29", "no such day: February 2025 has 28 days"),
        ("2025-11-00", "no such day: November 2025 has 30 days"),
        ("2024-02-30/2026", "no such day: February 2024 has 29 days"),
        ("2025-13", "no such month: 13 (months run from 01 to 12, seasons from 21 to 24)"),
        ("2025-25", "no such month: 25 (months run from 01 to 12, seasons from 21 to 24)"),
        ("2025-00", "no such month: 00 (months run from 01 to 12, seasons from 21 to 24)"),
        ("2025-21-05", "no such month: 21 (months run from 01 to 12, seasons from 21 to 24)"),
        ("0000", "no such year: years run from 0001 to 9999"),
        ("000X-01", "not an EDTF date: `000X-01`"),
        ("-0044", "not an EDTF date: `-0044`"),
        ("2025/", "not an EDTF date: `2025/`"),
        ("../..", "not an EDTF date: `../..`"),
        ("2025/2026/2027", "not an EDTF date: `2025/2026/2027`"),
        ("2025\n", "not an EDTF date: `2025\n`"),
        ("x" * 99, f"not an EDTF date: `{'x' * 60}…`"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    fault = fault_of(text)
    assert (fault.reason, str(fault), fault.reversed) == (reason, reason, False)


@pytest.mark.parametrize(
    ("text", "suggestions"),
    [
        ("6 November 2025", "`2025-11-06`"),
        ("6th of November 2025", "`2025-11-06`"),
        ("November 6, 2025", "`2025-11-06`"),
        ("Nov. 6, 2025", "`2025-11-06`"),
        ("Nov 2025", "`2025-11`"),
        ("Sept. 2025", "`2025-09`"),
        ("06/11/2025", "`2025-11-06` or `2025-06-11`"),
        ("6.11.2025", "`2025-11-06` or `2025-06-11`"),
        ("06/06/2025", "`2025-06-06`"),
        ("13/11/2025", "`2025-11-13`"),
        ("11/13/2025", "`2025-11-13`"),
        ("2025-11-6", "`2025-11-06`"),
        ("2025/11/06", "`2025-11-06`"),
        ("2025.11.06", "`2025-11-06`"),
        ("2025-13-11", "`2025-11-13`"),
        ("2025/11", "`2025-11`"),
        ("11/2025", "`2025-11`"),
        ("20251106", "`2025-11-06`"),
        ("2025-11-06T10:00:00Z", "`2025-11-06`"),
        ("２０２５-11", "`2025-11`"),
        (" 2025", "`2025`"),
        ("202x", "`202X`"),
        ("2025~?", "`2025%`"),
        ("c. 2025", "`2025~`"),
        ("about Nov 2025", "`2025-11~`"),
        ("the 1990s", "`199X`"),
        ("20th century", "`19XX`"),
        ("Spring 2025", "`2025-21`"),
        ("fall 2025", "`2025-23`"),
        ("since 2020", "`2020/..`"),
        ("2020-", "`2020/..`"),
        ("2020 - present", "`2020/..`"),
        ("2025/", "`2025/..`"),
        ("until May 2020", "`../2020-05`"),
        ("/2025", "`../2025`"),
        ("2020-2025", "`2020/2025`"),
        ("2020–2025", "`2020/2025`"),
        ("from May 2020 to June 2021", "`2020-05/2021-06`"),
        ("6–8 November 2025", "`2025-11-06/2025-11-08`"),
        ("2025-11-06/08", "`2025-11-06/2025-11-08`"),
        ("2026/2025", "`2025/2026`"),
    ],
)
def test_suggested_fixes(text: str, suggestions: str) -> None:
    hint = fault_of(text).hint
    assert hint == f"did you mean {suggestions}?"
    for suggestion in hint.split("`")[1::2]:
        assert parse_date(suggestion).text == suggestion


@pytest.mark.parametrize("text", ["yesterday", "6 November", "", "31/04/2025", "9" * 1000])
def test_the_forms_are_named_where_no_fix_is_known(text: str) -> None:
    assert fault_of(text).hint == "write a date as `2025`, `2025-11` or `2025-11-06`"


def test_an_impossible_day_may_be_left_out() -> None:
    assert fault_of("2025-11-31").hint == "write `2025-11` if the day is not known"


@pytest.mark.parametrize("text", ["2026/2025", "2025-11-07/2025-11-06", "2025-12/2025-11-30~"])
def test_a_reversed_interval_is_told_apart(text: str) -> None:
    fault = fault_of(text)
    start, end = text.split("/")
    assert fault.reversed
    assert fault.reason == f"reversed interval: {start} is after {end}"
    assert fault.hint == f"did you mean `{end}/{start}`?"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("2025-11-06", "6 November 2025", "2025-11-06"),
        ("2025-11-06~", "about 6 November 2025", "2025-11-06"),
        ("2025-11", "November 2025", "2025-11"),
        ("2025-11-XX", "November 2025", "2025-11"),
        ("2025", "2025", "2025"),
        ("2025-XX-XX", "2025", "2025"),
        ("0044", "44", "0044"),
        ("2025?", "2025 (uncertain)", "2025"),
        ("2025%", "about 2025 (uncertain)", "2025"),
        ("202X", "2020s", None),
        ("202X~", "about the 2020s", None),
        ("19XX", "20th century", None),
        ("00XX", "1st century", None),
        ("10XX", "11th century", None),
        ("20XX", "21st century", None),
        ("2025-21", "spring 2025", None),
        ("2025-24~", "about winter 2025", None),
        ("2025/2026", "2025 to 2026", None),
        ("2025/2025", "2025", None),
        ("199X/200X", "the 1990s to the 2000s", None),
        ("2025-11/..", "since November 2025", None),
        ("199X/..", "since the 1990s", None),
        ("../2020", "until 2020", None),
        ("../2020~", "until about 2020", None),
        ("2025-11-06/2025-11-08", "6–8 November 2025", None),
        ("2025-11-06/2025-12-08", "6 November to 8 December 2025", None),
        ("2025-11-06/2026-01-08", "6 November 2025 to 8 January 2026", None),
        ("2025-11/2025-12", "November to December 2025", None),
        ("2025-21/2025-23", "spring to autumn 2025", None),
        ("2025-11-06~/2025-11-08", "about 6 November 2025 to 8 November 2025", None),
        ("2025-11/2025-12-08", "November 2025 to 8 December 2025", None),
    ],
)
def test_display_and_iso(text: str, words: str, value: str | None) -> None:
    date = parse_date(text)
    assert (display(date), iso(date)) == (words, value)


def test_order_is_total_and_puts_the_more_precise_first() -> None:
    texts = ["../2020", "2024", "2025-01-01", "2025-01-01~", "2025-01", "2025", "2025?", "2025/.."]
    dates = [parse_date(text) for text in texts]
    for turn in range(len(dates)):
        assert sorted([*reversed(dates[turn:]), *dates[:turn]]) == dates
    assert len({parse_date("2025"), parse_date("2025"), parse_date("2025?")}) == 2


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2024", "2025", True),
        ("2025", "2025-11", False),
        ("2025-11-05", "2025-11-06", True),
        ("2025-11-06", "2025-11-06", False),
        ("2025-11/..", "2030", False),
        ("../2020", "2021", True),
    ],
)
def test_before(first: str, second: str, expected: bool) -> None:
    a, b = parse_date(first), parse_date(second)
    assert before(a, b) is expected
    assert reversed_span(b, a) is expected
