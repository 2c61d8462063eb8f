"""The last good build of a site that one process keeps to itself: what it knows stays in memory.

An edit of known sheets and records is worked in without a look at any other file. The large data
files are not written for it: their new lines are held until somebody asks for such a file.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from generator.amend import Edit, Unsettled, WholeBuild, Work, digest_of, known_sheet, look
from generator.audit.files import Files, FolderFiles, Mapped, OverlayFiles
from generator.audit.ledger import Ledger as AuditLedger
from generator.collector import retire, uncollected
from generator.config import Settings, SettingsFault, is_alone, read_host
from generator.datafile import SplicedFiles, Stretch
from generator.diagnostics import Sink
from generator.model.stage import Verified
from generator.progress import silent
from generator.publish.site import Publication, PublishFault, waiting_name
from generator.render import Renderer
from generator.render.environment import Templates
from generator.rework import Rework
from generator.state.bytecode import KeptBytecode
from generator.state.ledger import FRAMES, LEDGER, Frames, Ledger, Trace
from generator.state.store import StateLost, Store
from generator.state.world import Summary, open_world
from generator.survey import InputFile, SheetFile, known_file, stamp_of
from generator.update import Update

_TRIES = 3
_PAUSE = 0.06
"""Seconds after which a file that looked wrong is looked at again: it may have been half written."""
_FAULTS = (SettingsFault, PublishFault, StateLost, msgspec.MsgspecError, OSError)

Told = Callable[[Sequence[str]], None]
"""Takes the files that have been exchanged, removed ones included."""


class Session:
    """The last good build in memory.

    Nobody else may write the site. All but `settle` and `deferred` belongs to one thread.

    Args:
        settings: Of the project; they name the site.
        jobs: How many processes share the work; None for one each processor.

    Raises:
        WholeBuild: when there is no build to go on from.
    """

    def __init__(self, settings: Settings, jobs: int | None = None) -> None:
        self.settings = settings
        self.jobs = jobs
        self._lock = threading.Lock()
        publication = Publication(settings.site)
        self._site, self._state = publication.site, publication.state
        try:
            if not is_alone(read_host(settings.config_file)):
                raise WholeBuild("other plugins or hooks take part in the build")
            self._open()
        except _FAULTS as error:
            raise WholeBuild(str(error)) from error

    def _open(self) -> None:
        settings = self.settings
        self.store = Store(self._state)
        try:
            self.ledger: Ledger = LEDGER.decode(self.store.whole("ledger"))
            self.frames: Frames = FRAMES.decode(self.store.whole("frames"))
            edit = look(settings, self.ledger)
            self._stamps = dict(edit.stamps)
            known = (known_file(settings, name, edit.stamps) for name in edit.stamps)
            self._inputs = {file.path: file for file in known if file is not None}
            self._files = {file.shown: file for file in self._inputs.values()}
            if any(map(os.path.islink, self._inputs)):
                raise WholeBuild("an input is a link: what it leads to may change unseen")
            self._edited: set[str] = set(edit.changed)
            self._strange: set[str] = set()
            bytecode = KeptBytecode(self.store.find("bytecode"))
            self.templates = Templates(settings, Sink(), bytecode)
            self._held = {n: Stretch(lines, lines) for n, lines in self.ledger.lines.items()}
            self.audited = AuditLedger.load(self.store, settings)
            self._recall()
            self._mark = self._nodes()
            retire()
        except BaseException:
            self.store.close()
            raise

    def _recall(self) -> None:
        """Open the world of the last good build, and fetch what every edit asks for."""
        self._world = open_world(self.store, self.settings, self.ledger.digests)
        tuple(self._world[0].facts.raw.sources.values())

    def _nodes(self) -> tuple[int, int]:
        """Tell the site and the state that are there from others at the same place."""
        return self._site.stat().st_ino, self._state.stat().st_ino

    @property
    def is_current(self) -> bool:
        """Whether the site is still the one of this session."""
        try:
            return self._mark == self._nodes()
        except OSError:
            return False

    def close(self) -> None:
        """Close the state."""
        self.store.close()

    # What was edited.

    def amend(self, paths: Iterable[str], told: Told) -> Work:
        """Bring the site up to date with edited files.

        What could not be worked in stays noted, so that the next call works in all that has changed
        since the last good build: an edit that mends another needs no whole build.

        Args:
            paths: Absolute paths of whatever came, changed or went below the folders of inputs.
            told: Called when the site has the new files, before they are noted in the state.

        Raises:
            WholeBuild: when only a whole build will do; the site is then as it was.
        """
        with self._lock:
            self.note(paths)
            if not self.is_current:
                raise WholeBuild("the site is not as this session has left it")
            if self._strange:
                raise WholeBuild(f"`{min(self._strange)}` is no plain edit of a fact")
            for last in range(_TRIES):
                edit = self.edit()
                if edit.gone:  # some editors take a file away before they write it anew
                    time.sleep(_PAUSE)
                    edit = self.edit()
                try:
                    return self._work_in(edit, told) if edit else Work()
                except WholeBuild as reason:
                    if last == _TRIES - 1 or not self.is_current:
                        raise
                    if not isinstance(reason, Unsettled):
                        time.sleep(_PAUSE)
                        again = self.edit()
                        if (again.changed, again.gone) == (edit.changed, edit.gone):
                            raise
            raise WholeBuild("the files do not come to rest")

    def note(self, paths: Iterable[str]) -> None:
        """Tell edits of known facts from all else."""
        self._strange = {path for path in {*self._strange, *paths} if self._is_strange(path)}

    def _is_strange(self, path: str) -> bool:
        """Whether only a whole build can make something of a path; an edited fact is noted."""
        file, known = Path(path), self._inputs.get(path)
        shown = known.shown if known is not None else self.settings.shown(file)
        known = known or known_sheet(self.settings, shown)
        if known is not None and self._is_plain(file, known):
            self._files.setdefault(shown, known)
            self._edited.add(shown)
            return False
        if file.is_dir() or any(name.startswith(f"{shown}/") for name in self._stamps):
            return self._is_moved(file, shown)
        if shown in self._stamps:
            return stamp_of(file) != self._stamps[shown]
        return file.exists() and not self._is_hidden(file)

    def _is_plain(self, file: Path, known: InputFile) -> bool:
        """Whether a sheet or record is there as a file, or is a sheet that is there no longer."""
        if self._is_hidden(file) or file.is_symlink():
            return False
        return file.is_file() or (isinstance(known, SheetFile) and not file.exists())

    def _is_moved(self, folder: Path, shown: str) -> bool:
        """Whether files came into a folder or went from it with which only a whole build can deal."""
        was = {name for name in self._stamps if name.startswith(f"{shown}/")}
        found = (file for file in folder.rglob("*") if file.is_file() and not self._is_hidden(file))
        moved = was ^ {self.settings.shown(file) for file in found}
        return any(self._is_strange(os.fspath(self.settings.root / name)) for name in moved)

    def _is_hidden(self, file: Path) -> bool:
        """Whether the survey of the inputs passes a file over."""
        for folder in (self.settings.content, self.settings.seeds):
            if file.is_relative_to(folder):
                return any(part.startswith(".") for part in file.relative_to(folder).parts)
        return False

    def edit(self) -> Edit:
        """What has changed since the last good build."""
        taken, root = time.time_ns(), self.settings.root
        there = {name for name in self._edited if (root / name).is_file()}
        self._stamps = {name: one for name, one in self._stamps.items() if name not in self._edited}
        self._stamps.update({name: stamp_of(root / name) for name in there})
        digests = {name: digest_of(root / name) for name in sorted(there)}
        known = self.ledger.digests
        changed = {name: one for name, one in digests.items() if one != known.get(name)}
        gone = (self._files[name] for name in sorted(self._edited - there) if name in known)
        lost = {file.shown: file for file in gone if isinstance(file, SheetFile)}
        self._edited &= changed.keys() | lost.keys()
        files = {name: self._files[name] for name in changed}
        return Edit(files, self._stamps, taken, changed, lost)

    def _work_in(self, edit: Edit, told: Told) -> Work:
        publication = Publication(self.settings.site)
        try:
            publication.begin()
            rework = _Rework(self, publication, edit, told)
            with uncollected():
                work = rework.run()
            self._mark = self._nodes()
            self.ledger = rework.ledger
            self._edited.clear()
            for file in edit.gone.values():
                del self._inputs[file.path], self._files[file.shown]
            self._inputs |= {file.path: file for file in edit.files.values()}
            self.audited = rework.audited.ledger or AuditLedger.load(self.store, self.settings)
            self._world = rework.after
        except _FAULTS as error:
            raise WholeBuild(str(error)) from error
        finally:
            publication.discard()
        return work

    @property
    def world(self) -> tuple[Verified, Summary]:
        """The facts of the last good build."""
        return self._world

    def spoil(self) -> None:
        """The site is being changed: until this has come to its end the session is of no use."""
        self._mark = (0, 0)

    # Data files.

    @property
    def held(self) -> dict[str, Stretch]:
        """What is known of each data file."""
        return self._held

    def hold(self, held: dict[str, Stretch]) -> None:
        """Take what is known of each data file, before anybody is told of new pages and asks."""
        self._held = held

    @property
    def deferred(self) -> tuple[str, ...]:
        """Data files with lines that are not written yet."""
        return tuple(name for name, stretch in self._held.items() if not stretch.is_settled)

    def settle(self, names: Collection[str] | None = None) -> None:
        """Write data files whose new lines are held; all of them when none is named.

        Raises:
            OSError: when one cannot be written.
        """
        with self._lock:
            for name, stretch in self._held.items():
                if not stretch.is_settled and (names is None or name in names) and self.is_current:
                    part = self._site.with_name(f".{self._site.name}.lines")
                    stretch.write(self._site / name, part)
                    part.replace(self._site / name)
                    self._held = {**self._held, name: Stretch(stretch.becomes, stretch.becomes)}


class _Rework(Rework):
    """An amendment that takes from a session what it has, and leaves the data files for later."""

    def __init__(self, session: Session, publication: Publication, edit: Edit, told: Told) -> None:
        super().__init__(
            session.settings, publication, session.store, session.ledger, edit, silent, session.jobs
        )
        self.session = session
        self.told = told
        self.held = dict(session.held)
        self._maps: dict[str, Mapped] = {}

    def world(self) -> tuple[Verified, Summary]:
        return self.session.world

    def frames(self) -> Frames:
        return self.session.frames

    def known(self) -> AuditLedger | None:
        return self.session.audited

    def renderer(self, verified: Verified, sink: Sink) -> Renderer:
        self.session.templates.sink = sink
        return _Renderer(verified, sink, self.session.templates)

    def splice_lines(self) -> dict[str, Trace]:
        traces: dict[str, Trace] = {}
        for name, becomes in self.spliced().items():
            self.held[name] = self.held[name].added(becomes, self.fresh_lines(name))
            traces[name] = Trace(self.held[name].size, 0)
        return traces

    def files(self, written: Collection[str], removed: Collection[str]) -> Files:
        site, before = self.publication.site, self.session.held
        upper = SplicedFiles(
            FolderFiles(self.publication.staging, waiting_name), self.mapped, self.held
        )
        lower = SplicedFiles(FolderFiles(site), self.mapped, before)
        return OverlayFiles(upper, lower, written, removed)

    def mapped(self, name: str) -> Mapped:
        """A data file as it is; the same for what was and for what will be."""
        if name not in self._maps:
            self._maps[name] = FolderFiles(self.publication.site).view(name)
        return self._maps[name]

    def keep(self, update: Update, traces: Mapping[str, Trace], removed: Iterable[str]) -> None:
        gone = list(removed)
        self.session.spoil()
        self.session.hold(self.held)
        self.told([*traces, *gone])
        super().keep(update, traces, gone)
        self.after = update.after, update.summary


class _Renderer(Renderer):
    """A renderer with templates that are compiled already."""

    def __init__(self, verified: Verified, sink: Sink, templates: Templates) -> None:
        super().__init__(verified, sink)
        self._desk.templates = templates
