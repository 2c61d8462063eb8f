"""However the work of a check is shared, what comes of it is the same."""

from __future__ import annotations

import pytest

from generator import pipeline
from tests.conftest import ProjectBuilder
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
