from typing import get_args

import pytest
from markupsafe import Markup

from generator.date import parse_date
from generator.model.kind import ACTS, STANDINGS, SourceKind, SourceStatus
from generator.render import wording
from tests.conftest import ProjectBuilder


def test_every_word_of_the_model_has_a_label() -> None:
    assert tuple(wording.STANDING_LABEL) == STANDINGS
    assert tuple(wording.STANDING_ABOUT) == STANDINGS
    assert tuple(wording.ACT_LABEL) == ACTS
    assert set(wording.SOURCE_KIND_LABEL) == set(get_args(SourceKind))
    assert set(wording.STATUS_LABEL) == set(get_args(SourceStatus))


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims"), (1234, "1,234 claims")]
)
def test_plural(number: int, words: str) -> None:
    assert wording.plural(number, "claim") == words


def test_plural_of_another_form() -> None:
    assert wording.plural(3, "country", "countries") == "3 countries"
    assert wording.plural(1, "country", "countries") == "1 country"


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        *[("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("kk", "ltr"), ("en", "ltr")],
        *[("az-Arab", "rtl"), ("ku-arab-IQ", "rtl"), ("ar-Latn", "ltr"), ("ug-Cyrl", "ltr")],
    ],
)
def test_direction(tag: str, direction: str) -> None:
    assert wording.direction(tag) == direction


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("kk", "Kazakh"),
        ("kk-Latn", "Kazakh (Latin)"),
        ("zh-Hant", "Chinese (traditional)"),
        ("am", "Amharic"),
        ("ckb", "Central Kurdish"),
        ("gd", "Scottish Gaelic"),
        ("nb", "Norwegian Bokmål"),
        ("xx", "xx"),
    ],
)
def test_language(tag: str, name: str) -> None:
    assert wording.language(tag) == name


@pytest.mark.parametrize(
    ("date", "html"),
    [
        ("2019-05-02", '<time datetime="2019-05-02">2 May 2019</time>'),
        ("2019-05~", '<time datetime="2019-05">about May 2019</time>'),
        ("2019", '<time datetime="2019">2019</time>'),
        ("2019/2020", "<span>2019 to 2020</span>"),
        ("201X", "<span>2010s</span>"),
    ],
)
def test_time_element(date: str, html: str) -> None:
    assert str(wording.time_element(parse_date(date))) == html


def test_period_element() -> None:
    start, end = parse_date("2015"), parse_date("2019")
    years = ['<time datetime="2015">2015</time>', '<time datetime="2019">2019</time>']
    assert str(wording.period_element(start, end)) == f"{years[0]} to {years[1]}"
    assert str(wording.period_element(start, None)) == f"since {years[0]}"
    assert str(wording.period_element(None, end)) == f"until {years[1]}"
    assert str(wording.period_element(None, None)) == ""


def test_support_words(project: ProjectBuilder) -> None:
    support = project.verified().support
    assert wording.support_words(support["ardenia#president"]) == "2 articles, 2 origins"
    assert wording.support_words(support["ardenia#capital"]) == "1 article, 1 origin"
    assert wording.support_words(support["grey-harbour-treaty#will-last"]) == ""


def test_names_of_languages_are_in_the_order_of_their_tags() -> None:
    assert list(wording.LANGUAGE_NAME) == sorted(wording.LANGUAGE_NAME)
    assert all(tag.islower() and tag.isalpha() for tag in wording.LANGUAGE_NAME)


def test_names_keep_their_order_in_a_line() -> None:
    """The mark (U+200E) is neutral to nobody: each name ends before it, whichever way it runs."""
    assert wording.listed(["Gazette", "الخليج", "הארץ", "Post"]) == (
        "Gazette, الخليج\u200e, הארץ\u200e, Post"
    )
    assert wording.listed([]) == ""


def test_names_in_a_line_are_escaped_once() -> None:
    assert wording.listed(["A & B", Markup("C &amp; D"), Markup("ה &amp; ו")]) == (
        "A &amp; B, C &amp; D, ה &amp; ו\u200e"
    )
