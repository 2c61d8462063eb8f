"""Audits a built site: reads every page, then compares pages, data files and articles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.audit.address import Inventory
from generator.audit.atlas import Atlas
from generator.audit.briefing import check_briefings
from generator.audit.claim import check_all_shown
from generator.audit.files import Files, FolderFiles
from generator.audit.judge import Ground
from generator.audit.register import read_register
from generator.audit.row import Row
from generator.audit.settle import doubt, draw_atlas, judge_suspects
from generator.audit.share import Tally
from generator.audit.survey import Survey, survey_site
from generator.config import Settings
from generator.diagnostics import Sink
from generator.progress import Progress, silent
from generator.workers import WorkersLost

_NO_SITE = "name the folder that `briefing build` wrote"


@dataclass(frozen=True, slots=True)
class AuditCounts:
    """What was audited.

    Attributes:
        pages: HTML pages read.
        claims: Claims of `data/claims.jsonl`.
        citations: Citations shown on pages, each followed to its passage.
        passages: Quoted passages on source pages.
        links: Distinct addresses per page that lie inside of the site.
    """

    pages: int = 0
    claims: int = 0
    citations: int = 0
    passages: int = 0
    links: int = 0


def audit_site(
    site: Path,
    settings: Settings,
    sink: Sink,
    progress: Progress = silent,
    jobs: int | None = None,
    files: Files | None = None,
) -> AuditCounts:
    """Audit a built site; findings P603 to P609 go to the sink.

    Args:
        site: Folder of the site, as findings show it; it need not be the one of the settings.
        settings: Where `seeds/` lies, and under which address the site is published.
        sink: Takes the findings.
        progress: Told how far the audit is.
        jobs: How many processes to use; None for one each processor.
        files: Where the site is read from; that folder where not given.

    Returns:
        How much was looked at, faults or not.
    """
    return inspect_site(site, settings, sink, progress, jobs, files)[0]


def inspect_site(
    site: Path,
    settings: Settings,
    sink: Sink,
    progress: Progress = silent,
    jobs: int | None = None,
    files: Files | None = None,
) -> tuple[AuditCounts, tuple[Ground, Survey] | None]:
    """Audit a built site; see `audit_site`.

    Returns:
        How much was looked at, and what is known of the pages; None where they were not read.
    """
    if files is None and not site.is_dir():
        sink.add("P608", "there is no such folder", settings.shown(site), _NO_SITE)
        return AuditCounts(), None
    files = files or FolderFiles(site)
    try:
        inventory = Inventory(site, settings, files)
    except OSError as error:
        sink.add(
            "P608", f"the folder cannot be read: {error.strerror or error}", settings.shown(site)
        )
        return AuditCounts(), None
    with _collector_paused():
        before = len(sink)
        register = read_register(site, settings, inventory, sink, files)
        if not register.claims and len(sink) > before:
            return AuditCounts(), None  # every page would be at fault for the one missing file
        ground = Ground(site, files, settings, inventory, register)
        counts, survey = _audit(ground, sink, progress, jobs)
        check_briefings(site, settings, files, sink)
        return counts, (ground, survey)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Look for no cycles meanwhile: the audit makes millions of objects, none of them in a cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()  # both together: what is there counts as old, and is not gone through now
            gc.unfreeze()
            gc.enable()


def _audit(
    ground: Ground, sink: Sink, progress: Progress, jobs: int | None
) -> tuple[AuditCounts, Survey]:
    names = sorted(ground.inventory.files)
    numbers = {name: number for number, name in enumerate(names)}
    try:
        survey = survey_site(ground, progress, jobs, numbers)
    except (WorkersLost, OSError):
        # What ails a process or a file shows here as well, and is reported as it should be.
        survey = survey_site(ground, progress, 1, numbers)
    proven = {
        source
        for source in ground.register.sources
        if ground.inventory.source_page(source) in survey.records
    }
    survey.unproven |= ground.register.refs_by_source.keys() - proven
    doubled = doubt(survey, names)
    atlas = draw_atlas(survey, ground)
    tally = judge_suspects(ground, survey, atlas, doubled, sink, progress, jobs)
    for path, record in survey.records.items():
        if path not in survey.suspects:
            tally += Tally(1, record.citations, len(record.passages), record.inside)
    check_all_shown(ground.register, atlas, sink)
    _check_pages(ground, atlas, sink)
    counts = AuditCounts(
        tally.pages, len(ground.register.claims), tally.citations, tally.passages, tally.links
    )
    return counts, survey


def _check_pages(ground: Ground, atlas: Atlas, sink: Sink) -> None:
    """Every entity and source has a page that can be judged (P608)."""
    for row in ground.register.entities.values():
        url = row.text("url")
        target = ground.inventory.follow("index.html", url) if url else None
        _check_page(ground, atlas, sink, row, target.file if target else None)
    for row in ground.register.sources.values():
        _check_page(ground, atlas, sink, row, ground.inventory.source_page(row.id))


def _check_page(ground: Ground, atlas: Atlas, sink: Sink, row: Row, path: str | None) -> None:
    if path in atlas.unread:
        return
    if path is None or path not in atlas.anchors:
        sink.add("P608", f"`{row.id}` has no page", row.span(row.id), "build the site again")
    elif path in atlas.plain:
        message = f"the page of `{row.id}` has no briefing article"
        shown = ground.settings.shown(ground.site / path)
        sink.add("P608", message, shown, "keep the article in the template")
