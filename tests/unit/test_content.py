"""The project's own content is clean, and its seals are those of the archived texts."""

import os
import re
from pathlib import Path

import pytest

from generator.config import load_settings
from generator.pipeline import check
from generator.verify.seal import dump_seal, parse_seal, seal_text
from tests.conftest import REAL_ARCHIVE, ROOT

SEALS = sorted(path.stem for path in (ROOT / "seeds").glob("*.seal"))


def archive() -> Path:
    """Where the private texts are, if they are here: as set, in the project, or beside it."""
    places = [ROOT / "archive", ROOT.parent / "shared" / "archive"]
    if REAL_ARCHIVE:
        places.insert(0, Path(REAL_ARCHIVE))
    return next((place for place in places if place.is_dir()), places[0])


def test_the_content_checks_clean_from_its_seals() -> None:
    checked = check(load_settings(ROOT / "mkdocs.yml"))
    assert [f"{f.path}: {f.code} {f.message}" for f in checked.findings] == []
    assert checked.verified is not None
    assert all(
        citation.passage.against == "seal"
        for support in checked.verified.support.values()
        for citation in support.citations
    )


def test_the_content_checks_clean_with_the_archive_that_is_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without one the seals alone serve, as they do for every reader of the project."""
    if archive().is_dir():
        monkeypatch.setenv("BRIEFING_ARCHIVE", os.fspath(archive()))
    checked = check(load_settings(ROOT / "mkdocs.yml"))
    assert [f"{f.path}: {f.code} {f.message}" for f in checked.findings] == []


def test_there_are_seals() -> None:
    assert len(SEALS) >= 5


@pytest.mark.parametrize("name", SEALS)
def test_a_seal_is_sound_and_that_of_its_text(name: str) -> None:
    written = (ROOT / "seeds" / f"{name}.seal").read_text(encoding="utf-8")
    seal = parse_seal(written)
    assert dump_seal(seal) == written
    text = archive() / f"{name}.txt"
    if text.is_file():
        assert seal == seal_text(text.read_text(encoding="utf-8"))


def test_no_article_lies_in_the_project() -> None:
    assert list((ROOT / "seeds").glob("*.txt")) == []


def test_no_file_repeats_a_long_run_of_an_article() -> None:
    """No more than thirty words in a row of an archived text stand anywhere in the project."""
    runs = {
        run: path.name
        for path in archive().glob("*.txt")
        for run in word_runs(path.read_text(encoding="utf-8"))
    }
    names = ("content", "seeds", "docs", "theme", "tests", "generator")
    files = [path for name in names for path in (ROOT / name).rglob("*") if path.is_file()]
    shared = [
        (path.name, runs[run])
        for path in [*files, *ROOT.glob("*.md")]
        if path.suffix in (".md", ".yml", ".html", ".py", ".txt", ".css")
        for run in word_runs(path.read_text(encoding="utf-8"))
        if run in runs
    ]
    assert shared == []


def word_runs(text: str, length: int = 31) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
