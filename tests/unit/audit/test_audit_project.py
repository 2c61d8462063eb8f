"""The audit as a whole: a sound site has no findings, and a folder that is none is told apart."""

from __future__ import annotations

from pathlib import Path

from tests.unit.audit.built_site import BuiltSite


def test_sound_site_has_no_findings(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    assert [(f.code, f.path, f.message, f.span and f.span.text) for f in built.audit()] == []
    assert built.counts.pages == 8
    assert (built.counts.claims, built.counts.citations, built.counts.passages) == (3, 4, 3)
    assert built.counts.links > 20
