"""Certifies pages: a quick judgement that is sure where it says "sound", and else says nothing.

Every condition is that of the judge (`judge.py`) or stricter. A page that is not certified is
judged there, so that every finding is made, and placed, in one way only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from generator.audit.address import Target, is_local
from generator.audit.atlas import Passage
from generator.audit.claim import ClaimCheck
from generator.audit.evidence import Evidence
from generator.audit.judge import Ground
from generator.audit.number import Numbers
from generator.audit.page import PageReading, fold
from generator.audit.pattern import Cells, ClaimTerms, Pattern
from generator.audit.row import ClaimRow
from generator.audit.sheet import Cite, Sheet
from generator.audit.statement import figures, find_figures, has_digit, says_something
from generator.audit.text import NOTE
from generator.audit.wording import NotingWording
from generator.verify.quotation import Match

_COMMON = 24  # characters up to which a text is likely to stand elsewhere as well


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
        self._register = ground.register
        self._follow = ground.inventory.follow
        self._numbers = numbers
        self._evidence = evidence
        self._wording = wording
        self._claims = claims
        self._is_quoted = is_quoted

    def take_pattern(self, sheet: Sheet, pattern: Pattern, gaps: tuple[str, ...]) -> bool:
        """Whether a stretch that matches a pattern is sound, as far as it can tell by itself."""
        cells = gaps + pattern.literals
        links = pattern.links(cells)
        sheet.links.update(links)
        if not pattern.is_mention:
            return self._take_cells(sheet, pattern, cells)
        root = "../" * sheet.path.count("/")
        if not all([link.startswith(root) and not is_local(link) for link in links]):  # noqa: C419 - quicker
            return self._take_cells(sheet, pattern, cells)
        key = hash((root, sheet.layout == "source", gaps))
        verdict = pattern.verdicts.get(key)
        if verdict is None:
            own = Sheet(sheet.path, sheet.layout)
            if not self._take_cells(own, pattern, cells):
                return False
            verdict = pattern.verdicts[key] = (
                own.shown, own.cites, own.owed, own.rests, own.figures
            )  # fmt: skip
        shown, cites, owed, rests, taken = verdict
        sheet.shown += shown
        sheet.cites += cites
        if owed:
            sheet.owed += owed
        if rests:
            sheet.rests |= rests
            sheet.figures |= taken
        return True

    def _take_cells(self, sheet: Sheet, pattern: Pattern, cells: Cells) -> bool:
        for label, parts in pattern.labels:
            if not self._label("".join(label(cells)), parts(cells)):
                return False
        for block, own in pattern.blocks:
            if self._wording.generated_fault("".join(block(cells)), "".join(own(cells))):
                return False
        for said in pattern.spoken(cells):
            if has_digit(said) and not self._wording.is_name(said):
                return False
        if any(map(says_something, pattern.bare(cells))):
            return False
        sheet.ids += pattern.ids(cells)
        first = len(sheet.held)
        for source, anchor, exacts in pattern.passages:
            words = tuple([fold("".join(exact(cells))) for exact in exacts])
            if not self._passage(sheet, cells[anchor], Passage(cells[source], words)):
                return False
        for terms in pattern.claims:
            passage = None if terms.passage is None else sheet.held[first + terms.passage][1]
            if not self._claim_terms(sheet, terms, cells, passage):
                return False
        for texts, found in (
            (pattern.records(cells), sheet.records),
            (pattern.identities(cells), sheet.identities),
        ):
            for text in texts:
                found.update([number for number, _ in figures(text)])
        return all(self._quote(sheet, "".join(quote(cells))) for quote in pattern.quotes)

    def _label(self, whole: str, parts: Iterable[str]) -> bool:
        """Compare `Texts.judge_label`."""
        if not whole or self._wording.is_name(whole):
            return True
        if self._wording.label_fault(whole):
            return False
        return all(not has_digit(words) or self._wording.is_name(words) for words in parts)

    def _claim_terms(
        self, sheet: Sheet, terms: ClaimTerms, cells: Cells, passage: Passage | None
    ) -> bool:
        shown = [text for text in terms.asides(cells) if has_digit(text) and not NOTE.match(text)]
        shown += terms.figures(cells)
        return self._claim(
            sheet,
            cells[terms.ref],
            None if terms.anchor is None else cells[terms.anchor],
            list(zip(terms.cites(cells), terms.cite_links(cells), strict=True)),
            list(zip(terms.premises(cells), terms.premise_links(cells), strict=True)),
            terms.hrefs(cells),
            fold("".join(terms.words(cells))),
            shown,
            passage,
        )

    def take_reading(self, sheet: Sheet, page: PageReading) -> bool:
        """Whether what was read of a page is sound, as far as it can tell by itself."""
        if page.strays or page.cites or page.base is not None or page.doubled:
            return False
        sheet.ids += page.ids
        sheet.links.update(page.links)
        for element in page.passages:
            exacts = tuple([quote.text for quote in element.exacts])
            if not self._passage(sheet, element.anchor, Passage(element.source, exacts)):
                return False
        for claim in page.claims:
            held = claim.passage
            is_sound = self._claim(
                sheet,
                claim.ref,
                None if claim.repeated else claim.anchor,
                [(cite.name, cite.href) for cite in claim.cites],
                [(premise.name, premise.href) for premise in claim.premises],
                claim.hrefs,
                claim.text,
                [mark.value for mark in claim.figures],
                None
                if held is None
                else Passage(held.source, tuple([q.text for q in held.exacts])),
            )
            if not is_sound:
                return False
        for marks, found in ((page.records, sheet.records), (page.identities, sheet.identities)):
            for mark in marks:
                found.update([number for number, _ in figures(mark.value)])
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

    def _claim(
        self,
        sheet: Sheet,
        ref: str,
        anchor: str | None,
        cites: Iterable[tuple[str, str | None]],
        premises: Iterable[tuple[str, str | None]],
        hrefs: Iterable[str],
        words: str,
        shown: list[str],
        passage: Passage | None,
    ) -> bool:
        """Compare `ClaimCheck.check` and `PassageCheck.check`; `anchor` is None for a repeated one."""
        row = self._register.claims.get(ref)
        if row is None or not self._cites_all(sheet, row, anchor is None, cites, premises):
            return False
        path, home, follow = sheet.path, row.home, self._follow
        followed: list[Cite] = []
        for source, href in cites:
            target = self._cited(path, source, href) if href else None
            if target is None:
                return False
            followed.append(Cite(source, target, row))
        for name, href in premises:
            premise = self._register.claims.get(name)
            if not href or premise is None or follow(path, href) != premise.home:
                return False
            sheet.shown.append(name)
        sheet.cites += followed
        if anchor is None:
            sheet.shown.append(ref)
            if not any(follow(path, href) == home for href in hrefs):
                return False
        else:
            sheet.homes.append((row, followed))
            sheet.places.append(ref)
            sheet.anchors.append(anchor)
            if anchor != row.anchor or home != (path, anchor):
                return False
        if passage is not None:
            exacts = row.exacts.get(passage.source)
            if exacts is None or exacts.isdisjoint(passage.exacts):
                return False
        return self._says(sheet, row, words, shown, is_repeated=anchor is None)

    def _cites_all(
        self,
        sheet: Sheet,
        row: ClaimRow,
        is_repeated: bool,
        cites: Iterable[tuple[str, str | None]],
        premises: Iterable[tuple[str, str | None]],
    ) -> bool:
        """Compare `ClaimCheck._check_citations`."""
        named = {source for source, _ in cites}
        inferred = {name for name, _ in premises}
        if is_repeated and sheet.layout == "source":
            if not named and not (inferred and row.is_inferred):
                sheet.owed.append(row)  # a passage of the page is its citation, if it is there
            return named <= row.sources and inferred <= row.premises
        if not named and not (inferred and row.is_inferred):
            return False
        return named == row.sources and inferred == row.premises

    def _says(
        self, sheet: Sheet, row: ClaimRow, words: str, shown: list[str], *, is_repeated: bool
    ) -> bool:
        """Compare `ClaimCheck._check_words`."""
        if not says_something(words):
            return False
        if row.words:
            if row.words not in words:
                sheet.rests.update(row.named)
                values = self._claims.values_of(row)
                if not is_repeated or not any(value in words for value in values):
                    return False
                if not self._claims.is_of_record(words, row, values):
                    return False
        else:
            sheet.rests.update(row.named)
            values = self._claims.values_of(row)
            if values and not any(value in words for value in values):
                return False
        if not shown or row.is_inferred:
            return True
        return self._knows(sheet, row, shown)

    def _knows(self, sheet: Sheet, row: ClaimRow, shown: list[str]) -> bool:
        """Whether all numbers shown are those of a claim's record; its own are looked at first."""
        most, known = row.most, None
        for text in shown:
            for number, _ in figures(text) if len(text) < _COMMON else find_figures(text):
                if number <= most or number in row.own_numbers:
                    continue
                if known is None:
                    sheet.rests.update(row.named, row.sources)
                    known = self._numbers.of_claim(row)
                if number not in known:
                    return False
                sheet.figures.add(number)
        return True

    def finish(
        self, sheet: Sheet, held: Mapping[Target, Passage], is_open: Callable[[str], bool]
    ) -> list[Cite] | None:
        """Judge what can only be judged when all of a page is known.

        Args:
            sheet: The page; its stretches were all sound.
            held: Passages of the pages read before.
            is_open: Whether a page is read only now, so that its passages are not yet known.

        Returns:
            Citations that lead to pages not yet known; None where the page is not certified.
        """
        ids = set(sheet.ids)
        if len(ids) < len(sheet.ids):
            twice = {one for one in ids if sheet.ids.count(one) > 1}
            if not twice.isdisjoint(sheet.anchors):
                return None
        own = {Target(sheet.path, anchor): one for anchor, one in reversed(sheet.held)}
        sources = {one.source for one in own.values()}
        if any(sources.isdisjoint(row.sources) for row in sheet.owed):
            return None
        later: list[Cite] = []
        for cite in sheet.cites:
            target = cite.target
            passage = own.get(target) or held.get(target)
            if passage is None and target.file != sheet.path and is_open(target.file or ""):
                later.append(cite)
            elif passage is None or not supports(passage, cite):
                return None
        for row, cites in sheet.homes:
            if not self._is_complete(row, cites, own, held):
                return None
        return later if self._knows_records(sheet, sources) else None

    def _cited(self, path: str, source: str, href: str) -> Target | None:
        """Where a citation leads, if it leads to an anchor on its source's page."""
        target = self._follow(path, href)
        if target is None or target.file is None or not target.fragment:
            return None
        if target.file != self._claims.inventory.source_page(source):
            return None
        return target if self._evidence.has_record(source) else None

    @staticmethod
    def _is_complete(
        row: ClaimRow,
        cites: list[Cite],
        own: Mapping[Target, Passage],
        held: Mapping[Target, Passage],
    ) -> bool:
        """Whether a claim links to every passage that it quotes."""
        reached = set()
        for cite in cites:
            passage = own.get(cite.target) or held.get(cite.target)
            if not passage:
                return False
            reached.update([(passage.source, exact) for exact in passage.exacts])
        return reached.issuperset(row.quoted)

    def _knows_records(self, sheet: Sheet, sources: set[str]) -> bool:
        """Compare `Judge._check_statements`."""
        if sheet.records:
            if sheet.layout == "entity":
                sources = sources | {cite.source for cite in sheet.cites}
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
        """Numbers of records that are neither places of quotations cited here nor of the records."""
        left = set(sheet.records)
        for source, _, row in sheet.cites:
            if source in sources:
                for cited in row.citations:
                    if cited.source == source:
                        left.discard(cited.paragraph or 0)
                        left.discard(cited.sentence or 0)
        for source in sorted(sources):
            if not left:
                break
            left -= self._numbers.of_record(source)
        return left


def supports(passage: Passage, cite: Cite) -> bool:
    """Whether a passage holds what a claim quotes from the source."""
    source, _, row = cite
    return passage.source == source and any(
        (source, exact) in row.quoted for exact in passage.exacts
    )
