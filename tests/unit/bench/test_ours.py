"""Our own runs: each finds what it needs, and nothing it must not find."""

from pathlib import Path

import pytest

from bench import serving
from bench.corpus import Corpus
from bench.drawing import read_drawing, time_drawing
from bench.measure import RunFault, Subject
from bench.ours import OURS, PHASES, edited, forget, our_subjects, sheet_path
from bench.project import write_project

CORPUS = Corpus(10)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small corpus as a project."""
    folder = tmp_path / "project"
    folder.mkdir()
    write_project(CORPUS, folder)
    return folder


def subjects(project: Path) -> dict[str, Subject]:
    """Our runs by id."""
    work = project.parent
    return {one.id: one for one in our_subjects(CORPUS, project, work / "site", work)}


def test_every_phase_is_run(project: Path) -> None:
    assert subjects(project).keys() | {serving.ID} == PHASES.keys()


def test_needs_come_first(project: Path) -> None:
    order = list(subjects(project))
    for id_, subject in subjects(project).items():
        assert not subject.needs or order.index(subject.needs) < order.index(id_)


def test_a_cold_run_finds_nothing_of_an_earlier_one(project: Path) -> None:
    work = project.parent
    for name in (".site.state", ".site.lock", ".other.state"):
        (work / name).touch()
    (work / ".site.staging" / "folder").mkdir(parents=True)
    prepare = subjects(project)[OURS].prepare
    assert prepare
    prepare()
    assert {path.name for path in work.iterdir()} == {"project", ".other.state"}


def test_runs_on_a_kept_state_leave_it(project: Path) -> None:
    state = project.parent / ".site.state"
    state.touch()
    for id_ in ("unchanged", "edit", "rename", "sheet", "check", "alone", "drawing"):
        prepare = subjects(project)[id_].prepare
        if prepare:
            prepare()
        assert state.exists()


def test_what_is_not_there_is_forgotten_too(tmp_path: Path) -> None:
    forget(tmp_path / "site")
    assert list(tmp_path.iterdir()) == []


def test_drawing_is_a_part_of_a_build_that_succeeds(project: Path) -> None:
    site = project.parent / "site"
    wall, cpu = time_drawing(project / "mkdocs.yml", site)
    assert wall > 0
    assert cpu > 0
    assert (site / "index.html").is_file()


def test_drawing_of_a_broken_project_has_no_time(project: Path) -> None:
    sheet_path(project, edited(CORPUS)).write_text("name: Nobody\nnonsense: 1\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match="findings"):
        time_drawing(project / "mkdocs.yml", project.parent / "site")


def test_the_last_line_has_the_cost_of_drawing() -> None:
    assert read_drawing("warning: something\n[1.5, 2.0]\n") == (1.5, 2.0)


def test_an_edit_is_seen_by_those_who_are_served(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "EDITS", 1)
    monkeypatch.setattr(serving, "_REST", 0.0)
    sheet = sheet_path(project, edited(CORPUS))
    before = sheet.read_bytes()
    told: list[str] = []
    log = project.parent / "log"
    result = serving.measure_serving(CORPUS, project, 1, 50, log, told.append)
    assert sheet.read_bytes() != before
    assert len(result.runs) == len(told) == 1
    assert 0 < result.median.wall < 50
    assert result.left_out == ""


def test_a_server_that_ends_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RunFault, match="briefing serve has ended"):
        serving.measure_serving(CORPUS, tmp_path, 1, 50, tmp_path / "log", lambda _words: None)
