"""Figures in a browser: links lead somewhere, nothing runs over, filters work by keyboard."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page

from .conftest import Site

PAGES = ["countries/kazakhstan/", "countries/bahrain/", "agreements/abraham-accords/", "timeline/"]


def test_links_of_drawings_lead_to_pages(page: Page, site: Site) -> None:
    for address in PAGES:
        page.goto(site.address + address)
        links = page.eval_on_selector_all(
            "figure svg a", "all => all.map(a => a.getAttribute('href'))"
        )
        assert links, address
        for link in links:
            target = urljoin(site.address + address, link).removeprefix(site.address)
            assert (site.folder / target / "index.html").is_file(), link


def test_a_drawing_says_the_same_in_words(page: Page, site: Site) -> None:
    for address in PAGES[:3]:
        page.goto(site.address + address)
        for figure, words in ((".map", ".map__words"), (".graph", ".connections__list")):
            drawn = page.eval_on_selector_all(
                f"{figure} a", "all => all.map(a => a.getAttribute('href'))"
            )
            said = page.eval_on_selector_all(
                f"{words} a", "all => all.map(a => a.getAttribute('href'))"
            )
            assert set(drawn) <= set(said), (address, figure)


def test_on_a_narrow_screen_the_list_of_connections_stands_alone(page: Page, site: Site) -> None:
    page.goto(site.address + PAGES[0])
    drawing, figure = page.locator(".graph"), page.locator(".figure--graph")
    kinds = page.locator(".graph__kind").all_text_contents()
    said = page.locator(".connections__list").inner_text().lower()
    assert kinds
    for width, is_drawn in ((1440, True), (768, True), (390, False)):
        page.set_viewport_size({"width": width, "height": 900})
        assert drawing.is_visible() is is_drawn
        words = "An arrow leads" if is_drawn else "A wider screen, and paper, show a drawing"
        assert figure.locator("figcaption").inner_text().startswith(words)
    page.emulate_media(media="print")
    assert drawing.is_visible()
    singular = {"Countries": "country", "People": "person", "Agreements": "agreement",
                "Organisations": "organisation", "Events": "event"}  # fmt: skip
    assert all(f", {singular[kind]}: " in said for kind in kinds)


def test_drawings_are_no_stops_for_the_keyboard(page: Page, site: Site) -> None:
    for address in PAGES:
        page.goto(site.address + address)
        assert page.locator("svg a:not([tabindex='-1'])").count() == 0


@pytest.mark.parametrize("wide", [1440, 768, 390])
@pytest.mark.parametrize("address", ["", *PAGES])
def test_nothing_runs_over(browser: Browser, site: Site, wide: int, address: str) -> None:
    context = browser.new_context(viewport={"width": wide, "height": 900})
    page = context.new_page()
    page.goto(site.address + address)
    scroll = page.evaluate("document.documentElement.scrollWidth")
    # No words of a drawing outside of it, none of a box of the graph outside of the box.
    outside = page.evaluate("""() => {
        const out = [];
        for (const svg of document.querySelectorAll("figure svg")) {
            if (!svg.getClientRects().length) continue;
            const frame = svg.getBoundingClientRect();
            for (const text of svg.querySelectorAll("text")) {
                if (!text.getClientRects().length) continue; // left out on narrow screens
                const r = text.getBoundingClientRect();
                if (r.left < frame.left - 1 || r.right > frame.right + 1) out.push(text.textContent);
            }
            for (const a of svg.querySelectorAll("a:has(> rect):has(> text)")) {
                if (svg.classList.contains("strip")) continue;
                const [b, t] = ["rect", "text"].map((n) => a.querySelector(n).getBoundingClientRect());
                if (t.left < b.left || t.right > b.right || t.bottom > b.bottom) out.push(a.textContent);
            }
        }
        return out;
    }""")
    context.close()
    assert scroll <= wide
    assert outside == []


def test_the_timeline_is_filtered_by_keyboard(page: Page, site: Site) -> None:
    page.goto(site.address + "timeline/")
    entries = page.locator("[data-timeline] > li")
    whole = entries.count()
    assert page.locator(".timeline-filter__count").inner_text() == f"All {whole} entries shown"
    page.locator("#timeline-topic").focus()
    page.keyboard.type("Abr")
    page.keyboard.press("Enter")
    shown = page.locator("[data-timeline] > li:visible").count()
    assert 0 < shown < whole
    assert (
        page.locator(".timeline-filter__count").inner_text() == f"{shown} of {whole} entries shown"
    )
    assert page.url.endswith("#topic=Abraham+Accords")
    page.reload()
    assert page.locator("[data-timeline] > li:visible").count() == shown
    page.get_by_role("button", name="Show all").focus()
    page.keyboard.press("Enter")
    assert page.locator("[data-timeline] > li:visible").count() == whole
    assert "#" not in page.url


def test_a_filter_that_nothing_here_fits_is_passed_over(page: Page, site: Site) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(site.address + "timeline/#topic=%22%3E%3Cimg&from=soon&to=2020&x=%zz")
    entries = page.locator("[data-timeline] > li")
    shown = page.locator("[data-timeline] > li:visible").count()
    years = page.eval_on_selector_all(
        "[data-timeline] > li:not([hidden])", "all => all.map(li => +li.dataset.year)"
    )
    assert faults == []
    assert 0 < shown < entries.count()
    assert max(years) == 2020


def test_without_scripts_all_is_shown(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address + "timeline/")
    assert page.locator("select").count() == 0
    assert page.locator("[data-timeline] > li:visible").count() > 20
    context.close()
