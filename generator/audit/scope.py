"""What the elements around a text make of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from generator.audit.page import (
    ClaimElement,
    FormerElement,
    Mark,
    NoteElement,
    PassageElement,
    Quote,
    Reference,
    TextElement,
)

DECLARED: Final = (
    "data-record",
    "data-identity",
    "data-generated",
    "data-sentence",
    "data-framing",
)
"""Attributes that say what kind of words an element holds, claims and passages aside."""


@dataclass(slots=True)
class Block:
    """A label or a paragraph, whose words are judged together.

    Attributes:
        own: Its text without that of links and other labels.
        is_prose: Whether it is a label in the host's prose; `in_claim`: whether it is part of a
            claim.
        told: Whether a finding was made of it.
        marks: The texts of a label; of a paragraph, the first.
    """

    is_prose: bool = False
    in_claim: bool = False
    told: bool = False
    parts: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


ANY_LABEL: Final = Block()
"""Stands for a label whose words are judged otherwise; nothing is added to it."""


@dataclass(slots=True)
class Scope:
    """What the elements around a text make of it.

    Attributes:
        region: `briefing`, `prose`, or empty outside of both.
        mode: `claim`, `passage`, `former`, `text`, one of `DECLARED`, or empty.
        block: The paragraph or the like the text stands in; of no meaning in a claim, a passage or a record.
        label: The heading, link or other label it stands in; `ANY_LABEL` where something else
            accounts for its words.
        is_pointer: Whether it stands in a link that is no citation.
        is_aside: Whether it stands in a citation, a control or a label, which are no part of a
            claim's own words.
        heeds: Tags of elements within that make a difference, whatever their attributes.
        former: The element of former words it stands in, if any; `whole`: that of a source's text.
        note: The note it stands in, if any; `cite`: the citation.
        pointer: What is within it the scope of every plain link; made when first needed.
    """

    region: str = ""
    mode: str = ""
    block: Block = field(default_factory=Block)
    claim: ClaimElement | None = None
    passage: PassageElement | None = None
    label: Block | None = None
    quote: Quote | None = None
    is_pointer: bool = False
    is_aside: bool = False
    heeds: frozenset[str] = frozenset()
    pointer: Scope | None = None
    former: FormerElement | None = None
    whole: TextElement | None = None
    note: NoteElement | None = None
    cite: Reference | None = None

    def inner(self) -> Scope:
        """A copy for an element within."""
        return Scope(self.region, self.mode, self.block, self.claim, self.passage, self.label,
                      self.quote, self.is_pointer, self.is_aside, self.heeds, None,
                      self.former, self.whole, self.note, self.cite)  # fmt: skip
