"""Former words on the pages of changes are those of the file of changes."""

from pathlib import Path

import pytest

from generator.audit import audit_site
from generator.config import load_settings
from generator.diagnostics import Sink
from generator.host import build_site
from generator.release import release_edition
from tests.conftest import ProjectBuilder


@pytest.fixture
def site(project: ProjectBuilder) -> Path:
    assert release_edition(project.verified(), Sink(), note="Before the summer")
    project.change("content/countries/belmora.yml", "a common cause.", "the common cause.")
    folder = project.root / "site"
    findings, done = build_site(project.config_file, site_dir=folder)
    assert (done, list(findings)) == (True, [])
    return folder


def faults(project: ProjectBuilder, site: Path) -> list[tuple[str, str]]:
    sink = Sink()
    audit_site(site, load_settings(project.config_file), sink)
    return [(one.code, one.message) for one in sink.sorted()]


def test_other_former_words(project: ProjectBuilder, site: Path) -> None:
    assert faults(project, site) == []
    (page,) = site.glob("changes/since-*/index.html")
    edition = page.parent.name.removeprefix("since-")
    message = f"`data/changes-{edition}.jsonl` does not have these former words of"
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace("</span>a</del>", "</span>no</del>"), encoding="utf-8")
    assert faults(project, site) == [("P606", f"{message} `belmora#common-cause`")]
    page.write_text(html, encoding="utf-8")
    index = site / "changes" / "index.html"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("Before the summer", "Before 1999"), encoding="utf-8")
    assert faults(project, site) == [("P606", f"{message} `edition:{edition}`")]


def test_a_file_of_changes_that_is_gone(project: ProjectBuilder, site: Path) -> None:
    (file,) = site.glob("data/changes-*.jsonl")
    file.write_text("[]\n", encoding="utf-8")
    assert {code for code, _ in faults(project, site)} == {"P606"}
