"""Why a file is not YAML: the parser's complaint, with the fix for the mistakes people make most."""

from __future__ import annotations

import re

import yaml

from generator.diagnostics import Sink
from generator.textfile import TextFile

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""What reads YAML: every value a text."""

_KEY = r"^[^:#]*:\s+"
_HINTS = (
    (r"^(?:<{7}|={7}|>{7})",
     "two versions of the file stand here: keep one side, and delete the lines of `<`, `=` and `>`"),
    (_KEY + r"\[\[", "a text that begins with `[[` must stand in quotation marks"),
    (_KEY + r"[“”„‟‘’‚«]", "quotation marks that hold a text are straight: \"…\" or '…'"),
    (_KEY + r"[@`%*&!,]", "a text that begins with this sign must stand in quotation marks"),
    (_KEY + r"[-?]\s", "a text that begins with this sign must stand in quotation marks"),
    (_KEY + r"[|>][-+]?\d", "leave out the number behind `|` or `>`"),
    (_KEY + r"[|>][-+]?\s+[^\s#]",
     "put the whole text in quotation marks; behind `|` or `>` it begins on the next line"),
    (_KEY + r"'[^']*'[^\s#]", "inside '…' write '' for an apostrophe, or use \"…\""),
    (_KEY + r"(?:'[^']*'|\"[^\"]*\")\s*[^\s#]",
     "after the closing quotation mark nothing more may stand; put the whole text in quotation marks"),
    (_KEY + r"\[[^\[\]]*\]\s*[^\s#]", "a text that begins with `[` must stand in quotation marks"),
    (_KEY + r"\S.*:(?:\s|$)", "a text that holds `: ` must stand in quotation marks"),
    (_KEY + r"[\[{][^\]}]*$", "close the bracket that opens here"),
    (_KEY + r"['\"][^'\"]*$", "the quotation mark that opens here is never closed"),
    (r"^\s*[\w-]+:\u00a0", "the space behind the colon is a no-break space; write a plain one"),
    (r"^\s*[\w-]+\s*[：﹕]", "write the plain colon `:` and a space"),
    (r"^\s*[\w-]+:\S", "a space must follow the colon"),
    (r"^\s*:(?:\s|$)", "a key must stand before the colon"),
    (r"^\s*[\w-]+\s+=", "between key and value stands a colon"),
    (r"^\s*(?!-+\s*$)[\w-]+\s*$", "a key needs a colon behind it"),
    (r"^%", "delete the line that begins with `%`"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), hint) for pattern, hint in _HINTS)
_CLOSED_BEFORE = re.compile(r"['\"]\s*\Z")


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
    opened = _opened(file, mark.index)
    if opened is not None:
        related = [(file.span(offset), "the text that opens there ends before this")]
        offset, hint = opened, "close the quotation mark that opens here"
    else:
        hint = _hint(file, offset, context.index if context else None, problem)
    sink.add("L104", f"not valid YAML: {problem}", file.span(offset), hint, related=related)


def _opened(file: TextFile, end: int) -> int | None:
    """Where a quoted text opens that ends right before a place, lines below; else None.

    Without its own closing mark a text runs on to the next one, wherever that stands.
    """
    last: yaml.Event | None = None
    try:
        for event in yaml.parse(file.text, Loader=LOADER):
            last = event
    except yaml.YAMLError:
        pass
    if not isinstance(last, yaml.ScalarEvent) or last.style not in ("'", '"'):
        return None
    start, close = last.start_mark, last.end_mark
    if start is None or close is None or start.line == close.line:
        return None
    return start.index if file.text[close.index : end].strip() == "" else None


def _hint(file: TextFile, offset: int, context: int | None, problem: str) -> str:
    row = file.position(offset)[0]
    if "escape" in problem or "hexde" in problem:
        return "inside \"…\" a backslash is written twice; inside '…' it is a letter like others"
    if "',' or" in problem:
        if _CLOSED_BEFORE.search(file.text[:offset]):
            return "after the closing quotation mark only a comma or the closing bracket may stand"
        return "close the bracket that opens before this; put a text that holds brackets in quotation marks"
    rows = [row, row - 1]
    if context is not None and "':'" in problem:
        rows.insert(0, file.position(context)[0])  # the line that should have been a key
    for number in rows:
        line = file.line(number) if number >= 0 else ""
        for pattern, hint in _PATTERNS:
            if pattern.search(line):
                return hint
    if "':'" in problem:
        return "a line is `key: value`, or stands deeper than the key whose text it goes on with"
    return "check the indentation of this line and the one before it"
