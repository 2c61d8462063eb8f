"""Whole texts: only an open one may be shown, on its source's own page, and without another word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from generator.audit.address import Inventory
from generator.audit.evidence import Evidence
from generator.audit.page import Mark, TextElement
from generator.audit.register import Register


class Fault(NamedTuple):
    """What is wrong with a text that is shown, and where."""

    message: str
    mark: Mark


@dataclass(frozen=True)
class WholeCheck:
    """Checks the elements with `data-text` (P606)."""

    inventory: Inventory
    register: Register
    evidence: Evidence

    def fault(self, path: str, element: TextElement) -> Fault | None:
        """What is wrong with an element of a page; None where it is sound."""
        source, mark = element.source, element.mark
        row = self.register.sources.get(source)
        words = self.evidence.open_text(source)
        if words is None or row is None or row.text("text") != "open":
            return Fault(f"the text of `{source}` is shown, but is not open", mark)
        if path != self.inventory.source_page(source):
            return Fault(f"the text of `{source}` stands on another page than its own", mark)
        if element.text == words:
            return None
        return _difference(element, words)


def _difference(element: TextElement, words: str) -> Fault:
    """The first text that is not the article's."""
    left, at = "".join(words.split()), 0
    for part in element.parts:
        found = "".join(part.value.split())
        if not left.startswith(found, at):
            message = f"words shown as the text of `{element.source}` do not stand there in it"
            return Fault(message, part)
        at += len(found)
    return Fault(f"the text of `{element.source}` is shown without all of its words", element.mark)
