"""Audits a site of which little has changed since an audit that found nothing.

What changed is looked at, and every page that a change could put at fault. If all of that is sound,
so is the site, because nothing else rests on what changed. In any other case, and wherever that
is not sure, the whole site is audited: a finding is made, and placed, in one way only.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from generator.audit.amend import certify_changes
from generator.audit.briefing import check_briefings, touches
from generator.audit.files import Files
from generator.audit.ledger import Ledger, Record, Revision, make_record
from generator.audit.lines import Unsure
from generator.audit.project import AuditCounts, inspect_site
from generator.audit.view import Amendment
from generator.config import Settings
from generator.diagnostics import Sink
from generator.progress import Progress, silent
from generator.textfile import DecodeFault
from generator.workers import WorkersLost


class Changes(NamedTuple):
    """What differs from the site that was audited last.

    Attributes:
        before: That site's files, as they were.
        changed: Files of the site that are new or have other bytes.
        removed: Files that are gone.
        sources: Ids of sources whose record, text or seal is new, has other bytes or is gone.
    """

    before: Files
    changed: Collection[str]
    removed: Collection[str] = ()
    sources: Collection[str] = ()


class AuditResult(NamedTuple):
    """What came of an audit.

    Attributes:
        counts: How much was looked at; None where only changes were.
        record: For the next audit; None where something was found, or the site is unusual.
        ledger: The one that was given, as it is once the record lies on its shelf; None where the
            whole site was looked at.
    """

    counts: AuditCounts | None
    record: Record | None
    ledger: Ledger | None = None


def audit_changes(
    site: Path,
    settings: Settings,
    sink: Sink,
    files: Files,
    changes: Changes | None = None,
    ledger: Ledger | None = None,
    progress: Progress = silent,
    jobs: int | None = None,
) -> AuditResult:
    """Audit a site, by what changed since the last audit where that is known.

    Args:
        site: Folder of the site, as findings show it.
        settings: Where `seeds/` lies, and under which address the site is published.
        sink: Takes the findings; they are those of `audit_site`.
        files: The site's files, as they are now.
        changes: What differs from the site of the ledger. All that differs has to be named.
        ledger: What the last audit left; without it the whole site is audited.
        progress: Told how far the audit is.
        jobs: How many processes to use; None for one each processor.
    """
    if ledger is not None and changes is not None:
        revision = _certify(ledger, Amendment(site, settings, files, *changes), jobs)
        if revision is not None and _are_briefings_sound(site, settings, files, changes):
            return AuditResult(None, revision.record(ledger), Ledger(ledger.shelf, revision.books))
    own = Sink()
    counts, known = inspect_site(site, settings, own, progress, jobs, files)
    sink.extend(own.findings)
    if own.findings or known is None:
        return AuditResult(counts, None)
    return AuditResult(counts, make_record(*known))


def _are_briefings_sound(site: Path, settings: Settings, files: Files, changes: Changes) -> bool:
    sink = Sink()
    if any(map(touches, (*changes.changed, *changes.removed))):
        check_briefings(site, settings, files, sink)
    return not len(sink)


def _certify(ledger: Ledger, amendment: Amendment, jobs: int | None) -> Revision | None:
    try:
        return certify_changes(ledger, amendment, jobs)
    except (Unsure, WorkersLost, OSError, DecodeFault, ValueError, KeyError, RecursionError):
        return None  # whatever it is, the audit of the whole site tells it as it should be told
