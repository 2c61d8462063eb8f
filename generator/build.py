"""One build of the site, whatever host renders the theme: check, draw, write, audit, swap."""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from msgspec import structs

from generator import pipeline
from generator.config import Settings
from generator.diagnostics import Diagnostic, Sink
from generator.draw import Drawn, Folder, draw_parts, join_lines, section_marker
from generator.index import Contributor, index_files
from generator.markup import forget_parsed
from generator.model.pack import encode
from generator.model.stage import Page, Verified
from generator.printing import has_papers
from generator.profile import stage
from generator.progress import Progress, silent
from generator.publish.fault import report_fault
from generator.publish.inventory import report_collisions
from generator.publish.press import Press, doubt_words
from generator.publish.site import Publication, PublishFault, refuse_site
from generator.publish.sitemap import sitemap_files
from generator.render import SECTIONS, Renderer
from generator.render.prose import report_prose, sanitise_prose
from generator.state.bytecode import KeptBytecode
from generator.state.keep import finish_state, forget_state, write_facts
from generator.state.ledger import LEDGER, Frames, Ledger, Trace, mark_of, site_traces
from generator.state.store import StateLost
from generator.textfile import TextFile
from generator.workers import Aside, WorkersLost, count_jobs, cut_shares, each_forked

_VALUE = re.compile(r"`([^`]+)`")
FEWEST_PARTS = 300
"""Parts below which starting processes, or giving memory back, costs more than it saves."""

Report = Callable[[Iterable[Diagnostic]], None]


class BuildStopped(Exception):
    """A build that has ended in findings."""


class Build:
    """One build, in the order of its methods; any of them may raise `BuildStopped`.

    Attributes:
        publication: The way of the finished site into its place.
        verified: What `check` has made sure of; None while nothing fit to be shown exists, and
            again when all that needs it has been written.
        sections: Markdown names of the host's pages that get a generated body.
        footer: End of the host's own pages.
        broken: Whether findings stand in the way.
        origin: The content file of each file of the host, by path in the site.
    """

    def __init__(
        self,
        settings: Settings,
        site: Path,
        report: Report,
        progress: Progress = silent,
        jobs: int | None = None,
    ) -> None:
        self.settings = settings
        self.report = report
        self.publication = Publication(site)
        self.verified: Verified | None = None
        self.sections: tuple[str, ...] = ()
        self.footer = ""
        self.broken = False
        self.origin: dict[str, str] = {}
        self._taken_by_host: tuple[tuple[str, str], ...] = ()
        self.progress = progress
        self.jobs = jobs
        self.drawn = Drawn()
        self._index: Aside[dict[str, Trace]] | None = None
        self._facts: Aside[None] | None = None
        self._audited: Mapping[tuple[str, str], bytes | None] = {}
        self._prose = Sink()
        self._sections: dict[str, tuple[str, str]] = {}

    def prepare(
        self,
        *,
        own_folder: bool = False,
        tolerant: bool = False,
        keep: bool = True,
        on_wait: Callable[[], None],
    ) -> None:
        """Check everything, then open the staging folder.

        Args:
            own_folder: Whether the site folder was made for this run and may be replaced unseen.
            tolerant: Whether to go on without pages, for a server that has to start somehow.
            keep: Whether a later build may go on from this one; else no state is written.
            on_wait: Called when another build of the same site is in the way.
        """
        self._taken, self._keeps = time.time_ns(), keep
        sink = Sink()
        checked = pipeline.check(self.settings, self.progress, self.jobs)
        sink.extend(checked.findings)
        self.verified, self._checked = checked.verified, replace(checked, verified=None)
        if checked.verified is not None:
            self.sections = SECTIONS
            self.footer = Renderer(checked.verified, sink).render("site").footer
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
        """Note which files are the host's.

        Args:
            taken: Path in the site, and path of the content file it comes from.
        """
        self._taken_by_host = tuple(taken)
        self.origin = dict(taken)

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
        settings, sink = self.settings, self._prose
        if self.verified is None:
            return
        told = Sink()
        self._bytecode = KeptBytecode()
        renderer = Renderer(self.verified, told, self._bytecode)
        press = Press(
            render_whole,
            theme=settings.shown(settings.theme / "main.html"),
            required=("title", "description", "body", *(["address"] if settings.site_url else [])),
        )
        renderer.prepare()
        parts = renderer.parts()
        count = (
            1 if len(parts) < FEWEST_PARTS else max(count_jobs(self.jobs) * 8, len(parts) // 500)
        )
        staging = self.publication.staging
        contributor = Contributor(self.verified.facts)
        work = partial(draw_parts, renderer, contributor, told, press, staging)
        with stage("draw", len(parts)):
            shares = cut_shares(parts, count)
            drawn = dict(each_forked(work, shares, self.jobs, self.progress, "drawing"))
            for _, share in sorted(drawn.items()):
                self.drawn.add(share)
            self.drawn.traces |= join_lines(staging, self.drawn.spool)
        for doubt in self.drawn.doubts.items():
            warn(doubt_words(*doubt))
        sink.extend(self.drawn.findings)
        report_collisions(self._files(), self._taken_by_host, settings, sink)
        self.stop_if(sink)
        self._print_papers()
        # Nothing else needs the index before the site is complete.
        self._contributions, self.drawn.contributions = self.drawn.contributions, {}
        self._index = Aside(partial(_write_index, staging, self._contributions), self.jobs)
        self._keep_facts()

    def _keep_facts(self) -> None:
        """Write the facts for the next build, and let go of them: they are most of the memory."""
        verified, self.verified = self.verified, None
        state, checked = self.publication.state, self._checked
        if verified is None or not self._keeps or checked.findings or self.drawn.doubts:
            forget_state(state)
            return
        self._digests = dict(verified.facts.raw.digests)
        work = partial(
            write_facts,
            self.publication.new_state,
            verified,
            checked.measures,
            self._contributions,
            self._bytecode,
        )
        self._facts = Aside(work, self.jobs)

    def _print_papers(self) -> None:
        """Make the PDFs that the site carries."""
        if self.verified is None or not has_papers(self.verified):
            return
        from generator.printing.site import print_site

        with stage("print"):
            papers = print_site(self.verified, self.publication, self.progress, self.jobs)
        self.stop_if(Sink(list(papers.findings)))
        self.drawn.traces |= papers.traces

    def _files(self) -> Iterable[tuple[str, str]]:
        """Every generated file, and the input to blame where another has its address."""
        facts = self.verified.facts if self.verified else None
        for part, made in self.drawn.outputs.items():
            kind, _, id_ = part.partition(":")
            blamed = ""
            if facts and kind == "entity":
                blamed = facts.entities[id_].path
            elif facts and kind == "briefing":
                blamed = next(one.path for one in facts.briefings if one.id == id_)
            elif facts and kind == "source":
                blamed = facts.sources[id_].path
            yield from ((name, blamed) for name in made.files)
        if self.verified and has_papers(self.verified):
            from generator.printing.site import paper_files

            yield from paper_files(self.verified)

    def fill(self, name: str, file: str, html: str) -> str:
        """A page of the host with its generated body in the place of its marker.

        Args:
            name: Its Markdown file.
            file: Its file in the site.
            html: The page as the host renders it.
        """
        body = self.drawn.sections.get(name)
        if body is None:
            return html
        self._sections[name] = file, html
        return html.replace(section_marker(name), body)

    def finish(self, addresses: Iterable[str]) -> None:
        """Audit the staging folder and put it in the site's place.

        Args:
            addresses: Absolute ones, of the host's pages; none without a site address.
        """
        from generator.audit import FolderFiles, audit_changes  # the dear part of starting up

        publication, sink = self.publication, Sink()
        host = tuple(addresses)
        target = Folder(publication.staging)
        made = (page for outputs in self.drawn.outputs.values() for page in outputs.pages)
        mapped = sitemap_files(host, self.settings.site_url, made)
        for name in ("sitemap.xml", "sitemap.xml.gz"):  # the host's own knows its pages alone
            if name in mapped:
                target.write(name, mapped[name])
            else:
                (publication.staging / name).unlink(missing_ok=True)
        is_small = len(self.drawn.outputs) < FEWEST_PARTS
        with stage("search"):
            self._close_books(host)
            self.drawn.traces |= self._indexed()
            self._contributions = {}
            # Not before: giving memory back copies what a process still shares with this one.
            forget_parsed()
            if not is_small:
                gc.collect()  # what draws pages is tied in knots
        with stage("audit"):
            folder = FolderFiles(publication.staging)
            record = audit_changes(
                publication.staging,
                self.settings,
                sink,
                folder,
                progress=self.progress,
                jobs=self.jobs,
            ).record
            self._audited = record.units if record is not None else {}
        self.stop_if(Sink([self._lasting(one) for one in sink]))
        try:
            with stage("swap"):
                publication.commit(keep=self._keep)
        except PublishFault as fault:
            self.fail(fault)

    def _indexed(self) -> dict[str, Trace]:
        """Traces of the files of the search index."""
        if self._index is None:
            return {}
        try:
            return self._index.result()
        except WorkersLost:
            return _write_index(self.publication.staging, self._contributions)

    def _close_books(self, host: tuple[str, ...]) -> None:
        """Pack what the next build needs to know: few bytes, and none between those of the facts."""
        drawn, checked = self.drawn, self._checked
        if self._facts:
            ledger = Ledger(
                mark=mark_of(self.settings),
                taken=self._taken,
                stamps=dict(checked.stamps),
                digests=self._digests,
                outputs=drawn.outputs,
                traces=drawn.traces,
                lines=drawn.lines,
                host=host,
            )
            self._books = encode(ledger)
        self.drawn, self._digests = Drawn(shells=drawn.shells), {}
        self._checked = replace(checked, measures={}, stamps={})

    def _keep(self) -> None:
        """Keep what the next build can go on from; nothing where there was something to report."""
        publication = self.publication
        if self._facts is None:
            return
        books = LEDGER.decode(self._books)
        traces = site_traces(publication.site, books.traces | self.drawn.traces)
        shells = tuple(
            (layout, shell.parts, shell.holes)
            for layout, shell in self.drawn.shells.items()
            if shell
        )
        with (
            stage("state"),
            suppress(StateLost, WorkersLost),
        ):  # the next build then starts from nothing
            self._facts.result()
            ledger, frames = structs.replace(books, traces=traces), Frames(shells, self._sections)
            finish_state(publication.new_state, publication.state, ledger, frames, self._audited)

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
        for aside in (self._index, self._facts):
            if aside:
                aside.drop()
        self.publication.discard()


def _write_index(staging: Path, contributions: Mapping[str, bytes]) -> dict[str, Trace]:
    """Write the search index; gives the traces of its files."""
    folder = Folder(staging)
    for name, data in index_files(contributions).items():
        folder.write(name, data)
    return folder.traces
