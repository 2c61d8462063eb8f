"""Every diagnostic code is raised, tested and explained, and stands in one sorted table."""

import ast
import re

import click
import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.codes import CODES, STAGES
from tests.conftest import ROOT
from tests.shape.source import modules, tree_of

TESTS = ROOT / "tests"
LETTERS = list(STAGES)


def literals(module: str) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


RAISED = {text for module in modules() if module != "generator.codes" for text in literals(module)}
NAMED_IN_TESTS = {
    code
    for path in TESTS.rglob("*")
    if path.suffix in (".py", ".md") and path.name != "README.md"
    for code in re.findall(r"\b[A-Z]\d{3}\b", path.read_text(encoding="utf-8"))
}


def test_codes_are_unique_and_sorted() -> None:
    text = (ROOT / "generator" / "codes.py").read_text(encoding="utf-8")
    listed = re.findall(r'^    \("([A-Z]\d{3})"', text, re.MULTILINE)
    assert listed == list(CODES)
    assert listed == sorted(set(listed), key=lambda code: (LETTERS.index(code[0]), code))


def test_names_are_unique() -> None:
    names = [code.name for code in CODES.values()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_raised(code: str) -> None:
    assert code in RAISED


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_tested(code: str) -> None:
    assert code in NAMED_IN_TESTS


def test_nothing_else_looks_like_a_code() -> None:
    assert {
        text for text in RAISED if re.fullmatch(r"[LVXQRPI]\d{3}", text)
    } - CODES.keys() == set()


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_explained(code: str) -> None:
    entry = CODES[code]
    result = CliRunner().invoke(cli, ["explain", code])
    words = " ".join(result.output.split())
    assert result.exit_code == 0
    assert f"{code} {entry.name} ({entry.level}, raised by {entry.stage})" in words
    assert entry.about in words
    assert f"Fix: {entry.fix}" in words
    assert (f"briefing: allow {code} - reason" in words) == (entry.level == "warning")


@pytest.mark.parametrize("code", CODES)
def test_a_code_is_well_written(code: str) -> None:
    entry = CODES[code]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.name)
    for text in (entry.about, entry.fix):
        assert text[0].isupper() or text[0] in "`"
        assert text.endswith(".")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_a_command_has_help(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert cli.commands[name].help
    options = [one for one in cli.commands[name].params if isinstance(one, click.Option)]
    assert all(option.help for option in options)
