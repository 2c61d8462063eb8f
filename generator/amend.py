"""After an edit: the parts of the site that it reaches, drawn anew and put into the site as it stands.

The result is byte for byte that of a whole build. Wherever that is not certain there is no amendment,
and a whole build has to be made: it alone reports findings.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from generator.collector import uncollected
from generator.config import Settings, SettingsFault, is_alone, read_host
from generator.diagnostics import Sink
from generator.model.slug import is_slug
from generator.profile import stage
from generator.progress import Progress, silent
from generator.publish.site import Publication, PublishFault, refuse_site
from generator.state.ledger import (
    LEDGER,
    Ledger,
    changed_stamps,
    is_untouched,
    mark_of,
    stamps_of,
)
from generator.state.store import StateLost, Store
from generator.survey import (
    InputFile,
    SheetFile,
    Stamp,
    find_stamps,
    known_file,
    survey_project,
)


@dataclass(frozen=True)
class Work:
    """How much work an amendment was.

    Attributes:
        files: Input files read and parsed.
        quotations: Quotations compared with their sources.
        parts: Parts of the site drawn.
        written: Files of the site that have changed.
    """

    files: int = 0
    quotations: int = 0
    parts: int = 0
    written: int = 0


class WholeBuild(Exception):
    """Only a whole build will do; the words say why."""


class Unsettled(WholeBuild):
    """A file was written while it was read: what it holds now is another edit."""


@dataclass(frozen=True)
class Edit:
    """What is known of an edit before anything is read.

    Attributes:
        files: The sheets and records that have changed, by shown path.
        stamps: Of every input file.
        taken: When they were taken, in nanoseconds of the epoch.
        changed: Files whose content has changed, with their digests; new sheets are among them.
        gone: Sheets that are no more, by shown path.
    """

    files: Mapping[str, InputFile]
    stamps: Mapping[str, Stamp]
    taken: int
    changed: Mapping[str, str]
    gone: Mapping[str, SheetFile] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.changed or self.gone)


@uncollected()
def amend_site(
    settings: Settings,
    progress: Progress = silent,
    jobs: int | None = None,
    on_wait: Callable[[], None] = lambda: None,
) -> Work:
    """Bring the site up to date with what has been edited since the last build.

    Args:
        settings: Of the project; they name the site.
        progress: Told how far it is.
        jobs: How many processes share the work; None for one each processor.
        on_wait: Called when another build of the same site is in the way.

    Returns:
        How much work it was: none at all where nothing has changed.

    Raises:
        WholeBuild: when only a whole build will do; the site is then as it was.
    """
    publication = Publication(settings.site)
    if not publication.state.is_file():
        raise WholeBuild("there is no state to go on from")
    try:
        if not is_alone(read_host(settings.config_file)):
            raise WholeBuild("other plugins or hooks take part in the build")
        refuse_site(publication.site, settings)
        publication.begin(on_wait=on_wait)
        return _amend(settings, publication, progress, jobs)
    except (SettingsFault, PublishFault, StateLost, msgspec.MsgspecError, OSError) as error:
        raise WholeBuild(str(error)) from error
    finally:
        publication.discard()


def _amend(
    settings: Settings, publication: Publication, progress: Progress, jobs: int | None
) -> Work:
    store = Store(publication.state)
    try:
        ledger = LEDGER.decode(store.whole("ledger"))
        with stage("look", len(ledger.stamps)):
            edit = look(settings, ledger)
            if not is_untouched(publication.site, ledger.traces):
                raise WholeBuild("the site is not as the last build has left it")
        if not edit:
            if edit.stamps != ledger.stamps:  # a file was written anew with what it held
                renewed = msgspec.structs.replace(
                    ledger, stamps=dict(edit.stamps), taken=edit.taken
                )
                store.change({}, {"ledger": msgspec.msgpack.encode(renewed)})
            return Work()
        from generator.rework import Rework  # all that drawing needs, which takes time to load

        return Rework(settings, publication, store, ledger, edit, progress, jobs).run()
    finally:
        store.close()


def look(settings: Settings, ledger: Ledger) -> Edit:
    """Which files have been edited since a build.

    Raises:
        WholeBuild: when more than facts has changed, or files other than sheets came or went.
    """
    if mark_of(settings) != ledger.mark:
        raise WholeBuild("the tool, the settings or the environment are others")
    taken = time.time_ns()
    stamps = stamps_of(settings, _surveyed(settings))
    touched, moved = changed_stamps(ledger, stamps)
    come, gone = moved & stamps.keys(), moved - stamps.keys()
    new = {name: known_sheet(settings, name) for name in come}
    lost = {name: sheet for name in gone if (sheet := known_sheet(settings, name)) is not None}
    if len(lost) < len(gone) or None in new.values():
        raise WholeBuild("files came or went that are no fact sheets")
    digests = {name: digest_of(settings.root / name) for name in touched | come}
    changed = {name: one for name, one in digests.items() if one != ledger.digests.get(name)}
    files = {name: known_file(settings, name, stamps) for name in changed}
    facts = {name: file for name, file in files.items() if file is not None}
    if len(facts) < len(files):
        raise WholeBuild("more than fact sheets and records has changed")
    return Edit(facts, stamps, taken, changed, lost)


def known_sheet(settings: Settings, shown: str) -> SheetFile | None:
    """The sheet that has a shown path, and a name with which a survey finds nothing amiss; or None."""
    file = known_file(settings, shown, ())
    return file if isinstance(file, SheetFile) and is_slug(file.id) else None


def _surveyed(settings: Settings) -> Mapping[str, Stamp]:
    """The stamps of what lies in the two folders.

    Where a survey has found nothing amiss it finds nothing as long as the names are the same.
    """
    stamps = find_stamps(settings)
    if stamps is not None:
        return stamps
    sink = Sink()
    survey = survey_project(settings, sink)
    if len(sink):
        raise WholeBuild("files lie where they do not belong")
    return survey.stamps


def digest_of(path: Path) -> str:
    """SHA-256 of a file; empty, which no file has, when it cannot be read."""
    with suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""
