"""Hints for a quotation that was not found: what is nearest, and where it differs.

Nothing here decides anything; a near match stays a miss. The work is bounded whatever is written:
long quotations are compared around the place where they diverge, long articles in pieces. Since
an article may be under copyright, an explanation shows at most ten words and marks of it: five at
each of two differences.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from rapidfuzz import fuzz

from generator.verify.alignment import Difference, align
from generator.verify.lookalike import LOOKALIKES, differing_characters, likeness, mixed_scripts
from generator.verify.normalise import TokenText, is_word, strip_invisible, words
from generator.verify.quotation import Miss, Part, find_longest_suffix, parse_quotation
from generator.verify.witness import MINIMUM_TOKENS, Witness

MAXIMUM_HINTS: Final = 4

_CONTEXT_TOKENS = 12  # of the quotation, before the place where it diverges
_COMPARED_CHARACTERS = 300  # of the quotation
_COMPARED_TOKENS = 8_000  # of the article, at a time
_COMPARED_PIECES = 12
_LONGEST_TOKEN = 40
_NEAR = 60.0  # of 100; unrelated texts of one language reach about 50
_DIFFERENCES = 2
_SHOWN_DIFFERENCE = 5  # tokens


_SCANNED_TOKENS = 64
_OTHER_ELISION = re.compile(r"\.(?: \.){2,}|[(<{] ?(?:…|\.\.\.) ?[)>}]")
_LETTERS = r"([^\W_]{1,40})"
_PART_INSERTED = re.compile(rf"\[{_LETTERS}\]{_LETTERS}|(?<![^\W_]){_LETTERS}\[{_LETTERS}\]")
_MARKS = (",", '"', "'", "-", ".", ":", ";", "$", "€", "(", ")", "…", "%")


def explain_miss(
    miss: Miss, exact: str, text: TokenText | None, source_text: str | None, witness: Witness
) -> tuple[str, ...]:
    """Explain why a quotation was not found.

    Args:
        miss: What `verify_quotation` answered.
        exact: The quotation as written.
        text: The tokens of the article where it is at hand.
        source_text: The article as it was tokenised.
        witness: What the quotation was compared with.

    Returns:
        At most `MAXIMUM_HINTS` hints, the most useful first: facts in lower case without a full
        stop, paragraphs and sentences counted from one.
    """
    parts = parse_quotation(exact).parts
    if miss.reason == "empty" or miss.part >= len(parts):
        return ("no words are left beside elisions and insertions",) if exact.strip() else ()
    part = parts[miss.part]
    if miss.reason in ("too-short", "part-too-short"):
        found = len(part.tokens)
        shown = _quote(part.tokens, exact, part.starts, part.ends, 0, found)
        noun = "word or mark" if found == 1 else "words and marks"
        return (f"{shown} is {found} {noun}, and at least {MINIMUM_TOKENS} are needed",)
    if miss.reason == "out-of-order":
        position = witness.find(part.tokens)
        if position is None:
            return ()
        return (
            f"this part stands in {_place(witness, position)}, "
            "not after the part that comes before it",
        )
    hints = []
    if other := _OTHER_ELISION.search(exact):
        hints.append(f"`{other[0]}` is read as marks of the article; words are left out with `…`")
    if cut := _PART_INSERTED.search(exact):
        whole = "".join(piece for piece in cut.groups() if piece)
        hints.append(f"only whole words are found: insert `[{whole}]` where you have `{cut[0]}`")
    known = len(hints)
    if text is not None and source_text is not None:
        hints += _explain_with_text(part, exact, text, source_text, miss)
    if len(hints) == known:
        hints += _explain_with_witness(part, exact, miss, witness)
    hints += mixed_scripts(part, frozenset() if text is None else frozenset(text.tokens), hints)
    return tuple(hints[:MAXIMUM_HINTS])


def _explain_with_text(
    part: Part, exact: str, text: TokenText, source_text: str, miss: Miss
) -> list[str]:
    """Compare with the nearest passage of the article."""
    first = max(0, miss.matched - _CONTEXT_TOKENS)
    last = first
    size = 0
    while last < len(part.tokens) and size < _COMPARED_CHARACTERS:
        size += min(len(part.tokens[last]), _LONGEST_TOKEN) + 1
        last += 1
    passage = _nearest_passage(part.tokens[first:last], text.tokens)
    if passage is None:
        return ["no passage of the article comes near these words"]
    found, at = align(part.tokens[first:last], text, *passage)
    differences = [Difference((first + d.quoted[0], first + d.quoted[1]), d.printed) for d in found]
    if not differences:
        return []
    hints: list[str] = []
    for difference in differences[:_DIFFERENCES]:
        hints += _describe(difference, part, exact, text, source_text)
    where = f"paragraph {text.paragraphs[at] + 1}, sentence {text.sentences[at] + 1}"
    more = len(differences) - _DIFFERENCES
    if more > 0:
        plural = "difference" if more == 1 else "differences"
        return [*hints[:3], f"the nearest passage is in {where}, with {more} more {plural}"]
    return [*hints[:3], f"the nearest passage is in {where}"]


def _nearest_passage(quoted: Sequence[str], printed: Sequence[str]) -> tuple[int, int] | None:
    """Find the token range of the article that is most like the quotation."""
    needle = " ".join(likeness(token[:_LONGEST_TOKEN]) for token in quoted)
    best: tuple[int, int] | None = None
    score = _NEAR
    overlap = len(quoted)
    start = 0
    for _ in range(_COMPARED_PIECES):
        piece = [
            likeness(token[:_LONGEST_TOKEN]) for token in printed[start : start + _COMPARED_TOKENS]
        ]
        alignment = fuzz.partial_ratio_alignment(needle, " ".join(piece), score_cutoff=score)
        if alignment is not None and (best is None or alignment.score > score):
            score = alignment.score
            ends = list(accumulate(len(token) + 1 for token in piece))
            inside = [
                number
                for number, end in enumerate(ends)
                if end > alignment.dest_start + 1 and end - len(piece[number]) <= alignment.dest_end
            ]
            if inside:
                best = (start + inside[0], start + inside[-1] + 1)
        start += _COMPARED_TOKENS - overlap
        if start + overlap >= len(printed):
            break
    return best


def _describe(
    difference: Difference, part: Part, exact: str, text: TokenText, source_text: str
) -> Iterator[str]:
    """Say one difference in words."""
    (q0, q1), (p0, p1) = difference.quoted, difference.printed
    quoted = _quote(part.tokens, exact, part.starts, part.ends, q0, q1)
    printed = _quote(text.tokens, source_text, text.starts, text.ends, p0, p1)
    after = f" after `{_shorten(part.tokens[q0 - 1])}`" if q0 else ""
    if not after and q1 < len(part.tokens):
        after = f" before `{_shorten(part.tokens[q1])}`"
    if q0 == q1:
        yield f"the article has {printed}{after}, the quotation does not"
        return
    if p0 == p1:
        yield f"the quotation has {quoted}{after}, the article does not"
        return
    hint = f"the article has {printed} where the quotation has {quoted}"
    ours, theirs = "".join(part.tokens[q0:q1]), "".join(text.tokens[p0:p1])
    if [token.lower() for token in part.tokens[q0:q1]] == [
        token.lower() for token in text.tokens[p0:p1]
    ]:
        hint += ": capitals and small letters differ"
    yield hint
    written = (
        _written(exact, part.starts[q0:q1], part.ends[q0:q1]),
        _written(source_text, text.starts[p0:p1], text.ends[p0:p1]),
    )
    yield from differing_characters(ours, theirs, written)


def _written(source: str, starts: Sequence[int], ends: Sequence[int]) -> str:
    """Tokens as they are written, side by side, without what cannot be seen."""
    pieces = [source[start:end] for start, end in zip(starts, ends, strict=True)]
    return unicodedata.normalize("NFC", strip_invisible("".join(pieces)))


def _explain_with_witness(part: Part, exact: str, miss: Miss, witness: Witness) -> list[str]:
    """Say how far both ends of a quotation match, from the seal alone."""
    count = len(part.tokens)
    suffix, suffix_position = find_longest_suffix(part.tokens, witness)
    repaired = list(_repair(part, exact, miss.matched, count - suffix, witness))
    repaired += _bared(part, witness)
    hints = repaired[:]
    if miss.matched and miss.position is not None:
        shown = _quote(part.tokens, exact, part.starts, part.ends, miss.matched, miss.matched + 1)
        place = _place(witness, miss.position, sentence=False)
        hints.append(f"the first {_count(part.tokens[: miss.matched])} match {place}; "
                     f"then the quotation has {shown}")  # fmt: skip
    if suffix and suffix_position is not None:
        head = count - suffix
        shown = _quote(part.tokens, exact, part.starts, part.ends, head - 1, head)
        place = _place(witness, suffix_position, sentence=False)
        hints.append(f"the last {_count(part.tokens[head:])} match {place}; "
                     f"before them the quotation has {shown}")  # fmt: skip
        if not repaired:
            hints += _between(part, exact, miss, (suffix, suffix_position))
    if not miss.matched and not suffix:
        hints += _inner_run(part, exact, witness)
    return hints


def _bared(part: Part, witness: Witness) -> Iterator[str]:
    """Try a quotation without the marks around it."""
    tokens = list(part.tokens)
    while tokens and not is_word(tokens[0]):
        del tokens[0]
    while tokens and not is_word(tokens[-1]):
        del tokens[-1]
    if len(tokens) < len(part.tokens) and _stands(tokens, witness):
        position = witness.find(tokens)
        if position is not None:
            yield f"without the marks at its ends it stands in {_place(witness, position)}"


def _between(part: Part, exact: str, miss: Miss, suffix: tuple[int, int]) -> Iterator[str]:
    """Say what the positions of both matching ends tell about what stands between them."""
    head, tail = miss.matched, len(part.tokens) - suffix[0]
    if not head or miss.position is None or head > tail:
        return
    printed = suffix[1] - (miss.position + head)
    quoted = _quote(part.tokens, exact, part.starts, part.ends, head, tail)
    if printed == 0 and head < tail:
        yield f"the article goes straight on, without {quoted}"
    elif printed > 0 and head == tail:
        noun = "word or mark" if printed == 1 else "words or marks"
        yield f"after `{_shorten(part.tokens[head - 1])}` the article has {printed} more {noun}"
    elif printed == tail - head == 1:
        yield f"only {quoted} differs: the article has one other word or mark in its place"


def _inner_run(part: Part, exact: str, witness: Witness) -> Iterator[str]:
    """Find words in the middle of a quotation when neither end matches."""
    for start in range(1, min(len(part.tokens) - MINIMUM_TOKENS, _SCANNED_TOKENS)):
        window = part.tokens[start : start + MINIMUM_TOKENS]
        position = witness.find(window)
        if position is None:
            continue
        end = start + MINIMUM_TOKENS
        while end < min(len(part.tokens), start + _SCANNED_TOKENS):
            longer = witness.find(part.tokens[start : end + 1])
            if longer is None:
                break
            position, end = longer, end + 1
        shown = _quote(part.tokens, exact, part.starts, part.ends, start, end)
        yield f"of the quotation only {shown} stands in {_place(witness, position)}"
        return
    if len(part.tokens) < _SCANNED_TOKENS:
        yield "no four words of the quotation stand together in the article"


def _repair(part: Part, exact: str, head: int, tail: int, witness: Witness) -> Iterator[str]:
    """Try small changes where the quotation diverges and yield the one that makes it match.

    Args:
        part: The part that was not found.
        exact: The quotation as written.
        head: How many tokens match from the beginning, possibly none.
        tail: Where the tokens that match up to the end begin; the number of tokens if none do.
        witness: The article.
    """
    count = len(part.tokens)
    for at in dict.fromkeys(([head] if head else []) + ([tail - 1] if tail < count else [])):
        before, token, after = _around(part.tokens, at)
        if len(token) > _LONGEST_TOKEN:
            continue
        variants = (token.lower(), token.capitalize(), token.upper(), token.translate(LOOKALIKES))
        for variant in dict.fromkeys(variants):
            if variant != token and _stands((*before, variant, *after), witness):
                shown = _quote(part.tokens, exact, part.starts, part.ends, at, at + 1)
                yield f"the article has `{_shorten(variant)}` where the quotation has {shown}"
                yield from differing_characters(token, variant)
                return
    for at in dict.fromkeys(([head] if head else []) + ([tail] if tail < count else [])):
        before, token, after = _around(part.tokens, at)
        for mark in _MARKS:
            if _stands((*before, mark, token, *after), witness):
                yield f"the article has `{mark}` after `{_shorten(part.tokens[at - 1])}`"
                return


def _around(tokens: tuple[str, ...], at: int) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Give a token with a bounded number of those before and after it."""
    before = tokens[max(0, at - _SCANNED_TOKENS) : at]
    return before, tokens[at], tokens[at + 1 : at + 1 + _SCANNED_TOKENS]


def _stands(tokens: Sequence[str], witness: Witness) -> bool:
    return len(tokens) >= MINIMUM_TOKENS and witness.find(tokens) is not None


def _quote(
    tokens: Sequence[str],
    source: str,
    starts: Sequence[int],
    ends: Sequence[int],
    first: int,
    last: int,
) -> str:
    """Show tokens as they are written, in backticks, long ones cut."""
    cut = min(last, first + _SHOWN_DIFFERENCE)
    if cut <= first:
        return "nothing"
    if any(len(token) > _LONGEST_TOKEN for token in tokens[first:cut]):
        shown = " ".join(map(_shorten, tokens[first:cut]))
    else:
        # White space and invisible characters may be of any length in the source.
        pieces = [source[starts[first] : ends[first]]]
        for number in range(first + 1, cut):
            pieces.append(" " if starts[number] > ends[number - 1] else "")
            pieces.append(source[starts[number] : ends[number]])
        shown = strip_invisible("".join(pieces))
    return f"`{shown}{' …' if cut < last else ''}`"


def _shorten(token: str) -> str:
    return token if len(token) <= _LONGEST_TOKEN else token[: _LONGEST_TOKEN - 1] + "…"


def _place(witness: Witness, position: int, *, sentence: bool = True) -> str:
    paragraph, number = witness.place(position)
    return f"paragraph {paragraph + 1}" + (f", sentence {number + 1}" if sentence else "")


def _count(tokens: Sequence[str]) -> str:
    """Count words, or marks where there is no word."""
    number = words(tokens)
    if number:
        return f"{number} {'word' if number == 1 else 'words'}"
    return f"{len(tokens)} marks"
