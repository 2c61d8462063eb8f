import pytest

from generator.diagnostics import Sink
from generator.load.allow import Allowance, find_allowances
from generator.textfile import TextFile
from generator.yamlio import parse_yaml


def allowances(text: str) -> tuple[list[Allowance], list[str]]:
    sink = Sink()
    node = parse_yaml(TextFile("a.yml", text), sink)
    assert node is not None
    found = find_allowances(node, sink)
    return found, [finding.message for finding in sink.sorted()]


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("# briefing: allow Q410 - x\na: b\nc: d\n", "a: b"),
        ("a: b\n# briefing: allow Q410 - x\n\nc:\n  d: e\n", "c:\n  d: e"),
        ("a: b  # briefing: allow Q410 - x\nc: d\n", "a: b"),
        ("a:\n  # briefing: allow Q410 - x\n  - b\n  - c\n", "b"),
        ("a: [b, c]  # briefing: allow Q410 - x\n", "a: [b, c]"),
        ("a:\n  b: c  # briefing: allow Q410 - x\n  d: e\n", "b: c"),
        ("a:\n  - b: c  # briefing: allow Q410 - x\n    d: e\n", "b: c"),
        ("a:  # briefing: allow Q410 - x\n  b: c\n", "a:  # briefing: allow Q410 - x\n  b: c"),
        ("a: |  # briefing: allow Q410 - x\n  text\n", "a: |  # briefing: allow Q410 - x\n  text"),
        ("a: |\n  text\n# briefing: allow Q410 - x\nb: c\n", "b: c"),
    ],
)
def test_what_an_exception_covers(text: str, covered: str) -> None:
    (found,), faults = allowances(text)
    assert faults == []
    assert found.covers.text == covered


@pytest.mark.parametrize(
    "comment",
    [
        "# briefing: allow Q410 - a reason",
        "#briefing:allow Q410 -a reason",
        "#  briefing:  allow  Q410  -  a reason",
        "# briefing: allow Q410 - a reason - with - hyphens",
    ],
)
def test_forms_of_the_comment(comment: str) -> None:
    found, faults = allowances(f"{comment}\na: b\n")
    assert [one.code for one in found] == ["Q410"]
    assert faults == []


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("# briefing: allow", "the exception names no code"),
        ("# briefing: allow Q999 - x", "`Q999` is not a code of this tool"),
        ("# briefing: allow Q401 - x", "Q401 is an error and cannot be allowed"),
        ("# briefing: allow Q410", "the exception from Q410 gives no reason"),
        ("# briefing: allow Q410 -", "the exception from Q410 gives no reason"),
        ("# briefing: allow Q410 because", "the exception from Q410 gives no reason"),
    ],
)
def test_faults_of_the_comment(comment: str, message: str) -> None:
    assert allowances(f"{comment}\na: b\n") == ([], [message])


@pytest.mark.parametrize(
    "text",
    [
        "a: '# briefing: allow Q410 - x'\n",
        "a: |\n  # briefing: allow Q410 - x\n",
        "a: b  # see briefing: allow for more\n",
        "a: b  # a briefing\n",
    ],
)
def test_what_is_no_exception(text: str) -> None:
    assert allowances(text) == ([], [])


def test_an_exception_at_the_end_covers_itself() -> None:
    (found,), _ = allowances("a: b\n# briefing: allow Q410 - x\n")
    assert found.covers == found.span
