"""The documents say what is: their links lead somewhere, their examples and findings are real."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from generator.cli import FAULT, FINDINGS, cli
from generator.codes import CODES
from generator.config import load_settings
from generator.diagnostics import Sink
from generator.pipeline import check
from generator.report import report_text
from generator.textfile import TextFile
from generator.yamlio import parse_yaml
from tests.conftest import ROOT

DOCUMENTS = sorted(
    [path for path in ROOT.glob("*.md") if path.name != "LICENSE-CONTENT.md"]
    + list((ROOT / "docs").glob("*.md"))
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FORMAT = ROOT / "docs" / "format.md"

_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_NAMED = re.compile(r"^`([^`\n]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!wikidata: )\b[LVXQRPI]\d{3}\b")

each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def prose(text: str) -> str:
    """A document without its fenced blocks."""
    return _FENCE.sub("", text)


def fences(text: str, language: str) -> list[str]:
    return [body for _, name, body in _FENCE.findall(text) if name == language]


def slug(heading: str) -> str:
    """The anchor that hosts of Markdown give a heading."""
    words = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
    return re.sub(r" ", "-", re.sub(r"[^\w\- ]", "", words))


def anchors(document: Path) -> set[str]:
    text = prose(document.read_text(encoding="utf-8"))
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def broken_links(document: Path) -> Iterator[str]:
    for target in _LINK.findall(prose(document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            yield target


def command_lines() -> list[str]:
    blocks = [block for path in DOCUMENTS for block in fences(path.read_text("utf-8"), "sh")]
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def test_the_documents_are_found() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in DOCUMENTS}
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/format.md"} <= names


@each_document
def test_local_links_lead_somewhere(document: Path) -> None:
    assert list(broken_links(document)) == []


@each_document
def test_codes_exist(document: Path) -> None:
    named = set(_CODE.findall(document.read_text(encoding="utf-8")))
    assert named - CODES.keys() == set()


@each_document
def test_fences_are_closed_and_named(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert len(re.findall(r"^ *```", text, re.MULTILINE)) == 2 * len(_FENCE.findall(text))
    assert "" not in {name for _, name, _ in _FENCE.findall(text)}


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"| `briefing {name}` |" in README


def test_the_readme_names_no_other_command() -> None:
    named = set(re.findall(r"`briefing ([a-z]+)", prose(README)))
    assert named <= set(cli.commands)


def test_the_readme_names_every_exit_code() -> None:
    rows = re.findall(r"^\| (\d) \|", README, re.MULTILINE)
    assert rows == ["0", str(FINDINGS), "2", str(FAULT)]


def test_there_are_command_lines() -> None:
    assert ".venv/bin/briefing check" in command_lines()
    assert "make site" in command_lines()


@pytest.mark.parametrize("line", sorted(set(command_lines())))
def test_command_lines_are_understood(line: str) -> None:
    program, *words = line.split()
    if program == "make":
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert all(re.search(rf"^{re.escape(word)}:", makefile, re.MULTILINE) for word in words)
        return
    assert program == ".venv/bin/briefing"
    command = cli.commands[words[0]]
    with command.make_context(words[0], words[1:], parent=click.Context(cli)) as context:
        assert context.command is command


def test_options_in_the_readme_exist() -> None:
    options = {
        option
        for command in cli.commands.values()
        for parameter in command.params
        for option in parameter.opts
    }
    named = set(re.findall(r"`(--[a-z-]+)`", README))
    assert named
    assert named - options == set()


def test_the_readme_shows_a_real_finding(tmp_path: Path) -> None:
    for name in ("content", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    sheet = "content/countries/kazakhstan.yml"
    mistake, remedy = fences(README, "diff")

    apply(mistake, tmp_path / sheet)
    assert without_lines(findings_of(tmp_path, sheet)) == without_lines(fences(README, "text")[0])

    apply(remedy, tmp_path / sheet)
    assert findings_of(tmp_path, sheet) == ""


def findings_of(project: Path, sheet: str) -> str:
    """The report on one sheet."""
    findings = check(load_settings(project / "mkdocs.yml")).findings
    return report_text([finding for finding in findings if finding.path == sheet], colour=False)


def without_lines(report: str) -> str:
    """A report without numbers of lines, which move when somebody edits the sheet."""
    places = re.sub(r"^(\S+?):\d+:", r"\1:N:", report, flags=re.MULTILINE)
    return re.sub(r"^ +\d* \|", " |", places, flags=re.MULTILINE)


def apply(diff: str, file: Path) -> None:
    """Make the one change that a two-line diff shows."""
    old, new = diff.splitlines()
    text = file.read_text(encoding="utf-8")
    assert text.count(f"{old[1:]}\n") == 1
    file.write_text(text.replace(f"{old[1:]}\n", f"{new[1:]}\n"), encoding="utf-8")


@pytest.mark.parametrize("document", [FORMAT, ROOT / "CONTRIBUTING.md"], ids=lambda path: path.stem)
def test_yaml_examples_parse(document: Path) -> None:
    sink = Sink()
    blocks = fences(document.read_text(encoding="utf-8"), "yaml")
    for number, block in enumerate(blocks):
        tree = parse_yaml(TextFile(f"{document.name}-{number}.yml", block), sink)
        assert tree is not None
    assert blocks
    assert list(sink) == []


def test_the_examples_of_the_format_are_a_clean_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BRIEFING_ARCHIVE", raising=False)
    for name, body in _NAMED.findall(FORMAT.read_text(encoding="utf-8")):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, encoding="utf-8")
    checked = check(load_settings(tmp_path / "mkdocs.yml"))
    assert checked.findings == ()
    assert checked.verified is not None
    standings = {ref: support.standing for ref, support in checked.verified.support.items()}
    assert set(standings.values()) == {
        "corroborated", "single-origin", "disputed", "derived", "judgement", "deprecated",
    }  # fmt: skip
    assert standings["salt-harbour-treaty#ardenia-signed"] == "corroborated"


def test_the_format_lists_every_warning() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    listed = re.search(r"Warnings concern plausibility: ([^.]+)\.", text)
    assert listed
    warnings = {code.id for code in CODES.values() if code.level == "warning"}
    assert set(_CODE.findall(listed[1])) == warnings


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_module_has_a_room(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    section = re.search(r"^##+ Rooms.*?\n(.*?)^##", text, re.MULTILINE | re.DOTALL)
    assert section
    table = [line for line in section[1].splitlines() if line.startswith(("| ", "    "))]
    listed = {word for line in table for word in re.findall(r"[a-z]+/?", line)}
    modules = {path.stem for path in (ROOT / "generator").glob("*.py")} - {"__init__"}
    folders = {f"{path.parent.name}/" for path in (ROOT / "generator").glob("*/__init__.py")}
    assert {"cli", "verify/"} <= modules | folders
    assert (modules | folders) - listed == set()
