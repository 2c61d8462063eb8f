"""Where in a source its quoted passages stand: a strip of its paragraphs with a mark for each."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from markupsafe import Markup

from generator.model.stage import Passage
from generator.render.address import passage_anchor

WIDTH: Final = 640
_HIGH: Final = 22
_GAP: Final = 2.0  # between paragraphs, at most
_GAPS: Final = 160  # all of them together, at most: an article may have hundreds
_LEAST: Final = 2.0  # width of a mark


def draw_passages(paragraphs: Sequence[int], passages: Iterable[Passage]) -> Markup:
    """The strip, each mark a link to its passage; nothing where the text has no paragraph.

    Args:
        paragraphs: Number of tokens of each paragraph.
        passages: The quoted passages, in the order of the text.
    """
    total = sum(paragraphs)
    if not total:
        return Markup()
    gap = min(_GAP, _GAPS / len(paragraphs))
    scale = (WIDTH - gap * (len(paragraphs) - 1)) / total
    begins = [0, *accumulate(paragraphs)]
    frames = [
        f'<rect x="{first * scale + gap * number:.1f}" y="0" width="{tokens * scale:.1f}" height="{_HIGH}"/>'
        for number, (first, tokens) in enumerate(zip(begins, paragraphs, strict=False))
    ]
    marks, quoted = [], set[int]()
    for passage in passages:
        quoted.add(passage.paragraph)
        bars = ""
        for start, end in passage.spans:
            x = start * scale + gap * (bisect(begins, start) - 1)
            bars += f'<rect x="{x:.1f}" y="3" width="{max(_LEAST, (end - start) * scale):.1f}" height="{_HIGH - 6}"/>'
        marks.append(f'<a href="#{passage_anchor(passage.exact)}" tabindex="-1">{bars}</a>')
    listed = ", ".join(map(str, sorted(quoted))) or "none"
    return Markup(  # noqa: S704 - of numbers and hashes
        f'<figure class="figure figure--passages" data-generated><svg class="passages-strip" viewBox="0 0 {WIDTH} {_HIGH}" aria-hidden="true">'
        f'<g class="passages-strip__text">{"".join(frames)}</g>{"".join(marks)}</svg>'
        f"<figcaption>The article by paragraphs, {len(paragraphs)} in all, with what is quoted here marked. Quoted paragraphs: {listed}.</figcaption></figure>"
    )
