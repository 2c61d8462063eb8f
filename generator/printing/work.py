"""Makes PDFs, in processes of their own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.diagnostics import Diagnostic, Sink
from generator.model.stage import Verified
from generator.paper import (
    Composer,
    Order,
    Paper,
    TypesetFault,
    Typesetter,
    Variant,
    report_glyphs,
)
from generator.paper.glyph import covered
from generator.paper.typeset import font_files
from generator.printing.shelf import Shelf
from generator.progress import Progress, silent
from generator.workers import Aside, count_jobs, cut_shares, each_forked

Share = tuple[list[tuple[str, str]], int, list[Diagnostic]]
"""What comes of a share of jobs: pairs of a name of passage and a path, how many were typeset, findings."""


class Job(NamedTuple):
    """One PDF to be made."""

    order: Order
    variant: Variant
    target: str


@dataclass
class Printed:
    """What has come of some jobs.

    Attributes:
        files: Paths of the finished PDFs, in order.
        compiled: How many of them had to be typeset; the others were known from before.
        findings: What stands in the way; then there are no files.
    """

    files: list[str] = field(default_factory=list)
    compiled: int = 0
    findings: Sequence[Diagnostic] = ()

    @property
    def words(self) -> str:
        """What people are told at the end."""
        if self.findings:
            return "no PDF was written"
        if len(self.files) == 1:
            return f"printed {self.files[0]}"
        return f"printed {len(self.files):,} PDFs, {self.compiled:,} of them made anew"


def print_papers(
    verified: Verified,
    wanted: Sequence[Job],
    shelf: Shelf,
    progress: Progress = silent,
    jobs: int | None = None,
) -> Printed:
    """Make PDFs. With any finding none is put in its place.

    Args:
        verified: The facts.
        wanted: What to make, and under which paths.
        shelf: Where known PDFs lie.
        progress: Told how far it is.
        jobs: How many processes share the work; None for one each processor.

    Raises:
        OSError: when a file cannot be written.
    """
    settings = verified.facts.settings
    work = partial(_print_share, Composer(verified), Typesetter(settings), shelf)
    count = 1 if len(wanted) < 4 or count_jobs(jobs) == 1 else count_jobs(jobs) * 8
    covered(font_files(settings))  # known to all processes before they part
    printed, sink = Printed(), Sink()
    made: list[tuple[str, str]] = []
    try:
        shares = cut_shares(wanted, count)
        for _, (pairs, compiled, findings) in sorted(_each_apart(work, shares, jobs, progress)):
            made += pairs
            printed.compiled += compiled
            sink.extend(findings)
        printed.findings = sink.sorted()
        if not printed.findings:
            for temporary, target in made:
                Path(temporary).replace(target)
                printed.files.append(target)
    finally:
        for temporary, _ in made:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
    return printed


def _each_apart(
    work: Callable[[Sequence[Job]], Share],
    shares: Sequence[Sequence[Job]],
    jobs: int | None,
    progress: Progress,
) -> Iterator[tuple[int, Share]]:
    """As `each_forked`, but never in this process.

    Typst has threads of its own: a process in which it has run must not be forked any more, and a
    server forks at every build.
    """
    if len(shares) > 1 and count_jobs(jobs) > 1:
        yield from each_forked(work, shares, jobs, progress, "printing")
        return
    done, total = 0, sum(map(len, shares))
    for number, share in enumerate(shares):
        yield number, Aside(partial(work, share), 2).result()
        done += len(share)
        progress("printing", done, total)


def _print_share(
    composer: Composer, typesetter: Typesetter, shelf: Shelf, jobs: Sequence[Job]
) -> Share:
    """Make some PDFs under names of passage."""
    sink, made, compiled = Sink(), [], 0
    composed: tuple[Order, Paper] | None = None
    for order, variant, target in jobs:
        if composed is None or composed[0] != order:
            composed = order, composer.compose(order)
            if report_glyphs(composed[1], composer.verified, order.entities, sink):
                composed = None
                continue
        data, is_new = _pdf(composed[1], variant, order, typesetter, shelf, composer, sink)
        compiled += is_new
        if data is not None:
            path = Path(target)
            temporary = path.with_name(f".{path.name}.{os.getpid()}")
            temporary.write_bytes(data)
            made.append((str(temporary), target))
    return made, compiled, sink.findings


def _pdf(
    paper: Paper,
    variant: Variant,
    order: Order,
    typesetter: Typesetter,
    shelf: Shelf,
    composer: Composer,
    sink: Sink,
) -> tuple[bytes | None, bool]:
    """A paper as PDF, and whether it had to be made; None, with a finding, where that fails."""
    key = typesetter.key(paper, variant)
    data = shelf.get(key)
    if data is not None:
        return data, False
    try:
        data = typesetter.typeset(paper, variant)
    except TypesetFault as fault:
        template = composer.verified.facts.settings.shown(typesetter.path("paper.typ"))
        hint = "mend the template; compare it with the one that comes with the tool"
        sink.add("R505", f"`{order.file(variant)}` cannot be set: {fault.reason}", template, hint)
        return None, True
    shelf.put(key, data)
    return data, True
