"""Lines of data files: what differs is found, whatever else stands around it."""

from __future__ import annotations

import json
from array import array
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.audit.files import FolderFiles, OverlayFiles
from generator.audit.ledger import Lines
from generator.audit.lines import Unsure, compare_lines

ROWS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 2), max_size=8)


def written(rows: dict[str, int]) -> list[bytes]:
    return [json.dumps({"id": id_, "n": n}).encode() + b"\n" for id_, n in rows.items()]


def known(rows: dict[str, int]) -> Lines:
    ends = list(accumulate(map(len, written(rows))))
    return Lines(list(rows), array("Q", ends).tobytes())


@given(ROWS, ROWS)
def test_difference(old: dict[str, int], new: dict[str, int]) -> None:
    found = compare_lines(b"".join(written(old)), b"".join(written(new)), known(old))
    assert found.lines.ids == list(new)
    assert found.lines.ends == known(new).ends
    assert set(found.changed) == {id_ for id_ in {*old, *new} if old.get(id_) != new.get(id_)}
    for id_, (before, after) in found.changed.items():
        assert (before is None, after is None) == (id_ not in old, id_ not in new)


@pytest.mark.parametrize("damage", [b"{\n", b"\n", b'{"id": "a"}\n', b'{"id": "c"}', b"\xff\n"])
def test_damage_is_not_compared(damage: bytes) -> None:
    old = {"a": 1, "b": 2}
    data = b"".join(written(old))
    with pytest.raises(Unsure):
        compare_lines(data, data + damage, known(old))


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
