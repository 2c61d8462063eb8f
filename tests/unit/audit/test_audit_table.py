"""Lines of a data file by id: the same whether one is kept or taken apart anew."""

from __future__ import annotations

import json

import pytest

from generator.audit import table
from generator.audit.row import DataFile
from generator.audit.table import Table

LINES = [json.dumps({"id": id_, "n": n}).encode() for n, id_ in enumerate("abcd")]


def test_lines_are_made_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make(id_: str, line: bytes, start: int) -> tuple[str, int]:
        made.append(id_)
        return line.decode(), start

    monkeypatch.setattr(table, "_KEPT", 2)
    held = Table(DataFile("claims", b"\n".join(LINES)), make)
    at = 0
    for id_, line in zip("abcd", LINES, strict=True):
        held.add(id_, at, len(line))
        at += len(line) + 1
    size = len(LINES[0]) + 1
    assert (list(held), len(held), made) == ([*"abcd"], 4, [])
    assert [held[id_] for id_ in "aab"] == [
        (LINES[0].decode(), 0),
        (LINES[0].decode(), 0),
        (LINES[1].decode(), size),
    ]
    assert made == [*"ab"]
    assert (held["c"], held["a"]) == ((LINES[2].decode(), 2 * size), (LINES[0].decode(), 0))
    assert made == [*"abca"]
    assert ("d" in held, "e" in held, held.get("e")) == (True, False, None)
    assert list(held.lines()) == LINES
    assert [(row.id, row.start, row.end) for row in held.rows()] == [
        (id_, n * size, n * size + len(LINES[n])) for n, id_ in enumerate("abcd")
    ]


def test_the_last_line_of_an_id_counts() -> None:
    held = Table(DataFile("claims", b"one\ntwo"), lambda _, line, __: line)
    held.add("a", 0, 3)
    held.add("a", 4, 3)
    assert (list(held.items()), held.rows()[0].start) == ([("a", b"two")], 4)
