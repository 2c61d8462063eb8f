"""Audits a built site: reads every page, then compares pages, data files and articles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.audit.address import Inventory
from generator.audit.atlas import Atlas
from generator.audit.claim import check_all_shown
from generator.audit.crew import CrewLost, audit_in_crew, cited_sources, crew_size
from generator.audit.judge import Ground
from generator.audit.register import Row, read_register
from generator.audit.share import Share, Tally
from generator.config import Settings
from generator.diagnostics import Sink
from generator.progress import Progress, silent

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
    site: Path, settings: Settings, sink: Sink, progress: Progress = silent
) -> AuditCounts:
    """Audit a built site; findings P603 to P609 go to the sink.

    Args:
        site: Folder of the site; it need not be the one of the settings.
        settings: Where `seeds/` lies, and under which address the site is published.
        sink: Takes the findings.
        progress: Told how far the audit is.

    Returns:
        How much was looked at, faults or not.
    """
    if not site.is_dir():
        sink.add("P608", "there is no such folder", settings.shown(site), _NO_SITE)
        return AuditCounts()
    try:
        inventory = Inventory(site, settings)
    except OSError as error:
        sink.add(
            "P608", f"the folder cannot be read: {error.strerror or error}", settings.shown(site)
        )
        return AuditCounts()
    with _collector_paused():
        before = len(sink)
        register = read_register(site, settings, inventory, sink)
        if not register.claims and len(sink) > before:
            return AuditCounts()  # every page would be at fault for the one missing file
        return _audit(Ground(site, settings, inventory, register), sink, progress)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Look for no cycles meanwhile: the audit makes millions of objects, none of them in a cycle."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _audit(ground: Ground, sink: Sink, progress: Progress) -> AuditCounts:
    atlas, tally = _audit_pages(ground, sink, progress)
    check_all_shown(ground.register, atlas, sink)
    _check_pages(ground, atlas, sink)
    return AuditCounts(
        tally.pages, len(ground.register.claims), tally.citations, tally.passages, tally.links
    )


def _audit_pages(ground: Ground, sink: Sink, progress: Progress) -> tuple[Atlas, Tally]:
    paths = ground.inventory.pages
    size = crew_size(len(paths))
    if size > 1:
        try:
            return audit_in_crew(ground, paths, size, sink, progress)
        except (CrewLost, OSError):
            pass  # what ails a process or a file shows here as well, and is reported as it should be
    share = Share(ground, paths, cited_sources(ground), sink, progress)
    atlas = share.read()
    return atlas, share.judge(atlas)


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
