"""The search's query core in a browser: it finds what the index holds, and reads little of it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from generator.search.build import build
from generator.search.contribution import contribute
from generator.search.document import Document
from generator.search.folding import RULES
from tests.conftest import ROOT
from tests.unit.search.sample import WORDS, contributions, many

ORIGIN = "https://briefing.example/site/"
CORE = "assets/search-core.js"
BUDGET = 300_000
"""Bytes over the wire, compressed, for the first search of a visit."""

SEARCH = """async ([query, options]) => {
  window.core ??= await (await import("./assets/search-core.js")).open("./");
  return window.core.search(query, options);
}"""


class Shelf:
    """Files served from memory, and what was asked for: path and bytes as a server compresses them."""

    def __init__(self, files: dict[str, bytes]) -> None:
        core = (ROOT / "theme" / CORE).read_bytes()
        self.files = {**files, CORE: core, "index.html": b"<!doctype html><title>Search</title>"}
        self.asked: list[tuple[str, int]] = []

    def serve(self, route: Route) -> None:
        """Answer a request."""
        path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
        data = self.files.get(path)
        if data is None:
            route.fulfill(status=404)
            return
        self.asked.append((path, len(gzip.compress(data, 6))))
        kind = {"html": "text/html", "js": "text/javascript"}.get(path.rpartition(".")[2])
        route.fulfill(body=data, content_type=f"{kind or 'text/plain'}; charset=utf-8")

    def open(self, browser: Browser) -> Page:
        """A page of its own, which reads from here alone."""
        page = browser.new_context().new_page()
        page.route("**/*", self.serve)
        page.goto(f"{ORIGIN}index.html")
        self.asked.clear()
        return page


@pytest.fixture(scope="module")
def small(browser: Browser) -> Iterator[Page]:
    """A page over the index of the small sample."""
    page = Shelf(build(contributions().values())).open(browser)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def large() -> Shelf:
    """The index of fifteen thousand claims."""
    return Shelf(build(contributions(many(1500)).values()))


def search(page: Page, query: str, **filters: list[str | int]) -> dict[str, Any]:
    found = page.evaluate(SEARCH, [query, {"filters": filters, "limit": 20}])
    assert isinstance(found, dict)
    return found


def ids(page: Page, query: str, **filters: list[str | int]) -> list[str]:
    return [one["id"] for one in search(page, query, **filters)["results"]]


def test_words_are_cut_as_the_index_cuts_them(small: Page) -> None:
    cut = """async ([texts, rules]) => {
      const { cutter } = await import("./assets/search-core.js");
      return texts.map(cutter(rules));
    }"""
    found = small.evaluate(cut, [list(WORDS), RULES])
    assert dict(zip(WORDS, found, strict=True)) == WORDS


@pytest.mark.parametrize("query", ["Tokayev", "Toqaev", "Тоқаев", "токаев", "TOKAYEV's"])
def test_every_spelling_finds_the_person_and_the_same_claims(small: Page, query: str) -> None:
    found = ids(small, query)
    assert found[0] == "kassym-jomart-tokayev"
    assert set(found) == {
        "kassym-jomart-tokayev",
        "kassym-jomart-tokayev#letter",
        "kassym-jomart-tokayev#visit",
        "ardenia#host",
        "ardenia#president",
    }


def test_a_result_has_what_is_shown(small: Page) -> None:
    [found] = search(small, "received guest")["results"]
    assert found.pop("score") > 0
    assert found == {
        "id": "ardenia#host",
        "url": "country/ardenia/#host",
        "title": "Ardenia",
        "words": "Ardenia received its guest in the lighthouse.",
        "kind": "country",
        "standing": "single-origin",
        "years": [2021],
        "sources": ["delta-wire"],
    }


def test_a_source_is_found_by_its_title(small: Page) -> None:
    [found] = search(small, "pilots strike")["results"]
    assert (found["id"], found["url"]) == ("delta-wire", "sources/delta-wire/")
    assert (found["kind"], found["words"]) == ("source", "The Delta Wire, 2 May 2019")


def test_all_words_must_stand_on_the_claim_or_its_page(small: Page) -> None:
    assert ids(small, "tokayev lighthouse") == ["ardenia#host", "kassym-jomart-tokayev#visit"]


def test_where_no_claim_has_all_words_those_with_most_are_found(small: Page) -> None:
    found = search(small, "received the zeppelin")
    assert [one["id"] for one in found["results"]] == ["ardenia#host"]
    assert (found["relaxed"], found["complete"]) == (True, True)


@pytest.mark.parametrize("query", ["ligh", "lighthuose", "lighthous", "lighthouses", "lighthouze"])
def test_beginnings_and_slips_are_understood(small: Page, query: str) -> None:
    assert ids(small, query) == ["kassym-jomart-tokayev#visit", "ardenia#host"]


@pytest.mark.parametrize(
    "query", ["zeppelin", "", " ", "?!", "\U0001f680", "sgazette", "__proto__"]
)
def test_what_is_not_there_is_not_found(small: Page, query: str) -> None:
    found = search(small, query)
    assert (found["results"], found["total"], found["relaxed"]) == ([], 0, False)


def test_filters_narrow_the_results(small: Page) -> None:
    assert ids(small, "lighthouse", kind=["country"]) == ["ardenia#host"]
    assert ids(small, "lighthouse", standing=["corroborated"]) == ["kassym-jomart-tokayev#visit"]
    assert ids(small, "lighthouse", year=[2021]) == ["ardenia#host"]
    assert ids(small, "lighthouse", year=[2019, 2021], kind=["person"]) == [
        "kassym-jomart-tokayev#visit"
    ]
    assert ids(small, "tokayev", source=["gazette"]) == ["kassym-jomart-tokayev#letter"]
    assert ids(small, "lighthouse", source=["gazette"]) == []
    assert ids(small, "lighthouse", source=["unknown"]) == []


def test_a_filter_alone_lists_what_it_lets_through(small: Page) -> None:
    assert ids(small, "", source=["gazette"]) == ["kassym-jomart-tokayev#letter"]
    assert set(ids(small, "", year=[2021])) == {
        *("kassym-jomart-tokayev#letter", "ardenia#host", "gazette")
    }


def test_results_are_counted_by_facet(small: Page) -> None:
    found = search(small, "tokayev")
    assert found["counts"] == {
        "kind": {"person": 3, "country": 2},
        "standing": {"corroborated": 1, "single-origin": 3},
    }
    assert found["total"] == 5


def test_later_results_follow_the_first(small: Page) -> None:
    found = [
        small.evaluate(SEARCH, ["tokayev", {"limit": 2, "offset": offset}])["results"]
        for offset in (0, 2, 4)
    ]
    assert [one["id"] for part in found for one in part] == ids(small, "tokayev")


def test_the_values_of_filters_are_known(small: Page) -> None:
    search(small, "tokayev")
    assert small.evaluate("core.filters().year") == {"1990": 1, "2019": 3, "2021": 3}
    assert small.evaluate("core.sources()") == [
        {"id": "delta-wire", "count": 3, "title": "Pilots strike at Sandbank"},
        {"id": "gazette", "count": 1, "title": "The harbour reopens"},
    ]


def test_a_page_in_several_parts_is_found_once_and_all_its_claims(browser: Browser) -> None:
    head = Document("ada", "people/ada/", "", "person", "Ada Vey", ("Ada Vey",))
    rows = [
        Document(f"ada#c{n}", f"people/ada/#c{n}", f"She saw {n} gulls.", "person", "Ada Vey")
        for n in range(150)
    ]
    page = Shelf(build([contribute("entity/ada", [head, *rows])])).open(browser)
    found = search(page, "vey")
    assert (found["total"], found["results"][0]["id"]) == (151, "ada")
    assert ids(page, "140 gulls") == ["ada#c140"]
    assert len(ids(page, "gulls")) == 20
    page.context.close()


def test_an_empty_index_finds_nothing(browser: Browser) -> None:
    page = Shelf(build([])).open(browser)
    assert search(page, "tokayev", year=[2019])["results"] == []
    page.context.close()


def test_a_missing_index_is_an_error_of_the_caller(browser: Browser) -> None:
    page = Shelf({}).open(browser)
    open_ = """async () => (await import("./assets/search-core.js")).open("./").then(
      () => "opened", (error) => error.message)"""
    assert page.evaluate(open_) == "search/manifest.json: 404"
    page.context.close()


def test_a_common_word_in_many_claims_is_found_with_a_rare_one(
    browser: Browser, large: Shelf
) -> None:
    page = large.open(browser)
    found = search(page, "said crowns pipipika")
    assert [one["id"] for one in found["results"]] == ["person-00999#claim-0"]
    assert found["complete"]
    assert sum("-" in path for path, _ in large.asked if path.startswith("search/w/")) == 2
    page.context.close()


def test_an_aborted_query_reads_no_more_and_leaves_the_next_alone(
    browser: Browser, large: Shelf
) -> None:
    page = large.open(browser)
    ids(page, "zzzz")  # opens the index
    large.asked.clear()
    stopped = page.evaluate(
        """async () => {
          const stop = new AbortController();
          const asked = window.core.search("cost crowns", { signal: stop.signal });
          stop.abort();
          return asked.then(() => "found", (error) => error.name);
        }"""
    )
    assert stopped == "AbortError"
    begun = len(large.asked)
    assert all(path.startswith("search/w/") for path, _ in large.asked)  # no results are read
    assert len(ids(page, "cost crowns")) == 20
    assert len(large.asked) > begun
    page.context.close()


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("kalo", {}),
        ("ada", {}),
        ("said", {}),
        ("cost crowns", {}),
        ("bela said crowns", {}),
        ("k", {}),
        ("crowns", {"year": [2003], "standing": ["corroborated"], "source": ["source-07"]}),
    ],
)
def test_a_first_search_reads_little(
    browser: Browser, large: Shelf, query: str, filters: dict[str, list[str | int]]
) -> None:
    page = large.open(browser)
    found = search(page, query, **filters)
    assert len(found["results"]) == 20
    assert large.asked[0][0] == CORE
    assert sum(size for _, size in large.asked) < BUDGET
    assert len(large.asked) == len(set(large.asked))
    page.context.close()


def test_the_query_core_is_small() -> None:
    assert len((ROOT / "theme" / CORE).read_bytes()) < 12_000
