"""Pages go into shells that have been proven, and else through the template one by one."""

import html
from collections.abc import Callable

import pytest

from generator.diagnostics import Sink
from generator.model.stage import Page
from generator.publish.press import NoShell, Press, doubt_words
from generator.publish.shell import hole_values, page_file, page_name


def page(name: str, title: str = "", layout: str = "lakes") -> Page:
    return Page(f"{layout}/{name}/", layout, title or name, "words", f"<p>{name}</p>")


PAGES = [page("blue"), page("red", "Red & <Green>"), page("hill", layout="hills")]


class Theme:
    """A template that counts how often it is used."""

    def __init__(self, words: Callable[[Page], str]) -> None:
        self.words = words
        self.used: list[str] = []

    def __call__(self, one: Page) -> str:
        self.used.append(page_name(one.path))
        return self.words(one)


def plain(one: Page) -> str:
    values = hole_values(one)
    return (
        f'<title>{values["title"]}</title><meta content="{values["description"]}">\n'
        f"{one.layout}\n{values['body']}"
    )


def press(theme: Theme, pages: list[Page]) -> tuple[dict[str, str], Sink, list[str]]:
    machine = Press(theme, theme="theme/main.html")
    made = {page_file(one.path): html for one in pages if (html := machine.press(one)) is not None}
    return made, machine.sink, [doubt_words(*doubt) for doubt in machine.doubts.items()]


def test_each_page_is_what_the_template_makes_of_it() -> None:
    made, sink, warnings = press(Theme(plain), PAGES)
    assert made == {f"{one.path}index.html": plain(one) for one in PAGES}
    assert not sink.findings
    assert not warnings


def test_the_template_is_used_thrice_a_layout_however_many_pages() -> None:
    theme = Theme(plain)
    made, _, _ = press(theme, [page(f"lake-{number}") for number in range(50)])
    assert len(made) == 50
    assert len(theme.used) == 3


def test_a_template_that_depends_on_the_page_is_used_for_every_page_of_its_layout() -> None:
    def odd(one: Page) -> str:
        return plain(one) + (f"<i>{len(one.html)}</i>" if one.layout == "lakes" else "")

    made, sink, warnings = press(Theme(odd), PAGES)
    assert made == {f"{one.path}index.html": odd(one) for one in PAGES}
    assert not sink.findings
    assert len(warnings) == 1
    assert "`lakes`" in warnings[0]
    assert "line 3" in warnings[0]


def test_a_template_that_escapes_twice_is_found_out_even_if_no_page_shows_it() -> None:
    def twice(one: Page) -> str:
        return plain(one) + html.escape(hole_values(one)["title"])

    tame = [page("blue"), page("green")]
    made, _, warnings = press(Theme(twice), tame)
    assert made == {f"{one.path}index.html": twice(one) for one in tame}
    assert "special characters" in warnings[0]


def test_a_missing_hole_is_reported_and_the_layout_left_out() -> None:
    def mute(one: Page) -> str:
        return plain(one) if one.layout == "hills" else one.html

    made, sink, _ = press(Theme(mute), PAGES)
    assert list(made) == ["hills/hill/index.html"]
    assert [(finding.code, finding.path) for finding in sink] == [("R502", "theme/main.html")] * 2
    assert "place for the title of `lakes` pages" in sink.findings[0].message


def test_pages_in_other_folders_of_one_layout_get_shells_of_their_own() -> None:
    def deep(one: Page) -> str:
        return plain(one) + "../" * one.path.count("/")

    pages = [page("a"), Page("lakes/far/b/", "lakes", "b", "", "<p>b</p>")]
    made, _, warnings = press(Theme(deep), pages)
    assert made == {f"{one.path}index.html": deep(one) for one in pages}
    assert not warnings


def test_known_shells_need_no_template() -> None:
    machine = Press(Theme(plain))
    made = [machine.press(one) for one in PAGES]
    known = {layout: shell for layout, shell in machine.shells.items() if shell}
    again = Press(None, shells=known)
    assert [again.press(one) for one in PAGES] == made


def test_a_layout_that_nobody_knows_is_not_guessed() -> None:
    with pytest.raises(NoShell):
        Press(None).press(PAGES[0])
