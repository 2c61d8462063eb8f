import datetime
from random import Random
from typing import Any

import pytest
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.date import Date, DateFault, before, display, iso, parse_date

years = st.integers(1, 9999).map("{:04d}".format)
months = st.tuples(years, st.integers(1, 12)).map("{0[0]}-{0[1]:02d}".format)
days = st.dates().map(datetime.date.isoformat)
seasons = st.tuples(years, st.integers(21, 24)).map("{0[0]}-{0[1]}".format)
vague = st.one_of(
    years.map(lambda year: f"{year[:3]}X"),
    years.map(lambda year: f"{year[:2]}XX"),
    years.map(lambda year: f"{year}-XX"),
    months.map(lambda month: f"{month}-XX"),
)
qualifiers = st.sampled_from(["", "", "~", "?", "%"])
level_0 = st.tuples(st.one_of(years, months, days), qualifiers).map("".join)
singles = level_0 | st.tuples(seasons | vague, qualifiers).map("".join)
intervals = st.tuples(singles | st.just(".."), singles | st.just("..")).map("/".join)


def read(text: str) -> Date | DateFault:
    try:
        return parse_date(text)
    except DateFault as fault:
        return fault


@settings(max_examples=60, deadline=None)  # the library is slow
@given(level_0 | st.tuples(level_0, level_0).map("/".join) | vague | seasons)
@example("2024-02-29")
@example("0001-01-01")
@example("9999-12-31")
@example("2025-24")
def test_bounds_agree_with_the_edtf_library(text: str) -> None:
    date = read(text)
    if isinstance(date, DateFault):
        assert date.reversed  # the library takes such intervals
        return
    oracle: Any = parse_edtf(text)
    lower, upper = (tuple(bound)[:3] for bound in (oracle.lower_strict(), oracle.upper_strict()))
    assert date.earliest.timetuple()[:3] == (lower if lower[0] else (1, 1, 1))  # it has a year 0
    if not text.endswith("-24") or len(text) != 7:  # its winters end with their December
        assert date.latest.timetuple()[:3] == upper


@given(singles | intervals)
def test_every_date_of_the_grammar_is_read_or_reversed(text: str) -> None:
    date = read(text)
    if isinstance(date, DateFault):
        start, _, end = text.partition("/")
        assert start == end == ".." or (
            date.reversed and before(parse_date(end), parse_date(start))
        )
        return
    assert date.text == text
    assert date.earliest <= date.latest
    words = display(date)
    assert words == words.strip() != ""
    value = iso(date)
    assert value is None or text.startswith(value)


@given(st.text() | st.text("0123456789-/.X~?% abNovember", max_size=24))
@example("٢٠٢٥")
@example("2025-02-30")
@example("2025-02-30T")
@example("²025")
def test_any_text_is_a_date_or_a_fault_with_a_fix_that_holds(text: str) -> None:
    date = read(text)
    if isinstance(date, Date):
        assert date.text == text
        return
    assert date.reason
    assert not date.reason.endswith(".")
    guesses = (date.hint or "").split("`")[1::2]
    assert guesses
    assert all(parse_date(guess).text == guess for guess in guesses)


@given(st.lists(singles | intervals, max_size=8), st.randoms(use_true_random=False))
def test_sorting_does_not_depend_on_the_order_given(texts: list[str], random: Random) -> None:
    dates = [date for text in texts if isinstance(date := read(text), Date)]
    shuffled = list(dates)
    random.shuffle(shuffled)
    assert sorted(dates) == sorted(shuffled)
    assert [date.earliest for date in sorted(dates)] == sorted(date.earliest for date in dates)


@pytest.mark.parametrize("style", ["{:%-d %B %Y}", "{:%B %-d, %Y}", "{:%-d %b %Y}", "{:%Y/%m/%d}"])
@given(day=st.dates(min_value=datetime.date(1000, 1, 1)))
def test_everyday_notation_is_answered_with_the_date_it_means(
    style: str, day: datetime.date
) -> None:
    with pytest.raises(DateFault) as caught:
        parse_date(style.format(day))
    assert caught.value.hint == f"did you mean `{day.isoformat()}`?"
