"""What a reader meets in a browser, on every page of the built site."""

from __future__ import annotations

import itertools
import json

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .conftest import Launch, Site

KAZAKHSTAN = "countries/kazakhstan/"


def marker(page: Page, claim: str) -> Locator:
    return page.locator(f"#{claim} button.marker")


def test_notes_stand_beside_their_claims_and_never_overlap(browser: Browser, site: Site) -> None:
    for width in (1440, 2560):
        page = browser.new_page(viewport={"width": width, "height": 1000})
        for address in (KAZAKHSTAN, "agreements/abraham-accords/"):
            page.goto(site.address + address)
            page.evaluate("document.fonts.ready.then(() => {})")
            boxes = page.evaluate(
                """() => [...document.querySelectorAll(".card")].map((card) => {
                  const [own, claim] = [card, card.closest(".claim")].map((n) => n.getBoundingClientRect());
                  return { top: own.top, bottom: own.bottom, left: own.left, right: own.right,
                           claim: claim.top, beside: claim.right, shown: own.height > 0 };
                }).filter(({ shown }) => shown)"""
            )
            assert len(boxes) > 15
            for one, following in itertools.pairwise(boxes):
                assert one["bottom"] <= following["top"]
            assert all(one["left"] >= one["beside"] and one["right"] <= width for one in boxes)
            assert all(one["top"] >= one["claim"] - 1 for one in boxes)
            assert abs(boxes[0]["top"] - boxes[0]["claim"]) < 2
        page.close()


def test_notes_open_below_their_claim_where_there_is_no_margin(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(site.address + KAZAKHSTAN)
    card = page.locator("#relations-with-israel .card")
    assert card.is_visible() is False
    assert marker(page, "relations-with-israel").inner_text() == "5 articles, 4 origins"
    marker(page, "relations-with-israel").tap()
    assert card.is_visible() is True
    assert card.locator("q").count() == 5
    assert card.locator("a[href*='/sources/']").count() >= 5
    marker(page, "muslim-majority").tap()
    assert card.is_visible() is False  # one at a time
    context.close()


def test_notes_by_keyboard(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 768, "height": 900})
    page.goto(site.address + KAZAKHSTAN)
    button = marker(page, "relations-with-israel")
    card = page.locator("#relations-with-israel .card")
    for key in ("Enter", "Space"):
        button.focus()
        page.keyboard.press(key)
        assert button.get_attribute("aria-expanded") == "true"
        assert card.is_visible() is True
        page.keyboard.press("Tab")
        assert card.evaluate("card => card.contains(document.activeElement)") is True
        page.keyboard.press("Escape")
        assert card.is_visible() is False
        assert button.evaluate("button => button === document.activeElement") is True
    page.locator("#relations-with-israel .cites a").first.click()
    assert card.is_visible() is True


def test_a_citation_leads_to_its_passage(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    cite = page.locator("#relations-with-israel [data-cite]").first
    note = page.locator(f"#note-{cite.inner_text()}")
    words = note.locator("q").inner_text().strip("“”")
    note.locator(".note__place a").click()
    page.wait_for_url("**/sources/**#*")
    anchor = page.url.partition("#")[2]
    assert page.locator(f"#{anchor} [data-exact]").inner_text() == words


def test_without_scripts_the_list_of_notes_serves(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address + KAZAKHSTAN)
    numbers = page.locator("#relations-with-israel .cites a").all_inner_texts()
    assert len(numbers) >= 5
    for number in numbers:
        assert page.locator(f"#note-{number} q").is_visible()
    assert page.locator("button:visible").count() == 0  # nothing that would do nothing
    assert page.locator(".site__nav a").first.is_visible()
    page.locator("#search-open").click()
    expect(page).to_have_url(site.address + "search/")
    assert page.locator(".scripts-needed").is_visible()
    context.close()


def test_a_permalink_is_followed_and_copied(browser: Browser, site: Site) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site.address + KAZAKHSTAN)
    page.locator("#relations-with-israel .permalink").click()
    expect(page.get_by_role("status")).to_have_text("The address of this claim has been copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url == f"{site.address}{KAZAKHSTAN}#relations-with-israel"
    context.close()


def test_menu_by_keyboard_on_a_narrow_screen(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site.address)
    menu = page.get_by_role("button", name="Menu")
    link = page.locator(".site__nav a").first
    assert link.is_visible() is False
    menu.focus()
    page.keyboard.press("Enter")
    assert link.is_visible() is True
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert link.is_visible() is False
    assert menu.evaluate("button => button === document.activeElement") is True


GROUND = "getComputedStyle(document.body).backgroundColor"
LIGHT, DARK = "rgb(253, 252, 249)", "rgb(20, 24, 29)"


@pytest.mark.parametrize("system", ["light", "dark"])
def test_colours_are_chosen_and_kept(browser: Browser, site: Site, system: str) -> None:
    context = browser.new_context(color_scheme="dark" if system == "dark" else "light")
    page = context.new_page()
    page.goto(site.address)
    button = page.locator(".tool--scheme")
    own = DARK if system == "dark" else LIGHT
    for name, ground in (("system", own), ("light", LIGHT), ("dark", DARK), ("system", own)):
        expect(button).to_have_text(f"Colours: {name}")
        assert page.evaluate(GROUND) == ground
        page.goto(site.address + KAZAKHSTAN)  # kept
        expect(button).to_have_text(f"Colours: {name}")
        assert page.evaluate(GROUND) == ground
        button.focus()
        page.keyboard.press("Enter")
    expect(button).to_have_accessible_name("Colours: light. Change to dark")
    expect(page.get_by_role("status").first).to_have_text("Colours: light")
    context.close()


def test_colours_follow_the_system_and_other_open_pages(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        page.goto(site.address)
    one.emulate_media(color_scheme="dark")
    assert one.evaluate(GROUND) == DARK
    other.get_by_role("button", name="Colours: system").click()
    expect(one.locator(".tool--scheme")).to_have_text("Colours: light")
    assert one.evaluate(GROUND) == LIGHT
    context.close()


def test_chosen_colours_are_there_from_the_first_moment(browser: Browser, site: Site) -> None:
    """Also while the style sheet is still on its way, when the browser paints a ground of its own."""
    context = browser.new_context(color_scheme="dark")
    context.add_init_script("localStorage.setItem('briefing-scheme', 'light')")
    page = context.new_page()
    canvas = "getComputedStyle(document.documentElement).colorScheme"
    with page.expect_request("**/site.css"):
        page.route("**/site.css", lambda route: None)  # never answered
        page.goto(site.address + KAZAKHSTAN, wait_until="commit")
    page.wait_for_function("document.documentElement.dataset.scheme === 'light'")
    meta = "document.querySelector('meta[name=color-scheme]').content"
    assert page.evaluate(meta) == "light"
    assert page.evaluate(canvas) == "normal"  # nothing styled yet: the element above decides
    context.close()


def test_no_single_letter_is_a_shortcut(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    for key in "abcdefghijklmnopqrstuvwxyz/?.,":
        page.keyboard.press(key)
    assert page.url == site.address + KAZAKHSTAN
    assert page.locator("dialog[open]").count() == 0
    assert page.evaluate("document.activeElement === document.body") is True


def test_text_of_twice_the_size_fits(chromium: Launch, site: Site) -> None:
    """As a reader sets it in the browser, where breakpoints follow the size of text."""
    browser = chromium("--blink-settings=defaultFontSize=32")
    wide = []
    for width in (390, 1440):
        page = browser.new_page(viewport={"width": width, "height": 900})
        for address in (
            "",
            KAZAKHSTAN,
            "agreements/abraham-accords/",
            "sources/",
            "disagreements/",
        ):
            page.goto(site.address + address)
            assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            wide += [(address, width, over)] if over > 0 else []
    browser.close()
    assert wide == []


@pytest.mark.parametrize("width", [1440, 1320])
def test_a_permalink_takes_no_line_of_its_own(page: Page, site: Site, width: int) -> None:
    """Nor moves what stands below it, where the numbers before it end near the edge."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.address + KAZAKHSTAN)
    below = page.evaluate(
        """() => [...document.querySelectorAll(".claim__text:has(.cites)")].filter((text) => {
          const [link, cites] = [".permalink", ".cites"].map((name) => text.querySelector(name));
          return link.getBoundingClientRect().top > cites.getBoundingClientRect().bottom;
        }).map((text) => text.textContent)"""
    )
    assert below == []


def test_a_permalink_leads_to_its_claim(page: Page, site: Site) -> None:
    page.goto(site.address + "countries/kazakhstan/")
    link = page.locator("#relations-with-israel .permalink")
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.address + "countries/kazakhstan/#relations-with-israel")
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
    link = foot.locator("a").first.evaluate("link => link.href")
    assert link == f"{site.address}edition.json"


def test_the_timeline_leads_to_its_years(page: Page, site: Site) -> None:
    page.goto(site.address + "timeline/")
    page.get_by_role("link", name="2025", exact=True).click()
    expect(page).to_have_url(site.address + "timeline/2025/")
    assert page.locator(".mention").count() > 20
    page.get_by_role("link", name="The whole timeline").click()
    expect(page).to_have_url(site.address + "timeline/")


def test_the_manifest_is_read_by_the_browser(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    manifest = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"] == f"{site.address}site.webmanifest"
    read = json.loads(manifest["data"])
    assert read["name"] == "Kazakhstan and the Abraham Accords"
    for icon in read["icons"]:
        assert (site.folder / icon["src"]).is_file()


def test_programs_are_led_to_the_sitemap(site: Site) -> None:
    told = (site.folder / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert told == ["User-agent: *", "Allow: /", "Sitemap: https://briefing.example/sitemap.xml"]
