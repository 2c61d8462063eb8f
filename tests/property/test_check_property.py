"""Whatever a file holds, a check ends in findings, in one order; it never raises."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.config import SettingsFault
from generator.diagnostics import Diagnostic, sort_findings
from generator.report import FORMATS
from generator.textfile import TextFile
from tests.conftest import BASE, ProjectBuilder
from tests.unit.report.sample import SAMPLE

FILES = sorted(path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.is_file())
FILES.append("seeds/northern-review-2019-06.seal")
# What breaks readers of YAML, of markup, of numbers and of texts.
PIECES = st.sampled_from(
    [
        *"\n\t\r:#'\"[]{}-|>&*!%@`,?\\<~^0é港\u202e\u200b\u2028\x00\x1b\ufeff",
        "[[", "]]", "[[ardenia]]", "[[x#y|z]]", ": ", "- ", "  ", "\n  ", "\n- ", "\n---\n", "null",
        "2019-02-30", "9999-12-31", "1/2", "…", "[…]", "\ud7ff", "#" * 90, "{a: ", "<b>", "&a ", "*a",
        "# briefing: allow Q410 - x", "999999999999999999999", "1e999", "-1", "text: ", "cite:",
    ]
)  # fmt: skip


@st.composite
def mutations(draw: st.DrawFn, text: str) -> str:
    """A text with up to three changes: characters or lines taken out, doubled, put in."""
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(
            st.sampled_from(["cut", "insert", "replace", "drop line", "double line", "swap lines"])
        )
        if "line" in kind:
            text = draw(line_mutations(text, kind))
            continue
        start = draw(st.integers(0, len(text)))
        length = 0 if kind == "insert" else draw(st.integers(1, 40))
        piece = "" if kind == "cut" else draw(PIECES)
        text = text[:start] + piece + text[start + length :]
    return text


@st.composite
def line_mutations(draw: st.DrawFn, text: str, kind: str) -> str:
    """A text with a line dropped, doubled or moved."""
    lines = text.splitlines(keepends=True)
    if not lines:
        return text
    at = draw(st.integers(0, len(lines) - 1))
    line = lines.pop(at)
    if kind == "double line":
        lines[at:at] = [line, line]
    elif kind == "swap lines":
        lines.insert(draw(st.integers(0, len(lines))), line)
    return "".join(lines)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow],
)
@given(st.data())
def test_no_change_of_a_file_makes_a_check_raise(
    shared_project: ProjectBuilder, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from(FILES))
    original = shared_project.read(path)
    shared_project.write(path, data.draw(mutations(original)).encode("utf-8", "surrogatepass"))
    try:
        checked = shared_project.check()
    except SettingsFault:
        assert path == "mkdocs.yml"
        return
    finally:
        shared_project.write(path, original)
    assert checked.verified is None or checked.findings == ()
    assert list(checked.findings) == sort_findings(checked.findings)
    for finding in checked.findings:
        assert finding.message == finding.message.strip(" .\n")
        if finding.span is not None:
            assert 0 <= finding.span.start <= finding.span.end <= len(finding.span.file.text)
    for render in FORMATS.values():
        assert render(checked.findings).encode() or not checked.findings


@settings(max_examples=25, deadline=None)
@given(path=st.sampled_from(FILES), data=st.binary(max_size=60))
def test_no_bytes_make_a_check_raise(
    shared_project: ProjectBuilder, path: str, data: bytes
) -> None:
    original = shared_project.read(path)
    shared_project.write(path, data)
    try:
        checked = shared_project.check()
    except SettingsFault:
        assert path == "mkdocs.yml"
    else:
        assert checked.verified is None or checked.findings == ()
    finally:
        shared_project.write(path, original)


FILE = TextFile("a.yml", "one\ntwo\nthree\n" * 3)
SPANS = st.none() | st.builds(
    lambda a, b: FILE.span(a, a + b), st.integers(0, 30), st.integers(0, 9)
)
FINDINGS = st.builds(
    Diagnostic,
    code=st.sampled_from(["L101", "Q401", "V201"]),
    message=st.sampled_from(["a", "b"]),
    path=st.sampled_from(["a.yml", "b.yml", "a/b.yml"]),
    span=SPANS,
    hints=st.lists(st.sampled_from(["x", "y"]), max_size=2).map(tuple),
    related=st.lists(st.tuples(SPANS.filter(bool), st.sampled_from(["p", "q"])), max_size=1).map(
        tuple
    ),
)


@given(st.lists(FINDINGS, max_size=12), st.integers())
def test_the_order_does_not_depend_on_the_order_of_finding(
    findings: list[Diagnostic], seed: int
) -> None:
    shuffled = list(findings)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    for render in FORMATS.values():
        assert render(sort_findings(shuffled)) == render(sort_findings(findings))
    assert sort_findings(sort_findings(findings)) == sort_findings(findings)


def test_the_sample_has_one_order() -> None:
    backwards = sort_findings(reversed(SAMPLE))
    assert backwards == sort_findings(SAMPLE)
