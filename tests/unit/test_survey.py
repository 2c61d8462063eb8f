"""What is found without a survey is what a survey finds."""

from __future__ import annotations

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
