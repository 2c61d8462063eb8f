"""Runs of commands: what they cost, and how they are ended."""

import sys
from pathlib import Path

import pytest

from bench import process
from bench.measure import Cost, LimitReached, Result, RunFault, Subject, measure, run

PYTHON = [sys.executable, "-I", "-c"]
FOREVER = [*PYTHON, "import threading; threading.Event().wait()"]
WRITE = [*PYTHON, "import pathlib, sys; p = pathlib.Path(sys.argv[1]); p.mkdir(); (p / 'a.html').touch()"]  # fmt: skip


def quiet(_words: str) -> None:
    """Say nothing."""


def go(command: list[str], folder: Path, limit: float = 60) -> Cost:
    """One run."""
    return run(command, folder, folder / "log", limit, {})


def test_a_run_costs_time_work_and_memory(tmp_path: Path) -> None:
    cost = go([*PYTHON, "sum(range(10**6))"], tmp_path)
    assert 0 < cost.wall < 60
    assert 0 < cost.cpu < 60
    assert cost.memory > 2**20


def test_a_run_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(LimitReached, match=r"^over 0\.2 s$"):
        go(FOREVER, tmp_path, 0.2)


def test_a_run_that_would_fill_the_disk_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "ROOM", 2**80)
    with pytest.raises(LimitReached, match=r"^more than the disk has room for$"):
        go(FOREVER, tmp_path)


def test_a_run_that_fails_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RunFault, match=r"ended with 3:\nwoe"):
        go([*PYTHON, "import sys; print('woe'); sys.exit(3)"], tmp_path)


def subject(folder: Path, id_: str, command: list[str], needs: str = "") -> Subject:
    """A subject that is to write one page."""
    output = folder / id_
    return Subject(id_, id_, [*command, str(output)], folder, output, 1, needs=needs)


def listed(folder: Path, subjects: list[Subject], rounds: int, limit: float) -> list[Result]:
    """Their results."""
    return measure(subjects, 10, rounds, limit, folder / "log", quiet)


def test_outputs_go_unless_a_later_run_needs_them(tmp_path: Path) -> None:
    subjects = [
        subject(tmp_path, "first", WRITE),
        subject(tmp_path, "second", WRITE, needs="first"),
    ]
    first, second = listed(tmp_path, subjects, 2, 60)
    assert (len(first.runs), first.pages) == (len(second.runs), second.pages) == (2, 1)
    assert (tmp_path / "first").is_dir()
    assert not (tmp_path / "second").exists()


def test_what_is_too_slow_is_left_out_with_all_that_needs_it(tmp_path: Path) -> None:
    slow = WRITE[-1] + "; import threading; threading.Event().wait()"
    subjects = [
        subject(tmp_path, "slow", [*PYTHON, slow]),
        subject(tmp_path, "needy", WRITE, needs="slow"),
    ]
    for result in listed(tmp_path, subjects, 1, 2):
        assert result.runs == []
        assert result.left_out == "over 2 s"
        assert not (tmp_path / result.id).exists()


def test_too_few_pages_are_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RunFault, match="empty wrote 0 pages, not 1"):
        listed(tmp_path, [subject(tmp_path, "empty", [*PYTHON, ""])], 1, 60)


def test_a_part_takes_the_place_of_time_and_work(tmp_path: Path) -> None:
    one = Subject(
        "part", "part", [*PYTHON, "print('2 3')"], tmp_path,
        part=lambda printed: (float(printed.split()[0]), float(printed.split()[1])),
    )  # fmt: skip
    (result,) = listed(tmp_path, [one], 1, 60)
    assert (result.median.wall, result.median.cpu) == (2, 3)
    assert result.median.memory > 2**20
