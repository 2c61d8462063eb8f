"""The full text of a source whose text is open, with what is quoted of it marked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from generator.model.fact import Source
from generator.model.stage import Facts, Impact, Passage
from generator.render.address import passage_anchor
from generator.render.escape import escape_text

FOLDED: Final = 4_000
"""Characters of a text that is shown at once; a longer one is unfolded by its reader."""
LONGEST: Final = 200_000
"""Characters of a text that is shown at all."""

# White space that a line of HTML does not need, but for one space; spaces that do not break stay.
_WHITE: Final = "\t-\r\x1c-\x1f\x85\u2028\u2029"
_SPACE: Final = re.compile(f"[{_WHITE}][{_WHITE} ]*| [{_WHITE} ]+")

# What ends a link, and a mark where no quoted words follow, and what begins a mark.
_BETWEEN: Final = {
    (True, True): "</a>", (True, False): "</a></mark>", (False, True): "<mark>",
}  # fmt: skip

_Run = tuple[int, int, Passage]


def open_text(facts: Facts, source: Source) -> str | None:
    """The text of a source that is open; None of any other, and of one too long for a page."""
    raw = facts.raw.sources.get(source.id)
    if source.text_mode != "open" or raw is None or raw.text is None:
        return None
    text = raw.text.text.text
    return text if len(text) <= LONGEST else None


def paragraph_anchor(paragraph: int) -> str:
    """The id of a paragraph of the text, counted from one."""
    return f"paragraph-{paragraph}"


def draw_text(text: str, impact: Impact) -> Markup:
    """The items of a list, one a paragraph, each quoted run of words a mark with a link.

    Where passages overlap, the words belong to the one that begins last, or of those to the
    shortest: so a passage within another can be told from it.

    Args:
        text: The whole text.
        impact: What is quoted of it, and where its paragraphs begin.
    """
    bounds = [0, *(_begin(text, at) for at in impact.starts[1:]), len(text)]
    runs = sorted(
        ((start, end, one) for one in impact.passages for start, end in one.places),
        key=lambda run: run[:2],
    )
    begins = [run[0] for run in runs]
    items, first = [], 0
    for number, (start, following) in enumerate(pairwise(bounds), 1):
        # Runs are in order; one that goes on behind a paragraph is met there again.
        while first < len(runs) and runs[first][1] <= start:
            first += 1
        end = start + len(text[start:following].rstrip())
        own = [run for run in runs[first : bisect_left(begins, end)] if run[1] > start]
        # No mark of HTML has white space that could be spared.
        words = _SPACE.sub(" ", "".join(_mark(text, start, end, own))).lstrip()
        items.append(f'<li id="{paragraph_anchor(number)}">{words}</li>\n')
    return Markup("".join(items))  # noqa: S704 - of escaped parts


def _begin(text: str, at: int) -> int:
    """Where a paragraph begins: what cannot be seen before its first word belongs to that word."""
    while at and not text[at - 1].isspace():
        at -= 1
    return at


def _mark(text: str, start: int, end: int, runs: Sequence[_Run]) -> Iterator[str]:
    """A paragraph's words with its marks."""
    if any(one[1] >= other[0] for one, other in pairwise(runs)):
        yield from _mark_together(text, start, end, runs)
        return
    at = start
    for first, behind, passage in runs:
        left, right = max(start, first), min(end, behind)
        yield escape_text(text[at:left])
        yield f'<mark><a href="#{passage_anchor(passage.exact)}">{escape_text(text[left:right])}</a></mark>'
        at = right
    yield escape_text(text[at:end])


def _mark_together(text: str, start: int, end: int, runs: Sequence[_Run]) -> Iterator[str]:
    """The same where runs touch or overlap; neighbouring words of several passages share a mark."""
    edges = {start, end}
    for run in runs:
        edges.update((max(start, run[0]), min(end, run[1])))
    inner: Passage | None = None
    for left, right in pairwise(sorted(edges)):
        over = [run for run in runs if run[0] <= left and run[1] >= right]
        owner = max(over, key=lambda run: (run[0], -run[1]))[2] if over else None
        if owner is not inner:
            yield _BETWEEN[inner is not None, owner is not None]
            if owner is not None:
                yield f'<a href="#{passage_anchor(owner.exact)}">'
            inner = owner
        yield escape_text(text[left:right])
    if inner is not None:
        yield _BETWEEN[True, False]
