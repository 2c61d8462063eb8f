"""Papers that a site carries: linked, kept from build to build, the same after an edit as from nothing."""

import shutil
from pathlib import Path

import pytest

from generator.paper import FORMATS, Order
from generator.printing.site import SITE_FORMATS
from generator.render.address import PAPERS
from tests.conftest import ProjectBuilder, Runner


def papers(site: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((site / "pdf").iterdir())}


def with_papers(project: ProjectBuilder) -> None:
    project.append("mkdocs.yml", "      pdf: all\n")
    # Papers have no font for these scripts.
    sheet = "content/events/harbour-ceremony-2019.yml"
    lines = project.read(sheet).splitlines(keepends=True)
    project.write(sheet, "".join(one for one in lines if "港" not in one and "जहाज़" not in one))


def test_pages_link_to_their_papers(briefing: Runner, project: ProjectBuilder) -> None:
    with_papers(project)
    assert briefing("build", "-f", project.config_file).code == 0  # the audit follows the links
    page = (project.root / "site/countries/ardenia/index.html").read_text(encoding="utf-8")
    made = papers(project.root / "site")
    for variant, (label, ending) in zip(SITE_FORMATS, PAPERS, strict=True):
        assert f'<a href="../../pdf/ardenia{ending}">{label}</a>' in page
        assert Order("ardenia", ("ardenia",)).file(variant) == f"ardenia{ending}"
        assert f"ardenia{ending}" in made
    assert len(made) == 3 * len(project.verified().census.rows)
    assert FORMATS[:3] == SITE_FORMATS


def test_none_unless_asked_for(briefing: Runner, project: ProjectBuilder) -> None:
    assert briefing("build", "-f", project.config_file).code == 0
    assert not (project.root / "site/pdf").exists()
    page = (project.root / "site/countries/ardenia/index.html").read_text(encoding="utf-8")
    assert ".pdf" not in page


@pytest.mark.parametrize("is_released", [False, True])
def test_an_edit_gives_what_a_cold_build_gives(
    briefing: Runner, project: ProjectBuilder, is_released: bool
) -> None:
    with_papers(project)
    if is_released:  # papers then tell how much has changed since
        assert briefing("release", "-f", project.config_file).code == 0
    site = project.root / "site"
    briefing("build", "-f", project.config_file)
    former = papers(site)
    edits = [
        ("content/countries/belmora.yml", "a common cause.", "one common cause."),
        ("seeds/delta-wire-2019-05-02.yml", "descriptor: ", "descriptor: In short, "),
        ("content/countries/ardenia.yml", "name: Ardenia", "name: New Ardenia"),
    ]
    for path, old, new in edits:
        project.write(path, project.read(path).replace(old, new, 1))
        outcome = briefing("build", "-f", project.config_file)
        assert "changed" in outcome.err, outcome
        made = papers(site)
        assert made != former
        former = made
    for kept in project.root.glob(".site.*"):
        shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
    cold = project.root / "cold"
    assert briefing("build", "-f", project.config_file, "--site-dir", cold).code == 0
    assert papers(cold) == former


def test_the_latest_changes_are_a_paper(briefing: Runner, project: ProjectBuilder) -> None:
    """Made anew with every edit, and gone with nothing: the same files as from nothing."""
    site = project.root / "site"
    config = project.config_file
    assert briefing("release", "-f", config).code == 0
    assert briefing("build", "-f", config).code == 0  # the audit follows the links
    assert 'href="../pdf/changes.letter.pdf"' in (site / "changes/index.html").read_text()
    names = ["changes.large.pdf", "changes.letter.pdf", "changes.pdf"]
    former = papers(site)
    assert list(former) == names
    sheet = "content/countries/belmora.yml"
    project.write(sheet, project.read(sheet).replace("a common cause.", "one common cause.", 1))
    outcome = briefing("build", "-f", config)
    assert "changed" in outcome.err, outcome
    made = papers(site)
    assert list(made) == names
    assert not set(made.values()) & set(former.values())
    cold = project.root / "cold"
    assert briefing("build", "-f", config, "--site-dir", cold).code == 0
    assert papers(cold) == made


def test_papers_come_and_go_with_their_sheets(briefing: Runner, project: ProjectBuilder) -> None:
    with_papers(project)
    site = project.root / "site"
    briefing("build", "-f", project.config_file)
    former = papers(site)
    cite = "cite: {harbour-gazette-2019-05-03: allows twelve crossings a day}"
    text = f"name: Newland\nclaims:\n  one:\n    text: It is so, says [[ardenia]].\n    {cite}\n"
    new = project.write("content/countries/newland.yml", text)
    outcome = briefing("build", "-f", project.config_file)
    assert "files changed" in outcome.err, outcome
    made = papers(site)
    assert made.keys() - former.keys() == {f"newland{ending}" for _, ending in PAPERS}
    shutil.rmtree(site)
    briefing("build", "-f", project.config_file)
    assert papers(site) == made
    new.unlink()
    outcome = briefing("build", "-f", project.config_file)
    assert "files changed" in outcome.err, outcome
    assert papers(site) == former


def test_an_entity_named_changes_has_that_paper(briefing: Runner, project: ProjectBuilder) -> None:
    with_papers(project)
    project.write("content/countries/changes.yml", "name: Changes\n")
    assert briefing("release", "-f", project.config_file).code == 0
    outcome = briefing("build", "-f", project.config_file)
    assert outcome.code == 0, outcome
    assert "pdf/" not in (project.root / "site/changes/index.html").read_text()
    assert "changes.pdf" in papers(project.root / "site")


def test_a_glyph_stops_the_build(briefing: Runner, project: ProjectBuilder) -> None:
    project.append("mkdocs.yml", "      pdf: all\n")
    outcome = briefing("build", "-f", project.config_file)
    assert outcome.code == 1
    assert "harbour-ceremony-2019.yml:28:11: error[R504]" in outcome.out
    assert not (project.root / "site").exists()


def test_a_choice_that_there_is_not(briefing: Runner, project: ProjectBuilder) -> None:
    project.append("mkdocs.yml", "      pdf: some\n")
    outcome = briefing("check", "-f", project.config_file)
    assert "error[L122] `pdf` is `some`" in outcome.out
    assert "give one of all, briefings, none" in outcome.out
