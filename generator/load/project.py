"""Finds and reads every input file of a project."""

from __future__ import annotations

import difflib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from generator.config import ORIGINS_FILE, VOCABULARY_FILE, Settings
from generator.diagnostics import Sink
from generator.load.prose import check_prose
from generator.model.form import is_slug, slugify
from generator.model.kind import KIND_OF_FOLDER, KINDS, Kind
from generator.model.locator import Locator
from generator.model.stage import Raw, RawSheet, RawSource
from generator.progress import Progress, silent, track
from generator.textfile import DecodeFault, TextFile
from generator.yamlio import Mapping, parse_yaml

SUFFIXES = (".yml", ".yaml")
MAX_BYTES = 8_000_000


def load_project(settings: Settings, sink: Sink, progress: Progress = silent) -> Raw:
    """Read the whole project; what cannot be read is a finding and left out."""
    return _Loader(settings, sink, progress).load()


class _Loader:
    def __init__(self, settings: Settings, sink: Sink, progress: Progress) -> None:
        self.settings = settings
        self.sink = sink
        self.progress = progress
        self.digests: dict[str, str] = {}
        self.texts: dict[str, TextFile] = {}
        self.broken: set[str] = set()

    def load(self) -> Raw:
        settings = self.settings
        known: dict[str, Kind] = {}
        sheets = self.sheets(known)
        properties = self.vocabulary()
        known_sources: set[str] = set()
        sources = self.sources(known_sources)
        origins_file = settings.seeds / ORIGINS_FILE
        origins = self.tree(origins_file) if origins_file.is_file() else None
        self.digest(settings.config_file)
        for path in self.walk(settings.content):
            if path.suffix.lower() == ".md" and (page := self.text(path)):
                check_prose(page, self.sink)
        return Raw(
            settings,
            tuple(sheets),
            tuple(sources),
            origins,
            properties,
            known,
            frozenset(known_sources),
            self.digests,
            self.texts,
            frozenset(self.broken),
        )

    def sheets(self, known: dict[str, Kind]) -> list[RawSheet]:
        content = self.settings.content
        if not content.is_dir():
            self.sink.add(
                "L118",
                "the folder of the fact sheets is missing",
                self.settings.shown(content),
                "make it, or set `docs_dir`",
            )
            return []
        sheets: list[RawSheet] = []
        first: dict[str, Path] = {}
        for path in track(list(self.walk(content)), "reading", self.progress):
            parts = path.relative_to(content).parts
            if path.suffix.lower() not in SUFFIXES or parts == (VOCABULARY_FILE,):
                continue
            kind = self.kind_of(path, parts)
            if kind is None or not self.check_name(path):
                continue
            if path.stem in first:
                other = self.settings.shown(first[path.stem])
                self.sink.add(
                    "X304",
                    f"the id `{path.stem}` is taken by {other}",
                    self.settings.shown(path),
                    "rename one of the two files: ids are unique over all kinds",
                )
                continue
            first[path.stem] = path
            known[path.stem] = kind
            locator = self.located(path)
            if locator is not None:
                sheets.append(RawSheet(path.stem, kind, locator))
        return sorted(sheets, key=lambda sheet: sheet.id)

    def kind_of(self, path: Path, parts: tuple[str, ...]) -> Kind | None:
        folder = parts[0] if len(parts) > 1 else ""
        if len(parts) == 2 and folder in KIND_OF_FOLDER:
            return KIND_OF_FOLDER[folder]
        folders = [kind.folder for kind in KINDS]
        near = difflib.get_close_matches(folder, folders, 1, 0.75)
        where = f"`{near[0]}`" if near else "one of " + ", ".join(f"`{name}`" for name in folders)
        self.sink.add(
            "L114",
            "a fact sheet does not belong in this folder",
            self.settings.shown(path),
            f"move it to {where}",
        )
        return None

    def sources(self, known: set[str]) -> list[RawSource]:
        seeds = self.settings.seeds
        if not seeds.is_dir():
            self.sink.add(
                "L118",
                "the folder of the source records is missing",
                self.settings.shown(seeds),
                "make it, or set the option `seeds`",
            )
            self.broken.add(self.settings.shown(seeds))
            return []
        sources = []
        beside: dict[str, list[Path]] = {}
        for path in self.walk(seeds):
            parts = path.relative_to(seeds).parts
            if parts == (ORIGINS_FILE,) or path.suffix == ".md":
                continue
            suffix = path.suffix.lower()
            if len(parts) > 1 or suffix not in (*SUFFIXES, ".txt", ".seal"):
                self.sink.add(
                    "L114",
                    "this file does not belong among the source records",
                    self.settings.shown(path),
                    "keep `<id>.yml`, `<id>.txt` and `<id>.seal` only",
                )
            elif suffix in SUFFIXES:
                if self.check_name(path):
                    known.add(path.stem)
                    locator = self.located(path)
                    if locator is not None:
                        sources.append((path.stem, locator))
            else:
                beside.setdefault(path.stem, []).append(path)
        for stem, paths in sorted(beside.items()):
            if stem not in known:
                shown = self.settings.shown(paths[0])
                self.sink.add(
                    "L119",
                    f"no source record `{PurePosixPath(shown).stem}.yml` stands beside this file",
                    shown,
                    "write the record, or delete the file",
                )
        return [
            self.source(stem, locator)
            for stem, locator in sorted(sources, key=lambda item: item[0])
        ]

    def source(self, stem: str, locator: Locator) -> RawSource:
        seeds, archive = self.settings.seeds, self.settings.archive
        archived = archive / f"{stem}.txt" if archive else None
        return RawSource(
            stem,
            locator,
            self.article(seeds / f"{stem}.txt"),
            self.optional(seeds / f"{stem}.seal"),
            self.optional(archived, digest=False) if archived else None,
        )

    def optional(self, path: Path, *, digest: bool = True) -> TextFile | None:
        return self.text(path, digest=digest) if path.is_file() else None

    def article(self, path: Path) -> TextFile | None:
        """An open text; one without words is as good as none."""
        file = self.optional(path)
        if file is None or file.text.strip():
            return file
        self.sink.add("L103", "the file is empty", file.path, "put the article's text there")
        self.broken.add(file.path)
        return None

    def vocabulary(self) -> Mapping | None:
        path = self.settings.content / VOCABULARY_FILE
        if not path.is_file():
            self.sink.add(
                "L118",
                "the file is missing",
                self.settings.shown(path),
                "declare the topics and properties in it",
            )
            return None
        return self.tree(path)

    def check_name(self, path: Path) -> bool:
        shown = self.settings.shown(path)
        stem = PurePosixPath(shown).stem  # as shown: the name on disk need not be UTF-8
        if path.suffix != ".yml":
            self.sink.add(
                "L114",
                "the name of a sheet or record ends in `.yml`",
                shown,
                f"rename it to `{stem}.yml`",
            )
            return False
        if not is_slug(stem):
            self.sink.add(
                "L117",
                f"`{stem}` is not a slug",
                shown,
                f"rename the file to `{slugify(stem) or 'a-plain-name'}.yml`",
            )
            return False
        return True

    def walk(self, folder: Path) -> Iterator[Path]:
        """Every file below a folder, in a fixed order; hidden ones and links leading out left out."""
        root = folder.resolve()
        for current, folders, names in os.walk(folder):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in folders:
                # The walk does not enter it, but the host would, and publish what it holds.
                if Path(current, name).is_symlink():
                    self.sink.add(
                        "L115",
                        "this folder is a link",
                        self.settings.shown(Path(current, name)),
                        "put the folder itself here",
                    )
            for name in sorted(names):
                path = Path(current, name)
                if name.startswith("."):
                    continue
                if path.is_symlink() and not _stays_in(path, root):
                    self.sink.add(
                        "L115",
                        "a link leads out of this folder",
                        self.settings.shown(path),
                        "put the file itself here",
                    )
                    continue
                yield path

    def located(self, path: Path) -> Locator | None:
        tree = self.tree(path)
        return Locator(path, self.settings.shown(path), tree) if tree else None

    def tree(self, path: Path) -> Mapping | None:
        file = self.text(path)
        node = parse_yaml(file, self.sink) if file else None
        if node is None:
            self.broken.add(self.settings.shown(path))
        return node

    def bytes(self, path: Path) -> bytes | None:
        shown = self.settings.shown(path)
        try:
            if path.stat().st_size > MAX_BYTES:
                self.sink.add(
                    "L111", f"the file is larger than {MAX_BYTES:,} bytes", shown, "split it"
                )
                return None
            return path.read_bytes()
        except OSError as error:
            self.sink.add(
                "L116",
                f"the file cannot be read: {(error.strerror or '').lower()}",
                shown,
                "check that it exists and may be read",
            )
            return None

    def digest(self, path: Path) -> None:
        data = self.bytes(path)
        if data is not None:
            self.digests[self.settings.shown(path)] = hashlib.sha256(data).hexdigest()

    def text(self, path: Path, *, digest: bool = True) -> TextFile | None:
        shown = self.settings.shown(path)
        data = self.bytes(path)
        if data is None:
            self.broken.add(shown)
            return None
        if digest:
            self.digests[shown] = hashlib.sha256(data).hexdigest()
        try:
            file = TextFile.decode(shown, data)
        except DecodeFault as fault:
            self.sink.add(fault.code, fault.reason, shown, "save the file as UTF-8 text")
            self.broken.add(shown)
            return None
        self.texts[shown] = file
        return file


def _stays_in(link: Path, root: Path) -> bool:
    """Whether a link ends inside a folder; one that goes round in a circle leads nowhere else."""
    try:
        return link.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # how a circle shows depends on the Python version
        return True
