"""Our own runs: the whole build, builds after it, the check alone, and the floor."""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Final

from bench import floor
from bench.corpus import Corpus, name_of
from bench.measure import Subject
from bench.project import edit_fact

OURS: Final = "cold"
"""Id of the run that all others are compared with."""

PHASES: Final = {
    OURS: "whole build, nothing kept from before",
    "unchanged": "build again, nothing changed",
    "edit": "build again after one fact was edited",
    "check": "`briefing check` alone, nothing kept from before",
    "floor": "read all inputs, write all outputs, nothing else",
}
"""Our runs, in order."""

# Where a build may keep what it knows; each is made anew by the next one.
_CACHES: Final = (".briefing", ".build", ".cache")
_ENVIRONMENT: Final = {"SOURCE_DATE_EPOCH": "1719705600", "BRIEFING_ARCHIVE": ""}  # 2024-06-30


def our_subjects(corpus: Corpus, project: Path, output: Path, work: Path) -> list[Subject]:
    """Our runs on a project, in an order in which each finds what it needs.

    Args:
        corpus: What the project was made of.
        project: Its folder.
        output: Where the site goes.
        work: Folder for the floor's files.
    """
    program = str(Path(sys.executable).with_name("briefing"))
    settings = ["--config-file", str(project / "mkdocs.yml")]
    build = [program, "build", *settings, "--site-dir", str(output)]
    pages = corpus.sheets + corpus.sources
    name = name_of(corpus.sheets // 2)
    sheet = project / "content" / name.folder / f"{name.id}.yml"
    plan, copied = work / "plan.json", work / "floor"
    forget = partial(_forget, project)
    return [
        Subject(OURS, PHASES[OURS], build, project, output, pages, forget, _ENVIRONMENT),
        Subject(
            "unchanged",
            PHASES["unchanged"],
            build,
            project,
            environment=_ENVIRONMENT,
            needs=OURS,
        ),
        Subject(
            "edit",
            PHASES["edit"],
            build,
            project,
            prepare=partial(edit_fact, sheet),
            environment=_ENVIRONMENT,
            needs=OURS,
        ),
        Subject(
            "check",
            PHASES["check"],
            [program, "check", *settings],
            project,
            prepare=forget,
            environment=_ENVIRONMENT,
        ),
        Subject(
            "floor",
            PHASES["floor"],
            [
                *(sys.executable, "-I", floor.__file__, str(plan)),
                *(str(project / "content"), str(project / "seeds"), str(copied)),
            ],
            project,
            copied,
            pages,
            partial(floor.write_plan, output, plan),
            needs=OURS,
        ),
    ]


def our_version() -> str:
    """Version of the generator."""
    return importlib.metadata.version("briefing-generator")


def _forget(project: Path) -> None:
    for name in _CACHES:
        shutil.rmtree(project / name, ignore_errors=True)
