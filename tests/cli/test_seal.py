import json

import pytest

from generator.verify.seal import dump_seal, seal_text
from tests.conftest import ARCHIVED, ProjectBuilder, Runner

SEAL = "seeds/northern-review-2019-06.seal"


def test_without_an_archive(briefing: Runner, project: ProjectBuilder) -> None:
    outcome = briefing("seal", "-f", project.config_file)
    assert outcome.code == 2
    assert "no archive: set `archive`" in outcome.err


def test_sealing_all_that_is_sealed(briefing: Runner, project: ProjectBuilder) -> None:
    project.archive()
    project.delete(SEAL)
    outcome = briefing("seal", "-f", project.config_file)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"sealed: {SEAL} (204 words)\n"
    assert project.found() == []


def test_sealing_again_changes_nothing(briefing: Runner, project: ProjectBuilder) -> None:
    project.archive()
    before = (project.root / SEAL).stat().st_mtime_ns
    outcome = briefing("seal", "-f", project.config_file)
    assert (outcome.code, outcome.err) == (0, f"unchanged: {SEAL} (204 words)\n")
    assert (project.root / SEAL).stat().st_mtime_ns == before


def test_a_changed_text_is_sealed_anew(briefing: Runner, project: ProjectBuilder) -> None:
    text = "Quite another article, of eight words.\n"
    project.archive(northern_review_2019_06=text)
    assert project.found() == ["Q406"]
    outcome = briefing("seal", "northern-review-2019-06", "-f", project.config_file)
    assert (outcome.code, outcome.err) == (0, f"sealed: {SEAL} (6 words)\n")
    assert project.read(SEAL) == dump_seal(seal_text(text))
    assert set(project.found()) == {"Q401"}
    assert not list((project.root / "seeds").glob("*.part"))


@pytest.mark.parametrize(
    ("old", "new", "hints"),
    [
        ("\n\n", "\n", ["its words are the same, but paragraphs or sentences are divided otherwise"]),
        ("under the lamps.", "under the lamps!", ["it first differs in paragraph 2, sentence 1"]),
        ("What the", "So what the", ["it had 204 words and has 205", "it first differs in paragraph 1, sentence 1"]),
    ],
)  # fmt: skip
def test_where_an_archived_text_has_changed(
    project: ProjectBuilder, old: str, new: str, hints: list[str]
) -> None:
    text = (ARCHIVED / "northern-review-2019-06.txt").read_text(encoding="utf-8")
    project.archive(northern_review_2019_06=text.replace(old, new, 1))
    (finding,) = project.check().findings
    assert finding.code == "Q406"
    assert list(finding.hints[:-1]) == hints


def test_compare_only(briefing: Runner, project: ProjectBuilder) -> None:
    project.archive()
    assert briefing("seal", "--check", "-f", project.config_file).code == 0
    project.archive(northern_review_2019_06="Quite another article, of eight words.\n")
    before = project.read(SEAL)
    outcome = briefing("seal", "--check", "-f", project.config_file, "--format", "jsonl")
    assert outcome.code == 1
    assert json.loads(outcome.out)["code"] == "Q406"
    assert outcome.err.startswith(f"differs: {SEAL}")
    assert project.read(SEAL) == before


@pytest.mark.parametrize(
    ("text", "code"), [(b"\xff\xfe", "L101"), (b"", "L103"), (b" \n\n", "L103"), (b"a\0b", "L102")]
)
def test_an_archived_text_that_cannot_be_sealed(
    briefing: Runner, project: ProjectBuilder, text: bytes, code: str
) -> None:
    project.archive(northern_review_2019_06=text)
    before = project.read(SEAL)
    outcome = briefing("seal", "-f", project.config_file)
    assert outcome.code == 1
    assert f"error[{code}] `northern-review-2019-06.txt` in the archive" in outcome.out
    assert project.read(SEAL) == before


@pytest.mark.parametrize("text", ["\u200b\n\n", "— …\n"])
def test_a_text_without_words(briefing: Runner, project: ProjectBuilder, text: str) -> None:
    project.archive(northern_review_2019_06=text)
    before = project.read(SEAL)
    outcome = briefing("seal", "-f", project.config_file)
    assert outcome.code == 1
    assert "error[L103] `northern-review-2019-06.txt` in the archive holds no words" in outcome.out
    assert project.read(SEAL) == before


@pytest.mark.parametrize(
    ("text", "what"), [("word " * 1_600_001, "text"), ("a " * 970_000, "seal")]
)
def test_what_a_check_would_refuse_is_not_sealed(
    briefing: Runner, project: ProjectBuilder, text: str, what: str
) -> None:
    project.archive(northern_review_2019_06=text)
    before = project.read(SEAL)
    outcome = briefing("seal", "-f", project.config_file)
    assert outcome.code == 1
    assert f"error[L111] the {what} of `northern-review-2019-06` is larger than" in outcome.out
    assert project.read(SEAL) == before


@pytest.mark.parametrize("mode", ["open", "none", "saeled"])
def test_a_source_that_is_not_to_be_sealed(
    briefing: Runner, project: ProjectBuilder, mode: str
) -> None:
    project.archive()
    project.delete(SEAL)
    project.change("seeds/northern-review-2019-06.yml", "text: sealed", f"text: {mode}")
    outcome = briefing("seal", "northern-review-2019-06", "-f", project.config_file)
    assert outcome.code == 1
    assert f"error[L119] `northern-review-2019-06` is not to be sealed: its `text` is `{mode}`" in (
        outcome.out
    )
    assert not (project.root / SEAL).exists()


def test_a_seal_that_cannot_be_written(briefing: Runner, project: ProjectBuilder) -> None:
    project.archive()
    project.delete(SEAL)
    (project.root / SEAL).mkdir()
    outcome = briefing("seal", "-f", project.config_file)
    assert outcome.code == 1
    assert f"{SEAL}: error[P602] the seal cannot be written: is a directory" in outcome.out
    assert not list((project.root / "seeds").glob("*.part"))


def test_an_archive_without_the_text(briefing: Runner, project: ProjectBuilder) -> None:
    (project.archive() / "northern-review-2019-06.txt").unlink()
    outcome = briefing("seal", "-f", project.config_file)
    assert outcome.code == 1
    assert "error[L119] the archive holds no `northern-review-2019-06.txt`" in outcome.out


def test_an_archived_text_that_is_a_folder(briefing: Runner, project: ProjectBuilder) -> None:
    text = project.archive() / "northern-review-2019-06.txt"
    text.unlink()
    text.mkdir()
    outcome = briefing("seal", "-f", project.config_file)
    assert outcome.code == 1
    assert "error[L116] `northern-review-2019-06.txt` in the archive cannot" in outcome.out


def test_a_seal_that_is_no_text_is_written_anew(briefing: Runner, project: ProjectBuilder) -> None:
    project.archive()
    good = project.read(SEAL)
    project.write(SEAL, b"\xff\xfe")
    assert briefing("seal", "-f", project.config_file).code == 0
    assert project.read(SEAL) == good


def test_a_source_that_is_not_there(briefing: Runner, project: ProjectBuilder) -> None:
    project.archive()
    outcome = briefing("seal", "northern-revue-2019-06", "-f", project.config_file)
    assert outcome.code == 1
    assert "error[X303] no source is called `northern-revue-2019-06`" in outcome.out
    assert "did you mean `northern-review-2019-06`?" in outcome.out


def test_faults_elsewhere_do_not_stop_a_seal(briefing: Runner, project: ProjectBuilder) -> None:
    project.archive()
    project.write("content/countries/fenland.yml", "name: [")
    project.delete(SEAL)
    assert briefing("seal", "-f", project.config_file).code == 0
