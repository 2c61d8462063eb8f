"""What the benchmark knows of another generator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.page import Pages


@dataclass(frozen=True, slots=True)
class Tools:
    """Where the other generators are installed.

    Attributes:
        python: Folder of the virtual environment's programs.
        node: Folder that holds `node_modules`.
    """

    python: Path
    node: Path


@dataclass(frozen=True, slots=True)
class Peer:
    """Another generator, in one way of setting it up.

    Attributes:
        id: Short name, for options and folders.
        label: Name for readers.
        setup: How it is set up, for readers.
        write: Writes its project, with the given pages, to a folder.
        command: The build, from tools, project folder and output folder; it runs in the project
            folder. None where the output is always `output`.
        version: Command that prints its version.
        output: Folder the output goes to, in the project folder, where the command line of the
            generator cannot name one; else empty.
        caches: Names of folders in the project that a cold build must not find.
        environment: Variables to set.
    """

    id: str
    label: str
    setup: str
    write: Callable[[Pages, Path], None]
    command: Callable[[Tools, Path, Path], list[str]]
    version: Callable[[Tools], list[str]]
    output: str = ""
    caches: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Write the settings and templates of a project, by their path in it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def installed(tools: Tools, package: str) -> list[str]:
    """A command that prints the version of a Python package."""
    words = f"import importlib.metadata as m; print(m.version({package!r}))"
    return [str(tools.python / "python"), "-c", words]
