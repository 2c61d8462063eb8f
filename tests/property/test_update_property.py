"""After any edit the facts are those of a whole check, whatever the edit was."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from bench.corpus import Corpus
from bench.project import write_project
from generator import pipeline
from generator.amend import known_sheet
from generator.config import Settings, load_settings
from generator.diagnostics import Sink
from generator.edited import NotPlain
from generator.model.pack import encode
from generator.model.stage import Verified
from generator.state.keep import all_units, identifier_unit, summarise
from generator.state.store import Store, write_store
from generator.state.world import open_world
from generator.survey import InputFile, known_file, survey_project
from generator.update import update_facts
from tests.property.edit import edit_files, move_sheets

SHEETS = 20


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write_project(Corpus(SHEETS), folder)
    return folder


def picture(verified: Verified) -> dict[str, object]:
    """Everything that is known of a project, to be compared."""
    facts, linked = verified.facts, verified.linked
    return {
        "entities": dict(facts.entities),
        "sources": dict(facts.sources),
        "digests": dict(facts.raw.digests),
        "backlinks": {id_: refs for id_ in facts.entities if (refs := linked.backlinks.get(id_))},
        "timeline": list(linked.timeline.items()),
        "conflicts": list(linked.conflicts.items()),
        "dependants": list(linked.dependants.items()),
        "support": {ref: verified.support[ref] for ref in verified.support},
        "disagreements": verified.disagreements,
        "parties": dict(verified.parties),
        "impact": dict(verified.impact),
        "edition": verified.edition,
        "census": verified.census,
        "rows": list(verified.census.rows),
        "overlaps": verified.overlaps,
    }


def _files(project: Settings, changed: list[Path]) -> list[InputFile]:
    names = survey_project(project, Sink()).stamps
    shown = sorted({project.shown(path) for path in changed if path.exists()})
    return [file for name in shown if (file := known_file(project, name, names))]


@pytest.fixture(scope="module")
def state(corpus: Path) -> tuple[Settings, Path, dict[str, str]]:
    project = load_settings(corpus / "mkdocs.yml")
    checked = pipeline.check(project)
    assert checked.verified is not None
    path = corpus.parent / "state"
    summary = summarise(checked.verified, checked.measures)
    write_store(path, all_units(checked.verified), {"summary": encode(summary)})
    return project, path, dict(checked.verified.facts.raw.digests)


def test_a_state_gives_back_what_was_put_in(state: tuple[Settings, Path, dict[str, str]]) -> None:
    project, path, digests = state
    world, _ = open_world(Store(path), project, digests)
    checked = pipeline.check(project)
    assert checked.verified is not None
    assert picture(world) == picture(checked.verified)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 1 << 32))
def test_an_update_gives_what_a_whole_check_gives(
    state: tuple[Settings, Path, dict[str, str]], corpus: Path, seed: int
) -> None:
    project, path, digests = state
    draw = random.Random(seed)  # noqa: S311 - a test's dice
    kept = {file: file.read_bytes() for file in corpus.rglob("*.yml")}
    try:
        changed = move_sheets(corpus, draw) if draw.random() < 0.5 else edit_files(corpus, draw)
        store = Store(path)
        world, summary = open_world(store, project, digests)

        def owner(identifier: tuple[str, str]) -> str | None:
            found = store.unit(*identifier_unit(identifier))
            return None if found is None else found.decode()

        checked = pipeline.check(project)
        gone = [
            sheet
            for file in changed
            if not file.exists() and (sheet := known_sheet(project, project.shown(file)))
        ]
        gone = [sheet for sheet in gone if sheet.shown in digests]
        try:
            update = update_facts(world, summary, _files(project, changed), gone, owner)
        except NotPlain:
            event("left to a whole check")
            return
        event(f"{len(update.come)} came, {len(update.gone)} went")
        assert checked.findings == ()
        assert checked.verified is not None
        assert picture(update.after) == picture(checked.verified)
        assert update.summary == summarise(checked.verified, checked.measures)
    finally:
        for file in [file for file in corpus.rglob("*.yml") if file not in kept]:
            file.unlink()
        for file, data in kept.items():
            file.write_bytes(data)
