"""An index brought up to date is, byte for byte, the one made anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import shard
from generator.search.build import build, combine, gather, part_of
from generator.search.contribution import contribute
from generator.search.document import SOURCE, Document
from generator.search.update import Outgrown, update

Facts = tuple[str, str, tuple[str, ...], tuple[int, ...]]

WORDS = st.sampled_from(
    [
        "grey",
        "greyer",
        "harbour",
        "pilot",
        "pilots",
        "strike",
        "тоқаев",
        "東京",
        "𐐀",
        "1,300",
        "ab",
        "abc",
    ]
)
FACTS = st.tuples(
    st.lists(WORDS, max_size=4).map(" ".join),
    st.sampled_from(["corroborated", "disputed"]),
    st.lists(st.sampled_from(["source-1", "source-2", "gone"]), max_size=2, unique=True).map(tuple),
    st.lists(st.integers(2019, 2021), max_size=2, unique=True).map(tuple),
)
UNITS = st.dictionaries(
    st.sampled_from(["source-1", "source-2", *(f"unit-{n}" for n in range(12))]),
    st.tuples(st.lists(WORDS, min_size=1, max_size=2).map(" ".join), st.lists(FACTS, max_size=4)),
    max_size=14,
)


@pytest.fixture(autouse=True, scope="module")
def _small_shards() -> Iterator[None]:
    """Limits that a few words reach, so that shards part and join, and words get segments."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shard, "LEAF", 90)
        yield


def unit_of(id_: str, name: str, facts: list[Facts]) -> bytes:
    kind = SOURCE if id_.startswith("source") else "person"
    head = Document(id_, f"p/{id_}/", "", kind, name, (name,), years=(2020,))
    rows = [
        Document(
            f"{id_}#{n}", f"p/{id_}/#{n}", words, "person", name, (), (), standing, sources, years
        )
        for n, (words, standing, sources, years) in enumerate(facts)
        if kind != SOURCE
    ]
    return contribute(id_, [head, *rows])


def contributions(units: dict[str, tuple[str, list[Facts]]]) -> dict[str, bytes]:
    return {id_: unit_of(id_, name, facts) for id_, (name, facts) in units.items()}


@given(st.lists(UNITS, min_size=2, max_size=5))
@settings(max_examples=200, deadline=None)
def test_updates_give_what_a_build_gives(states: list[dict[str, tuple[str, list[Facts]]]]) -> None:
    before: dict[str, bytes] = {}
    files = build([])
    for state in states:
        after = contributions(state)
        try:
            change = update(
                files.get,
                [data for unit, data in before.items() if after.get(unit) != data],
                [data for unit, data in after.items() if before.get(unit) != data],
            )
        except Outgrown:
            counts = [
                shard.record_bits(_documents(index)) for index in (files, build(after.values()))
            ]
            assert counts[0] != counts[1]
            files = build(after.values())
        else:
            for path in change.deleted:
                del files[path]
            files |= change.written
        assert files == build(after.values())
        before = after


@given(UNITS, st.integers(1, 64))
@settings(max_examples=50, deadline=None)
def test_parts_give_what_the_whole_gives(
    units: dict[str, tuple[str, list[Facts]]], parts: int
) -> None:
    shares: list[list[bytes]] = [[] for _ in range(parts)]
    known = contributions(units)
    for unit, data in known.items():
        shares[part_of(unit, parts)].append(data)
    assert combine([gather(share) for share in shares]) == build(known.values())


def _documents(files: dict[str, bytes]) -> int:
    manifest = shard.read_manifest(files[shard.MANIFEST])
    assert manifest is not None
    return manifest.documents
