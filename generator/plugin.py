"""The MkDocs plugin: maps the host's events to one `generator.build.Build`.

Nothing is guaranteed here: `briefing check` and `briefing audit` hold without it.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
import jinja2

from generator import host  # before MkDocs, whose theme it asks not to print its notice

# isort: split
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage

from generator.build import Build, BuildStopped, Report
from generator.config import SettingsFault, report_settings
from generator.diagnostics import Diagnostic, Sink
from generator.hosttheme import add_theme
from generator.progress import Progress, silent
from generator.report import report_text
from generator.serve import Board, install_layer

if TYPE_CHECKING:
    # Loads a server and what watches files, which no build needs.
    from mkdocs.livereload import LiveReloadServer


class BriefingOptions(Config):  # type: ignore[no-untyped-call]
    """The options of `generator.config.OPTIONS`; `settings_from` gives their meaning."""

    seeds = c.Optional(c.Type(str))
    archive = c.Optional(c.Type(str))
    strict = c.Optional(c.Type((bool, str)))
    as_of = c.Optional(c.Type((str, int, datetime.date)))
    quotation_words = c.Optional(c.Type((int, str)))
    source_share = c.Optional(c.Type((float, int, str)))
    overlap = c.Optional(c.Type((float, int, str)))
    pdf = c.Optional(c.Type(str))


class BriefingPlugin(BasePlugin[BriefingOptions]):  # type: ignore[no-untyped-call]
    """One instance serves all builds of a process: MkDocs keeps it because it has `on_startup`.

    Attributes:
        board: What the development server shows.
        report: Takes the findings of a build; prints them unless a caller sets another.
        goes_on: Whether a server goes on from the state of its builds; MkDocs's own never does, and
            removes no file beside its folder.
    """

    build: Build | None
    nav: Navigation

    def __init__(self) -> None:
        self.on_startup(command="build", dirty=False)

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Begin anew: an earlier build of this process leaves no trace."""
        self.serving = command == "serve"
        self.goes_on = False
        self.board = Board()
        self.report: Report = _print
        self.progress: Progress = silent
        self.jobs: int | None = None
        self.build = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Direct the build to a staging folder."""
        self.build, self.site_dir, self.host_config = None, config.site_dir, config
        try:
            settings = host.host_settings(config)
        except SettingsFault as fault:
            sink = Sink()
            report_settings(fault, Path(str(config.config_file_path)), sink)
            self._report(sink)
            raise Abort("The build has stopped at the settings.") from None
        self.build = Build(settings, Path(config.site_dir), self._report, self.progress, self.jobs)
        config.site_dir = str(self.build.publication.staging)
        add_theme(config)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Check everything, before anything is written."""
        self.board.text = ""
        with self._building() as build:
            build.prepare(
                own_folder=self.serving,
                # A server that MkDocs starts would end at the first findings; ours guards itself.
                tolerant=self.serving and not self.board.guarded,
                keep=self.goes_on or not self.serving,
                on_wait=lambda: click.echo("waiting for another build of this site", err=True),
            )

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take out what is not for readers, add the section indexes."""
        with self._building() as build:
            return host.arrange_files(files, build, config)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation for the shells."""
        self.nav = nav
        return nav

    def on_page_content(
        self, html: str, *, page: HostPage, config: MkDocsConfig, files: Files
    ) -> str:
        """Clean the prose; put a section's body after that of its Markdown file, if it has one."""
        with self._building() as build:
            if page.file.abs_src_path:
                html = build.sanitise(html, Path(page.file.abs_src_path))
            return host.section_content(html, page, build)

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Write all generated pages and files to the staging folder."""
        with self._building() as build:
            build.write(host.page_renderer(env, self.nav, files, config), _warn)
            self.addresses = host.host_addresses(files, config.site_url)
        return env

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: HostPage, config: MkDocsConfig) -> str:
        """Put a section's body in the place of its marker."""
        if not page.file.src_uri or not self.build:
            return output
        return self.build.fill(page.file.src_uri, page.file.dest_uri, output)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Audit what has been built and put it in place."""
        with self._building() as build:
            if build.broken or host.host_warned():
                self._withdraw()
                return
            build.finish(self.addresses)
            config.site_dir = self.site_dir
            self.board.ready = True

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was and say what went wrong, where it can be said."""
        self._withdraw()
        if self.build:
            with self._building() as build:
                build.fail(error)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]
    ) -> LiveReloadServer:
        """Show findings in the page, and watch all inputs."""
        with self._building() as build:
            settings = build.settings
        folders = [settings.seeds, settings.theme, *filter(None, [settings.archive])]
        install_layer(server, self.board, folders)
        return server

    def on_shutdown(self) -> None:
        """Remove what an interrupted build leaves."""
        self._withdraw()

    @contextmanager
    def _building(self) -> Iterator[Build]:
        """The build under way; when it stops, the host's way to stop."""
        assert self.build  # noqa: S101 - on_config comes first
        try:
            yield self.build
        except BuildStopped:
            message = (
                "The build has stopped at the findings above; the last good site is as it was."
            )
            raise Abort(message) from None

    def _withdraw(self) -> None:
        if self.build:
            self.build.discard()
            self.host_config.site_dir = self.site_dir

    def _report(self, findings: Iterable[Diagnostic]) -> None:
        found = list(findings)
        if self.build is None or self.build.broken:
            self.board.text = report_text(found)
        self.report(found)


def _print(findings: Iterable[Diagnostic]) -> None:
    click.echo(report_text(list(findings), colour=sys.stderr.isatty()), err=True)


def _warn(words: str) -> None:
    click.echo(f"warning: {words}", err=True)
