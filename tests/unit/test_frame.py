"""The frame around the pages of a project that writes no prose and no navigation."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from generator.host import build_site
from tests.conftest import ProjectBuilder


def test_every_page_has_one_heading_and_no_crumb_twice(
    project: ProjectBuilder, tmp_path: Path
) -> None:
    (project.root / "content/index.md").unlink()
    folder = tmp_path / "site"
    findings, done = build_site(project.config_file, site_dir=folder)
    assert done, findings
    headings, crumbs = dict[str, list[str]](), dict[str, list[str]]()
    for path in folder.rglob("index.html"):
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        if page.css_first("main"):  # not those that only lead on
            name = path.parent.relative_to(folder).as_posix()
            headings[name] = [node.text(strip=True) for node in page.css("h1")]
            crumbs[name] = [node.text(strip=True) for node in page.css(".crumbs li")]
    assert [name for name, found in headings.items() if len(found) != 1 or not found[0]] == []
    assert headings["about/method"] == ["Method"]
    home = LexborHTMLParser((folder / "index.html").read_text(encoding="utf-8"))
    assert all("---" not in node.text() for node in home.css("h2"))
    assert crumbs["countries"] == ["Home", "Countries"]
    assert crumbs["countries/ardenia"] == ["Home", "Countries", "Ardenia"]
    assert crumbs["about/method"] == ["Home", "About", "Method"]
