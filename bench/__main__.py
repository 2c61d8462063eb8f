"""The command: `python -m bench --sizes 100 1000`, best called by `make bench`."""

from __future__ import annotations

import argparse
import datetime
import math
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.corpus import Corpus
from bench.document import write_document
from bench.machine import describe_machine
from bench.measure import Result, RunFault, Subject, measure, run
from bench.ours import ENVIRONMENT, build, forget, our_subjects
from bench.page import Pages, copy_pages
from bench.peers import PEERS
from bench.peers.peer import Peer, Tools
from bench.project import write_project
from bench.report import terminal_tables, write_json
from bench.result import Report
from bench.serving import measure_serving

ROOT = Path(__file__).resolve().parent.parent
NO_PEER = "none"
"""Stands for no other generator."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit code 1 when a command fails, 2 when an option is wrong.

    Args:
        arguments: Those of the command line; None for this process's own.
    """
    parser = _options()
    options = parser.parse_args(arguments)
    try:
        corpora = [Corpus(size) for size in sorted(set(options.sizes))]
    except ValueError as fault:
        parser.error(str(fault))
    folder: Path = options.folder.resolve()
    tools = Tools(folder / "venv" / "bin", folder / "node")
    peers = tuple(peer for peer in PEERS if options.only is None or peer.id in options.only)
    machine = describe_machine(peers, tools)
    date = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    report = Report(date, options.rounds, options.limit, machine, ())
    try:
        for corpus in corpora:
            measured = _measure_size(corpus, peers, tools, folder, options, report.results)
            report = replace(report, results=(*report.results, *measured))
            write_json(report, folder / "results.json")  # a later fault must not cost hours
    except RunFault as fault:
        sys.stderr.write(f"bench: {fault}\n")
        return 1
    if options.document:
        document = options.document.resolve()
        write_document(report, document, document.parent / "bench")
    sys.stdout.write(terminal_tables(report))
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure builds.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], metavar="SHEETS")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each command")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds for one run")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=[*(peer.id for peer in PEERS), NO_PEER],
        metavar="PEER",
        help=f"ids of the generators to compare with, or `{NO_PEER}`; all if absent",
    )
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench", help="work folder")
    parser.add_argument("--document", type=Path, help="Markdown file to write")
    return parser


def _measure_size(
    corpus: Corpus,
    peers: tuple[Peer, ...],
    tools: Tools,
    folder: Path,
    options: argparse.Namespace,
    before: Sequence[Result],
) -> list[Result]:
    """Write the projects of one size, measure them, and remove them."""
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    project, outputs = work / "project", work / "outputs"
    project.mkdir(parents=True)
    outputs.mkdir()
    _tell(f"{corpus.sheets:>6} sheets: writing the corpus")
    write_project(corpus, project, ROOT / "theme")
    subjects = our_subjects(corpus, project, outputs / "ours", work)
    left_out: list[Result] = []
    pages: Pages | None = None
    for peer in peers:
        reason = hopeless(peer, corpus.sheets, options.limit, before)
        if reason:
            left_out.append(Result(peer.id, peer.label, corpus.sheets, left_out=reason))
            continue
        if pages is None:
            _tell(f"{corpus.sheets:>6} sheets: building the site that the others are to show")
            pages = _model(project, work, folder / "last.log")
        subjects.append(_peer_subject(peer, pages, tools, work))
    measured = measure(
        subjects, corpus.sheets, options.rounds, options.limit, folder / "last.log", _tell
    )
    # By itself, when the sites of the others are gone.
    serving = measure_serving(
        corpus, project, options.rounds, options.limit, folder / "last.log", _tell
    )
    shutil.rmtree(work)
    return [*measured, serving, *left_out]


def _model(project: Path, work: Path, log: Path) -> Pages:
    """The pages that our own build makes of a project."""
    site = work / "model"
    run(build(project, site), project, log, math.inf, ENVIRONMENT)
    pages = copy_pages(site, work / "pages.jsonl")
    shutil.rmtree(site)
    forget(site)
    return pages


def _peer_subject(peer: Peer, pages: Pages, tools: Tools, work: Path) -> Subject:
    project = work / "peers" / peer.id
    project.mkdir(parents=True)
    peer.write(pages, project)
    output = project / peer.output if peer.output else work / "outputs" / peer.id
    return Subject(
        peer.id,
        peer.label,
        peer.command(tools, project, output),
        project,
        output,
        pages.count,
        partial(_forget, project, peer.caches),
        peer.environment,
    )


def hopeless(peer: Peer, size: int, limit: float, before: Sequence[Result]) -> str:
    """Why a peer need not be tried at a size: no build grows slower than its pages."""
    smaller = [one for one in before if one.id == peer.id]
    if not smaller:
        return ""
    last = smaller[-1]
    if last.left_out:
        tried = not last.left_out.startswith("left out")
        return f"left out: {last.left_out} at {last.size:,}" if tried else last.left_out
    if last.median.wall * size / last.size > limit:
        return f"left out: over {limit:g} s expected, {last.median.wall:.0f} s at {last.size:,}"
    return ""


def _forget(project: Path, caches: tuple[str, ...]) -> None:
    for name in caches:
        shutil.rmtree(project / name, ignore_errors=True)


def _tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    raise SystemExit(main())
