"""Reads the input files that a survey has found."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.config import ORIGINS_FILE, VOCABULARY_FILE, Settings
from generator.diagnostics import Sink
from generator.load.briefing import parse_front
from generator.load.edition import parse_editions
from generator.load.prose import check_prose
from generator.model.edition import StoredEdition
from generator.model.kind import KIND
from generator.model.locator import Locator
from generator.model.stage import Raw, RawBriefing, RawSheet, RawSource
from generator.plainyaml import read_plain
from generator.progress import Progress, silent, track
from generator.survey import RecordFile, SheetFile, Survey, survey_project
from generator.textfile import DecodeFault, TextFile
from generator.yamlio import Mapping, parse_yaml

MAX_BYTES = 8_000_000
MAX_EDITION_BYTES = 200 * MAX_BYTES  # a stored edition holds all claims of a site


@dataclass
class Reading:
    """What reading some files has given.

    Attributes:
        digests: SHA-256 of every input file read, by shown path.
        broken: Shown paths of files that could not be read.
        allowing: Files whose comments may hold exceptions.
    """

    sheets: list[RawSheet] = field(default_factory=list)
    sources: list[RawSource] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    allowing: list[Locator] = field(default_factory=list)

    def add(self, other: Reading) -> None:
        """Take over what another reading has given."""
        self.sheets += other.sheets
        self.sources += other.sources
        self.digests |= other.digests
        self.broken |= other.broken
        self.allowing += other.allowing


def load_project(settings: Settings, sink: Sink, progress: Progress = silent) -> Raw:
    """Read the whole project; what cannot be read is a finding and left out."""
    survey = survey_project(settings, sink)
    reading = Reading()
    files: list[SheetFile | RecordFile] = [*survey.sheets, *survey.records]
    for file in track(files, "reading", progress):
        reading.add(read_files(settings, [file], sink))
    return assemble(survey, read_frame(survey, sink), reading)


def read_files(settings: Settings, files: Sequence[SheetFile | RecordFile], sink: Sink) -> Reading:
    """Read fact sheets and source records, with what lies beside these."""
    reader = Reader(settings, sink)
    for file in files:
        if isinstance(file, SheetFile):
            reader.sheet(file)
        else:
            reader.source(file)
    return reader.reading


@dataclass(frozen=True)
class Frame:
    """What there is one of in a project: vocabulary, origins, settings, prose, briefings, stored editions."""

    properties: Mapping | None
    origins: Mapping | None
    reading: Reading
    editions: tuple[StoredEdition, ...] = ()
    briefings: tuple[RawBriefing, ...] = ()


def read_frame(survey: Survey, sink: Sink) -> Frame:
    """Read everything that there is one of."""
    settings = survey.settings
    reader = Reader(settings, sink)
    vocabulary, origins = settings.content / VOCABULARY_FILE, settings.seeds / ORIGINS_FILE
    if not settings.seeds.is_dir():
        reader.reading.broken.add(settings.shown(settings.seeds))
    properties = None
    if vocabulary.is_file():
        properties = reader.tree(vocabulary)
    else:
        sink.add(
            "L118",
            "the file is missing",
            settings.shown(vocabulary),
            "declare the topics and properties in it",
        )
    declared = reader.tree(origins) if origins.is_file() else None
    reader.digest(settings.config_file)
    for path in survey.prose:
        page = reader.text(path)
        if page is not None:
            check_prose(page, sink)
    briefings = []
    for id_, path in survey.briefings:
        text = reader.text(path)
        briefing = parse_front(id_, text, sink) if text is not None else None
        if briefing is not None:
            briefings.append(briefing)
    stored = (reader.text(path, most=MAX_EDITION_BYTES) for path in survey.editions)
    editions = parse_editions([file for file in stored if file is not None], sink)
    return Frame(properties, declared, reader.reading, editions, tuple(briefings))


def assemble(survey: Survey, frame: Frame, reading: Reading) -> Raw:
    """The whole project from what reading its files has given."""
    reading.add(frame.reading)
    return Raw(
        settings=survey.settings,
        sheets=tuple(sorted(reading.sheets, key=lambda sheet: sheet.id)),
        sources={raw.id: raw for raw in sorted(reading.sources, key=lambda raw: raw.id)},
        origins=frame.origins,
        properties=frame.properties,
        known=survey.known,
        known_sources=survey.known_sources,
        origin_ids=_keys(frame.origins),
        digests=reading.digests,
        allowing=tuple(reading.allowing),
        broken=frozenset(reading.broken),
        editions=frame.editions,
        briefings=frame.briefings,
    )


def _keys(node: Mapping | None) -> frozenset[str]:
    return frozenset(key.text for key, _ in node.items) if node else frozenset()


class Reader:
    """Reads files one by one; what is wrong with one never stops the others."""

    def __init__(self, settings: Settings, sink: Sink) -> None:
        self.settings = settings
        self.sink = sink
        self.reading = Reading()

    def sheet(self, file: SheetFile) -> None:
        """A fact sheet: as plain values where that is enough, else as a tree."""
        path = Path(file.path)
        text = self.text(path, file.shown)
        if text is None:
            return
        plain = read_plain(text.text)
        locator = Locator(path, file.shown)
        if plain is None and not self.parsed(locator, text):
            return
        if "briefing:" in text.text:
            self.reading.allowing.append(locator)
        self.reading.sheets.append(RawSheet(file.id, KIND[file.kind_id], locator, plain))

    def source(self, file: RecordFile) -> None:
        """A source record, read as a sheet is, and whether what lies beside it can be read."""
        settings, path = self.settings, Path(file.path)
        locator = Locator(path, file.shown)
        text = self.text(path, file.shown)
        plain = read_plain(text.text) if text is not None else None
        is_sound = text is not None and (plain is not None or self.parsed(locator, text))
        if is_sound and text is not None and "briefing:" in text.text:
            self.reading.allowing.append(locator)
        archived = settings.archive / f"{file.id}.txt" if settings.archive else None
        has_archived = archived is not None and archived.is_file()
        beside = settings.seeds / f"{file.id}.txt", settings.seeds / f"{file.id}.seal"
        raw = RawSource(
            file.id,
            locator,
            self.article(beside[0]) if file.text and is_sound else None,
            self.readable(beside[1]) if file.seal and is_sound else None,
            self.readable(archived, digest=False) if has_archived and archived else None,
            plain,
        )
        if is_sound:
            self.reading.sources.append(raw)

    def parsed(self, locator: Locator, text: TextFile) -> bool:
        """Whether a file has a tree; what keeps it from having one is a finding."""
        tree = parse_yaml(text, self.sink)
        if tree is None:
            self.reading.broken.add(text.path)
            return False
        locator.hold(tree)
        return True

    def article(self, path: Path) -> Locator | None:
        """An open text; one without words is as good as none."""
        file = self.text(path)
        if file is None:
            return None
        if file.text.strip():
            return Locator(path, file.path)
        self.sink.add("L103", "the file is empty", file.path, "put the article's text there")
        self.reading.broken.add(file.path)
        return None

    def readable(self, path: Path, *, digest: bool = True) -> Locator | None:
        """A file that can be read as text."""
        file = self.text(path, digest=digest)
        return Locator(path, file.path) if file else None

    def tree(self, path: Path) -> Mapping | None:
        """The tree of a file of which there is one."""
        file = self.text(path)
        if file is None:
            return None
        locator = Locator(path, file.path)
        if not self.parsed(locator, file):
            return None
        if "briefing:" in file.text:
            self.reading.allowing.append(locator)
        return locator.tree

    def digest(self, path: Path) -> None:
        """Note the digest of a file that another reader has read."""
        shown = self.settings.shown(path)
        data = self.bytes(path, shown)
        if data is not None:
            self.reading.digests[shown] = hashlib.sha256(data).hexdigest()

    def bytes(self, path: Path, shown: str, most: int = MAX_BYTES) -> bytes | None:
        """The bytes of a file; None, with a finding, when it cannot be read."""
        try:
            if path.stat().st_size > most:
                self.sink.add("L111", f"the file is larger than {most:,} bytes", shown, "split it")
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

    def text(
        self, path: Path, shown: str = "", *, digest: bool = True, most: int = MAX_BYTES
    ) -> TextFile | None:
        """A file as text; None, with a finding, when it is none."""
        shown = shown or self.settings.shown(path)
        data = self.bytes(path, shown, most)
        if data is None:
            self.reading.broken.add(shown)
            return None
        if digest:
            self.reading.digests[shown] = hashlib.sha256(data).hexdigest()
        try:
            return TextFile.decode(shown, data)
        except DecodeFault as fault:
            self.sink.add(fault.code, fault.reason, shown, "save the file as UTF-8 text")
            self.reading.broken.add(shown)
            return None
