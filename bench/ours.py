"""Our own runs: the whole build, builds after it, the check alone, the parts, and the floor."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import sys
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from bench import drawing, floor
from bench.author import most_mentioned
from bench.corpus import Corpus, Name, name_of
from bench.measure import Subject
from bench.project import edit_fact, rename_entity, toggle_sheet

OURS: Final = "cold"
"""Id of the run that all others are compared with."""

PHASES: Final = {
    OURS: "whole build, nothing kept from before",
    "unchanged": "build again, nothing changed",
    "edit": "build again after one fact was edited",
    "rename": "build again after an entity was renamed that {mentions} other sheets mention",
    "sheet": "build again after a fact sheet came, or went",
    "dossiers": "`briefing pdf`: {dossiers} dossiers of three pages each, none made before",
    "serve": "`briefing serve`: from a saved edit of one fact to the page served",
    "check": "`briefing check` alone",
    "alone": "whole build with `--jobs 1`",
    "drawing": "of a whole build: drawing and writing all pages and data",
    "floor": "read all inputs, write all outputs, nothing else, in one process",
    "start": "start of interpreter, host and command line, then `--version`",
}
"""Our runs, in the order of the report."""
DOSSIERS: Final = 200

ENVIRONMENT: Final = {"SOURCE_DATE_EPOCH": "1719705600", "BRIEFING_ARCHIVE": ""}  # 2024-06-30
PROGRAM: Final = str(Path(sys.executable).with_name("briefing"))

_UNSET: Final = re.compile("[\u0900-\u097f\u10a0-\u10ff]")  # Devanagari and Georgian
_START: Final = (
    "import generator.plugin, generator.audit; from mkdocs.commands import build; "
    "from generator.cli import main; main()"
)


def our_subjects(corpus: Corpus, project: Path, output: Path, work: Path) -> list[Subject]:
    """Our runs on a project, in an order in which each finds what it needs.

    Args:
        corpus: What the project was made of.
        project: Its folder.
        output: Where the site goes.
        work: Folder for the files of other runs.
    """
    settings = str(project / "mkdocs.yml")
    pages = corpus.sheets + corpus.sources
    renamed, mentions = most_mentioned(corpus)
    plan, copied = work / "plan.json", work / "floor"
    dossiers, papers = plain_dossiers(corpus, project), work / "papers"
    # Sites of their own, so that they leave alone what the first build keeps.
    alone, drawn = work / "alone", work / "drawn"

    def subject(
        id_: str,
        command: list[str],
        site: Path | None = None,
        prepare: partial[None] | None = None,
        needs: str = "",
    ) -> Subject:
        label = PHASES[id_].format(mentions=mentions, dossiers=len(dossiers))
        least = pages if site else 0
        return Subject(id_, label, command, project, site, least, prepare, ENVIRONMENT, needs)

    again = build(project, output)
    edit = partial(edit_fact, sheet_path(project, edited(corpus)))
    rename = partial(rename_entity, sheet_path(project, renamed))
    toggle = partial(toggle_sheet, project / "content" / "countries")
    draw = [sys.executable, "-I", drawing.__file__, settings, str(drawn)]
    inputs = [str(project / "content"), str(project / "seeds")]
    copy = [sys.executable, "-I", floor.__file__, str(plan), *inputs, str(copied)]
    part = subject("drawing", draw, drawn, partial(forget, drawn))
    return [
        subject(OURS, again, output, partial(forget, output)),
        subject("unchanged", again, needs=OURS),
        subject("edit", again, prepare=edit, needs=OURS),
        subject("rename", again, prepare=rename, needs=OURS),
        subject("sheet", again, prepare=toggle, needs=OURS),
        subject(
            "dossiers",
            [PROGRAM, "pdf", "--config-file", settings, "-o", str(papers), *dossiers],
            prepare=partial(forget_papers, project, papers),
            needs=OURS,
        ),
        subject("check", [PROGRAM, "check", "--config-file", settings]),
        subject("alone", build(project, alone, "--jobs", "1"), alone, partial(forget, alone)),
        replace(part, part=drawing.read_drawing),
        subject("floor", copy, copied, partial(floor.write_plan, output, plan), OURS),
        subject("start", [sys.executable, "-I", "-c", _START, "--version"]),
    ]


def build(project: Path, site: Path, *options: str) -> list[str]:
    """Command that builds a project's site."""
    settings = str(project / "mkdocs.yml")
    return [PROGRAM, "build", "--config-file", settings, "--site-dir", str(site), *options]


def edited(corpus: Corpus) -> Name:
    """The entity whose sheet is edited."""
    return name_of(corpus.sheets // 2)


def plain_dossiers(corpus: Corpus, project: Path) -> list[str]:
    """Dossiers as the command takes them, of pages in scripts for which the papers have a font."""
    names = (name_of(number) for number in range(corpus.sheets))
    plain = (
        name.id
        for name in names
        if not _UNSET.search(sheet_path(project, name).read_text(encoding="utf-8"))
    )
    ids = list(islice(plain, 3 * DOSSIERS))
    return [",".join(ids[at : at + 3]) for at in range(0, len(ids) - 2, 3)]


def forget_papers(project: Path, papers: Path) -> None:
    """Remove papers, and what is kept of them beside the site that `mkdocs.yml` names."""
    shutil.rmtree(papers, ignore_errors=True)
    for kept in project.glob(".*.pdf"):
        shutil.rmtree(kept)
    papers.mkdir()


def sheet_path(project: Path, name: Name) -> Path:
    """The fact sheet of an entity."""
    return project / "content" / name.folder / f"{name.id}.yml"


def forget(site: Path) -> None:
    """Remove what builds keep for the next one: it lies beside the site, in hidden files."""
    for path in site.parent.glob(f".{site.name}.*"):
        if path.is_dir():  # a build that was ended leaves its staging folder
            shutil.rmtree(path)
        else:
            path.unlink()


def our_version() -> str:
    """Version of the generator."""
    return importlib.metadata.version("briefing-generator")
