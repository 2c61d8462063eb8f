"""Recorded exceptions: `# briefing: allow Q410 - reason` covers the key it stands at or above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.codes import CODES
from generator.diagnostics import Diagnostic, Sink
from generator.model.stage import Raw
from generator.textfile import Span
from generator.yamlio import Listing, Mapping, Node, Scalar

_COMMENT = re.compile(
    r"#[ \t]*briefing:[ \t]*allow\b[ \t]*(?P<code>\S*)(?:[ \t]*-[ \t]*(?P<reason>.*))?"
)


@dataclass(frozen=True)
class Allowance:
    """A recorded exception.

    Attributes:
        code: The code it allows.
        span: The comment.
        covers: The key and value it covers.
    """

    code: str
    span: Span
    covers: Span

    def admits(self, finding: Diagnostic) -> bool:
        """Whether it covers a finding."""
        place = finding.span
        return (
            finding.code == self.code
            and place is not None
            and place.file.path == self.covers.file.path
            and self.covers.start <= place.start < self.covers.end
        )


def apply_allowances(raw: Raw, findings: Iterable[Diagnostic], sink: Sink) -> list[Diagnostic]:
    """Findings less those that an exception covers.

    Faults in the exceptions themselves, and exceptions that cover nothing, go to the sink.
    """
    kept = list(findings)
    for locator in sorted(raw.allowing, key=lambda locator: locator.shown):
        for allowance in find_allowances(locator.tree, sink):
            remaining = [finding for finding in kept if not allowance.admits(finding)]
            # Where files cannot be read, not everything has been looked at that it may be needed for.
            if len(remaining) == len(kept) and not raw.broken:
                sink.add(
                    "L121",
                    f"nothing here needs the exception from {allowance.code}",
                    allowance.span,
                    "remove the comment",
                )
            kept = remaining
    return kept


def find_allowances(tree: Node, sink: Sink) -> list[Allowance]:
    """The well-formed exceptions in one file; malformed ones are findings."""
    file = tree.span.file
    if "briefing:" not in file.text:
        return []
    entries, scalars = list(_entries(tree)), [_body(node) for node in _scalars(tree)]
    allowances = []
    for found in _COMMENT.finditer(file.text):
        if any(span.start <= found.start() < span.end for span in scalars):
            continue
        span = file.span(found.start(), found.end())
        code, reason = found["code"], (found["reason"] or "").strip()
        if not code:
            sink.add(
                "L120",
                "the exception names no code",
                span,
                "write `# briefing: allow Q410 - reason`",
            )
        elif code not in CODES:
            sink.add(
                "L120",
                f"`{code}` is not a code of this tool",
                span,
                "write `# briefing: allow Q410 - reason`",
            )
        elif CODES[code].level == "error":
            sink.add("L120", f"{code} is an error and cannot be allowed", span, "mend its cause")
        elif not reason:
            sink.add(
                "L120",
                f"the exception from {code} gives no reason",
                span,
                f"write `# briefing: allow {code} - reason`",
            )
        else:
            allowances.append(Allowance(code, span, _covered(found.start(), span, entries)))
    return allowances


def _covered(at: int, comment: Span, entries: list[Span]) -> Span:
    """The entry on the comment's own line, the widest that ends there; else the next one below."""
    file = comment.file
    row = file.position(at)[0]
    same = [entry for entry in entries if file.position(entry.start)[0] == row]
    if same:
        return next((entry for entry in same if entry.end <= at), same[-1])
    below = [entry for entry in entries if entry.start > at]
    return min(below, key=lambda entry: entry.start) if below else comment


def _entries(node: Node) -> Iterator[Span]:
    if isinstance(node, Mapping):
        for key, value in node.items:
            yield Span(key.span.file, key.span.start, max(key.span.end, value.span.end))
            yield from _entries(value)
    elif isinstance(node, Listing):
        for item in node.items:
            yield item.span
            yield from _entries(item)


def _body(scalar: Scalar) -> Span:
    """Where a scalar's own characters stand: a comment may follow the header of a block."""
    span = scalar.span
    start = span.file.line_end(span.start) if scalar.style in ("|", ">") else span.start
    return Span(span.file, start, max(start, span.end))


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.items:
            yield key
            yield from _scalars(value)
    else:
        for item in node.items:
            yield from _scalars(item)
