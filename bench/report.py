"""Shows the results on a terminal, and keeps them as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.growth import memory, per_sheet, ratio_to_base, seconds
from bench.measure import Result
from bench.ours import OURS, PHASES
from bench.promise import judge
from bench.result import Report


def write_json(report: Report, path: Path) -> None:
    """Write everything as JSON: each result with its ratios, and what became of the promises."""
    data = {
        "date": report.date,
        "rounds": report.rounds,
        "limit": report.limit,
        "machine": asdict(report.machine),
        "results": [_record(report, result) for result in report.results],
        "promises": [asdict(outcome) for outcome in judge(report)],
    }
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def _record(report: Report, result: Result) -> dict[str, object]:
    growth = {
        name: {
            "per_sheet": per_sheet(report, result.id, result.size, measure),
            "over_base": ratio_to_base(report, result.id, result.size, measure),
        }
        for name, measure in (("time", seconds), ("memory", memory))
    }
    return result.record() | {"ratios_to_ours": report.ratios(result), "growth": growth}


def terminal_tables(report: Report) -> str:
    """All results and all promises, for a terminal."""
    rows: list[tuple[str, ...]] = [
        (
            "sheets",
            "what",
            "time",
            "work",
            "largest",
            "together",
            "pages",
            "html",
            "all files",
            "time/ours",
            "work/ours",
        )
    ]
    for size in report.sizes:
        phases = [report.at(size, id_) for id_ in PHASES]
        rivals = [one for one in report.rivals(size) if one.id != OURS]
        for result in [*filter(None, phases), *rivals]:
            name = f"ours: {result.id}" if result.id in PHASES else result.label
            written = written_cells(result, "-")
            cost, ratios = cost_cells(result, "-"), ratio_cells(report, result, "-")
            rows.append((f"{size:,}", name, *cost, *written, *ratios))
    promises = [
        (f"{one.size:,}", one.what, one.promised, one.measured, one.verdict.strip("*"))
        for one in judge(report)
    ]
    head = ("sheets", "promise", "promised", "measured", "outcome")
    return f"{_table(rows)}\n{_table([head, *promises])}"


def cost_cells(result: Result, none: str) -> tuple[str, ...]:
    """Time, work, memory of the largest process, memory of all, as words."""
    if not result.runs:
        return (result.left_out, *[none] * 3)
    cost = result.median
    return (
        f"{cost.wall:.2f} s",
        f"{cost.cpu:.2f} s",
        f"{cost.memory / 2**20:,.0f} MiB",
        f"{cost.together / 2**20:,.0f} MiB" if cost.together else none,
    )


def written_cells(result: Result, none: str) -> tuple[str, ...]:
    """Pages, their size, and that of all files written, as words."""
    if not result.pages:
        return (none,) * 3
    return (f"{result.pages:,}", _megabytes(result.html), _megabytes(result.bytes))


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size < 1e7 else f"{size / 1e6:,.0f} MB"


def ratio_cells(report: Report, result: Result, none: str) -> tuple[str, str]:
    """Time and work over those of our whole build, as words."""
    time, work = report.ratios(result) or (None, None)
    return _ratio(time, none), _ratio(work, none)


def _ratio(value: float | None, none: str) -> str:
    if value is None:
        return none
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join(
        "  ".join(
            cell.ljust(width) if column == 1 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in rows
    )
