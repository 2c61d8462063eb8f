import pytest

from generator.render.address import Addresses
from generator.render.part import numbered, pager
from generator.render.plan import Paged, Plan
from tests.conftest import ProjectBuilder


@pytest.mark.parametrize(
    ("count", "size", "first", "pages"),
    [
        (0, 3, 0, [[]]),
        (3, 3, 0, [[0, 1, 2]]),
        (4, 3, 0, [[0, 1, 2], [3]]),
        (2, 3, 2, [[0, 1]]),
        (6, 3, 2, [[0, 1], [2, 3, 4], [5]]),
    ],
)
def test_a_list_is_cut_into_pages(
    count: int, size: int, first: int, pages: list[list[int]]
) -> None:
    paged = Paged(tuple(range(count)), size, first)
    assert paged.total == len(pages)
    assert [list(paged.page(number)) for number in range(1, paged.total + 1)] == pages
    for number, items in enumerate(pages, 1):
        assert {paged.number_of(item) for item in items} <= {number}
    assert paged.page(paged.total + 1) == ()


def test_the_way_through_a_long_list_names_few_pages() -> None:
    way = pager(50, 100, lambda number: f"to-{number}")
    assert (way.before, way.after) == ("to-49", "to-51")
    assert [number for number, _ in way.near] == [1, 48, 49, 50, 51, 52, 100]
    assert dict(way.near)[50] == ""


def test_the_way_ends_at_the_ends() -> None:
    assert pager(1, 1, str).near == ((1, ""),)
    assert (pager(1, 2, str).before, pager(1, 2, str).after) == ("", "2")
    assert (pager(2, 2, str).before, pager(2, 2, str).after) == ("1", "")


def test_titles_of_further_pages() -> None:
    assert numbered("Countries", 1) == "Countries"
    assert numbered("Countries", 2) == "Countries, page 2"


def test_addresses_of_further_pages(project: ProjectBuilder) -> None:
    row = project.verified().census.rows["ardenia"]
    assert Addresses().further("countries", "page", 2) == "countries/page--2/"
    assert Addresses().mentions(row, 1) == "countries/ardenia/"
    assert Addresses().mentions(row, 2) == "countries/ardenia--mentions--2/"
    assert Addresses(False).mentions(row, 2) == "countries/ardenia--mentions--2.html"


def test_the_parts_of_a_site(project: ProjectBuilder) -> None:
    verified = project.verified()
    parts = list(Plan(verified).parts())
    assert len(set(parts)) == len(parts)
    assert [part for part in parts if part.startswith("entity:")] == [
        f"entity:{id_}" for id_ in verified.facts.entities
    ]
    assert parts.index("timeline") < parts.index("timeline:2019:1")
    assert {"home", "method", "codes", "site", "sources:1", "list:countries:1"} <= set(parts)


def test_a_full_year_is_cut_into_months(
    project: ProjectBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = Plan(project.verified())
    assert "timeline:2019:1" in plan.parts()
    assert not [part for part in plan.parts() if part.startswith("timeline:2019-")]
    monkeypatch.setattr("generator.render.plan.ENTRIES", 1)
    months = [part for part in plan.parts() if part.startswith("timeline:2019-05")]
    assert months[:2] == ["timeline:2019-05:1", "timeline:2019-05:2"]
