"""Notes: each holds the words of the passage it leads to, and belongs to the citation of its number."""

from __future__ import annotations

from dataclasses import dataclass

from generator.audit.address import Inventory, Target
from generator.audit.atlas import Atlas
from generator.audit.finding import Findings
from generator.audit.page import Mark, NoteElement, PageReading, Reference

_TEMPLATE = "this is a fault of a template, or of a page changed by hand: build the site again"


def is_number(said: str) -> bool:
    """Whether the words of a citation are the number of a note."""
    return said.isascii() and said.isdecimal()


def anchor_of(number: str) -> str:
    """The id of a note."""
    return f"note-{number}"


@dataclass
class NoteCheck:
    """Checks the notes of a page (P605, P606) and the citations that they belong to (P604)."""

    inventory: Inventory
    atlas: Atlas
    findings: Findings

    def check(self, page: PageReading) -> None:
        """All notes of a page, and all citations with a number at the places of their claims."""
        notes: dict[str, NoteElement] = {}
        for note in page.notes:
            if note.anchor != anchor_of(note.number) or note.number in notes:
                self._add("P606", f"no note is `{note.anchor}` by this number", page, note.mark)
            notes[note.number] = note
            self._check_words(page, note)
        used = set()
        for claim in page.claims:
            for cite in claim.cites if not claim.repeated else ():
                said = "".join(cite.said).strip()
                if is_number(said):
                    used.add(said)
                    self._check_cite(page, cite, said, notes.get(said))
        for number, note in notes.items():
            if number not in used:
                message = f"the note `{number}` belongs to no citation"
                self._add("P606", message, page, note.mark)

    def _check_words(self, page: PageReading, note: NoteElement) -> None:
        """A note quotes the passage that it leads to."""
        target = self._follow(page, note.hrefs[0] if note.hrefs else None)
        if target is None or target.file in self.atlas.unread:
            return  # of a sound citation it does not lead where that does, which is a finding
        passage = self.atlas.passages.get(target)
        words = [quote.text for quote in note.quotes]
        if passage is not None and (len(words) != 1 or words[0] not in passage.exacts):
            message = f"the note `{note.number}` does not hold the words of the passage it leads to"
            mark = note.quotes[0].mark if note.quotes else None
            self._add("P605", message, page, mark or note.mark)

    def _check_cite(
        self, page: PageReading, cite: Reference, number: str, note: NoteElement | None
    ) -> None:
        """A citation leads where the note of its number does."""
        if note is None:
            self._add(
                "P604", f"the citation of `{cite.name}` has no note `{number}`", page, cite.mark
            )
            return
        target = self._follow(page, note.hrefs[0] if note.hrefs else None)
        if target is None or target != self._follow(page, cite.href):
            message = f"the note `{number}` does not lead where the citation with its number does"
            self._add("P604", message, page, note.mark)

    def _follow(self, page: PageReading, href: str | None) -> Target | None:
        return self.inventory.follow(page.path, href) if href else None

    def _add(self, code: str, message: str, page: PageReading, mark: Mark) -> None:
        self.findings.add(code, message, page.path, mark, _TEMPLATE)
