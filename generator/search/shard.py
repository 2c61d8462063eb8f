"""The files of the index: which words share a shard, how a line is laid out, what the manifest says.

What a shard holds follows from the whole of the index alone, not from how it came about: the range
of all words, ordered by their UTF-16 code units as JavaScript orders them, is halved bit by bit until
each part weighs at most `LEAF`. A word whose postings are heavier is cut into segments by key.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final, NamedTuple

from generator.search.contribution import DIGITS, KIND_ORDER, STANDING_ORDER
from generator.search.folding import RULES, STOPWORDS

FORMAT: Final = 1
FOLDER: Final = "search"
MANIFEST: Final = f"{FOLDER}/manifest.json"
RECORD_FOLDER: Final = f"{FOLDER}/r/"
SOURCES: Final = f"{FOLDER}/sources.txt"
LEAF: Final = 24_000
"""Bytes of a shard of words, and of a segment on average; more only where one word has them."""
RECORDS: Final = 64
"""Documents whose records share a file, at most on average."""
WIDTH: Final = 7
"""Digits of a key that postings carry, 42 bits: for 30,000 units, one chance in ten thousand that
two have the same, and then all postings carry `WIDEST`."""
WIDEST: Final = 10
SEGMENTED: Final = "*"

_VALUE: Final = {digit: value for value, digit in enumerate(DIGITS)}


class Leaf(NamedTuple):
    """A shard of words: the words from `lower` up to the next shard's."""

    lower: str
    weight: int


class Line(NamedTuple):
    """Postings of a word.

    Attributes:
        names: For each leaflet whose page has the word in its names: key, shortest name's number of
            words, number of documents, their facets.
        texts: For each leaflet with the word in documents: key and group.
    """

    names: str
    texts: str


def rank_of(word: str) -> str:
    """A word's place in the order of shards: its UTF-16 code units in hexadecimal digits."""
    return word.encode("utf-16-be").hex()


def leaf_path(lower: str) -> str:
    """File of the shard that starts there."""
    return f"{FOLDER}/w/{lower or '0'}.txt"


def segment_path(word: str, segment: int) -> str:
    """File of a segment of a word."""
    return f"{FOLDER}/w/{rank_of(word)}-{segment}.txt"


def record_path(key: str, bits: int) -> str:
    """File of the record of a leaflet."""
    return f"{RECORD_FOLDER}{top_bits(key, bits)}.txt"


def top_bits(key: str, bits: int) -> int:
    """The first bits of a key, at most 18, as a number."""
    return (_VALUE[key[0]] << 12 | _VALUE[key[1]] << 6 | _VALUE[key[2]]) >> (18 - bits)


def record_bits(documents: int) -> int:
    """How many bits of a key choose the file of its record."""
    return min(18, max(0, (max(documents, 1) - 1) // RECORDS).bit_length())


def segment_bits(weight: int) -> int:
    """How many bits of a key choose the segment of a word's postings; 0 if it has none."""
    return min(12, max(0, (weight - 1) // LEAF).bit_length())


def line_of(word: str, line: Line) -> str:
    """A word's line in its shard."""
    weight = len(line.names) + len(line.texts)
    if segment_bits(weight):
        return f"{word}\t{SEGMENTED}\t{weight}\n"
    return f"{word}\t{line.names}\t{line.texts}\n"


def segments_of(word: str, line: Line, width: int) -> dict[str, str]:
    """The files of a word's segments; none if its line holds its postings."""
    bits = segment_bits(len(line.names) + len(line.texts))
    if not bits:
        return {}
    parts = [([], []) for _ in range(1 << bits)]  # type: list[tuple[list[str], list[str]]]
    for group in name_groups(line.names, width):
        parts[top_bits(group, bits)][0].append(group)
    for group in text_groups(line.texts, width):
        parts[top_bits(group, bits)][1].append(group)
    return {
        segment_path(word, number): f"{''.join(names)}\t{''.join(texts)}"
        for number, (names, texts) in enumerate(parts)
    }


def name_groups(names: str, width: int) -> list[str]:
    """The groups of `Line.names`."""
    return _cut(names, width + 1, width + 2, 1)


def text_groups(texts: str, width: int) -> list[str]:
    """The groups of `Line.texts`."""
    return _cut(texts, width, width + 1, 2)


def _cut(text: str, counter: int, head: int, entry: int) -> list[str]:
    groups, at, end = [], 0, len(text)
    while at < end:
        behind = at + head + entry * _VALUE[text[at + counter]]
        groups.append(text[at:behind])
        at = behind
    return groups


def partition(ranks: Sequence[str], weights: Sequence[int]) -> list[tuple[str, int, int]]:
    """Share words among shards.

    Args:
        ranks: `rank_of` of the words, sorted; a shard that stays as it is may stand for its words
            with its lower end.
        weights: Their bytes.

    Returns:
        For each shard its lower end, and the first and one past the last of its words.
    """
    sums = [0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    found: list[tuple[str, int, int]] = []
    # A node of the tree: hexadecimal digits all its ranks start with, and a range of the next one.
    stack = [("", 0, 16, 0, len(ranks))]
    while stack:
        prefix, low, high, first, last = stack.pop()
        if first == last:
            continue
        if last - first == 1 or sums[last] - sums[first] <= LEAF:
            lower = f"{prefix}{low:x}" if low else prefix
            found.append((lower.rstrip("0"), first, last))
        elif high - low == 1:
            stack.append((f"{prefix}{low:x}", 0, 16, first, last))
        else:
            middle = (low + high) // 2
            cut = bisect_left(ranks, f"{prefix}{middle:x}", first, last)
            stack += [(prefix, middle, high, cut, last), (prefix, low, middle, first, cut)]
    return found


class Manifest(NamedTuple):
    """What a search reads first.

    Attributes:
        width: Digits of the keys in postings.
        units: How many leaflets there are.
        documents: How many documents.
        counts: Documents by kind, standing and year, each by its name.
        leaves: The shards of words, in order.
        version: Changes with every change of the index; XOR of a hash of each file.
    """

    width: int
    units: int
    documents: int
    counts: Mapping[str, Mapping[str, int]]
    leaves: tuple[Leaf, ...]
    version: int


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as a file."""
    content = {
        "format": FORMAT,
        "version": f"{manifest.version:016x}",
        "width": manifest.width,
        "bits": record_bits(manifest.documents),
        "leaf": LEAF,
        "units": manifest.units,
        "documents": manifest.documents,
        "digits": DIGITS,
        "kinds": KIND_ORDER,
        "standings": STANDING_ORDER,
        "stopwords": sorted(STOPWORDS),
        "folding": RULES,
        "counts": {
            name: {key: count for key, count in sorted(counts.items()) if count}
            for name, counts in sorted(manifest.counts.items())
        },
        "shards": [leaf.lower for leaf in manifest.leaves],
        "weights": [leaf.weight for leaf in manifest.leaves],
    }
    return json.dumps(content, separators=(",", ":")).encode()


def read_manifest(data: bytes) -> Manifest | None:
    """Read a manifest; None if it is not one of this format."""
    try:
        content: Any = json.loads(data)
        if content["format"] != FORMAT or content["leaf"] != LEAF:
            return None
        leaves = zip(content["shards"], content["weights"], strict=True)
        return Manifest(
            width=content["width"],
            units=content["units"],
            documents=content["documents"],
            counts=content["counts"],
            leaves=tuple(Leaf(lower, weight) for lower, weight in leaves),
            version=int(content["version"], 16),
        )
    except (ValueError, KeyError, TypeError):
        return None


def version_of(files: Iterable[tuple[str, bytes]]) -> int:
    """What files add to the version of the manifest, or take from it."""
    version = 0
    for path, data in files:
        digest = blake2b(data, digest_size=8, key=path.encode()[-64:]).digest()
        version ^= int.from_bytes(digest)
    return version
