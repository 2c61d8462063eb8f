"""A `Wording` that notes what its verdicts rest on, so that a later change of names is seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.audit.page import fold
from generator.audit.statement import LONGEST_LABEL, Wording, sentences


@dataclass(frozen=True, slots=True)
class NotingWording(Wording):
    """Judges words by what the data files hold, and notes on what that rests.

    Attributes:
        excuses: Names and titles, white space folded, that a text was found to be; whoever asks
            for a page's own empties it before.
        told: Every text, and sentence of one, that would be at fault if a claim said it.
        lengthy: Generated texts so long that no name may stand in them.
    """

    excuses: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    lengthy: set[str] = field(default_factory=set)

    def is_name(self, text: str) -> bool:
        """Whether a text is exactly a name or a title."""
        folded = fold(text)
        if folded not in self.names:
            return False
        self.excuses.add(folded)
        return True

    def claim_in(self, text: str) -> str | None:
        """Ref of a claim whose words a text gives, as a whole or as one of its sentences."""
        folded = fold(text)
        parts = sentences(folded)
        self.told.add(folded)
        self.told.update(parts)
        return self.claim_of(folded, parts)

    def label_fault(self, text: str) -> str | None:
        """What is wrong with the words of a heading, link or other label."""
        folded = fold(text)
        self.told.add(folded)
        fault = Wording.label_fault(self, text)
        if fault is None and len(folded) > LONGEST_LABEL:
            self.excuses.add(folded)
        return fault

    def name_in(self, text: str) -> str | None:
        """The first name that stands in a long text."""
        self.lengthy.add(text)
        return Wording.name_in(self, text)
