"""Which input files there are: a walk over the folders that opens nothing."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import NamedTuple

from generator.config import ORIGINS_FILE, VOCABULARY_FILE, Settings
from generator.diagnostics import Sink
from generator.model.edition import FOLDER as EDITIONS
from generator.model.edition import SUFFIX as EDITION_SUFFIX
from generator.model.kind import KIND_OF_FOLDER, KINDS, Kind
from generator.model.slug import is_slug, slugify

SUFFIXES = (".yml", ".yaml")
_BYTES = re.compile("[\udc80-\udcff]")  # of a name that is not UTF-8
BRIEFINGS = "briefings"
"""Folder of the briefings, under `content/`."""


class Stamp(NamedTuple):
    """What tells a changed file from an unchanged one without reading it.

    `changed` is when the system last noted a change of the file or of its data. Programs that copy and
    unpack set `modified` to what it was elsewhere; this they cannot set.
    """

    size: int
    modified: int
    node: int
    changed: int


class SheetFile(NamedTuple):
    """The file of a fact sheet; `path` is where it lies, `shown` how findings name it."""

    id: str
    kind_id: str
    path: str
    shown: str


class RecordFile(NamedTuple):
    """The file of a source record; `text` and `seal` tell whether these lie beside it."""

    id: str
    path: str
    shown: str
    text: bool
    seal: bool


InputFile = SheetFile | RecordFile


@dataclass(frozen=True)
class Survey:
    """The input files of a project.

    Attributes:
        sheets: Fact sheets, by id.
        records: Source records, by id.
        prose: Markdown pages.
        editions: Stored editions.
        briefings: Briefings, by id: the id and its file.
        known: Kind of every id that a file name declares.
        known_sources: Ids of all source records.
        stamps: Every file under the two folders, by shown path.
    """

    settings: Settings
    sheets: tuple[SheetFile, ...]
    records: tuple[RecordFile, ...]
    prose: tuple[Path, ...]
    editions: tuple[Path, ...]
    briefings: tuple[tuple[str, Path], ...]
    known: Mapping[str, Kind]
    known_sources: frozenset[str]
    stamps: Mapping[str, Stamp]


class _File(NamedTuple):
    path: str
    shown: str
    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.parts[-1]


def survey_project(settings: Settings, sink: Sink) -> Survey:
    """Find every input file; what lies where it does not belong is a finding and left out."""
    return _Surveyor(settings, sink).survey()


def find_stamps(settings: Settings) -> dict[str, Stamp] | None:
    """The stamps of a survey, in a third of the time; None where a link needs a closer look."""
    stamps: dict[str, Stamp] = {}
    pending = [os.fspath(settings.content), os.fspath(settings.seeds)]
    while pending:
        current = pending.pop()
        lead = settings.shown(Path(current))
        try:
            entries = list(os.scandir(current))
        except OSError:
            return None
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_symlink():
                return None
            if entry.is_dir():
                pending.append(entry.path)
                continue
            if not entry.is_file():
                return None
            shown = f"{lead}/{name}" if name.isascii() else settings.shown(Path(entry.path))
            stamps[shown] = stamp_of(entry)
    return stamps


def known_file(settings: Settings, shown: str, names: Container[str]) -> InputFile | None:
    """The sheet or record that has a shown path; None where that is of something else.

    Args:
        settings: Of the project.
        shown: The path.
        names: Shown paths of all input files, in which a survey has found nothing amiss.
    """
    folder, _, name = shown.rpartition("/")
    stem, suffix = _split(name)
    above, _, inner = folder.rpartition("/")
    if suffix != ".yml":
        return None
    if folder == settings.shown(settings.seeds) and name != ORIGINS_FILE:
        beside = (f"{folder}/{stem}{ending}" in names for ending in (".txt", ".seal"))
        return RecordFile(stem, os.fspath(settings.seeds / name), shown, *beside)
    if above == settings.shown(settings.content) and inner in KIND_OF_FOLDER:
        path = os.fspath(settings.content / inner / name)
        return SheetFile(stem, KIND_OF_FOLDER[inner].id, path, shown)
    return None


@dataclass
class _Surveyor:
    settings: Settings
    sink: Sink
    stamps: dict[str, Stamp] = field(default_factory=dict)
    prose: list[Path] = field(default_factory=list)
    editions: list[Path] = field(default_factory=list)
    briefings: list[tuple[str, Path]] = field(default_factory=list)

    def survey(self) -> Survey:
        sheets, known = self.sheets()
        records, known_sources = self.records()
        return Survey(
            self.settings,
            tuple(sorted(sheets)),
            tuple(sorted(records)),
            tuple(self.prose),
            tuple(self.editions),
            tuple(sorted(self.briefings)),
            known,
            frozenset(known_sources),
            self.stamps,
        )

    def sheets(self) -> tuple[list[SheetFile], dict[str, Kind]]:
        content = self.settings.content
        sheets: list[SheetFile] = []
        first: dict[str, str] = {}
        known: dict[str, Kind] = {}
        if not content.is_dir():
            self.sink.add(
                "L118",
                "the folder of the fact sheets is missing",
                self.settings.shown(content),
                "make it, or set `docs_dir`",
            )
            return sheets, known
        for file in self.walk(content):
            stem, suffix = _split(file.name)
            if file.parts[0] == EDITIONS and len(file.parts) > 1:
                self.edition(file)
                continue
            if file.parts[0] == BRIEFINGS and len(file.parts) > 1 and stem != "index":
                self.briefing(file)
                continue
            if suffix.lower() == ".md":
                self.prose.append(Path(file.path))
            if suffix.lower() not in SUFFIXES or file.parts == (VOCABULARY_FILE,):
                continue
            kind = self.kind_of(file)
            if kind is None or not self.check_name(file):
                continue
            if stem in first:
                self.sink.add(
                    "X304",
                    f"the id `{stem}` is taken by {first[stem]}",
                    file.shown,
                    "rename one of the two files: ids are unique over all kinds",
                )
                continue
            first[stem] = file.shown
            known[stem] = kind
            sheets.append(SheetFile(stem, kind.id, file.path, file.shown))
        return sheets, known

    def edition(self, file: _File) -> None:
        """A file in the folder of stored editions."""
        if len(file.parts) == 2 and file.name.endswith(EDITION_SUFFIX):
            self.editions.append(Path(file.path))
            return
        self.sink.add(
            "L114",
            "this file does not belong among the stored editions",
            file.shown,
            f"keep `<edition>{EDITION_SUFFIX}` only, as `briefing release` wrote it",
        )

    def briefing(self, file: _File) -> None:
        """A file in the folder of briefings."""
        stem, suffix = _split(file.name)
        if len(file.parts) > 2 or suffix != ".md":
            message, hint = "this file does not belong among the briefings", "keep `<id>.md` only"
            self.sink.add("L114", message, file.shown, hint)
        elif not is_slug(stem):
            shown = PurePosixPath(file.shown).stem
            hint = f"rename the file to `{slugify(shown) or 'a-plain-name'}.md`"
            self.sink.add("L117", f"`{shown}` is not a slug", file.shown, hint)
        else:
            self.briefings.append((stem, Path(file.path)))

    def kind_of(self, file: _File) -> Kind | None:
        folder = file.parts[0] if len(file.parts) > 1 else ""
        if len(file.parts) == 2 and folder in KIND_OF_FOLDER:
            return KIND_OF_FOLDER[folder]
        folders = [kind.folder for kind in KINDS]
        near = difflib.get_close_matches(folder, folders, 1, 0.75)
        where = f"`{near[0]}`" if near else "one of " + ", ".join(f"`{name}`" for name in folders)
        self.sink.add(
            "L114", "a fact sheet does not belong in this folder", file.shown, f"move it to {where}"
        )
        return None

    def records(self) -> tuple[list[RecordFile], set[str]]:
        seeds = self.settings.seeds
        known: set[str] = set()
        if not seeds.is_dir():
            self.sink.add(
                "L118",
                "the folder of the source records is missing",
                self.settings.shown(seeds),
                "make it, or set the option `seeds`",
            )
            return [], known
        found: list[_File] = []
        beside: dict[str, dict[str, str]] = {}
        for file in self.walk(seeds):
            stem, suffix = _split(file.name)
            if file.parts == (ORIGINS_FILE,) or suffix == ".md":
                continue
            if len(file.parts) > 1 or suffix.lower() not in (*SUFFIXES, ".txt", ".seal"):
                self.sink.add(
                    "L114",
                    "this file does not belong among the source records",
                    file.shown,
                    "keep `<id>.yml`, `<id>.txt` and `<id>.seal` only",
                )
            elif suffix.lower() in SUFFIXES:
                if self.check_name(file):
                    known.add(stem)
                    found.append(file)
            else:
                beside.setdefault(stem, {})[suffix] = file.shown
        self.check_beside(beside, known)
        records = [
            RecordFile(stem, file.path, file.shown, ".txt" in others, ".seal" in others)
            for file in found
            for stem in [_split(file.name)[0]]
            for others in [beside.get(stem, {})]
        ]
        return records, known

    def check_beside(self, beside: dict[str, dict[str, str]], known: set[str]) -> None:
        for stem, shown in sorted(beside.items()):
            if stem not in known:
                first = min(shown.values())
                self.sink.add(
                    "L119",
                    f"no source record `{PurePosixPath(first).stem}.yml` stands beside this file",
                    first,
                    "write the record, or delete the file",
                )

    def check_name(self, file: _File) -> bool:
        stem, suffix = _split(file.name)
        if suffix == ".yml" and is_slug(stem):
            return True
        shown = PurePosixPath(file.shown).stem  # the name on disk need not be UTF-8
        if suffix != ".yml":
            message, hint = "the name of a sheet or record ends in `.yml`", f"`{shown}.yml`"
            self.sink.add("L114", message, file.shown, f"rename it to {hint}")
        else:
            better = slugify(shown) or "a-plain-name"
            message = f"`{shown}` is not a slug"
            self.sink.add("L117", message, file.shown, f"rename the file to `{better}.yml`")
        return False

    def walk(self, folder: Path) -> Iterator[_File]:
        """Every file below a folder, in a fixed order; hidden ones and links leading out left out."""
        root = folder.resolve()
        pending: list[tuple[str, tuple[str, ...]]] = [(str(folder), ())]
        while pending:
            current, parts = pending.pop()
            lead = self.settings.shown(Path(current))
            folders: list[tuple[str, tuple[str, ...]]] = []
            try:
                entries = sorted(os.scandir(current), key=lambda entry: entry.name)
            except OSError:
                continue  # as `os.walk` has it
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                path, inner = entry.path, (*parts, name)
                shown = f"{lead}/{name}" if name.isascii() else self.settings.shown(Path(path))
                if not name.isascii() and _BYTES.search(name):
                    message = f"the name `{PurePosixPath(shown).name}` is not UTF-8"
                    self.sink.add("L117", message, shown, "rename it")
                elif entry.is_dir(follow_symlinks=False):
                    folders.append((path, inner))
                elif entry.is_symlink() and _is_folder(entry):
                    # The walk does not enter it, but the host would, and publish what it holds.
                    message, hint = "this folder is a link", "put the folder itself here"
                    self.sink.add("L115", message, shown, hint)
                elif entry.is_symlink() and not _stays_in(Path(path), root):
                    message, hint = "a link leads out of this folder", "put the file itself here"
                    self.sink.add("L115", message, shown, hint)
                elif not _is_plain(entry):
                    message, hint = "this is no plain file", "remove it, or put a plain file here"
                    self.sink.add("L116", message, shown, hint)
                else:
                    self.stamps[shown] = stamp_of(entry)
                    yield _File(path, shown, inner)
            pending += reversed(folders)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that goes round in a circle
        return False


def _is_plain(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is no pipe, socket or device, which may never end; what it leads to counts."""
    try:
        return S_ISREG(entry.stat().st_mode)
    except OSError:  # whoever reads it says why that fails
        return True


def stamp_of(entry: os.DirEntry[str] | Path) -> Stamp:
    """A file's stamp; all zeros, which no file has, when it cannot be looked at."""
    try:
        found = entry.stat()
    except OSError:
        return Stamp(0, 0, 0, 0)
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino, found.st_ctime_ns)


def _split(name: str) -> tuple[str, str]:
    """Stem and suffix of a file's name, as `pathlib` has them."""
    stem, dot, suffix = name.rpartition(".")
    return (stem, f".{suffix}") if dot and stem and suffix else (name, "")


def _stays_in(link: Path, root: Path) -> bool:
    """Whether a link ends inside a folder; one that goes round in a circle leads nowhere else."""
    try:
        return link.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # how a circle shows depends on the Python version
        return True
