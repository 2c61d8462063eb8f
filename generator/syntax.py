"""Why a file is not YAML: the parser's complaint, with the fix for the mistakes people make most."""

from __future__ import annotations

import re

import yaml

from generator.diagnostics import Sink
from generator.textfile import TextFile

_KEY = r"^[^:#]*:\s+"
_HINTS = (
    (_KEY + r"\[\[", "a text that begins with `[[` must stand in quotation marks"),
    (_KEY + r"[@`%*&!]", "a text that begins with this sign must stand in quotation marks"),
    (_KEY + r"'[^']*'[^\s#]", "inside '…' write '' for an apostrophe, or use \"…\""),
    (_KEY + r"(?:'[^']*'|\"[^\"]*\")\s*[^\s#]",
     "after the closing quotation mark nothing more may stand; put the whole text in quotation marks"),
    (_KEY + r"\S.*:\s", "a text that holds `: ` must stand in quotation marks"),
    (_KEY + r"['\"][^'\"]*$", "the quotation mark that opens here is never closed"),
    (r"^\s*[\w-]+:\S", "a space must follow the colon"),
    (r"^\s*(?!-+\s*$)[\w-]+\s*$", "a key needs a colon behind it"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), hint) for pattern, hint in _HINTS)


def report_syntax(file: TextFile, error: yaml.YAMLError, sink: Sink) -> None:
    """Record L104 at the place where the parser gave up, or where what it waited for began."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML")
    mark, context = (getattr(error, name, None) for name in ("problem_mark", "context_mark"))
    if mark is None:
        mark, context = context, None
    if mark is None:
        sink.add("L104", f"not valid YAML: {problem}", file.path)
        return
    # A text that is never closed ends with the file: what helps is the place where it began.
    if context is not None and mark.index >= len(file.text.rstrip()):
        mark, context = context, None
    offset = min(mark.index, max(0, len(file.text) - 1))
    related = [(file.span(context.index), "while reading this")] if context else []
    hint = _hint(file, file.position(offset)[0])
    sink.add("L104", f"not valid YAML: {problem}", file.span(offset), hint, related=related)


def _hint(file: TextFile, row: int) -> str:
    for number in (row, row - 1):
        line = file.line(number) if number >= 0 else ""
        for pattern, hint in _PATTERNS:
            if pattern.search(line):
                return hint
    return "check the indentation of this line and the one before it"
