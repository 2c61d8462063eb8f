"""The corpora of the benchmark: the same each time, clean, and of every sort of claim."""

import hashlib
import re
from pathlib import Path

import pytest

from bench.author import most_mentioned, write_blocks
from bench.corpus import CLAIMS, LARGEST, Corpus, count_of, name_of, number_of
from bench.project import edit_fact, rename_entity, toggle_sheet, write_project
from bench.vocabulary import STEMS, stem
from generator.config import load_settings
from generator.pipeline import Checked, check

SHEETS = 20


def digest(folder: Path) -> str:
    """A hash of the paths and bytes of all files."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    parts = [f"{path.relative_to(folder)}\0".encode() + path.read_bytes() for path in files]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus as a project."""
    path = tmp_path_factory.mktemp("corpus")
    write_project(Corpus(SHEETS), path)
    return path


@pytest.fixture
def checked(folder: Path) -> Checked:
    """The outcome of its check."""
    return check(load_settings(folder / "mkdocs.yml"))


def test_the_same_bytes_each_time(folder: Path, tmp_path: Path) -> None:
    write_project(Corpus(SHEETS), tmp_path)
    assert digest(tmp_path) == digest(folder)


def test_it_checks_clean(checked: Checked) -> None:
    assert checked.findings == ()
    assert checked.counts["sheets"] == SHEETS
    assert checked.counts["claims"] == SHEETS * CLAIMS
    assert checked.counts["sources"] == SHEETS // 5


def test_it_has_every_standing_and_kind_of_sheet(checked: Checked) -> None:
    assert checked.verified is not None
    assert {support.standing for support in checked.verified.support.values()} == {
        "corroborated", "single-origin", "disputed", "derived", "judgement", "deprecated",
    }  # fmt: skip
    kinds = {entity.kind_id for entity in checked.verified.linked.facts.entities.values()}
    assert kinds == {"country", "person", "agreement", "organisation", "event"}


def test_it_has_several_scripts(checked: Checked) -> None:
    assert checked.verified is not None
    facts = checked.verified.linked.facts
    assert len({tag for entity in facts.entities.values() for tag, _ in entity.names}) >= 4
    assert any(not quote.exact.isascii() for claim in facts.claims() for quote in claim.quotations)


def test_an_edit_stays_clean_and_is_undone_by_the_next(folder: Path) -> None:
    sheet = next((folder / "content" / "countries").glob("*.yml"))
    before = sheet.read_bytes()
    edit_fact(sheet)
    assert sheet.read_bytes() != before
    assert check(load_settings(folder / "mkdocs.yml")).findings == ()
    edit_fact(sheet)
    assert sheet.read_bytes() == before


def test_a_renaming_stays_clean_and_is_undone_by_the_next(folder: Path) -> None:
    name, _ = most_mentioned(Corpus(SHEETS))
    sheet = folder / "content" / name.folder / f"{name.id}.yml"
    before = sheet.read_bytes()
    rename_entity(sheet)
    assert sheet.read_bytes() == before.replace(
        f"name: {name.name}\n".encode(), f"name: {name.name} of old\n".encode(), 1
    )
    checked = check(load_settings(folder / "mkdocs.yml"))
    assert checked.findings == ()
    assert checked.verified is not None
    assert checked.verified.facts.entities[name.id].name == f"{name.name} of old"
    rename_entity(sheet)
    assert sheet.read_bytes() == before


def test_a_sheet_that_comes_stays_clean_and_goes_the_next_time(folder: Path) -> None:
    before = sorted(folder.glob("content/*/*.yml"))
    toggle_sheet(folder / "content" / "countries")
    checked = check(load_settings(folder / "mkdocs.yml"))
    assert checked.findings == ()
    assert checked.verified is not None
    assert checked.verified.facts.entities["the-new-one"].claims
    toggle_sheet(folder / "content" / "countries")
    assert sorted(folder.glob("content/*/*.yml")) == before
    (folder / "content" / "none").mkdir()
    with pytest.raises(ValueError, match="no sheet in `none` serves as a model"):
        toggle_sheet(folder / "content" / "none")


def test_a_sheet_without_a_plain_name_is_not_renamed(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.yml"
    sheet.write_text('name: "A: B"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"`sheet\.yml` does not begin with a name"):
        rename_entity(sheet)


def test_the_most_mentioned_entity_is_that_of_most_sheets(folder: Path) -> None:
    name, mentions = most_mentioned(Corpus(SHEETS))
    sheets = [path for path in folder.glob("content/*/*.yml") if path.stem != name.id]
    # Fact boxes and acts name an entity without brackets, so the bare id is what to look for.
    words = re.compile(rf"\b{name.id}\b")
    assert sum(bool(words.search(path.read_text(encoding="utf-8"))) for path in sheets) == mentions
    assert mentions > 1


@pytest.mark.parametrize("sheets", [200, 1000])
def test_a_twentieth_of_all_sheets_mentions_one_entity(sheets: int) -> None:
    assert most_mentioned(Corpus(sheets))[1] >= sheets // 20


def test_every_sheet_has_its_number_of_claims() -> None:
    sheets = [sheet for block in write_blocks(Corpus(200)) for sheet in block.sheets]
    assert {len(sheet.claims) for sheet in sheets} == {CLAIMS}
    assert all(len({claim.id for claim in sheet.claims}) == CLAIMS for sheet in sheets)


def test_names_are_all_different() -> None:
    assert len({stem(number) for number in range(STEMS)}) == STEMS
    assert len({name_of(number).id for number in range(5_000)}) == 5_000


@pytest.mark.parametrize("sheets", [20, 35, 100])
def test_entities_are_found_by_kind_and_rank(sheets: int) -> None:
    kinds = ("country", "person", "agreement", "organisation", "event")
    numbers = [number_of(kind, rank) for kind in kinds for rank in range(count_of(kind, sheets))]
    assert sorted(numbers) == list(range(sheets))
    assert all(
        name_of(number_of(kind, rank)).kind == kind
        for kind in kinds
        for rank in range(count_of(kind, sheets))
    )


@pytest.mark.parametrize("sheets", [0, 5, 12, LARGEST - LARGEST % 5 + 5])
def test_other_sizes_are_refused(sheets: int) -> None:
    with pytest.raises(ValueError, match=f"{sheets} is no multiple of 5"):
        Corpus(sheets)
