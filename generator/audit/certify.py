"""Certifies pages: a quick judgement that is sure where it says "sound", and else says nothing.

Every condition is that of the judge (`judge.py`) or stricter. A page that is not certified is
judged there, so that every finding is made, and placed, in one way only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator.audit.address import Target
from generator.audit.atlas import Passage
from generator.audit.claim import ClaimCheck
from generator.audit.evidence import Evidence
from generator.audit.judge import Ground
from generator.audit.landing import Landing, Landings
from generator.audit.note import anchor_of, is_number
from generator.audit.number import Numbers
from generator.audit.page import PageReading, fold
from generator.audit.pattern import NOTHING, Cells, ClaimTerms, Pattern
from generator.audit.row import ClaimRow
from generator.audit.sheet import Note, Sheet
from generator.audit.showing import Showing, Shown
from generator.audit.statement import has_digit, number_words, says_something, worth
from generator.audit.text import NOTE
from generator.audit.whole import WholeCheck
from generator.audit.wording import NotingWording
from generator.verify.quotation import Match

_MOST = 10_000  # generated texts that are kept of one pattern


class Cite(NamedTuple):
    """A citation that is left to be looked at: what it names and leads to, and its claim."""

    source: str
    target: Target
    row: ClaimRow


class Certifier:
    """Judges what stands on pages, stretch by stretch.

    Args:
        ground: What the site holds.
        numbers: Which numbers the records hold.
        evidence: The articles' records.
        wording: What names and claims the data files hold.
        claims: Knows the values of claims.
        is_quoted: Whether a claim has words as a quotation.
    """

    def __init__(
        self,
        ground: Ground,
        numbers: Numbers,
        evidence: Evidence,
        wording: NotingWording,
        claims: ClaimCheck,
        is_quoted: Callable[[str], bool],
    ) -> None:
        self._numbers = numbers
        self._evidence = evidence
        self._wording = wording
        self._is_quoted = is_quoted
        self._whole = WholeCheck(ground.inventory, ground.register, evidence)
        self.landings = Landings(ground.inventory, numbers, evidence)
        self._showing = Showing(ground.register, ground.inventory, numbers, claims, self.landings)

    def take_pattern(self, sheet: Sheet, pattern: Pattern, gaps: tuple[str, ...]) -> bool:
        """Whether a stretch that matches a pattern is sound, as far as it can tell by itself."""
        cells = gaps + pattern.literals
        if pattern.links is not NOTHING:
            sheet.links.update(pattern.links(cells))
        if not self._words(pattern, cells):
            return False
        if pattern.ids is not NOTHING:
            sheet.ids += pattern.ids(cells)
        first = len(sheet.held)
        for source, anchor, exacts in pattern.passages:
            exact = tuple([fold("".join(one(cells))) for one in exacts])
            if not self._passage(sheet, cells[anchor], Passage(cells[source], exact)):
                return False
        for terms in pattern.claims:
            passage = None if terms.passage is None else sheet.held[first + terms.passage][1]
            if not self._showing.take(sheet, _shown(terms, cells, passage)):
                return False
        for number, anchor, quotes, hrefs in pattern.notes:
            exact = tuple([fold("".join(one(cells))) for one in quotes])
            sheet.notes.append(Note(cells[number], cells[anchor], exact, hrefs(cells)))
        if pattern.records is not NOTHING:
            _note_numbers(sheet.records, pattern.records(cells))
        if pattern.identities is not NOTHING:
            _note_numbers(sheet.identities, pattern.identities(cells))
        return all(self._quote(sheet, "".join(one(cells))) for one in pattern.quotes)

    def retake_pattern(self, sheet: Sheet, pattern: Pattern, gaps: tuple[str, ...]) -> bool:
        """Whether what a stretch says is sound; what else it holds and leads to is known to be."""
        cells = gaps + pattern.literals
        return self._words(pattern, cells) and all(
            self._showing.retell(
                sheet,
                cells[terms.ref],
                terms.words(cells),
                _figures(terms, cells),
                is_repeated=terms.anchor is None,
            )
            for terms in pattern.claims
        )

    def _words(self, pattern: Pattern, cells: Cells) -> bool:
        """Whether all that a stretch says outside of claims is sound."""
        if pattern.generated is not NOTHING:
            words = pattern.generated(cells)
            if words not in pattern.composed and not self._composes(pattern, cells, words):
                return False
        return not pattern.is_spoken or self._speaks(pattern, cells)

    def _composes(self, pattern: Pattern, cells: Cells, words: tuple[str, ...]) -> bool:
        """Whether generated text is sound; what is, is kept."""
        for block, own in pattern.blocks:
            text, rest = "".join(block(cells)), "".join(own(cells))
            if self._wording.generated_fault(text, rest):
                return False
        if len(pattern.composed) < _MOST:
            pattern.composed.add(words)
        return True

    def _speaks(self, pattern: Pattern, cells: Cells) -> bool:
        """Whether labels, what is read out and what nothing accounts for say nothing."""
        for label, parts in pattern.labels:
            if not self._label("".join(label(cells)), parts(cells)):
                return False
        for said in pattern.spoken(cells):
            if has_digit(said) and not self._wording.is_name(said):
                return False
        return not any(map(says_something, pattern.bare(cells)))

    def _label(self, whole: str, parts: Iterable[str]) -> bool:
        """Compare `Texts.judge_label`."""
        if not whole or self._wording.is_name(whole):
            return True
        if self._wording.label_fault(whole):
            return False
        return all(not has_digit(words) or self._wording.is_name(words) for words in parts)

    def take_reading(self, sheet: Sheet, page: PageReading) -> bool:
        """Whether what was read of a page is sound, as far as it can tell by itself."""
        if page.strays or page.cites or page.base is not None or page.doubled or page.formers:
            return False  # former words are the judge's matter, too: few pages have any
        sheet.ids += page.ids
        sheet.links.update(page.links)
        for element in page.passages:
            exacts = tuple([quote.text for quote in element.exacts])
            if not self._passage(sheet, element.anchor, Passage(element.source, exacts)):
                return False
        for claim in page.claims:
            held = claim.passage
            shown = Shown(
                claim.ref,
                None if claim.repeated else claim.anchor,
                tuple([cite.name for cite in claim.cites]),
                [cite.href for cite in claim.cites],
                tuple([premise.name for premise in claim.premises]),
                [premise.href for premise in claim.premises],
                claim.hrefs,
                claim.parts,
                [mark.value for mark in claim.figures],
                None
                if held is None
                else Passage(held.source, tuple([q.text for q in held.exacts])),
                ["".join(cite.said).strip() for cite in claim.cites],
            )
            if not self._showing.take(sheet, shown):
                return False
        if not all(self._whole.fault(sheet.path, whole) is None for whole in page.wholes):
            return False
        for note in page.notes:
            exact = tuple([quote.text for quote in note.quotes])
            sheet.notes.append(Note(note.number, note.anchor, exact, tuple(note.hrefs)))
        _note_numbers(sheet.records, [mark.value for mark in page.records])
        _note_numbers(sheet.identities, [mark.value for mark in page.identities])
        return all(self._quote(sheet, quote.text) for quote in page.quotes)

    def _quote(self, sheet: Sheet, written: str) -> bool:
        words = fold(written)
        sheet.quotes.append(words)
        return self._is_quoted(words)

    def _passage(self, sheet: Sheet, anchor: str, passage: Passage) -> bool:
        """Compare `PassageCheck.check_outside`."""
        if not anchor or len(passage.exacts) != 1:
            return False
        sheet.held.append((anchor, passage))
        sheet.anchors.append(anchor)
        if not self._evidence.has_record(passage.source):
            return False
        return isinstance(self._evidence.verdict(passage.source, passage.exacts[0]), Match)

    def finish(self, sheet: Sheet) -> list[Cite] | None:
        """Judge what can only be judged when all of a page is known.

        Args:
            sheet: The page; its stretches were all sound.

        Returns:
            Citations that lead to pages not yet known; None where the page is not certified.
        """
        ids = set(sheet.ids)
        if len(ids) < len(sheet.ids):
            twice = {one for one in ids if sheet.ids.count(one) > 1}
            if not twice.isdisjoint(sheet.anchors):
                return None
        own = dict(reversed(sheet.held))
        sources = {one.source for one in own.values()}
        if any(sources.isdisjoint(row.sources) for row in sheet.owed):
            return None
        later: list[Cite] = []
        for landing, row in sheet.pending:
            if landing.target.file != sheet.path:
                later.append(Cite(landing.source, landing.target, row))
            elif not _supports(own.get(landing.target.fragment), landing.source, row):
                return None
        for row, landings in sheet.homes:
            if not _is_complete(sheet.path, row, landings, own):
                return None
        is_sound = _is_noted(sheet) and self._knows_records(sheet, sources)
        return later if is_sound else None

    def _knows_records(self, sheet: Sheet, sources: set[str]) -> bool:
        """Compare `Judge._check_statements`."""
        if sheet.records:
            if sheet.layout == "entity":
                sources = sources | {landing.source for landing in sheet.cites}
            own = self._numbers.source_of(sheet.path)
            # An empty name stands for every source.
            sheet.rests.update([own] if own is not None else sources or [""])
            left = sheet.records if own is not None else self._not_near(sheet, sources)
            if left:
                known = self._numbers.of_sources(sheet.path, sources)
                if not all(number in known for number in left):
                    return False
        if sheet.identities:
            return self._numbers.are_of_identities(sheet.path, sheet.identities)
        return True

    def _not_near(self, sheet: Sheet, sources: set[str]) -> set[int]:
        """Numbers of records that are neither places of quotations of claims here nor of the records."""
        left = set(sheet.records)
        for row in sheet.rows:
            for cited in row.citations:
                if cited.source in sources:
                    left.discard(cited.paragraph or 0)
                    left.discard(cited.sentence or 0)
        for source in sorted(sources):
            if not left:
                break
            left -= self._numbers.of_record(source)
        return left


def _figures(terms: ClaimTerms, cells: Cells) -> tuple[str, ...]:
    """Texts of a claim whose figures have to be those of its record."""
    figures = terms.figures(cells)
    if terms.asides is not NOTHING:
        asides = terms.asides(cells)
        figures += tuple([text for text in asides if has_digit(text) and not NOTE.match(text)])
    return figures


def _shown(terms: ClaimTerms, cells: Cells, passage: Passage | None) -> Shown:
    return Shown(
        cells[terms.ref],
        None if terms.anchor is None else cells[terms.anchor],
        terms.cites(cells),
        terms.cite_links(cells),
        terms.premises(cells),
        terms.premise_links(cells),
        terms.hrefs(cells),
        terms.words(cells),
        _figures(terms, cells),
        passage,
        terms.numbers(cells),
    )


def _note_numbers(found: set[int], texts: Iterable[str]) -> None:
    """Note the worth of all numbers in some texts."""
    for words in number_words(texts):
        number = worth(words)
        if number is not None:
            found.add(number)


def _supports(passage: Passage | None, source: str, row: ClaimRow) -> bool:
    """Whether a passage holds what a claim quotes from a source."""
    return (
        passage is not None
        and passage.source == source
        and any((source, exact) in row.quoted for exact in passage.exacts)
    )


def _is_complete(
    path: str, row: ClaimRow, landings: Iterable[Landing], own: Mapping[str, Passage]
) -> bool:
    """Whether a claim links to every passage that it quotes."""
    reached: set[tuple[str, str]] = set()
    for landing in landings:
        if landing.target.file == path:
            passage = own.get(landing.target.fragment)
            if passage is None:
                return False
            reached.update([(passage.source, exact) for exact in passage.exacts])
        elif landing.pairs is None:
            return False
        else:
            reached |= landing.pairs
    return reached.issuperset(row.quoted)


def _is_noted(sheet: Sheet) -> bool:
    """Compare `NoteCheck`: whether each numbered citation has its note, with the words there."""
    notes = {note.number: note for note in sheet.notes}
    used = set()
    for number, href, landing in sheet.cited:
        if not is_number(number):
            continue
        note = notes.get(number)
        if note is None or len(note.exacts) != 1 or note.hrefs[:1] != (href,):
            return False
        if landing.pairs is None or (landing.source, note.exacts[0]) not in landing.pairs:
            return False
        used.add(number)
    return len(used) == len(sheet.notes) and all(
        note.anchor == anchor_of(note.number) for note in sheet.notes
    )
