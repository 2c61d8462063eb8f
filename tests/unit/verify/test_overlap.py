import random
from array import array
from itertools import combinations, permutations

import pytest

from generator.verify import overlap
from generator.verify.normalise import tokenise
from generator.verify.overlap import (
    Keys,
    keys_of_tokens,
    keys_of_windows,
    likely_overlaps,
    overlaps,
    shared_share,
    window_set,
)
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


def test_keys_stand_for_windows() -> None:
    tokens = tokenise(LONG).tokens
    keys, merged = keys_of_tokens(tokens)
    assert (len(keys), merged) == (len(window_set(tokenise(LONG))), 0)
    assert list(keys) == sorted(keys)
    assert set(keys_of_tokens(tokens[2:9]).keys) < set(keys)
    assert len(keys_of_tokens(("a", "b", "c")).keys) == 0
    # Repeated windows are one, in letters of more than one byte too.
    assert keys_of_tokens(("é", "ж") * 4).merged == 0
    assert len(keys_of_tokens(("é", "ж") * 4).keys) == 2


def test_the_order_of_tokens_makes_the_key() -> None:
    windows = list(permutations("abcd"))
    assert len({keys_of_tokens(window).keys[0] for window in windows}) == len(windows)
    # A window has the same key wherever it stands.
    assert keys_of_tokens("abcd").keys[0] in keys_of_tokens("xyabcdz").keys


def test_windows_that_become_one_key() -> None:
    assert keys_of_windows(frozenset({1 << 18, (1 << 18) + 1, 2 << 18})) == Keys(
        array("I", [1, 2]), 1
    )


@pytest.mark.parametrize("threshold", [0.0, 0.2, 0.5, 0.9, 1.0])
def test_no_overlap_is_unlikely(threshold: float) -> None:
    numbers = random.Random(7)  # noqa: S311 - the same numbers each time
    # Few numbers above 18 bits, so that many windows become one key.
    sources = {
        f"s{number}": frozenset(numbers.randrange(60 << 16) for _ in range(numbers.randrange(90)))
        | frozenset(range(0, numbers.randrange(1, 60) << 16, 1 << 15))
        for number in range(40)
    }
    keys = {id_: keys_of_windows(windows) for id_, windows in sources.items()}
    assert any(key.merged for key in keys.values())
    found = overlaps(sources, threshold)
    assert found
    assert {(first, second) for first, second, _ in found} <= set(likely_overlaps(keys, threshold))


def test_only_what_shares_keys_is_likely() -> None:
    keys = {
        "a": Keys(array("I", range(100)), 0),
        "b": Keys(array("I", range(50, 150)), 0),
        "c": Keys(array("I", range(1000, 1100)), 0),
    }
    assert likely_overlaps(keys, 0.5) == [("a", "b")]
    assert likely_overlaps(keys, 0.51) == []


def test_keys_are_compared_in_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlap, "_AT_ONCE", 10)
    highest = (1 << 30) - 1
    sources = {
        "a": Keys(array("I", [*range(0, highest, highest // 30), highest]), 0),
        "b": Keys(array("I", [0, *range(1, highest, highest // 30), highest]), 0),
    }
    assert likely_overlaps(sources, 2 / 32) == [("a", "b")]
    assert likely_overlaps(sources, 3 / 32) == []
