"""The search for cycles, which costs more than it finds where many values are made and kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the search for cycles: trees, facts and books have none, and it takes much of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def unsearched() -> Iterator[None]:
    """The same for what ends with the process: not even the interpreter's end looks for cycles.

    The first search after a long pause would look at all that was made in it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def retire() -> None:
    """Leave all that is there now out of later searches, for a process that goes on for long."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
