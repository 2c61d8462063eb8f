"""The project's own content is clean, and its seals are those of the archived texts."""

import os
from pathlib import Path

import pytest

from generator.config import load_settings
from generator.pipeline import check
from generator.verify.seal import dump_seal, parse_seal, seal_text
from tests.conftest import REAL_ARCHIVE

ROOT = Path(__file__).resolve().parents[2]
SEALS = sorted(path.stem for path in (ROOT / "seeds").glob("*.seal"))


def archive() -> Path:
    return Path(REAL_ARCHIVE or ROOT / "archive")


def test_the_content_checks_clean_from_its_seals() -> None:
    checked = check(load_settings(ROOT / "mkdocs.yml"))
    assert [f"{f.path}: {f.code} {f.message}" for f in checked.findings] == []
    assert checked.verified is not None
    assert all(
        citation.passage.against == "seal"
        for support in checked.verified.support.values()
        for citation in support.citations
    )


def test_the_content_checks_clean_with_the_archive(monkeypatch: pytest.MonkeyPatch) -> None:
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
