"""Names of other countries than those of this site: long words, and other scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from .conftest import Site

KAZAKHSTAN = "countries/kazakhstan/"
ARABIC = "\u062c\u0645\u0647\u0648\u0631\u064a\u0629 \u0644\u0648\u0646"


def test_a_word_that_is_wider_than_the_screen_is_broken(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site.address + KAZAKHSTAN)
    beyond = page.evaluate(
        """() => [".crumbs [aria-current]", "h1", ".site__name a", ".claim__text", ".names__name"].filter((name) => {
          const node = document.querySelector(name);
          if (!node) return false;
          node.textContent = "Wasserstrassen".repeat(9);
          const range = document.createRange();
          range.selectNodeContents(node);
          return range.getBoundingClientRect().right > innerWidth;
        })"""
    )
    assert beyond == []


def test_the_caption_of_a_table_is_as_wide_as_the_page(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(site.address + "agreements/abraham-accords/")
    box = page.locator(".parties caption").bounding_box()
    assert box
    assert box["width"] > 250


@pytest.mark.parametrize("behind", [".", ", 2026"])
def test_a_name_from_right_to_left_moves_nothing_beside_it(
    page: Page, site: Site, behind: str
) -> None:
    """A full stop and the number of a note follow a name; on the left of it they would precede it."""
    page.goto(site.address + KAZAKHSTAN)
    order = page.evaluate(
        """([name, behind]) => {
          const text = document.querySelector("#relations-with-israel .claim__text");
          const cites = text.querySelector(".cites");
          text.replaceChildren(document.createElement("a"), behind, cites);
          text.firstChild.href = "#";
          text.firstChild.textContent = name;
          const range = document.createRange();
          range.selectNode(text.childNodes[1]);
          return [text.firstChild, range, cites].map((one) => one.getBoundingClientRect().left);
        }""",
        [ARABIC, behind],
    )
    assert order == sorted(order)


def test_a_date_stands_behind_a_publisher_from_right_to_left(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    places = page.locator(".notes .note__by:has(time)").first.evaluate(
        """(node, name) => {
          node.firstChild.textContent = `${name}, `;
          const range = document.createRange();
          range.setStart(node.firstChild, 0);
          range.setEnd(node.firstChild, name.length);
          return [range.getBoundingClientRect().right, node.querySelector("time").getBoundingClientRect().left];
        }""",
        ARABIC,
    )
    assert places[0] <= places[1]


def test_a_heading_from_right_to_left_stands_where_others_do(page: Page, site: Site) -> None:
    page.goto(site.address + KAZAKHSTAN)
    heading = page.locator("h1")
    left = "h => { const r = document.createRange(); r.selectNodeContents(h); return r.getBoundingClientRect().left; }"
    before = heading.evaluate(left)
    heading.evaluate("(h, name) => { h.textContent = `${name}!`; }", ARABIC)
    assert abs(heading.evaluate(left) - before) < 3
