"""Where the time of a command goes: stages with their wall time, processor time and memory."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

_MEBIBYTE = 1024 if sys.platform != "darwin" else 1024 * 1024  # unit of ru_maxrss: KiB, or bytes


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a command.

    Attributes:
        wall: Seconds that passed.
        work: Seconds of processor time, of this process and of those it has waited for.
        peak: MiB that the largest process so far has held.
        items: How many of what it works on, where it counts them.
    """

    name: str
    wall: float
    work: float
    peak: float
    items: int | None = None


@dataclass
class Profile:
    """The stages of a command, in the order in which they ended."""

    stages: list[Stage] = field(default_factory=list)
    _began: float = field(default_factory=time.perf_counter)

    def table(self) -> str:
        """The stages as a table for a terminal, with a line for the whole."""
        rows = [("stage", "items", "wall s", "work s", "peak MiB")]
        rows += [_row(stage) for stage in self.stages]
        rows.append(_row(Stage("whole", time.perf_counter() - self._began, _work(), _peak())))
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        return "\n".join(
            "  ".join(
                [row[0].ljust(widths[0])]
                + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
            )
            for row in rows
        )


_CURRENT: ContextVar[Profile | None] = ContextVar("profile", default=None)


@contextmanager
def profiled() -> Iterator[Profile]:
    """Note the stages of whatever is done meanwhile."""
    profile = Profile()
    token = _CURRENT.set(profile)
    try:
        yield profile
    finally:
        _CURRENT.reset(token)


@contextmanager
def stage(name: str, items: int | None = None) -> Iterator[None]:
    """Note a stage, where somebody wants to know."""
    profile = _CURRENT.get()
    if profile is None:
        yield
        return
    wall, work = time.perf_counter(), _work()
    try:
        yield
    finally:
        passed = time.perf_counter() - wall
        profile.stages.append(Stage(name, passed, _work() - work, _peak(), items))


def _row(one: Stage) -> tuple[str, str, str, str, str]:
    items = "" if one.items is None else f"{one.items:,}"
    return one.name, items, f"{one.wall:.2f}", f"{one.work:.2f}", f"{one.peak:.0f}"


def _work() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return max(one.ru_maxrss for one in used) / _MEBIBYTE
