"""Maps work over forked processes: items in shares, each taken by the next process that is free.

A process is forked with all that the caller has in memory, so the work may be any callable and
uses what is there without a copy. Only the number of a share goes out, and only its pickled
result comes back. There are no threads.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Generic, NamedTuple, TypeVar, cast

from generator.progress import Progress, silent

Item = TypeVar("Item")
Result = TypeVar("Result")


class WorkersLost(Exception):
    """A process ended before its work did, or none could be started."""


class WorkFailed(Exception):
    """Work failed with an exception that cannot be sent between processes; it has its message."""


class _Worker(NamedTuple):
    process: ForkProcess
    pipe: Connection


class _Failure(NamedTuple):
    error: Exception


def count_jobs(jobs: int | None = None) -> int:
    """How many processes to use: as many as asked for, else one for each processor.

    It is one where processes cannot be forked: the work is then done in the caller's.
    """
    if "fork" not in get_all_start_methods():
        return 1
    if jobs is not None:
        return max(1, jobs)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def cut_shares(
    items: Sequence[Item], count: int, weights: Sequence[int] | None = None
) -> list[Sequence[Item]]:
    """Cut items into at most `count` runs of about the same weight, in their order, none empty.

    Args:
        items: What the work is done on.
        count: How many shares; several for each process let one take what another is slow with.
        weights: What each item weighs, such as its bytes; all the same where not given.
    """
    if not items:
        return []
    weights = [1] * len(items) if weights is None else weights
    total = sum(weights) or 1
    count = max(1, min(count, len(items)))
    shares: list[Sequence[Item]] = []
    start = passed = 0
    for at, weight in enumerate(weights, 1):
        passed += weight
        if passed * count >= total * (len(shares) + 1) or at == len(items):
            shares.append(items[start:at])
            start = at
            if len(shares) == count:
                break
    if start < len(items):  # what weighs nothing and stands at the end
        shares[-1] = items[start - len(shares[-1]) :]
    return shares


class Aside(Generic[Result]):
    """Work that is done in a process of its own while this one goes on.

    The process ends when it is done, unless its result is too large to wait in a pipe: it holds much
    of what this one has let go of since.

    Args:
        work: What is to be done; its result is pickled.
        jobs: How many processes there may be; with one the work is done at once, in this process.
    """

    def __init__(self, work: Callable[[], Result], jobs: int | None = None) -> None:
        # The work itself is not kept: what it needs may be large.
        self._worker: _Worker | None = None
        self._answer: bytes | None = None
        if count_jobs(jobs) > 1:
            with suppress(WorkersLost):
                self._worker = _start(lambda _: work(), [[None]], [], most=1)
                self._worker.pipe.send(0)
        if self._worker is None:
            self._answer = _answer(lambda _: work(), [])

    def result(self) -> Result:
        """What has come of it, when it is done; to be asked for once.

        Raises:
            WorkersLost: when its process was lost.
            Exception: what the work raised.
        """
        worker, self._worker = self._worker, None
        packed, self._answer = self._answer, None
        try:
            if worker is not None:
                packed = worker.pipe.recv_bytes()
        except (EOFError, ConnectionResetError) as error:
            raise WorkersLost from error
        finally:
            _dismiss([worker] if worker else [])
        if packed is None:
            raise WorkersLost("the work was dropped or asked for before")
        answer = pickle.loads(packed)  # noqa: S301 - our own, or of our own child
        if isinstance(answer, _Failure):
            raise answer.error
        return cast(Result, answer)

    def drop(self) -> None:
        """End the work, done or not."""
        worker, self._worker, self._answer = self._worker, None, None
        if worker is not None:
            _dismiss([worker])


def map_forked(
    work: Callable[[Sequence[Item]], Result],
    shares: Sequence[Sequence[Item]],
    jobs: int | None = None,
    progress: Progress = silent,
    stage: str = "working",
) -> list[Result]:
    """Do work on every share; gives the results in the order of the shares.

    Args:
        work: Takes a share and gives what can be pickled. Nothing else that it changes comes back.
        shares: The items; see `cut_shares`. A process takes the next share when it is free.
        jobs: How many processes; None for one each processor. With one job or one share the work
            is done in this process.
        progress: Told how many items are done.
        stage: What it is told that they are done by.

    Raises:
        WorkersLost: when a process is lost, or none can be started.
        Exception: what the work raised first, with a note of where; `WorkFailed` for one that
            cannot be pickled.
    """
    results = dict(each_forked(work, shares, jobs, progress, stage))
    return [results[number] for number in range(len(shares))]


def each_forked(
    work: Callable[[Sequence[Item]], Result],
    shares: Sequence[Sequence[Item]],
    jobs: int | None = None,
    progress: Progress = silent,
    stage: str = "working",
    lasting: int = sys.maxsize,
) -> Iterator[tuple[int, Result]]:
    """As `map_forked`, but each result with its share's number as soon as it is there.

    A process does `lasting` shares at most, then another takes its place: what it has made its own of
    the memory it shares with this one, and has learned, goes with it.
    """
    count = min(count_jobs(jobs), len(shares))
    total = sum(map(len, shares))
    results = _each_here(work, shares) if count <= 1 else _each_there(work, shares, count, lasting)
    done = 0
    progress(stage, 0, total)
    try:
        for number, result in results:
            done += len(shares[number])
            progress(stage, done, total)
            yield number, result
    finally:
        results.close()


def _each_here(
    work: Callable[[Sequence[Item]], Result], shares: Sequence[Sequence[Item]]
) -> Generator[tuple[int, Result], None, None]:
    for number, share in enumerate(shares):
        yield number, work(share)


def _each_there(
    work: Callable[[Sequence[Item]], Result],
    shares: Sequence[Sequence[Item]],
    count: int,
    lasting: int,
) -> Generator[tuple[int, Result], None, None]:
    crew = _Crew(work, shares, lasting)
    try:
        for number, packed in crew.gather(count):
            answer = pickle.loads(packed)  # noqa: S301 - of our own child
            if isinstance(answer, _Failure):
                raise answer.error
            yield number, answer
    finally:
        crew.dismiss()


class _Crew(Generic[Item, Result]):
    """Processes that do the shares of some work.

    Args:
        lasting: How many shares a process does before another takes its place.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Item]], Result],
        shares: Sequence[Sequence[Item]],
        lasting: int,
    ) -> None:
        self._work = work
        self._shares = shares
        self._lasting = lasting
        self._workers: dict[Connection, _Worker] = {}
        self._done: dict[Connection, int] = {}

    def gather(self, count: int) -> Iterator[tuple[int, bytes]]:
        """Hand out the shares' numbers to so many processes and yield what comes back, as it comes.

        Raises:
            WorkersLost: when a process ends before it answers.
        """
        busy: dict[Connection, int] = {}
        ahead = iter(range(len(self._shares)))
        try:
            for number in islice(ahead, count):
                busy[self._send(self._hire(), number)] = number
            while busy:
                for ready in wait(list(busy)):
                    pipe = cast(Connection, ready)
                    packed = pipe.recv_bytes()
                    number = busy.pop(pipe)
                    follower = next(ahead, None)
                    if follower is not None:  # it goes on working while its answer is looked at
                        busy[self._send(self._next(pipe), follower)] = follower
                    yield number, packed
        except (EOFError, BrokenPipeError, ConnectionResetError) as error:
            raise WorkersLost from error

    def dismiss(self) -> None:
        """End every process, done or not."""
        _dismiss(list(self._workers.values()))

    def _hire(self) -> Connection:
        worker = _start(self._work, self._shares, list(self._workers))
        self._workers[worker.pipe] = worker
        self._done[worker.pipe] = 0
        return worker.pipe

    def _next(self, pipe: Connection) -> Connection:
        """The process to do another share: the same, or one in its place."""
        self._done[pipe] += 1
        if self._done[pipe] < self._lasting:
            return pipe
        _dismiss([self._workers.pop(pipe)])
        return self._hire()

    def _send(self, pipe: Connection, number: int) -> Connection:
        pipe.send(number)
        return pipe


def _start(
    work: Callable[[Sequence[Item]], Result],
    shares: Sequence[Sequence[Item]],
    inherited: list[Connection],
    most: int = sys.maxsize,
) -> _Worker:
    context = get_context("fork")
    own, other = context.Pipe()
    process = context.Process(
        target=_serve, args=(other, [own, *inherited], work, shares, most), daemon=True
    )
    try:
        with warnings.catch_warnings():
            # Python 3.12 warns of threads, such as that of a progress bar: the child uses none of
            # what they may hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
    except OSError as error:
        own.close()
        raise WorkersLost from error
    finally:
        other.close()
    return _Worker(process, own)


def _serve(
    pipe: Connection,
    foreign: list[Connection],
    work: Callable[[Sequence[Item]], Result],
    shares: Sequence[Sequence[Item]],
    most: int,
) -> None:
    """Do the shares that the parent names, so many at most, until it ends this process or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears of it and ends its children
    gc.freeze()  # a search for cycles in what is inherited would copy all of its memory
    for end in foreign:
        end.close()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        for _ in range(most):
            pipe.send_bytes(_answer(work, shares[pipe.recv()]))


def _answer(work: Callable[[Sequence[Item]], Result], share: Sequence[Item]) -> bytes:
    try:
        return pickle.dumps(work(share), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        error.add_note("in a worker process:\n" + traceback.format_exc())
        return _pack(error)


def _pack(error: Exception) -> bytes:
    """An exception as it is; where it does not survive the way, one of ours with its message."""
    try:
        packed = pickle.dumps(_Failure(error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(packed)  # noqa: S301 - our own
    except Exception:
        told = WorkFailed(f"{type(error).__name__}: {error}")
        packed = pickle.dumps(_Failure(told), pickle.HIGHEST_PROTOCOL)
    return packed


def _dismiss(workers: list[_Worker]) -> None:
    """End every process, done or not, and wait until it has."""
    for _, pipe in workers:
        pipe.close()
    for process, _ in workers:
        process.kill()
        process.join()
        process.close()
