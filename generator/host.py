"""MkDocs from within: its configuration loaded, its pages imitated, a build run in this process.

Beside `plugin.py`, `hosttheme.py` and the server in `serve.py` the only code that knows MkDocs.
"""

from __future__ import annotations

import datetime
import logging
import os
import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jinja2

os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # the theme's notice of its end of life

from mkdocs.commands.build import build, get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import CountHandler

from generator.collector import uncollected
from generator.config import (
    PLUGIN,
    Settings,
    SettingsFault,
    absent_plugin,
    report_settings,
    settings_from,
)
from generator.diagnostics import Diagnostic, Sink
from generator.draw import section_marker
from generator.model.stage import FOOTER_ROOT, Page
from generator.profile import stage
from generator.progress import Progress, silent
from generator.publish.inventory import is_published
from generator.publish.joined import JOINED, join
from generator.publish.shell import hole_values, page_file
from generator.render.address import Addresses
from generator.survey import BRIEFINGS

if TYPE_CHECKING:
    from generator.build import Build
    from generator.plugin import BriefingPlugin

UNLISTED = frozenset({"search/index.md", "my-briefing/index.md"})
UNHEADED = frozenset({"index.md", "about/method.md"})  # their bodies go on from prose
CONTENT_ID = "__content"  # no slug has this form, so no claim can have this anchor
_LOG = logging.getLogger("mkdocs")
_DOCUMENT = re.compile(r"'([^'\n]+\.md)'")


def host_settings(config: MkDocsConfig) -> Settings:
    """The run's settings from a configuration that MkDocs has loaded.

    Raises:
        SettingsFault: for a value out of its range.
    """
    host = {
        "docs_dir": config.docs_dir,
        "site_dir": config.site_dir,
        "site_name": config.site_name,
        "site_url": config.site_url,
        "use_directory_urls": config.use_directory_urls,
        "theme": {"custom_dir": config.theme.custom_dir},
    }
    options = {key: _plain(value) for key, value in briefing_of(config).config.items()}
    given = {key: value for key, value in options.items() if value is not None}
    return settings_from(Path(str(config.config_file_path)), host, given)


def _plain(value: object) -> object:
    """Options as the text they were written as: MkDocs' YAML makes dates of dates."""
    return value.isoformat() if isinstance(value, datetime.date) else value


def briefing_of(config: MkDocsConfig) -> BriefingPlugin:
    """This project's plugin among those of a configuration.

    Raises:
        SettingsFault: when it is not listed.
    """
    plugin = config.plugins.get(PLUGIN)
    if plugin is None:
        raise absent_plugin()
    return cast("BriefingPlugin", plugin)


def load_host(config_file: Path, **options: Any) -> MkDocsConfig:  # noqa: ANN401 - MkDocs' own
    """Load a `mkdocs.yml`.

    Args:
        config_file: The file.
        options: Values that take the place of the file's.

    Raises:
        SettingsFault: with what MkDocs has to say against it.
    """
    with gathered_warnings() as notes:
        try:
            return load_config(str(config_file), **options)
        except (Abort, ConfigurationError, OSError) as error:
            reason = "; ".join(notes) or str(error)
            raise SettingsFault(" ".join(reason.split())) from error


@contextmanager
def gathered_warnings() -> Iterator[list[str]]:
    """Keep the host quiet; its warnings and errors are gathered and not shown."""
    notes: list[str] = []

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            notes.append(record.getMessage())

    handler, level, onward = Gather(logging.WARNING), _LOG.level, _LOG.propagate
    others = list(_LOG.handlers)
    _LOG.handlers[:] = [handler]
    _LOG.propagate = False
    try:
        yield notes
    finally:
        _LOG.handlers[:] = others
        _LOG.setLevel(level)
        _LOG.propagate = onward


@contextmanager
def shown_log() -> Iterator[None]:
    """Show the host's log on standard error, as its own command does."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    level = _LOG.level
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    try:
        yield
    finally:
        _LOG.removeHandler(handler)
        _LOG.setLevel(level)


def host_warned() -> bool:
    """Whether the build under way will be given up because a strict host has warned."""
    return any(isinstance(h, CountHandler) and h.get_counts() for h in _LOG.handlers)


def build_site(
    config_file: Path,
    strict: bool | None = None,
    site_dir: Path | None = None,
    progress: Progress = silent,
    jobs: int | None = None,
) -> tuple[tuple[Diagnostic, ...], bool]:
    """Build a site quietly, byte for byte as `mkdocs build` does.

    Args:
        config_file: The project's `mkdocs.yml`.
        strict: Takes the place of the plugin's option; None leaves it.
        site_dir: Takes the place of the host's setting; None leaves it.
        progress: Told how far the build is.
        jobs: How many processes share the work; None for one each processor.

    Returns:
        All findings in order, and whether the site has been replaced by the new one.
    """
    sink = Sink()
    options = {"site_dir": str(site_dir.resolve())} if site_dir else {}
    try:
        with stage("host"):
            config = load_host(config_file, **options)
            plugin = briefing_of(config)
    except SettingsFault as fault:
        report_settings(fault, config_file, sink)
        return sink.sorted(), False
    if strict is not None:
        plugin.config.strict = strict
    config.plugins.on_startup(command="build", dirty=False)
    plugin.report = sink.extend
    plugin.progress = progress
    plugin.jobs = jobs
    done = False
    with gathered_warnings() as notes, uncollected():
        try:
            build(config)
            done = True
        except Abort:
            # A page that the navigation names in vain is a broken link on every page.
            told = [note for note in notes if "'nav'" in note] if len(sink) else notes
            if told or not len(sink):
                _report_notes(told, config, sink)
        finally:
            config.plugins.on_shutdown()
    for note in notes if done else ():
        _LOG.warning(note)
    return sink.sorted(), done


def _report_notes(notes: list[str], config: MkDocsConfig, sink: Sink) -> None:
    """What a strict host holds against a build; nearly always a link in a Markdown file."""
    settings = host_settings(config)
    for note in notes or ["the host gave the build up without saying why"]:
        named = _DOCUMENT.search(note)
        document = settings.content / named[1] if named else None
        at = document if document and document.is_file() else settings.config_file
        sink.add("P609" if named else "P610", " ".join(note.split()), settings.shown(at))


class SheetFile(File):
    """A sheet or briefing as the target of links in Markdown: it leads to its page, and is not copied."""

    def is_documentation_page(self) -> bool:
        """No; the host asks that of every file for every page of its own."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: the page is written by the shells."""


def sheet_files(build: Build, config: MkDocsConfig) -> list[File]:
    """A file for each fact sheet and briefing, so that prose may link to what it was made of."""
    made: list[File] = []
    if build.verified is None:
        return made
    facts, settings = build.verified.facts, build.settings
    addresses = Addresses(settings.directory_urls)
    linked = [(one.path, addresses.entity(one)) for one in facts.entities.values()]
    linked += [(one.path, addresses.page(BRIEFINGS, one.id)) for one in facts.briefings]
    for path, address in linked:
        sheet = settings.root / path
        if sheet.is_relative_to(settings.content):
            name, target = sheet.relative_to(settings.content).as_posix(), page_file(address)
            is_folder = address.endswith("/")
            made.append(SheetFile(name, None, config.site_dir, is_folder, dest_uri=target))
    return made


def arrange_files(files: Files, build: Build, config: MkDocsConfig) -> Files:
    """The files the host is to know: no inputs, a page for every section, targets for links.

    Raises:
        BuildStopped: when two files would be published at one address.
    """
    if build.broken:  # a server is being started that will only show findings
        config.nav = None
        return Files([section_file(config, "index.md")])
    named = {str(path) for path in [*config.extra_css, *config.extra_javascript]}
    for file in list(files):
        is_briefing = posixpath.dirname(file.src_uri) == BRIEFINGS and file.name != "index"
        if file.src_dir == config.docs_dir:
            is_kept = not is_briefing and is_published(file.src_uri, named)
        else:
            is_kept = not file.src_uri.startswith("print/")
        if not is_kept:
            files.remove(file)
    join_files(files, config, named)
    for name in build.sections:
        if files.get_file_from_path(name) is None:
            files.append(section_file(config, name))
    # Generated ones first: of two at one address the file is to blame that somebody wrote.
    ordered = sorted(files, key=lambda file: file.generated_by is None)
    build.reserve([(file.dest_uri, file.src_uri) for file in ordered])
    for file in sheet_files(build, config):
        files.append(file)
    return files


def join_files(files: Files, config: MkDocsConfig, named: Collection[str]) -> None:
    """Put the joined style sheet and script in the place of their parts.

    Args:
        files: The host's, where a project's own parts have taken the place of the theme's.
        config: The host's.
        named: Paths that `mkdocs.yml` names as style sheets or scripts: these stay as they are.
    """
    for name, paths in JOINED.items():
        found = (files.get_file_from_path(path) for path in paths if path not in named)
        parts = [file for file in found if file]
        content = join(name, {file.src_uri: file.content_bytes for file in parts})
        for file in parts:
            files.remove(file)
        files.append(File.generated(config, name, content=content))


def section_content(html: str, page: HostPage, build: Build) -> str:
    """A host page's content: its prose, and the generated body where it is a section's page."""
    name = page.file.src_uri
    if name not in build.sections:
        return html + build.footer.replace(FOOTER_ROOT, "../" * page.url.count("/"))
    body = section_marker(name)
    if page.file.generated_by == PLUGIN and name not in UNHEADED:
        if vars(page).get("title"):  # the navigation names it, and is the better judge
            page.meta.pop("title", None)
        mark_generated(page, str(page.title), body)
        return str(page.content)
    return html + body


def section_file(config: MkDocsConfig, name: str) -> File:
    """A host page that has no Markdown file: `name` is where that file would be."""
    folder, stem = posixpath.dirname(name), Path(name).stem
    title = posixpath.basename(folder) if stem == "index" else stem
    head = f"---\ntitle: {title.replace('-', ' ').capitalize()}\n---\n" if title else ""
    # A navigation that a project writes need not name what the program brings along; one that the
    # host works out has the sections, and not the pages that buttons lead to.
    is_listed = config.nav is None and name not in UNLISTED
    inclusion = InclusionLevel.UNDEFINED if is_listed else InclusionLevel.NOT_IN_NAV
    return File.generated(config, name, content=head, inclusion=inclusion)


def mark_generated(page: HostPage, title: str, body: str) -> None:
    """Give a host page a complete body, and its template word of it."""
    # Themes that build on Material lead past their header to the first heading of the contents.
    page.content = f'<div id="{CONTENT_ID}" tabindex="-1">\n{body}\n</div>'
    page.meta["briefing"] = True
    page.toc = TableOfContents([AnchorLink(title, CONTENT_ID, 1)])


def page_renderer(
    env: jinja2.Environment, nav: Navigation, files: Files, config: MkDocsConfig
) -> Callable[[Page], str]:
    """A function that renders one generated page as the host renders its own."""
    template = env.get_template("main.html")
    sections = {file.url: file.page for file in files.documentation_pages() if file.page}

    def render(page: Page) -> str:
        values = hole_values(page)
        name = page.path.removesuffix(".html").rstrip("/") + ".md"
        file = File(
            name, None, config.site_dir, page.path.endswith("/"), dest_uri=page_file(page.path)
        )
        host_page = HostPage(values["title"], file, config)
        host_page.edit_url = None
        host_page.meta = {
            "title": values["title"],
            "description": values["description"],
            "escaped": True,  # what a Markdown page says of itself is not
        }
        mark_generated(host_page, values["title"], page.html)
        section = _section(sections, page)
        if section:
            host_page.parent = section.parent
            section.active = True
        try:
            context = get_context(nav, files, config, host_page)
            context = config.plugins.on_page_context(
                context, page=host_page, config=config, nav=nav
            )
            output = template.render(context)
            return config.plugins.on_post_page(output, page=host_page, config=config) or ""
        finally:
            if section:
                section.active = False

    return render


def _section(sections: dict[str, HostPage], page: Page) -> HostPage | None:
    folder = page.path.split("/")[0]
    for url in (f"{folder}/", f"{folder}/index.html"):
        if url in sections:
            return sections[url]
    return None


def host_addresses(files: Files, site_url: str | None) -> list[str]:
    """Absolute addresses of the host's pages, sorted; none without a site address."""
    found = [file.page.canonical_url for file in files.documentation_pages() if file.page]
    return sorted({address for address in found if address}) if site_url else []
