"""MkDocs with Material, ProperDocs and Zensical, which share one form of settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from bench.page import SECTIONS, Dialect, Pages, write_pages
from bench.peers.peer import Peer, Tools, installed, write_files

_SETTINGS: Final = """\
site_name: The invented briefing
site_url: https://briefing.example/
docs_dir: docs
site_dir: site
use_directory_urls: true
theme:
  name: material
  language: en
  font: false
  features:
    - navigation.tabs
{features}markdown_extensions:
  - toc
  - tables
  - attr_list
{plugins}
validation:
  nav:
    omitted_files: ignore
"""


def _nav(folder: Path, *, every_page: bool) -> str:
    lines = ["nav:", "  - Home: index.md"]
    for section in SECTIONS:
        title = section.capitalize()
        lines.append(f"  - {title}:{'' if every_page else f' {section}/index.md'}")
        if every_page:
            lines.append(f"      - {section}/index.md")
            lines += (
                f"      - {section}/{path.name}"
                for path in sorted((folder / section).glob("*.md"))
                if path.name != "index.md"
            )
    return "\n".join(lines) + "\n"


def _write(
    pages: Pages,
    folder: Path,
    *,
    every_page: bool = False,
    prune: bool = False,
    plugins: str = "plugins: []",
) -> None:
    docs = folder / "docs"
    write_pages(pages, docs, Dialect())
    features = "    - navigation.indexes\n" if every_page else ""
    features += "    - navigation.prune\n" if prune else ""
    write_files(
        folder,
        {
            "mkdocs.yml": _SETTINGS.format(features=features, plugins=plugins)
            + _nav(docs, every_page=every_page),
        },
    )


def _build(tools: Tools, _project: Path, output: Path, *, program: str) -> list[str]:
    build = [str(tools.python / program), "build", "--quiet"]
    return [*build, "--config-file", "mkdocs.yml", "--site-dir", str(output)]


def _zensical(tools: Tools, _project: Path, _output: Path) -> list[str]:
    return [str(tools.python / "zensical"), "build", "--clean", "--config-file", "mkdocs.yml"]


def _version(package: str) -> Callable[[Tools], list[str]]:
    return partial(installed, package=package)


_MKDOCS: Final = partial(_build, program="mkdocs")
# Material's notice about the future of MkDocs is for people.
_QUIET: Final = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}

PEERS: Final = (
    Peer(
        "zensical",
        "Zensical",
        "sections in the navigation",
        # An empty list does not keep it from indexing.
        partial(_write, plugins="plugins:\n  - search:\n      enabled: false"),
        _zensical,
        _version("zensical"),
        output="site",
        caches=(".cache",),
    ),
    Peer(
        "mkdocs",
        "MkDocs with Material",
        "sections in the navigation, its best",
        _write,
        _MKDOCS,
        _version("mkdocs"),
        environment=_QUIET,
    ),
    Peer(
        "properdocs",
        "ProperDocs with Material",
        "sections in the navigation",
        _write,
        partial(_build, program="properdocs"),
        _version("properdocs"),
        environment=_QUIET,
    ),
    Peer(
        "mkdocs-prune",
        "MkDocs, pruned navigation",
        "every page in the navigation, `navigation.prune`",
        partial(_write, every_page=True, prune=True),
        _MKDOCS,
        _version("mkdocs"),
        environment=_QUIET,
    ),
    Peer(
        "mkdocs-full",
        "MkDocs, whole navigation",
        "every page in the navigation of every page",
        partial(_write, every_page=True),
        _MKDOCS,
        _version("mkdocs"),
        environment=_QUIET,
    ),
)
