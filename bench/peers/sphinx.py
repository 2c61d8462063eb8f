"""Sphinx with MyST and Furo, on all cores; the section indexes alone stand in the navigation."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from bench.corpus import Corpus
from bench.page import SECTIONS, Dialect, write_pages
from bench.peers.peer import Peer, Tools, installed, write_files

_SETTINGS: Final = """\
from sphinx.builders.dirhtml import DirectoryHTMLBuilder

project = "The invented briefing"
extensions = ["myst_parser"]
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


def _head(title: str, _section: str, id_: str) -> str:
    # Pages outside the navigation say so, or there is a warning for each.
    orphan = "orphan: true\n" if id_ else ""
    return f"---\n{orphan}title: {json.dumps(title, ensure_ascii=False)}\n---\n\n"


def _write(corpus: Corpus, folder: Path) -> None:
    write_pages(corpus, folder, Dialect(head=_head))
    listed = "\n".join(f"{section}/index" for section in SECTIONS)
    home = f"# The invented briefing\n\nNothing here is true.\n\n```{{toctree}}\n{listed}\n```\n"
    write_files(folder, {"conf.py": _SETTINGS, "index.md": home})


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
