"""Verification of quotations: do these words stand in that article?

A quotation is compared with a witness, which is either the open text or its seal. Both give the
same verdict, and for a quotation that is found the same place, because both work on the same
tokens: the text by looking for the tokens, the seal by looking for the hashes of every four of
them side by side (two different windows agree with a probability of 2**-48).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from generator.verify.normalise import (
    TokenText,
    is_unspaced,
    is_word,
    strip_invisible,
    tokenise_quotation,
    tokens_of,
    words,
)
from generator.verify.witness import MINIMUM_TOKENS, Witness

MAX_INSERTED: Final = 5
"""Words in brackets are the quoter's own, and nothing can verify them: enough for a name, not for a statement."""

_ELISION = "…"
# As written: a dash or a single angle mark, which normalise to the same tokens, joins no words.
_JOINTS = frozenset("'‘’‛-‐‑")

Reason: TypeAlias = Literal["empty", "too-short", "part-too-short", "not-found", "out-of-order"]


@dataclass(frozen=True, slots=True)
class Part:
    """A run of quoted words between elisions and insertions.

    Attributes:
        tokens: Its normalised tokens; at least one.
        starts: Code-point offset of each token in the quotation as written.
        ends: Code-point offset of the end (exclusive) of each token in the quotation as written.
        joints: Number of its apostrophes and hyphens that join two words into one.
    """

    tokens: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    joints: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """Code-point offsets, start and end (exclusive), in the quotation as written."""
        return self.starts[0], self.ends[-1]

    @property
    def word_count(self) -> int:
        """Number of words, those joined by an apostrophe or a hyphen counted as one."""
        return words(self.tokens) - self.joints


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation taken apart.

    Attributes:
        exact: The quotation as written.
        whole: All of it as one part, elisions and insertions included; None when it has no token.
        parts: What is quoted, in order: without elisions and insertions.
    """

    exact: str
    whole: Part | None
    parts: tuple[Part, ...]

    @property
    def word_count(self) -> int:
        """Number of words quoted, for quotation limits, counted as readers count them.

        Words that an apostrophe or a hyphen joins (`Trump's`, `Muslim-majority`) are one; dashes
        join nothing, and in scripts without spaces each letter is a word whatever touches it.
        """
        return sum(part.word_count for part in self.parts)


@dataclass(frozen=True, slots=True)
class Match:
    """A quotation that stands in the article.

    Attributes:
        spans: For each part, the token positions in the article, start and end (exclusive).
        paragraph: Zero-based paragraph in which the first part begins.
        sentence: Zero-based sentence of that paragraph in which the first part begins.
    """

    spans: tuple[tuple[int, int], ...]
    paragraph: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Miss:
    """A quotation that does not stand in the article.

    Attributes:
        reason: Why: there is nothing quoted; the only part, or one of several, has fewer than
            `MINIMUM_TOKENS` tokens; a part stands nowhere in the article; every part stands
            somewhere, but not in this order.
        part: Zero-based number of the part at fault.
        part_span: Code-point offsets of that part in the quotation as written, end exclusive; of
            the whole quotation when there is no part.
        matched: When not found, how many leading tokens of the part stand together somewhere in
            the article; zero when fewer than `MINIMUM_TOKENS` do.
        position: Token position in the article of those leading tokens, the first if there are
            several; None when `matched` is zero.
        token: The token of the quotation at which it diverges, the first after those that match;
            None when `matched` is zero.
        diverges: Its code-point offsets in the quotation as written, end exclusive.
    """

    reason: Reason
    part: int
    part_span: tuple[int, int]
    matched: int = 0
    position: int | None = None
    token: str | None = None
    diverges: tuple[int, int] | None = None


def parse_quotation(exact: str) -> Quotation:
    """Take a quotation apart at its elisions and insertions.

    ``…`` and ``...`` elide, also within square brackets; square brackets insert, and what stands
    in them is not quoted. Brackets nest; one without its partner is an ordinary character. A full
    stop right after an elision (``....``) belongs to it.

    Args:
        exact: The quotation as written.

    Returns:
        The quotation with the parts it quotes.
    """
    text = tokenise_quotation(exact)
    count = len(text.tokens)
    if count == 0:
        return Quotation(exact, None, ())
    whole = _cut_part(exact, text, 0, count)
    if _ELISION not in text.tokens and "[" not in text.tokens:
        return Quotation(exact, whole, (whole,))
    parts: list[Part] = []
    first = 0
    for start, end in (*_gaps(text), (count, count)):
        if first < start:
            parts.append(_cut_part(exact, text, first, start))
        first = end
    return Quotation(exact, whole, tuple(parts))


def verify_quotation(exact: str, witness: Witness) -> Match | Miss:
    """Verify a quotation against an article.

    Args:
        exact: The quotation as written.
        witness: The article's text or seal.

    Returns:
        A match when the quotation stands in the article word for word, or when all of its parts
        do in order and without overlapping; otherwise a miss. Near matches are misses.
    """
    found = match_at_once(exact, witness)
    return found[0] if found else match_quotation(parse_quotation(exact), witness)


def match_quotation(quotation: Quotation, witness: Witness) -> Match | Miss:
    """Verify a quotation that has been taken apart already; see `verify_quotation`."""
    whole, parts = quotation.whole, quotation.parts
    if whole is not None and parts != (whole,) and len(whole.tokens) >= MINIMUM_TOKENS:
        # An article may contain three dots and brackets of its own.
        found = witness.find(whole.tokens)
        if found is not None:
            return Match(((found, found + len(whole.tokens)),), *witness.place(found))
    if not parts:
        return Miss("empty", 0, (0, len(quotation.exact)))
    for number, part in enumerate(parts):
        if len(part.tokens) < MINIMUM_TOKENS:
            return Miss("too-short" if len(parts) == 1 else "part-too-short", number, part.span)
    spans: list[tuple[int, int]] = []
    start = 0
    for number, part in enumerate(parts):
        # The earliest place of each part leaves the most room for the parts after it.
        found = witness.find(part.tokens, start)
        if found is None:
            return _explain(parts, number, witness)
        start = found + len(part.tokens)
        spans.append((found, start))
    return Match(tuple(spans), *witness.place(spans[0][0]))


def match_at_once(exact: str, witness: Witness) -> tuple[Match, int] | None:
    """Find a quotation that is one run of words, as nearly all are, without taking it apart.

    Args:
        exact: The quotation as written.
        witness: The article's text or seal.

    Returns:
        What `verify_quotation` gives, and the number of tokens; None for a quotation with an
        elision or an insertion, and for a miss.
    """
    tokens = tokens_of(exact)
    count = len(tokens)
    if count < MINIMUM_TOKENS or _ELISION in tokens or "[" in tokens:
        return None
    found = witness.find(tokens)
    if found is None:
        return None
    return Match(((found, found + count),), *witness.place(found)), count


def is_verbatim(quotation: Quotation, match: Match) -> bool:
    """Tell whether all of a quotation stands in the article, its own brackets and dots included."""
    spans = match.spans
    return (
        quotation.whole is not None
        and len(spans) == 1
        and spans[0][1] - spans[0][0] == len(quotation.whole.tokens)
    )


def verified_words(quotation: Quotation, match: Match) -> str:
    """Give the words of a quotation that stand in the article: without what was inserted.

    Args:
        quotation: A quotation taken apart.
        match: Where it was found.

    Returns:
        Its parts as written, with an ellipsis between them.
    """
    if is_verbatim(quotation, match):
        return quotation.exact
    return " … ".join(quotation.exact[slice(*part.span)] for part in quotation.parts)


def inserted_words(quotation: Quotation, match: Match) -> int:
    """Count the words that a quotation adds in brackets, which nothing can verify."""
    if is_verbatim(quotation, match) or quotation.whole is None:
        return 0
    return quotation.whole.word_count - quotation.word_count


def find_longest_prefix(tokens: Sequence[str], witness: Witness) -> tuple[int, int | None]:
    """Find how far the beginning of a run of tokens stands in an article.

    Args:
        tokens: Normalised tokens, any number.
        witness: The article.

    Returns:
        The length of the longest prefix of at least `MINIMUM_TOKENS` tokens that the article
        contains, and the first token position where it stands; zero and None if there is none.
    """
    return _find_longest(len(tokens), lambda length: tokens[:length], witness)


def find_longest_suffix(tokens: Sequence[str], witness: Witness) -> tuple[int, int | None]:
    """Find how far back from its end a run of tokens stands in an article.

    Args:
        tokens: Normalised tokens, any number.
        witness: The article.

    Returns:
        As `find_longest_prefix`, for the longest suffix.
    """
    return _find_longest(len(tokens), lambda length: tokens[len(tokens) - length :], witness)


def _find_longest(
    count: int, run: Callable[[int], Sequence[str]], witness: Witness
) -> tuple[int, int | None]:
    """Find the longest run that stands in an article, where every shorter one does too."""
    if count < MINIMUM_TOKENS:
        return 0, None
    length, position = 0, None
    # Doubling first keeps the work in proportion to what matches, not to what was written.
    candidate = MINIMUM_TOKENS
    while (found := witness.find(run(candidate))) is not None:
        length, position = candidate, found
        if candidate == count:
            return length, position
        candidate = min(2 * candidate, count)
    too_long = candidate if length else 1
    while too_long - length > 1:
        candidate = (length + too_long) // 2
        found = witness.find(run(candidate))
        if found is None:
            too_long = candidate
        else:
            length, position = candidate, found
    return length, position


def _explain(parts: Sequence[Part], failed: int, witness: Witness) -> Miss:
    """Tell whether a part stands nowhere or only not in order."""
    for number in range(failed, len(parts)):
        part = parts[number]
        if witness.find(part.tokens) is None:
            matched, position = find_longest_prefix(part.tokens, witness)
            if not matched:
                return Miss("not-found", number, part.span)
            return Miss(
                "not-found",
                number,
                part.span,
                matched,
                position,
                part.tokens[matched],
                (part.starts[matched], part.ends[matched]),
            )
    return Miss("out-of-order", failed, parts[failed].span)


def _cut_part(exact: str, text: TokenText, first: int, last: int) -> Part:
    """Make a part of the tokens from one position to another (exclusive)."""
    tokens, starts, ends = text.tokens[first:last], text.starts[first:last], text.ends[first:last]
    joints = 0
    for at in range(1, len(tokens) - 1):
        if (
            exact[starts[at] : ends[at]] in _JOINTS
            and all(
                is_word(tokens[side]) and not is_unspaced(tokens[side]) for side in (at - 1, at + 1)
            )
            and not strip_invisible(exact[ends[at - 1] : starts[at]])
            and not strip_invisible(exact[ends[at] : starts[at + 1]])
        ):
            joints += 1
    return Part(tokens, starts, ends, joints)


def _gaps(text: TokenText) -> list[tuple[int, int]]:
    """List the token ranges of a quotation that are elisions or insertions, in order."""
    opened: list[int] = []
    insertions: dict[int, int] = {}
    for position, mark in enumerate(text.tokens):
        if mark == "[":
            opened.append(position)
        elif mark == "]" and opened:
            insertions[opened.pop()] = position + 1
    gaps: list[tuple[int, int]] = []
    position = 0
    while position < len(text.tokens):
        end = position
        if position in insertions:
            end = insertions[position]
        elif text.tokens[position] == _ELISION:
            end = position + 1
            if text.tokens[end : end + 1] == (".",) and text.starts[end] == text.ends[position]:
                end += 1
        if end > position:
            gaps.append((position, end))
        position = max(end, position + 1)
    return gaps
