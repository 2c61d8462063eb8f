"""What a reader meets in a browser, on every page of the built site."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page

from .conftest import Site

WIDTHS = (390, 768, 1440)


def test_every_page_loads_cleanly(browser: Browser, site: Site) -> None:
    """No page asks another host, misses a file, or has a script that fails."""
    faults: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "requestfailed",
        lambda request: (
            # Going on to the next page ends what is still under way, such as the page's icon.
            None
            if request.failure == "net::ERR_ABORTED"
            else faults.append(f"{page.url}: failed {request.url}")
        ),
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((site.address, "data:")) else faults.append(request.url)
        ),
    )
    page.on(
        "response",
        lambda answer: (
            faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        ),
    )
    assert len(site.pages) > 60
    for address in site.pages:
        page.goto(site.address + address)
        assert page.locator("h1").count() == 1, address
        assert page.locator("html").get_attribute("lang") == "en"
    page.close()
    assert faults == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen(
    browser: Browser, site: Site, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    wide = []
    for address in site.pages:
        page.goto(site.address + address)
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if overflow > 0:
            wide.append((address, overflow))
    context.close()
    assert wide == []


def test_a_claim_opens_its_words_by_keyboard(page: Page, site: Site) -> None:
    page.goto(site.address + "countries/kazakhstan/")
    claim = page.locator("#relations-with-israel")
    summary = claim.locator("details.sources > summary")
    assert claim.locator("q").first.is_visible() is False
    summary.focus()
    page.keyboard.press("Enter")
    assert claim.locator("q").first.is_visible() is True


def test_a_citation_leads_to_its_passage(page: Page, site: Site) -> None:
    page.goto(site.address + "countries/kazakhstan/")
    claim = page.locator("#relations-with-israel")
    claim.locator("summary").click()
    words = claim.locator("q").first.inner_text().strip("“”")
    claim.locator("[data-cite]").first.click()
    anchor = page.url.partition("#")[2]
    assert "/sources/" in page.url
    assert page.locator(f"#{anchor} [data-exact]").inner_text() == words


def test_notes_are_a_plain_list_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address + "countries/kazakhstan/")
    markers = page.locator("#relations-with-israel .marker a")
    notes = [markers.nth(i).get_attribute("href") or "" for i in range(markers.count())]
    assert len(notes) >= 5
    for note in notes:
        assert page.locator(note).locator("q").is_visible()
    context.close()


def test_a_permalink_leads_to_its_claim(page: Page, site: Site) -> None:
    page.goto(site.address + "countries/kazakhstan/")
    link = page.locator("#relations-with-israel .permalink")
    link.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("countries/kazakhstan/#relations-with-israel")
    assert page.evaluate("document.querySelector(':target').dataset.claim") == (
        "kazakhstan#relations-with-israel"
    )


@pytest.mark.parametrize(
    "address", ["", "countries/kazakhstan/", "timeline/2025/", "about/method/"]
)
def test_the_foot_names_the_edition_and_leads_to_it(page: Page, site: Site, address: str) -> None:
    edition = json.loads((site.folder / "edition.json").read_text(encoding="utf-8"))["edition"]
    page.goto(site.address + address)
    foot = page.locator("footer.edition")
    shown = foot.evaluate(
        "foot => getComputedStyle(foot.querySelector('.edition__name'), '::before').content"
    )
    assert f"Edition {edition}" in shown
    link = foot.locator("a").evaluate("link => link.href")
    assert link == f"{site.address}edition.json"


def test_the_timeline_leads_to_its_years(page: Page, site: Site) -> None:
    page.goto(site.address + "timeline/")
    page.get_by_role("link", name="2025", exact=True).click()
    assert page.url.endswith("/timeline/2025/")
    assert page.locator(".mention").count() > 20
    page.get_by_role("link", name="The whole timeline").click()
    assert page.url.endswith("/timeline/")
