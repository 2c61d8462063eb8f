"""Findings as one JSON object a line, for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.diagnostics import Diagnostic
from generator.report.escape import json_text
from generator.report.place import place_of
from generator.textfile import Span


def report_jsonl(findings: Sequence[Diagnostic]) -> str:
    """One object a finding: code, name, level, message, path, place, hints, related."""
    return "".join(json_text(_object(f)) + "\n" for f in findings)


def _object(finding: Diagnostic) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.definition.name,
        "level": finding.level,
        "message": finding.message,
        "path": finding.path,
        **_place(finding.span),
        "hints": list(finding.hints),
        "related": [
            {"path": s.file.path, **_place(s), "label": label} for s, label in finding.related
        ],
    }


def _place(span: Span | None) -> dict[str, int | None]:
    place = place_of(span) if span else None
    keys = ("line", "column", "end_line", "end_column")
    return {key: getattr(place, key) if place else None for key in keys}
