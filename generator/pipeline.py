"""The order of the stages, on one screen."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from generator.config import Settings
from generator.diagnostics import Diagnostic, Sink, sort_findings
from generator.link import link_project
from generator.load import load_project
from generator.load.allow import apply_allowances
from generator.model.stage import Pages, Verified
from generator.progress import Progress, silent
from generator.render import render_site
from generator.validate import validate_project
from generator.verify import verify_project


@dataclass(frozen=True)
class Checked:
    """Outcome of a check.

    Attributes:
        findings: Everything found, sorted.
        verified: The facts, fit to be rendered; None when any finding forbids it.
        counts: Numbers for the closing line: sheets, claims, quotations, sources.
    """

    findings: tuple[Diagnostic, ...]
    verified: Verified | None
    counts: dict[str, int]


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the search for cycles: trees and facts have none, and it takes much of a large check."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@uncollected()
def check(settings: Settings, progress: Progress = silent) -> Checked:
    """Load, validate, link and verify; nothing is written and all findings are collected."""
    sink = Sink()
    raw = load_project(settings, sink, progress)
    facts = validate_project(raw, sink, progress)
    linked = link_project(facts, sink)
    verified = verify_project(linked, sink, progress)
    late = Sink()
    findings = sort_findings([*apply_allowances(raw, sink, late), *late])
    claims = facts.claims()
    counts = {
        "sheets": len(facts.entities),
        "claims": len(claims),
        "quotations": sum(len(claim.quotations) for claim in claims),
        "sources": len(facts.sources),
    }
    fit = not any(finding.level == "error" or settings.strict for finding in findings)
    return Checked(tuple(findings), verified if fit else None, counts)


@uncollected()
def render(verified: Verified, sink: Sink, progress: Progress = silent) -> Pages:
    """All pages and files of the site, in memory; faults of templates go to the sink."""
    return render_site(verified, sink, progress)
