"""Normalisation of article texts and quotations, version ``briefing-1``.

Two texts say the same words when their tokens are equal. This is the whole specification; the
site's method page prints `RULES`, which repeats it word for word.

1. The text is a sequence of Unicode code points, put into Normalization Form C (NFC).
2. The quotation marks ‘ ’ ‚ ‛ ‹ › become ' and the quotation marks “ ” „ ‟ « » become ".
3. The dashes ‐ ‑ ‒ – — ― − become -, and so do two or three typed hyphens in a row.
4. Three full stops in a row become ….
5. The ligatures ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ become the letters they join.
6. Soft hyphens, zero-width characters, bidirectional controls, variation selectors and the other
   invisible format characters of `DROPPED` are dropped.
7. White space of every kind and length separates and is otherwise ignored.
8. Letters, digits and the difference between capitals and small letters are never changed.
9. A word is an unbroken run of letters, digits and combining marks; a full stop or comma between
   two digits belongs to it, so that 1.1 and 1,000 are one word each and cannot be cut. In Han,
   Hiragana, Katakana, Thai, Lao, Khmer and Myanmar, which are written without spaces, each letter
   with its marks is a word.
10. Every other character, with any combining marks on it, stands for itself. Words and such
    characters are the tokens.
11. Lines end with CR LF, CR, LF, U+2028 or U+2029, and a line without a visible character is
    blank. Blank lines separate paragraphs. In a text with no blank line between two lines and
    with a line of more than 200 characters, each line is a paragraph.
12. A sentence ends after . ! ? … ؟ ۔ । and any closing quotation marks and brackets when white
    space follows, and after 。 ！ ？ even without white space, unless the next word begins with a
    small letter.
13. A single full stop does not end a sentence after a single letter (U.S., J.) with no apostrophe
    before it, or after one of the `ABBREVIATIONS`; after "No." and the like only when a digit
    follows.

Character classes come from the `regex` package, NFC from the standard library (Unicode Standard
Annex 15); both are stable for characters that are assigned in both.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

import regex

NORMALISATION: Final = "briefing-1"

RULES: Final[tuple[str, ...]] = (
    "The text is a sequence of Unicode code points, put into Normalization Form C (NFC).",
    "The quotation marks ‘ ’ ‚ ‛ ‹ › become ' and the quotation marks “ ” „ ‟ « » become \".",
    "The dashes ‐ ‑ ‒ – — ― − become -, and so do two or three typed hyphens in a row.",
    "Three full stops in a row become ….",
    "The ligatures ﬀ ﬁ ﬂ ﬃ ﬄ ﬅ ﬆ become the letters they join.",
    "Soft hyphens, zero-width characters, bidirectional controls, variation selectors and the "
    "other invisible format characters of `DROPPED` are dropped.",
    "White space of every kind and length separates and is otherwise ignored.",
    "Letters, digits and the difference between capitals and small letters are never changed.",
    "A word is an unbroken run of letters, digits and combining marks; a full stop or comma "
    "between two digits belongs to it, so that 1.1 and 1,000 are one word each and cannot be cut. "
    "In Han, Hiragana, Katakana, Thai, Lao, Khmer and Myanmar, which are written without spaces, "
    "each letter with its marks is a word.",
    "Every other character, with any combining marks on it, stands for itself. Words and such "
    "characters are the tokens.",
    "Lines end with CR LF, CR, LF, U+2028 or U+2029, and a line without a visible character is "
    "blank. Blank lines separate paragraphs. In a text with no blank line between two lines and "
    "with a line of more than 200 characters, each line is a paragraph.",
    "A sentence ends after . ! ? … ؟ ۔ । and any closing quotation marks and brackets when white "
    "space follows, and after 。 ！ ？ even without white space, unless the next word begins with "
    "a small letter.",
    "A single full stop does not end a sentence after a single letter (U.S., J.) with no "
    'apostrophe before it, or after one of the `ABBREVIATIONS`; after "No." and the like only '
    "when a digit follows.",
)

# Default_Ignorable_Code_Point without the Hangul fillers and the Khmer inherent vowels, which are
# letters and marks; written out so that the rule does not move with the Unicode version.
DROPPED: Final = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)

# Abbreviations after which a full stop does not end a sentence.
ABBREVIATIONS: Final = frozenset(
    (
        *("Mr", "Mrs", "Ms", "Mx", "Messrs", "Dr", "Prof", "Ph", "Rev", "Hon", "St", "Jr", "Sr"),
        *("Gov", "Sen", "Sens", "Rep", "Reps", "Pres", "Amb", "Supt", "Dept", "Univ", "Assn"),
        *("Gen", "Lt", "Col", "Capt", "Maj", "Sgt", "Cpl", "Adm", "Cmdr", "Brig"),
        *("Inc", "Ltd", "Co", "Corp", "Bros", "Mt", "Ft", "Ave", "Blvd"),
        *("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
        *("vs", "etc", "approx", "ca", "cf", "al", "Eds", "eds"),
        *("No", "Nos", "Art", "Fig", "fig", "Vol", "vol", "pp"),
    )
)
# Words of their own as well: abbreviations only where a number follows.
_BEFORE_NUMBER = frozenset(("No", "Nos", "Art", "Fig", "fig", "Vol", "vol", "pp"))

_UNWRAPPED_LINE = 200
_PLAIN_ENOUGH = 80
"""Characters of a text for each stretch that is cut apart from plain words; more are not worth it."""

_FOLD: Final = {
    **dict.fromkeys("‘’‚‛‹›", "'"),
    **dict.fromkeys("“”„‟«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "--": "-",
    "---": "-",
    "...": "…",
}
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st"}
)

# Almost every article is made of these characters alone: each is in NFC whatever its neighbours,
# and folding keeps its length, so such a text needs the standard library's faster matcher only.
_PLAIN_WORD = "0-9A-Za-zª²³µ¹º¼½¾À-ÖØ-öø-ɏΆΈ-ΊΌΎ-ΡΣ-ϡЀ-ҁҊ-ԯא-תء-غف-ي٠-٩ٱ-ۓ۰-۹"
_PLAIN_MARKS = "\x00-\x7f\xa0-\xac\xae-\xbf×÷‘’‚‛‹›“”„‟‐-―−…€₸،؛؟۔\u2009\u202f"
_NOT_PLAIN = re.compile(f"[^{_PLAIN_MARKS}{_PLAIN_WORD}]")
_PLAIN_TOKEN = re.compile(
    rf"([{_PLAIN_WORD}]+(?:(?<=\d)[.,](?=\d)[{_PLAIN_WORD}]+)*|-{{2,3}}|\.\.\.|\S)"
)
_WHITE = re.compile(r"\s")

_SPACE = "\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# The sound marks and repetition marks that Unicode counts to no single script are used with kana.
_UNSPACED = (
    r"[[\p{L}\p{Nl}]&&[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    r"ーｰﾞﾟ〆〱-〵〼]]"
)
_WORD = rf"[[\p{{L}}\p{{N}}\p{{M}}]--[{DROPPED}]--{_UNSPACED}]"
_MARKS = rf"(?:[{DROPPED}]*+[\p{{M}}--[{DROPPED}]])*+"
_TOKEN = regex.compile(
    rf"(?V1)({_WORD}++(?:[{DROPPED}]++{_WORD}++"
    rf"|(?<=\p{{Nd}})[{DROPPED}]*+[.,][{DROPPED}]*+(?=\p{{Nd}}){_WORD}++)*+"
    rf"|\.(?:[{DROPPED}]*+\.){{2}}{_MARKS}"
    rf"|-(?:[{DROPPED}]*+-){{1,2}}{_MARKS}"
    rf"|[^{_SPACE}{DROPPED}]{_MARKS})"
)
_WORD_START = regex.compile(r"(?V1)[\p{L}\p{N}\p{M}]")
_UNSPACED_LETTER = regex.compile(rf"(?V1){_UNSPACED}")
_DROPPED = re.compile(f"[{DROPPED}]")

# Without possessive quantifiers: some of them never end in the `re` of Python 3.11.2, which Debian 12 has.
_LINE_END = r"(?:\r\n|\r(?!\n)|\n|\u2028|\u2029)"
_BLANK = f"[\t\x0b\x0c\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u202f\u205f\u3000{DROPPED}]*"
_BLANK_LINES = re.compile(rf"{_LINE_END}(?:{_BLANK}{_LINE_END})+")
_LINE_ENDS = re.compile(_LINE_END)

_ENDER_CHARACTERS = re.compile("[.!?…؟۔।。！？]")
_ENDERS = frozenset(".!?…؟۔।。！？")
_CJK_ENDERS = frozenset("。！？")
_CLOSERS = frozenset("\"')]}）］｝」』】〉》〕〙〗”’")
_OPENING_MARKS = frozenset("“‘")
_BEFORE_WORDS = frozenset("\"'([{（［｛「『【〈《〔〘〖-¿¡")


@dataclass(frozen=True, slots=True)
class TokenText:
    """The tokens of a text and where each stands in it.

    All tuples have one entry per token.

    Attributes:
        tokens: The normalised tokens.
        starts: Code-point offset of each token in the original text.
        ends: Code-point offset of the end (exclusive) of each token in the original text.
        paragraphs: Zero-based paragraph of each token.
        sentences: Zero-based sentence of each token within its paragraph.
    """

    tokens: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    paragraphs: tuple[int, ...]
    sentences: tuple[int, ...]


def tokenise(text: str) -> TokenText:
    """Split a text into normalised tokens by the rules at the head of this module.

    Args:
        text: Any string; nothing is refused.

    Returns:
        The tokens; ``text[starts[i]:ends[i]]`` tokenises to exactly ``tokens[i]``.
    """
    pieces, tokens = _cut(text)
    # Pieces alternate between gap and token, so the running length gives every offset.
    offsets = list(accumulate(map(len, pieces)))
    starts = offsets[:-1:2]
    ends = offsets[1::2]
    cuts = _paragraph_cuts(text, starts)
    paragraphs: list[int] = []
    sentences: list[int] = []
    breaks = _sentence_breaks(text, tokens, starts, ends, cuts)
    position = 0
    for paragraph, (first, last) in enumerate(pairwise((0, *cuts, len(tokens)))):
        paragraphs += [paragraph] * (last - first)
        sentence = 0
        start = first
        while position < len(breaks) and breaks[position] < last:
            sentences += [sentence] * (breaks[position] - start)
            start = breaks[position]
            position += 1
            sentence += 1
        sentences += [sentence] * (last - start)
    return TokenText(tuple(tokens), tuple(starts), tuple(ends), tuple(paragraphs), tuple(sentences))


def tokenise_quotation(text: str) -> TokenText:
    """Split a text as `tokenise` does; its paragraphs and sentences are left empty."""
    pieces, tokens = _cut(text)
    offsets = tuple(accumulate(map(len, pieces)))
    return TokenText(tuple(tokens), offsets[:-1:2], offsets[1::2], (), ())


def tokens_of(text: str) -> list[str]:
    """Give the tokens of a text alone, without their places; see `tokenise`."""
    return _cut(text)[1]


def _cut(text: str) -> tuple[list[str], list[str]]:
    """Cut a text into pieces, gaps and tokens by turns with a gap at both ends.

    Returns:
        The pieces as they stand in the text, and the tokens normalised.
    """
    if text.isascii():
        pieces: list[str] = _PLAIN_TOKEN.split(text)
        tokens = pieces[1::2]
        if "--" not in text and "..." not in text:
            return pieces, tokens
    elif _NOT_PLAIN.search(text) is None:
        pieces = _PLAIN_TOKEN.split(text)
        tokens = pieces[1::2]
    else:
        pieces, tokens = _cut_mixed(text)
    return pieces, list(map(_FOLD.get, tokens, tokens))


def _cut_mixed(text: str) -> tuple[list[str], list[str]]:
    """Cut a text that is not plain throughout; its tokens have yet to be folded."""
    pieces: list[str] = [""]
    tokens: list[str] = []
    at, changes = 0, len(text) // _PLAIN_ENOUGH
    # No token reaches over white space, so the few stretches that are not plain are cut apart.
    while at < len(text) and (unusual := _NOT_PLAIN.search(text, at)):
        start, changes = unusual.start(), changes - 1
        while start > at and not text[start - 1].isspace():
            start -= 1
        white = _WHITE.search(text, unusual.end()) if changes > 0 else None
        end = white.start() if white else len(text)
        plain, other = _PLAIN_TOKEN.split(text[at:start]), _TOKEN.split(text[start:end])
        tokens += plain[1::2]
        tokens += map(_normalised, other[1::2])
        pieces[-1] += plain[0]
        pieces += plain[1:]
        pieces[-1] += other[0]
        pieces += other[1:]
        at = end
    rest = _PLAIN_TOKEN.split(text[at:])
    pieces[-1] += rest[0]
    return pieces + rest[1:], tokens + rest[1::2]


def words(tokens: Iterable[str]) -> int:
    """Count the tokens that are words; one with an apostrophe or a hyphen inside counts as two."""
    return sum(1 for token in tokens if is_word(token))


def is_word(token: str) -> bool:
    """Tell whether a normalised token is a word and not a punctuation mark or symbol."""
    if token.isascii():
        return token[:1].isalnum()  # a figure has full stops and commas inside
    return _WORD_START.match(token) is not None


def is_unspaced(token: str) -> bool:
    """Tell whether a normalised token is a letter of a script without spaces (rule 9)."""
    return _UNSPACED_LETTER.match(token) is not None


def spell_out(text: str) -> str:
    """Remove the characters that normalisation drops, and write out ligatures (rules 5 and 6)."""
    if _NOT_PLAIN.search(text) is None:
        return text
    return _DROPPED.sub("", text).translate(_LIGATURES)


def strip_invisible(text: str) -> str:
    """Remove the characters that normalisation drops (rule 6)."""
    return _DROPPED.sub("", text)


@lru_cache(maxsize=16_384)
def _normalised(token: str) -> str:
    """Normalise one matched piece; NFC of a text is the NFC of these pieces put together."""
    if token.isascii():
        return token
    bare = _DROPPED.sub("", token).translate(_LIGATURES)
    composed = unicodedata.normalize("NFC", bare)
    marks = composed.lstrip(".-")
    head = composed[: len(composed) - len(marks)] or composed[:1]
    return _FOLD.get(head, head) + composed[len(head) :]


def _paragraph_cuts(text: str, starts: Sequence[int]) -> list[int]:
    """Give the token positions at which a paragraph other than the first begins."""
    last = len(starts)

    def cuts_after(pattern: re.Pattern[str]) -> list[int]:
        cuts = {bisect_left(starts, match.end()) for match in pattern.finditer(text)}
        return sorted(cuts - {0, last})

    cuts = cuts_after(_BLANK_LINES)
    if not cuts and len(text) > _UNWRAPPED_LINE:
        longest = max(map(len, _LINE_ENDS.split(text)))
        if longest > _UNWRAPPED_LINE:
            cuts = cuts_after(_LINE_ENDS)
    return cuts


def _sentence_breaks(
    text: str, tokens: Sequence[str], starts: Sequence[int], ends: Sequence[int], cuts: list[int]
) -> list[int]:
    """Give the token positions at which a sentence begins inside a paragraph."""
    breaks: list[int] = []
    done = 0
    limits = [*cuts, len(tokens)]
    limit = 0
    for match in _ENDER_CHARACTERS.finditer(text):
        ender = bisect_left(starts, match.start())
        if ender < done or ender >= len(tokens) or tokens[ender] not in _ENDERS:
            continue
        while limits[limit] <= ender:
            limit += 1
        stop = limits[limit]
        done, unspaced = _ending(text, tokens, starts, ends, ender, stop)
        if done >= stop or not (unspaced or _has_space(text, ends[done - 1], starts[done])):
            continue
        following = done
        while following < stop and tokens[following] in _BEFORE_WORDS:
            following += 1
        successor = tokens[following] if following < stop else ""
        if successor[:1].islower():
            continue
        if (
            tokens[ender] == "."
            and (done == ender + 1 or tokens[ender + 1] not in _ENDERS)
            and ender > 0
            and starts[ender] == ends[ender - 1]
            and _abbreviates(tokens[max(0, ender - 2) : ender], successor)
        ):
            continue
        breaks.append(done)
    return breaks


def _ending(
    text: str,
    tokens: Sequence[str],
    starts: Sequence[int],
    ends: Sequence[int],
    ender: int,
    stop: int,
) -> tuple[int, bool]:
    """Follow a sentence end over further end marks and closing marks.

    Returns:
        The token position after the end, and whether it needs no white space.
    """
    unspaced = tokens[ender] in _CJK_ENDERS
    position = ender + 1
    while position < stop and not _has_space(text, ends[position - 1], starts[position]):
        token = tokens[position]
        if token in _ENDERS:
            unspaced = token in _CJK_ENDERS
        elif token not in _CLOSERS or (unspaced and text[starts[position]] in _OPENING_MARKS):
            break
        position += 1
    return position, unspaced


def _has_space(text: str, start: int, end: int) -> bool:
    """Tell whether the gap between two tokens holds white space and not only dropped characters."""
    return start < end and (
        text[start].isspace() or any(character.isspace() for character in text[start:end])
    )


def _abbreviates(before: Sequence[str], successor: str) -> bool:
    """Tell whether a full stop after one or two tokens belongs to an abbreviation or initial."""
    token = before[-1]
    if token in _BEFORE_NUMBER:
        return successor[:1].isdigit()
    if token in ABBREVIATIONS:
        return True
    # The "s" of a genitive is a letter by itself as well.
    return len(token) == 1 and (token.isupper() or token.islower()) and before[0] != "'"
