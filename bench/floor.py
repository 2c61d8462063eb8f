"""The floor: reads all inputs and writes files of the sizes of all outputs, and does nothing else.

Run as a program: `floor.py PLAN INPUTS... OUTPUT`. No build that reads and writes the same files
in one process can take less.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def write_plan(site: Path, plan: Path) -> None:
    """Note path and size of every file of a built site."""
    sizes = {
        path.relative_to(site).as_posix(): path.stat().st_size
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }
    plan.write_text(json.dumps(sizes), encoding="utf-8")


def copy_sizes(plan: Path, inputs: list[Path], output: Path) -> None:
    """Read all files below the inputs, then write files of the sizes of a plan.

    Args:
        plan: What `write_plan` noted.
        inputs: Folders.
        output: Folder that does not exist yet.
    """
    for folder in inputs:
        for path in folder.rglob("*"):
            if path.is_file():
                path.read_bytes()
    sizes: dict[str, int] = json.loads(plan.read_text(encoding="utf-8"))
    buffer = memoryview(bytes(max(sizes.values(), default=0)))
    made: set[Path] = set()
    for name, size in sizes.items():
        path = output / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(buffer[:size])


if __name__ == "__main__":
    _plan, *_inputs, _output = map(Path, sys.argv[1:])
    copy_sizes(_plan, _inputs, _output)
