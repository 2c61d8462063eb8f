"""Shows the results: a table on the terminal, JSON, and a document with pictures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench.chart import Series, draw_chart
from bench.corpus import BLOCK, CLAIMS
from bench.measure import Cost, Result
from bench.ours import OURS, PHASES
from bench.peers import PEERS
from bench.project import OVERLAP

OUR_LABEL: Final = "this generator"


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the figures come from.

    Attributes:
        cores: Cores this process may use.
        memory: Bytes of main memory.
        load: Processes that ran or waited to run, on average, in the minute before the first run.
        versions: Versions by the id of a peer, `ours` for our own.
    """

    cores: int
    memory: int
    load: float
    processor: str
    system: str
    python: str
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Report:
    """All results of a run of the benchmark.

    Attributes:
        date: Day of the run.
        rounds: Runs of each command.
        limit: Seconds after which a run was ended.
        results: All results, sizes in rising order.
    """

    date: str
    rounds: int
    limit: float
    machine: Machine
    results: tuple[Result, ...]

    @property
    def sizes(self) -> list[int]:
        """Sizes that were measured, rising."""
        return sorted({result.size for result in self.results})

    def of(self, size: int, id_: str) -> Result | None:
        """The result of a subject at a size, if it was run there."""
        found = [one for one in self.results if (one.size, one.id) == (size, id_)]
        return found[0] if found and found[0].runs else None

    def rivals(self, size: int) -> list[Result]:
        """Our whole build and the peers at a size, the quickest first, those left out last."""
        ids = {OURS, *(peer.id for peer in PEERS)}
        listed = [one for one in self.results if one.size == size and one.id in ids]
        return sorted(listed, key=lambda one: one.median.wall if one.runs else float("inf"))

    def ratios(self, result: Result) -> tuple[float, float] | None:
        """Time and work of a result over those of our whole build at the same size."""
        ours = self.of(result.size, OURS)
        if ours is None or not result.runs:
            return None
        mine, other = ours.median, result.median
        return other.wall / mine.wall, other.cpu / mine.cpu


def write_json(report: Report, path: Path) -> None:
    """Write everything as JSON."""
    data = {
        "date": report.date,
        "rounds": report.rounds,
        "limit": report.limit,
        "machine": asdict(report.machine),
        "results": [
            result.record() | {"ratios_to_ours": report.ratios(result)} for result in report.results
        ],
    }
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def terminal_table(report: Report) -> str:
    """One table of all results for a terminal."""
    rows: list[tuple[str, ...]] = [
        ("sheets", "what", "time", "work", "memory", "pages", "time/ours", "work/ours")
    ]
    for size in report.sizes:
        phases = [one for one in report.results if one.size == size and one.id in PHASES]
        rivals = [one for one in report.rivals(size) if one.id != OURS]
        for result in [*phases, *rivals]:
            name = f"ours: {result.id}" if result.id in PHASES else result.label
            rows.append((f"{size:,}", name, *_cells(report, result, text=True)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "".join(
        "  ".join(
            cell.ljust(width) if column == 1 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in rows
    )


def write_document(report: Report, document: Path, pictures: Path) -> None:
    """Write the document and its pictures.

    Args:
        report: The results.
        document: The Markdown file.
        pictures: Folder of the pictures, below the document's.
    """
    pictures.mkdir(parents=True, exist_ok=True)
    links = []
    for name, title, y_label, value, write in _PICTURES:
        svg = draw_chart(title, _series(report, value), "fact sheets", y_label, write)
        (pictures / f"{name}.svg").write_text(svg, encoding="utf-8")
        links.append(f"![{title}]({pictures.name}/{name}.svg)\n")
    parts = [_INTRODUCTION, _machine(report), _whole_builds(report), *links, _own(report), _LIMITS]
    document.write_text("\n".join(parts), encoding="utf-8")


_PICTURES: Final = (
    ("time", "Time of a whole build over the number of fact sheets", "seconds, logarithmic",
     lambda cost: cost.wall, lambda value: f"{value:g}"),
    ("work", "Processor time of a whole build over the number of fact sheets",
     "processor seconds, logarithmic", lambda cost: cost.cpu, lambda value: f"{value:g}"),
    ("memory", "Memory of the largest process over the number of fact sheets",
     "MiB, logarithmic", lambda cost: cost.memory / 2**20, lambda value: f"{value:,.0f}"),
)  # fmt: skip

_INTRODUCTION: Final = f"""\
# Benchmark

Written by `make bench`; not edited by hand. It builds invented corpora of different sizes with this generator, and the same
pages, written out as Markdown, with others. The ratio to our own build is what counts: seconds belong to one machine.

**The corpus.** {CLAIMS} claims a fact sheet, one open source of about 900 words for every {BLOCK} sheets. Names and quotations
in seven scripts, links, agreements with parties, people with offices, events, disagreements, corrections, derived claims and
judgements, second sources for about one plain claim in three. It checks without findings and is the same, byte for byte, each
time. One setting is not the default: `overlap` is {OVERLAP:g}.

**The same pages elsewhere.** One Markdown page a sheet and source, with the same facts, the same links, and every quotation as a
footnote; an index for each section; addresses that are folders, as ours are; search switched off. Ours does more on top of
that: it verifies every quotation, works out backlinks, standings, the timeline and disagreements, marks the passages on the
sources' pages, writes data files, and audits the built pages before it puts them in place. Links are checked by ours, the
MkDocs family and Sphinx.

**Measuring.** Commands run turn about, each into a fresh folder on the same disk; the figures are medians. *Time* is that of the
clock, *work* is processor time of all processes, *memory* is the most that the largest single process held. A run must write
all its pages or the benchmark stops.
"""
_LIMITS: Final = """\
## Read with care

- Where others use the machine at the same time (see the load above), the ratios are better evidence than the seconds, and
  both are uncertain.
- Memory of several processes is not added up, which favours programs that share their work among processes.
- The other generators are set up plainly, by people who know them less well than their authors do.
- Nothing here was measured with full-text search, except where the table says so.
"""


def _machine(report: Report) -> str:
    machine = report.machine
    memory = f"{machine.memory / 2**30:.0f} GiB"
    return (
        f"**This run.** {report.date}; {_counted(machine.cores, 'core')}, {memory}, "
        f"{machine.processor}, {machine.system}, Python {machine.python};\n"
        f"load {machine.load:.1f} before it began; {_counted(report.rounds, 'round')}; "
        f"runs over {report.limit:g} s are ended and left out.\n"
    )


def _whole_builds(report: Report) -> str:
    setups = {peer.id: peer.setup for peer in PEERS}
    lines = ["## Whole builds", ""]
    for size in report.sizes:
        lines += [
            f"### {size:,} fact sheets",
            "",
            "| Generator | Version | Set up | Time | Work | Memory | Time / ours | Work / ours |",
            "|---|---|---|---:|---:|---:|---:|---:|",
        ]
        for result in report.rivals(size):
            mine = result.id == OURS
            label = f"**{OUR_LABEL}**" if mine else result.label
            version = report.machine.versions.get("ours" if mine else result.id, "")
            setup = "everything checked and audited" if mine else setups[result.id]
            time, work, memory, _, *ratios = _cells(report, result)
            cells = (label, version, setup, time, work, memory, *ratios)
            lines.append(f"| {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)


def _own(report: Report) -> str:
    lines = [
        "## Our own build by itself",
        "",
        "| Fact sheets | What | Time | Work | Memory | Time / whole build |",
        "|---:|---|---:|---:|---:|---:|",
    ]
    for size in report.sizes:
        for id_, label in PHASES.items():
            result = next(
                (one for one in report.results if (one.size, one.id) == (size, id_)), None
            )
            if result:
                time, work, memory, _, ratio, _ = _cells(report, result)
                lines.append(f"| {size:,} | {label} | {time} | {work} | {memory} | {ratio} |")
    return "\n".join(lines) + "\n"


def _cells(report: Report, result: Result, *, text: bool = False) -> tuple[str, ...]:
    """Time, work, memory, pages and the two ratios, as words."""
    none = "-" if text else "–"
    ratios = report.ratios(result)
    if not result.runs:
        return (result.left_out, *[none] * 5)
    cost = result.median
    return (
        f"{cost.wall:.2f} s",
        f"{cost.cpu:.2f} s",
        f"{cost.memory / 2**20:,.0f} MiB",
        f"{result.pages:,}" if result.pages else none,
        *(f"{ratio:.2f}" if ratio < 10 else f"{ratio:,.0f}" for ratio in ratios or ()),
        *([] if ratios else [none] * 2),
    )


def _series(report: Report, value: Callable[[Cost], float]) -> Sequence[Series]:
    """A line for our whole build, then one for each peer."""

    def points(id_: str) -> Iterable[tuple[float, float]]:
        for size in report.sizes:
            result = report.of(size, id_)
            if result:
                yield float(size), value(result.median)

    return [
        Series(OUR_LABEL, tuple(points(OURS))),
        *(Series(peer.label, tuple(points(peer.id))) for peer in PEERS),
    ]


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
