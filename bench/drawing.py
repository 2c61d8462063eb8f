"""Times one part of a whole build: drawing and writing all generated pages and data files.

Run as a program: `drawing.py SETTINGS SITE`. Checks, host, audit and swap are done as always but not
counted. The last line it prints is JSON: seconds and processor seconds.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

STAGE: Final = "draw"
"""Name of the stage in `briefing build --profile`."""


def time_drawing(config_file: Path, site: Path) -> tuple[float, float]:
    """Build a site and time the drawing.

    Args:
        config_file: The project's settings.
        site: Where the site goes.

    Returns:
        Seconds, and processor seconds of all processes.

    Raises:
        RuntimeError: when the build ends in findings.
    """
    from generator.host import build_site
    from generator.profile import profiled

    with profiled() as noted:
        _, done = build_site(config_file, site_dir=site)
    found = [stage for stage in noted.stages if stage.name == STAGE]
    if not done or not found:
        raise RuntimeError("the build has ended in findings")
    return sum(stage.wall for stage in found), sum(stage.work for stage in found)


def read_drawing(printed: str) -> tuple[float, float]:
    """Seconds and processor seconds, from what the program printed."""
    wall, cpu = json.loads(printed.splitlines()[-1])
    return wall, cpu


if __name__ == "__main__":
    _cost = time_drawing(Path(sys.argv[1]), Path(sys.argv[2]))
    sys.stdout.write(f"{json.dumps(_cost)}\n")
