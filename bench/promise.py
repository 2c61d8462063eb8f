"""What the product promises of its speed and memory, and whether a run of the benchmark kept it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from bench.growth import BASE, Measure, memory, ratio_to_base, seconds
from bench.measure import Cost
from bench.ours import OURS
from bench.result import Report

Value = Callable[[Report, int], float | None]
"""What is measured at a size; None where it was not."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise.

    Attributes:
        what: In words for readers.
        size: Sheets at which it is given.
        bound: What the measured value may be at most.
        value: Takes it from the results.
        unit: Behind both numbers.
        least: Whether `bound` is the least instead.
    """

    what: str
    size: int
    bound: float
    value: Value
    unit: str = ""
    least: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a promise, all in words.

    Attributes:
        measured: The value, with its size where that is not the promised one.
        verdict: Kept, missed, or not measured.
    """

    what: str
    size: int
    promised: str
    measured: str
    verdict: str


def judge(report: Report) -> tuple[Outcome, ...]:
    """The outcome of every promise, those that were not measured included."""
    return tuple(_judge(report, promise) for promise in PROMISES)


def _judge(report: Report, promise: Promise) -> Outcome:
    sign = "at least" if promise.least else "at most"
    promised = f"{sign} {promise.bound:g}{promise.unit}"
    value = promise.value(report, promise.size)
    if value is not None:
        kept = value >= promise.bound if promise.least else value <= promise.bound
        measured, verdict = _number(value, promise.unit), "kept" if kept else "**missed**"
    else:
        # What is known of other sizes decides nothing, but is not to be hidden.
        near = [(size, promise.value(report, size)) for size in reversed(report.sizes)]
        found = [(size, one) for size, one in near if one is not None]
        measured = f"{_number(found[0][1], promise.unit)} at {found[0][0]:,}" if found else "–"
        verdict = f"not measured at {promise.size:,}"
    return Outcome(promise.what, promise.size, promised, measured, verdict)


def _number(value: float, unit: str) -> str:
    return f"{value:,.0f}{unit}" if value >= 100 else f"{value:.2f}{unit}"


def _of(report: Report, size: int, *, id_: str, measure: Measure) -> float | None:
    result = report.of(size, id_)
    return measure(result.median) if result else None


def _over(
    report: Report, size: int, *, upper: str, lower: str, measure: Measure = seconds
) -> float | None:
    """One run's figure over another's."""
    first = _of(report, size, id_=upper, measure=measure)
    second = _of(report, size, id_=lower, measure=measure)
    return first / second if first is not None and second else None


def _growth(report: Report, size: int, *, measure: Measure) -> float | None:
    return ratio_to_base(report, OURS, size, measure) if size > BASE else None


def _beyond_start(report: Report, size: int) -> float | None:
    """Processor seconds of a whole build beyond those of the start."""
    build, start = report.of(size, OURS), report.of(size, "start")
    return build.median.cpu - start.median.cpu if build and start else None


def _mebibytes(cost: Cost) -> float | None:
    held = memory(cost)
    return held / 2**20 if held else None


def _work(cost: Cost) -> float:
    return cost.cpu


_LARGE, _HUGE, _SMALL = 10_000, 30_000, 100

PROMISES: Final = (
    Promise(
        "whole build, search index included, over Hugo without a search",
        _LARGE, 0.6, partial(_over, upper=OURS, lower="hugo"),
    ),
    Promise(
        "whole build over Hugo with its dump for a search",
        _LARGE, 0.75, partial(_over, upper=OURS, lower="hugo-search"),
    ),
    Promise(
        "MkDocs at its best over the whole build",
        _LARGE, 25, partial(_over, upper="mkdocs", lower=OURS), least=True,
    ),
    Promise("edit of one fact", _LARGE, 1.2, partial(_of, id_="edit", measure=seconds), " s"),
    Promise("nothing changed", _LARGE, 0.8, partial(_of, id_="unchanged", measure=seconds), " s"),
    Promise(
        "edit seen in `briefing serve`",
        _LARGE, 0.3, partial(_of, id_="serve", measure=seconds), " s",
    ),
    Promise("200 dossiers as PDF", _LARGE, 20, partial(_of, id_="dossiers", measure=seconds), " s"),
    Promise(
        "renaming an entity that a thousand pages mention",
        _LARGE, 3, partial(_of, id_="rename", measure=seconds), " s",
    ),
    Promise(
        f"time a sheet of the whole build, over that at {BASE:,}",
        _HUGE, 1.25, partial(_growth, measure=seconds),
    ),
    Promise(
        f"memory a sheet of the whole build, all processes, over that at {BASE:,}",
        _HUGE, 1.25, partial(_growth, measure=memory),
    ),
    Promise(
        "peak memory of the whole build, all processes",
        _LARGE, 1024, partial(_of, id_=OURS, measure=_mebibytes), " MiB",
    ),
    Promise(
        "drawing and writing the pages over the floor, time",
        _LARGE, 2, partial(_over, upper="drawing", lower="floor"),
    ),
    Promise(
        "drawing and writing the pages over the floor, work",
        _LARGE, 2, partial(_over, upper="drawing", lower="floor", measure=_work),
    ),
    Promise(
        "work of the whole build beyond the start of interpreter and host",
        _SMALL, 1, _beyond_start, " s",
    ),
)  # fmt: skip
"""All of them. Ratios hold on any machine; seconds belong to the one they were measured on."""
