"""Runs commands turn about and notes what each run costs."""

from __future__ import annotations

import os
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

from bench.process import Watch

_KILO: Final = 1 if sys.platform == "darwin" else 1024  # what `ru_maxrss` counts in


class RunFault(Exception):
    """A run whose figures mean nothing: the command failed, or wrote too few pages."""


class LimitReached(Exception):
    """A run that was ended because it took too long or too much room; the words say which."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run cost.

    Attributes:
        wall: Seconds from start to end.
        cpu: Seconds of all its processes on all cores, user and system.
        memory: Most bytes that the largest of its processes held.
        together: Most bytes that all its processes were seen to hold at one moment, what they
            share counted once; 0 where that cannot be seen.
    """

    wall: float
    cpu: float
    memory: int
    together: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A command that is measured.

    Attributes:
        id: Short name.
        label: Name for readers.
        command: Program and arguments.
        folder: Where it runs.
        output: Folder it writes to, emptied before the run; None where it is left as it is.
        pages: Least number of HTML files that must be in `output` afterwards.
        prepare: Called before each run, outside the measurement.
        environment: Variables to set.
        needs: Id of the subject before it whose output it works on; else empty.
        part: Reads time and work of the part that counts from what the command printed; None
            where all of the run counts.
    """

    id: str
    label: str
    command: list[str]
    folder: Path
    output: Path | None = None
    pages: int = 0
    prepare: Callable[[], None] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    needs: str = ""
    part: Callable[[str], tuple[float, float]] | None = None


@dataclass(slots=True)
class Result:
    """The runs of one subject at one size.

    Attributes:
        pages: HTML files written.
        html: Size of these.
        bytes: Size of all files written.
        left_out: Why there are no figures, else empty.
    """

    id: str
    label: str
    size: int
    runs: list[Cost] = field(default_factory=list)
    pages: int = 0
    html: int = 0
    files: int = 0
    bytes: int = 0
    left_out: str = ""

    @property
    def median(self) -> Cost:
        """The median of each figure over all runs.

        Raises:
            statistics.StatisticsError: when there are no runs.
        """
        return Cost(
            statistics.median(run.wall for run in self.runs),
            statistics.median(run.cpu for run in self.runs),
            round(statistics.median(run.memory for run in self.runs)),
            round(statistics.median(run.together for run in self.runs)),
        )

    def record(self) -> dict[str, object]:
        """The result as plain data, with its medians."""
        return asdict(self) | {"median": asdict(self.median) if self.runs else None}


def run(
    command: list[str], folder: Path, log: Path, limit: float, environment: dict[str, str]
) -> Cost:
    """Run a command once.

    Args:
        command: Program and arguments.
        folder: Where it runs.
        log: File that takes what it prints.
        limit: Seconds after which it is ended, with all processes it started.
        environment: Variables to set besides those of this process.

    Raises:
        LimitReached: when it took longer, or the disk is nearly full.
        RunFault: when it ended with anything but 0.
    """
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - commands of this package
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        try:
            with Watch(process.pid, limit, folder) as watch:
                _, status, usage = os.wait4(process.pid, 0)
                wall = time.perf_counter() - start
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    process.returncode = os.waitstatus_to_exitcode(status)
    if watch.reason:
        raise LimitReached(watch.reason)
    if process.returncode:
        raise RunFault(f"{command[0]} ended with {process.returncode}:\n{tail_of(log)}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _KILO, watch.peak)


def tail_of(log: Path) -> str:
    """The end of what a command printed."""
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]


def measure(
    subjects: Iterable[Subject],
    size: int,
    rounds: int,
    limit: float,
    log: Path,
    tell: Callable[[str], None],
) -> list[Result]:
    """Run every subject once, then every subject again, and so on.

    What is slow or disturbed on the machine for a while thus meets all of them. A subject that
    runs into the limit is left out from then on, and so is what needs it.

    Args:
        subjects: What to run, in order; a subject may count on the one before it.
        size: Sheets of the corpus.
        rounds: How often.
        limit: Seconds for one run.
        log: File that takes what the commands print.
        tell: Told of each run.

    Raises:
        RunFault: when a command fails or writes fewer pages than it should.
    """
    listed = [(subject, Result(subject.id, subject.label, size)) for subject in subjects]
    needed = {subject.needs for subject, _ in listed}
    late = {"": ""}
    for number in range(1, rounds + 1):
        for subject, result in listed:
            result.left_out = result.left_out or late.get(subject.needs, "")
            if result.left_out:
                result.runs.clear()
                continue
            try:
                cost = _run_subject(subject, limit, log)
            except LimitReached as reason:
                result.runs.clear()
                late[subject.id] = result.left_out = str(reason)
                tell(f"{size:>6} {subject.id}: {result.left_out}, left out")
            else:
                result.runs.append(cost)
                _count(subject, result)
                tell(f"{size:>6} {subject.id} {number}/{rounds}: {told(cost)}")
            if subject.output and (result.left_out or subject.id not in needed):
                shutil.rmtree(subject.output, ignore_errors=True)  # all sites would fill the disk
    return [result for _, result in listed]


def told(cost: Cost) -> str:
    """A cost in words."""
    return (
        f"{cost.wall:.2f} s, {cost.cpu:.2f} s of work, "
        f"{cost.memory / 2**20:.0f} MiB, together {cost.together / 2**20:.0f} MiB"
    )


def _run_subject(subject: Subject, limit: float, log: Path) -> Cost:
    _prepare(subject)
    cost = run(subject.command, subject.folder, log, limit, subject.environment)
    if subject.part is None:
        return cost
    wall, cpu = subject.part(log.read_text(encoding="utf-8", errors="replace"))
    return replace(cost, wall=wall, cpu=cpu)


def _prepare(subject: Subject) -> None:
    if subject.output:
        shutil.rmtree(subject.output, ignore_errors=True)
    if subject.prepare:
        subject.prepare()
    # What earlier runs have written must not be carried to the disk at this one's cost.
    os.sync()


def _count(subject: Subject, result: Result) -> None:
    if subject.output is None:
        return
    result.pages = result.html = result.files = result.bytes = 0
    for path in subject.output.rglob("*"):
        if path.is_file():
            size = path.stat().st_size
            result.files += 1
            result.bytes += size
            if path.suffix == ".html":
                result.pages += 1
                result.html += size
    if result.pages < subject.pages:
        raise RunFault(f"{subject.id} wrote {result.pages} pages, not {subject.pages}")
