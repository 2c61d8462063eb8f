"""One build of the site, whatever host renders the theme: check, render, write, audit, swap."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from generator import pipeline
from generator.config import Settings
from generator.diagnostics import Diagnostic, Sink
from generator.model.stage import Page, Pages
from generator.progress import Progress, silent, track
from generator.publish import Publication, PublishFault, press_pages, refuse_site
from generator.publish.fault import report_fault
from generator.publish.inventory import report_collisions
from generator.render.prose import report_prose, sanitise_prose
from generator.textfile import TextFile

_VALUE = re.compile(r"`([^`]+)`")
Report = Callable[[Iterable[Diagnostic]], None]


class BuildStopped(Exception):
    """A build that has ended in findings."""


class Build:
    """One build, in the order of its methods; any of them may raise `BuildStopped`.

    Attributes:
        publication: The way of the finished site into its place.
        pages: What `render` made; empty while nothing fit to be shown exists.
        broken: Whether findings stand in the way.
        origin: The content file of each file of the host, by path in the site.
    """

    def __init__(
        self, settings: Settings, site: Path, report: Report, progress: Progress = silent
    ) -> None:
        self.settings = settings
        self.report = report
        self.publication = Publication(site)
        self.pages = Pages((), {})
        self.broken = False
        self.origin: dict[str, str] = {}
        self.progress = progress
        self._prose = Sink()

    def prepare(
        self, *, own_folder: bool = False, tolerant: bool = False, on_wait: Callable[[], None]
    ) -> None:
        """Check and render everything, then open the staging folder.

        Args:
            own_folder: Whether the site folder was made for this run and may be replaced unseen.
            tolerant: Whether to go on without pages, for a server that has to start somehow.
            on_wait: Called when another build of the same site is in the way.
        """
        sink = Sink()
        checked = pipeline.check(self.settings, self.progress)
        sink.extend(checked.findings)
        if checked.verified is not None:
            self.pages = pipeline.render(checked.verified, sink, self.progress)
        self.broken = checked.verified is None or len(sink) > len(checked.findings)
        if self.broken and not tolerant:
            self.stop(sink)
        if len(sink):
            self.report(sink.sorted())
        try:
            if not own_folder:
                refuse_site(self.publication.site, self.settings)
            self.publication.begin(on_wait=on_wait)
        except PublishFault as fault:
            self.fail(fault)

    def reserve(self, taken: Sequence[tuple[str, str]]) -> None:
        """Make sure that no generated page takes an address of the host.

        Args:
            taken: Files the host writes: path in the site, and path of the content file it comes from.
        """
        self.origin = dict(taken)
        sink = Sink()
        report_collisions(self.pages, taken, self.settings, sink)
        self.stop_if(sink)

    def sanitise(self, html: str, path: Path) -> str:
        """The HTML of a Markdown page as it may be published; what it loses is a finding."""
        prose = sanitise_prose(html)
        if prose.removed:
            report_prose(prose, TextFile.read(path, self.settings.shown(path)), self._prose)
        return prose.html

    def write(self, render_whole: Callable[[Page], str], warn: Callable[[str], None]) -> None:
        """Write all generated pages and files to the staging folder.

        Args:
            render_whole: Renders a page by the theme's template.
            warn: Told why a layout has to be rendered page by page.
        """
        sink, settings = self._prose, self.settings
        pressed = press_pages(
            self.pages.pages,
            render_whole,
            sink,
            theme=settings.shown(settings.theme / "main.html"),
            required=("title", "description", "body", *(["address"] if settings.site_url else [])),
            warn=warn,
        )
        for name, text in track(pressed, "writing", self.progress, len(self.pages.pages)):
            self.publication.write(name, text.encode("utf-8", errors="xmlcharrefreplace"))
        for name, data in self.pages.files.items():
            self.publication.write(name, data)
        self.stop_if(sink)

    def finish(self) -> None:
        """Audit the staging folder and put it in the site's place."""
        from generator.audit import audit_site  # the dear part of starting up

        self.publication.settle_clock()
        sink, publication = Sink(), self.publication
        audit_site(publication.staging, self.settings, sink, self.progress)
        self.stop_if(Sink([self._lasting(one) for one in sink]))
        try:
            publication.commit()
        except PublishFault as fault:
            self.fail(fault)

    def _lasting(self, finding: Diagnostic) -> Diagnostic:
        """A finding of the audit at a place that is still there when it is read.

        The staging folder is gone by then. Where the value that the message names stands once in the
        Markdown file that the page is made of, it is shown there; all else at the page of the site.
        """
        settings, publication = self.settings, self.publication
        staging, site = settings.shown(publication.staging), settings.shown(publication.site)
        name = self.origin.get(finding.path.removeprefix(f"{staging}/"))
        page, value = settings.content / (name or ""), _VALUE.search(finding.message)
        if value and page.is_file():
            file = TextFile.read(page, settings.shown(page))
            if file.text.count(value[1]) == 1:
                at = file.text.index(value[1])
                return replace(finding, path=file.path, span=file.span(at, at + len(value[1])))
        return replace(finding, path=finding.path.replace(staging, site, 1))

    def fail(self, error: Exception) -> None:
        """Stop with the finding that an error amounts to; return when it is none of the project's."""
        sink = Sink()
        if report_fault(error, self.settings, self.publication.site, sink):
            self.stop(sink)

    def stop_if(self, sink: Sink) -> None:
        """Stop when there are findings."""
        if len(sink):
            self.stop(sink)

    def stop(self, sink: Sink) -> NoReturn:
        """Report and end the build; the last good site stays.

        Raises:
            BuildStopped: always.
        """
        self.broken = True
        self.discard()
        self.report(sink.sorted())
        raise BuildStopped

    def discard(self) -> None:
        """Remove the staging folder, if there is one."""
        self.publication.discard()
