"""The MkDocs plugin: maps the host's events to the stages and to `generator.publish`.

Nothing is guaranteed here: `briefing check` and `briefing audit` hold without it.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal, NoReturn, cast

import click
import jinja2

from generator.host import (
    add_theme,
    build_site,
    host_settings,
    host_warned,
    mark_generated,
    page_renderer,
    section_file,
    sheet_files,
    sitemap_addresses,
)

# isort: split
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage
from mkdocs.utils.templates import TemplateContext

from generator import pipeline
from generator.config import PLUGIN, Settings, SettingsFault
from generator.diagnostics import Diagnostic, Sink
from generator.model.stage import Pages
from generator.publish import Publication, PublishFault, press_pages, refuse_site
from generator.publish.fault import report_fault
from generator.publish.inventory import is_published, report_collisions
from generator.report import report_text
from generator.serve import Board, install_layer

__all__ = ["BriefingOptions", "BriefingPlugin", "build_site"]


class BriefingOptions(Config):  # type: ignore[no-untyped-call]
    """The options of `generator.config.OPTIONS`; `settings_from` gives their meaning."""

    seeds = c.Optional(c.Type(str))
    archive = c.Optional(c.Type(str))
    strict = c.Optional(c.Type((bool, str)))
    as_of = c.Optional(c.Type((str, int, datetime.date)))
    quotation_words = c.Optional(c.Type((int, str)))
    source_share = c.Optional(c.Type((float, int, str)))
    overlap = c.Optional(c.Type((float, int, str)))


class BriefingPlugin(BasePlugin[BriefingOptions]):  # type: ignore[no-untyped-call]
    """One instance serves all builds of a process: MkDocs keeps it because it has `on_startup`.

    Attributes:
        board: What the development server shows.
        report: Takes the findings of a build; prints them unless a caller sets another.
    """

    settings: Settings
    nav: Navigation
    files: Files

    def __init__(self) -> None:
        self.on_startup(command="build", dirty=False)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Begin anew: an earlier build of this process leaves no trace."""
        self.serving = command == "serve"
        self.board = Board()
        self.report: Callable[[Iterable[Diagnostic]], None] = _print
        self.pages = Pages((), {})
        self.publication: Publication | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Direct the build to a staging folder."""
        try:
            self.settings = host_settings(config)
        except SettingsFault as fault:
            sink = Sink()
            name = Path(str(config.config_file_path)).name
            sink.add("L122", fault.reason, name, *filter(None, [fault.hint]))
            self._stop(sink)
        self.publication = Publication(Path(config.site_dir))
        self._config, self._site_dir = config, config.site_dir
        config.site_dir = str(self.publication.staging)
        add_theme(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Check and render everything, before anything is written."""
        sink = Sink()
        checked = pipeline.check(self.settings)
        sink.extend(checked.findings)
        self.pages = pipeline.render(checked.verified, sink) if checked.verified else Pages((), {})
        self.broken = checked.verified is None or len(sink) > len(checked.findings)
        if self.broken and not (self.serving and not self.board.guarded):
            self._stop(sink)
        # A server that starts with broken content is not ended: it answers with the findings.
        self._note(sink)
        assert self.publication  # noqa: S101 - on_config comes first
        try:
            if not self.serving:
                refuse_site(self.publication.site, self.settings)
            self.publication.begin(on_wait=_tell_wait)
        except PublishFault as fault:
            self._stop_for(fault)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take out what is not for readers, add the section indexes."""
        if self.broken:
            config.nav = None
            return Files([section_file(config, "index.md")])
        named = {str(path) for path in [*config.extra_css, *config.extra_javascript]}
        for file in list(files):
            if file.src_dir == config.docs_dir and not is_published(file.src_uri, named):
                files.remove(file)
        for name in self.pages.sections:
            if files.get_file_from_path(name) is None:
                files.append(section_file(config, name))
        sink = Sink()
        taken = {file.dest_uri: file.src_uri for file in files}
        report_collisions(self.pages, taken, self.settings, sink)
        if len(sink):
            self._stop(sink)
        for file in sheet_files(self.pages.pages, self.settings, config):
            files.append(file)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation for the shells."""
        self.nav, self.files = nav, files
        return nav

    def on_page_content(
        self, html: str, *, page: HostPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Put a section's body after the prose of its Markdown file, if it has one."""
        body = self.pages.sections.get(page.file.src_uri)
        if body is None:
            return html
        if page.file.generated_by == PLUGIN:
            if vars(page).get("title"):  # the navigation names it, and is the better judge
                page.meta.pop("title", None)
            mark_generated(page, str(page.title))
        page.meta.setdefault("hide", ["navigation", "toc"])
        return html + body

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Write all generated pages and files to the staging folder."""
        sink, publication = Sink(), self.publication
        assert publication  # noqa: S101 - on_config comes first
        theme = self.settings.shown(self.settings.theme / "main.html")
        holes = ("title", "description", "body", *(("address",) if config.site_url else ()))
        if self.pages.pages:
            render = page_renderer(env, self.nav, files, config)
            for name, text in press_pages(
                self.pages.pages, render, sink, theme=theme, required=holes, warn=_warn
            ):
                publication.write(name, text.encode("utf-8", errors="xmlcharrefreplace"))
        for name, data in self.pages.files.items():
            publication.write(name, data)
        if len(sink):
            self._stop(sink)
        return env

    def on_template_context(
        self,
        context: TemplateContext,
        *,
        template_name: str,
        config: MkDocsConfig,
    ) -> TemplateContext:
        """Give the site map every address."""
        if template_name == "sitemap.xml":
            pages = self.pages.pages
            made = cast("dict[str, object]", context)
            made["addresses"] = sitemap_addresses(self.files, pages, config.site_url or "")
        return context

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Audit what has been built and put it in place."""
        assert self.publication  # noqa: S101 - on_config comes first
        config.site_dir = self._site_dir
        if self.broken or host_warned():
            self.publication.discard()
            return
        self.publication.settle_clock()
        sink = Sink()
        _audit(self.publication.staging, self.settings, sink)
        if len(sink):
            self._stop(sink)
        try:
            self.publication.commit()
        except PublishFault as fault:
            self._stop_for(fault)
        self.board.ready = True

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was and say what went wrong, where it can be said."""
        self._withdraw()
        sink = Sink()
        if hasattr(self, "settings") and report_fault(error, self.settings, sink):
            self._stop(sink)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Show findings in the page, and watch all inputs."""
        settings = self.settings
        folders = [settings.seeds, settings.theme, *filter(None, [settings.archive])]
        install_layer(server, self.board, folders)
        return server

    def on_shutdown(self) -> None:
        """Remove what an interrupted build leaves."""
        self._withdraw()

    def _withdraw(self) -> None:
        if self.publication:
            self.publication.discard()
            self._config.site_dir = self._site_dir

    def _note(self, sink: Sink) -> None:
        findings = sink.sorted()
        self.board.text = report_text(findings) if self.broken else ""
        if findings:
            self.report(findings)

    def _stop(self, sink: Sink) -> NoReturn:
        self.broken = True
        self._note(sink)
        raise Abort("The build has stopped at the findings above; the last good site is as it was.")

    def _stop_for(self, fault: PublishFault) -> NoReturn:
        sink = Sink()
        sink.add(fault.code, fault.reason, self.settings.shown(Path(self._site_dir)), fault.hint)
        self._stop(sink)


def _print(findings: Iterable[Diagnostic]) -> None:
    click.echo(report_text(list(findings), colour=sys.stderr.isatty()), err=True)


def _warn(words: str) -> None:
    click.echo(f"warning: {words}", err=True)


def _tell_wait() -> None:
    click.echo("another build of this site is under way: waiting for it", err=True)


def _audit(site: Path, settings: Settings, sink: Sink) -> None:
    try:
        from generator.audit import audit_site
    except ImportError:
        return
    audit_site(site, settings, sink)
