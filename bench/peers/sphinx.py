"""Sphinx with MyST and Furo, on all cores; the section indexes alone stand in the navigation."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from bench.page import SECTIONS, Dialect, Pages, above, write_pages
from bench.peers.peer import Peer, Tools, installed, write_files

_SETTINGS: Final = """\
from sphinx.builders.dirhtml import DirectoryHTMLBuilder

project = "The invented briefing"
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_block"]
smartquotes = False  # quoted words stay as they are
suppress_warnings = ["myst.xref_missing"]  # of anchors it knows those of headings alone
html_theme = "furo"
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_permalinks = False
html_sidebars = {
    "**": ["sidebar/brand.html", "sidebar/scroll-start.html", "sidebar/navigation.html",
           "sidebar/scroll-end.html"]
}
# There is no setting for this.
DirectoryHTMLBuilder.search = False
"""


def _head(title: str, key: str) -> str:
    # Pages outside the navigation say so, or there is a warning for each.
    orphan = "" if not key or key.rstrip("/") in SECTIONS else "orphan: true\n"
    return f"---\n{orphan}title: {json.dumps(title, ensure_ascii=False)}\n---\n\n"


def _write(pages: Pages, folder: Path) -> None:
    write_pages(pages, folder, Dialect(head=_head, anchored=above))
    listed = "\n".join(f"{section}/index" for section in SECTIONS)
    write_files(folder, {"conf.py": _SETTINGS})
    with (folder / "index.md").open("a", encoding="utf-8") as home:
        home.write(f"```{{toctree}}\n:hidden:\n\n{listed}\n```\n")


def _command(tools: Tools, project: Path, output: Path) -> list[str]:
    jobs = str(len(os.sched_getaffinity(0)))
    trees = str(project / ".doctrees")
    program = str(tools.python / "sphinx-build")
    return [program, "-q", "-j", jobs, "-b", "dirhtml", "-d", trees, ".", str(output)]


PEERS: Final = (
    Peer(
        "sphinx",
        "Sphinx with Furo",
        "MyST, one process a core, sections in the navigation",
        _write,
        _command,
        lambda tools: installed(tools, "sphinx"),
        caches=(".doctrees", "__pycache__"),
    ),
)
