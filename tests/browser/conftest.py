"""The really built site, served on a free port, and a headless Chromium."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from generator.config import load_settings
from generator.host import build_site
from tests.conftest import ROOT

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


Launch = Callable[..., Browser]


@dataclass(frozen=True)
class Site:
    """A built site and where it is served."""

    folder: Path
    address: str

    @property
    def pages(self) -> list[str]:
        """Address of every page, relative to the site's root."""
        found = sorted(path.parent for path in self.folder.rglob("index.html"))
        return [
            ("" if p == self.folder else f"{p.relative_to(self.folder).as_posix()}/") for p in found
        ]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real site, built from the checkout into a folder of its own."""
    folder = tmp_path_factory.mktemp("built") / "site"
    settings = load_settings(ROOT / "mkdocs.yml")
    findings, ok = build_site(settings.config_file, site_dir=folder)
    assert (ok, list(findings)) == (True, [])
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(folder, f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Launch]:
    """Starts Debian's Chromium, which `make test` installs, with further arguments."""
    executable = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    assert executable, "no Chromium on this machine: run the tests through `make test`"
    with sync_playwright() as playwright:
        plain = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
        yield lambda *more: playwright.chromium.launch(
            executable_path=executable, args=[*plain, *more]
        )


@pytest.fixture(scope="session")
def browser(chromium: Launch) -> Iterator[Browser]:
    """The browser that most tests share."""
    browser = chromium()
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page at desk width."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    yield context.new_page()
    context.close()
