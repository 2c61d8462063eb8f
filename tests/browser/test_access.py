"""axe finds nothing on a page of every kind, in light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from .conftest import Site

PAGES = [
    "",
    "countries/",
    "countries/kazakhstan/",
    "people/donald-trump/",
    "agreements/abraham-accords/",
    "events/c5-plus-1-summit-2025/",
    "sources/",
    "sources/the-week-2025-11/",
    "timeline/",
    "timeline/2025/",
    "disagreements/",
    "about/method/",
    "about/codes/",
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: Site, dark: bool) -> None:
    context = browser.new_context(color_scheme="dark" if dark else "light")
    page = context.new_page()
    found = []
    for address in PAGES:
        page.goto(site.address + address)
        violations = Axe().run(page).response["violations"]
        found += [(address, v["id"], v["nodes"][0]["html"][:100]) for v in violations]
    context.close()
    assert found == []
