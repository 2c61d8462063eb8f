"""However the work of a check is shared, what comes of it is the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from generator import pipeline
from generator.config import load_settings
from generator.share import cases_of
from generator.verify import exhibit
from tests.conftest import ProjectBuilder, write_corpus
from tests.property.test_update_property import picture


def test_shares_and_processes_change_nothing(
    project: ProjectBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = pipeline.check(project.settings, jobs=1)
    monkeypatch.setattr(pipeline, "SHARE", 2)
    shared = pipeline.check(project.settings, jobs=3)
    assert (shared.findings, shared.counts) == (alone.findings, alone.counts)
    assert alone.verified is not None
    assert shared.verified is not None
    assert picture(shared.verified) == picture(alone.verified)


def test_findings_come_back_from_processes_as_they_are(
    project: ProjectBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.change("content/countries/ardenia.yml", "about 2.3 million", "about 3.3 million")
    project.write("content/countries/fenland.yml", "name: Fenland\nclaims:\n  one: {}\nage: 3\n")
    project.write("content/people/nobody.yml", "name: [Nobody\n")
    alone = pipeline.check(project.settings, jobs=1)
    assert len(alone.findings) > 3
    monkeypatch.setattr(pipeline, "SHARE", 2)
    shared = pipeline.check(project.settings, jobs=3)
    assert [finding.sort_key for finding in shared.findings] == [
        finding.sort_key for finding in alone.findings
    ]
    assert shared.verified is None


def test_facts_from_processes_hold_each_word_once(
    project: ProjectBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "SHARE", 2)
    verified = pipeline.check(project.settings, jobs=3).verified
    assert verified is not None
    entities = verified.facts.entities
    sources: dict[str, str] = {}
    cited = 0
    for entity in entities.values():
        for claim in entity.claims:
            assert claim.entity is entity.id
            backing = verified.support[claim.ref]
            for quotation, citation in zip(claim.quotations, backing.citations, strict=True):
                cited += 1
                assert citation.quotation is quotation
                assert citation.passage.exact is quotation.exact
                assert citation.passage.source is sources.setdefault(
                    quotation.source, quotation.source
                )
    assert cited > 10


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus whose articles, each but the last, are cited along with the one after them."""
    return write_corpus(100, tmp_path, monkeypatch) / "mkdocs.yml"


def test_sources_that_are_cited_together_are_verified_together(corpus: Path) -> None:
    verified = pipeline.check(load_settings(corpus), jobs=1).verified
    assert verified is not None
    cases = cases_of(verified.linked)
    places = {case.source.id: place for place, case in enumerate(cases) if case.source}
    assert len(places) == 20
    # The last article is cited along with the first: a ring has one place where it is cut.
    distances = Counter(
        abs(places[claim.quotations[0].source] - places[claim.quotations[1].source])
        for case in cases
        for claim in case.claims
        if len(claim.quotations) > 1
    )
    assert distances[1] > 50
    assert set(distances) <= {0, 1, 19}


def test_few_open_texts_are_enough(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = pipeline.check(load_settings(corpus), jobs=1)
    monkeypatch.setattr(exhibit, "_OPEN", 1)
    after = pipeline.check(load_settings(corpus), jobs=1)
    assert before.verified is not None
    assert after.verified is not None
    assert after.verified.support == before.verified.support
    assert after.verified.impact == before.verified.impact
    assert after.measures == before.measures
