import os
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic, Sink
from generator.load import load_project
from generator.load.project import MAX_BYTES
from generator.model.stage import Raw
from tests.conftest import ProjectBuilder


def load(project: ProjectBuilder) -> tuple[Raw, tuple[Diagnostic, ...]]:
    sink = Sink()
    return load_project(project.settings, sink), sink.sorted()


def test_what_a_project_holds(project: ProjectBuilder) -> None:
    raw, findings = load(project)
    assert findings == ()
    assert [sheet.id for sheet in raw.sheets] == sorted(raw.known)
    assert raw.known["ardenia"].id == "country"
    assert raw.known_sources == set(raw.sources)
    assert raw.origins is not None
    assert raw.properties is not None
    assert raw.broken == frozenset()


def test_what_lies_beside_a_record(project: ProjectBuilder) -> None:
    raw, _ = load(project)
    beside = {s.id: (bool(s.text), bool(s.seal), bool(s.archived)) for s in raw.sources.values()}
    assert beside == {
        "delta-wire-2019-05-02": (True, False, False),
        "harbour-gazette-2019-05-03": (True, False, False),
        "northern-review-2019-06": (False, True, False),
    }
    project.archive()
    raw, _ = load(project)
    assert {s.id for s in raw.sources.values() if s.archived} == {"northern-review-2019-06"}


def test_every_input_has_a_digest_and_the_archive_none(project: ProjectBuilder) -> None:
    project.archive()
    raw, _ = load(project)
    files = {path for path in project.root.rglob("*") if path.is_file()}
    assert set(raw.digests) == {path.relative_to(project.root).as_posix() for path in files}


def test_a_change_of_a_page_changes_a_digest(project: ProjectBuilder) -> None:
    before = load(project)[0].digests
    project.append("content/index.md", "\nMore.\n")
    after = load(project)[0].digests
    assert {path for path in before if before[path] != after[path]} == {"content/index.md"}


def test_a_large_file(project: ProjectBuilder) -> None:
    project.write("content/countries/ardenia.yml", "#" * (MAX_BYTES + 1))
    raw, (finding,) = load(project)
    assert (finding.code, finding.path) == ("L111", "content/countries/ardenia.yml")
    assert "ardenia" in raw.known
    assert "content/countries/ardenia.yml" in raw.broken


def test_a_file_that_cannot_be_read(
    project: ProjectBuilder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "ardenia.yml":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    raw, (finding,) = load(project)
    assert (finding.code, finding.message) == ("L116", "the file cannot be read: permission denied")
    assert "ardenia" in raw.known


def test_a_name_that_is_not_utf_8(project: ProjectBuilder) -> None:
    folder = os.fsencode(project.root / "content" / "countries")
    Path(os.fsdecode(folder + b"/caf\xe9.yml")).write_text("name: Café\n", encoding="utf-8")
    Path(os.fsdecode(folder + b"/caf\xe9.md")).write_text("# Café\n", encoding="utf-8")
    raw, findings = load(project)
    assert sorted((finding.code, finding.path) for finding in findings) == [
        ("L117", "content/countries/caf\\xe9.md"),
        ("L117", "content/countries/caf\\xe9.yml"),
    ]
    assert all(finding.message.encode() for finding in findings)
    assert all(path.encode() for path in raw.digests)


def test_no_content_folder(project: ProjectBuilder) -> None:
    project.delete("content")
    _, findings = load(project)
    assert [(f.code, f.path) for f in findings] == [
        ("L118", "content"),
        ("L118", "content/properties.yml"),
    ]


def test_the_order_is_that_of_ids(project: ProjectBuilder) -> None:
    project.write("content/organisations/aaa.yml", "name: First\n")
    raw, _ = load(project)
    assert raw.sheets[0].id == "aaa"
