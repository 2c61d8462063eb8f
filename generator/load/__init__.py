"""Stage 1: read `seeds/` and `content/` into plain values or, where need be, trees with spans."""

from generator.load.project import Reading, assemble, load_project, read_files, read_frame
from generator.load.survey import RecordFile, SheetFile, Survey, survey_project

__all__ = [
    "Reading",
    "RecordFile",
    "SheetFile",
    "Survey",
    "assemble",
    "load_project",
    "read_files",
    "read_frame",
    "survey_project",
]
