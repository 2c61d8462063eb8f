"""Where the audit reads a site from: a folder, or a folder over which changed files are laid."""

from __future__ import annotations

import mmap
import os
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Protocol

Mapped = bytes | mmap.mmap
"""What a file holds: a large one is mapped, so that only what is looked at is read."""


class Spliced:
    """Whole lines of several files and texts one behind the other, joined only where they are asked for.

    Args:
        pieces: Where each comes from, and its beginning and end there.
    """

    def __init__(self, pieces: Iterable[tuple[Mapped, int, int]]) -> None:
        self.pieces = [piece for piece in pieces if piece[1] < piece[2]]
        self._ends = list(accumulate(end - start for _, start, end in self.pieces))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, part: slice) -> bytes:
        start, end, _ = part.indices(len(self))
        return b"".join(held[first:last] for held, first, last in self._within(start, end))

    def _within(self, start: int, end: int) -> Iterator[tuple[Mapped, int, int]]:
        """The pieces between two offsets."""
        number = bisect_right(self._ends, start)
        while start < end:
            held, first, last = self.pieces[number]
            begin = first + start - (self._ends[number - 1] if number else 0)
            stop = min(last, begin + end - start)
            yield held, begin, stop
            start += stop - begin
            number += 1

    def find(self, words: bytes, start: int = 0, end: int | None = None) -> int:
        """Where words of one line, or its line feed, stand first; -1 where nowhere."""
        at = start
        for held, first, last in self._within(start, len(self) if end is None else end):
            found = held.find(words, first, last)
            if found >= 0:
                return at + found - first
            at += last - first
        return -1

    def rfind(self, words: bytes, start: int, end: int) -> int:
        """Where they stand last; -1 where nowhere."""
        at = end
        for held, first, last in reversed(list(self._within(start, end))):
            at -= last - first
            found = held.rfind(words, first, last)
            if found >= 0:
                return at + found - first
        return -1

    def common_start(self, other: Spliced) -> int:
        """How much at the beginning comes from the same place as in another."""
        length = 0
        for (held, first, last), (rival, start, end) in zip(
            self.pieces, other.pieces, strict=False
        ):
            if held is not rival or first != start:
                break
            length += min(last, end) - first
            if last != end:
                break
        return length

    def common_end(self, other: Spliced) -> int:
        """How much at the end comes from the same place as in another."""
        length = 0
        pairs = zip(reversed(self.pieces), reversed(other.pieces), strict=False)
        for (held, first, last), (rival, start, end) in pairs:
            if held is not rival or last != end:
                break
            length += last - max(first, start)
            if first != start:
                break
        return length


Content = Mapped | Spliced
"""What a file holds, or will hold."""


class Files(Protocol):
    """The files of a site, by paths with forward slashes relative to its root."""

    def names(self) -> Iterable[str]:
        """Every file.

        Raises:
            OSError: when a folder cannot be read.
        """
        ...

    def read(self, path: str) -> bytes:
        """The bytes of a file.

        Raises:
            OSError: when it cannot be read, or is not there.
        """
        ...

    def view(self, path: str) -> Content:
        """The bytes of a file of which little may be asked for.

        Raises:
            OSError: when it cannot be read, or is not there.
        """
        ...

    def size(self, path: str) -> int:
        """How many bytes a file has.

        Raises:
            OSError: when it is not there.
        """
        ...


class FolderFiles:
    """The files of a folder.

    Args:
        folder: The folder.
        rename: Gives the path at which a file lies there, where that is not its path in the site.
    """

    def __init__(self, folder: Path, rename: Callable[[str], str] | None = None) -> None:
        self._folder = os.fspath(folder)
        self._rename = rename

    def names(self) -> list[str]:
        """Every file; see `Files`."""
        files: list[str] = []
        left = [""]
        while left:  # `os.walk` takes twice as long for folders that hold one page each
            lead = left.pop()
            with os.scandir(f"{self._folder}/{lead}") as entries:
                for entry in entries:
                    if not entry.is_dir():
                        files.append(lead + entry.name)
                    elif not entry.is_symlink():
                        left.append(f"{lead}{entry.name}/")
        return files

    def read(self, path: str) -> bytes:
        """The bytes of a file; see `Files`."""
        with open(self._place(path), "rb") as file:  # noqa: PTH123 - called for every page
            return file.read()

    def view(self, path: str) -> Mapped:
        """The bytes of a file; see `Files`."""
        with open(self._place(path), "rb") as file:  # noqa: PTH123 - as above
            if not os.fstat(file.fileno()).st_size:  # nothing cannot be mapped
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def size(self, path: str) -> int:
        """How many bytes a file has; see `Files`."""
        return os.stat(self._place(path)).st_size  # noqa: PTH116 - called for every page

    def _place(self, path: str) -> str:
        return f"{self._folder}/{self._rename(path) if self._rename else path}"


class OverlayFiles:
    """The files of a folder with others laid over it, as a build has them before they are put in place.

    Args:
        upper: Holds files that are new or changed.
        lower: The rest.
        upper_names: What the upper folder holds.
        removed: What is not to be seen of the lower one.
    """

    def __init__(
        self,
        upper: Files,
        lower: Files,
        upper_names: Collection[str],
        removed: Collection[str] = (),
    ) -> None:
        self._upper, self._lower = upper, lower
        self._over, self._gone = frozenset(upper_names), frozenset(removed)

    def names(self) -> list[str]:
        """Every file that is to be seen; see `Files`."""
        below = [name for name in self._lower.names() if name not in self._gone]
        return [name for name in below if name not in self._over] + sorted(self._over)

    def read(self, path: str) -> bytes:
        """The bytes of a file; see `Files`."""
        return self._side(path).read(path)

    def view(self, path: str) -> Content:
        """The bytes of a file; see `Files`."""
        return self._side(path).view(path)

    def _side(self, path: str) -> Files:
        if path in self._over:
            return self._upper
        if path in self._gone:
            raise FileNotFoundError(2, "No such file or directory", path)
        return self._lower

    def size(self, path: str) -> int:
        """How many bytes a file has; see `Files`."""
        return (self._upper if path in self._over else self._lower).size(path)
