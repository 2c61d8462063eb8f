import json

import pytest

from generator.search.contribution import ABSENT, DIGITS, MOST, contribute, key_of, leaflets
from generator.search.document import Document

from .sample import contributions, units


def page(claims: int) -> list[Document]:
    head = Document("ada", "people/ada/", "", "person", "Ada", ("Ada",), spellings=("Q42",))
    rows = [
        Document(f"ada#c{n}", f"people/ada/#c{n}", f"word{n}", "person", "Ada", standing="derived")
        for n in range(claims)
    ]
    return [head, *rows]


def test_digits_sort_as_numbers() -> None:
    assert list(DIGITS) == sorted(DIGITS)
    assert len(set(DIGITS)) == 64


def test_a_unit_has_a_leaflet() -> None:
    [leaflet] = leaflets(contributions()["entity/kassym-jomart-tokayev"])
    assert leaflet.key == key_of("entity/kassym-jomart-tokayev")
    assert len(leaflet.facets) == 3
    assert ("toqaev", DIGITS[1]) in leaflet.names
    assert ("токаев", DIGITS[3]) in leaflet.names
    groups = dict(zip(leaflet.words, leaflet.groups, strict=True))
    assert groups["lighthouse"] == DIGITS[1] + DIGITS[1] + leaflet.facets[1]
    assert groups["pilots"] == DIGITS[1] + DIGITS[2] + leaflet.facets[2]
    assert groups["=y2019"] == DIGITS[1] + DIGITS[1] + leaflet.facets[1]
    assert groups["=sgazette"] == DIGITS[1] + DIGITS[2] + leaflet.facets[2]
    assert groups["q9000501"] == DIGITS[1] + DIGITS[0] + leaflet.facets[0]
    assert "the" not in groups


def test_words_are_sorted() -> None:
    [leaflet] = leaflets(contributions()["entity/ardenia"])
    assert list(leaflet.words) == sorted(leaflet.words)


def test_a_record_holds_what_results_show() -> None:
    [leaflet] = leaflets(contributions()["entity/ardenia"])
    id_, url, kind, title, words, years, claims = json.loads(leaflet.record)
    assert (id_, url, kind, title, words, years) == (
        "ardenia",
        "country/ardenia/",
        "country",
        "Ardenia",
        "",
        [],
    )
    assert claims[0] == [
        "host",
        "Ardenia received its guest in the lighthouse.",
        "single-origin",
        [2021],
        ["delta-wire"],
    ]


def test_a_large_unit_has_several_leaflets_in_one_part_of_the_index() -> None:
    first, second = leaflets(contribute("entity/ada", page(MOST + 1)))
    assert first.key[:3] == second.key[:3]
    assert first.key != second.key
    assert (len(first.facets), len(second.facets)) == (MOST + 1, 2)
    assert second.facets[0] == ABSENT != first.facets[0]
    assert first.names == second.names
    assert ("q42" in first.words, "q42" in second.words) == (True, False)


def test_a_page_without_claims_has_a_leaflet() -> None:
    [leaflet] = leaflets(contribute("entity/ada", page(0)))
    assert len(leaflet.facets) == 1


def test_what_breaks_lines_stays_in_its_place() -> None:
    head = page(0)[0]._replace(title="G\tb\nc\0d\u2028e\x85f", names=("G\tb\nc\0d\u2028e\x85f",))
    [leaflet] = leaflets(contribute("entity/ada", [head]))
    assert json.loads(leaflet.record)[3] == head.title
    assert [word for word, _ in leaflet.names] == ["b", "c", "d", "e", "f", "g"]


def test_a_lone_surrogate_does_not_stop_the_build() -> None:
    head = page(0)[0]._replace(title="A\ud800", names=("A\ud800",))
    [leaflet] = leaflets(contribute("entity/ada", [head]))
    assert json.loads(leaflet.record)[3] == "A?"


@pytest.mark.parametrize("change", [{"id": "bela#c0"}, {"url": "people/bela/#c0"}])
def test_a_claim_of_another_page_is_refused(change: dict[str, str]) -> None:
    head, row = page(1)
    with pytest.raises(ValueError, match="no claim of `ada`"):
        contribute("entity/ada", [head, Document(**(row._asdict() | change))])


def test_a_contribution_is_small() -> None:
    for unit, documents in units().items():
        assert len(contributions()[unit]) < 1000 * len(documents)
