"""Finding, previewing, collecting and citing: what scripts add to the built pages."""

from __future__ import annotations

import io
import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from pypdf import PdfReader

from .conftest import Site

KAZAKHSTAN = "countries/kazakhstan/"
TOKAYEV = "people/kassym-jomart-tokayev/"


def results(page: Page) -> list[str]:
    expect(page.locator(".search__count")).to_contain_text("result")
    return [str(link.get_attribute("href")) for link in page.locator(".search__results a").all()]


def test_search_by_keyboard_alone(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.address + KAZAKHSTAN)
    assert not [
        url for url in asked if "/search/" in url
    ]  # nothing of the index until it is asked for
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("symbolic")
    found = results(page)
    assert len(found) > 2
    for _ in range(1 + next(at for at, href in enumerate(found) if "#" in href)):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    chosen = page.evaluate("document.activeElement.href")
    assert "#" in chosen
    page.keyboard.press("Enter")
    page.wait_for_url(chosen)
    assert page.evaluate("document.querySelector(':target').dataset.claim") is not None


def test_search_is_left_with_escape_and_gives_the_focus_back(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    button = page.get_by_role("button", name="Search")
    button.focus()
    page.keyboard.press("Space")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert button.evaluate("button => button === document.activeElement") is True


@pytest.mark.parametrize("words", ["Tokayev", "Toqaev", "Тоқаев", "Токаев", "توكاييف"])
def test_every_spelling_finds_the_person(page: Page, site: Site, words: str) -> None:
    page.goto(f"{site.address}search/?q={words}")
    assert results(page)[0].endswith(TOKAYEV)


def test_filters_narrow_and_stand_in_the_address(page: Page, site: Site) -> None:
    page.goto(f"{site.address}search/?q=Israel")
    every = page.locator(".search__count").inner_text() if results(page) else ""
    page.get_by_label("Standing").select_option("disputed")
    expect(page.locator(".search__count")).not_to_have_text(every)
    told = page.locator(".search__results p").all_inner_texts()
    assert told
    assert all("Disputed" in line for line in told)
    page.get_by_label("Source", exact=True).select_option("washington-stand-2025-11")
    page.reload()
    expect(page.get_by_label("Standing")).to_have_value("disputed")
    expect(page.get_by_label("Source", exact=True)).to_have_value("washington-stand-2025-11")
    assert page.get_by_role("searchbox").input_value() == "Israel"


def test_a_briefing_is_found_by_its_words(page: Page, site: Site) -> None:
    page.goto(f"{site.address}search/?q=Tokayev&kind=briefing")
    assert results(page)[0].endswith("briefings/tokayev-profile/")


def test_search_says_when_there_is_nothing_and_what_to_try(page: Page, site: Site) -> None:
    page.goto(f"{site.address}search/?q=zeppelin airship&kind=person")
    count, help_ = page.locator(".search__count"), page.locator(".search__help")
    expect(count).to_have_text("Nothing here has these words.")
    expect(help_).to_contain_text("Try one word alone")
    assert help_.get_by_role("link", name="Timeline").get_attribute("href") == "../timeline/"
    page.get_by_role("searchbox").fill("1992")
    expect(count).to_have_text("Nothing here has these words.")
    expect(help_).not_to_contain_text("Try one word alone")
    page.get_by_role("button", name="Search without filters").click()
    assert results(page)
    expect(help_).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page.url.endswith("?q=1992")


def test_search_says_when_it_cannot_be_read_and_tries_again(page: Page, site: Site) -> None:
    page.route("**/search/manifest.json", lambda route: route.abort())
    page.goto(f"{site.address}search/?q=Tokayev")
    expect(page.locator(".search__count")).to_have_text("The search index could not be read.")
    page.unroute("**/search/manifest.json")
    page.get_by_role("button", name="Try again").click()
    assert results(page)[0].endswith(TOKAYEV)


def test_search_says_that_it_is_under_way(page: Page, site: Site) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/manifest.json", hold)
    page.goto(site.address)
    page.keyboard.press("Control+k")
    count = page.locator(".search__count")
    expect(count).to_contain_text("Loading the index")
    held.pop().continue_()
    expect(count).to_have_text("")
    page.route("**/search/w/*", hold)
    page.keyboard.type("Tokayev")
    expect(count).to_contain_text("Searching")
    page.unroute("**/search/w/*")
    for route in held:
        route.continue_()
    assert results(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_open_dialog(browser: Browser, site: Site, scheme: str) -> None:
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(site.address + KAZAKHSTAN)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("Israel")
    results(page)
    page.get_by_role("button", name="Close").focus()
    found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]
    page.close()
    assert found == []


def test_previews_on_hover_and_on_focus(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    link = page.locator("#president .claim__text > a").first
    preview = page.locator(".preview")
    link.hover()
    expect(preview).to_contain_text("Kassym-Jomart Tokayev")
    expect(preview).to_contain_text("Person")
    assert link.get_attribute("aria-describedby") == preview.get_attribute("id")
    preview.hover()  # it stays while the pointer is on it
    expect(preview).to_be_visible()
    assert preview.evaluate("box => box.closest('main') !== null") is True
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    page.mouse.move(0, 0)
    page.locator("#muslim-majority .permalink").focus()
    page.keyboard.press("Shift+Tab")
    page.locator("#president .claim__text > a").first.evaluate(
        "link => link.focus({ focusVisible: true })"
    )
    expect(preview).to_be_visible()
    box = preview.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1440


def test_a_claim_and_a_source_have_previews(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    cite = page.locator("#relations-with-israel .cites a").first
    cite.hover()
    expect(page.locator(".preview")).to_contain_text("diplomatic relations with Israel")
    page.goto(site.address + "agreements/abraham-accords/")
    page.locator("a[href*='/kazakhstan/#']").first.hover()
    expect(page.locator(".preview__words").first).to_be_visible()


def test_a_briefing_has_a_preview(page: Page, site: Site) -> None:
    page.goto(site.address)
    page.locator("main a[href='briefings/tokayev-profile/']").hover()
    preview = page.locator(".preview")
    expect(preview).to_contain_text("Profile: Kassym-Jomart Tokayev")
    expect(preview).to_contain_text("is president of Kazakhstan")
    expect(preview).to_contain_text("As of 21 November 2026")
    assert "[" not in preview.inner_text()
    page.goto(site.address + KAZAKHSTAN)
    source = page.locator(".notes .note__source a[href*='/sources/']").first
    source.hover()
    expect(preview).to_contain_text(source.inner_text())


def test_a_preview_that_is_not_wanted_is_not_read(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    link = page.locator("#president .claim__text > a").first
    target = f"{site.address}{TOKAYEV}"
    page.route(target, lambda route: None)  # never answered
    with page.expect_event("requestfailed", lambda request: request.url == target):
        with page.expect_request(target):
            link.hover()
        page.mouse.move(0, 0)
    expect(page.locator(".preview")).to_have_count(0)
    page.unroute(target)
    link.hover()  # asked for again, and read
    expect(page.locator(".preview")).to_contain_text("Kassym-Jomart Tokayev")


@pytest.mark.parametrize("address", [KAZAKHSTAN, "briefings/tokayev-profile/", "about/method/", ""])
def test_the_citation_without_scripts(browser: Browser, site: Site, address: str) -> None:
    edition = json.loads((site.folder / "edition.json").read_text(encoding="utf-8"))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address + address)
    line = page.locator(".citation")
    expect(line).to_be_visible()
    title = page.locator("h1").evaluate("h1 => h1.firstChild.textContent.trim()")
    published = f"https://briefing.example/{address}"
    name = "Kazakhstan and the Abraham Accords"
    assert line.inner_text() == f"Cite this page: “{title}”. {name}. {published}"
    shown = line.locator(".citation__edition").evaluate(
        "one => getComputedStyle(one, '::after').content"
    )
    assert shown == f'", Edition {edition["edition"]}, as of 27 November 2026"'
    context.close()


def test_the_citation_stands_on_prints_only_where_there_are_scripts(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    expect(page.locator(".citation")).to_be_hidden()
    printed = PdfReader(io.BytesIO(page.pdf()))
    words = " ".join(one.extract_text() for one in printed.pages)
    # Where it was published for is not known here, so where it was read is told.
    assert f"{site.address}{KAZAKHSTAN}" in words.partition("Cite this page:")[2]
    for tool in ("search/", "my-briefing/"):
        page.goto(site.address + tool)
        expect(page.locator(".citation")).to_have_count(0)


PROFILE = "briefings/tokayev-profile/"


@pytest.mark.parametrize("width", [1440, 390])
def test_notes_of_a_briefing_open_in_place(browser: Browser, site: Site, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(site.address + PROFILE)
    marks = page.locator(".paper__section .sentence .cites > a")
    card = page.locator(".paper .card")
    first, second = marks.nth(0), marks.nth(1)
    first.click()
    expect(card).to_be_visible()
    expect(card).to_be_focused()
    noted = page.locator(f"#b-{first.inner_text()}")
    assert card.locator("q").all_inner_texts() == noted.locator("q").all_inner_texts()
    assert card.locator("[data-claim-ref]").get_attribute("data-claim-ref") == (
        first.get_attribute("data-basis")
    )
    box, mark = card.bounding_box(), first.bounding_box()
    assert box is not None
    assert mark is not None
    assert (box["y"] <= mark["y"] + mark["height"]) is (width == 1440)  # beside it, or below
    assert box["x"] + box["width"] <= width
    found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]
    assert found == []
    second.click()
    expect(card).to_have_count(1)  # one at a time
    assert [one.get_attribute("aria-expanded") for one in (first, second)] == ["false", "true"]
    second.click()
    expect(card).to_have_count(0)
    assert page.url == site.address + PROFILE
    page.close()


def test_notes_of_a_briefing_by_keyboard(page: Page, site: Site) -> None:
    page.goto(site.address + PROFILE)
    mark = page.get_by_role("button", name="Note 4", exact=True).first
    card = page.get_by_role("group", name="Note 4")
    for key, way in (("Enter", "Escape"), ("Space", "Escape"), ("Enter", "Close")):
        mark.focus()
        page.keyboard.press(key)
        expect(card).to_be_focused()
        if way == "Close":
            card.get_by_role("button", name="Close").press("Enter")
        else:
            page.keyboard.press(way)
        expect(card).to_have_count(0)
        expect(mark).to_be_focused()


def test_sources_of_a_briefing_name_the_notes_that_rest_on_them(page: Page, site: Site) -> None:
    page.goto(site.address + PROFILE)
    for source in page.locator(".paper__list > li").all():
        name = source.locator("a").first.get_attribute("href") or ""
        named = source.locator(".paper__rests a").all_inner_texts()
        assert named
        resting = page.locator(f'.paper__notes > ol > li:has(a[href^="{name}#"])')
        assert [f"b-{number}" for number in named] == [
            one.get_attribute("id") for one in resting.all()
        ]


def collect(page: Page, site: Site, *addresses: str) -> None:
    for address in addresses:
        page.goto(site.address + address)
        page.get_by_role("button", name="Add to my briefing").click()
        expect(page.get_by_role("button", name="Remove from my briefing")).to_be_visible()


def test_my_briefing_is_one_paper_with_one_list_of_notes(page: Page, site: Site) -> None:
    collect(page, site, KAZAKHSTAN, TOKAYEV, "countries/israel/")
    page.goto(site.address + "my-briefing/")
    expect(page.locator(".gathered .notes")).to_be_visible()
    names = [link.inner_text() for link in page.locator(".gathered__contents a").all()]
    assert names == ["Kazakhstan", "Kassym-Jomart Tokayev", "Israel"]
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))
    numbers = [
        int(note)
        for note in page.evaluate(
            "[...document.querySelectorAll('.gathered .notes li[value]')].map((one) => one.value)"
        )
    ]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    shown = page.evaluate(
        "[...document.querySelectorAll('.gathered .cites a')].map((one) => Number(one.textContent))"
    )
    assert set(shown) == set(numbers)
    inside = page.locator(".gathered .claim__text a[href^='#p2-']").first
    inside.click()
    assert page.evaluate("document.querySelector(':target') !== null") is True
    paper = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    assert text.count("Notes and sources") == 1
    assert "Contents" in text
    assert "Add to my briefing" not in text
    assert "Empty the list" not in text


def test_notes_of_collected_briefings_share_the_numbering(page: Page, site: Site) -> None:
    first, second = "briefings/tokayev-profile/", "briefings/kazakhstan-and-the-accords/"
    collect(page, site, KAZAKHSTAN, first, second)
    page.goto(site.address + "my-briefing/")
    expect(page.locator(".gathered .paper__notes")).to_have_count(1)
    cites = page.evaluate(
        """[...document.querySelectorAll('.gathered .cites > a')].map((one) =>
          [one.textContent, one.getAttribute('href'), one.dataset.basis ?? null])"""
    )
    assert all(href == f"#note-{number}" for number, href, _ in cites)
    numbers = page.evaluate(
        """[...document.querySelectorAll('.gathered > .notes li[value]')]
          .map((one) => one.value).sort((a, b) => a - b)"""
    )
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(number) for number, _, _ in cites} == set(numbers)
    claims = {(basis, number) for number, _, basis in cites if basis}
    assert len(claims) > 3
    assert len(claims) == len({basis for basis, _ in claims})  # a claim of both has one note


def test_my_briefing_is_ordered_and_emptied_by_keyboard(page: Page, site: Site) -> None:
    collect(page, site, KAZAKHSTAN, TOKAYEV)
    page.goto(site.address + "my-briefing/")
    page.get_by_role("button", name="Move Kassym-Jomart Tokayev up").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".basket__list a").first).to_have_text("Kassym-Jomart Tokayev")
    expect(page.locator(".gathered__contents a").first).to_have_text("Kassym-Jomart Tokayev")
    page.get_by_role("button", name="Remove Kazakhstan").click()
    expect(page.locator(".basket__list > li")).to_have_count(1)
    page.reload()
    expect(page.locator(".basket__list > li")).to_have_count(1)
    page.get_by_role("button", name="Empty the list").click()
    expect(page.locator("[data-basket]")).to_contain_text("Nothing has been collected yet")


def test_a_page_that_has_gone_is_said(page: Page, site: Site) -> None:
    collect(page, site, KAZAKHSTAN)
    kept = json.dumps(
        [
            {"path": "countries/atlantis/", "title": "Atlantis"},
            {"path": KAZAKHSTAN, "title": "Kazakhstan"},
        ]
    )
    page.evaluate("kept => localStorage.setItem('briefing-pages', kept)", kept)
    page.goto(site.address + "my-briefing/")
    expect(page.locator(".gathered")).to_contain_text("left out: Atlantis")
    expect(page.locator(".gathered__contents a")).to_have_count(1)


def test_what_is_kept_may_be_damaged(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    page.evaluate("localStorage.setItem('briefing-pages', '{')")
    page.goto(site.address + "my-briefing/")
    expect(page.locator("[data-basket]")).to_contain_text("Nothing has been collected yet")
    collect(page, site, KAZAKHSTAN)
    page.goto(site.address + "my-briefing/")
    expect(page.locator(".basket__list > li")).to_have_count(1)


def test_a_page_or_a_claim_can_be_cited(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN + "#relations-with-israel")
    page.get_by_role("button", name="Cite this page").click()
    edition = json.loads((site.folder / "edition.json").read_text(encoding="utf-8"))["edition"]
    output = page.get_by_label("Citation")
    words = f"“Kazakhstan has had diplomatic relations with Israel since 1992.” In: Kazakhstan. Kazakhstan and the Abraham Accords. Edition {edition}"
    expect(output).to_have_value(re.compile("^" + re.escape(words)))  # the edition comes later
    assert f"{KAZAKHSTAN}#relations-with-israel" in output.input_value()
    page.get_by_label("Form").select_option("CSL-JSON")
    [item] = json.loads(output.input_value())
    assert (item["type"], item["edition"]) == ("webpage", edition)
    page.get_by_label("Form").select_option("RIS")
    assert all(line[2:6] == "  - " for line in output.input_value().split("\n"))
    page.get_by_label("What to cite").select_option("")
    page.get_by_label("Form").select_option("BibTeX")
    assert output.input_value().startswith("@misc{kazakhstan-")
    assert "title = {{Kazakhstan}}," in output.input_value()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Cite this page")).to_be_focused()


def test_a_briefing_is_cited_with_its_authors(page: Page, site: Site) -> None:
    page.goto(site.address + "briefings/tokayev-profile/")
    authors = page.locator(".paper__byline").inner_text().partition(" · ")[0]
    page.get_by_role("button", name="Cite this page").click()
    output = page.get_by_label("Citation")
    expect(output).to_have_value(re.compile("^" + re.escape(f"{authors}. “")))
    page.get_by_label("Form").select_option("CSL-JSON")
    [item] = json.loads(output.input_value())
    assert item["author"] == [{"literal": authors}]
    assert item["id"].startswith("tokayev-profile")
    page.get_by_label("Form").select_option("RIS")
    assert f"AU  - {authors}\n" in output.input_value()
    page.get_by_label("Form").select_option("BibTeX")
    assert f"author = {{{{{authors}}}}}," in output.input_value()


def test_marks_of_direction_are_not_cited(page: Page, site: Site) -> None:
    path = "briefings/tokayev-profile/"
    html = (site.folder / path / "index.html").read_text(encoding="utf-8")
    before, after = re.split(r"(?<=data-generated>)[^<·]+(?= · As of)", html, maxsplit=1)
    page.route(
        f"**/{path}",
        lambda route: route.fulfill(
            body=f"{before}הארץ\u200e, الخليج\u200e{after}", content_type="text/html"
        ),
    )
    page.goto(site.address + path)
    page.get_by_role("button", name="Cite this page").click()
    page.get_by_label("Form").select_option("CSL-JSON")
    [item] = json.loads(page.get_by_label("Citation").input_value())
    assert item["author"] == [{"literal": "הארץ, الخليج"}]


def test_what_is_not_found_has_menu_and_search_at_any_depth(page: Page, site: Site) -> None:
    """A host answers a missing address with 404.html, whose links begin at the site's root."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    html = (site.folder / "404.html").read_text(encoding="utf-8")
    page.route(
        "**/no/such/page/",
        lambda route: route.fulfill(status=404, body=html, content_type="text/html"),
    )
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site.address + "no/such/page/")
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("navigation", name="Sections")).to_be_visible()
    page.get_by_role("button", name="Search", exact=True).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults == []


def test_what_is_not_found_leads_to_the_search(page: Page, site: Site) -> None:
    html = (site.folder / "404.html").read_text(encoding="utf-8")
    assert "Page not found" in html
    page.goto(site.address + "404.html")
    page.get_by_role("searchbox").fill("breakfast")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search/?q=breakfast")
    assert len(results(page)) > 3
