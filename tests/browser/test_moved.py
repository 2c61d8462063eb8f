"""A page that was renamed: who follows an old address arrives where it led."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

from generator.host import build_site
from tests.conftest import ProjectBuilder

OLD, NEW = (
    "http://a.example/desk/countries/ardenian-isles/",
    "http://a.example/desk/countries/ardenia/",
)


def test_the_claim_and_the_edition_are_kept(
    page: Page, browser: Browser, project: ProjectBuilder, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    findings, done = build_site(project.config_file, site_dir=folder)
    assert done, findings

    def answer(route: Route) -> None:
        path = folder / urlsplit(route.request.url).path.removeprefix("/desk/")
        path = path / "index.html" if path.is_dir() else path
        route.fulfill(path=path) if path.is_file() else route.fulfill(status=404)

    page.route("**/*", answer)
    for behind in ("", "#population", "?edition=0123456789", "?edition=0123456789#population"):
        page.goto(OLD + behind)
        page.wait_for_url(f"{NEW}**")
        assert page.url == NEW + behind
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.route("**/*", answer)
    plain.goto(OLD)
    plain.wait_for_url(f"{NEW}**")
    context.close()
