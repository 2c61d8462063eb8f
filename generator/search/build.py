"""Makes the whole index from the contributions of all units, in parts that processes can share."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.search.contribution import (
    ABSENT,
    CITED,
    DIGITS,
    KIND_ORDER,
    STANDING_ORDER,
    YEAR,
    key_of,
    leaflets,
)
from generator.search.document import SOURCE
from generator.search.shard import (
    MANIFEST,
    SOURCES,
    WIDEST,
    WIDTH,
    Leaf,
    Line,
    Manifest,
    leaf_path,
    line_of,
    manifest_bytes,
    partition,
    rank_of,
    record_bits,
    record_path,
    segments_of,
    text_groups,
    version_of,
)


class Clash(Exception):
    """Two keys are the same in the digits that the postings carry: gather again with `WIDEST`."""


class Gathered(NamedTuple):
    """Contributions of a range of keys, merged by word.

    Attributes:
        width: Digits of a key in the postings.
        names: Of each word `Line.names`; `texts` its `Line.texts`.
        records: Key and record of each leaflet, by key.
        facets: The facets of all documents, in any order.
    """

    width: int
    names: dict[str, str]
    texts: dict[str, str]
    records: list[tuple[str, str]]
    facets: str


def part_of(unit: str, parts: int) -> int:
    """Which of so many parts, at most 64, a unit belongs to: each part is a range of keys."""
    return DIGITS.index(key_of(unit)[0]) * parts // 64


def gather(contributions: Iterable[bytes], width: int = WIDTH) -> Gathered:
    """Merge contributions by word."""
    read = [leaflet for data in contributions for leaflet in leaflets(data)]
    read.sort(key=lambda leaflet: leaflet.key)
    names: dict[str, list[str]] = {}
    texts: dict[str, list[str]] = {}
    for leaflet in read:
        key = leaflet.key[:width]
        if leaflet.names:
            facets = DIGITS[len(leaflet.facets)] + leaflet.facets
            for word, count in leaflet.names:
                names.setdefault(word, []).append(f"{key}{count}{facets}")
        for word, group in zip(leaflet.words, leaflet.groups, strict=True):
            if word in texts:
                texts[word].append(key + group)
            else:
                texts[word] = [key + group]
    return Gathered(
        width=width,
        names={word: "".join(groups) for word, groups in names.items()},
        texts={word: "".join(groups) for word, groups in texts.items()},
        records=[(leaflet.key, leaflet.record) for leaflet in read],
        facets="".join([leaflet.facets for leaflet in read]),
    )


def combine(parts: Sequence[Gathered]) -> dict[str, bytes]:
    """The files of the index.

    Args:
        parts: What was gathered of each range of keys, in their order (`part_of`).

    Returns:
        Content by path, relative to the site.

    Raises:
        Clash: Two keys are the same in the digits that the postings carry.
    """
    width = parts[0].width if parts else WIDTH
    records = [record for part in parts for record in part.records]
    short = [key[:width] for key, _ in records]
    if any(one == other for one, other in pairwise(short)):
        raise Clash
    names = _joined([part.names for part in parts])
    texts = _joined([part.texts for part in parts])
    facets = Counter[str]()
    for part in parts:
        facets.update(part.facets)
    documents = facets.total() - facets[ABSENT]
    counts = facet_counts(facets) | {
        "year": {
            word.removeprefix(YEAR): entry_count(groups, width)
            for word, groups in texts.items()
            if word.startswith(YEAR)
        }
    }
    files = _record_files(records, record_bits(documents))
    leaves, shards = _word_files(names, texts, width)
    files.update(shards)
    cited = {
        word.removeprefix(CITED): entry_count(groups, width)
        for word, groups in texts.items()
        if word.startswith(CITED)
    }
    files[SOURCES] = sources_bytes(cited, titles_of(record for _, record in records))
    version = version_of(files.items())
    manifest = Manifest(width, len(records), documents, counts, leaves, version)
    files[MANIFEST] = manifest_bytes(manifest)
    return files


def build(contributions: Iterable[bytes], width: int = WIDTH) -> dict[str, bytes]:
    """The files of the index, content by path; the same whatever the order of the contributions."""
    known = list(contributions)
    try:
        return combine([gather(known, width)])
    except Clash:
        return combine([gather(known, WIDEST)])


def facet_counts(facets: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Documents by kind and by standing, from how often each facet digit comes."""
    kinds, standings = Counter[str](), Counter[str]()
    for digit, count in facets.items():
        if digit != ABSENT:
            kind, standing = divmod(DIGITS.index(digit), 8)
            kinds[KIND_ORDER[kind]] += count
            standings[STANDING_ORDER[standing]] += count
    del standings[""]
    return {"kind": dict(kinds), "standing": dict(standings)}


def entry_count(groups: str, width: int) -> int:
    """How many documents stand in the groups of a word."""
    return sum((len(group) - width - 1) // 2 for group in text_groups(groups, width))


def titles_of(records: Iterable[str]) -> dict[str, str]:
    """Titles of the sources among records, by id."""
    titles = {}
    for record in records:
        if f',"{SOURCE}",' in record:
            id_, _, kind, title, *_ = json.loads(record)
            if kind == SOURCE:
                titles[id_] = title
    return titles


def sources_bytes(cited: Mapping[str, int], titles: Mapping[str, str]) -> bytes:
    """The list of sources: id, how many claims cite it, title."""
    titled = {id_: words for id_, title in titles.items() if (words := " ".join(title.split()))}
    lines = [
        f"{id_}\t{cited.get(id_, 0)}\t{titled.get(id_, '')}\n"
        for id_ in sorted({id_ for id_, count in cited.items() if count} | titled.keys())
    ]
    return "".join(lines).encode("utf-8", "replace")


def _joined(parts: Sequence[dict[str, str]]) -> dict[str, str]:
    if len(parts) == 1:
        return parts[0]
    words: dict[str, list[str]] = {}
    for part in parts:
        for word, groups in part.items():
            words.setdefault(word, []).append(groups)
    return {word: "".join(groups) for word, groups in words.items()}


def _record_files(records: Sequence[tuple[str, str]], bits: int) -> dict[str, bytes]:
    files: dict[str, list[str]] = {}
    for key, record in records:
        files.setdefault(record_path(key, bits), []).append(f"{key}\t{record}\n")
    return {path: "".join(lines).encode() for path, lines in files.items()}


def _word_files(
    names: Mapping[str, str], texts: Mapping[str, str], width: int
) -> tuple[tuple[Leaf, ...], dict[str, bytes]]:
    files: dict[str, bytes] = {}
    rows = sorted((rank_of(word), word) for word in names.keys() | texts.keys())
    lines = []
    for _, word in rows:
        line = Line(names.get(word, ""), texts.get(word, ""))
        lines.append(line_of(word, line).encode())
        for path, text in segments_of(word, line, width).items():
            files[path] = text.encode()
    leaves = []
    for lower, first, last in partition([rank for rank, _ in rows], [len(line) for line in lines]):
        data = files[leaf_path(lower)] = b"".join(lines[first:last])
        leaves.append(Leaf(lower, len(data)))
    return tuple(leaves), files
