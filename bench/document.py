"""Writes the results as a document with pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.chart import Series, draw_chart
from bench.corpus import BLOCK, CLAIMS
from bench.growth import BASE, Measure, memory, per_sheet, ratio_to_base, seconds
from bench.ours import OURS, PHASES
from bench.peers import PEERS
from bench.project import OVERLAP
from bench.promise import judge
from bench.report import cost_cells, ratio_cells, written_cells
from bench.result import Report
from bench.serving import EDITS

OUR_LABEL: Final = "this generator"
NONE: Final = "–"


def write_document(report: Report, document: Path, pictures: Path) -> None:
    """Write the document and its pictures; those of an earlier run go.

    Args:
        report: The results.
        document: The Markdown file.
        pictures: Folder of the pictures, below the document's; it holds nothing else.
    """
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob("*.svg"):
        old.unlink()
    links = [
        f"![{title}]({pictures.name}/{path.name})\n"
        for title, path in _draw_pictures(report, pictures)
    ]
    parts = [
        _INTRODUCTION,
        _machine(report),
        _promises(report),
        _generators(report),
        _whole_builds(report),
        *links,
        _growth(report),
        _own(report),
        _LIMITS,
    ]
    document.write_text("\n".join(parts), encoding="utf-8")


_INTRODUCTION: Final = f"""\
# Benchmark

Written by `make bench`; not edited by hand. It builds invented corpora of different sizes with this generator, and the same
pages, as Markdown, with others. Ratios are what counts: absolute seconds belong to the one machine named below.

**The corpus.** {CLAIMS} claims a fact sheet, one open source of about 900 words for every {BLOCK} sheets. Names and quotations
in seven scripts, links, agreements with parties, people with offices, events, disagreements, corrections, derived claims and
judgements, second sources for about one plain claim in three. It checks without findings and is the same, byte for byte, each
time. One setting is not the default: `overlap` is {OVERLAP:g}.

**The same pages elsewhere.** The others publish what we do: the articles of our own built site, each turned into Markdown, word
for word, with all its links and anchors. So they too show quoted words and places by source, standings, what mentions an entity
and in which sentence, tables of acts, the passages of a source with what rests on each, its whole text with the marks, the
timeline, the disagreements, and long lists cut into pages. A test compares words and links. They are spared the drawings, what
marks language and direction, the tools in the browser, the data files, and working any of this out: their Markdown is
finished before they start. Search is switched off, except where the table says so; ours always includes its full-text search of
every claim. Ours also verifies every quotation, works out what is listed above, writes data files, and audits the built pages
before it puts them in place. Links to pages are checked by ours, Zensical, the MkDocs family and Sphinx, anchors by the first three
(MkDocs says so only when asked). The tables give what each wrote: *HTML* is the size of all pages, frame
included, and *all files* of everything.

**What thinner pages would have given.** Earlier editions of this document gave the others one page a sheet and source with the
facts and footnotes alone. Both were built in turn at 1,000 sheets on 2026-11-28 (work, median of three): Hugo took 0.8 s for those and
2.1 s for the same pages as ours, with its dump 1.0 and 2.8 s, MkDocs 6.8 and 17.8 s; ours took 10.7 s. Hugo wrote 8 and 22 MB of HTML.

**Measuring.** Commands run turn about, each into a fresh folder on the same disk; the figures are medians. *Time* is that of the
clock, *work* is processor time of all processes. *Largest* is the most memory that the largest single process held, what it
shares with others included. *Together* is the most that all processes of the run were seen to hold at one moment, what they
share counted once (PSS, looked at every 50 ms at most, so a lower bound). A run must write all its pages or the benchmark
stops. A run that takes too long is ended, and its generator is left out at that size and above; it is left out unrun where the
time a page at the size before would be too much.
"""
_LIMITS: Final = f"""\
## Read with care

- Where others use the machine at the same time (see the load above), the ratios are better evidence than the seconds, and
  both are uncertain.
- The other generators are set up plainly, by people who know them less well than their authors do.
- `briefing serve` is asked for the page every 5 ms, at least {EDITS} times, a second after the edit before; its memory is
  that after an edit. How others serve was not measured.
- The floor reads all inputs and writes all files of the site in one process; drawing uses all cores, reads nothing, and
  does not write what the host writes. Hence both ratios, of time and of work.
"""


def _machine(report: Report) -> str:
    machine = report.machine
    memory_words = f"{machine.memory / 2**30:.0f} GiB"
    return (
        f"**This run.** {report.date}; {_counted(machine.cores, 'core')}, {memory_words}, "
        f"{machine.processor}, {machine.system}, Python {machine.python};\n"
        f"load {machine.load:.1f} before it began; {_counted(report.rounds, 'round')}; "
        f"runs over {report.limit:g} s are ended and left out.\n"
    )


def _promises(report: Report) -> str:
    rows = [
        (one.what, f"{one.size:,}", one.promised, one.measured, one.verdict)
        for one in judge(report)
    ]
    head = ("What", "Sheets", "Promised", "Measured", "Outcome")
    return _section("## What is promised", head, rows, words=(0, 4))


def _generators(report: Report) -> str:
    versions = report.machine.versions
    rows = [(f"**{OUR_LABEL}**", versions["ours"], "everything checked and audited, search")]
    rows += [(peer.label, versions[peer.id], peer.setup) for peer in PEERS if peer.id in versions]
    return _section("## Generators", ("Generator", "Version", "Set up"), rows, words=(0, 1, 2))


def _whole_builds(report: Report) -> str:
    head = (
        "Generator", "Time", "Work", "Largest", "Together", "Pages", "HTML", "All files",
        "Time / ours", "Work / ours",
    )  # fmt: skip
    parts = ["## Whole builds\n"]
    for size in report.sizes:
        rows = [
            (
                f"**{OUR_LABEL}**" if result.id == OURS else result.label,
                *cost_cells(result, NONE),
                *written_cells(result, NONE),
                *ratio_cells(report, result, NONE),
            )
            for result in report.rivals(size)
        ]
        parts.append(_section(f"### {size:,} fact sheets", head, rows))
    return "\n".join(parts)


def _growth(report: Report) -> str:
    """Time and memory a sheet of every generator at every size, and how much more than at the base."""
    sizes = report.sizes
    head = (
        "Generator",
        *(f"Time, {size:,}" for size in sizes),
        *(f"Memory, {size:,}" for size in sizes),
    )
    rows = [
        (
            label,
            *(_grown(report, id_, size, seconds, 1e3, "ms") for size in sizes),
            *(_grown(report, id_, size, memory, 2**-10, "KiB") for size in sizes),
        )
        for id_, label in _lines(report)
    ]
    words = (
        f"For each sheet: milliseconds, and KiB that all processes held together. In brackets, over "
        f"that at {BASE:,}\nsheets: 1.00 is growth in step with the sheets.\n"
    )
    return _section(f"### Growth\n\n{words}", head, rows)


def _grown(report: Report, id_: str, size: int, measure: Measure, factor: float, unit: str) -> str:
    figure = per_sheet(report, id_, size, measure)
    if figure is None:
        return NONE
    ratio = ratio_to_base(report, id_, size, measure)
    grown = f" ({ratio:.2f})" if ratio is not None and size != BASE else ""
    return f"{figure * factor:,.1f} {unit}{grown}"


def _own(report: Report) -> str:
    found = [(size, report.at(size, id_)) for size in report.sizes for id_ in PHASES]
    rows = [
        (
            f"{size:,}",
            result.label,
            *cost_cells(result, NONE),
            ratio_cells(report, result, NONE)[0],
        )
        for size, result in found
        if result
    ]
    head = ("Sheets", "What", "Time", "Work", "Largest", "Together", "Time / whole build")
    return _section("## Our own build by itself", head, rows, words=(1,))


def _draw_pictures(report: Report, folder: Path) -> Iterator[tuple[str, Path]]:
    """The pictures, each with what it shows."""
    for name, title, label, measure, write in _PICTURES:
        lines = [
            Series(words, tuple(_points(report, id_, measure))) for id_, words in _lines(report)
        ]
        if any(line.points for line in lines):
            path = folder / f"{name}.svg"
            path.write_text(draw_chart(title, lines, "fact sheets", label, write), encoding="utf-8")
            yield title, path


_PICTURES: Final[tuple[tuple[str, str, str, Callable[[Report, str, int], float | None],
                             Callable[[float], str]], ...]] = (
    (
        "time", "Time of a whole build over the number of fact sheets", "seconds, logarithmic",
        lambda report, id_, size: _scaled(per_sheet(report, id_, size, seconds), size),
        lambda value: f"{value:g}",
    ),
    (
        "memory", "Memory a sheet of all processes of a whole build over the number of fact sheets",
        "KiB a sheet, logarithmic",
        lambda report, id_, size: _scaled(per_sheet(report, id_, size, memory), 2**-10),
        lambda value: f"{value:,.0f}" if value >= 1 else f"{value:g}",
    ),
)  # fmt: skip


def _points(
    report: Report, id_: str, measure: Callable[[Report, str, int], float | None]
) -> Iterator[tuple[float, float]]:
    for size in report.sizes:
        figure = measure(report, id_, size)
        if figure is not None:
            yield float(size), figure


def _scaled(figure: float | None, factor: float) -> float | None:
    return None if figure is None else figure * factor


def _lines(report: Report) -> list[tuple[str, str]]:
    """Our whole build, then the peers that were run at all: id and label."""
    peers = [(peer.id, peer.label) for peer in PEERS]
    ran = {result.id for result in report.results if result.runs}
    return [(OURS, OUR_LABEL), *(pair for pair in peers if pair[0] in ran)]


def _section(
    heading: str, head: Sequence[str], rows: Iterable[Sequence[str]], words: Sequence[int] = (0,)
) -> str:
    """A table below a heading; columns of `words` are set left, all others right."""
    rule = "|".join("---" if column in words else "---:" for column in range(len(head)))
    lines = [heading.rstrip("\n"), "", f"| {' | '.join(head)} |", f"|{rule}|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
