"""Places: what a finding shows bears the very attribute or text, or nothing is shown."""

from __future__ import annotations

from pathlib import Path

from generator.audit.page import Mark
from generator.audit.place import Places
from generator.textfile import Span
from tests.unit.audit.built_site import BuiltSite


def places(root: Path, text: str) -> Places:
    built = BuiltSite(root)
    built.write("a.html", text)
    return Places(built.site, built.settings)


def shown(found: Span | str) -> tuple[int, str] | str:
    return found if isinstance(found, str) else (found.start, found.text)


def test_attribute_among_equals(tmp_path: Path) -> None:
    text = '<!-- <a href="x"> --><script>"<a href=\'x\'>"</script><a href="x">1</a><a href=x>2</a>'
    found = places(tmp_path, text)
    assert shown(found.at("a.html", Mark(0, "href", "x"))) == (text.index('"x">1') + 1, "x")
    assert shown(found.at("a.html", Mark(1, "href", "x"))) == (text.index("=x>2") + 1, "x")


def test_attribute_with_references(tmp_path: Path) -> None:
    found = places(tmp_path, "<a HREF='a?b&amp;c'>1</a>")
    assert shown(found.at("a.html", Mark(0, "href", "a?b&c"))) == (9, "a?b&amp;c")


def test_attribute_found_elsewhere_only_if_it_is_the_only_one(tmp_path: Path) -> None:
    found = places(tmp_path, '<a href="x"></a><a href="y"></a><a href="y"></a>')
    assert shown(found.at("a.html", Mark(2, "href", "x"))) == (9, "x")
    assert shown(found.at("a.html", Mark(0, "href", "y"))) == "site/a.html"
    assert shown(found.at("a.html", Mark(0, "href", "z"))) == "site/a.html"


def test_text_after_its_element(tmp_path: Path) -> None:
    text = "<p>one 5</p>\r\n<p id=a>two\r\n 5</p><p>one 5</p>"
    found = places(tmp_path, text)
    assert shown(found.at("a.html", Mark(-1, "", "one 5", "5"))) == (7, "5")
    assert shown(found.at("a.html", Mark(0, "", "one 5", "5"))) == (text.rindex("5"), "5")
    assert shown(found.at("a.html", Mark(0, "", "two\n 5", "5"))) == (text.index("5</p><p>"), "5")


def test_text_that_stands_twice_is_not_guessed(tmp_path: Path) -> None:
    found = places(tmp_path, "<p>one</p><p>one</p>")
    assert shown(found.at("a.html", Mark(-1, "", "one"))) == "site/a.html"


def test_page_that_is_gone(tmp_path: Path) -> None:
    found = places(tmp_path, "")
    assert found.at("b.html", Mark(0, "id", "x")) == "site/b.html"
