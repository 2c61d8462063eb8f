from typing import Any

import pytest

from generator.search.document import Document, names_of, years_of

from .sample import ARDENIA, CLAIMS, ENTITIES, LEAGUE, TOKAYEV, claim, entity, units


def document(id_: str) -> Document:
    return next(one for documents in units().values() for one in documents if one.id == id_)


def of_claim(owner: dict[str, Any], text: str | None = None, **keys: object) -> Document:
    made = claim(owner, "made", text, **keys)
    return units(ENTITIES, [made])[f"entity/{owner['id']}"][1]


def test_a_unit_is_an_entity_with_its_claims() -> None:
    assert [one.id for one in units()["entity/kassym-jomart-tokayev"]] == [
        "kassym-jomart-tokayev",
        "kassym-jomart-tokayev#visit",
        "kassym-jomart-tokayev#letter",
    ]


def test_a_page_has_all_its_names() -> None:
    page = document("kassym-jomart-tokayev")
    assert page.names == ("Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаев", "Toqaev")
    assert (page.title, page.words) == ("Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаев, Toqaev")
    assert page.spellings == ("Q9000501",)
    assert (page.kind, page.standing) == ("person", "")


def test_names_come_once() -> None:
    twice = entity("ada", "Ada", names=[{"language": "la", "name": "Ada"}], aliases=["Ada", "A."])
    assert names_of(twice) == ("Ada", "A.")


def test_a_claim_has_its_words_and_facets() -> None:
    found = document("kassym-jomart-tokayev#visit")
    assert found.words == "He visited the lighthouse."
    assert found.url == "person/kassym-jomart-tokayev/#visit"
    assert (found.kind, found.standing, found.sources) == (
        "person",
        "corroborated",
        ("delta-wire",),
    )


def test_a_claim_is_spelt_with_all_names_of_linked_entities() -> None:
    assert {"Toqaev", "Қасым-Жомарт Тоқаев"} <= set(document("ardenia#host").spellings)
    assert {"Toqaev", "Қасым-Жомарт Тоқаев"} <= set(document("ardenia#president").spellings)


@pytest.mark.parametrize("key", ["topic", "act", "note", "reason", "reasoning"])
def test_a_claim_is_found_by_what_is_said_with_it(key: str) -> None:
    assert of_claim(ARDENIA, text="It rained.", **{key: "Some words"}).spellings == ("Some words",)


@pytest.mark.parametrize(
    ("owner", "keys", "words"),
    [
        (
            ARDENIA,
            {"property": "president", "value": TOKAYEV["id"]},
            "President: Kassym-Jomart Tokayev",
        ),
        (ARDENIA, {"property": "president", "value": "nobody"}, "President: nobody"),
        (LEAGUE, {"property": "founded", "value": "1990-02"}, "Founded: February 1990"),
        (LEAGUE, {"property": "worth", "value": "12"}, "Worth: 12 crowns"),
    ],
)
def test_a_claim_without_text_shows_label_and_value(
    owner: dict[str, Any], keys: dict[str, str], words: str
) -> None:
    assert of_claim(owner, **keys).words == words


def test_date_and_place_of_an_event_are_worded() -> None:
    event = entity("storm", "Storm", "event")
    rows = [
        claim(event, "date", None, value="1990-02-03"),
        claim(event, "place", None, value="ardenia"),
    ]
    made = units([*ENTITIES, event], rows)["entity/storm"]
    assert [one.words for one in made[1:]] == ["Date: 3 February 1990", "Place: Ardenia"]
    assert made[1].years == (1990,)


@pytest.mark.parametrize(
    ("keys", "years"),
    [
        ({"date": "2019-05"}, (2019,)),
        ({"from": "2019", "to": "2021-03"}, (2019, 2020, 2021)),
        ({"from": "2018"}, (2018,)),
        ({"property": "founded", "value": "1990-02"}, (1990,)),
        ({}, (2019,)),
        ({"citations": [{"source": "gazette"}, {"source": "delta-wire"}]}, (2019, 2021)),
        ({"citations": []}, ()),
    ],
)
def test_years_are_those_of_the_claim_or_else_of_its_sources(
    keys: dict[str, Any], years: tuple[int, ...]
) -> None:
    assert of_claim(LEAGUE, text="It rained.", **keys).years == years


@pytest.mark.parametrize(
    ("date", "years"),
    [
        (None, ()),
        ("never", ()),
        ("2019/2021", (2019, 2020, 2021)),
        ("2019/..", (2019,)),
        ("../2019", (2019,)),
        ("19XX", (1900, 1999)),
    ],
)
def test_years_of_a_date(date: str | None, years: tuple[int, ...]) -> None:
    assert years_of(date) == years


def test_a_source_is_found_by_title_and_shows_who_published_it_and_when() -> None:
    found = document("delta-wire")
    assert (found.names, found.title) == (
        ("Pilots strike at Sandbank",),
        "Pilots strike at Sandbank",
    )
    assert found.words == "The Delta Wire, 2 May 2019"
    assert (found.kind, found.years) == ("source", (2019,))
    assert "An invented paper." in found.spellings


def test_the_sample_is_whole() -> None:
    assert sum(map(len, units().values())) == len(CLAIMS) + 5
