"""Shared wording: how much of one source's text another source repeats.

The measure is the overlap coefficient, shared windows over the windows of the smaller text, so a
short notice taken whole from a long report counts as wholly shared. It needs seals alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import ceil
from typing import Final, TypeAlias

from generator.verify.normalise import TokenText
from generator.verify.seal import Seal, decode_windows, hash_windows

Windows: TypeAlias = frozenset[int]
"""The distinct windows of a text, each as a number below 2**48."""

MINIMUM_WINDOWS: Final = 20
"""Distinct windows below which a text is too short to be compared."""

_ROUNDING = 1e-9


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
