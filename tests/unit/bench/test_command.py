"""The command: its options, and which generators are not even tried."""

import pytest

from bench.__main__ import hopeless, main
from bench.measure import Cost, Result
from bench.peers import PEERS

PEER = PEERS[0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--sizes", "12"], "12 is no multiple of 5"),
        (["--only", "nobody"], "invalid choice: 'nobody'"),
        (["--only"], "expected at least one argument"),
    ],
)
def test_wrong_options_end_it_at_once(
    options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(options)
    assert stop.value.code == 2
    assert words in capsys.readouterr().err


def before(wall: float = 0.0, left_out: str = "") -> list[Result]:
    """What a thousand sheets have shown of a peer, with a smaller size before."""
    runs = [Cost(wall, wall, 1, 1)] if wall else []
    small = Result(PEER.id, PEER.label, 100, [Cost(0.1, 0.1, 1, 1)])
    return [small, Result(PEER.id, PEER.label, 1_000, runs, left_out=left_out)]


def test_what_is_new_or_quick_is_tried() -> None:
    assert hopeless(PEER, 10_000, 600, []) == ""
    assert hopeless(PEER, 10_000, 600, before(60)) == ""


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (before(61), "left out: over 600 s expected, 61 s at 1,000"),
        (before(left_out="over 600 s"), "left out: over 600 s at 1,000"),
        (before(left_out="left out: over 600 s at 100"), "left out: over 600 s at 100"),
    ],
)
def test_what_would_take_too_long_is_not(known: list[Result], reason: str) -> None:
    assert hopeless(PEER, 10_000, 600, known) == reason
