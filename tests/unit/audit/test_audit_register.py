"""P608: what is no site, or a damaged one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.audit import AuditCounts, audit_site
from generator.diagnostics import Sink
from tests.unit.audit.built_site import (
    CLAIMS,
    COURIER_PAGE,
    ENTITIES,
    GUILD,
    PLACE,
    SOURCES,
    BuiltSite,
)


def test_missing_folder(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    sink = Sink()
    counts = audit_site(tmp_path / "nowhere", built.settings, sink)
    assert [(f.code, f.path) for f in sink] == [("P608", "nowhere")]
    assert counts == AuditCounts()


def test_empty_folder(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    shutil.rmtree(built.site)
    built.site.mkdir()
    assert built.codes() == {"P608"}


@pytest.mark.parametrize("path", [CLAIMS, ENTITIES, SOURCES])
def test_missing_data_file(tmp_path: Path, path: str) -> None:
    built = BuiltSite(tmp_path)
    (built.site / path).unlink()
    found = next(f for f in built.audit() if f.code == "P608")
    assert (found.message, found.path, found.span) == (
        f"the site has no `{path}`",
        f"site/{path}",
        None,
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"id": "a#b", }', "the line is not sound JSON"),
        ("[" * 100_000, "the line is not sound JSON"),
        ('["a"]', "the line is no record with an `id`"),
        ('{"id": 4}', "the line is no record with an `id`"),
        ('{"id": "a#b"}', "the claim `a#b` has no list of citations"),
        ('{"id": "a#b", "citations": ["x"]}', "a citation of the claim `a#b` names no source or no words"),
    ],
)  # fmt: skip
def test_damaged_line(tmp_path: Path, line: str, message: str) -> None:
    built = BuiltSite(tmp_path)
    text = (built.site / CLAIMS).read_text(encoding="utf-8")
    built.write(CLAIMS, f"{text}{line}\n")
    found = next(f for f in built.audit() if f.code == "P608")
    assert (found.message, found.path) == (message, f"site/{CLAIMS}")
    assert found.span is not None
    assert found.span.file.position(found.span.start)[0] == 3


def test_damaged_line_does_not_put_its_claim_at_fault(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    lines = (built.site / CLAIMS).read_text(encoding="utf-8").splitlines()
    built.write(CLAIMS, "\n".join([lines[0], lines[1], lines[2][:40]]))
    assert built.one().code == "P608"


def test_page_that_is_not_text(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path)
    for path in (GUILD, COURIER_PAGE):
        (built.site / path).write_bytes(b"<p>caf\xe9</p>")
    assert [(f.code, f.path) for f in built.audit()] == [
        ("P608", f"site/{GUILD}"),
        ("P608", f"site/{COURIER_PAGE}"),
    ]


def test_page_missing_for_an_entity(tmp_path: Path) -> None:
    built = BuiltSite(tmp_path).edit(
        PLACE, '<a href="../../organisations/pier-7-guild/">Pier 7 Guild</a>', ""
    )
    (built.site / GUILD).unlink()
    found = built.one()
    assert (found.code, found.message, found.path) == (
        "P608",
        "`pier-7-guild` has no page",
        f"site/{ENTITIES}",
    )


def test_page_without_briefing_article(tmp_path: Path) -> None:
    built = (
        BuiltSite(tmp_path)
        .edit(GUILD, 'class="briefing"', 'class="plain"')
        .edit(GUILD, "Wikidata Q77", "")
    )
    found = built.one()
    assert (found.code, found.path) == ("P608", f"site/{GUILD}")
