"""Whether elements show their claims as the data file has them, judged quickly; see `certify.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.audit.address import Inventory, Target
from generator.audit.atlas import Passage
from generator.audit.claim import ClaimCheck
from generator.audit.landing import Landing, Landings
from generator.audit.number import Numbers
from generator.audit.page import fold
from generator.audit.register import Register
from generator.audit.row import ClaimRow
from generator.audit.sheet import Sheet
from generator.audit.statement import number_words, says_something, worth


class Shown(NamedTuple):
    """What an element shows as a claim.

    Attributes:
        ref: The claim it names.
        anchor: Its id; None where it repeats the claim.
        sources: The source that each citation names; `cites`: where each leads.
        premises: The premises it names; `grounds`: where each leads.
        hrefs: All its links, in the order in which its own place is looked for.
        parts: Its words.
        figures: Texts whose figures have to be those of the record.
        passage: The passage it stands in, if any.
        numbers: At its own place, what each citation says.
    """

    ref: str
    anchor: str | None
    sources: tuple[str, ...]
    cites: Sequence[str | None]
    premises: tuple[str, ...]
    grounds: Sequence[str | None]
    hrefs: Sequence[str]
    parts: Sequence[str]
    figures: Sequence[str]
    passage: Passage | None
    numbers: Sequence[str]


class Showing:
    """Compares elements with the claims that they name.

    Args:
        register: The claims of the data file.
        inventory: The files of the site.
        numbers: Which numbers the records hold.
        claims: Knows the values of claims.
        landings: Where citations lead.
    """

    def __init__(
        self,
        register: Register,
        inventory: Inventory,
        numbers: Numbers,
        claims: ClaimCheck,
        landings: Landings,
    ) -> None:
        self._register = register
        self._follow = inventory.follow
        self._known_from = inventory.known_from
        self._numbers = numbers
        self._claims = claims
        self._landings = landings
        self._path = ""
        self._followed: Mapping[str, Target | None] = {}
        self._known: Mapping[str, Landing] = {}

    def take(self, sheet: Sheet, shown: Shown) -> bool:
        """Whether an element shows its claim; compare `ClaimCheck.check`, `PassageCheck.check`."""
        ref, anchor, sources, cites, premises, grounds, hrefs, parts, figures, passage, numbers = (
            shown
        )
        row = self._register.claims.get(ref)
        if row is None:
            return False
        path = sheet.path
        if anchor is None:
            sheet.shown.append(ref)
            if sheet.layout != "source":
                if not self._names_all(row, sources, premises):
                    return False
            elif not self._names_some(sheet, row, sources, premises):
                return False
            if not self._leads_home(path, hrefs, row.home):
                return False
        else:
            sheet.places.append(ref)
            sheet.anchors.append(anchor)
            if row.home != (path, anchor) or anchor != row.anchor:
                return False
            if not self._names_all(row, sources, premises):
                return False
        if not self._leads_to_passages(sheet, row, sources, cites, is_home=anchor is not None):
            return False
        if anchor is not None:
            sheet.cited += zip(numbers, cites, sheet.cites[-len(cites) :], strict=False)
        if premises and not self._leads_to_premises(sheet, premises, grounds):
            return False
        if passage is not None and not any(
            (passage.source, exact) in row.quoted for exact in passage.exacts
        ):
            return False
        return self._tells(sheet, row, parts, figures, is_repeated=anchor is None)

    def retell(
        self,
        sheet: Sheet,
        ref: str,
        parts: Sequence[str],
        figures: Sequence[str],
        *,
        is_repeated: bool,
    ) -> bool:
        """Whether an element says what its claim says; all else of it is known to be sound."""
        row = self._register.claims.get(ref)
        return row is not None and self._tells(sheet, row, parts, figures, is_repeated=is_repeated)

    def _tells(
        self,
        sheet: Sheet,
        row: ClaimRow,
        parts: Sequence[str],
        figures: Sequence[str],
        *,
        is_repeated: bool,
    ) -> bool:
        if not self._says(sheet, row, "".join(parts), is_repeated=is_repeated):
            return False
        if not figures or row.is_inferred:
            return True
        return self._knows(sheet, row, figures)

    @staticmethod
    def _names_all(row: ClaimRow, sources: tuple[str, ...], premises: tuple[str, ...]) -> bool:
        """Compare `ClaimCheck._check_citations`, on a page that is not a source's."""
        if not sources and not (premises and row.is_inferred):
            return False
        return row.sources == {*sources} and row.premises == {*premises}

    @staticmethod
    def _names_some(
        sheet: Sheet, row: ClaimRow, sources: tuple[str, ...], premises: tuple[str, ...]
    ) -> bool:
        """Compare `ClaimCheck._check_citations`, on the page of a source."""
        if not sources and not (premises and row.is_inferred):
            sheet.owed.append(row)  # a passage of the page is its citation, if it is there
        return row.sources.issuperset(sources) and row.premises.issuperset(premises)

    def _leads_home(self, path: str, hrefs: Sequence[str], home: Target | None) -> bool:
        if path != self._path:
            self._turn_to(path)
        known = self._followed
        for href in hrefs:
            target = known.get(href) or self._follow(path, href)
            if target == home:
                return True
        return False

    def _turn_to(self, path: str) -> None:
        """Take up what is known of the addresses on a page."""
        self._path = path
        self._followed = self._known_from(path)
        self._known = self._landings.at(path)

    def _leads_to_passages(
        self,
        sheet: Sheet,
        row: ClaimRow,
        sources: tuple[str, ...],
        cites: Sequence[str | None],
        *,
        is_home: bool,
    ) -> bool:
        """Whether each citation leads to a passage that holds what the claim quotes."""
        path = sheet.path
        if path != self._path:
            self._turn_to(path)
        known = self._known
        reached: set[tuple[str, str]] = set()
        landings: list[Landing] = []
        is_known = True
        for source, href in zip(sources, cites, strict=True):
            if not href:
                return False
            landing = known.get(href) or self._landings.find(path, href)
            if landing is None or landing.source != source:
                return False
            landings.append(landing)
            if landing.pairs is None or landing.target.file == path:
                is_known = False
                sheet.pending.append((landing, row))
            elif landing.pairs.isdisjoint(row.quoted):
                return False
            else:
                reached |= landing.pairs
        sheet.cites += landings
        sheet.rows.append(row)
        if is_home:
            if not is_known:
                sheet.homes.append((row, landings))
            elif not reached.issuperset(row.quoted):  # it links to every passage that it quotes
                return False
        return True

    def _leads_to_premises(
        self, sheet: Sheet, premises: tuple[str, ...], grounds: Sequence[str | None]
    ) -> bool:
        claims = self._register.claims
        for name, href in zip(premises, grounds, strict=True):
            premise = claims.get(name)
            if not href or premise is None:
                return False
            target = self._follow(sheet.path, href)
            if target is None or target != premise.home:
                return False
        sheet.shown += premises
        return True

    def _says(self, sheet: Sheet, row: ClaimRow, text: str, *, is_repeated: bool) -> bool:
        """Compare `ClaimCheck._check_words`."""
        # What is folded itself, and stands in a text, stands in the folded text as well.
        if row.says and row.words in text:
            return True
        words = fold(text)
        if not says_something(words):
            return False
        if row.words:
            if row.words not in words:
                sheet.rests.update(row.named)
                values = self._claims.values_of(row)
                if not is_repeated or not any(value in words for value in values):
                    return False
                return self._claims.is_of_record(words, row, values)
            return True
        sheet.rests.update(row.named)
        values = self._claims.values_of(row)
        return not values or any(value in words for value in values)

    def _knows(self, sheet: Sheet, row: ClaimRow, texts: Sequence[str]) -> bool:
        """Whether all numbers shown are those of a claim's record; its own are looked at first."""
        found = number_words(texts)
        if not found:
            return True
        if row.figures.issuperset(found):
            return True
        for words in found:
            if words in row.figures:
                continue
            number = worth(words)
            if number is None or self._is_of_source(sheet, row, number):
                continue
            if number in row.own_numbers:
                row.figures.add(words)
                continue
            sheet.rests.update(row.named, row.sources)
            if number not in self._numbers.of_claim(row):
                return False
            sheet.figures.add(number)
        return True

    def _is_of_source(self, sheet: Sheet, row: ClaimRow, number: int) -> bool:
        """Whether the record of a claim's source holds a number, as that of its date."""
        for source in row.sources:
            if number in self._numbers.of_record(source):
                sheet.rests.add(source)
                sheet.figures.add(number)
                return True
        return False
