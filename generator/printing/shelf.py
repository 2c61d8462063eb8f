"""Keeps PDFs until what they show changes."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_MOST_KEPT = 4000
_SUM = 32  # bytes of the checksum before a kept PDF


class Shelf:
    """Keeps PDFs by their content address, in a folder beside the site; it may be deleted.

    Each lies behind its checksum, so a damaged one is made anew.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """A PDF that is known; None when it is not."""
        path = self.folder / key
        try:
            data = path.read_bytes()
            if blake2b(data[_SUM:], digest_size=_SUM).digest() != data[:_SUM]:
                return None
            os.utime(path)  # what is used is kept
        except OSError:
            return None
        return data[_SUM:]

    def put(self, key: str, data: bytes) -> None:
        """Keep a PDF; where that fails it is made anew next time."""
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            write_whole(self.folder / key, blake2b(data, digest_size=_SUM).digest() + data)

    def tidy(self) -> None:
        """Let go of what was not used for longest, when there is much."""
        with suppress(OSError):
            kept = [(entry.stat().st_mtime_ns, entry.name) for entry in os.scandir(self.folder)]
            for _, name in sorted(kept)[: max(0, len(kept) - _MOST_KEPT)]:
                (self.folder / name).unlink(missing_ok=True)


def shelf_of(site: Path) -> Shelf:
    """The shelf of a site."""
    return Shelf(site.with_name(f".{site.name}.pdf"))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: it is there whole or as it was.

    Raises:
        OSError: when it cannot be written.
    """
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        made.write_bytes(data)
        made.replace(path)
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)
