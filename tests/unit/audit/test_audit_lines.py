"""Lines of data files: what differs is found, whatever else stands around it."""

from __future__ import annotations

import json
from array import array
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.audit.address import Inventory
from generator.audit.files import FolderFiles, OverlayFiles, Spliced
from generator.audit.lines import LazyClaims, Lines, Unsure, compare_lines, entity_of, itself
from generator.audit.row import DataFile
from tests.unit.audit.built_site import BuiltSite

ROWS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 2), max_size=8)
CLAIMS = st.dictionaries(
    st.sampled_from("abcd"),
    st.dictionaries(st.sampled_from("xyz"), st.integers(0, 2), min_size=1),
)


def written(rows: dict[str, int]) -> list[bytes]:
    return [json.dumps({"id": id_, "n": n}).encode() + b"\n" for id_, n in rows.items()]


def known(rows: dict[str, int]) -> Lines:
    return Lines(list(rows), array("Q", accumulate(map(len, written(rows)))))


def claims_of(sheets: dict[str, dict[str, int]]) -> dict[str, int]:
    return {f"{one}#{id_}": n for one, held in sheets.items() for id_, n in held.items()}


def stretches(sheets: dict[str, dict[str, int]]) -> Lines:
    sizes = (sum(map(len, written(claims_of({one: held})))) for one, held in sheets.items())
    return Lines(list(sheets), array("Q", accumulate(sizes)))


def differing(old: dict[str, int], new: dict[str, int]) -> dict[str, tuple[bytes | None, ...]]:
    rows = [{id_: written({id_: n})[0] for id_, n in side.items()} for side in (old, new)]
    return {
        id_: tuple(side.get(id_) for side in rows)
        for id_ in {**old, **new}
        if old.get(id_) != new.get(id_)
    }


def in_order(old: dict[str, object], new: dict[str, object]) -> bool:
    """Whether what both have stands in the same order."""
    return [one for one in old if one in new] == [one for one in new if one in old]


@given(ROWS, ROWS)
def test_difference(old: dict[str, int], new: dict[str, int]) -> None:
    new = {id_: new[id_] for id_ in [*(one for one in old if one in new), *new]}
    found = compare_lines(b"".join(written(old)), b"".join(written(new)), known(old), itself)
    assert found.lines == known(new)
    assert found.changed == differing(old, new)


@given(CLAIMS, CLAIMS)
def test_difference_of_claims(
    old: dict[str, dict[str, int]], new: dict[str, dict[str, int]]
) -> None:
    new = dict(sorted(new.items()))
    old = dict(sorted(old.items()))
    before, after = claims_of(old), claims_of(new)
    found = compare_lines(
        b"".join(written(before)), b"".join(written(after)), stretches(old), entity_of
    )
    assert found.lines == stretches(new)
    assert found.changed == differing(before, after)


@given(ROWS, ROWS)
def test_what_was_moved_is_not_compared(old: dict[str, int], new: dict[str, int]) -> None:
    data = [b"".join(written(rows)) for rows in (old, new)]
    if in_order(dict(old), dict(new)):
        assert compare_lines(data[0], data[1], known(old)).lines == known(new)
        return
    try:
        found = compare_lines(data[0], data[1], known(old))
    except Unsure:
        return
    assert found.lines == known(new)
    assert found.changed == differing(old, new)


def test_scattered_claims_are_not_compared() -> None:
    old, new = {"a#x": 1, "b#x": 1}, {"a#x": 1, "b#x": 1, "a#y": 1}
    data = [b"".join(written(rows)) for rows in (old, new)]
    with pytest.raises(Unsure):
        compare_lines(data[0], data[1], stretches({"a": {"x": 1}, "b": {"x": 1}}), entity_of)


def test_claims_are_found_by_their_entity(tmp_path: Path) -> None:
    sheets = {"a": {"x": 1, "y": 2}, "b": {"x": 1}}
    lines = [
        json.dumps({"id": ref, "citations": [], "text": f"{n}"}).encode() + b"\n"
        for ref, n in claims_of(sheets).items()
    ]
    ends = array("Q", [len(lines[0] + lines[1]), sum(map(len, lines))])
    built = BuiltSite(tmp_path)
    claims = LazyClaims(
        DataFile("claims", b"".join(lines)),
        Lines(list(sheets), ends),
        Inventory(built.site, built.settings),
    )
    assert list(claims) == ["a#x", "a#y", "b#x"]
    assert (claims["a#y"].said, claims["b#x"].row.start) == ("2", ends[0])
    assert "a#z" not in claims
    assert "c#x" not in claims


@pytest.mark.parametrize("damage", [b"{\n", b"\n", b'{"id": "a"}\n', b'{"id": "c"}', b"\xff\n"])
def test_damage_is_not_compared(damage: bytes) -> None:
    old = {"a": 1, "b": 2}
    data = b"".join(written(old))
    with pytest.raises(Unsure):
        compare_lines(data, data + damage, known(old))


HELD = (b"a\nbb\nccc\n", b"bb\nd\n")
PIECES = st.lists(
    st.sampled_from([(HELD[n], a, b) for n, a, b in
                     [(0, 0, 2), (0, 2, 5), (0, 0, 5), (0, 5, 9), (0, 5, 5), (1, 0, 3), (1, 3, 5)]]),
    max_size=5,
)  # fmt: skip


@given(PIECES, st.integers(0, 30), st.integers(0, 30), st.sampled_from([b"\n", b"b", b"cc"]))
def test_spliced_bytes_are_those_of_their_pieces(
    pieces: list[tuple[bytes, int, int]], start: int, end: int, words: bytes
) -> None:
    whole = b"".join(held[first:last] for held, first, last in pieces)
    spliced = Spliced(pieces)
    start, end = (min(at, len(whole)) for at in (start, end))
    assert (len(spliced), spliced[:], spliced[start:end]) == (len(whole), whole, whole[start:end])
    assert spliced.find(words, start) == whole.find(words, start)
    if len(words) == 1:
        assert spliced.find(words, start, end) == whole.find(words, start, end)
        assert spliced.rfind(words, start, end) == whole.rfind(words, start, end)


@given(PIECES, PIECES)
def test_what_comes_from_the_same_place_is_the_same(
    one: list[tuple[bytes, int, int]], other: list[tuple[bytes, int, int]]
) -> None:
    first, second = Spliced(one), Spliced(other)
    start, end = first.common_start(second), first.common_end(second)
    assert first[:start] == second[:start]
    assert first[len(first) - end :] == second[len(second) - end :]
    whole = len(first)
    assert (first.common_start(first), first.common_end(first)) == (whole, whole)


def test_lines_of_spliced_files_are_compared() -> None:
    rows = dict.fromkeys("abcdefgh", 0)
    data, new = b"".join(written(rows)), written({"d": 1})[0]
    at, size = data.index(written({"d": 0})[0]), len(new)
    old = Spliced([(data, 0, len(data))])
    spliced = Spliced([(data, 0, at), (new, 0, size), (data, at + size, len(data))])
    assert (old.common_start(spliced), old.common_end(spliced)) == (at, len(data) - at - size)
    found = compare_lines(old, spliced, known(rows))
    assert found.changed == differing(rows, rows | {"d": 1})
    assert found.lines == known(rows | {"d": 1})


def test_files_laid_over_others(tmp_path: Path) -> None:
    for folder, names in (("lower", ("a", "b/c", "d")), ("upper", ("b/c", "e"))):
        for name in names:
            path = tmp_path / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{folder} {name}", encoding="utf-8")
    files = OverlayFiles(
        FolderFiles(tmp_path / "upper"), FolderFiles(tmp_path / "lower"), ["b/c", "e"], ["d"]
    )
    assert sorted(files.names()) == ["a", "b/c", "e"]
    assert [files.read(name) for name in ("a", "b/c", "e")] == [
        b"lower a",
        b"upper b/c",
        b"upper e",
    ]
    assert files.size("e") == len(b"upper e")
    with pytest.raises(FileNotFoundError):
        files.read("d")
