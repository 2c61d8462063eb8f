"""Where a quotation and the passage that is nearest to it differ, token by token."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from rapidfuzz.distance import Levenshtein

from generator.verify.lookalike import likeness
from generator.verify.normalise import TokenText, is_word

_SLACK = 3  # tokens by which a passage found by characters may be short
_LEFT_OUT = 12  # tokens that a quotation may leave out and still be taken to go on after them
_RESUMED = 3  # tokens that must match there; fewer recur by chance


@dataclass(frozen=True, slots=True)
class Difference:
    """Token ranges, end exclusive, in the quotation's part and in the article."""

    quoted: tuple[int, int]
    printed: tuple[int, int]


def align(
    quoted: Sequence[str], text: TokenText, start: int, end: int
) -> tuple[list[Difference], int]:
    """Align a quotation with a passage and list where they differ.

    What the article has before and after the quotation is no difference. Where the first or last
    words of the quotation differ, as many of the article's are taken to stand in their place; in
    the place of mere marks stands no word.

    Returns:
        The differences, and the token position in the article where the two first agree.
    """
    printed = text.tokens
    blocks = _matching_blocks(quoted, printed, start - _SLACK, end + _SLACK)
    # The passage is about as long as the quotation, so words left out push one end beyond it.
    wider = _matching_blocks(quoted, printed, start - _LEFT_OUT, end + _LEFT_OUT)
    if sum(size for _, _, size in wider) >= sum(size for _, _, size in blocks) + _RESUMED:
        blocks = wider
    if not blocks:
        start = max(0, start - _SLACK)
        size = min(len(quoted), len(printed) - start)
        return [Difference((0, len(quoted)), (start, start + size))], start
    same = [run for block in blocks for run in _same_runs(quoted, printed, *block)]
    if not same:
        start = max(0, blocks[0][1] - blocks[0][0])
        end = min(len(printed), blocks[-1][1] + len(quoted) - blocks[-1][0])
        return [Difference((0, len(quoted)), (start, end))], start
    blocks = same
    found: list[Difference] = []
    head, head_printed, size = blocks[0]
    while head and head_printed and quoted[head - 1] == printed[head_printed - 1]:
        head, head_printed, size = head - 1, head_printed - 1, size + 1
    blocks[0] = head, head_printed, size
    before_it = _opposite(
        quoted[:head], text, max(0, head_printed - head), head_printed, at_head=True
    )
    found.append(Difference((0, head), before_it))
    for before, after in pairwise(blocks):
        found.append(
            Difference(
                (before[0] + before[2], after[0]),
                (before[1] + before[2], after[1]),
            )
        )
    tail, tail_printed = blocks[-1][0] + blocks[-1][2], blocks[-1][1] + blocks[-1][2]
    while quoted[tail : tail + 1] == printed[tail_printed : tail_printed + 1] != ():
        tail, tail_printed = tail + 1, tail_printed + 1
    last = min(len(printed), tail_printed + len(quoted) - tail)
    behind_it = _opposite(quoted[tail:], text, tail_printed, last, at_head=False)
    found.append(Difference((tail, len(quoted)), behind_it))
    return [
        difference
        for difference in found
        if difference.quoted[0] < difference.quoted[1]
        or difference.printed[0] < difference.printed[1]
    ], blocks[0][1]


def _opposite(
    quoted: Sequence[str], text: TokenText, first: int, last: int, *, at_head: bool
) -> tuple[int, int]:
    """Give the article's tokens that stand in the place of the first or last ones of a quotation.

    Of what the article writes as one word, as an apostrophe and what it joins, all is taken as far
    as the quotation has letters for it.
    """
    if not any(map(is_word, quoted)) and any(map(is_word, text.tokens[first:last])):
        return first, first
    size = sum(map(len, quoted))
    while first < last and sum(map(len, text.tokens[first:last])) < size:
        if at_head and _joins(text, first - 1):
            first -= 2
        elif not at_head and _joins(text, last):
            last += 2
        else:
            break
    return first, last


def _joins(text: TokenText, mark: int) -> bool:
    """Say whether a mark stands between two words without a space."""
    return (
        0 < mark < len(text.tokens) - 1
        and text.ends[mark - 1] == text.starts[mark]
        and text.ends[mark] == text.starts[mark + 1]
        and is_word(text.tokens[mark - 1])
        and not is_word(text.tokens[mark])
        and is_word(text.tokens[mark + 1])
    )


def _matching_blocks(
    quoted: Sequence[str], printed: Sequence[str], start: int, end: int
) -> list[tuple[int, int, int]]:
    """Align a quotation with a token range of the article, which may reach beyond its ends.

    Returns:
        Position in the quotation, position in the article, and number of tokens of each run in
        which they look alike, in order.
    """
    start = max(0, start)
    opcodes = Levenshtein.opcodes(
        list(map(likeness, quoted)), list(map(likeness, printed[start:end]))
    )
    return [
        (block.a, start + block.b, block.size)
        for block in opcodes.as_matching_blocks()
        if block.size
    ]


def _same_runs(
    quoted: Sequence[str], printed: Sequence[str], first: int, first_printed: int, size: int
) -> Iterator[tuple[int, int, int]]:
    """Cut a run in which tokens look alike into those in which they are the same."""
    at = 0
    for same, group in groupby(
        range(size), lambda place: quoted[first + place] == printed[first_printed + place]
    ):
        length = len(list(group))
        if same:
            yield first + at, first_printed + at, length
        at += length
