"""Work shared among forked processes: order, faults, and processes that are lost."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Sequence

import pytest

from generator.workers import (
    Aside,
    WorkersLost,
    WorkFailed,
    count_jobs,
    cut_shares,
    each_forked,
    map_forked,
)

NUMBERS = list(range(20))


class _Odd(Exception):
    """Cannot be pickled: its arguments are not what its class takes."""

    def __init__(self, first: int, second: int) -> None:
        super().__init__(f"odd: {first} and {second}")


def _squares(share: Sequence[int]) -> list[int]:
    return [number * number for number in share]


@pytest.mark.parametrize("jobs", [1, 2, 7, 50])
def test_results_come_in_the_order_of_the_shares(jobs: int) -> None:
    shares = cut_shares(NUMBERS, 6)
    results = map_forked(_squares, shares, jobs)
    assert [square for result in results for square in result] == _squares(NUMBERS)


def test_no_share_needs_no_process() -> None:
    assert map_forked(_squares, [], 4) == []


def test_several_processes_do_the_work_and_this_one_does_none() -> None:
    shares = cut_shares(NUMBERS, 20)
    assert os.getpid() not in map_forked(lambda _: os.getpid(), shares, 2)
    assert set(map_forked(lambda _: os.getpid(), shares, 1)) == {os.getpid()}


def test_what_the_work_uses_is_there_without_being_sent() -> None:
    table = {number: (lambda number=number: number + 1) for number in NUMBERS}
    results = map_forked(lambda share: [table[number]() for number in share], [NUMBERS, NUMBERS], 2)
    assert results == [[number + 1 for number in NUMBERS]] * 2


def test_large_results_come_whole() -> None:
    results = map_forked(lambda share: b"x" * (share[0] << 20), [[3], [1], [2]], 2)
    assert [len(result) for result in results] == [3 << 20, 1 << 20, 2 << 20]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_of_the_work_is_raised_here(jobs: int) -> None:
    def work(share: Sequence[int]) -> int:
        if 7 in share:
            raise ConnectionResetError(104, "seven is too many")
        return 0

    with pytest.raises(ConnectionResetError, match="seven is too many"):
        map_forked(work, cut_shares(NUMBERS, 5), jobs)


def test_an_exception_that_cannot_be_sent_keeps_its_message() -> None:
    def work(_share: Sequence[int]) -> int:
        raise _Odd(1, 3)

    with pytest.raises(WorkFailed, match="_Odd: odd: 1 and 3"):
        map_forked(work, [[1], [2]], 2)


def test_a_result_that_cannot_be_sent_is_an_exception() -> None:
    with pytest.raises(Exception, match=r"[Pp]ickle|local object"):
        map_forked(lambda _share: lambda: 1, [[1], [2]], 2)


def test_a_lost_process_is_told() -> None:
    def work(share: Sequence[int]) -> int:
        if share[0] == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return share[0]

    with pytest.raises(WorkersLost):
        map_forked(work, [[1], [2], [3]], 2)


def test_progress_counts_items() -> None:
    told: list[tuple[str, int, int]] = []
    map_forked(_squares, [[1, 2], [3], [4, 5, 6]], 2, lambda *step: told.append(step), "squaring")
    assert told[0] == ("squaring", 0, 6)
    assert told[-1] == ("squaring", 6, 6)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_can_be_taken_as_they_come_and_left_early(jobs: int) -> None:
    results = each_forked(_squares, [[number] for number in NUMBERS], jobs)
    number, squares = next(results)
    assert squares == _squares([number])
    results.close()  # type: ignore[attr-defined]
    assert list(results) == []


def test_jobs_are_counted() -> None:
    assert count_jobs(3) == 3
    assert count_jobs(0) == 1
    assert count_jobs() >= 1


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([1, 1, 1, 1, 1, 1], [[0, 1], [2, 3], [4, 5]]),
        ([9, 1, 1, 1, 1, 1], [[0], [1], [2, 3, 4, 5]]),
        ([1, 1, 1, 1, 1, 9], [[0, 1, 2, 3, 4], [5]]),
        ([3, 3, 3, 0, 0, 0], [[0], [1], [2, 3, 4, 5]]),
        ([0, 0, 0, 0, 0, 0], [[0, 1, 2, 3, 4, 5]]),
    ],
)
def test_shares_are_runs_of_about_the_same_weight(
    weights: list[int], expected: list[list[int]]
) -> None:
    shares = [list(share) for share in cut_shares(range(6), 3, weights)]
    assert [item for share in shares for item in share] == list(range(6))
    assert all(shares)
    assert shares == expected


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_done_aside_gives_its_result_once(jobs: int) -> None:
    aside = Aside(lambda: [1, 2, 3], jobs)
    assert aside.result() == [1, 2, 3]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_work_done_aside_is_that_of_who_asks(jobs: int) -> None:
    def work() -> None:
        raise KeyError("blue")

    with pytest.raises(KeyError, match="blue"):
        Aside(work, jobs).result()


def test_work_aside_does_not_outlive_its_end_in_memory() -> None:
    reading, writing = os.pipe()
    aside = Aside(lambda: 7, 2)
    os.close(writing)
    # The pipe ends when nobody holds its other end any more: before the result is asked for.
    assert os.read(reading, 1) == b""
    os.close(reading)
    assert aside.result() == 7


def test_a_lost_process_is_told_of() -> None:
    aside = Aside(lambda: os._exit(1), 2)
    with pytest.raises(WorkersLost):
        aside.result()


def test_dropped_work_gives_nothing() -> None:
    aside = Aside(lambda: 1, 2)
    aside.drop()
    with pytest.raises(WorkersLost):
        aside.result()


@pytest.mark.parametrize("lasting", [1, 2, 100])
def test_a_process_does_so_many_shares_at_most(lasting: int) -> None:
    shares = cut_shares(NUMBERS, 6)
    results = each_forked(lambda one: (os.getpid(), list(one)), shares, 2, lasting=lasting)
    found = dict(results)
    assert [found[number][1] for number in range(6)] == [list(share) for share in shares]
    assert max(Counter(process for process, _ in found.values()).values()) <= lasting
