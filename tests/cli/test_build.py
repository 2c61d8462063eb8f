"""Builds as users run them: same bytes every time, and the last good site survives every mishap."""

import re
import resource
import shutil
import signal
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.host import build_site
from tests.cli.lake import BIN, BROKEN, FILES, Lakes, clean_environment, hashes

MAIN = '{% extends "base.html" %}{% block container %}{{ page.content if page }}{% endblock %}'


def codes(output: str) -> list[str]:
    return re.findall(r"(?:error|warning)\[([A-Z]\d+)\]", output)


BRIEFING = """\
---
number: 1
title: The waters
as_of: 2021-04-05
authors: Desk
bottom_line: Blue Land borders a lake. [@blue-land#a-lake]
summary_statement: A local paper.
---

## What is known

Blue Land borders a lake. [@blue-land#a-lake]
"""


@pytest.fixture
def built(lakes: Lakes) -> Lakes:
    findings, done = build_site(lakes.root / "mkdocs.yml")
    assert (findings, done) == ((), True)
    return lakes


def with_theme(lakes: Lakes, main: str) -> None:
    lakes.write("theme/main.html", main)
    text = FILES["mkdocs.yml"].replace("name: material", "name: material, custom_dir: theme")
    lakes.write("mkdocs.yml", text)


def test_a_site_is_built_with_all_its_pages(built: Lakes) -> None:
    files = hashes(built.site)
    for name in (
        "index.html", "404.html", "about/method/index.html", "about/codes/index.html",
        "countries/index.html", "countries/blue-land/index.html", "countries/red-land/index.html",
        "sources/gazette/index.html", "timeline/index.html", "edition.json", "data/claims.jsonl",
    ):  # fmt: skip
        assert name in files
    assert sorted(entry.name for entry in built.root.iterdir()) == [
        ".site.state", "content", "mkdocs.yml", "seeds", "site",
    ]  # fmt: skip


def test_inputs_are_not_published(built: Lakes) -> None:
    built.write("content/countries/blue-land.yml~", "name: draft\n")
    built.write("content/notes.txt", "private\n")
    built.write("content/picture.png", "png")
    assert build_site(built.root / "mkdocs.yml")[1]
    files = hashes(built.site)
    texts = ("search/", "assets/fonts/LICENSE-", "robots.txt")
    others = [name for name in files if not name.startswith(texts)]
    assert not [name for name in others if name.endswith((".yml", ".yaml", "~", ".txt", ".seal"))]
    assert "picture.png" in files


def test_without_an_address_there_is_no_sitemap_to_lead_to(built: Lakes) -> None:
    assert (built.site / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    assert not (built.site / "sitemap.xml").exists()


def test_the_frame_has_one_style_sheet_and_one_script(lakes: Lakes) -> None:
    """A project's theme puts its own file in the place of a part, and `extra_css` names more."""
    lakes.write("theme/assets/css/claims.css", "/* ours */\n.claim { color: navy }\n")
    lakes.write("theme/assets/js/preview.js", "window.ours = 1;\n")
    lakes.write("theme/assets/css/more.css", ".more { color: teal }\n")
    text = FILES["mkdocs.yml"].replace("name: material", "name: material, custom_dir: theme")
    lakes.write("mkdocs.yml", f"{text}extra_css: [assets/css/more.css]\n")
    assert build_site(lakes.root / "mkdocs.yml") == ((), True)
    assets = lakes.site / "assets"
    assert sorted(path.name for path in assets.glob("css/*")) == ["more.css", "site.css"]
    assert not (assets / "js/preview.js").exists()
    sheet, script = (assets / "css/site.css").read_text(), (assets / "js/site.js").read_text()
    assert ".claim { color: navy }\n" in sheet
    assert "ours" not in sheet
    assert sheet.index("--measure:") < sheet.index(".skip {") < sheet.index("@page {")
    assert "// preview.js\ntry {\nwindow.ours = 1;\n} catch" in script
    page = (lakes.site / "countries/blue-land/index.html").read_text()
    assert re.findall(r'"../../(assets/[^"]*\.(?:css|js))"', page) == [
        "assets/js/scheme.js", "assets/css/site.css", "assets/css/more.css", "assets/edition.css",
        "assets/js/site.js",
    ]  # fmt: skip
    assert "\n\n" not in page.partition("<article")[0]


def test_prose_may_link_to_a_briefing(lakes: Lakes) -> None:
    lakes.write("content/briefings/waters.md", BRIEFING)
    lakes.write(
        "content/about/method.md", "# Method\n\n[It](../briefings/waters.md#s-what-is-known).\n"
    )
    lakes.write("content/index.md", "# Lakes\n\n[Waters](briefings/waters.md).\n")
    assert build_site(lakes.root / "mkdocs.yml") == ((), True)
    assert (
        'href="../../briefings/waters/#s-what-is-known"'
        in (lakes.site / "about/method/index.html").read_text()
    )
    assert 'href="briefings/waters/"' in (lakes.site / "index.html").read_text()
    assert not (lakes.site / "briefings/waters.md").exists()


def test_a_navigation_that_nobody_wrote_has_the_sections(built: Lakes) -> None:
    text = (built.site / "countries" / "blue-land" / "index.html").read_text()
    nav = text.partition('id="site-nav"')[2].partition("</nav>")[0]
    assert '<a href="../" aria-current="true">Countries</a>' in nav
    assert ">Sources<" in nav
    assert ">Search<" not in nav


def test_pages_carry_title_description_and_active_section(built: Lakes) -> None:
    text = (built.site / "countries" / "blue-land" / "index.html").read_text()
    assert "<title>Blue &amp; &quot;Green&quot; Land - Lakes</title>" in text
    assert '<meta name="description" content="Blue Land borders a lake with Red Land' in text
    assert text.count('<article class="briefing"') == 1
    assert "briefing-hole" not in text


def test_a_generated_section_has_one_heading_and_a_way_to_skip_to_it(built: Lakes) -> None:
    text = (built.site / "countries" / "index.html").read_text()
    assert "<title>Countries - Lakes</title>" in text
    assert text.count("<h1") == 1
    assert 'class="skip" href="#content"' in text
    assert 'id="__content"' in text


def test_prose_comes_before_the_generated_part_of_the_home_page(built: Lakes) -> None:
    text = (built.site / "index.html").read_text()
    assert 0 < text.index("What is known of them.") < text.index('data-page="home"')


def test_prose_may_link_to_a_fact_sheet(built: Lakes) -> None:
    text = (built.site / "about" / "method" / "index.html").read_text()
    assert '<a href="../../countries/blue-land/">the lakes</a>' in text


def test_both_commands_give_the_same_bytes_on_any_day_and_with_any_hash_seed(
    lakes: Lakes,
) -> None:
    made = []
    for number, command in enumerate(("mkdocs", "briefing", "mkdocs")):
        result = lakes.run(
            command, "build", PYTHONHASHSEED=str(number), SOURCE_DATE_EPOCH=str(number * 10**9),
            SITE_URL="https://example.org/lakes/",
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        made.append(hashes(lakes.site))
    assert made[0] == made[1] == made[2]
    assert "sitemap.xml.gz" in made[0]


def test_the_site_map_has_absolute_addresses_and_no_dates(lakes: Lakes) -> None:
    assert lakes.run("briefing", "build", SITE_URL="https://example.org/lakes/").returncode == 0
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ElementTree.parse(lakes.site / "sitemap.xml").getroot()  # noqa: S314 - our own file
    found = [node.text or "" for node in tree.iter(f"{space}loc")]
    assert found == sorted(found)
    assert "https://example.org/lakes/countries/blue-land/" in found
    assert "https://example.org/lakes/about/method/" in found
    assert all(address.startswith("https://example.org/lakes/") for address in found)
    assert not list(tree.iter(f"{space}lastmod"))
    page = (lakes.site / "countries" / "blue-land" / "index.html").read_text()
    assert 'rel="canonical" href="https://example.org/lakes/countries/blue-land/"' in page


def test_without_a_site_address_there_is_no_site_map(built: Lakes) -> None:
    assert not (built.site / "sitemap.xml").exists()


class Links(HTMLParser):
    """Collects the addresses a page asks a browser to load or follow."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def test_links_are_relative_and_nothing_is_fetched_from_elsewhere(built: Lakes) -> None:
    pages = list(built.site.rglob("index.html"))
    assert built.site / "countries" / "blue-land" / "index.html" in pages
    for page in pages:
        links = Links()
        links.feed(page.read_text())
        assert links.found
        assert not [link for link in links.found if re.match(r"[a-z]+:|/", link)]


def test_findings_end_the_build_and_leave_the_last_site(built: Lakes) -> None:
    before = hashes(built.site)
    built.break_quotation()
    for command in ("mkdocs", "briefing"):
        result = built.run(command, "build")
        output = result.stdout + result.stderr
        assert result.returncode == 1
        assert codes(output) == ["Q401"]
        assert f"gazette: {BROKEN}" in output
        assert "Traceback" not in output
        assert hashes(built.site) == before
    assert not [
        entry.name
        for entry in built.root.iterdir()
        if entry.name.startswith(".") and not entry.name.startswith(".site.state")
    ]


def test_a_warning_of_the_strict_host_leaves_the_last_site_too(built: Lakes) -> None:
    before = hashes(built.site)
    built.write("content/about/method.md", "# Method\n\n[gone](nowhere.md)\n")
    findings, done = build_site(built.root / "mkdocs.yml")
    assert not done
    assert [(finding.code, finding.path) for finding in findings] == [
        ("P609", "content/about/method.md")
    ]
    result = built.run("mkdocs", "build")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert hashes(built.site) == before


def test_a_host_warning_without_a_document_is_shown_at_the_settings(built: Lakes) -> None:
    before = hashes(built.site)
    built.write("mkdocs.yml", FILES["mkdocs.yml"] + "extra_templates: [nowhere.html]\n")
    findings, done = build_site(built.root / "mkdocs.yml")
    assert not done
    assert [(finding.code, finding.path) for finding in findings] == [("P610", "mkdocs.yml")]
    assert hashes(built.site) == before


def test_the_audit_shows_a_fault_of_prose_in_its_file(built: Lakes) -> None:
    before = hashes(built.site)
    built.write("mkdocs.yml", FILES["mkdocs.yml"].replace("strict: true\n", ""))
    built.write("content/about/method.md", "# Method\n\n[gone](../nowhere/)\n")
    findings, done = build_site(built.root / "mkdocs.yml")
    assert not done
    assert [(one.code, one.path, one.span and one.span.text) for one in findings] == [
        ("P609", "content/about/method.md", "../nowhere/"),
    ]
    assert hashes(built.site) == before


def test_two_pages_at_one_address_are_a_finding(built: Lakes) -> None:
    built.write("content/timeline.md", "# Another timeline\n")
    findings, done = build_site(built.root / "mkdocs.yml")
    assert not done
    assert [(one.code, one.path, one.message) for one in findings] == [
        (
            "X314",
            "content/timeline.md",
            "the address `timeline/index.html` is that of `content/timeline/index.md` too",
        )
    ]


def test_a_page_that_asks_for_a_missing_template_is_a_finding_in_its_file(built: Lakes) -> None:
    built.write("content/about/method.md", "---\ntemplate: own.html\n---\n\n# Method\n")
    findings, done = build_site(built.root / "mkdocs.yml")
    assert not done
    assert [(one.path, one.span and one.span.text, one.message) for one in findings] == [
        ("content/about/method.md", "own.html", "the theme has no template `own.html`")
    ]


def test_a_broken_template_is_a_finding_at_its_line(built: Lakes) -> None:
    before = hashes(built.site)
    with_theme(built, '{% extends "base.html" %}\n{% block container %}\n{{ page.content | odd }}')
    findings, done = build_site(built.root / "mkdocs.yml")
    assert not done
    assert [(finding.code, finding.path) for finding in findings] == [("R501", "theme/main.html")]
    span = findings[0].span
    assert span is not None
    assert span.text.startswith("{{ page.content | odd")
    assert hashes(built.site) == before


def test_a_template_without_a_place_for_the_body_is_a_finding(built: Lakes) -> None:
    before = hashes(built.site)
    with_theme(built, '{% extends "base.html" %}{% block container %}{% endblock %}')
    findings, done = build_site(built.root / "mkdocs.yml")
    assert not done
    assert {finding.code for finding in findings} == {"R502"}
    assert "place for the body of `countries` pages" in findings[0].message
    assert hashes(built.site) == before


def test_a_template_that_no_shell_can_stand_for_is_used_page_by_page(lakes: Lakes) -> None:
    with_theme(
        lakes, MAIN.replace("page.content if page", "page.content ~ page.content|length if page")
    )
    result = lakes.run("mkdocs", "build")
    assert result.returncode == 0, result.stderr
    assert "warning: the pages of `countries` are rendered one by one" in result.stderr
    for name in ("blue-land", "red-land"):
        text = (lakes.site / "countries" / name / "index.html").read_text()
        body = text[text.index("<article") : text.index("</article>") + len("</article>")]
        number = re.search(r"</article>\s*</div>\s*(\d+)", text)
        assert number
        assert 0 <= int(number[1]) - len(body) < 60


def test_a_theme_that_changes_little_keeps_the_shells(built: Lakes) -> None:
    with_theme(built, '{% extends "base.html" %}{% block footer %}<p>Foot</p>{% endblock %}')
    result = built.run("mkdocs", "build")
    assert result.returncode == 0, result.stderr
    assert "warning" not in result.stderr
    text = (built.site / "countries" / "red-land" / "index.html").read_text()
    assert "<p>Foot</p>" in text
    assert text.count("<h1") == 1


def test_files_that_no_build_wrote_are_not_replaced(lakes: Lakes) -> None:
    lakes.write("site/thesis.txt", "years of work")
    findings, done = build_site(lakes.root / "mkdocs.yml")
    assert not done
    assert [(finding.code, finding.path) for finding in findings] == [("P601", "site")]
    assert (lakes.site / "thesis.txt").read_text() == "years of work"


def test_figures_beside_quoted_words_are_those_of_their_record(lakes: Lakes) -> None:
    sheet = lakes.sheet.read_text()
    told = "{exact: Blue Land borders a lake, locator: page 77, translation: Of 55, note: See 66}"
    lakes.write(
        "content/countries/blue-land.yml",
        sheet.replace("gazette: Blue Land borders a lake", f"gazette: {told}"),
    )
    findings, done = build_site(lakes.root / "mkdocs.yml")
    assert done, findings


@pytest.mark.parametrize("date", ["199X", "19XX", "199X/2001", "199X~"])
def test_a_date_known_in_part_is_shown_in_its_words(lakes: Lakes, date: str) -> None:
    settings = (lakes.root / "mkdocs.yml").read_text()
    lakes.write("mkdocs.yml", settings.replace("[briefing]", "[briefing: {strict: false}]"))
    sheet = lakes.sheet.read_text()
    lakes.write(
        "content/countries/blue-land.yml",
        sheet.replace("    cite:", f"    date: {date}\n    cite:", 1),
    )
    findings, done = build_site(lakes.root / "mkdocs.yml")
    assert done, findings


def test_a_project_without_a_fact_is_a_site(lakes: Lakes) -> None:
    for folder in ("countries", "people", "agreements", "organisations", "events", "about"):
        shutil.rmtree(lakes.root / "content" / folder, ignore_errors=True)
    findings, done = build_site(lakes.root / "mkdocs.yml")
    assert done, findings
    assert (lakes.site / "data/claims.jsonl").read_bytes() == b""


def test_a_page_that_the_navigation_names_in_vain_is_a_finding_in_the_settings(
    lakes: Lakes,
) -> None:
    lakes.write(
        "mkdocs.yml",
        (lakes.root / "mkdocs.yml").read_text() + "nav:\n  - Home: index.md\n  - X: nope.md\n",
    )
    findings, done = build_site(lakes.root / "mkdocs.yml")
    assert not done
    assert "'nope.md' is included in the 'nav' configuration" in findings[0].message
    assert findings[0].path == "mkdocs.yml"


def test_a_full_disk_is_a_finding_and_leaves_the_last_site(built: Lakes) -> None:
    before = hashes(built.site)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    for command in ("mkdocs", "briefing"):
        result = subprocess.run(
            [str(BIN / command), "build"], cwd=built.root, env=clean_environment(),
            capture_output=True, text=True, timeout=60, check=False, preexec_fn=limit,
        )  # fmt: skip
        output = result.stdout + result.stderr
        assert result.returncode == 1, output
        assert codes(output) == ["P602"]
        assert "Traceback" not in output
        assert hashes(built.site) == before


def test_a_killed_build_leaves_the_last_site_and_the_next_one_cleans_up(built: Lakes) -> None:
    before = hashes(built.site)
    built.write("content/about/method.md", "# Another method\n")
    with built.running("mkdocs", "build") as process:
        staging = built.root / ".site.staging"
        while not staging.exists():
            assert process.poll() is None, built.log()
        process.kill()
        process.wait()
    assert staging.exists()
    assert hashes(built.site) == before
    assert build_site(built.root / "mkdocs.yml")[1]
    assert hashes(built.site) != before
    assert not [
        entry.name
        for entry in built.root.iterdir()
        if entry.name.startswith(".") and not entry.name.startswith(".site.state")
    ]


def test_two_builds_at_once_both_end_well(built: Lakes) -> None:
    before = hashes(built.site)
    running = [
        subprocess.Popen(
            [str(BIN / "mkdocs"), "build"], cwd=built.root, env=clean_environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    errors = [process.communicate(timeout=100)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], errors
    assert hashes(built.site) == before
    assert not [
        entry.name
        for entry in built.root.iterdir()
        if entry.name.startswith(".") and not entry.name.startswith(".site.state")
    ]


def test_another_site_folder_and_laxer_rules_can_be_asked_for(lakes: Lakes, tmp_path: Path) -> None:
    sheet = lakes.sheet.read_text()
    lakes.sheet.write_text(sheet.replace("a lake with", "7 lakes with"))
    findings, done = build_site(lakes.root / "mkdocs.yml", site_dir=tmp_path / "elsewhere")
    assert [finding.code for finding in findings] == ["Q410"]
    assert not done
    findings, done = build_site(
        lakes.root / "mkdocs.yml", strict=False, site_dir=tmp_path / "elsewhere"
    )
    assert [finding.code for finding in findings] == ["Q410"]
    assert done
    assert (tmp_path / "elsewhere" / "index.html").is_file()
    assert not lakes.site.exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("plugins: [briefing]", "plugins: []", "the plugin `briefing` is not listed"),
        ("plugins: [briefing]", "plugins: [{briefing: {overlap: 7}}]", "`overlap` is `7`"),
        ("plugins: [briefing]", "plugins: [{briefing: {colour: red}}]", "colour"),
        ("name: material", "name: nowhere", "nowhere"),
    ],
)
def test_a_setting_that_cannot_be_used_is_a_finding(
    lakes: Lakes, old: str, new: str, words: str
) -> None:
    lakes.write("mkdocs.yml", FILES["mkdocs.yml"].replace(old, new))
    findings, done = build_site(lakes.root / "mkdocs.yml")
    assert not done
    assert [(finding.code, finding.path) for finding in findings] == [("L122", "mkdocs.yml")]
    assert words in findings[0].message
    assert not lakes.site.exists()


def test_pages_without_folders_can_be_asked_for(lakes: Lakes) -> None:
    lakes.write("mkdocs.yml", FILES["mkdocs.yml"] + "use_directory_urls: false\n")
    findings, done = build_site(lakes.root / "mkdocs.yml")
    assert (findings, done) == ((), True)
    files = hashes(lakes.site)
    assert "countries/blue-land.html" in files
    assert "about/method.html" in files
    assert "../countries/blue-land.html" in (lakes.site / "about" / "method.html").read_text()
