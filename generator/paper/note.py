"""Notes at the foot of the page: one for each claim, in one numbering through a whole paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator import date as dates
from generator.model.fact import Source
from generator.model.stage import Citation, Verified
from generator.render.wording import direction

Runs = list[Any]
"""A stretch of words: texts, or mappings with the text as `s` and how it is set."""


def foreign(words: str, language: str, own: str = "en") -> Any:  # noqa: ANN401 - a run
    """Words in a language, as a run."""
    if language.split("-")[0] == own:
        return words
    return {"s": words, "lang": language.split("-")[0], "rtl": direction(language) == "rtl"}


class Notes:
    """Numbers the notes of one paper.

    A source is cited in full where it is first named. From then on its publisher and the number of
    that note stand for it, and words that were quoted before are not quoted again.

    Attributes:
        notes: Each a list of entries; the entry of one citation is a list of runs.
        sources: Ids of the sources cited, in the order of their first note.
    """

    def __init__(self, verified: Verified, origin: Callable[[str], str]) -> None:
        self._verified = verified
        self._origin = origin
        self._first: dict[str, int] = {}
        self._quoted: dict[tuple[str, str], int] = {}
        self._together: dict[frozenset[tuple[str, str]], int] = {}
        self.notes: list[list[Runs]] = []

    @property
    def sources(self) -> tuple[str, ...]:
        """See above."""
        return tuple(self._first)

    def add(self, citations: Sequence[Citation]) -> int | None:
        """The index of a new note for some citations; None where there are none."""
        if not citations:
            return None
        number = len(self.notes) + 1
        earlier = self._earlier(citations)
        if earlier is not None:
            self.notes.append([["As ", _to(earlier), "."]])
            return number - 1
        entries = []
        before = None
        for citation in citations:
            entries.append(self._entry(citation, number, before == citation.quotation.source))
            before = citation.quotation.source
        self.notes.append(entries)
        return number - 1

    def add_all(self, parts: Sequence[tuple[Runs, Sequence[Citation]]]) -> int | None:
        """The index of a new note for several things that a sentence cites; None without any.

        Args:
            parts: What is said before some citations, and these.
        """
        number = len(self.notes) + 1
        entries: list[Runs] = []
        for lead, citations in parts:
            earlier = self._earlier(citations) if citations else None
            if earlier is not None:
                if earlier < number:
                    entries.append([*lead, "as ", _to(earlier), "."])
                continue
            before = None
            for citation in citations:
                entry = self._entry(citation, number, before == citation.quotation.source)
                entries.append(entry if before else [*lead, *entry])
                before = citation.quotation.source
        if not entries:
            return None
        self.notes.append(entries)
        return number - 1

    def _earlier(self, citations: Sequence[Citation]) -> int | None:
        """The number of the note that quotes all of this already; None when there is none."""
        keys = [(c.quotation.source, c.quotation.exact) for c in citations]
        found = {self._quoted.get(key) for key in keys}
        if len(found) == 1 and None not in found:
            return found.pop()
        number = self._together.setdefault(frozenset(keys), len(self.notes) + 1)
        return number if number <= len(self.notes) else None

    def _entry(self, citation: Citation, number: int, follows: bool) -> Runs:
        quotation, passage = citation.quotation, citation.passage
        source = self._verified.facts.sources[quotation.source]
        first = self._first.setdefault(source.id, number)
        quoted = self._quoted.setdefault((source.id, quotation.exact), number)
        if follows:
            runs: Runs = ["ibid."]
        elif first == number:
            runs = _in_full(source)
        else:
            runs = [{"s": source.publisher, "em": True}, ", ", _to(first)]
        runs.append(f", para.\u00a0{passage.paragraph}")
        if quotation.locator:
            runs.append(f", {quotation.locator}")
        if quoted < number:
            runs += [", words as in ", _to(quoted)] if quoted != first else [", same words"]
        else:
            runs += [": “", foreign(quotation.exact, source.language), "”"]
        if quotation.translation:
            runs.append(f" (in translation: “{quotation.translation}”)")
        if quotation.via:
            runs.append(f" (repeating {', '.join(map(self._origin, quotation.via))})")
        if quotation.note:
            runs.append(f" [{quotation.note}]")
        runs.append(".")
        return runs


def _to(number: int) -> dict[str, str]:
    """A reference to an earlier note."""
    return {"s": f"n.\u00a0{number}", "to": f"note-{number}"}


def _in_full(source: Source) -> Runs:
    author = f"{source.author}, " if source.author else ""
    published = f", {dates.display(source.published)}" if source.published else ""
    title = foreign(source.title, source.language)
    return [author, {"s": source.publisher, "em": True}, ", “", title, f"”{published}"]
