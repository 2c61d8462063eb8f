"""Promises, growth and the document, from invented results."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pytest

from bench.document import write_document
from bench.growth import memory, per_sheet, ratio_to_base, seconds
from bench.measure import Cost, Result
from bench.promise import PROMISES, Outcome, judge
from bench.report import terminal_tables, write_json
from bench.result import Machine, Report

MACHINE = Machine(2, 2**34, 0.5, "Abacus", "Linux 6", "3.11", {"ours": "0.1.0", "hugo": "1.2"})
MEBI = 2**20


def report(walls: Mapping[tuple[int, str], float], left_out: str = "") -> Report:
    """A report with one run of each subject; work is twice its time, memory 10 MiB a second."""
    results = [
        Result(
            id_,
            id_.title(),
            size,
            [Cost(wall, wall * 2, MEBI, round(wall * 10 * MEBI))],
            pages=size,
            html=size * 20_000,
            bytes=size * 30_000,
        )
        for (size, id_), wall in walls.items()
    ]
    if left_out:
        results.append(Result("hugo", "Hugo", results[-1].size, left_out=left_out))
    return Report("2024-06-30", 1, 600.0, MACHINE, tuple(results))


def outcome(walls: Mapping[tuple[int, str], float], what: str) -> Outcome:
    """The one outcome whose promise has these words."""
    (found,) = (one for one in judge(report(walls)) if what in one.what)
    return found


@pytest.mark.parametrize(("wall", "verdict"), [(0.5, "kept"), (1.2, "kept"), (1.21, "**missed**")])
def test_a_promise_is_kept_up_to_its_bound(wall: float, verdict: str) -> None:
    assert outcome({(10_000, "edit"): wall}, "edit of one fact") == Outcome(
        "edit of one fact", 10_000, "at most 1.2 s", f"{wall:.2f} s", verdict
    )


@pytest.mark.parametrize(("wall", "verdict"), [(260, "kept"), (240, "**missed**")])
def test_some_promises_are_of_the_least(wall: float, verdict: str) -> None:
    found = outcome({(10_000, "cold"): 10, (10_000, "mkdocs"): wall}, "MkDocs")
    assert (found.promised, found.verdict) == ("at least 25", verdict)


def test_other_sizes_are_shown_and_decide_nothing() -> None:
    found = outcome({(100, "edit"): 0.1, (1_000, "edit"): 0.5, (10_000, "cold"): 1}, "edit of one")
    assert (found.measured, found.verdict) == ("0.50 s at 1,000", "not measured at 10,000")


def test_every_promise_has_an_outcome_even_without_results() -> None:
    outcomes = judge(report({}))
    assert [one.what for one in outcomes] == [one.what for one in PROMISES]
    assert all(
        (one.measured, one.verdict) == ("–", f"not measured at {one.size:,}") for one in outcomes
    )


def test_ratios_growth_and_the_start() -> None:
    walls = {
        (100, "cold"): 1.0, (100, "start"): 0.25,
        (1_000, "cold"): 2.0, (30_000, "cold"): 90.0,
        (10_000, "cold"): 10.0, (10_000, "hugo"): 20.0, (10_000, "drawing"): 3.0,
        (10_000, "floor"): 2.0,
    }  # fmt: skip
    found = {one.what: (one.measured, one.verdict) for one in judge(report(walls))}
    assert found["whole build, search index included, over Hugo without a search"] == (
        "0.50",
        "kept",
    )
    assert found["drawing and writing the pages over the floor, time"] == ("1.50", "kept")
    assert found["time a sheet of the whole build, over that at 1,000"] == ("1.50", "**missed**")
    assert found["peak memory of the whole build, all processes"] == ("100 MiB", "kept")
    start = "work of the whole build beyond the start of interpreter and host"
    assert found[start] == ("1.50 s", "**missed**")


def test_growth_is_by_the_sheet_and_over_the_base() -> None:
    found = report({(1_000, "cold"): 2.0, (10_000, "cold"): 30.0})
    assert per_sheet(found, "cold", 10_000, seconds) == 0.003
    assert ratio_to_base(found, "cold", 10_000, seconds) == 1.5
    assert ratio_to_base(found, "cold", 1_000, seconds) == 1
    assert ratio_to_base(found, "hugo", 10_000, seconds) is None
    assert per_sheet(found, "cold", 1_000, memory) == 20 * MEBI / 1_000


def test_memory_that_could_not_be_seen_is_not_nought() -> None:
    assert memory(Cost(1, 1, MEBI, 0)) is None


WALLS = {(1_000, "cold"): 2.0, (1_000, "hugo"): 1.0, (1_000, "floor"): 0.5, (10_000, "cold"): 30.0}


def test_the_document_shows_everything(tmp_path: Path) -> None:
    (tmp_path / "bench").mkdir()
    (tmp_path / "bench" / "former.svg").touch()
    document = tmp_path / "benchmark.md"
    write_document(report(WALLS, left_out="over 600 s"), document, tmp_path / "bench")
    text = document.read_text(encoding="utf-8")
    assert (
        "| Hugo | 1.00 s | 2.00 s | 1 MiB | 10 MiB | 1,000 | 20 MB | 30 MB | 0.50 | 0.50 |" in text
    )
    assert "| Hugo | over 600 s | – | – | – | – | – | – | – | – |" in text
    assert "| this generator | 2.0 ms | 3.0 ms (1.50) | 20.5 KiB | 30.7 KiB (1.50) |" in text
    assert "| 1,000 | Floor | 0.50 s | 1.00 s | 1 MiB | 5 MiB | 0.25 |" in text
    assert "| edit of one fact | 10,000 | at most 1.2 s | – | not measured at 10,000 |" in text
    pictures = sorted(path.name for path in (tmp_path / "bench").iterdir())
    assert pictures == ["memory.svg", "time.svg"]
    assert all(f"](bench/{name})" in text for name in pictures)
    assert all(line == line.rstrip() for line in text.splitlines())


def test_the_document_is_the_same_each_time(tmp_path: Path) -> None:
    texts = []
    for name in ("one", "two"):
        document = tmp_path / name / "benchmark.md"
        document.parent.mkdir()
        write_document(report(WALLS), document, document.parent / "bench")
        texts.append([path.read_bytes() for path in sorted(document.parent.rglob("*.*"))])
    assert texts[0] == texts[1]


def test_a_report_without_runs_has_no_pictures(tmp_path: Path) -> None:
    write_document(report({}), tmp_path / "benchmark.md", tmp_path / "bench")
    assert list((tmp_path / "bench").iterdir()) == []
    assert "](bench/" not in (tmp_path / "benchmark.md").read_text(encoding="utf-8")


def test_the_terminal_names_results_and_missed_promises() -> None:
    lines = terminal_tables(report({(10_000, "edit"): 2.0})).splitlines()
    assert any("ours: edit" in line and "2.00 s" in line for line in lines)
    assert any("edit of one fact" in line and line.endswith("  missed") for line in lines)


def test_json_has_results_growth_and_promises(tmp_path: Path) -> None:
    found = report(WALLS)
    write_json(found, tmp_path / "results.json")
    data = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert data["promises"] == [asdict(one) for one in judge(found)]
    last = data["results"][-1]
    assert last["median"]["together"] == 300 * MEBI
    assert last["growth"]["time"] == {"per_sheet": 0.003, "over_base": 1.5}
