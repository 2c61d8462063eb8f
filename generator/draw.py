"""Draws parts of the site into a folder: the work of one process of a build."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from generator.diagnostics import Diagnostic, Sink
from generator.exchange import Exchange
from generator.index import Contributor
from generator.publish.press import Layout, Press
from generator.publish.shell import Shell, page_file
from generator.publish.site import waiting_name
from generator.render import Rendered, Renderer
from generator.render.data import CLAIMS, ENTITIES, SOURCES
from generator.state.ledger import Outputs, Trace

SPOOL = ".lines"
"""Folder inside the staging folder for lines of data files that are not yet put together."""


@dataclass
class Drawn:
    """What has come of some parts.

    Attributes:
        outputs: By part.
        traces: Of every file written.
        sections: Bodies of pages of the host, by the Markdown file they belong to.
        lines: Length in bytes of the lines of each part, by data file; the lines themselves lie in
            a file of the spool.
        spool: Name of that file, by data file.
        contributions: To the search index, by its units.
        absent: Parts that the site does not have.
        shells: Those that were needed, by layout.
        doubts: Why a layout has no shell.
    """

    outputs: dict[str, Outputs] = field(default_factory=dict)
    traces: dict[str, Trace] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)
    footer: str = ""
    lines: dict[str, dict[str, int]] = field(default_factory=dict)
    spool: dict[str, list[str]] = field(default_factory=dict)
    contributions: dict[str, bytes] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    shells: dict[Layout, Shell | None] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def add(self, other: Drawn) -> None:
        """Take over what has come of the parts that follow."""
        self.outputs |= other.outputs
        self.traces |= other.traces
        self.sections |= other.sections
        self.footer = self.footer or other.footer
        for name, lengths in other.lines.items():
            self.lines.setdefault(name, {}).update(lengths)
        for name, files in other.spool.items():
            self.spool.setdefault(name, []).extend(files)
        self.contributions |= other.contributions
        self.absent |= other.absent
        self.shells |= other.shells
        self.doubts |= other.doubts
        self.findings += other.findings


class Folder:
    """Writes files into a folder, with as few calls to the system as can be.

    Args:
        root: The folder.
        site: A site to be changed: what it holds already is not written, all else waits to be put
            into it (`Publication.waiting`).

    Attributes:
        traces: Of every file written.
    """

    def __init__(self, root: Path, site: Path | None = None) -> None:
        self._root = os.fspath(root)
        self._site = None if site is None else os.fspath(site)
        self._made = {""}
        self.traces: dict[str, Trace] = {}

    def write(self, name: str, data: bytes) -> None:
        """Write a file.

        Args:
            name: Its path inside the folder.
            data: What it holds.

        Raises:
            OSError: when it cannot be written.
            ValueError: for a name that leads out of the folder (a fault in the tool).
        """
        folder, _, _ = name.rpartition("/")
        if ".." in name.split("/") or name.startswith("/"):
            raise ValueError(f"`{name}` leads out of the site")
        if self._site is not None and _holds(f"{self._site}/{name}", data):
            return
        path = f"{self._root}/{name if self._site is None else waiting_name(name)}"
        if self._site is None and folder not in self._made:
            self._make(f"{self._root}/{folder}")
            self._made.add(folder)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
        try:
            write_all(handle, data)
            found = os.fstat(handle)
        finally:
            os.close(handle)
        self.traces[name] = Trace(found.st_size, found.st_mtime_ns)

    def _make(self, folder: str) -> None:
        # The folder of a page is new, and the one above it is there, for every page but the first.
        try:
            os.mkdir(folder)  # noqa: PTH102 - for every page
        except OSError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above


def _holds(path: str, data: bytes) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - for every page
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except OSError:
        return False


def draw_parts(
    renderer: Renderer,
    contributor: Contributor,
    sink: Sink,
    press: Press,
    staging: Path,
    parts: Sequence[str],
    site: Path | None = None,
    exchange: Exchange | None = None,
) -> Drawn:
    """Draw some parts into the staging folder.

    Args:
        renderer: Draws each of them.
        contributor: Prepares them for the search index.
        sink: The one into which the renderer reports.
        press: Puts their pages into shells.
        staging: The folder.
        parts: Their keys, in the order of the data files.
        site: A site to be changed: only what differs from it is written, and parts that are no
            more are noted. None for a new site, which has all parts that are asked for.
        exchange: Knows of parts of which only lines differ.

    Raises:
        OSError: when a file cannot be written.
        NoShell: when a page needs a layout that nobody knows.
    """
    before, folder, drawn = len(sink), Folder(staging, site), Drawn()
    spooled: dict[str, list[bytes]] = {}
    for part in parts:
        if site is not None and not renderer.has(part):
            drawn.absent.add(part)
            drawn.outputs[part] = Outputs((), ())
            continue
        page = exchange.page(part) if exchange is not None else None
        if page is not None:
            folder.write(*page)
            continue
        made = renderer.render(part)
        files = _write_files(made, press, folder)
        drawn.outputs[part] = Outputs(tuple(page.path for page in made.pages), tuple(files))
        drawn.sections |= made.sections
        drawn.footer = made.footer or drawn.footer
        drawn.contributions.update(contributor.contributions(made.records, made.files))
        for name, lines in made.lines.items():
            drawn.lines.setdefault(name, {})[part] = len(lines)
            spooled.setdefault(name, []).append(lines)
    drawn.traces = dict(folder.traces)
    for name, stretches in spooled.items():
        label = blake2b(f"{name}\0{parts[0]}".encode(), digest_size=8).hexdigest()
        folder.write(f"{SPOOL}/{label}", b"".join(stretches))
        drawn.spool[name] = [f"{SPOOL}/{label}"]
    drawn.shells, drawn.doubts = dict(press.shells), dict(press.doubts)
    drawn.findings = [*sink.findings[before:], *press.sink]
    return drawn


def _write_files(made: Rendered, press: Press, folder: Folder) -> list[str]:
    """Write the pages and whole files of a part."""
    files = []
    for page in made.pages:
        html = press.press(page)
        if html is not None:
            files.append(page_file(page.path))
            folder.write(files[-1], html.encode("utf-8", errors="xmlcharrefreplace"))
    for name, data in made.files.items():
        files.append(name)
        folder.write(name, data)
    return files


def join_lines(staging: Path, spool: Mapping[str, Sequence[str]]) -> dict[str, Trace]:
    """Put data files together from their stretches.

    Args:
        staging: The folder in which all lie.
        spool: Names of the stretches in order, by data file; they are removed.

    Returns:
        Traces of the data files.

    Raises:
        OSError: when one cannot be written.
    """
    traces = {}
    # A project may have no facts yet; what programs read is there all the same.
    files: dict[str, Sequence[str]] = {CLAIMS: (), ENTITIES: (), SOURCES: (), **spool}
    for name, stretches in files.items():
        target = staging / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            for stretch in stretches:
                path = staging / stretch
                with path.open("rb") as lines:
                    append_stretch(lines.fileno(), out.fileno(), 0, path.stat().st_size)
                path.unlink()
        found = target.stat()
        traces[name] = Trace(found.st_size, found.st_mtime_ns)
    if (staging / SPOOL).is_dir():
        (staging / SPOOL).rmdir()
    return traces


def append_stretch(source: int, target: int, start: int, length: int) -> None:
    """Copy bytes of one open file to the end of another, without looking at them.

    Raises:
        OSError: when they cannot be copied, or end too soon.
    """
    while length:
        data = os.pread(source, min(length, 1 << 22), start)
        if not data:
            raise OSError("the file is shorter than it was")
        write_all(target, data)
        start += len(data)
        length -= len(data)


def write_all(target: int, data: bytes) -> None:
    """Write bytes to an open file, however many calls it takes."""
    view = memoryview(data)
    while view:
        view = view[os.write(target, view) :]


def section_marker(name: str) -> str:
    """What stands for the generated body of a host's page until it is drawn."""
    return f'<div id="briefing-hole-section-{name.replace("/", "-")}"></div>'
