import random
from itertools import combinations

import pytest

from generator.verify.normalise import tokenise
from generator.verify.overlap import overlaps, shared_share, window_set
from generator.verify.seal import Seal, SealFault, seal_text

SHORT = "The old pier at Wexley closed on Monday, and nobody was hurt at all."
LONG = f"Wexley, a town by the sea. {SHORT} The mayor promised to build a new one before winter."


def test_text_and_seal_have_the_same_windows() -> None:
    assert window_set(tokenise(LONG)) == window_set(seal_text(LONG))
    assert len(window_set(tokenise("a a a a a a"))) == 1
    assert window_set(tokenise("one two three")) == frozenset()


def test_a_broken_seal_is_refused() -> None:
    with pytest.raises(SealFault):
        window_set(Seal(1, "briefing-1", "0" * 64, 4, ((4,),), "abc"))


def test_share_of_the_smaller() -> None:
    short, long = window_set(tokenise(SHORT)), window_set(tokenise(LONG))
    assert shared_share(short, long) == shared_share(long, short) == 1.0
    assert shared_share(frozenset({1, 2, 3, 4}), frozenset({1, 9})) == 0.5
    assert shared_share(frozenset(), short) == 0.0


def test_pairs_are_listed_in_order() -> None:
    base = frozenset(range(40))
    sources = {
        "z": base,
        "b": frozenset(range(20, 60)),
        "a": base | frozenset(range(100, 120)),
        "other": frozenset(range(1000, 1040)),
        "tiny": frozenset(range(19)),
    }
    assert overlaps(sources, 0.5) == [("a", "b", 0.5), ("a", "z", 1.0), ("b", "z", 0.5)]
    assert overlaps(sources, 0.51) == [("a", "z", 1.0)]
    assert overlaps(sources, 1.0, 19) == [("a", "tiny", 1.0), ("a", "z", 1.0), ("tiny", "z", 1.0)]


def test_nothing_to_compare() -> None:
    assert overlaps({}, 0.2) == []
    assert overlaps({"a": frozenset(range(30))}, 0.2) == []
    assert overlaps({"a": frozenset(), "b": frozenset()}, 0.0, 0) == []


@pytest.mark.parametrize("threshold", [0.0, 0.1, 0.3, 0.5, 0.7, 1.0])
def test_the_index_finds_what_comparing_all_pairs_finds(threshold: float) -> None:
    generator = random.Random(7)  # noqa: S311 - test data
    sources = {
        f"s{number}": frozenset(generator.choices(range(60), k=generator.randint(1, 60)))
        for number in range(40)
    }
    expected = [
        (first, second, share)
        for first, second in combinations(sorted(sources), 2)
        if len(sources[first]) >= 10 and len(sources[second]) >= 10
        if (share := shared_share(sources[first], sources[second])) >= threshold and share > 0
    ]
    assert overlaps(sources, threshold, 10) == expected


def test_the_order_of_the_sources_does_not_matter() -> None:
    sources = {f"s{n}": frozenset(range(n, n + 40)) for n in range(30)}
    backwards = dict(reversed(sources.items()))
    assert overlaps(sources, 0.5) == overlaps(backwards, 0.5)
