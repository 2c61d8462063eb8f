"""What a build was made of and what it made: the part of a state that tells whether it still holds."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.config import DEFAULT_THEME, Settings
from generator.survey import Stamp, stamp_of

TICK = 20_000_000
"""Nanoseconds: a file written so shortly before its stamp was taken may change again unseen."""

# Whatever takes part in drawing a page.
_PACKAGES = (
    "mkdocs", "mkdocs-material", "mkdocs-material-extensions", "markdown", "pymdown-extensions",
    "pygments", "jinja2", "markupsafe", "msgspec", "nh3", "pyyaml", "regex", "typst", "segno",
    "fontpkg-noto-serif", "fontpkg-noto-sans", "fontpkg-ibm-plex-sans-arabic", "fontpkg-frank-ruhl-libre",
)  # fmt: skip
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Trace(NamedTuple):
    """What tells whether a written file is still as it was written."""

    size: int
    modified: int


class Outputs(NamedTuple):
    """What a part has given: addresses of pages, and every file, those of the pages included."""

    pages: tuple[str, ...]
    files: tuple[str, ...]


class Ledger(msgspec.Struct, frozen=True, array_like=True):
    """The books of a build.

    Attributes:
        mark: Of the tool, the settings and the environment; see `mark_of`.
        taken: When the stamps were taken, in nanoseconds of the epoch.
        stamps: Of every input file, by shown path.
        digests: SHA-256 of every input file that the edition names, by shown path.
        outputs: Of each part.
        traces: Of every file of the site.
        lines: Length of the lines of each part, by data file and part, in the order of the file.
        host: Absolute addresses of the host's own pages.
    """

    mark: str
    taken: int
    stamps: dict[str, Stamp]
    digests: dict[str, str]
    outputs: dict[str, Outputs]
    traces: dict[str, Trace]
    lines: dict[str, dict[str, int]]
    host: tuple[str, ...]


class Frames(msgspec.Struct, frozen=True, array_like=True):
    """What stands around the facts on pages.

    Attributes:
        shells: Layout, constant parts and holes of each proven shell.
        sections: Pages of the host with a marker where a body belongs, by Markdown file: their
            file in the site, and their HTML.
    """

    shells: tuple[tuple[tuple[str, str, bool], tuple[str, ...], tuple[str, ...]], ...]
    sections: dict[str, tuple[str, str]]


LEDGER = msgspec.msgpack.Decoder(Ledger)
FRAMES = msgspec.msgpack.Decoder(Frames)


def mark_of(settings: Settings) -> str:
    """Names everything that a build depends on besides the stamped files.

    It is made of the tool's own files and those of the packages that draw pages, so that it also
    tells a changed working copy, of the settings, and of the variables that they name.
    """
    digest = hashlib.sha256(f"{sys.version}\0{settings!r}\n".encode())
    root = Path(__file__).resolve().parent.parent
    for name, stamp in sorted(_stamps_below(root, ".py")):
        digest.update(f"{name}\0{stamp.size}\0{stamp.modified}\n".encode())
    versions = _versions()
    for package in _PACKAGES:
        version = versions.get(package.lower().replace("-", "_")) or _version(package)
        digest.update(f"{package}\0{version}\n".encode())
    for name in sorted({"SOURCE_DATE_EPOCH", *_variables(settings.config_file)}):
        digest.update(f"{name}\0{os.environ.get(name)}\n".encode())
    return digest.hexdigest()


def stamps_of(settings: Settings, surveyed: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Stamps of every input file: what a survey has found, the theme, the settings and the archive."""
    stamps = dict(surveyed)
    stamps[settings.shown(settings.config_file)] = stamp_of(settings.config_file)
    folders = {settings.theme, DEFAULT_THEME} | ({settings.archive} if settings.archive else set())
    for folder in folders:
        lead = settings.shown(folder)
        stamps |= {f"{lead}/{name}": stamp for name, stamp in _stamps_below(folder)}
    return stamps


def changed_stamps(ledger: Ledger, stamps: Mapping[str, Stamp]) -> tuple[set[str], set[str]]:
    """Files that may have changed, and files that came or went.

    A file that was written while the stamps of the last build were taken counts as changed.
    """
    moved = ledger.stamps.keys() ^ stamps.keys()
    late = ledger.taken - TICK
    changed = {
        name
        for name, stamp in stamps.items()
        if name not in moved and (stamp != ledger.stamps[name] or stamp.modified >= late)
    }
    return changed, moved


def is_untouched(site: Path, traces: Mapping[str, Trace]) -> bool:
    """Whether every file of a site is as a build has left it."""
    lead = os.fspath(site)
    try:
        for name, (size, modified) in traces.items():
            found = os.stat(f"{lead}/{name}")  # noqa: PTH116 - for every page
            if found.st_size != size or found.st_mtime_ns != modified:
                return False
    except OSError:
        return False
    return True


def site_traces(site: Path, known: Mapping[str, Trace]) -> dict[str, Trace]:
    """Traces of every file of a site, of which those of the generated ones are known."""
    traces = dict(known)
    lead = os.fspath(site)
    pending = [""]
    while pending:
        inner = pending.pop()
        for entry in os.scandir(f"{lead}/{inner}"):
            name = f"{inner}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                # The host writes nothing into the folder of a generated page.
                if f"{name}/index.html" not in known:
                    pending.append(f"{name}/")
            elif name not in known:
                found = entry.stat()
                traces[name] = Trace(found.st_size, found.st_mtime_ns)
    return traces


def _stamps_below(folder: Path, ending: str = "") -> Iterator[tuple[str, Stamp]]:
    lead = os.fspath(folder)
    for current, folders, names in os.walk(lead):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in names:
            if name.endswith(ending):
                path = Path(current, name)
                yield os.path.relpath(path, lead).replace(os.sep, "/"), stamp_of(path)


def _versions() -> dict[str, str]:
    """The version of each package within reach, by the name of the folder that pip notes it in."""
    found: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in os.listdir(folder or "."):  # noqa: PTH208 - hundreds of names
                if entry.endswith(".dist-info"):
                    name, _, version = entry.removesuffix(".dist-info").partition("-")
                    found.setdefault(name.lower().replace(".", "_"), version)
    return found


def _version(package: str) -> str:
    """The version of a package that is noted in another way."""
    import importlib.metadata  # takes as long as all of an unchanged site's files

    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _variables(config_file: Path) -> set[str]:
    """Names of environment variables that the settings may use."""
    try:
        lines = config_file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return set()
    return {name for line in lines if "!ENV" in line for name in _VARIABLE.findall(line)}
