"""After any edit the facts are those of a whole check, whatever the edit was."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.corpus import Corpus
from bench.project import write_project
from generator import pipeline
from generator.config import Settings, load_settings
from generator.diagnostics import Sink
from generator.load import survey_project
from generator.model.stage import Verified
from generator.share import InputFile
from generator.state.keep import all_units, encode, summarise
from generator.state.store import Store, write_store
from generator.state.world import open_world
from generator.update import NotPlain, update_facts

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


# Each changes one line of a sheet or record, or some of them, in a way that may or may not be right.
def _reword(text: str, draw: random.Random) -> str:
    lines = [m for m in re.finditer(r"^ +text: .*\.$", text, re.MULTILINE)]
    if not lines:
        return text
    at = draw.choice(lines).end() - 1
    return f"{text[:at]} at last{text[at:]}"


def _drop_line(text: str, draw: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    del lines[draw.randrange(len(lines))]
    return "".join(lines)


def _drop_claim(text: str, draw: random.Random) -> str:
    claims = list(re.finditer(r"^  [a-z0-9-]+:\n(?:    .*\n)+", text, re.MULTILINE))
    if not claims:
        return text
    claim = draw.choice(claims)
    return text[: claim.start()] + text[claim.end() :]


def _move_claim(text: str, draw: random.Random) -> str:
    claims = list(re.finditer(r"^  [a-z0-9-]+:\n(?:    .*\n)+", text, re.MULTILINE))
    if not claims:
        return text
    claim = draw.choice(claims)
    rest = text[: claim.start()] + text[claim.end() :]
    first = rest.find("claims:\n")
    if first < 0:
        return text
    at = first + len("claims:\n")
    return rest[:at] + claim.group() + rest[at:]


def _deprecate(text: str, draw: random.Random) -> str:
    claims = list(re.finditer(r"^(  [a-z0-9-]+:\n)(    (?:text|property))", text, re.MULTILINE))
    if not claims:
        return text
    at = draw.choice(claims).end(1)
    return f"{text[:at]}    rank: deprecated\n    reason: It was put off.\n{text[at:]}"


def _contradict(text: str, draw: random.Random) -> str:
    refs = list(re.finditer(r"^(  )([a-z0-9-]+)(:\n)(?=    text)", text, re.MULTILINE))
    if len(refs) < 2:
        return text
    one, other = draw.sample(refs, 2)
    name = draw.choice(["ENTITY", "vorbelia"])
    return f"{text[: one.end()]}    conflicts_with: [{name}#{other[2]}]\n{text[one.end() :]}"


def _undate(text: str, draw: random.Random) -> str:
    return re.sub(r"^    date: .*\n", "", text, count=1, flags=re.MULTILINE)


def _rename(text: str, draw: random.Random) -> str:
    return re.sub(r"^name: (.*)$", r"name: New \1", text, count=1, flags=re.MULTILINE)


def _retract(text: str, draw: random.Random) -> str:
    return f"{text}status: retracted\ndate: 2024-05-01\nreason: It was made up.\n"


def _retitle(text: str, draw: random.Random) -> str:
    return re.sub(r"^title: .*$", "title: Another title", text, flags=re.MULTILINE)


SHEET_EDITS = (
    _reword, _drop_line, _drop_claim, _move_claim, _deprecate, _contradict, _undate, _rename,
)  # fmt: skip
RECORD_EDITS = (_retract, _retitle)


def _edit(project: Path, draw: random.Random) -> list[Path]:
    """Edit one to three files; gives those that have changed."""
    changed = []
    for _ in range(draw.randint(1, 3)):
        if draw.random() < 0.15:
            path = draw.choice(sorted((project / "seeds").glob("*post*.yml")))
            edit = draw.choice(RECORD_EDITS)
        else:
            path = draw.choice(sorted((project / "content").glob("*/*.yml")))
            edit = draw.choice(SHEET_EDITS)
        text = path.read_text(encoding="utf-8")
        new = edit(text, draw).replace("ENTITY", path.stem)
        if new != text:
            path.write_text(new, encoding="utf-8")
            changed.append(path)
    return changed


def _files(project: Settings, changed: list[Path]) -> list[InputFile]:
    survey = survey_project(project, Sink())
    names = {str(path) for path in changed}
    files: list[InputFile] = [*survey.sheets, *survey.records]
    return [file for file in files if file.path in names]


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
        changed = _edit(corpus, draw)
        world, summary = open_world(Store(path), project, digests)
        checked = pipeline.check(project)
        try:
            update = update_facts(world, summary, _files(project, changed))
        except NotPlain:
            return
        assert checked.findings == ()
        assert checked.verified is not None
        assert picture(update.after) == picture(checked.verified)
        assert update.summary == summarise(checked.verified, checked.measures)
    finally:
        for file, data in kept.items():
            file.write_bytes(data)
