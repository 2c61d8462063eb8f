import json

import pytest

from generator.search.build import Clash, build, combine, gather, part_of
from generator.search.shard import (
    LEAF,
    MANIFEST,
    SOURCES,
    WIDEST,
    Leaf,
    leaf_path,
    manifest_bytes,
    partition,
    rank_of,
    read_manifest,
    record_bits,
    segment_bits,
    top_bits,
)

from .sample import contributions, many

SMALL = build(contributions().values())
MANY = contributions(many(300))


def lines(data: bytes) -> list[list[str]]:
    return [line.split("\t") for line in data.decode().removesuffix("\n").split("\n")]


def test_the_order_of_contributions_does_not_matter() -> None:
    assert build(reversed(MANY.values())) == build(MANY.values())


@pytest.mark.parametrize("parts", [2, 3, 64])
def test_parts_give_the_same_files(parts: int) -> None:
    shares: list[list[bytes]] = [[] for _ in range(parts)]
    for unit, data in MANY.items():
        shares[part_of(unit, parts)].append(data)
    assert combine([gather(share) for share in shares]) == build(MANY.values())


def test_nothing_is_an_index_too() -> None:
    files = build([])
    assert sorted(files) == [MANIFEST, SOURCES]
    manifest = read_manifest(files[MANIFEST])
    assert manifest is not None
    assert (manifest.documents, manifest.leaves) == (0, ())


def test_the_manifest_counts() -> None:
    content = json.loads(SMALL[MANIFEST])
    assert content["documents"] == 10
    assert content["counts"] == {
        "kind": {"country": 3, "organisation": 2, "person": 3, "source": 2},
        "standing": {"corroborated": 1, "single-origin": 4},
        "year": {"1990": 1, "2019": 3, "2021": 3},
    }


def test_the_sources_are_listed_with_their_claims() -> None:
    assert lines(SMALL[SOURCES]) == [
        ["delta-wire", "3", "Pilots strike at Sandbank"],
        ["gazette", "1", "The harbour reopens"],
    ]


def test_a_shard_has_a_line_for_each_word() -> None:
    words = [line[0] for line in lines(SMALL[leaf_path("")])]
    assert words == sorted(words, key=rank_of)
    assert {"lighthouse", "токаев", "=y2019", "=sgazette"} <= set(words)


def test_shards_are_small_and_in_order() -> None:
    files = build(contributions(many(1500)).values())
    manifest = read_manifest(files[MANIFEST])
    assert manifest is not None
    assert len(manifest.leaves) > 20
    assert [leaf.lower for leaf in manifest.leaves] == sorted(
        leaf.lower for leaf in manifest.leaves
    )
    ranks = []
    for leaf in manifest.leaves:
        data = files[leaf_path(leaf.lower)]
        assert len(data) == leaf.weight <= LEAF
        ranks += [rank_of(line[0]) for line in lines(data)]
        assert ranks[-1] >= leaf.lower
    assert ranks == sorted(set(ranks))
    segments = [data for path, data in files.items() if "-" in path]
    assert segments
    assert all(len(data) < 1.3 * LEAF for data in segments)


def test_every_file_of_shards_is_in_the_manifest_or_named_by_a_line() -> None:
    files = build(contributions(many(1500)).values())
    manifest = read_manifest(files[MANIFEST])
    assert manifest is not None
    named = {leaf_path(leaf.lower) for leaf in manifest.leaves}
    for path in sorted(named):
        for word, names, weight in lines(files[path]):
            if names == "*":
                parts = 1 << segment_bits(int(weight))
                named |= {f"search/w/{rank_of(word)}-{number}.txt" for number in range(parts)}
    assert {path for path in files if path.startswith("search/w/")} == named


def test_light_words_share_a_shard() -> None:
    assert partition([rank_of(word) for word in ("abc", "b", "ярд")], [10] * 3) == [("", 0, 3)]


def test_heavy_words_are_parted_by_halving_the_range_of_words() -> None:
    ranks = [rank_of(word) for word in ("abc", "abd", "b", "ярд")]
    found = partition(ranks, [LEAF] * 4)
    assert [(first, last) for _, first, last in found] == [(0, 1), (1, 2), (2, 3), (3, 4)]
    assert [lower for lower, _, _ in found] == [
        *("00610062006", "006100620064", "0062", "04"),
    ]


def test_the_order_of_words_is_that_of_utf_16() -> None:
    assert rank_of("\U00010400") < rank_of("\uff21")


def test_equal_keys_are_noticed_and_told_apart() -> None:
    known = list(MANY.values())
    with pytest.raises(Clash):
        combine([gather(known, 1)])
    assert build(known, 1) == combine([gather(known, WIDEST)])


def test_bits_of_a_key() -> None:
    assert top_bits("zzz", 18) == 2**18 - 1
    assert top_bits("--0", 18) == 1
    assert top_bits("z--", 6) == 63
    assert top_bits("z--", 1) == 1
    assert top_bits("zzz", 0) == 0


def test_steps() -> None:
    assert [record_bits(count) for count in (0, 1, 64, 65, 128, 129)] == [0, 0, 0, 1, 1, 2]
    assert [segment_bits(weight) for weight in (0, LEAF, LEAF + 1, 2 * LEAF + 1)] == [0, 0, 1, 2]


def test_a_manifest_reads_back() -> None:
    manifest = read_manifest(SMALL[MANIFEST])
    assert manifest is not None
    assert manifest.leaves == (Leaf("", len(SMALL[leaf_path("")])),)
    assert manifest_bytes(manifest) == SMALL[MANIFEST]


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff", b'{"format": 0}', b"null"])
def test_what_is_no_manifest_is_not_read(data: bytes) -> None:
    assert read_manifest(data) is None


def test_another_format_is_not_read() -> None:
    content = json.loads(SMALL[MANIFEST])
    assert read_manifest(json.dumps(content).encode()) is not None
    assert read_manifest(json.dumps(content | {"format": 0}).encode()) is None
    assert read_manifest(json.dumps(content | {"leaf": 1}).encode()) is None
