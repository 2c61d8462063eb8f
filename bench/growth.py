"""How time and memory a sheet grow with the number of sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bench.measure import Cost
from bench.result import Report

BASE: Final = 1_000
"""Sheets of the corpus that larger ones are compared with."""

Measure = Callable[[Cost], float | None]
"""Takes one figure from a cost; None where it is not known."""


def seconds(cost: Cost) -> float:
    """Time of the clock."""
    return cost.wall


def memory(cost: Cost) -> float | None:
    """Bytes that all processes held together; None where that could not be seen."""
    return float(cost.together) or None


def per_sheet(report: Report, id_: str, size: int, measure: Measure) -> float | None:
    """A figure of a run, for each sheet."""
    result = report.of(size, id_)
    figure = measure(result.median) if result else None
    return figure / size if figure is not None else None


def ratio_to_base(report: Report, id_: str, size: int, measure: Measure) -> float | None:
    """A figure for each sheet, over that at `BASE` sheets."""
    here, there = (per_sheet(report, id_, one, measure) for one in (size, BASE))
    return here / there if here is not None and there else None
