"""The command: `python -m bench --sizes 100 1000`, best called by `make bench`."""

from __future__ import annotations

import argparse
import datetime
import shutil
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bench.corpus import Corpus
from bench.machine import describe_machine
from bench.measure import Result, RunFault, Subject, measure
from bench.ours import our_subjects
from bench.peers import PEERS
from bench.peers.peer import Peer, Tools
from bench.project import write_project
from bench.report import Report, terminal_table, write_document, write_json

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit code 1 when a command fails.

    Args:
        arguments: Those of the command line; None for this process's own.
    """
    options = _options().parse_args(arguments)
    folder: Path = options.folder.resolve()
    tools = Tools(folder / "venv" / "bin", folder / "node")
    peers = tuple(peer for peer in PEERS if options.only is None or peer.id in options.only)
    machine = describe_machine(peers, tools)
    results: list[Result] = []
    try:
        for size in sorted(set(options.sizes)):
            results += _measure_size(Corpus(size), peers, tools, folder, options, results)
    except RunFault as fault:
        sys.stderr.write(f"bench: {fault}\n")
        return 1
    report = Report(
        datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        options.rounds,
        options.limit,
        machine,
        tuple(results),
    )
    write_json(report, folder / "results.json")
    if options.document:
        document = options.document.resolve()
        write_document(report, document, document.parent / "bench")
    sys.stdout.write(terminal_table(report))
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure builds.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], metavar="SHEETS")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each command")
    parser.add_argument("--limit", type=float, default=600.0, help="seconds for one run")
    parser.add_argument("--only", nargs="*", metavar="PEER", help="ids of the peers, all if absent")
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench", help="work folder")
    parser.add_argument("--document", type=Path, help="Markdown file to write")
    return parser


def _measure_size(
    corpus: Corpus,
    peers: tuple[Peer, ...],
    tools: Tools,
    folder: Path,
    options: argparse.Namespace,
    before: list[Result],
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
    for peer in peers:
        reason = _hopeless(peer, corpus.sheets, options.limit, before)
        if reason:
            left_out.append(Result(peer.id, peer.label, corpus.sheets, left_out=reason))
            continue
        subjects.append(_peer_subject(peer, corpus, tools, work))
    measured = measure(
        subjects, corpus.sheets, options.rounds, options.limit, folder / "last.log", _tell
    )
    shutil.rmtree(work)
    return [*measured, *left_out]


def _peer_subject(peer: Peer, corpus: Corpus, tools: Tools, work: Path) -> Subject:
    project = work / "peers" / peer.id
    project.mkdir(parents=True)
    peer.write(corpus, project)
    output = project / peer.output if peer.output else work / "outputs" / peer.id
    return Subject(
        peer.id,
        peer.label,
        peer.command(tools, project, output),
        project,
        output,
        corpus.sheets + corpus.sources,
        partial(_forget, project, peer.caches),
        peer.environment,
    )


def _hopeless(peer: Peer, size: int, limit: float, before: list[Result]) -> str:
    """Why a peer need not be tried at a size: no build grows slower than its pages."""
    smaller = [one for one in before if one.id == peer.id]
    if not smaller:
        return ""
    last = smaller[-1]
    if last.left_out:
        tried = not last.left_out.startswith("left out")
        return f"left out: {last.left_out} at {last.size:,}" if tried else last.left_out
    if last.median.wall * size / last.size > limit:
        return f"left out: {last.median.wall:.0f} s at {last.size:,}"
    return ""


def _forget(project: Path, caches: tuple[str, ...]) -> None:
    for name in caches:
        shutil.rmtree(project / name, ignore_errors=True)


def _tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    raise SystemExit(main())
