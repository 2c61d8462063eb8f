"""A prose briefing as the first chapter of a paper: its sentences, each with one note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator import date as dates
from generator.model.briefing import Block, Briefing, Cited, Run, Sentence
from generator.model.fact import Claim, Quotation
from generator.model.stage import Citation, Passage
from generator.paper.chapter import Chapters
from generator.paper.note import Runs
from generator.render.wording import STANDING_LABEL

Said = dict[str, Any]
"""A sentence: its runs as `text`, the index of its note as `note`."""


class Prose:
    """Sets the sentences of a briefing into the chapters of a paper."""

    def __init__(self, made: Chapters, briefing: Briefing) -> None:
        self.made = made
        self.briefing = briefing

    def said(self, sentences: Iterable[Sentence]) -> list[Said]:
        """Sentences in their order, with a space between them."""
        found: list[Said] = []
        for sentence in sentences:
            runs = [self.run(run) for run in sentence.runs]
            lead: Runs = [" "] if found else []
            found.append({"text": [*lead, *runs], "note": self.note(sentence.cited)})
        return found

    def run(self, run: Run) -> Any:  # noqa: ANN401 - a run
        """Words with their link or stress."""
        if run.entity:
            return self.made.link(run.entity, run.text or self.made.desk.rows[run.entity].name)
        if run.style == "plain":
            return run.text
        return {"s": run.text, "em" if run.style == "emphasis" else "strong": True}

    def note(self, cited: Sequence[Cited]) -> int | None:
        """One note for all that a sentence cites."""
        parts: list[tuple[Runs, Sequence[Citation]]] = []
        for one in cited:
            if one.claim is None:
                parts.append(([], [_quoted(one, self.made)]))
                continue
            claim = self.made.verified.facts.claim(one.claim)
            if claim is not None:
                self.made.refs.append(claim.ref)
                parts.append(self.behind(claim))
        return self.made.notes.add_all(parts)

    def behind(self, claim: Claim) -> tuple[Runs, Sequence[Citation]]:
        """A claim's standing in words, and its citations; of a conclusion, one of each premise.

        All that a conclusion rests on would fill the foot of a page; its own page lists it.
        """
        support = self.made.verified.support
        own = support[claim.ref]
        lead: Runs = [{"s": STANDING_LABEL[own.standing], "strong": True}]
        citations = list(own.citations)
        if not citations:
            behind = [support[premise].citations for premise in claim.premises]
            citations = [one for some in behind for one in some[:1]]
            is_cut = any(len(some) > 1 for some in behind)
            lead.append(", resting among others on" if is_cut else ", resting on")
        return [*lead, ": "], citations

    def chapter(self, title: str | None) -> dict[str, Any]:
        """The briefing as a chapter; with a title where others follow."""
        blocks: list[dict[str, Any]] = []
        for section in self.briefing.sections:
            if section.title:
                level = section.level + (title is not None)
                blocks.append({"kind": "heading", "level": level, "text": [section.title]})
            blocks += map(self.block, section.blocks)
        return {
            "id": f"briefing-{self.briefing.id}", "title": title, "blocks": blocks, "names": [],
            "kicker": f"Briefing {self.briefing.number}, as of {dates.display(self.briefing.as_of)}",
        }  # fmt: skip

    def block(self, block: Block) -> dict[str, Any]:
        """A paragraph or a list."""
        items = [self.said(item) for item in block.items]
        if block.kind in ("bullets", "numbers"):
            return {"kind": "items", "ordered": block.kind == "numbers", "items": items}
        return {"kind": "prose", "framing": block.kind == "framing", "sentences": items[0]}


def _quoted(cited: Cited, made: Chapters) -> Citation:
    """A direct quotation as a citation."""
    source = cited.source or ""
    passage = Passage(
        source, cited.exact, cited.spans, cited.paragraph, cited.sentence, cited.against
    )
    origins = made.verified.facts.sources[source].origins
    return Citation(Quotation(source, cited.exact), passage, origins)
