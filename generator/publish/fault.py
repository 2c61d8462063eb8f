"""Errors that end a build from within the host, as findings."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import jinja2

from generator.config import Settings
from generator.diagnostics import Sink
from generator.publish.site import PublishFault, write_fault
from generator.textfile import DecodeFault, Span, TextFile

_WRITING = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO, errno.EACCES}


def report_fault(error: Exception, settings: Settings, site: Path, sink: Sink) -> bool:
    """Report an error as a finding; False for one that is none of the project's.

    A template's error is R501 at its line, one in publishing P601 or P602 at the site folder.
    """
    if isinstance(error, jinja2.TemplateError):
        reason = str(error)
        if isinstance(error, jinja2.TemplateNotFound):  # whose words name every folder searched
            reason = f"the theme has no template `{error.name}`"
        sink.add("R501", " ".join(reason.split()), _template_place(error, settings))
    elif isinstance(error, PublishFault):
        sink.add(error.code, error.reason, settings.shown(site), error.hint)
    elif isinstance(error, OSError) and error.errno in _WRITING:
        fault = write_fault(error)
        sink.add(fault.code, fault.reason, settings.shown(site), fault.hint)
    else:
        return False
    return True


def _template_place(error: jinja2.TemplateError, settings: Settings) -> Span | str:
    """The line of the template: of the syntax error itself, else the innermost one on the way."""
    if isinstance(error, jinja2.TemplateNotFound) and (span := _naming(str(error.name), settings)):
        return span
    name = getattr(error, "filename", None)
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace and not isinstance(error, jinja2.TemplateSyntaxError):
        running = trace.tb_frame.f_code.co_filename
        if Path(running).is_relative_to(settings.theme):
            name, line = running, trace.tb_lineno
        trace = trace.tb_next
    if not name or not line:
        return settings.shown(settings.theme)
    path = Path(name)
    try:
        file = TextFile.read(path, settings.shown(path))
    except (OSError, DecodeFault):
        return settings.shown(path)
    start = file.offset(line - 1, 0)
    return file.span(start, max(start + 1, file.line_end(start)))


def _naming(template: str, settings: Settings) -> Span | None:
    """Where the front matter of a Markdown page asks for a template of its own."""
    for path in sorted(settings.content.rglob("*.md")):
        try:
            file = TextFile.read(path, settings.shown(path))
        except (OSError, DecodeFault):
            continue
        found = re.search(
            rf"^template:[ \t]*[\"']?({re.escape(template)})", file.text, re.MULTILINE
        )
        if found:
            return file.span(*found.span(1))
    return None
