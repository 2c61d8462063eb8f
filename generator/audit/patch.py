"""Certifies pages by what differs from their former selves, which were found sound.

A page that changed in nothing but words, within stretches and texts whose place is known from when it
was read last, has the same elements, ids, links, citations and passages as before. So nothing but
these words has to be judged, and what the page holds for others is what it held. Whatever is not
as plain as that is refused here, and the page is read as a whole.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import chain
from typing import NamedTuple, cast

import msgspec

from generator.audit.course import SoundTexts, is_plain
from generator.audit.files import Files
from generator.audit.ledger import Ledger
from generator.audit.outline import path_of, state_of, unpack
from generator.audit.pattern import Cells, Getter, Pattern, gaps_of, learn_pattern
from generator.audit.quick import cut_element
from generator.audit.reading import ElementReader
from generator.audit.record import PageRecord, encode_record
from generator.audit.sheet import Sheet
from generator.audit.strict import Refused, State, StrictReader, split_tags
from generator.audit.survey import Surveyor
from generator.textfile import DecodeFault, TextFile

_START = re.compile(r"<[a-z]+(?: class=\"[^\"<>]*\")?")
_TAG = re.compile(r"<[^<>]*>")
_PLAIN = re.compile(r"[^&<>\"'\s]+\Z")
_LONGEST = 16_384  # characters of a stretch that a pattern is made of
_MOST = 200  # patterns of stretches that begin in the same way
_CHUNK = 512
_END = "</article>"
_SIDES = ("data-claim-ref", "data-claim")


class Patched(NamedTuple):
    """What came of some pages.

    Attributes:
        records: Of each page its record, encoded; None for one that has to be read as a whole.
        moved: Pages that others have to be found by other words or files of from now on.
        told: Texts outside of claims, as `NotingWording` has them; `lengthy` likewise.
    """

    records: list[bytes | None]
    moved: list[str]
    told: set[str]
    lengthy: set[str]


class Patcher:
    """Certifies pages by what differs.

    Args:
        surveyor: Judges what is read.
        files: The site's files as they are now.
        before: The same as they were.
        changed: Which of them differ.
        ledger: What is known of the pages as they were.
        retold: Refs of the claims that every stretch has to be judged for that shows them.
    """

    def __init__(
        self,
        surveyor: Surveyor,
        files: Files,
        before: Files,
        changed: Collection[str],
        ledger: Ledger,
        retold: Collection[str],
    ) -> None:
        self._surveyor = surveyor
        self._files = files
        self._before = before
        self._changed = frozenset(changed)
        self._ledger = ledger
        self._retold = frozenset(retold)
        self._certifier = surveyor.reader.certifier
        self._shells = surveyor.reader.shells
        self._patterns: dict[str, list[tuple[Pattern, frozenset[int]]]] = {}
        self._states: dict[tuple[bool, str], State | None] = {}

    def patch(self, paths: Sequence[str]) -> Patched:
        """Certify some pages."""
        wording = self._surveyor.wording
        told, lengthy = set(wording.told), set(wording.lengthy)
        patched = Patched([], [], set(), set())
        for path in paths:
            wording.excuses.clear()
            record = self._ledger.record(path)
            new = None
            if record is not None and record.starts:
                try:
                    new = self._patch(record)
                except (Refused, DecodeFault, OSError):
                    new = None
            patched.records.append(None if new is None else encode_record(new))
            if new is not None and record is not None and _is_moved(record, new):
                patched.moved.append(path)
        patched.told.update(wording.told - told)
        patched.lengthy.update(wording.lengthy - lengthy)
        return patched

    def _patch(self, record: PageRecord) -> PageRecord:
        """The record of a page as it is now.

        Raises:
            Refused: when it has to be read as a whole.
            DecodeFault, OSError: when it cannot be read.
        """
        path = record.path
        new = TextFile.decode(path, self._files.read(path)).text
        is_other = path in self._changed
        old = TextFile.decode(path, self._before.read(path)).text if is_other else new
        if "\r" in new or "data-former" in new:
            raise Refused
        page = _Page(record, old, new)
        if is_other:
            self._compare(page)
        refs = [ref for ref in (*record.shown, *record.homes) if ref in self._retold]
        for ref in refs:
            self._retell(page, ref)
        sheet = page.sheet
        return msgspec.structs.replace(
            record,
            rests=tuple(sorted({*record.rests, *self._surveyor.rests(sheet.rests)})),
            names=tuple(sorted({*record.names, *self._surveyor.wording.excuses})),
            figures=tuple(sorted({*record.figures, *sheet.figures})),
            starts=page.starts.tobytes(),
        )

    def _compare(self, page: _Page) -> None:
        """Go from one difference to the next, and judge each."""
        old, new = page.old, page.new
        at, to = old.find("<article "), new.find("<article ")
        if at < 0 or to < 0:
            raise Refused
        if old[:at] != new[:to]:
            self._compare_shells(page, at, to)
        while old[at:] != new[to:]:
            length = _common(old, at, new, to)
            number = page.stretch_at(at + length)
            start = page.formers[number]
            if start >= at:
                page.move(number, to - at)
                end, stop = self._exchange(page, number)
                if at + length < end:
                    at, to = end, stop
                    continue
                at, to = end, stop
            at, to = self._compare_texts(page, number, at, to)
        page.move(len(page.formers), to - at)

    def _compare_shells(self, page: _Page, at: int, to: int) -> None:
        """What stands around the article may differ in the words of its title and description."""
        tail = _tail(page.old)
        if _tail(page.new) != tail:
            raise Refused
        one = self._shells.get(page.old[:at], tail)
        other = self._shells.get(page.new[:to], tail)
        if one is None or other is None or one[0] is not other[0] or one[1] != other[1]:
            raise Refused

    def _exchange(self, page: _Page, number: int) -> tuple[int, int]:
        """Judge a stretch that may differ; gives where it ended, and where it ends."""
        start, begin = page.formers[number], page.starts[number]
        pattern, fixed = self._pattern(page.old, start)
        was = pattern.match.match(page.old, start)
        now = pattern.match.match(page.new, begin)
        if was is None or now is None:
            raise Refused
        if was.group() != now.group():
            pairs = enumerate(zip(was.groups(), now.groups(), strict=True))
            if any(one != other and gap in fixed for gap, (one, other) in pairs):
                raise Refused
            self._judge(page, number, pattern, now)
        return was.end(), now.end()

    def _judge(self, page: _Page, number: int, pattern: Pattern, now: re.Match[str]) -> None:
        if not self._certifier.retake_pattern(page.sheet, pattern, gaps_of(now)):
            raise Refused
        page.judged.add(number)

    def _compare_texts(self, page: _Page, number: int, at: int, to: int) -> tuple[int, int]:
        """Judge what stands between a stretch and the next; gives where that began, and begins."""
        if number + 1 >= len(page.formers):
            raise Refused
        old, new = page.old, page.new
        following = page.formers[number + 1]
        tag = old[following : old.find(">", following) + 1]
        begin = new.find(tag, to)
        if begin < 0:
            raise Refused
        before, after = old[at:following], new[to:begin]
        if _TAG.findall(before) != _TAG.findall(after):
            raise Refused
        self._read(page, page.path_at(number), page.path_at(number + 1), after)
        return following, begin

    def _read(self, page: _Page, path: str, behind: str, text: str) -> None:
        """Read what stands between two stretches."""
        reader = ElementReader(page.path, self._surveyor.wording, None)
        texts = reader.texts = SoundTexts(reader.page, self._surveyor.wording)
        state = self._state(path, page.path)
        if state is None:
            raise Refused
        strict = StrictReader(reader, state.scope)
        strict.resume(state)
        pieces = split_tags(text)
        if strict.feed(pieces) < len(pieces):
            raise Refused
        found = strict.pause({})
        if found is None or path_of(found) != behind or not is_plain(reader.page):
            raise Refused
        texts.finish()

    def _state(self, path: str, page: str) -> State | None:
        """The state in which elements are open on a page; read by a reader of its own, which notes them."""
        reader = ElementReader(page, self._surveyor.wording, None)
        key = reader.has_prose, path
        if key not in self._states:
            self._states[key] = state_of(path, reader) if path else None
        return self._states[key]

    def _retell(self, page: _Page, ref: str) -> None:
        """Judge every stretch that shows a claim."""
        if _PLAIN.match(ref) is None:
            raise Refused
        for side in _SIDES:
            needle = f'{side}="{ref}"'
            at = page.new.find(needle)
            while at >= 0:
                number = page.present_at(at)
                if number not in page.judged:
                    start = page.starts[number]
                    pattern, _ = self._pattern(page.new, start)
                    now = pattern.match.match(page.new, start)
                    if now is None or now.end() < at:
                        raise Refused
                    self._judge(page, number, pattern, now)
                at = page.new.find(needle, at + 1)

    def _pattern(self, text: str, at: int) -> tuple[Pattern, frozenset[int]]:
        """The pattern of the stretch that begins at a place of a text, and its gaps that must stay."""
        found = _START.match(text, at)
        if found is None:
            raise Refused
        known = self._patterns.setdefault(found.group(), [])
        for number, entry in enumerate(known):
            if entry[0].match.match(text, at) is not None:
                if number:
                    known[number], known[0] = known[0], entry
                return entry
        if len(known) >= _MOST:
            raise Refused
        pattern = learn_pattern(cut_element(text[at : at + _LONGEST]), self._surveyor.wording)
        known.insert(0, (pattern, _fixed(pattern)))
        return known[0]


class _Page:
    """A page as it was and as it is.

    Attributes:
        formers: Where its stretches began; `starts`: where they begin, as far as it was gone through.
        judged: Stretches that were judged.
        sheet: Takes what their words rest on.
    """

    def __init__(self, record: PageRecord, old: str, new: str) -> None:
        self.path = record.path
        self.old, self.new = old, new
        self.formers = unpack(record.starts)
        self.starts = unpack(record.starts)
        self.judged: set[int] = set()
        self.sheet = Sheet(record.path)
        self._paths = record.paths
        self._firsts = [first for first, _ in record.paths]
        self._moved = 0

    def stretch_at(self, at: int) -> int:
        """The last stretch that began at a place of the former text or before.

        Raises:
            Refused: when there is none.
        """
        return _last(self.formers, at)

    def present_at(self, at: int) -> int:
        """The last stretch that begins at a place of the text or before."""
        return _last(self.starts, at)

    def move(self, number: int, shift: int) -> None:
        """Note how far all stretches up to one have moved, if they have not been noted yet."""
        starts, formers = self.starts, self.formers
        for at in range(self._moved, min(number + 1, len(starts))):
            starts[at] = formers[at] + shift
        self._moved = max(self._moved, number + 1)

    def path_at(self, number: int) -> str:
        """Within which elements a stretch stands."""
        at = bisect_right(self._firsts, number) - 1
        return self._paths[at][1] if at >= 0 else ""


def _last(starts: array[int], at: int) -> int:
    number = bisect_right(starts, at) - 1
    if number < 0:
        raise Refused
    return number


def _tail(text: str) -> str:
    """What stands behind the article."""
    return text[text.rfind(_END) + len(_END) :]


def _common(old: str, at: int, new: str, to: int) -> int:
    """How many characters two texts have in common from two places on."""
    limit = min(len(old) - at, len(new) - to)
    length, size = 0, _CHUNK
    while (
        length < limit
        and old[at + length : at + length + size] == new[to + length : to + length + size]
    ):
        length += size
        size *= 2
    while size > 1:
        size //= 2
        if old[at + length : at + length + size] == new[to + length : to + length + size]:
            length += size
    return min(length, limit)


def _fixed(pattern: Pattern) -> frozenset[int]:
    """The gaps of a pattern that hold anything but words that are judged by themselves."""
    cells = cast(Cells, tuple(range(pattern.match.groups + len(pattern.literals))))
    getters: list[Getter] = [
        pattern.ids, pattern.links, pattern.records, pattern.identities, *pattern.quotes,
    ]  # fmt: skip
    single: list[int | None] = []
    for claim in pattern.claims:
        single += [claim.ref, claim.anchor]
        getters += [
            claim.cites, claim.cite_links, claim.premises, claim.premise_links, claim.hrefs, claim.numbers,
        ]  # fmt: skip
    for source, anchor, exacts in pattern.passages:
        single += [source, anchor]
        getters += exacts
    for number, anchor, quotes, hrefs in pattern.notes:
        single += [number, anchor]
        getters += [*quotes, hrefs]
    found = chain(single, chain.from_iterable(getter(cells) for getter in getters))
    return frozenset(cast("int", one) for one in found if one is not None)


def _is_moved(old: PageRecord, new: PageRecord) -> bool:
    """Whether a page is to be found by other files or names than before."""
    return old.rests != new.rests or old.names != new.names
