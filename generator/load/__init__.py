"""Stage 1: read `seeds/` and `content/` into trees with spans."""

from generator.load.project import load_project

__all__ = ["load_project"]
