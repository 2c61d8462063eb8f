import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli, pipeline
from tests.conftest import Outcome, ProjectBuilder, Runner

BRIEFING = Path(sys.executable).parent / "briefing"


def check(briefing: Runner, project: ProjectBuilder, *options: str) -> Outcome:
    return briefing("check", "-f", project.config_file, *options)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_clean_project(briefing: Runner, project: ProjectBuilder) -> None:
    outcome = check(briefing, project)
    assert outcome == Outcome(0, "", "clean: 11 sheets, 29 claims, 35 quotations, 3 sources\n")


def test_one_of_a_kind_is_said_as_one() -> None:
    assert cli.summary([], {"sheets": 1, "claims": 2}) == "clean: 1 sheet, 2 claims"


def test_findings(briefing: Runner, project: ProjectBuilder) -> None:
    project.change("content/countries/ardenia.yml", "about 2.3 million", "about 3.3 million")
    outcome = check(briefing, project)
    assert outcome.code == 1
    assert outcome.out.startswith("content/countries/ardenia.yml:15:")
    assert "error[Q401] quotation not found in `harbour-gazette-2019-05-03`" in outcome.out
    assert outcome.err.splitlines() == [
        "1 error in 1 file (11 sheets, 29 claims, 35 quotations, 3 sources)",
        "`briefing explain Q401` says more",
    ]


def test_errors_and_warnings_are_counted(briefing: Runner, project: ProjectBuilder) -> None:
    project.write("content/countries/fenland.yml", "name: Fen\u200bland\nnaem: x\nclaim: y\n")
    project.write("content/countries/moorland.yml", "name: Moor\u200bland\n")
    outcome = check(briefing, project)
    assert outcome.err.startswith("2 errors and 2 warnings in 2 files")


def test_warnings_end_a_strict_check_only(briefing: Runner, project: ProjectBuilder) -> None:
    project.write("content/countries/fenland.yml", "name: Fen\u200bland\n")
    assert check(briefing, project).code == 1
    project.change("mkdocs.yml", "      as_of", "      strict: false\n      as_of")
    outcome = check(briefing, project)
    assert outcome.code == 0
    assert "warning[L112]" in outcome.out
    assert outcome.err.startswith("1 warning in 1 file")


def test_a_check_writes_nothing(briefing: Runner, project: ProjectBuilder) -> None:
    project.write("site/index.html", "the last good site")
    project.write("content/countries/fenland.yml", "name: [")
    before = snapshot(project.root.parent)
    assert check(briefing, project).code == 1
    assert snapshot(project.root.parent) == before


@pytest.mark.parametrize("name", ["text", "github", "jsonl", "sarif"])
def test_formats(briefing: Runner, project: ProjectBuilder, name: str) -> None:
    project.write("content/countries/fenland.yml", "naem: Fenland\n")
    outcome = check(briefing, project, "--format", name)
    assert outcome.code == 1
    assert "V201" in outcome.out
    assert "V201" not in outcome.out.partition("\n")[2] or name in ("sarif", "text", "jsonl")
    assert outcome.err.startswith("1 error in 1 file")
    if name == "jsonl":
        (finding,) = (json.loads(line) for line in outcome.out.splitlines())
        assert (finding["code"], finding["line"], finding["column"]) == ("V201", 1, 1)
    elif name == "sarif":
        assert json.loads(outcome.out)["runs"][0]["results"][0]["ruleId"] == "V201"
    elif name == "github":
        assert outcome.out.startswith("::error file=content/countries/fenland.yml,line=1,col=1,")


@pytest.mark.parametrize("name", ["jsonl", "sarif", "github"])
def test_machine_formats_of_a_clean_project(
    briefing: Runner, project: ProjectBuilder, name: str
) -> None:
    outcome = check(briefing, project, "--format", name)
    assert outcome.code == 0
    assert (
        outcome.out == ""
        if name != "sarif"
        else json.loads(outcome.out)["runs"][0]["results"] == []
    )


def test_usage(briefing: Runner, project: ProjectBuilder) -> None:
    for arguments in (["chek"], ["check", "--format", "xml"], ["check", "--no-such-option"], []):
        outcome = briefing(*arguments)
        assert outcome.code == 2
        assert outcome.out == ""
        assert "Usage: briefing" in outcome.err
    assert check(briefing, project, "more").code == 2


def test_help_and_version(briefing: Runner) -> None:
    outcome = briefing("--help")
    assert outcome.code == 0
    assert all(f"  {name}" in outcome.out for name in cli.cli.commands)
    assert briefing("check", "-h").code == 0
    assert re.fullmatch(r"briefing, version \d+\.\d+\.\d+\n", briefing("--version").out)


def test_settings_that_cannot_be_used(briefing: Runner, project: ProjectBuilder) -> None:
    project.change("mkdocs.yml", "as_of: 2019-06-30", "as_of: last summer")
    outcome = check(briefing, project)
    assert outcome.code == 1
    assert "error[L122] `as_of`: not an EDTF date: `last summer`" in outcome.out
    assert "  hint: " in outcome.out


@pytest.mark.parametrize("form", ["text", "github", "jsonl", "sarif"])
def test_an_output_that_cannot_show_every_letter(project: ProjectBuilder, form: str) -> None:
    project.change(
        "content/countries/ardenia.yml", "about 2.3 million", "about \U0001f30d Ω million"
    )
    result = subprocess.run(
        [BRIEFING, "check", "-f", project.config_file, "--format", form],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 1
    assert b"I901" not in result.stderr
    shown = "\\U0001f30d" if form == "text" else "\U0001f30d"
    assert shown in result.stdout.decode("utf-8")


def test_no_standard_output(project: ProjectBuilder) -> None:
    project.change("content/countries/ardenia.yml", "about 2.3 million", "about 3.3 million")
    command = f"exec {BRIEFING} check -f {project.config_file} >&-"
    result = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert result.returncode == 1
    assert b"I901" not in result.stderr


def test_no_settings(briefing: Runner, tmp_path: Path) -> None:
    outcome = briefing("check", "-f", tmp_path / "mkdocs.yml", "--format", "jsonl")
    assert outcome.code == 2
    assert json.loads(outcome.out)["code"] == "L122"


def test_a_fault_in_the_tool(
    briefing: Runner, project: ProjectBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("one by none")

    monkeypatch.setattr(pipeline, "survey_project", fail)
    outcome = check(briefing, project)
    assert outcome.code == 3
    assert outcome.out == ""
    assert "error[I901] ZeroDivisionError: one by none" in outcome.err
    assert "test_check.py:" in outcome.err
    assert "please report this text" in outcome.err


def run(
    project: ProjectBuilder, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BRIEFING, *arguments],
        cwd=project.root,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_installed_command(project: ProjectBuilder) -> None:
    clean = run(project, "check")
    assert (clean.returncode, clean.stdout) == (0, "")
    project.write("content/countries/fenland.yml", "naem: Fenland\n")
    broken = run(project, "check")
    assert broken.returncode == 1
    assert "V201" in broken.stdout
    assert run(project, "nothing").returncode == 2


def test_no_colour_off_a_terminal(project: ProjectBuilder) -> None:
    project.write("content/countries/fenland.yml", "naem: Fenland\n")
    done = run(project, "check", TERM="xterm-256color")
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stdout.isprintable() or "\n" in done.stdout


def test_findings_in_any_script_reach_a_plain_terminal(project: ProjectBuilder) -> None:
    project.write("content/countries/fenland.yml", "名前: Fenland\n")
    done = run(project, "check", PYTHONIOENCODING="utf-8")
    assert "`名前`" in done.stdout
    done = run(project, "check", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 1
    assert "V201" in done.stdout


def test_a_reader_that_leaves_early_is_no_fault(project: ProjectBuilder) -> None:
    for number in range(300):
        project.write(f"content/countries/fen-{number}.yml", "naem: Fenland\n")
    with subprocess.Popen(
        [BRIEFING, "check"],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert "I901" not in process.stderr.read()
    assert process.returncode in (1, -13)


@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_any_number_of_processes_finds_the_same(
    briefing: Runner, project: ProjectBuilder, jobs: str
) -> None:
    project.change("content/countries/ardenia.yml", "about 2.3 million", "about 3.3 million")
    assert check(briefing, project, "--jobs", jobs) == check(briefing, project)


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_a_number_of_processes_that_is_none(
    briefing: Runner, project: ProjectBuilder, jobs: str
) -> None:
    assert check(briefing, project, "--jobs", jobs).code == 2


def test_a_profile_has_a_line_for_every_stage(briefing: Runner, project: ProjectBuilder) -> None:
    outcome = check(briefing, project, "--profile")
    assert outcome.code == 0
    assert outcome.out == ""
    lines = [line.split() for line in outcome.err.splitlines()]
    assert [line[0] for line in lines[1:]] == [
        "stage", "survey", "read", "relate", "verify", "briefings", "conclude", "compare", "whole",
    ]  # fmt: skip
    assert lines[1] == ["stage", "items", "wall", "s", "work", "s", "peak", "MiB"]
    assert lines[3][1] == "14"
    assert all(float(number) >= 0 for line in lines[2:] for number in line[-3:])


def test_a_profile_is_printed_of_a_check_with_findings_too(
    briefing: Runner, project: ProjectBuilder
) -> None:
    project.change("content/countries/ardenia.yml", "about 2.3 million", "about 3.3 million")
    outcome = check(briefing, project, "--profile")
    assert outcome.code == 1
    assert "verify" in outcome.err
