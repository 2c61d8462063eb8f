"""The way through one article, from stretch to stretch, and over what stands between them.

Between two stretches stand the same few tags over and over. What they come to depends only on
them and on the elements open before, so it is read once and then looked up.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.audit.certify import Certifier
from generator.audit.page import PageReading
from generator.audit.reading import ElementReader
from generator.audit.scope import Scope
from generator.audit.sheet import Sheet
from generator.audit.statement import says_something
from generator.audit.strict import Refused, State, StrictReader, split_tags
from generator.audit.text import Texts
from generator.audit.wording import NotingWording

_LONGEST = 4_000  # characters of a text that is kept
_MOST = 4_000_000  # characters of the texts that are kept


class Step(NamedTuple):
    """What a sound text comes to: the state behind it, and what it holds.

    Attributes:
        names: Names that excuse figures in it.
    """

    state: State
    ids: tuple[str, ...]
    links: tuple[str, ...]
    names: frozenset[str]


class SoundTexts(Texts):
    """Refuses what would be a finding, so that nothing of one is kept."""

    def read_bare(self, text: str, scope: Scope) -> None:
        """Text that no element around it accounts for; see `Texts.read_bare`."""
        if scope.label is None and scope.region != "prose" and says_something(text):
            raise Refused
        super().read_bare(text, scope)

    def add_stray(self, message: str, mark: object) -> None:
        """Refuse words at fault."""
        raise Refused


class Courses:
    """What is known of the texts between stretches, in all articles."""

    def __init__(self) -> None:
        self.states: dict[bool, dict[tuple[object, ...], State]] = {False: {}, True: {}}
        self._size = 0

    def keep(self, before: State, text: str, step: Step) -> None:
        """Keep what a text comes to, when it is met for the second time: most never are."""
        if hash(text) not in before.met:
            before.met.add(hash(text))
        elif len(text) <= _LONGEST and self._size < _MOST:
            self._size += len(text)
            before.steps[text] = step


class Course:
    """The way through the article of one page.

    Args:
        sheet: Takes what is found.
        courses: What is known of other articles.
        wording: What names and claims the data files hold.
        certifier: Judges what is read.

    Attributes:
        state: What is open; None within an element of which more has to be known.
        is_judged: Whether any part of it was looked at for statements outside of claims.
    """

    def __init__(
        self, sheet: Sheet, courses: Courses, wording: NotingWording, certifier: Certifier
    ) -> None:
        self._sheet = sheet
        self._courses = courses
        self._wording = wording
        self._certifier = certifier
        self.is_judged = False
        self._has_begun = False
        reader = self._reader()
        self._strict = StrictReader(reader, reader.start())
        self._states = courses.states[reader.has_prose]
        self.state = self._strict.pause(self._states)

    def _reader(self) -> ElementReader:
        reader = ElementReader(self._sheet.path, self._wording, None)
        reader.texts = SoundTexts(reader.page, self._wording)
        return reader

    @property
    def is_over(self) -> bool:
        """Whether the article has ended."""
        return not (self._strict.depth if self.state is None else self.state.above)

    def takes(self, name: str) -> bool:
        """Whether a stretch may begin here that is then read in the same way wherever it stands."""
        state = self.state
        if state is None or not state.is_bare:
            return False
        if name not in state.taken:
            self._strict.resume(state)
            state.taken[name] = self._strict.takes(name)
        return state.taken[name]

    def pass_over(self, text: str) -> None:
        """Read what stands before the next stretch.

        Raises:
            Refused: when it is not plainly written, or not sound.
        """
        before = self.state
        if self._has_begun and self.is_over:
            raise Refused
        self._has_begun = True
        if before is None:
            self._read(text)
            self.state = self._strict.pause(self._states)
            if self.state is not None:
                self._take()
            return
        step = before.steps.get(text)
        if step is None:
            step = self._step(before, text)
        if step is None:
            return
        sheet = self._sheet
        if step.ids:
            sheet.ids += step.ids
        if step.links:
            sheet.links.update(step.links)
        if step.names:
            self._wording.excuses.update(step.names)
        self.state = step.state

    def _step(self, before: State, text: str) -> Step | None:
        """Read a text that was not met before; gives what it comes to, if it is nothing but that."""
        strict = self._strict
        strict.reader = self._reader()
        strict.resume(before)
        excuses = self._wording.excuses
        others = frozenset(excuses)
        excuses.clear()
        self._read(text)
        after = self.state = strict.pause(self._states)
        page = strict.reader.page
        step = None
        if after is not None and is_plain(page):
            strict.reader.texts.finish()
            ids, links = tuple(sorted(page.ids)), tuple(page.links)
            step = Step(after, ids, links, frozenset(excuses))
            self._courses.keep(before, text, step)
        elif after is not None:
            self._take()
        excuses |= others
        return step

    def _read(self, text: str) -> None:
        pieces = split_tags(text)
        end = self._strict.feed(pieces)
        if any(pieces[end:]):  # behind the end of the article
            raise Refused

    def _take(self) -> None:
        """Judge what was read since the last stretch."""
        reader = self._strict.reader
        reader.texts.finish()
        page, sheet = reader.page, self._sheet
        self.is_judged |= page.judged
        if sheet.layout is None:
            sheet.layout = page.layout
        if not self._certifier.take_reading(sheet, page):
            raise Refused


def is_plain(page: PageReading) -> bool:
    """Whether a text holds nothing but ids, links and words that were judged."""
    return not (
        page.judged or page.claims or page.passages or page.cites or page.quotes or page.records
        or page.identities or page.strays or page.redirect or page.base is not None
        or page.doubled or page.wholes or page.notes
    )  # fmt: skip
