"""Compares what the pages of a site hold with one another, and judges the pages that are at fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from generator.audit.atlas import Atlas
from generator.audit.judge import Ground, Judge, Reader
from generator.audit.page import Mark
from generator.audit.share import Share, Tally
from generator.audit.survey import FEWEST_PAGES, Survey
from generator.diagnostics import Diagnostic, Sink, sort_findings
from generator.progress import Progress
from generator.workers import WorkersLost, count_jobs, cut_shares, map_forked

JUDGING = "auditing"
NOWHERE = Mark(-1, "", "")
_SHARES = 6


class _Result(NamedTuple):
    findings: list[Diagnostic]
    tally: Tally


def doubt(survey: Survey, names: Sequence[str]) -> frozenset[str]:
    """Add the pages whose links or claims others do not bear out to a survey's suspects.

    Args:
        survey: All pages of a site.
        names: The site's files, by their numbers.

    Returns:
        Refs of claims that have more than one place.
    """
    anchors: dict[int, frozenset[str] | None] = {}
    records, suspects = survey.records, survey.suspects
    places: Counter[str] = Counter()
    for path, record in records.items():
        places.update(record.homes)
        for file, fragments in record.links.items():
            if not fragments:
                continue
            if file not in anchors:
                target = records.get(names[file])
                anchors[file] = frozenset(target.ids) if target else None
            known = anchors[file]
            if known is not None and not known.issuperset(fragments):
                suspects.add(path)
    doubled = frozenset(ref for ref, count in places.items() if count > 1)
    if doubled:
        suspects.update(
            path for path, record in records.items() if not doubled.isdisjoint(record.homes)
        )
    return doubled


def draw_atlas(survey: Survey, ground: Ground) -> Atlas:
    """What all pages hold, of their records; the places of claims have no marks yet."""
    atlas = Atlas(unread=set(survey.unread), passages=dict(survey.passages))
    for path in sorted(survey.records):
        record = survey.records[path]
        atlas.anchors[path] = set(record.ids)
        if record.is_plain:
            atlas.plain.add(path)
        for held in record.passages:
            if path == ground.inventory.source_page(held.source):
                atlas.quoted.setdefault(held.source, set()).update(held.exacts)
        for ref in record.homes:
            atlas.firsts.setdefault(ref, (path, NOWHERE))
    return atlas


def judge_suspects(
    ground: Ground, survey: Survey, atlas: Atlas, doubled: frozenset[str], sink: Sink,
    progress: Progress, jobs: int | None,
) -> Tally:  # fmt: skip
    """Judge the pages that are not certified, and the citations that are not proven.

    Args:
        ground: What the site holds.
        survey: All its pages.
        atlas: What they hold.
        doubled: Refs of claims that have more than one place.
        sink: Takes the findings.
        progress: Told how many pages have been judged.
        jobs: How many processes; None for one each processor.
    """
    suspects = sorted(survey.suspects)
    _mark_doubled(ground, survey, atlas, doubled)

    def work(share: Sequence[str]) -> _Result:
        own = Sink()
        held = Share(ground, share, own, lambda *_: None)
        for ref, place in held.read().firsts.items():
            if ref not in doubled:
                atlas.firsts[ref] = place
        return _Result(own.findings, held.judge(atlas))

    jobs = count_jobs(jobs) if len(suspects) >= FEWEST_PAGES else 1
    shares = cut_shares(suspects, jobs * _SHARES if jobs > 1 else 1)
    try:
        results = map_forked(work, shares, jobs, progress, JUDGING)
    except (WorkersLost, OSError):
        results = [work(share) for share in shares]
    # Two processes may have opened the same damaged seal.
    found = [one for result in results for one in result.findings]
    if survey.unproven:
        own = Sink()
        judge = Judge(ground, atlas, Reader(ground, own), own)
        judge.passages.check_register(sorted(survey.unproven))
        found += own.findings
    sink.extend(sort_findings(found))
    return sum((result.tally for result in results), Tally())


def _mark_doubled(ground: Ground, survey: Survey, atlas: Atlas, doubled: frozenset[str]) -> None:
    """Note where claims that stand twice have their first place."""
    if not doubled:
        return
    reader, exact = Reader(ground, Sink()), Atlas()
    for path in sorted(survey.suspects):
        record = survey.records.get(path)
        if record is not None and not doubled.isdisjoint(record.homes):
            page = reader.read_exactly(path)
            if page is not None:
                exact.add(page, ground.inventory)
    atlas.firsts.update((ref, place) for ref, place in exact.firsts.items() if ref in doubled)
