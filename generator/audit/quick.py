"""Reads pages the quick way, and certifies them; see `certify.py` for what that means.

An article is read strictly from its first tag to its last. Stretches that match a known pattern
are taken by their gaps; the rest is read element by element. What surrounds the article is known
from other pages. A page that cannot be read so is read by the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from generator.audit.address import Target
from generator.audit.atlas import Passage
from generator.audit.certify import Certifier, Cite
from generator.audit.claim import ClaimCheck
from generator.audit.course import Course, Courses
from generator.audit.evidence import Evidence
from generator.audit.judge import Ground
from generator.audit.number import Numbers
from generator.audit.page import PageReading
from generator.audit.pattern import Pattern, gaps_of, learn_pattern
from generator.audit.reading import read_page
from generator.audit.sheet import Sheet
from generator.audit.shell import Shells
from generator.audit.strict import Refused, parse_tag, split_tags
from generator.audit.wording import NotingWording
from generator.textfile import DecodeFault, TextFile

_KIND = re.compile(r" data-(?:claim-ref|claim|passage|record)(?=[ =>])")
_START = re.compile(r"<([a-z]+)(?: [a-z-]+=\"[^\"<>]*\"| [a-z-]+)*")
_END: Final = "</article>"
_LONGEST = 16_384  # characters of a stretch that a pattern is made of
_MOST = 100  # patterns of a kind
_FAILURES = 100  # stretches of a kind of which no pattern can be made, before it is given up

Key = tuple[str, str, int]
"""What tells stretches of different patterns apart: the first tag, its attribute, and how many tags."""


class Draft(NamedTuple):
    """A page that was read.

    Attributes:
        sheet: What it shows.
        is_sound: Whether nothing speaks against it so far.
        names: Names that it rests on.
    """

    sheet: Sheet
    is_sound: bool
    names: frozenset[str]


class QuickReader:
    """Reads pages and judges what can be judged of each by itself.

    Args:
        ground: What the site holds.
        numbers: Which numbers the records hold.
        evidence: The articles' records.
        claims: Knows the values of claims.
        wording: What names and claims the data files hold.
        is_quoted: Whether a claim has words as a quotation.
        patience: How many stretches of a kind are read tag by tag before a pattern is made, which
            takes longer than reading some.

    Attributes:
        certifier: Judges what is read; `shells`: what stands around the articles.
    """

    def __init__(
        self,
        ground: Ground,
        numbers: Numbers,
        evidence: Evidence,
        claims: ClaimCheck,
        wording: NotingWording,
        is_quoted: Callable[[str], bool],
        patience: int,
    ) -> None:
        self._ground = ground
        self._patience = patience
        self._misses: dict[Key, int] = {}
        self.wording = wording
        self.certifier = Certifier(ground, numbers, evidence, wording, claims, is_quoted)
        self.shells = Shells(wording)
        self._patterns: dict[Key, list[Pattern]] = {}
        self._failures: dict[Key, int] = {}
        self._courses = Courses()

    def read(self, path: str) -> Draft | None:
        """Read a page; None where that cannot be done."""
        try:
            text = TextFile.decode(path, self._ground.files.read(path)).text
        except (DecodeFault, OSError):
            return None
        self.wording.excuses.clear()
        draft = self._read_quickly(path, text)
        if draft is None or not draft.is_sound:
            self.wording.excuses.clear()
            draft = self._read_slowly(path, text)
        return draft

    def begin(self, held: Mapping[Target, Passage], open_pages: frozenset[str]) -> None:
        """Begin a round of pages; see `Landings.begin`."""
        self.certifier.landings.begin(held, open_pages)

    def finish(self, draft: Draft) -> list[Cite] | None:
        """Judge the whole of a page; see `Certifier.finish`."""
        return self.certifier.finish(draft.sheet) if draft.is_sound else None

    def _read_slowly(self, path: str, text: str) -> Draft:
        page = read_page(path, text, self.wording)
        sheet = Sheet(path, page.layout)
        is_sound = self.certifier.take_reading(sheet, page)
        if not is_sound:
            sheet = _whole(path, page)
        return Draft(sheet, is_sound, frozenset(self.wording.excuses))

    def _read_quickly(self, path: str, text: str) -> Draft | None:
        start = text.find("<article ")
        if start < 0 or "\r" in text or "data-former" in text:
            return None
        sheet = Sheet(path)
        course = Course(sheet, self._courses, self.wording, self.certifier)
        try:
            end = self._read_article(sheet, course, text, start)
        except Refused:
            return None
        shell = self.shells.get(text[:start], text[end:])
        if shell is None or not course.is_judged:
            return None
        around, address = shell
        sheet.ids += around.ids
        sheet.links |= around.links
        if address is not None:
            sheet.links.add(address)
        return Draft(sheet, True, frozenset(self.wording.excuses))

    def _read_article(self, sheet: Sheet, course: Course, text: str, start: int) -> int:
        """Read an article; gives its end.

        Raises:
            Refused: when it is not plainly written, or something in it is not sound.
        """
        at = start
        while True:
            limit = text.find(_END, at) + len(_END)
            if limit < len(_END):
                raise Refused
            search = at
            while (found := _KIND.search(text, search, limit)) is not None:
                before, search = found.span()
                first = text.rfind("<", at, before)
                tag = _START.fullmatch(text, first, before) if first >= 0 else None
                if tag is None:  # within a value, or written in another way
                    continue
                course.pass_over(text[at:first])
                at = first
                name = tag[1]
                if course.takes(name):
                    close = text.find(f"</{name}>", search)
                    tags = text.count("<", first, close) if close > 0 else 0
                    form = text[first:before].partition(' id="')[0]
                    end = self._take(sheet, text, first, (form, found[0], tags))
                    if end:
                        sheet.outline.add(first, course.state)
                        at = search = end
            if at < limit:
                course.pass_over(text[at:limit])
                at = limit
            if course.is_over:
                return at

    def _take(self, sheet: Sheet, text: str, at: int, key: Key) -> int:
        """Take a stretch by its pattern; gives where it ends, zero where it has no pattern.

        Raises:
            Refused: when it is not sound.
        """
        patterns = self._patterns.setdefault(key, [])
        for number, pattern in enumerate(patterns):
            match = pattern.match.match(text, at)
            if match is not None:
                if number:  # the next one is likely of the same kind
                    patterns[number], patterns[number // 2] = patterns[number // 2], pattern
                break
        else:
            learnt = self._learn(text, at, key, patterns)
            match = None if learnt is None else learnt.match.match(text, at)
            if learnt is None or match is None:
                return 0
            pattern = learnt
        if not self.certifier.take_pattern(sheet, pattern, gaps_of(match)):
            raise Refused
        return match.end()

    def _learn(self, text: str, at: int, key: Key, patterns: list[Pattern]) -> Pattern | None:
        misses = self._misses[key] = self._misses.get(key, 0) + 1
        if misses <= self._patience:
            return None
        failures = self._failures.get(key, 0)
        if failures >= _FAILURES or len(patterns) >= _MOST:
            return None
        try:
            pattern = learn_pattern(cut_element(text[at : at + _LONGEST]), self.wording)
        except Refused:
            self._failures[key] = failures + 1
            return None
        patterns.insert(0, pattern)
        return pattern


def cut_element(text: str) -> list[str]:
    """Texts and tags of the element that a text begins with.

    Raises:
        Refused: when it does not end, or is not plainly written.
    """
    pieces = split_tags(text)
    depth = 0
    for at in range(1, len(pieces), 2):
        tag = parse_tag(pieces[at])
        depth += -1 if tag.closes else tag.opens
        if depth <= 0:
            return [*pieces[: at + 1], ""]
    raise Refused


def _whole(path: str, page: PageReading) -> Sheet:
    """What a page that is not sound holds for others, all the same."""
    sheet = Sheet(path, page.layout)
    sheet.ids = sorted(page.ids)
    for element in page.passages:
        exacts = tuple([quote.text for quote in element.exacts])
        sheet.held.append((element.anchor, Passage(element.source, exacts)))
    sheet.places = [claim.ref for claim in page.claims if not claim.repeated]
    return sheet
