"""What is found without a survey is what a survey finds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.corpus import Corpus
from bench.project import write_project
from generator.config import Settings, load_settings
from generator.diagnostics import Sink
from generator.survey import InputFile, find_stamps, known_file, survey_project


@pytest.fixture
def project(tmp_path: Path) -> Settings:
    write_project(Corpus(20), tmp_path)
    (tmp_path / "content" / "about").mkdir()
    for name in ("about/größe.md", "about/.hidden.yml", "picture.png", ".hidden/sheet.yml"):
        path = tmp_path / "content" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("# Text\n", encoding="utf-8")
    (tmp_path / "seeds" / "README.md").write_text("Sources\n", encoding="utf-8")
    return load_settings(tmp_path / "mkdocs.yml")


def test_stamps_are_those_of_a_survey(project: Settings) -> None:
    sink = Sink()
    survey = survey_project(project, sink)
    assert not len(sink)
    assert find_stamps(project) == survey.stamps
    assert "content/about/größe.md" in survey.stamps


def test_files_are_known_by_their_names(project: Settings) -> None:
    survey = survey_project(project, Sink())
    files: dict[str, InputFile] = {file.shown: file for file in survey.sheets}
    files |= {file.shown: file for file in survey.records}
    assert len(files) == 24
    assert {name: known_file(project, name, survey.stamps) for name in survey.stamps} == {
        name: files.get(name) for name in survey.stamps
    }


def test_a_link_is_for_a_survey(project: Settings) -> None:
    (project.content / "linked.png").symlink_to(project.content / "picture.png")
    assert find_stamps(project) is None


def test_a_folder_that_is_missing_is_for_a_survey(project: Settings) -> None:
    project.seeds.rename(project.root / "elsewhere")
    assert find_stamps(project) is None


def test_a_file_that_came_back_with_its_former_size_and_time_has_another_stamp(
    project: Settings,
) -> None:
    path = project.content / "about" / "größe.md"
    before, times = find_stamps(project), path.stat()
    path.write_text("# Next\n", encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert path.stat().st_size == times.st_size
    assert find_stamps(project) != before


def test_what_is_no_plain_file_is_never_opened(project: Settings) -> None:
    for folder, name in (
        ("content", "pipe.png"),
        ("content/about", "pipe.md"),
        ("seeds", "pipe.yml"),
    ):
        os.mkfifo(project.root / folder / name)
    assert find_stamps(project) is None
    sink = Sink()
    survey = survey_project(project, sink)
    found = [(finding.code, finding.path) for finding in sink.sorted()]
    names = ["content/about/pipe.md", "content/pipe.png", "seeds/pipe.yml"]
    assert found == [("L116", name) for name in names]
    assert not survey.stamps.keys() & names


def test_a_name_that_is_no_text_is_a_finding(project: Settings) -> None:
    try:
        (project.content / "about" / os.fsdecode(b"\xff.png")).touch()
    except OSError:
        pytest.skip("this file system keeps names in UTF-8")
    sink = Sink()
    survey_project(project, sink)
    (finding,) = sink.sorted()
    assert (finding.code, finding.path) == ("L117", r"content/about/\xff.png")
