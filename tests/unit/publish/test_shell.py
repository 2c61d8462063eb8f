"""Shells are cut at their markers and filled with escaped words."""

import html as stdlib_html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.stage import Page
from generator.publish.shell import (
    MARKERS,
    Shell,
    ShellFault,
    hole_values,
    marker_page,
    page_file,
    page_name,
    page_place,
)

THEME = (
    "<head><title>{title} - S</title><meta content='{description}'>"
    "<link href='https://e.org/l/{address}/'></head><body><h1>{title}</h1>{body}</body>"
)


def page(
    path: str = "lakes/blue/",
    title: str = "Blue",
    description: str = "A lake",
    html: str = "<p>x</p>",
) -> Page:
    return Page(path, "lakes", title, description, html)


def test_a_filled_shell_is_the_template_with_the_pages_words() -> None:
    filled = Shell.cut(THEME.format(**MARKERS)).fill(page())
    expected = THEME.format(title="Blue", description="A lake", address="blue", body="<p>x</p>")
    assert filled == expected


def test_text_is_escaped_and_the_body_is_not() -> None:
    filled = Shell.cut(THEME.format(**MARKERS)).fill(
        page(title="<b>\"A\" & 'B'", description="'><script>", html="<b>&amp;</b>")
    )
    assert "<title>&lt;b&gt;&quot;A&quot; &amp; &#x27;B&#x27; - S</title>" in filled
    assert "<meta content='&#x27;&gt;&lt;script&gt;'>" in filled
    assert "<b>&amp;</b></body>" in filled


def test_a_page_without_description_is_described_by_its_title() -> None:
    assert hole_values(page(description=""))["description"] == "Blue"


def test_the_address_is_quoted() -> None:
    assert hole_values(page("lakes/grün see/"))["address"] == "gr%C3%BCn%20see"


@pytest.mark.parametrize("missing", ["title", "description", "body"])
def test_a_missing_hole_is_named(missing: str) -> None:
    text = THEME.format(**{**MARKERS, missing: "constant"})
    with pytest.raises(ShellFault) as caught:
        Shell.cut(text)
    assert caught.value.missing == (missing,)


def test_the_address_is_asked_for_only_where_it_is_required() -> None:
    text = THEME.format(**{**MARKERS, "address": "constant"})
    assert "address" not in Shell.cut(text).holes
    with pytest.raises(ShellFault):
        Shell.cut(text, required=("address",))


@pytest.mark.parametrize(
    ("path", "file", "name", "moved"),
    [
        ("lakes/blue/", "lakes/blue/index.html", "blue", "lakes/red/"),
        ("lakes/blue.html", "lakes/blue.html", "blue", "lakes/red.html"),
        ("blue/", "blue/index.html", "blue", "red/"),
        ("a/b/c/", "a/b/c/index.html", "c", "a/b/red/"),
    ],
)
def test_addresses_and_files(path: str, file: str, name: str, moved: str) -> None:
    assert page_file(path) == file
    assert page_name(path) == name
    assert page_place(path, "red") == moved


def test_the_page_of_markers_keeps_layout_and_depth() -> None:
    marked = marker_page(page())
    assert marked.path == f"lakes/{MARKERS['address']}/"
    assert marked.layout == "lakes"
    assert hole_values(marked) == MARKERS


@given(
    order=st.lists(st.sampled_from(sorted(MARKERS)), min_size=1, max_size=12),
    between=st.lists(st.text(max_size=8), min_size=13, max_size=13),
    title=st.text(max_size=12),
    body=st.text(max_size=12),
)
def test_every_hole_is_filled_and_nothing_else_changes(
    order: list[str], between: list[str], title: str, body: str
) -> None:
    text = between[0] + "".join(
        MARKERS[name] + part for name, part in zip(order, between[1:], strict=False)
    )
    values = {
        "title": stdlib_html.escape(title),
        "description": "d",
        "address": "blue",
        "body": body,
    }
    expected = between[0] + "".join(
        values[name] + part for name, part in zip(order, between[1:], strict=False)
    )
    assert (
        Shell.cut(text, required=()).fill(page(title=title, description="d", html=body)) == expected
    )
