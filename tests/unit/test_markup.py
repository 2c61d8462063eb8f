import pytest

from generator.markup import Link, links_of, parse_markup, visible


def test_a_text_without_links() -> None:
    assert parse_markup("plain [words] here") == (("plain [words] here",), ())
    assert parse_markup("") == ((), ())


def test_the_three_forms() -> None:
    text = "[[a]], [[b-c|some words]] and [[d#e]]."
    segments, faults = parse_markup(text)
    assert faults == ()
    assert segments == (
        Link("a", None, None, 0, 5),
        ", ",
        Link("b-c", None, "some words", 7, 25),
        " and ",
        Link("d", "e", None, 30, 37),
        ".",
    )
    assert text[7:25] == "[[b-c|some words]]"


def test_spaces_around_ids_and_labels_do_not_count() -> None:
    (link,) = links_of("[[ a | the words ]]")
    assert (link.entity, link.label) == ("a", "the words")


@pytest.mark.parametrize(
    ("text", "reason", "marked"),
    [
        ("see [[a", "a link is not closed", "[["),
        ("see a]] b", "`]]` closes no link", "]]"),
        ("see [[A b]] c", "`A b` is not the id of a page", "[[A b]]"),
        ("see [[]]", "`` is not the id of a page", "[[]]"),
        ("see [[a|]]", "a link has an empty label", "[[a|]]"),
        ("see [[a|  ]]", "a link has an empty label", "[[a|  ]]"),
        ("see [[a#]]", "`a#` is not the id of a page", "[[a#]]"),
        ("see [[../x]]", "`../x` is not the id of a page", "[[../x]]"),
        ("see [[javascript:x]]", "`javascript:x` is not the id of a page", "[[javascript:x]]"),
    ],
)
def test_faults(text: str, reason: str, marked: str) -> None:
    segments, (fault,) = parse_markup(text)
    assert fault.reason == reason
    assert text[fault.start : fault.end] == marked
    assert "".join(part for part in segments if isinstance(part, str)) == text


def test_a_second_opening_leaves_the_first_unclosed() -> None:
    segments, faults = parse_markup("[[a [[b]]")
    assert [fault.start for fault in faults] == [0]
    assert links_of("[[a [[b]]") == (Link("b", None, None, 4, 9),)
    assert segments[0] == "[[a "


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a [[strike-2018]] b", "a                 b"),
        ("a [[strike-2018|the 2 strikes]] b", "a               the 2 strikes   b"),
        ("a [[b#c-3| 4 ]].", "a          4   ."),
    ],
)
def test_visible_blanks_out_markup_in_place(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert len(visible(text)) == len(text)
