"""The data files as the last audit knew them and as they are: which lines differ, and each line on demand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

import msgspec

from generator.audit.address import Inventory
from generator.audit.files import Content
from generator.audit.ledger import Lines
from generator.audit.row import ClaimRow, DataFile, Row, quick_claim

_CHUNK = 1 << 20


class Unsure(Exception):
    """Something is not as it has to be for changes to be audited by themselves."""


class _Named(msgspec.Struct, gc=False):
    id: str


_decode_id = msgspec.json.Decoder(_Named).decode


class Difference(NamedTuple):
    """How a data file differs from what it was.

    Attributes:
        lines: The lines it has now.
        changed: By id, the former line and the present one; None where there is none.
    """

    lines: Lines
    changed: dict[str, tuple[bytes | None, bytes | None]]


def compare_lines(old: Content, new: Content, known: Lines) -> Difference:
    """Find the lines of a data file that differ.

    Args:
        old: The file as it was.
        new: The file as it is.
        known: The lines of the former.

    Raises:
        Unsure: when it is damaged, or not the file that was known.
    """
    if new[:3] == b"\xef\xbb\xbf" or new[-1:] not in (b"", b"\n"):
        raise Unsure
    first = _common_start(old, new)
    if first == len(old) == len(new):
        return Difference(known, {})
    rest = _common_end(old, new, first)
    ends = known.offsets()
    if (ends[-1] if ends else 0) != len(old):
        raise Unsure
    before, behind = bisect_right(ends, first), bisect_right(ends, len(old) - rest)
    former = _split(old[first : len(old) - rest])
    if len(former) != behind - before:
        raise Unsure
    had = dict(zip(known.ids[before:behind], former, strict=True))
    id_of = {line: id_ for id_, line in had.items()}
    changed_part = new[first : len(new) - rest]
    if b"\0" in changed_part:  # the rest was looked at when it was new
        raise Unsure
    lines = _split(changed_part)
    try:
        ids = [id_of.get(line) or _decode_id(line).id for line in lines]
    except ValueError as error:
        raise Unsure from error
    has = dict(zip(ids, lines, strict=True))
    all_ids = [*known.ids[:before], *ids, *known.ids[behind:]]
    if len(set(all_ids)) < len(all_ids):
        raise Unsure
    shift = len(new) - len(old)
    now = ends[:before]
    now.extend(list(accumulate(map(len, lines), initial=first))[1:])
    now.extend([end + shift for end in ends[behind:]] if shift else ends[behind:])
    changed = {
        id_: (had.get(id_), has.get(id_))
        for id_ in [*had, *(id_ for id_ in has if id_ not in had)]
        if had.get(id_) != has.get(id_)
    }
    return Difference(Lines(all_ids, now.tobytes()), changed)


def _split(data: bytes) -> list[bytes]:
    """Lines with their line feeds."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]]


def _common_start(old: Content, new: Content) -> int:
    """Length of the whole lines that two files have in common at their beginning."""
    limit = min(len(old), len(new))
    at = 0
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
    """The rows of a data file, each made when it is asked for."""

    def __init__(self, source: DataFile, lines: Lines) -> None:
        self._source = source
        self._ids = lines.ids
        self._ends = lines.offsets()
        self._numbers = {id_: number for number, id_ in enumerate(lines.ids)}
        self._known: dict[str, Row] = {}

    def __getitem__(self, id_: str) -> Row:
        row = self._known.get(id_)
        if row is None:
            start, end = self.bounds(id_)
            row = self._known[id_] = Row(id_, self._source, start, end)
        return row

    def bounds(self, id_: str) -> tuple[int, int]:
        """Where a line begins and ends."""
        number = self._numbers[id_]
        return self._ends[number - 1] if number else 0, self._ends[number] - 1

    def __contains__(self, id_: object) -> bool:
        return id_ in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class LazyClaims(Mapping[str, ClaimRow]):
    """The claims of the data file, each read when it is asked for.

    Raises:
        ValueError: when a claim's line is at fault.
    """

    def __init__(self, source: DataFile, lines: Lines, inventory: Inventory) -> None:
        self._rows = LazyRows(source, lines)
        self._source = source
        self._inventory = inventory
        self._known: dict[str, ClaimRow] = {}

    def __getitem__(self, ref: str) -> ClaimRow:
        claim = self._known.get(ref)
        if claim is None:
            start, end = self._rows.bounds(ref)
            line = self._source.data[start:end]
            claim = self._known[ref] = quick_claim(self._source, line, start, self._inventory)
        return claim

    def __contains__(self, ref: object) -> bool:
        return ref in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
