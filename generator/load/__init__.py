"""Stage 1: read `seeds/` and `content/` into plain values or, where need be, trees with spans."""

from generator.load.project import Reading, assemble, load_project, read_files, read_frame

__all__ = ["Reading", "assemble", "load_project", "read_files", "read_frame"]
