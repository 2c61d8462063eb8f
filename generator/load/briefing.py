"""Reads a briefing's front matter; what has none is no briefing."""

from __future__ import annotations

from generator.character import report_control, report_invisible
from generator.diagnostics import Sink
from generator.load.prose import FRONT_MATTER
from generator.model.stage import RawBriefing
from generator.textfile import TextFile
from generator.yamlio import parse_yaml

_HINT = "begin with `---`, the keys `number`, `title` and so on, and `---` again"


def parse_front(id_: str, file: TextFile, sink: Sink) -> RawBriefing | None:
    """A briefing as read; None, with a finding, for a file that is none."""
    if not report_control(file, sink):
        return None
    found = FRONT_MATTER.match(file.text)
    if found is None:
        at = file.span(0, file.line_end(0)) if file.text.strip() else file.path
        sink.add("L127", "the file has no front matter, so it is no briefing", at, _HINT)
        return None
    body = TextFile(file.path, " " * found.end() + file.text[found.end() :])
    report_invisible(body, sink)  # the front matter's are reported with its YAML
    # Spans count from the beginning of the file, and end where the front matter does.
    front = TextFile(file.path, file.text[: found.end(1)])
    tree = parse_yaml(front, sink)
    if tree is None:
        return None
    return RawBriefing(id_, file, tree, found.end())
