"""Ctrl-P: what comes out of the printer."""

from __future__ import annotations

import io
import json
import re

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from .conftest import Site

A4 = (595, 842)  # points
LETTER = (612, 792)


def printed(page: Page, site: Site, address: str, paper: str = "A4") -> PdfReader:
    page.goto(site.address + address)
    return PdfReader(io.BytesIO(page.pdf(format=paper, prefer_css_page_size=True)))


def words_of(reader: PdfReader) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())


@pytest.mark.parametrize(("paper", "size"), [("A4", A4), ("Letter", LETTER)])
def test_paper_size_page_numbers_and_edition(
    page: Page, site: Site, paper: str, size: tuple[int, int]
) -> None:
    reader = printed(page, site, "countries/kazakhstan/", paper)
    edition = json.loads((site.folder / "edition.json").read_text(encoding="utf-8"))["edition"]
    total = len(reader.pages)
    for number, sheet in enumerate(reader.pages, 1):
        assert abs(float(sheet.mediabox.width) - size[0]) < 2
        assert abs(float(sheet.mediabox.height) - size[1]) < 2
        text = " ".join(sheet.extract_text().split())
        assert f"{number} / {total}" in text
        assert f"Edition {edition}" in text


def test_notes_stand_at_the_end_with_their_addresses(page: Page, site: Site) -> None:
    text = words_of(printed(page, site, "countries/kazakhstan/"))
    head, _, notes = text.partition("Notes and sources")
    assert "relations with Israel since 1992" in head
    assert "indiatvnews.com/news/world/" in notes.replace(" ", "")
    assert "No public address known." in notes


def test_navigation_stays_on_the_screen(page: Page, site: Site) -> None:
    page.goto(site.address + "countries/kazakhstan/")
    page.emulate_media(media="print")
    for selector in (".site", ".site-foot", ".crumbs", ".permalink"):
        assert page.locator(selector).first.is_visible() is False, selector


def test_what_is_folded_on_screen_is_open_on_paper(page: Page, site: Site) -> None:
    page.goto(site.address + "people/donald-trump/")
    reason = page.locator(".folded .claim__more").first
    assert reason.is_visible() is False
    text = words_of(printed(page, site, "people/donald-trump/"))
    assert "Why it no longer stands:" in text


def test_black_on_white_from_the_dark_scheme(page: Page, site: Site) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site.address + "countries/kazakhstan/")
    style = "getComputedStyle(document.querySelector('{}')).{}"
    assert page.evaluate(style.format(".claim__text", "color")) == "rgb(0, 0, 0)"
    assert page.evaluate(style.format("body", "backgroundColor")) == "rgb(255, 255, 255)"


@pytest.mark.parametrize("address", ["countries/kazakhstan/", "briefings/tokayev-profile/"])
def test_the_ready_pdf_is_named_with_its_address(page: Page, site: Site, address: str) -> None:
    text = words_of(printed(page, site, address)).replace(" ", "")
    name = address.strip("/").rpartition("/")[2]
    assert f"({site.address}pdf/" in text
    assert f"{name}.pdf)" in text
    assert page.locator(".head__papers .on-paper").is_visible() is False  # the screen has the link


def test_the_running_head_is_the_title_alone(page: Page, site: Site) -> None:
    for address in ("", "countries/kazakhstan/", "my-briefing/"):
        assert "¶" not in words_of(printed(page, site, address)), address


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_quoted_words_stand_with_what_they_support(page: Page, site: Site, paper: str) -> None:
    left = []
    for address in (one for one in site.pages if one.startswith("sources/") and one != "sources/"):
        for number, sheet in enumerate(printed(page, site, address, paper).pages, 1):
            lines = [line.strip() for line in sheet.extract_text().splitlines() if line.strip()]
            text = [line for line in lines if not re.match(r"\d+ / \d+$|.*Edition \w+", line)]
            if re.match(r"Paragraph \d+, sentence \d+$", text[-1]):
                left.append((address, number))
    assert left == []


def test_a_text_that_is_folded_leaves_no_empty_section(page: Page, site: Site) -> None:
    """On paper nobody can unfold it; one that was unfolded is printed."""
    page.goto(site.address + "countries/kazakhstan/")
    page.evaluate(
        """document.querySelector(".briefing").insertAdjacentHTML("beforeend",
          '<section class="fulltext"><details><summary>Show the text</summary><ol></ol></details></section>')"""
    )
    page.emulate_media(media="print")
    section = page.locator(".fulltext")
    assert section.is_visible() is False
    section.locator("details").evaluate("details => { details.open = true; }")
    assert section.evaluate("section => getComputedStyle(section).display") == "block"
    assert section.locator("summary").is_visible() is False
