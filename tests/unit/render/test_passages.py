"""The strip of a source's paragraphs."""

import re

import pytest

from generator.model.stage import Passage
from generator.render.figure.passages import WIDTH, draw_passages


@pytest.mark.parametrize("paragraphs", [1, 80, 1000])
def test_every_paragraph_has_room(paragraphs: int) -> None:
    last = paragraphs * 20
    passage = Passage("a-source", "some words", ((last - 4, last),), paragraphs, 1, "text")
    drawn = draw_passages([20] * paragraphs, [passage])
    rects = [
        (float(x), float(width))
        for x, width in re.findall(r'<rect x="(.+?)" y="." width="(.+?)"', drawn)
    ]
    assert len(rects) == paragraphs + 1
    assert all(width > 0 for _, width in rects)
    assert max(x + width for x, width in rects[:-1]) == pytest.approx(WIDTH, abs=0.2)
    assert rects[-1][0] < WIDTH
