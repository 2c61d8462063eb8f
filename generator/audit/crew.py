"""Spreads the audit of a large site over processes, one for each processor.

Each process reads a share of the pages, hands in its part of the atlas, gets the whole of it, and
judges its share. What goes to and fro is plain data; everything else was there before the fork.
"""

from __future__ import annotations

import os
import pickle
import warnings
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import NamedTuple, cast

from generator.audit.atlas import Atlas
from generator.audit.judge import Ground
from generator.audit.share import Share, Tally
from generator.diagnostics import Diagnostic, Sink, sort_findings
from generator.progress import Progress

FEWEST_PAGES = 300
"""Pages of a site below which starting processes costs more than it saves."""


class CrewLost(Exception):
    """A process ended before its work did, or none could be started."""


class _Step(NamedTuple):
    """How far one process is with a stage."""

    stage: str
    done: int


class _Result(NamedTuple):
    findings: list[Diagnostic]
    tally: Tally


class _Worker(NamedTuple):
    process: ForkProcess
    pipe: Connection


def crew_size(pages: int) -> int:
    """How many processes to spread a site's pages over; one means none besides this."""
    is_worth_it = pages >= FEWEST_PAGES and "fork" in get_all_start_methods()
    return (os.cpu_count() or 1) if is_worth_it else 1


def split(ground: Ground, paths: Sequence[str], count: int) -> list[list[str]]:
    """Cut the pages into runs of about the same size in bytes, in their order."""
    sizes = [(ground.site / path).stat().st_size for path in paths]
    total, passed = sum(sizes) or 1, 0
    runs: list[list[str]] = [[] for _ in range(count)]
    for path, size in zip(paths, sizes, strict=True):
        # A page belongs to the run in which its middle lies.
        runs[min(count - 1, (2 * passed + size) * count // (2 * total))].append(path)
        passed += size
    return runs


def share_out(ground: Ground, runs: list[list[str]]) -> list[frozenset[str]]:
    """Give each run the sources whose pages are in it; the first has those without a page."""
    run_of = {path: number for number, run in enumerate(runs) for path in run}
    shares: list[set[str]] = [set() for _ in runs]
    for source in cited_sources(ground):
        page = ground.inventory.source_page(source)
        shares[run_of.get(page or "", 0)].add(source)
    return [frozenset(share) for share in shares]


def cited_sources(ground: Ground) -> frozenset[str]:
    """Every source that the data file cites."""
    return frozenset().union(*(claim.sources for claim in ground.register.claims.values()))


def audit_in_crew(
    ground: Ground, paths: Sequence[str], count: int, sink: Sink, progress: Progress
) -> tuple[Atlas, Tally]:
    """Read and judge pages in several processes.

    Args:
        ground: What the site holds.
        paths: Its pages, in their order.
        count: How many processes.
        sink: Takes the findings, when all is done.
        progress: Told how far the two stages are.

    Raises:
        CrewLost: when a process is lost; nothing has gone to the sink then.
        OSError: when a page cannot be looked at.
    """
    runs = split(ground, paths, count)
    workers: list[_Worker] = []
    try:
        for run, sources in zip(runs, share_out(ground, runs), strict=True):
            workers.append(_start(ground, run, sources, [worker.pipe for worker in workers]))
        pipes = [worker.pipe for worker in workers]
        atlas = Atlas()
        for part in _gather(pipes, len(paths), progress):
            atlas.merge(cast(Atlas, part))
        whole = pickle.dumps(atlas, pickle.HIGHEST_PROTOCOL)
        for pipe in pipes:
            pipe.send_bytes(whole)
        results = [
            cast(_Result, result)
            for result in _gather(pipes, len(paths) - len(atlas.unread), progress)
        ]
    except (EOFError, BrokenPipeError, ConnectionResetError) as error:
        raise CrewLost from error
    finally:
        _dismiss(workers)
    # Two processes may have opened the same damaged seal.
    sink.extend(sort_findings(one for result in results for one in result.findings))
    return atlas, sum((result.tally for result in results), Tally())


def _start(
    ground: Ground, paths: list[str], sources: frozenset[str], inherited: list[Connection]
) -> _Worker:
    context = get_context("fork")
    own, other = context.Pipe()
    process = context.Process(
        target=_work, args=(other, [own, *inherited], ground, paths, sources), daemon=True
    )
    try:
        with warnings.catch_warnings():
            # Python 3.12 warns of threads, such as that of a progress bar: the child uses none of
            # what they may hold.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
    except OSError as error:
        own.close()
        raise CrewLost from error
    finally:
        other.close()
    return _Worker(process, own)


def _work(
    pipe: Connection,
    foreign: list[Connection],
    ground: Ground,
    paths: list[str],
    sources: frozenset[str],
) -> None:
    """Read and judge a share; where that fails the process ends, and the parent sees to it."""
    for end in foreign:
        end.close()
    sink = Sink()
    share = Share(
        ground, paths, sources, sink, lambda stage, done, _total: pipe.send(_Step(stage, done))
    )
    with suppress(Exception, KeyboardInterrupt):
        pipe.send(share.read())
        tally = share.judge(pickle.loads(pipe.recv_bytes()))  # noqa: S301 - our own parent's
        pipe.send(_Result(sink.findings, tally))


def _gather(pipes: list[Connection], total: int, progress: Progress) -> list[object]:
    """One answer of each process, in their order; reports of progress are passed on.

    Raises:
        EOFError: when a process ends before it answers.
    """
    answers: dict[int, object] = {}
    done: Counter[int] = Counter()
    while len(answers) < len(pipes):
        open_pipes = [pipe for number, pipe in enumerate(pipes) if number not in answers]
        for ready in wait(open_pipes):
            number = pipes.index(cast(Connection, ready))
            message = pipes[number].recv()
            if isinstance(message, _Step):
                done[number] = message.done
                progress(message.stage, done.total(), total)
            else:
                answers[number] = message
    return [answers[number] for number in range(len(pipes))]


def _dismiss(workers: list[_Worker]) -> None:
    """End every process, done or not, and wait until it has."""
    for process, pipe in workers:
        pipe.close()
        process.kill()
        process.join()
