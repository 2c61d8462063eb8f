"""The papers that a site carries."""

from __future__ import annotations

import filecmp
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.model.stage import Verified
from generator.paper import FORMATS, Order
from generator.paper.changes import changes_order
from generator.printing.shelf import shelf_of
from generator.printing.work import Job, print_papers
from generator.progress import Progress, silent
from generator.publish.site import Publication
from generator.render.changes import PAPER, carries_changes
from generator.state.ledger import Trace

FOLDER = "pdf"
"""Folder of the papers in a site."""
SITE_FORMATS = FORMATS[:3]
"""Forms of each of them."""


def site_orders(verified: Verified) -> list[Order]:
    """The papers that the site of these facts carries, by its setting `pdf`."""
    asked = verified.facts.settings.pdf
    orders = [] if asked == "none" else briefing_orders(verified)
    if asked == "all":
        orders += [Order(id_, (id_,)) for id_ in verified.census.rows]
    if carries_changes(verified) and (changes := changes_order([PAPER], verified)):
        # One name for whatever edition it is of: an edit makes it anew, and no other file goes or comes.
        orders.append(replace(changes, name=PAPER))
    return orders


def briefing_orders(verified: Verified) -> list[Order]:
    """Every briefing, and every briefing with its dossier."""
    orders = []
    for one in verified.briefings:
        orders.append(Order(one.id, briefing=one.id))
        if one.dossier:
            pages = tuple(dict.fromkeys(one.dossier))
            orders.append(Order(f"{one.id}-dossier", pages, briefing=one.id))
    return orders


@dataclass
class SitePapers:
    """The papers of a site.

    Attributes:
        traces: Of the files that were written, by their path in the site.
        findings: What stands in the way.
    """

    traces: dict[str, Trace] = field(default_factory=dict)
    findings: Sequence[Diagnostic] = ()


def paper_files(verified: Verified) -> Iterator[tuple[str, str]]:
    """The papers of a site: the path of each, and the input to blame where another has its address."""
    for order in site_orders(verified):
        briefings = {one.id: one.path for one in verified.briefings}
        path = briefings.get(order.briefing, "")
        if order.entities and not path:
            path = verified.facts.entities[order.entities[0]].path
        yield from ((f"{FOLDER}/{order.file(variant)}", path) for variant in SITE_FORMATS)


def print_site(
    verified: Verified,
    publication: Publication,
    progress: Progress = silent,
    jobs: int | None = None,
    only: Container[str] | None = None,
) -> SitePapers:
    """Make the papers of a site in its staging folder.

    Args:
        verified: The facts.
        publication: Of the site.
        progress: Told how far it is.
        jobs: How many processes share the work.
        only: After an edit, ids of the pages whose papers may have changed; what the standing site has
            already is then not written.

    Raises:
        OSError: when a file cannot be written.
    """
    staging, shelf = publication.staging, shelf_of(publication.site)
    wanted: dict[str, Job] = {}
    for order in site_orders(verified):
        ids = (*order.entities, f"briefing:{order.briefing}")
        if only is None or order.since or any(id_ in only for id_ in ids):
            for variant in SITE_FORMATS:
                name = f"{FOLDER}/{order.file(variant)}"
                path = staging / name if only is None else publication.waiting(name)
                wanted[name] = Job(order, variant, str(path))
    if not wanted:
        return SitePapers()
    (staging / FOLDER).mkdir(exist_ok=True)
    printed = print_papers(verified, list(wanted.values()), shelf, progress, jobs)
    made, done = SitePapers(findings=printed.findings), set(printed.files)
    for name, job in wanted.items():
        path, standing = Path(job.target), publication.site / name
        if job.target not in done:
            continue
        if only is not None and standing.is_file() and filecmp.cmp(path, standing, shallow=False):
            path.unlink()
            continue
        found = path.stat()
        made.traces[name] = Trace(found.st_size, found.st_mtime_ns)
    shelf.tidy()
    return made
