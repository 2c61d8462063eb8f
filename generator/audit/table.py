"""The lines of a data file by their ids, each taken apart where it is asked for and kept for a while."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from typing import Final, Generic, TypeVar

from generator.audit.row import DataFile, Row

Line = TypeVar("Line")

_KEPT: Final = 500
"""Lines that are kept taken apart: more than a page shows, and few enough for a processor's cache."""


class Table(Mapping[str, Line], Generic[Line]):
    """What stands in a data file, by id.

    A hundred thousand claims as values are most of an audit's memory, and each process that looks
    at one copies it: Python counts in the value itself who uses it.

    Args:
        source: The file.
        make: Makes the value of a line; takes its bytes and where it begins.
    """

    def __init__(self, source: DataFile, make: Callable[[str, bytes, int], Line]) -> None:
        self.source = source
        self._make = make
        self._places: dict[str, int] = {}
        self._starts, self._sizes = array("Q"), array("Q")
        self._known: dict[str, Line] = {}

    def add(self, id_: str, start: int, size: int) -> None:
        """Add a line of so many bytes; one of the same id gives way."""
        self._places[id_] = len(self._starts)
        self._starts.append(start)
        self._sizes.append(size)

    def __getitem__(self, id_: str) -> Line:
        line = self._known.get(id_)
        if line is None:
            place = self._places[id_]
            line = self._make(id_, self._bytes(place), self._starts[place])
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[id_] = line
        return line

    def _bytes(self, place: int) -> bytes:
        start = self._starts[place]
        return self.source.data[start : start + self._sizes[place]]

    def __contains__(self, id_: object) -> bool:
        return id_ in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def lines(self) -> Iterator[bytes]:
        """The lines as they are written, in their order."""
        return map(self._bytes, self._places.values())

    def rows(self) -> list[Row]:
        """Where each line stands."""
        return [
            Row(id_, self.source, start := self._starts[place], start + self._sizes[place])
            for id_, place in self._places.items()
        ]
