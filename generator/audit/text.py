"""Takes every text of a page to where its words are judged.

Within a briefing article, what is in no claim, passage, record, identity or generated element must
be a label without figures; in the prose of the host's Markdown pages, figures are out of place
altogether.
"""

from __future__ import annotations

import re
from typing import Final

from generator.audit.page import Attributes, Mark, PageReading, Stray
from generator.audit.scope import ANY_LABEL, DECLARED, Block, Scope
from generator.audit.statement import Wording, figures, has_digit, prose_figure, says_something

ADDED = frozenset({"data-record", "data-generated"})
NOTE = re.compile(r"\W*\d+\W*\Z")
SPOKEN: Final = ("alt", "title", "aria-label", "aria-description")


class Texts:
    """The texts of one page; the reader tells before each how many elements it has passed."""

    def __init__(self, page: PageReading, wording: Wording) -> None:
        self.page = page
        self.wording = wording
        self.element = -1
        self.labels: list[Block] = []
        self.generated: list[Block] = []

    def begin_label(self, scope: Scope) -> None:
        """Begin a label; one that nothing around it accounts for is judged when complete."""
        if scope.mode:
            scope.label = ANY_LABEL
        elif scope.region:
            scope.label = Block(is_prose=scope.region == "prose")
            self.labels.append(scope.label)

    def begin_block(self, scope: Scope) -> None:
        """Begin a paragraph; one of generated text is judged when it is complete."""
        if scope.mode == "data-generated":
            scope.block = Block(in_claim=scope.claim is not None)
            self.generated.append(scope.block)
        elif not scope.mode:
            scope.block = Block()

    def read_spoken(self, attributes: Attributes) -> None:
        """Attributes that readers see or hear are labels too."""
        for name in SPOKEN:
            value = attributes.get(name)
            if value and has_digit(value) and not self.wording.is_name(value):
                self.add_stray(
                    f"the attribute `{name}` gives a figure", Mark(self.element, name, value)
                )

    def read_text(self, text: str, scope: Scope) -> None:
        """Take a text to where its words are judged."""
        mode, claim, quote = scope.mode, scope.claim, scope.quote
        is_blank = not text or text.isspace()
        if scope.cite is not None:
            scope.cite.said.append(text)
        if scope.whole is not None:
            scope.whole.parts.append(Mark(self.element, "", text))
        if quote is not None:
            quote.parts.append(text)
            if quote.mark is None and not is_blank:
                quote.mark = Mark(self.element, "", text)
        elif claim is not None and not scope.is_aside and mode not in ADDED:
            claim.parts.append(text)
        if scope.former is not None and mode == "former":
            scope.former.parts.append(text)
            return
        if is_blank or not scope.region:
            return
        if mode == "data-generated":
            self.read_block(text, scope)
        elif claim is not None and (mode == "claim" or mode in DECLARED):
            # Links name other things; quotations are checked word by word; notes have numbers.
            is_checked = not scope.is_pointer and quote is None and has_digit(text)
            if is_checked and not (scope.is_aside and NOTE.match(text)):
                claim.figures.append(Mark(self.element, "", text))
        elif mode in ("data-record", "passage"):
            if has_digit(text) and quote is None:
                self.page.records.append(Mark(self.element, "", text))
        elif mode == "data-identity":
            if has_digit(text):
                self.page.identities.append(Mark(self.element, "", text))
        elif not mode:
            self.read_bare(text, scope)

    def read_block(self, text: str, scope: Scope) -> None:
        """Generated text is judged by the paragraph."""
        block = scope.block
        block.parts.append(text)
        if scope.label is None:
            block.own.append(text)
        if not block.marks:  # the first is where a fault of the whole is shown
            block.marks.append(Mark(self.element, "", text))

    def read_bare(self, text: str, scope: Scope) -> None:
        """Text that no element around it accounts for."""
        if scope.label is not None:
            scope.label.parts.append(text)
            scope.label.marks.append(Mark(self.element, "", text))
        elif scope.region == "prose":
            self.read_prose(Mark(self.element, "", text))
        elif says_something(text) and not scope.block.told:
            # One finding a paragraph, however many words in it are emphasised.
            scope.block.told = True
            self.add_stray("text stands outside of claims", Mark(self.element, "", text))

    def read_prose(self, mark: Mark) -> None:
        """Prose of the host's pages must not state figures."""
        figure = prose_figure(mark.value)
        if figure and not self.wording.is_name(mark.value):
            message = f"the prose gives the figure `{figure}` without a citation"
            self.add_stray(message, mark._replace(part=figure))

    def add_stray(self, message: str, mark: Mark) -> None:
        """Record words at fault."""
        self.page.strays.append(Stray(message, mark))

    def finish(self) -> None:
        """Judge what can only be judged as a whole."""
        for label in self.labels:
            self.judge_label(label)
        for block in self.generated:
            own = "".join(block.own)
            # Within a claim, links and labels name other claims.
            text = own if block.in_claim else "".join(block.parts)
            fault = self.wording.generated_fault(text, own)
            if block.marks and fault:
                self.add_stray(fault, block.marks[0])

    def judge_label(self, label: Block) -> None:
        """A label holds no figure, except in a name, and no claim."""
        whole = "".join(label.parts)
        if not whole or self.wording.is_name(whole):
            return
        if fault := self.wording.label_fault(whole):
            self.add_stray(fault, label.marks[0])
            return
        for mark in label.marks:
            if self.wording.is_name(mark.value):
                continue
            if label.is_prose:
                self.read_prose(mark)
            elif has_digit(mark.value):
                number = figures(mark.value)
                part = number[0][1] if number else ""
                self.add_stray("a label gives a figure outside of claims", mark._replace(part=part))
