"""The file of a state: what is put in comes out, and what is damaged is as good as none."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.state.store import StateLost, Store, write_store


def made(tmp_path: Path) -> Path:
    path = tmp_path / "state"
    write_store(path, [(("lake", "blue"), b"deep"), (("lake", "red"), b"salt")], {"count": b"2"})
    return path


def test_units_and_wholes_come_out_as_they_were_put_in(tmp_path: Path) -> None:
    store = Store(made(tmp_path))
    assert store.unit("lake", "blue") == b"deep"
    assert store.unit("lake", "green") is None
    assert store.units("lake") == {"blue": b"deep", "red": b"salt"}
    assert store.whole("count") == b"2"
    store.close()


def test_changes_are_there_for_the_next_who_opens_it(tmp_path: Path) -> None:
    path = made(tmp_path)
    store = Store(path)
    store.change({("lake", "blue"): None, ("lake", "red"): b"dry"}, {"count": b"1"})
    store.close()
    store = Store(path)
    assert store.units("lake") == {"red": b"dry"}
    assert store.whole("count") == b"1"
    store.close()


def test_what_there_must_be_one_of_is_missed(tmp_path: Path) -> None:
    store = Store(made(tmp_path))
    assert store.find("depth") is None
    with pytest.raises(StateLost):
        store.whole("depth")
    store.close()


def test_a_cleared_kind_has_only_what_is_put_in_then(tmp_path: Path) -> None:
    store = Store(made(tmp_path))
    store.change({("pond", "near"): b"small"}, {})
    store.change({("lake", "grey"): b"cold"}, {}, ["lake"])
    assert store.units("lake") == {"grey": b"cold"}
    assert store.units("pond") == {"near": b"small"}
    store.close()


@pytest.mark.parametrize("data", [b"", b"no database at all", b"SQLite format 3\0"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "state"
    path.write_bytes(data)
    with pytest.raises(StateLost):
        Store(path)


def test_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StateLost):
        Store(tmp_path / "state")
