"""What a Markdown page may not hold, whatever it says: hidden characters, a broken front matter."""

from __future__ import annotations

import re

import yaml

from generator.character import report_control, report_invisible
from generator.diagnostics import Sink
from generator.syntax import report_syntax
from generator.textfile import TextFile

# As the host finds it (`mkdocs.utils.meta`).
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def check_prose(file: TextFile, sink: Sink) -> None:
    """Report what would reach readers unseen, and a front matter that the host would publish."""
    report_control(file, sink)
    report_invisible(file, sink, "delete it; where a language needs it, write it as in `&rlm;`")
    found = FRONT_MATTER.match(file.text)
    if not found:
        return
    # Ends where the front matter does, so that what is never closed is known for it.
    front_file = TextFile(file.path, file.text[: found.end(1)])
    try:
        front = yaml.safe_load(front_file.text)
    except yaml.YAMLError as error:
        report_syntax(front_file, error, sink)
    except ValueError as error:  # a date that does not exist
        span = file.span(found.start(1), file.line_end(found.start(1)))
        sink.add("L104", f"not valid YAML: {error}", span, "put the value in quotation marks")
    else:
        if front is not None and not isinstance(front, dict):
            span = file.span(found.start(1), file.line_end(found.start(1)))
            hint = "write `title: …`, or leave the front matter out"
            sink.add("L113", "the front matter is not a mapping", span, hint)
