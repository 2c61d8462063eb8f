"""What the processes of a run hold and use, as `/proc` tells it; nothing is known where there is none."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

ROOM: Final = 4 * 2**30
"""Bytes that must stay free on the disk; a run that needs them is ended."""

_PAUSE: Final = 0.05  # seconds between two looks at least
_SHARE: Final = 40  # a pause is so many times as long as a look: looking must not slow the run
_TICK: Final = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all its descendants that live, as far as can be seen."""
    found, left = [], [pid]
    while left:
        one = left.pop()
        found.append(one)
        # Between listing and reading any of them may end.
        with suppress(OSError):
            for thread in Path(f"/proc/{one}/task").iterdir():
                with suppress(OSError):
                    left += map(int, (thread / "children").read_text("ascii").split())
    return found


def held(pid: int) -> int:
    """Bytes of main memory that a process and its descendants hold together.

    What several processes share is counted once: each counts its part of it (PSS).
    """
    kilobytes = 0
    for one in family(pid):
        with suppress(OSError):
            text = Path(f"/proc/{one}/smaps_rollup").read_text("ascii")
            line = next((line for line in text.splitlines() if line.startswith("Pss:")), "Pss: 0")
            kilobytes += int(line.split()[1])
    return kilobytes * 1024


def used(pid: int) -> float:
    """Processor seconds of a process, its descendants, and those of them that have ended."""
    ticks = 0
    for one in family(pid):
        with suppress(OSError):
            # The name of the program stands in brackets and may hold anything.
            fields = Path(f"/proc/{one}/stat").read_text("utf-8", "replace").rpartition(")")[2]
            ticks += sum(map(int, fields.split()[11:15]))
    return ticks / _TICK


class Watch:
    """Looks after a run: notes what its processes hold together, and ends it where it must.

    Use as a context; the process must lead a group of its own.

    Attributes:
        peak: Most bytes that were held together; 0 where it cannot be seen.
        reason: Why the run was ended, else empty.
    """

    def __init__(self, pid: int, limit: float, folder: Path) -> None:
        """Watch from now on.

        Args:
            pid: Of the process.
            limit: Seconds after which the run is ended.
            folder: On the disk whose room is watched.
        """
        self.pid = pid
        self.limit = limit
        self.folder = folder
        self.peak = 0
        self.reason = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        start = time.perf_counter()
        while not self._over.is_set():
            now = time.perf_counter()
            self.peak = max(self.peak, held(self.pid))
            if now - start > self.limit:
                self.reason = f"over {self.limit:g} s"
            elif shutil.disk_usage(self.folder).free < ROOM:
                self.reason = "more than the disk has room for"
            if self.reason:
                with suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)
                return
            cost = time.perf_counter() - now
            # The limit is kept to the moment, however long the pause.
            left = max(self.limit - (time.perf_counter() - start), 0.0) + 0.001
            self._over.wait(min(max(_PAUSE, _SHARE * cost), left))
