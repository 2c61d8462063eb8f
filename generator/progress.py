"""Progress of long work: stages say how far they are, and only the command line shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TypeVar

Item = TypeVar("Item")
Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how many of its items are done, and how many there are."""

STEP = 16  # items between two calls: often enough to look alive, too rare to cost anything


def silent(_stage: str, _done: int, _total: int) -> None:
    """Show nothing."""


def track(
    items: Iterable[Item], stage: str, progress: Progress, total: int | None = None
) -> Iterator[Item]:
    """Yield the items of a stage and report how many are done.

    Args:
        items: What the stage works through.
        stage: Its name, a verb for people: `reading`, `verifying`.
        progress: Takes the reports.
        total: How many there are, where `items` cannot tell.
    """
    if total is None:
        total = len(items) if isinstance(items, Sized) else 0
    done = 0
    progress(stage, 0, total)
    for done, item in enumerate(items, 1):
        yield item
        if done % STEP == 0:
            progress(stage, done, total)
    progress(stage, done, total)
