"""Styles that the quick reader knows, and what it leaves to the careful one."""

from typing import Any

import pytest

from generator import plainyaml, yamlio
from generator.diagnostics import Sink
from generator.plainyaml import MAX_CHARACTERS, read_plain
from generator.textfile import TextFile
from generator.yamlio import parse_yaml, plain

READ: list[tuple[str, dict[str, Any]]] = [
    ("a: b", {"a": "b"}),
    ("a: b\n", {"a": "b"}),
    ("  a: b\n  c: d\n", {"a": "b", "c": "d"}),
    ("a: two words\r\nb: c\r\n", {"a": "two words", "b": "c"}),
    ("a:  b  \n", {"a": "b"}),
    ("a:\nb: \nc:   \nd: # e\n", {"a": None, "b": None, "c": None, "d": None}),
    ("a: b # c\n", {"a": "b"}),
    ("a: b#c\nd: e:f\n", {"a": "b#c", "d": "e:f"}),
    ("a: -5\nb: --c\n", {"a": "-5", "b": "--c"}),
    ("a: 2020-01-01\nb: yes\nc: 010\n", {"a": "2020-01-01", "b": "yes", "c": "010"}),
    ("# c: d\n\na: b\n  \n  # e\nf: g\n", {"a": "b", "f": "g"}),
    ("a: “b”\nc: ש字𝒳\n", {"a": "“b”", "c": "ש字𝒳"}),
    ("a: 'b'\nc: 'it''s: d'\ne: ''\n", {"a": "b", "c": "it's: d", "e": ""}),
    ("a: 'b' # c\nd: ' e '\n", {"a": "b", "d": " e "}),
    ('a: "b: # c"\nd: ""\n', {"a": "b: # c", "d": ""}),
    ('a: "\\"b\\" \\\\x41"\n', {"a": '"b" \\x41'}),
    ("a:\n  b:\n     c: d\n  e: f\ng: h\n", {"a": {"b": {"c": "d"}, "e": "f"}, "g": "h"}),
    ("a: [b, c d, 'e, f', \"g\"]\n", {"a": ["b", "c d", "e, f", "g"]}),
    ("a: []\nb: [ c#d ] # e\nf: {}\n", {"a": [], "b": ["c#d"], "f": {}}),
    (
        "a: {b: c d, e: \"f: g\", h: [i, j], k: 'l'} # m\n",
        {"a": {"b": "c d", "e": "f: g", "h": ["i", "j"], "k": "l"}},
    ),
    ("a:\n  - b\n  - 'c: d'\n  - [e, f]\n", {"a": ["b", "c: d", ["e", "f"]]}),
    ("a:\n- b\n- c\nd: e\n", {"a": ["b", "c"], "d": "e"}),
    (
        "a:\n  b:\n  - c: d\n    e:\n      - f\n  -   g: h\n      i: j\n  - k\nl: m\n",
        {"a": {"b": [{"c": "d", "e": ["f"]}, {"g": "h", "i": "j"}, "k"]}, "l": "m"},
    ),
    ("a:\n  - b:\n      c: d\n  - e:\n", {"a": [{"b": {"c": "d"}}, {"e": None}]}),
    ("a: |\n  b\n    c\n\n  d\n\ne: f\n", {"a": "b\n  c\n\nd\n", "e": "f"}),
    ("a: |-\n  b: c\n  # d\n", {"a": "b: c\n# d"}),
    ("a: >\n  b\n  c\n\n\n  d\ne: f\n", {"a": "b c\n\nd\n", "e": "f"}),
    ("a: >- # b\n    c  \n    d\n", {"a": "c   d"}),
    ("a: |-\n  b", {"a": "b"}),
    ("a:\n  - |\n    b\n  - >-\n   c\n   d\n", {"a": ["b\n", "c d"]}),
    ("a: b\n  c\n d\ne: f\n", {"a": "b c d", "e": "f"}),
    ("a:\n  b c\nd:\n  'e: f'\n", {"a": "b c", "d": "e: f"}),
]

# What makes a finding, and what is merely too rare to be read twice.
LEFT = [
    "", "\n", "# a\n", "a", "- a\n", "'a'\n", "[a, b]\n", "{a: b}\n", "---\na: b\n", "a: b\n...\n",
    "a: b\n---\nc: d\n", "%YAML 1.2\n", "a: b\na: c\n", "a: {b: c, b: d}\n", "a:\tb\n", "\ta: b\n",
    "a: b\t\n", "a: b\rc: d\n", "a: ~\n", "a: null\n", "a: [NULL]\n", "a: {b: ~}\n", "null: a\n",
    "a:\n  - Null\n", "a: *b\n", "a: &b c\n", "a: !b c\n", "a: @b\n", "a: `b\n", "a: %b\n", "a: ?b\n",
    "a: b: c\n", "a: b:\n", "a: - b\n", "a: -\n", "a:\n  -\n  - b\n", "a:\n  - - b\n", "a:\n- b\n -c\n",
    "a: 'b\n", "a: 'b'c\n", "a: 'b'#c\n", 'a: "b\n', 'a: "\\n"\n', 'a: "\\x00"\n', 'a: "b" c\n',
    "a: 'b\n  c'\n", "a: [b, c\n", "a: [b,\n  c]\n", "a: [b,]\n", "a: [b: c]\n", "a: [b] c\n",
    "a: {b}\n", "a: {b: {c: d}}\n", "a: [[b]]\n", "a: [[b]] c\n", "a: {b: }\n", "a: b\n c: d\n",
    "a:\n  b: c\n d: e\n", "a: b\n  - c\n", "a: b # c\n  d\n", "a: b\n\n  c\n", "a: 'b'\n  c\n",
    "a: |\n", "a: |\n\n  b\n", "a: |+\n  b\n", "a: |2\n  b\n", "a: >\n  b\n    c\n", "a: |\n  b",
    "a: |\n  b\n     \n", "a: |x\n  b\n", "'a': b\n", "a b: c\n", "é: a\n", "<<: a\n", "? a\n: b\n",
    "a : b\n", "\ufeffa: b\n", "a: b\u200bc\n", "a: b\u2028c\n", "a: \x1b\n", "\u00a0\na: b\n", "a: \u00a0\n",
    "a: |\n  b\n  \u00a0c\n", "a: b #c\n", "a:\n  - #b\n", "a: b #c # d\n",
    "a: b" + "b" * MAX_CHARACTERS, "\n".join(" " * depth + "a:" for depth in range(30)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), READ)
def test_what_is_read(text: str, tree: dict[str, Any]) -> None:
    sink = Sink()
    node = parse_yaml(TextFile("a.yml", text), sink)
    assert node is not None
    assert not sink.findings
    assert plain(node) == tree
    assert read_plain(text) == tree


@pytest.mark.parametrize("text", LEFT, ids=range(len(LEFT)))
def test_what_is_left(text: str) -> None:
    assert read_plain(text) is None


def test_keys_keep_their_order() -> None:
    tree = read_plain("b: 1\na: 2\nc: {f: 3, e: 4}\n")
    assert tree is not None
    assert list(tree) == ["b", "a", "c"]
    assert list(tree["c"]) == ["f", "e"]


def test_repeated_keys_are_one_object() -> None:
    one, other = read_plain("some_key: a\n"), read_plain("some_key: b\n")
    assert one is not None
    assert other is not None
    assert next(iter(one)) is next(iter(other))


def test_every_character_that_makes_a_finding_is_left() -> None:
    chars = [chr(code) for code in range(0x110000)]
    blocks = ["".join(chars[at : at + 256]) for at in range(0, len(chars), 256)]
    # A block that is left is tried character by character.
    tried = [[block] if is_read(block) else [*filter(is_read, block)] for block in blocks]
    read = [text for texts in tried for text in texts]
    assert sum(map(len, read)) > 1_100_000
    assert all(is_clean(text) for text in read)


def is_read(characters: str) -> bool:
    return read_plain(f"a: b{characters}c\n") == {"a": f"b{characters}c"}


def is_clean(characters: str) -> bool:
    sink = Sink()
    node = parse_yaml(TextFile("a.yml", f"a: b{characters}c\n"), sink)
    return not sink.findings and node is not None and plain(node) == {"a": f"b{characters}c"}


def test_limits_are_within_those_of_the_careful_reader() -> None:
    assert plainyaml.MAX_CHARACTERS <= yamlio.MAX_CHARACTERS
    assert plainyaml.MAX_DEPTH < yamlio.MAX_DEPTH
