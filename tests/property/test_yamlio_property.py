"""A span slices back to its text, and no text whatever makes the reader raise."""

from collections.abc import Iterator

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.diagnostics import Sink
from generator.textfile import TextFile
from generator.yamlio import Listing, Mapping, Node, Scalar, parse_yaml, plain

LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Cn", "Co"),
    exclude_characters="\u2028\u2029\ufeff\ufffe\uffff",
)
WORDS = st.text(LETTERS | st.sampled_from(" \n:#'\"[]{}-|>&*!%@`,?\\éש字𝒳"), max_size=30)
NAMES = st.text("abcdeŋш字", min_size=1, max_size=6)
TREES = st.dictionaries(
    NAMES,
    st.recursive(
        WORDS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)
STYLES = st.sampled_from([None, "'", '"', "|", ">"])


def scalars(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Mapping():
            for key, value in node.items:
                yield key
                yield from scalars(value)
        case Listing():
            for item in node.items:
                yield from scalars(item)


def parse(text: str) -> Mapping | None:
    return parse_yaml(TextFile("a.yml", text), Sink())


@st.composite
def documents(draw: st.DrawFn) -> str:
    """YAML texts of all styles of scalar, both layouts and three line ends."""
    written = yaml.dump(
        draw(TREES),
        default_style=draw(STYLES),
        default_flow_style=draw(st.booleans()),
        allow_unicode=draw(st.booleans()),
        width=draw(st.sampled_from([10, 40, 1000])),
        line_break=draw(st.sampled_from(["\n", "\r\n"])),
        sort_keys=False,
    )
    lead = draw(st.sampled_from(["", "# ש𝒳 comment\n", "\n\n", "---\n"]))
    return f"{lead}{written}"


@settings(deadline=None)
@given(documents())
def test_every_plain_or_quoted_scalar_slices_back(text: str) -> None:
    node = parse(text)
    if node is None:
        return
    for scalar in scalars(node):
        shown = scalar.span.text
        if scalar.style == "plain":
            assert " ".join(shown.split()) == " ".join(scalar.text.split())
        elif scalar.style in "'\"":
            assert shown[0] == shown[-1] == scalar.style
        else:
            assert shown[0] == scalar.style


@settings(deadline=None)
@given(documents(), st.data())
def test_a_part_slices_back_wherever_it_is_not_the_whole(text: str, data: st.DataObject) -> None:
    node = parse(text)
    if node is None:
        return
    for scalar in scalars(node):
        if not scalar.text:
            continue
        start = data.draw(st.integers(0, len(scalar.text) - 1))
        end = data.draw(st.integers(start + 1, len(scalar.text)))
        part = scalar.part(start, end)
        assert scalar.span.start <= part.start < part.end <= scalar.span.end
        # In a block a part ends with its line at the latest.
        wanted = scalar.text[start:end].split("\n")[0] or "\n"
        if part != scalar.span and wanted != "\n":
            assert part.text == wanted


@settings(deadline=None)
@given(documents())
def test_what_is_accepted_reads_as_any_loader_reads_it(text: str) -> None:
    node = parse(text)
    if node is not None:
        assert plain(node) == without_absent(yaml.load(text, Loader=yaml.BaseLoader), node)  # noqa: S506


def without_absent(value: object, node: Node) -> object:
    """What a loader of texts gives, with a key that has nothing behind it as None."""
    match node:
        case Scalar():
            return None if node.style == "plain" and value == "" else value
        case Mapping():
            assert isinstance(value, dict)
            return {key.text: without_absent(value[key.text], inner) for key, inner in node.items}
        case Listing():
            assert isinstance(value, list)
            return [without_absent(v, inner) for v, inner in zip(value, node.items, strict=True)]


@settings(deadline=None, max_examples=300)
@given(
    st.text(
        LETTERS | st.sampled_from(" \n\t\r:#'\"[]{}-|>&*!%@`,?\\\x00\x1b\ufeff\u2028"), max_size=60
    )
)
@example("? [a]\n: b")
@example("- a\n-b: c")
@example("%YAML 9.9\n---\na: b")
@example("%TAG ! x\n---\na: b")
@example("\ufeffa: b\n\ufeffc: d")
@example("a: b\n...\n...\n---\n")
@example("a:\n  - b\n c: d")
@example("a: 'b")
@example("{")
@example("a: |9\n b")
@example("\u2028a: b")
@example("a: b\r\rc: d\u0085e: f")
def test_no_text_makes_the_reader_raise(text: str) -> None:
    sink = Sink()
    file = TextFile("a.yml", text)
    node = parse_yaml(file, sink)
    assert node is not None or sink.findings
    for finding in sink:
        if finding.span is not None:
            assert 0 <= finding.span.start <= finding.span.end <= len(text)
    if node is not None:
        for scalar in scalars(node):
            assert 0 <= scalar.span.start <= scalar.span.end <= len(text)
            if scalar.style == "plain" and "\n" not in scalar.span.text:
                assert scalar.span.text == scalar.text
