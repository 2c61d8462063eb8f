"""What pages hold that other pages refer to: anchors, passages and the claims' own places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from generator.audit.address import Inventory, Target
from generator.audit.page import Mark, PageReading


class Passage(NamedTuple):
    """A quoted passage as citations need it: its source and its quotations, white space folded."""

    source: str
    exacts: tuple[str, ...]


@dataclass(slots=True)
class Atlas:
    """Gathered from all pages before anything is compared; plain data, so that processes share it.

    Attributes:
        anchors: Ids and names of anchors by page; every page that could be read is here.
        plain: Pages without a briefing article.
        unread: Pages that could not be read, so that what leads to them is not at fault as well.
        passages: Passages by page and anchor.
        quoted: Quotations on each source's own page.
        firsts: Where each claim has its place, by ref; the first page in order where several have.
    """

    anchors: dict[str, set[str]] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    passages: dict[Target, Passage] = field(default_factory=dict)
    quoted: dict[str, set[str]] = field(default_factory=dict)
    firsts: dict[str, tuple[str, Mark]] = field(default_factory=dict)

    def add(self, page: PageReading, inventory: Inventory) -> None:
        """Note what a page holds; pages are added in their order."""
        self.anchors[page.path] = page.ids
        if page.layout is None:
            self.plain.add(page.path)
        for element in page.passages:
            exacts = tuple(quote.text for quote in element.exacts)
            passage = Passage(element.source, exacts)
            self.passages.setdefault(Target(page.path, element.anchor), passage)
            if page.path == inventory.source_page(element.source):
                self.quoted.setdefault(element.source, set()).update(exacts)
        for claim in page.claims:
            if not claim.repeated:
                self.firsts.setdefault(claim.ref, (page.path, claim.mark))
