"""A briefing as a value: prose of which every sentence cites; where it stands is kept as offsets.

What `render` shows and what the paper edition sets are made of these structs alone. `Facts.briefings`
holds them as written; in `Verified.briefings` every direct quotation has its place in its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from generator.date import Date

Role = Literal["known", "disputed", "judgement", "change", "watch"]
Style = Literal["plain", "emphasis", "strong"]
BlockKind = Literal["paragraph", "framing", "bullets", "numbers"]

ROLES: dict[str, Role] = {
    "what is known": "known",
    "what is disputed": "disputed",
    "assessment": "judgement",
    "judgement": "judgement",
    "what would change the assessment": "change",
    "what would change the judgement": "change",
    "what to watch": "watch",
}
"""Headings, in small letters, whose sections have a role that readers and rules know."""


class Run(Struct, frozen=True, array_like=True):
    """Words of one style, or a link.

    Attributes:
        text: The words; empty for a link that shows the name of its entity.
        entity: Id of the entity it links to; `claim` the id of one of its claims.
        start: Where it begins in the file, `end` where it ends: of a link, its id.
    """

    text: str
    style: Style = "plain"
    entity: str | None = None
    claim: str | None = None
    start: int = 0
    end: int = 0


class Cited(Struct, frozen=True, array_like=True):
    """One citation of a sentence: a claim, or words of a source.

    Attributes:
        claim: `entity#claim`; None for a quotation.
        corrected: Whether the sentence says that the claim has since been corrected.
        source: Id of the source, for a quotation; `exact` its quoted words.
        spans: Token positions of its parts in the source, once verified; `paragraph`, `sentence`
            `against` and `places` likewise, as for a passage.
        start: Where it begins in the file, `end` where it ends.
    """

    claim: str | None = None
    corrected: bool = False
    source: str | None = None
    exact: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    paragraph: int = 0
    sentence: int = 0
    against: Literal["text", "seal"] = "text"
    start: int = 0
    end: int = 0
    places: tuple[tuple[int, int], ...] = ()


class Sentence(Struct, frozen=True, array_like=True):
    """One sentence with what it rests on.

    Attributes:
        runs: Its words in order, citations left out.
        cited: Its citations in order; empty in framing alone.
        start: Where it begins in the file, `end` where it ends.
        number: Its number in the briefing, from 1, in reading order.
    """

    runs: tuple[Run, ...]
    cited: tuple[Cited, ...] = ()
    start: int = 0
    end: int = 0
    number: int = 0

    @property
    def refs(self) -> tuple[str, ...]:
        """Refs of the claims it cites, each once."""
        return tuple(dict.fromkeys(one.claim for one in self.cited if one.claim))

    @property
    def quotations(self) -> tuple[Cited, ...]:
        """Its direct quotations."""
        return tuple(one for one in self.cited if one.source)

    @property
    def written(self) -> str:
        """Its words without markup; a link that shows a name gives no words."""
        return "".join(run.text for run in self.runs)


class Block(Struct, frozen=True, array_like=True):
    """A paragraph, a paragraph that only frames, or a list.

    Attributes:
        items: Of a paragraph, one item; of a list, its items: each the sentences in order.
        number: Number of the paragraph in the briefing, from 1; 0 for framing.
    """

    kind: BlockKind
    items: tuple[tuple[Sentence, ...], ...]
    number: int = 0


class Section(Struct, frozen=True, array_like=True):
    """A heading with what stands below it.

    Attributes:
        title: Plain words; empty before the first heading.
        level: 2 or 3.
        anchor: Its id on the page, unique in the briefing.
        role: What the section is for, where its heading says so.
    """

    title: str
    level: int
    anchor: str
    role: Role | None
    blocks: tuple[Block, ...]


class Briefing(Struct, frozen=True, array_like=True):
    """A briefing.

    Attributes:
        number: As the author gives it, `2026/01`; unique.
        bottom_line: What a reader must know who reads no further.
        dossier: Ids of the entities whose pages go with it as one paper.
        summary: The author's words on the sources as a whole; no figures, those are generated.
        path: Its file, relative to the project's root.
    """

    id: str
    number: str
    title: str
    as_of: Date
    authors: tuple[str, ...]
    bottom_line: tuple[Sentence, ...]
    summary: tuple[Sentence, ...]
    dossier: tuple[str, ...]
    sections: tuple[Section, ...]
    path: str
    dossier_places: tuple[tuple[int, int], ...] = ()

    def stated(self) -> Iterator[Sentence]:
        """Every sentence that states something, in reading order."""
        yield from self.bottom_line
        for section in self.sections:
            for block in section.blocks:
                if block.kind != "framing":
                    for item in block.items:
                        yield from item

    def framing(self) -> Iterator[Sentence]:
        """Every sentence that only frames, the author's words on the sources among them."""
        for section in self.sections:
            for block in section.blocks:
                if block.kind == "framing":
                    for item in block.items:
                        yield from item
        yield from self.summary

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence."""
        yield from self.stated()
        yield from self.framing()

    @property
    def refs(self) -> tuple[str, ...]:
        """Refs of all claims it cites, in the order of first use."""
        return tuple(dict.fromkeys(ref for one in self.stated() for ref in one.refs))

    @property
    def quotations(self) -> tuple[Cited, ...]:
        """All its direct quotations, in order."""
        return tuple(cited for one in self.stated() for cited in one.quotations)

    @property
    def entities(self) -> frozenset[str]:
        """Ids of the entities whose names it shows."""
        named = {run.entity for one in self.sentences() for run in one.runs if run.entity}
        return frozenset(named.union(self.dossier))
