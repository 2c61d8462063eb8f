"""Findings as GitHub workflow commands, shown beside the lines of a pull request.

The escaping follows the runner's own command parser: `%`, CR and LF in messages; also `:` and `,` in
properties.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Diagnostic
from generator.report.place import place_of


def report_github(findings: Sequence[Diagnostic]) -> str:
    """One `::error` or `::warning` command a finding."""
    return "".join(_command(finding) for finding in findings)


def _command(finding: Diagnostic) -> str:
    properties = [("file", finding.path)]
    if finding.span is not None:
        place = place_of(finding.span)
        properties += [
            ("line", str(place.line)),
            ("col", str(place.column)),
            ("endLine", str(place.end_line)),
            ("endColumn", str(place.end_column)),
        ]
    properties.append(("title", f"{finding.code} {finding.definition.name}"))
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties)
    message = "\n".join([finding.message, *(f"hint: {hint}" for hint in finding.hints)])
    return f"::{finding.level} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
