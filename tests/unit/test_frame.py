"""The frame around the pages of a project that writes no prose and no navigation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.config import DEFAULT_THEME
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


@pytest.mark.parametrize("is_hosts", [False, True])
def test_only_a_frame_of_the_hosts_brings_its_styles(
    project: ProjectBuilder, tmp_path: Path, is_hosts: bool
) -> None:
    frame = project.root / "theme/main.html"
    frame.parent.mkdir(exist_ok=True)
    ours = (DEFAULT_THEME / "main.html").read_text(encoding="utf-8")
    frame.write_text('{% extends "base.html" %}' if is_hosts else ours, encoding="utf-8")
    config = project.config_file.read_text(encoding="utf-8")
    project.config_file.write_text(
        config.replace("name: material", "name: material\n  custom_dir: theme"), encoding="utf-8"
    )
    folder = tmp_path / "site"
    findings, done = build_site(project.config_file, site_dir=folder)
    assert done, findings
    assert any(folder.glob("assets/stylesheets/*.css")) == is_hosts
    assert (folder / "404.html").exists()


def test_the_tools_files_are_there_where_no_theme_is_named(
    project: ProjectBuilder, tmp_path: Path
) -> None:
    frame = project.root / "theme/main.html"
    frame.parent.mkdir(exist_ok=True)
    shutil.copy(DEFAULT_THEME / "main.html", frame)
    config = project.config_file.read_text(encoding="utf-8")
    project.config_file.write_text(
        config.replace("name: material", "name: null\n  custom_dir: theme"), encoding="utf-8"
    )
    folder = tmp_path / "site"
    assert build_site(project.config_file, site_dir=folder) == ((), True)
    assert (folder / "assets/css/site.css").exists()
