"""Runs every case of `tests/cases/*.md`, and tests that the runner misses nothing."""

from pathlib import Path

import pytest

from tests.cases.case import CaseFile, all_cases
from tests.conftest import CASES, ProjectBuilder


@pytest.mark.parametrize(
    ("file", "name"), all_cases(), ids=[f"{Path(file).stem}: {name}" for file, name in all_cases()]
)
def test_case(file: str, name: str, project: ProjectBuilder, pytestconfig: pytest.Config) -> None:
    case_file = CaseFile.read(CASES / file)
    case = case_file.case(name)
    checked = case.check(project)
    if pytestconfig.getoption("--update-cases"):
        if hasattr(pytestconfig, "workerinput"):
            pytest.fail("rewrite cases in one process: leave out `-n`")
        case.update(checked)
        case_file.write()
    faults = case.faults(checked)
    assert not faults, "\n" + "\n".join(faults)


SHEET = """\
## a name

```yaml content/countries/zwergen.yml
name: Zwergen
claims:
  one:
    text: A claim without source.
```
"""


def read(tmp_path: Path, text: str) -> CaseFile:
    path = tmp_path / "stage.md"
    path.write_text(text, encoding="utf-8")
    return CaseFile.read(path)


def test_an_unexpected_finding_is_a_fault(tmp_path: Path, project: ProjectBuilder) -> None:
    case = read(tmp_path, SHEET).case("a name")
    (fault,) = case.faults(case.check(project))
    assert fault.startswith("unexpected: error: content/countries/zwergen.yml:3:3 [V211]")


@pytest.mark.parametrize(
    ("line", "is_met"),
    [
        ('# error: 3 [V211] "no citation"', True),
        ('  # error: 3 [V211] ""', True),
        ('# error: 2 [V211] "no citation"', False),
        ('# warning: 3 [V211] "no citation"', False),
        ('# error: 3 [V212] "no citation"', False),
        ('# error: 3 [V211] "a citation"', False),
        ('# error: 3 [V211] "no citation"\n# hint: "add `cite"', True),
        ('# error: 3 [V211] "no citation"\n# hint: "remove"', False),
        ('# error: 3 [V211] "no citation"\n# error: 3 [V211] "no citation"', False),
    ],
)
def test_an_expectation_is_met_exactly(
    line: str, is_met: bool, tmp_path: Path, project: ProjectBuilder
) -> None:
    case = read(tmp_path, SHEET.replace("  one:", f"{line}\n  one:")).case("a name")
    assert (case.faults(case.check(project)) == []) == is_met


def test_an_expectation_on_another_line_is_a_fault(tmp_path: Path, project: ProjectBuilder) -> None:
    text = SHEET.replace("claims:", '# error: 3 [V211] "no citation"\nclaims:')
    case = read(tmp_path, text).case("a name")
    assert len(case.faults(case.check(project))) == 2


def test_update_writes_what_is_found(tmp_path: Path, project: ProjectBuilder) -> None:
    file = read(tmp_path, SHEET + "\n```delete seeds/delta-wire-2019-05-02.txt\n```\n")
    case = file.case("a name")
    checked = case.check(project)
    case.update(checked)
    file.write()
    text = file.path.read_text(encoding="utf-8")
    assert '  # error: 3 [V211] "the claim has no citation"\n  # hint: "add' in text
    assert 'error: seeds/delta-wire-2019-05-02.yml:8:7 [L119] "the text is open' in text
    again = CaseFile.read(file.path)
    assert again.case("a name").faults(checked) == []
    again.case("a name").update(checked)
    again.write()
    assert file.path.read_text(encoding="utf-8") == text


def test_update_removes_what_is_no_longer_found(tmp_path: Path, project: ProjectBuilder) -> None:
    file = read(tmp_path, '## clean\n\n```expect\nerror: a.yml [L101] "not UTF-8"\n```\n')
    case = file.case("clean")
    case.update(case.check(project))
    assert case.blocks == []


def test_a_claims_block_compares_published_values(tmp_path: Path, project: ProjectBuilder) -> None:
    line = '{"id": "ardenia#capital", "value": "Port Selwyn", "rank": "preferred"}'
    case = read(tmp_path, f"## values\n\n```claims\n{line}\n```\n").case("values")
    assert case.faults(case.check(project)) == [
        "ardenia#capital: `rank` is 'normal', not 'preferred'"
    ]


@pytest.mark.parametrize(
    "text",
    ["```yaml a.yml\n", "```\n```\n", "```yaml a.yml loud\n```\n", "## a\n## a\n"],
)
def test_a_malformed_file_of_cases_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"stage\.md"):
        read(tmp_path, text)
