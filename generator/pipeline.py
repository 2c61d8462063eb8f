"""The order of the stages, on one screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from generator.collector import uncollected
from generator.compare import compare_editions
from generator.config import Settings
from generator.diagnostics import Diagnostic, Sink, sort_findings
from generator.link import check_briefings, relate_facts
from generator.load import Reading, assemble, read_frame
from generator.load.allow import apply_allowances
from generator.model.stage import Facts, Linked, Verified
from generator.profile import stage
from generator.progress import Progress, silent
from generator.share import cases_of, place_facts, read_share, share_words, verify_share
from generator.state.ledger import stamps_of
from generator.survey import InputFile, Stamp, Survey, survey_project
from generator.validate import Validated
from generator.validate.gather import gather_facts, parse_vocabulary
from generator.verify import Bench, Verdict, conclude
from generator.verify.exhibit import Measure
from generator.workers import count_jobs, cut_shares, each_forked

SHARE = 250
"""Files or sources in a share: enough to be worth a process, few enough for an even load."""


@dataclass(frozen=True)
class Checked:
    """Outcome of a check.

    Attributes:
        findings: Everything found, sorted.
        verified: The facts, fit to be rendered; None when any finding forbids it.
        counts: Numbers for the closing line: sheets, claims, quotations, sources.
        measures: What the sources are checked against, by id.
        stamps: Of every input file, by shown path.
    """

    findings: tuple[Diagnostic, ...]
    verified: Verified | None
    counts: dict[str, int]
    measures: Mapping[str, Measure] = field(default_factory=dict)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)


@uncollected()
def check(settings: Settings, progress: Progress = silent, jobs: int | None = None) -> Checked:
    """Load, validate, link and verify; nothing is written and all findings are collected.

    Args:
        settings: Of the project.
        progress: Told how far the check is.
        jobs: How many processes share the work; None for one each processor.
    """
    sink = Sink()
    with stage("survey"):
        survey = survey_project(settings, sink)
        stamps = stamps_of(settings, survey.stamps)
    with stage("read", len(survey.sheets) + len(survey.records)):
        facts = _read(survey, sink, progress, jobs)
    with stage("relate", len(facts.entities)):
        linked = relate_facts(facts, sink)
    with stage("verify"):
        verdict = _verify(linked, sink, progress, jobs)
    with stage("briefings", len(facts.briefings)):
        check_briefings(linked, facts.briefings, sink)
        briefings = Bench(linked).verify_briefings(facts.briefings, verdict.support, sink)
    with stage("conclude"):
        verified = conclude(linked, verdict, sink, briefings)
    with stage("compare", len(facts.raw.editions)):
        verified = replace(verified, changes=compare_editions(verified, facts.raw.editions))
    late = Sink()
    findings = sort_findings([*apply_allowances(facts.raw, sink, late), *late])
    claims = facts.claims()
    counts = {
        "sheets": len(facts.entities),
        "claims": len(claims),
        "quotations": sum(len(claim.quotations) for claim in claims),
        "sources": len(facts.sources),
    }
    fit = not any(finding.level == "error" or settings.strict for finding in findings)
    return Checked(tuple(findings), verified if fit else None, counts, verdict.measures, stamps)


def _read(survey: Survey, sink: Sink, progress: Progress, jobs: int | None) -> Facts:
    """Load and validate every file."""
    frame = read_frame(survey, sink)
    vocabulary = parse_vocabulary(frame.properties, sink)
    reading, found = Reading(), Validated()
    files: list[InputFile] = [*survey.sheets, *survey.records]
    shares = cut_shares(files, _shares(len(files)))
    work = partial(read_share, survey.settings, vocabulary)
    for _, part in each_forked(work, shares, jobs, progress, "reading"):
        sink.extend(part.findings)
        reading.add(part.reading)
        found.add(part.found)
    raw = assemble(survey, frame, reading)
    place_facts(found, files, raw.sources)
    return gather_facts(raw, found, vocabulary, sink)


def _verify(linked: Linked, sink: Sink, progress: Progress, jobs: int | None) -> Verdict:
    """Check every link and every citation."""
    cases = cases_of(linked)
    shares = cut_shares(cases, _shares(len(linked.facts.entities)), [len(c.claims) for c in cases])
    work = partial(verify_share, linked, Bench(linked))
    verdict = Verdict({}, {})
    for _, part in each_forked(work, shares, jobs, progress, "verifying"):
        sink.extend(part.findings)
        verdict.measures.update(part.verdict.measures)
        share_words(part.verdict.support, linked)
        verdict.support.update(part.verdict.support)
    return verdict


def _shares(items: int) -> int:
    return 1 if items < SHARE else max(count_jobs() * 4, items // 1000)
