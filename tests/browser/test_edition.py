"""Whoever follows the address on a print is told what has changed since that edition."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Site


@pytest.fixture
def editions(site: Site) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((site.folder / "edition.json").read_text())[
        "editions"
    ]
    return found


def changed_page(site: Site, edition: dict[str, object]) -> tuple[str, str, str]:
    """A page with a claim that was reworded: its address, the claim's anchor, its former words."""
    path = site.folder / str(edition["data"])
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        row = json.loads(line)
        if "changed" in row["kinds"] and row["former"].get("text"):
            address, _, anchor = row["url"].partition("#")
            return address, anchor, row["former"]["text"]
    raise AssertionError("no claim was reworded since the first edition")


def test_an_older_print(page: Page, site: Site, editions: list[dict[str, object]]) -> None:
    first = editions[-1]
    address, anchor, former = changed_page(site, first)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{site.address}{address}?edition={first['edition']}")
    notice = page.get_by_role("status").filter(has_text="Your print is of edition 1")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text(former)
    expect(notice.locator(f'a[href="#{anchor}"]')).to_have_count(1)
    notice.get_by_role("link", name="Everything that has changed since edition 1").click()
    expect(page).to_have_url(f"{site.address}{first['url']}")
    page.go_back()
    page.get_by_role("button", name="Close this notice").click()
    expect(notice).to_have_count(0)
    assert faults == []


@pytest.mark.parametrize("name", ["abraham-accords-background", "tokayev-profile"])
def test_an_older_print_of_a_briefing(
    page: Page, site: Site, editions: list[dict[str, object]], name: str
) -> None:
    """Only changes in the claims and sources that it uses are counted."""
    first = editions[-1]
    lines = (site.folder / str(first["data"])).read_text(encoding="utf-8").splitlines()[1:]
    records = (site.folder / "data/briefings.jsonl").read_text(encoding="utf-8").splitlines()
    used = next(one for one in map(json.loads, records) if one["id"] == name)["claims"]
    due = [one for one in map(json.loads, lines) if one["id"] in used]
    assert len(due) < len(lines)
    page.goto(f"{site.address}briefings/{name}/?edition={first['edition']}")
    notice = page.locator("#stale-print")
    if due:
        expect(notice).to_contain_text(f"{len(due)} changes in the facts that this briefing uses:")
        links = [link.get_attribute("href") for link in notice.locator("li a").all()]
        assert links == [f"{site.address}{one['url']}" for one in due]
    else:
        words = "In the facts that this briefing uses nothing has changed since then."
        expect(notice).to_contain_text(words)


def test_a_print_of_an_edition_that_nobody_stored(page: Page, site: Site) -> None:
    page.goto(f"{site.address}countries/kazakhstan/?edition=<b>")
    notice = page.locator("#stale-print")
    expect(notice).to_contain_text("Your print is of edition <b>, which was not stored")
    expect(notice.get_by_role("link")).to_have_attribute("href", f"{site.address}changes/")


def test_a_print_of_this_edition(page: Page, site: Site) -> None:
    present = json.loads((site.folder / "edition.json").read_text())["edition"]
    with page.expect_response("**/edition.json"):
        page.goto(f"{site.address}countries/kazakhstan/?edition={present}")
    page.wait_for_load_state("networkidle")
    assert page.locator("#stale-print").count() == 0


def test_a_page_without_an_edition_asks_for_nothing(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).name))
    page.goto(f"{site.address}countries/kazakhstan/")
    page.wait_for_load_state("networkidle")
    assert "edition.json" not in asked


def test_old_and_new_words_are_told_apart_without_colour(
    page: Page, site: Site, editions: list[dict[str, object]]
) -> None:
    page.goto(f"{site.address}{editions[-1]['url']}")
    line = "element => getComputedStyle(element).textDecorationLine"
    assert page.locator(".change del").first.evaluate(line) == "line-through"
    assert page.locator(".change ins").first.evaluate(line) == "underline"
    expect(page.locator(".change del .spoken").first).to_have_text("taken out:")
