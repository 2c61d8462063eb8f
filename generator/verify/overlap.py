"""Shared wording: how much of one source's text another source repeats.

The measure is the overlap coefficient, shared windows over the windows of the smaller text, so a
short notice taken whole from a long report counts as wholly shared. It needs seals alone.

Of many sources few share anything, so `likely_overlaps` first compares 30-bit keys of their windows, which
cost little time and memory; it leaves out no pair, and `overlaps` judges those that it names.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import ceil
from struct import unpack
from typing import Final, NamedTuple, TypeAlias
from zlib import crc32

from generator.verify.normalise import TokenText
from generator.verify.seal import WINDOW, Seal, decode_windows, hash_windows

Windows: TypeAlias = frozenset[int]
"""The distinct windows of a text, each as a number below 2**48."""

MINIMUM_WINDOWS: Final = 20
"""Distinct windows below which a text is too short to be compared."""

_ROUNDING = 1e-9
_KEY_BITS = 30
"""Python sorts numbers of up to 30 bits in half the time."""
_LANE: Final = 8
"""Bytes in which a token's 32 bits are multiplied and summed up without reaching the next one's."""
_KEY_MASK: Final = ((1 << _KEY_BITS) - 1).to_bytes(_LANE, "little")
_FACTORS: Final = (0x1003F, 0x2F0B, 0x35D1, 1)
"""By which the tokens of a window are multiplied, lest another order of them give the same key."""
assert len(_FACTORS) == WINDOW  # noqa: S101 - a window with a token that does not count is a slip in this file
_AT_ONCE = 250_000
"""Keys looked at together, lest a large project take much memory."""


class Keys(NamedTuple):
    """The windows of a text, shortened.

    Attributes:
        keys: A 30-bit number for each, sorted, each number once.
        merged: How many of its distinct windows have the number of another.
    """

    keys: "array[int]"
    merged: int


def keys_of_tokens(tokens: Sequence[str]) -> Keys:
    """Shorten the windows of a text; comparable with others made from tokens only."""
    count = len(tokens) - WINDOW + 1
    if count < 1:
        return Keys(array("I"), 0)
    # All windows at once: the text is one long number, and each step is one for all of its lanes.
    text = int.from_bytes(b"".join(map(_lane, tokens)), "little")
    summed = sum((text >> 8 * _LANE * at) * factor for at, factor in enumerate(_FACTORS))
    kept = summed & int.from_bytes(_KEY_MASK * count, "little")
    keys = sorted(set(unpack(f"<{count}Q", kept.to_bytes(_LANE * count, "little"))))
    merged = 0
    if len(keys) < count:
        windows = set(zip(*(tokens[at:] for at in range(WINDOW)), strict=False))
        merged = len(windows) - len(keys)
    return Keys(array("I", keys), merged)


@lru_cache(maxsize=1 << 16)
def _lane(token: str) -> bytes:
    return crc32(token.encode("utf-8", "surrogatepass")).to_bytes(_LANE, "little")


def keys_of_windows(windows: Windows) -> Keys:
    """Shorten the windows of a seal, or of a text that is to be compared with seals."""
    keys = array("I", sorted({window >> 48 - _KEY_BITS for window in windows}))
    return Keys(keys, len(windows) - len(keys))


def likely_overlaps(sources: Mapping[str, Keys], threshold: float) -> list[tuple[str, str]]:
    """List every pair of sources that may share as much of their wording as a threshold says.

    Args:
        sources: All made by the same of the two functions above, by id.
        threshold: As for `overlaps`.

    Returns:
        Pairs of ids, in order; few of them are none that `overlaps` would list.
    """
    ids = sorted(
        (id_ for id_, (keys, merged) in sources.items() if len(keys) + merged >= MINIMUM_WINDOWS),
        key=lambda id_: (len(sources[id_].keys), id_),
    )
    shared = _shared_keys([sources[id_].keys for id_ in ids])
    wanted: dict[int, set[int]] = {}
    for number, id_ in enumerate(ids):
        found = shared.intersection(sources[id_].keys)
        if len(found) >= _least(sources[id_], threshold):
            wanted[number] = found
    looked_up = set().union(*wanted.values())
    index: dict[int, list[int]] = {}
    for number, id_ in enumerate(ids if looked_up else ()):
        for key in looked_up.intersection(sources[id_].keys):
            index.setdefault(key, []).append(number)
    pairs: list[tuple[str, str]] = []
    for number, found in wanted.items():
        one = sources[ids[number]]
        lookups = len(found) - _least(one, threshold) + 1
        rarest = sorted((index[key] for key in found), key=len)[:lookups]
        for other in _larger_sources(rarest, number, len(ids)):
            merged = min(one.merged, sources[ids[other]].merged)
            common = len(found.intersection(sources[ids[other]].keys)) + merged
            if common >= threshold * len(one.keys) - _ROUNDING:
                first, second = sorted((ids[number], ids[other]))
                pairs.append((first, second))
    return sorted(pairs)


def _least(source: Keys, threshold: float) -> int:
    """How many of its keys the smaller source of a pair shares at least."""
    # Where windows have become one key, that many shared ones may go unseen.
    return max(1, ceil(threshold * len(source.keys) - _ROUNDING) - source.merged)


def _shared_keys(sources: "Sequence[array[int]]") -> set[int]:
    """The keys that several sources have."""
    shared: set[int] = set()
    rounds = sum(map(len, sources)) // _AT_ONCE + 1
    done = [0] * len(sources)
    for turn in range(1, rounds + 1):
        limit = (turn << _KEY_BITS) // rounds
        seen: set[int] = set()
        for number, keys in enumerate(sources):
            end = bisect_left(keys, limit, done[number])
            part = keys[done[number] : end]
            done[number] = end
            shared |= seen.intersection(part)
            seen.update(part)
    return shared


def window_set(source: Seal | TokenText) -> Windows:
    """Give the distinct windows of a source.

    Args:
        source: A seal or a tokenised text; a text and its seal have the same windows.

    Returns:
        The windows as numbers.

    Raises:
        SealFault: The windows of the seal are not base64url hashes.
    """
    windows = source.windows if isinstance(source, Seal) else hash_windows(source.tokens)
    return frozenset(decode_windows(windows))


def shared_share(a: Windows, b: Windows) -> float:
    """Measure what two texts share.

    Args:
        a: The windows of one text.
        b: The windows of the other.

    Returns:
        Shared windows over the windows of the smaller text, from 0 to 1; 0 when one has none.
    """
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def overlaps(
    sources: Mapping[str, Windows], threshold: float, minimum_windows: int = MINIMUM_WINDOWS
) -> list[tuple[str, str, float]]:
    """List the pairs of sources that share much of their wording.

    Every pair at or above the threshold is found. Only few pairs are compared: two texts of which
    the smaller has n windows cannot share s of them unless one of any n - s + 1 is shared, so it
    is enough to look up its rarest ones in an inverted index (prefix filtering; Chaudhuri, Ganti
    and Kaushik 2006, "A primitive operator for similarity joins in data cleaning").

    Args:
        sources: The windows of each source by its id.
        threshold: Least share of a pair that is listed, from 0 to 1; a pair that shares nothing
            is never listed.
        minimum_windows: Sources with fewer distinct windows are left out.

    Returns:
        Pairs of ids with their share, the ids in order within a pair, the pairs in order of ids.
    """
    # From small to large, so that the smaller text of a pair always meets those after it.
    ids = sorted(
        (id_ for id_, windows in sources.items() if len(windows) >= max(1, minimum_windows)),
        key=lambda id_: (len(sources[id_]), id_),
    )
    frequency = Counter(chain.from_iterable(sources[id_] for id_ in ids))
    shared = [[window for window in sources[id_] if frequency[window] > 1] for id_ in ids]
    index: dict[int, list[int]] = {}
    for number, windows in enumerate(shared):
        for window in windows:
            index.setdefault(window, []).append(number)
    found: list[tuple[str, str, float]] = []
    for number, id_ in enumerate(ids):
        size = len(sources[id_])
        least = max(1, ceil(threshold * size - _ROUNDING))
        # The windows that nobody shares are the rarest of all and lead to no other source.
        lookups = len(shared[number]) - least + 1
        if lookups <= 0:
            continue
        rarest = sorted((index[window] for window in shared[number]), key=len)[:lookups]
        for other in _larger_sources(rarest, number, len(ids)):
            share = shared_share(sources[id_], sources[ids[other]])
            if share >= threshold:
                first, second = sorted((id_, ids[other]))
                found.append((first, second, share))
    return sorted(found)


def _larger_sources(lists: Iterable[Sequence[int]], number: int, total: int) -> list[int]:
    """List the sources after the given one that stand in any of the lists."""
    candidates: set[int] = set()
    for sharing in lists:
        candidates.update(sharing)
        if len(candidates) == total:
            break
    return sorted(candidate for candidate in candidates if candidate > number)
