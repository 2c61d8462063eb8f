"""What a build holds while it goes on."""

from __future__ import annotations

import weakref
from pathlib import Path

import pytest

from generator import audit, build, pipeline
from generator.config import Settings
from generator.diagnostics import Sink
from generator.host import build_site
from generator.model.stage import Verified
from generator.progress import Progress
from tests.conftest import write_corpus


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_facts_are_gone_when_the_audit_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    project = write_corpus(10, tmp_path, monkeypatch)
    facts: list[weakref.ref[Verified]] = []
    left: list[Verified | None] = []
    check = pipeline.check

    def checked(settings: Settings, progress: Progress, jobs: int | None) -> pipeline.Checked:
        result = check(settings, progress, jobs)
        assert result.verified is not None
        facts.append(weakref.ref(result.verified))
        return result

    def audited(
        site: Path,
        settings: Settings,
        sink: Sink,
        files: audit.FolderFiles,
        progress: Progress,
        jobs: int | None,
    ) -> audit.AuditResult:
        left.extend(ref() for ref in facts)
        return audit.AuditResult(None, None)

    monkeypatch.setattr(build, "FEWEST_PARTS", 1)  # a small site has no memory worth giving back
    monkeypatch.setattr(pipeline, "check", checked)
    monkeypatch.setattr(audit, "audit_changes", audited)
    findings, done = build_site(project / "mkdocs.yml", jobs=jobs)
    assert (findings, done, left) == ((), True, [None])
