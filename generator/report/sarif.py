"""Findings as SARIF 2.1.0 (OASIS), for code-scanning services and editors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from generator.codes import CODES
from generator.diagnostics import Diagnostic
from generator.report.escape import json_text
from generator.report.place import place_of
from generator.textfile import Span

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)


def report_sarif(findings: Sequence[Diagnostic]) -> str:
    """One log with one run; only the rules that were raised are listed."""
    raised = sorted({finding.code for finding in findings})
    rules = [
        {
            "id": code,
            "name": CODES[code].name,
            "shortDescription": {"text": CODES[code].about},
            "help": {"text": CODES[code].fix},
            "defaultConfiguration": {"level": CODES[code].level},
        }
        for code in raised
    ]
    run = {
        "tool": {"driver": {"name": "briefing", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, raised.index(finding.code)) for finding in findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(log, indent=2) + "\n"


def _result(finding: Diagnostic, rule: int) -> dict[str, Any]:
    message = "\n".join([finding.message, *(f"hint: {hint}" for hint in finding.hints)])
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.level,
        "message": {"text": message},
        "locations": [_location(finding.path, finding.span)],
    }
    if finding.related:
        result["relatedLocations"] = [
            {**_location(span.file.path, span), "message": {"text": label}}
            for span, label in finding.related
        ]
    return result


def _location(path: str, span: Span | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(path)}}
    if span is not None:
        place = place_of(span)
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return {"physicalLocation": physical}
