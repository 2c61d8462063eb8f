"""The data files as the last audit knew them and as they are: which lines differ, and each line on demand."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import msgspec

from generator.audit.address import Inventory
from generator.audit.files import Content, Spliced
from generator.audit.row import ClaimRow, DataFile, Row, quick_claim

_CHUNK = 1 << 20


class Unsure(Exception):
    """Something is not as it has to be for changes to be audited by themselves."""


class _Named(msgspec.Struct, gc=False):
    id: str


_decode_id = msgspec.json.Decoder(_Named).decode

KeyOf = Callable[[str], str]
"""Gives the key of a stretch by the id of one of its lines."""


def entity_of(ref: str) -> str:
    """Lines of claims are found by their entity: an entity's stand together."""
    return ref.partition("#")[0]


def itself(id_: str) -> str:
    """Any other line is found by its id."""
    return id_


@dataclass
class Lines:
    """Where the stretches of a data file end: the lines of one entity, or one line.

    Attributes:
        keys: What each stretch is of, in the order of the file.
        ends: Offset behind each.
    """

    keys: list[str]
    ends: array[int]

    @cached_property
    def place(self) -> dict[str, int]:
        """Place of each stretch, by its key."""
        return {key: place for place, key in enumerate(self.keys)}

    def bounds(self, place: int) -> tuple[int, int]:
        """Where a stretch begins and ends."""
        return self.ends[place - 1] if place else 0, self.ends[place]

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self.ends[-1] if self.ends else 0


def lines_of(rows: Sequence[Row], key_of: KeyOf = itself) -> Lines | None:
    """The lines of a file; None for one with other lines besides, or with scattered stretches."""
    at = 0
    keys, ends = list[str](), array("Q")
    for row in rows:
        if row.start != at:
            return None
        at = row.end + 1
        key = key_of(row.id)
        if keys and keys[-1] == key:
            ends[-1] = at
        else:
            keys.append(key)
            ends.append(at)
    if rows and at != len(rows[0].source.data):
        return None
    return Lines(keys, ends) if len(set(keys)) == len(keys) else None


class Difference(NamedTuple):
    """How a data file differs from what it was.

    Attributes:
        lines: The lines it has now.
        changed: By id, the former line and the present one; None where there is none.
    """

    lines: Lines
    changed: dict[str, tuple[bytes | None, bytes | None]]


def compare_lines(old: Content, new: Content, known: Lines, key_of: KeyOf = itself) -> Difference:
    """Find the lines of a data file that differ.

    Args:
        old: The file as it was.
        new: The file as it is.
        known: The lines of the former.
        key_of: What its stretches are.

    Raises:
        Unsure: when it is damaged, or not the file that was known, or stretches were moved.
    """
    if new[:3] == b"\xef\xbb\xbf" or new[-1:] not in (b"", b"\n"):
        raise Unsure
    first = _common_start(old, new)
    if first == len(old) == len(new):
        return Difference(known, {})
    if known.size != len(old):
        raise Unsure
    rest = _common_end(old, new, first)
    # The stretches around are taken along: what came may belong to one of them.
    before = bisect_left(known.ends, first)
    behind = min(bisect_right(known.ends, len(old) - rest) + 1, len(known.ends))
    start = known.ends[before - 1] if before else 0
    end = known.ends[behind - 1] if behind else 0
    shift = len(new) - len(old)
    walk = _Walk(old, new, known, key_of)
    walk.compare(before, behind, start, end + shift)
    keys = [*known.keys[:before], *walk.keys, *known.keys[behind:]]
    if len(set(keys)) < len(keys):
        raise Unsure
    ends = known.ends[:before]
    ends.extend(walk.ends)
    ends.extend([at + shift for at in known.ends[behind:]] if shift else known.ends[behind:])
    return Difference(Lines(keys, ends), walk.changed())


class _Walk:
    """Goes along both files, stretch by stretch.

    Attributes:
        keys: Of the stretches of the new file; `ends`: offset behind each.
        pairs: Former and present lines of each stretch that is not as it was.
    """

    def __init__(self, old: Content, new: Content, known: Lines, key_of: KeyOf) -> None:
        self.old, self.new, self.known, self.key_of = old, new, known, key_of
        self.keys: list[str] = []
        self.ends: list[int] = []
        self.pairs: dict[str, tuple[bytes, bytes]] = {}

    def compare(self, before: int, behind: int, at: int, end: int) -> None:
        """Walk along some stretches of the old file, and what is in their place in the new one."""
        place = before
        while at < end:
            if place < behind:
                was = self.former(place)
                if self.new[at : at + len(was)] == was:
                    at += len(was)
                    self.keys.append(self.known.keys[place])
                    self.ends.append(at)
                    place += 1
                    continue
            key, lines = self.stretch(at, end)
            at += len(lines)
            if self.keys and self.keys[-1] == key:  # more lines behind the former ones
                was = self.former(self.known.place[key])
                self.pairs[key] = was, was + lines
                self.ends[-1] = at
                continue
            found = self.known.place.get(key, place)
            if not place <= found < max(behind, place + 1):
                raise Unsure
            self.leave(place, found)
            is_new = key not in self.known.place
            self.pairs[key] = b"" if is_new else self.former(found), lines
            place = found if is_new else found + 1
            self.keys.append(key)
            self.ends.append(at)
        self.leave(place, behind)
        if at != end:
            raise Unsure

    def former(self, place: int) -> bytes:
        """The lines of a stretch as they were."""
        start, stop = self.known.bounds(place)
        return self.old[start:stop]

    def leave(self, place: int, behind: int) -> None:
        """Note stretches that are gone."""
        for gone in range(place, behind):
            self.pairs[self.known.keys[gone]] = self.former(gone), b""

    def stretch(self, at: int, end: int) -> tuple[str, bytes]:
        """Key and lines of the stretch of the new file that begins at an offset."""
        key, start = "", at
        while at < end:
            stop = self.new.find(b"\n", at, end) + 1
            line = self.new[at:stop]
            if not stop or b"\0" in line:  # the rest was looked at when it was new
                raise Unsure
            found = self.key_of(id_of(line))
            if at > start and found != key:
                break
            key, at = found, stop
        return key, self.new[start:at]

    def changed(self) -> dict[str, tuple[bytes | None, bytes | None]]:
        """By id the lines that differ."""
        found: dict[str, tuple[bytes | None, bytes | None]] = {}
        for pair in self.pairs.values():
            had, has = map(_by_id, pair)
            for id_ in {**had, **has}:
                if had.get(id_) != has.get(id_):
                    found[id_] = had.get(id_), has.get(id_)
        return found


def _by_id(lines: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for line in split_lines(lines):
        if found.setdefault(id_of(line), line) is not line:
            raise Unsure
    return found


def id_of(line: bytes) -> str:
    """The id of a line.

    Raises:
        Unsure: when it has none.
    """
    try:
        return _decode_id(line).id
    except ValueError as error:
        raise Unsure from error


def split_lines(data: bytes) -> list[bytes]:
    """Lines with their line feeds."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]]


def _common_start(old: Content, new: Content) -> int:
    """Length of the whole lines that two files have in common at their beginning."""
    limit = min(len(old), len(new))
    at = old.common_start(new) if isinstance(old, Spliced) and isinstance(new, Spliced) else 0
    while at < limit and old[at : at + _CHUNK] == new[at : at + _CHUNK]:
        at += _CHUNK
    size = _CHUNK
    while size > 1:
        size //= 2
        if old[at : at + size] == new[at : at + size]:
            at += size
    return old.rfind(b"\n", 0, min(at, limit)) + 1


def _common_end(old: Content, new: Content, first: int) -> int:
    """Length of the whole lines in common at their end, behind the first ones."""
    limit = min(len(old), len(new)) - first
    length = 0
    if isinstance(old, Spliced) and isinstance(new, Spliced):
        length = min(limit, old.common_end(new))

    def is_same(size: int) -> bool:
        end, other = len(old) - length, len(new) - length
        return length + size <= limit and old[end - size : end] == new[other - size : other]

    size = _CHUNK
    while is_same(size):
        length += size
    while size > 1:
        size //= 2
        if is_same(size):
            length += size
    old_at, new_at = len(old) - length, len(new) - length
    if _begins_line(old, old_at) and _begins_line(new, new_at):
        return length
    start = old.find(b"\n", old_at)
    return 0 if start < 0 else len(old) - start - 1


def _begins_line(data: Content, at: int) -> bool:
    return at == 0 or data[at - 1 : at] == b"\n"


class LazyRows(Mapping[str, Row]):
    """The rows of a data file whose every line is a stretch, each made when it is asked for."""

    def __init__(self, source: DataFile, lines: Lines) -> None:
        self._source = source
        self._lines = lines
        self._known: dict[str, Row] = {}

    def __getitem__(self, id_: str) -> Row:
        row = self._known.get(id_)
        if row is None:
            start, end = self._lines.bounds(self._lines.place[id_])
            row = self._known[id_] = Row(id_, self._source, start, end - 1)
        return row

    def __contains__(self, id_: object) -> bool:
        return id_ in self._lines.place

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines.keys)

    def __len__(self) -> int:
        return len(self._lines.keys)


class LazyClaims(Mapping[str, ClaimRow]):
    """The claims of the data file, each read when it is asked for.

    Raises:
        ValueError: when a claim's line is at fault.
    """

    def __init__(self, source: DataFile, lines: Lines, inventory: Inventory) -> None:
        self._source = source
        self._lines = lines
        self._inventory = inventory
        self._starts: dict[str, dict[str, tuple[int, bytes]]] = {}
        self._known: dict[str, ClaimRow] = {}

    def __getitem__(self, ref: str) -> ClaimRow:
        claim = self._known.get(ref)
        if claim is None:
            start, line = self._of(entity_of(ref))[ref]
            claim = self._known[ref] = quick_claim(self._source, line, start, self._inventory)
        return claim

    def _of(self, entity: str) -> dict[str, tuple[int, bytes]]:
        """Where each of an entity's claims begins, and its line without the line feed."""
        found = self._starts.get(entity)
        if found is None:
            found = self._starts[entity] = {}
            place = self._lines.place.get(entity)
            start, end = self._lines.bounds(place) if place is not None else (0, 0)
            for line in split_lines(self._source.data[start:end]):
                found[id_of(line)] = start, line[:-1]
                start += len(line)
        return found

    def __contains__(self, ref: object) -> bool:
        return isinstance(ref, str) and ref in self._of(entity_of(ref))

    def __iter__(self) -> Iterator[str]:
        return (ref for entity in self._lines.keys for ref in self._of(entity))

    def __len__(self) -> int:
        return sum(1 for _ in self)
