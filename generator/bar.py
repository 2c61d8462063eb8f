"""A progress bar on standard error."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID


class Bar:
    """A progress bar on standard error: only on a terminal, and only for work over a second."""

    PATIENCE = 1.0  # seconds

    def __init__(self) -> None:
        self.shown = bool(sys.stderr) and sys.stderr.isatty()
        self.since = time.monotonic()
        self.bar: RichProgress | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if not self.shown or time.monotonic() - self.since < self.PATIENCE:
            return
        if self.bar is None:
            self.bar, self.task = _begin_bar()
        self.bar.update(self.task, description=stage, completed=done, total=total or None)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()


def _begin_bar() -> tuple[RichProgress, TaskID]:
    """A bar that is shown; what draws it is not loaded for the many commands that end sooner."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.start()
    return bar, bar.add_task("")
