"""Briefings and their dossiers as PDF, from the command line and on the site."""

import io
from pathlib import Path

import page
import pikepdf
import pytest
from pypdf import PdfReader

from tests.conftest import ProjectBuilder, Runner
from tests.unit.test_briefing import TEXT


def text_of(path: Path) -> str:
    reader = PdfReader(path)
    return " ".join(" ".join(one.extract_text() for one in reader.pages).split())


@pytest.fixture
def papers(briefing: Runner, project: ProjectBuilder) -> Path:
    """A site with one briefing, by the default setting."""
    project.write("content/briefings/treaty.md", TEXT)
    outcome = briefing("build", "-f", project.config_file)
    assert outcome.code == 0, outcome.out
    return project.root / "site" / "pdf"


def test_the_site_carries_them(papers: Path) -> None:
    names = [
        f"treaty{end}" for end in ("-dossier.large.pdf", "-dossier.letter.pdf", "-dossier.pdf")
    ]
    names += [f"treaty{end}" for end in (".large.pdf", ".letter.pdf", ".pdf")]
    assert sorted(path.name for path in papers.iterdir()) == names
    html = (papers.parent / "briefings/treaty/index.html").read_text(encoding="utf-8")
    assert all(f'href="../../pdf/{name}"' in html for name in names)


def test_a_briefing(papers: Path) -> None:
    text = text_of(papers / "treaty.pdf")
    assert "Number: 1" in text
    assert "As of: 30 June 2019" in text
    assert "By: Desk" in text
    assert "Bottom line Dues are set.1" in text
    assert "Newspapers and an agency. What this rests on." in text
    assert "There was a quarrel.3" in text
    assert "“over the ferry line between the two coasts”" in text
    with pikepdf.open(papers / "treaty.pdf") as file:
        attached = file.attachments["claims.json"].get_file().read_bytes()
    assert b'"grey-harbour-treaty#dues"' in attached


def test_a_dossier(papers: Path) -> None:
    data = (papers / "treaty-dossier.pdf").read_bytes()
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, str(report)
    first = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert all(name in first for name in ("Contents", "The briefing", "Ardenia"))


def test_the_command_makes_the_same(
    briefing: Runner, project: ProjectBuilder, papers: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    briefing("pdf", "treaty", "treaty-dossier", "-o", out, "-f", project.config_file)
    for name in ("treaty.pdf", "treaty-dossier.pdf"):
        assert (out / name).read_bytes() == (papers / name).read_bytes()


def test_an_edit_reaches_them(briefing: Runner, project: ProjectBuilder, papers: Path) -> None:
    before = {path.name: path.read_bytes() for path in papers.iterdir()}
    sheet = "content/countries/ardenia.yml"
    project.write(sheet, project.read(sheet).replace("name: Ardenia", "name: New Ardenia", 1))
    assert "changed" in briefing("build", "-f", project.config_file).err
    after = {path.name: path.read_bytes() for path in papers.iterdir()}
    cold = project.root / "cold"
    assert briefing("build", "-f", project.config_file, "--site-dir", cold).code == 0
    assert after == {path.name: path.read_bytes() for path in (cold / "pdf").iterdir()}
    assert after != before
