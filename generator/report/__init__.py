"""Findings as text for people and programs: pure functions, one module a format."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.diagnostics import Diagnostic
from generator.report.github import report_github
from generator.report.jsonl import report_jsonl
from generator.report.sarif import report_sarif
from generator.report.text import report_text

FORMATS: dict[str, Callable[[Sequence[Diagnostic]], str]] = {
    "text": report_text,
    "github": report_github,
    "jsonl": report_jsonl,
    "sarif": report_sarif,
}

__all__ = ["FORMATS", "report_github", "report_jsonl", "report_sarif", "report_text"]
