import pytest

from generator.diagnostics import Sink
from generator.textfile import TextFile
from generator.yamlio import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    Listing,
    Mapping,
    Scalar,
    find,
    is_absent,
    key_span,
    parse_yaml,
    plain,
)


def read(text: str) -> Mapping:
    sink = Sink()
    node = parse_yaml(TextFile("a.yml", text), sink)
    assert list(sink) == []
    assert node is not None
    return node


def scalar(text: str, key: str = "a") -> Scalar:
    node = read(text).get(key)
    assert isinstance(node, Scalar)
    return node


def codes(text: str) -> list[str]:
    sink = Sink()
    parse_yaml(TextFile("a.yml", text), sink)
    return [finding.code for finding in sink.sorted()]


@pytest.mark.parametrize(
    "value",
    [
        "NO",
        "yes",
        "On",
        "nil",
        "0777",
        "0x1F",
        "1e3",
        "1_000",
        ".inf",
        "12:30:45",
        "2025-11-06",
    ],
)
def test_every_scalar_stays_text(value: str) -> None:
    assert plain(read(f"a: {value}\n{value}: b\n")) == {"a": value, value: "b"}


@pytest.mark.parametrize("value", ["~", "null", "Null", "NULL"])
def test_what_others_take_for_nothing_stays_text_and_is_reported(value: str) -> None:
    sink = Sink()
    node = parse_yaml(TextFile("a.yml", f"a: {value}\nb: '{value}'\n"), sink)
    assert node is not None
    assert plain(node) == {"a": value, "b": value}
    assert [(f.code, f.span.start if f.span else None) for f in sink.sorted()] == [("L123", 3)]


def test_a_tree_of_plain_values() -> None:
    text = "a: {b: [c, d], e: }\nf:\n  - g: h\n  -\n"
    assert plain(read(text)) == {"a": {"b": ["c", "d"], "e": None}, "f": [{"g": "h"}, None]}


def test_an_empty_quoted_text_is_not_absent() -> None:
    assert is_absent(scalar("a:\n"))
    assert not is_absent(scalar('a: ""\n'))
    assert is_absent(None)
    assert plain(read('a: ""\n')) == {"a": ""}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a: plain words # comment\n", "plain words"),
        ("a: 'it''s'\n", "'it''s'"),
        ('a: "x\\ny"\n', '"x\\ny"'),
        ("a: |\n  one\n  two\n\nb: c\n", "|\n  one\n  two"),
        ("a: >-\n  one\n  two\n", ">-\n  one\n  two"),
        ("a: one\n  two\n", "one\n  two"),
        ("a: 𝒳é ש\n", "𝒳é ש"),
    ],
)
def test_spans_of_scalars(text: str, shown: str) -> None:
    assert scalar(text).span.text == shown


def test_spans_of_mappings_and_lists() -> None:
    node = read("a:\n  b: c\n  d: e\n\nf: [g, h]\n")
    inner, listing = node.get("a"), node.get("f")
    assert inner is not None
    assert inner.span.text == "b: c\n  d: e"
    assert isinstance(listing, Listing)
    assert listing.span.text == "[g, h]"
    assert [item.span.text for item in listing.items] == ["g", "h"]


@pytest.mark.parametrize(
    ("text", "part", "shown"),
    [
        ("a: one two\n", "two", "two"),
        ("a: 'one two'\n", "two", "two"),
        ('a: "one two"\n', "one", "one"),
        ("a: |\n  one\n    two three\n", "three", "three"),
        ("a: |2-\n    one\n  two\n", "one", "one"),
        ("a: |\r\n  one\r\n  two three\r\n", "three", "three"),
        ("a: |\n\n\n  one\n\n  two\n", "two", "two"),
        # Where the characters do not map one to one, the whole scalar.
        ("a: 'it''s two'\n", "two", "'it''s two'"),
        ('a: "\\x61 two"\n', "two", '"\\x61 two"'),
        ("a: >\n  one\n  two\n", "two", ">\n  one\n  two"),
        ("a: one\n  two\n", "two", "one\n  two"),
    ],
)
def test_a_part_of_a_scalar(text: str, part: str, shown: str) -> None:
    node = scalar(text)
    start = node.text.index(part)
    assert node.part(start, start + len(part)).text == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a: one  two   three\n", "three"),
        ("a: '  one two three'\n", "three"),
        ("a: |\n  one\n  two  three\n", "three"),
        ("a: >\n  one\n  two three\n", ">\n  one\n  two three"),
    ],
)
def test_a_part_of_a_text_with_its_white_space_collapsed(text: str, shown: str) -> None:
    node = scalar(text)
    collapsed = " ".join(node.text.split())
    assert collapsed == "one two three"
    assert node.collapsed_part(8, 13).text == shown


def test_a_collapsed_part_that_is_no_part_is_the_whole() -> None:
    node = scalar("a: one\n")
    assert node.collapsed_part(0, 99) == node.span
    assert node.collapsed_part(2, 2) == node.span


def test_find_gives_the_narrowest_place() -> None:
    node = read("a:\n  b: [c, d]\n  e:\n")
    assert find(node, ("a", "b", 1))[1].text == "d"
    assert find(node, ("a", "b", "text", 1))[1].text == "d"
    assert find(node, ("a", "e"))[1].text == "e"
    assert find(node, ())[1].text == "a"
    assert find(node, ("nothing",))[0] is node
    assert find(node, ("a", "b", 9))[1].text == "[c, d]"


def test_key_span_gives_keys() -> None:
    node = read("a:\n  b: [c, d]\n")
    assert key_span(node, ("a", "b")).text == "b"
    assert key_span(node, ("a", "b", 1)).text == "d"
    assert key_span(node, ("a", "x")).text == "a"


def test_keys_and_values() -> None:
    node = read("a: b\n")
    key = node.key("a")
    assert key is not None
    assert key.span.text == "a"
    assert node.key("b") is None
    assert node.get("b") is None


def test_a_duplicate_key_keeps_the_first_and_names_it() -> None:
    sink = Sink()
    node = parse_yaml(TextFile("a.yml", "a: b\nc: d\na: e\n"), sink)
    assert node is not None
    assert plain(node) == {"a": "b", "c": "d"}
    (finding,) = sink
    assert finding.span is not None
    assert finding.span.start == 10
    ((first, label),) = finding.related
    assert (first.start, label) == (0, "first here")


def test_several_findings_of_one_file() -> None:
    assert codes("a: b\u200b\na: c\u202e\n") == ["L112", "L108", "L112"]


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\ufffe"])
def test_control_characters_end_the_reading(char: str) -> None:
    assert codes(f"a: b{char}\n") == ["L102"]


@pytest.mark.parametrize("char", ["\u200c", "\u200d", "\u00a0", "\t"])
def test_characters_that_are_let_be(char: str) -> None:
    assert codes(f"a: 'b{char}c'\n") == []


def test_sizes_are_bounded() -> None:
    assert codes("a: b\n" + "#" * MAX_CHARACTERS) == ["L111"]
    assert codes("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert codes("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == ["L111"]
    assert codes("a: " + "[" * 100_000) == ["L111"]


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    assert codes("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n") == ["L106"]


def test_a_text_of_characters_that_only_look_blank_has_its_own_span() -> None:
    node = read("a: |-\n  \xa0\n").get("a")
    assert isinstance(node, Scalar)
    assert node.span.text == "|-\n  \xa0"
    assert node.part(0, 1).text == "\xa0"
