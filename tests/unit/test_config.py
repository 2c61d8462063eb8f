from pathlib import Path

import pytest

from generator.config import (
    DEFAULT_THEME,
    OPTIONS,
    Settings,
    SettingsFault,
    load_settings,
    report_settings,
)
from generator.date import parse_date
from generator.diagnostics import Sink
from generator.plugin import BriefingOptions
from tests.conftest import ProjectBuilder

MINIMAL = "docs_dir: content\nplugins: [briefing]\n"


def load(tmp_path: Path, text: str) -> Settings:
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path)


def fault(tmp_path: Path, text: str) -> SettingsFault:
    with pytest.raises(SettingsFault) as caught:
        load(tmp_path, text)
    return caught.value


def test_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path, MINIMAL)
    assert settings.root == tmp_path.resolve()
    assert settings.content == settings.root / "content"
    assert settings.seeds == settings.root / "seeds"
    assert settings.site == settings.root / "site"
    assert settings.theme == DEFAULT_THEME
    assert settings.archive is None
    assert settings.as_of is None
    assert (settings.strict, settings.directory_urls) == (True, True)
    assert (settings.quotation_words, settings.source_share, settings.overlap) == (30, 0.35, 0.10)
    assert settings.pdf == "briefings"


def test_everything_set(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    settings = load(
        tmp_path,
        "site_name: Papers\nsite_url: https://papers.example/\ndocs_dir: facts\nsite_dir: out\n"
        "use_directory_urls: no\ntheme: {name: material, custom_dir: look}\n"
        "plugins:\n  - search\n  - briefing:\n      seeds: sources\n      archive: private\n"
        "      strict: off\n      as_of: 2019-06\n      quotation_words: 20\n"
        "      source_share: 0.2\n      overlap: 1\n      pdf: all\n",
    )
    root = settings.root
    assert (settings.content, settings.site) == (root / "facts", root / "out")
    assert (settings.seeds, settings.theme) == (root / "sources", root / "look")
    assert settings.archive == root / "private"
    assert settings.as_of == parse_date("2019-06")
    assert (settings.strict, settings.directory_urls) == (False, False)
    assert (settings.quotation_words, settings.source_share, settings.overlap) == (20, 0.2, 1.0)
    assert settings.pdf == "all"
    assert (settings.site_name, settings.site_url) == ("Papers", "https://papers.example/")


@pytest.mark.parametrize(
    "plugins",
    [
        "[briefing]",
        "[search, briefing]",
        "{briefing: }",
        "{briefing: {strict: true}}",
        "[{briefing: {}}]",
    ],
)
def test_forms_of_listing_the_plugin(tmp_path: Path, plugins: str) -> None:
    assert load(tmp_path, f"plugins: {plugins}\n").strict


@pytest.mark.parametrize(
    ("text", "reason", "hint"),
    [
        ("plugins: [search]", "the plugin `briefing` is not listed", "add `- briefing`"),
        ("site_name: x", "the plugin `briefing` is not listed", "add `- briefing`"),
        ("plugins: [briefing, briefing: {pdf: all}]", "is listed twice", "keep one `briefing`"),
        ("plugins: [briefing: yes]", "the options of `briefing` are no mapping", "`key: value`"),
        ("- x", "the file holds no mapping", "begin it with"),
        ("", "the file holds no mapping", "begin it with"),
        ("a: " + "[" * 3000 + "]" * 3000, "not valid YAML: it is nested too deeply", ""),
        ("a: [", "not valid YAML: ", "check the brackets"),
        ("a: b: c", "not valid YAML: mapping values", "check the brackets"),
        ("plugins: [briefing: {strikt: true}]", "unknown option `strikt`", "the options are seeds"),
        ("plugins: [briefing: {strict: maybe}]", "`strict` is `maybe`", "write `true` or `false`"),
        ("plugins: [briefing: {overlap: 2}]", "`overlap` is `2`", "give a number from 0 to 1"),
        ("plugins: [briefing: {overlap: nan}]", "`overlap` is `nan`", "give a number from 0 to 1"),
        (
            "plugins: [briefing: {source_share: a third}]",
            "`source_share` is `a third`",
            "give a number",
        ),
        (
            "plugins: [briefing: {quotation_words: -1}]",
            "`quotation_words` is `-1`",
            "from 0 to 1000",
        ),
        (
            "plugins: [briefing: {quotation_words: 2.7}]",
            "`quotation_words` is `2.7`",
            "a whole number from 0 to 1000",
        ),
        ("plugins: [briefing: {seeds: [a]}]", "`seeds` names no folder", "a plain path"),
        (
            "plugins: [briefing: {as_of: 6 May 2019}]",
            "`as_of`: not an EDTF date",
            "did you mean `2019-05-06`?",
        ),
        (
            "use_directory_urls: maybe\nplugins: [briefing]",
            "`use_directory_urls` is `maybe`",
            "write",
        ),
        ("a: !!int x\nplugins: [briefing]", "not valid YAML", ""),
        ("a: \x07\nplugins: [briefing]", "not valid YAML", ""),
        ('docs_dir: "a\\0b"\nplugins: [briefing]', "`docs_dir` names no folder", ""),
    ],
)
def test_faults(tmp_path: Path, text: str, reason: str, hint: str) -> None:
    found = fault(tmp_path, text)
    assert reason in found.reason
    assert hint in found.hint


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault, match="cannot be read") as caught:
        load_settings(tmp_path / "mkdocs.yml")
    assert "--config-file" in caught.value.hint


def test_bytes_that_are_not_text(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_bytes(b"site_name: \xff\n")
    with pytest.raises(SettingsFault, match="not UTF-8") as caught:
        load_settings(path)
    assert caught.value.hint == "save the file as UTF-8 text"


def test_the_hosts_own_tags_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        'site_url: !ENV [SITE_URL, "https://default.example/"]\nsite_name: !ENV PAPERS\n'
        "emoji: !!python/name:material.extensions.emoji.twemoji\nlisted: !x [a]\nmapped: !y {a: b}\n"
        + MINIMAL
    )
    assert load(tmp_path, text).site_url == "https://default.example/"
    assert load(tmp_path, text).site_name == "Briefing"
    monkeypatch.setenv("SITE_URL", "https://other.example/")
    monkeypatch.setenv("PAPERS", "Papers")
    assert load(tmp_path, text).site_url == "https://other.example/"
    assert load(tmp_path, text).site_name == "Papers"


def test_the_environment_names_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "elsewhere"
    monkeypatch.setenv("BRIEFING_ARCHIVE", str(archive))
    assert fault(tmp_path, MINIMAL).reason == f"`BRIEFING_ARCHIVE` names no folder: `{archive}`"
    archive.mkdir()
    assert load(tmp_path, MINIMAL).archive == archive


@pytest.mark.parametrize("clock", ["", "abc", "-5", "1.5", "99999999999999", "٣"])
def test_a_clock_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", clock)
    assert fault(tmp_path, MINIMAL).reason == f"`SOURCE_DATE_EPOCH` is `{clock}`"


def test_shown_paths(project: ProjectBuilder) -> None:
    settings = project.settings
    assert settings.shown(settings.content / "countries" / "a.yml") == "content/countries/a.yml"
    assert settings.shown(settings.root.parent / "x") == "../x"
    assert settings.shown(settings.root) == "."
    assert settings.shown(settings.content / "\udcff.yml") == "content/\\xff.yml"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("site_name: x\na: b: c\n", ":"),
        ("plugins:\n  - briefing:\n      overlp: 1\n", "overlp"),
        ("plugins:\n  - briefing:\n      overlap: 7\n", "overlap"),
        ("- x\n", None),
    ],
)
def test_a_fault_is_shown_at_its_place(tmp_path: Path, text: str, marked: str | None) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsFault) as caught:
        load_settings(file)
    sink = Sink()
    report_settings(caught.value, file, sink)
    [finding] = sink.sorted()
    assert finding.code == "L122"
    assert (finding.span.text if finding.span else None) == marked


def test_an_archive_among_the_pages_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text("docs_dir: content\nplugins: [briefing]\n", encoding="utf-8")
    monkeypatch.setenv("BRIEFING_ARCHIVE", "content/private")
    with pytest.raises(SettingsFault) as caught:
        load_settings(file)
    assert caught.value.reason == "the archive lies among the published pages"


def test_the_host_knows_the_same_options() -> None:
    assert tuple(name for name, _ in BriefingOptions._schema) == OPTIONS


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ("extra_css: [style/site.css]", "style/site.css"),
        ("extra_css: [there.css, '']", ""),
        (f"extra_css: [{'long' * 100}.css]", f"{'long' * 100}.css"),
        ('extra_css: ["a\\0b.css"]', "a\0b.css"),
        ("extra_javascript: [{path: run.js, type: module}]", "run.js"),
    ],
)
def test_a_style_sheet_or_script_that_is_not_there(tmp_path: Path, entry: str, named: str) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "there.css").write_text("p { color: navy }\n", encoding="utf-8")
    found = fault(tmp_path, f"{MINIMAL}{entry}\n")
    key = entry.partition(":")[0]
    assert found.reason == f"`{key}` names a file that is not there: `{named}`"
    assert (found.key, found.hint) == (key, "add it to `content`, or remove the entry")


@pytest.mark.parametrize(
    "entry",
    [
        "extra_css: [there.css, 'there.css?v=2', assets/icon.svg, https://example.org/a.css, //b/c.css]",
        "extra_javascript: []",
        "extra_css:",
        "extra_css: [made.css]\nhooks: [make.py]",
    ],
)
def test_style_sheets_that_are_there_or_elsewhere(tmp_path: Path, entry: str) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "there.css").write_text("p { color: navy }\n", encoding="utf-8")
    assert load(tmp_path, f"{MINIMAL}{entry}\n").content == content.resolve()
