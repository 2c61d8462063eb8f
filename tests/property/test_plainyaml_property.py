"""Where the quick reader answers, the careful one has no finding and reads the same tree."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.corpus import Corpus
from bench.project import write_project
from generator.diagnostics import Sink
from generator.plainyaml import read_plain
from generator.textfile import TextFile
from generator.yamlio import parse_yaml, plain
from tests.property.test_yamlio_property import documents

CONTENT = Path(__file__).parents[2] / "content"

SHEET = """\
name: Harbour Treaty  # as printed
names: {ru: Договор, kk: "Келісім", ar: [معاهدة, 'اتفاق']}
identifiers:
    wikidata: Q17

aliases: [quay-treaty, "old-treaty"]
claims:
  pages:
    text: "[[ada-lund]] wrote \\"no\\" \\\\ twice."
    note: 'It isn''t long: nine pages.'
    reasoning: >-
      Folded words
      on two lines

      and a third.
    method: |
      Line one
        deeper
      line three
    cite:
      harbour-post: words of the post
      harbour-echo:
        - exact: more words
          via: [quay-wire]
        - "quoted words"
      dock-daily:
      - words at the margin
      - 'more: words'
  empty:
  # a note between
  long:
    text: words that
      go on
      here
    value:
      below its key
"""

# Bits of lines that mean something to one reader or another.
BITS = st.sampled_from(
    [
        "a: b", "a:", "b: c", "b:", "- a", "- a: b", "- b:", "-", "- - a", "- [a, b]", "a: [b, c]",
        "a: [b, [c]]", "a: {b: c}", "a: {b: c, b: d}", "a: {b: [c, 'd']}", "a: {b}", "a: {b: }",
        "a: 'b'", "a: 'b", "a: 'b''c'", 'a: "b"', 'a: "b\\n"', 'a: "\\""', "a: b: c", "a: b # c",
        "a: b #c", "a: b#c", "a: # b", "a: #b", "a:  b  ", "# c", "#", "a: |", "a: |-", "a: >",
        "a: >-", "a: |+", "a: >2", "a: | # c", "words", "more words", "words:", "- ", "? a", ": b",
        "a: ~", "a: null", "~: a", "null: a", "a: -", "a: - b", "a: -b", "a: ?b", "a: :b", "a: b:",
        "a: *b", "a: &b", "a: !b", "a: %b", "a: @b", "a: `b", "%b", "---", "...", "--- a: b",
        "'a': b", '"a": b', "a : b", "<<: a", "", "  ", "\u00a0", "a: \u00a0", "\u00a0a: b", "\u202fwords", "\u200c: a", "é: a",
        "a: [~]", "a: ['b' , \"c\"]", "a: [b #c]", "a: [b#c]", "a: [b:c]", "a: [a?b]", "a: []",
        "a: {}", "a: [b,]", "a: [ ]", "a: [b] c", "a: [b] # c", "a: {b: c} # d", "a: [b, c", "c]",
        "a: ''", 'a: ""', "a: 'b' c", "a: 'b'#c", "a: 'b' #c", "- |", "- >-", "-a", "a: -- b",
        "- 'b': c", "- a: |", "- a: b: c", "- b # c", "- # c", "[a, b]", "{a: b}", "'words'",
        "a:b", "a::", "a:: b", "a: b\tc", "\ta: b", "a: b\u2028c", "a.b: c", "a_b: c", "0: 1",
    ]
)  # fmt: skip
LINES = st.builds(lambda indent, bit: " " * indent + bit, st.integers(0, 5), BITS)
SOUP = st.lists(LINES, min_size=1, max_size=9)
ENDS = st.sampled_from(["\n", "", " ", "\n\n", "\n  \n", "\n  "])
BREAKS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
CHARACTERS = st.sampled_from([*" \n\n:#'\"[]{}-|>,?&*!%@`~\\ab0\t\r\u00a0\u0301\ufeffש字𝒳", "\n  "])


def agree(text: str) -> bool:
    """Compare both readers; whether the quick one read the text."""
    tree = read_plain(text)
    if tree is None:
        return False
    sink = Sink()
    node = parse_yaml(TextFile("a.yml", text), sink)
    assert not sink.findings, text
    assert node is not None, text
    careful = plain(node)
    assert repr(tree) == repr(careful), text
    return True


@st.composite
def mutations(draw: st.DrawFn, text: str) -> str:
    """A text with a few characters or lines put in, taken out, doubled or exchanged."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(text) - 1)))
        match draw(st.integers(0, 6)):
            case 0:
                text = text[:at] + draw(CHARACTERS) + text[at:]
            case 1:
                text = text[:at] + text[at + draw(st.integers(1, 9)) :]
            case 2:
                text = text[:at] + draw(CHARACTERS) + text[at + 1 :]
            case 3:
                text = text[:at] + text[at : at + 1] + text[at:]
            case change:
                lines = text.split("\n")
                row = draw(st.integers(0, len(lines) - 1))
                if change == 4:
                    lines[row:row] = [draw(LINES)]
                elif change == 5:
                    lines[row : row + 1] = [lines[row], lines[row]] if draw(st.booleans()) else []
                else:
                    lines[row] = " " * draw(st.integers(0, 8)) + lines[row].lstrip(" ")
                text = "\n".join(lines)
    return text


def test_the_model_sheet_is_read() -> None:
    assert agree(SHEET)


@settings(deadline=None, max_examples=600)
@given(SOUP, BREAKS, ENDS)
@example(["a: b", "  c: d"], "\n", "\n")
@example(["a: |-", "  c: d", " e"], "\n", "\n")
@example(["a:", "\u00a0"], "\n", "\n")
def test_lines_of_every_shape(lines: list[str], line_break: str, end: str) -> None:
    agree(line_break.join(lines) + end)


@settings(deadline=None, max_examples=400)
@given(mutations(SHEET))
def test_a_sheet_with_random_edits(text: str) -> None:
    agree(text)


@settings(deadline=None)
@given(documents())
def test_what_other_programs_write(text: str) -> None:
    agree(text)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["name", "text", "said_by", "cite", "harbour-post"]),
        st.recursive(
            st.text("ab cдע.;()", min_size=1).map(str.strip).filter(bool),
            lambda inner: (
                st.lists(inner, min_size=1, max_size=3)
                | st.dictionaries(st.sampled_from(["via", "exact"]), inner, min_size=1)
            ),
            max_leaves=6,
        ),
        min_size=1,
    )
)
def test_plain_block_style_is_always_read(tree: dict[str, object]) -> None:
    lists_in_lists = "- - "
    text = yaml.dump(tree, allow_unicode=True, width=10_000, sort_keys=False)
    assert lists_in_lists in text or "? " in text or agree(text)


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.yml")), ids=lambda path: path.stem)
def test_every_sheet_of_the_project_is_read(path: Path) -> None:
    assert agree(path.read_text("utf-8"))


def test_every_sheet_of_a_bench_is_read(tmp_path: Path) -> None:
    write_project(Corpus(60), tmp_path)
    paths = sorted(tmp_path.rglob("*.yml"))
    assert len(paths) > 60
    assert all(agree(path.read_text("utf-8")) for path in paths if path.name != "mkdocs.yml")
