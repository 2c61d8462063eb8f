"""When words on a page state something that only a cited claim may state."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from generator.audit.page import fold

LONGEST_LABEL: Final = 200
"""Characters after which a label is no label, and generated text must not speak of an entity."""

# It begins with one digit, which the engine looks for quickly; then three at a time, or all.
_NUMBER = re.compile(r"\d(?:\d{0,2}(?:[,\u00a0\u202f]\d{3})+(?!\d)|\d*)")
_UNSPECIFIED = re.compile(r"\b(?:(\d{3})X|(\d\d)XX)(?!\w)", re.ASCII)
_DIGIT = re.compile(
    r"[\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u2189\u2460-\u249b]"
)
_SEPARATOR = re.compile(r"[,\u00a0\u202f]")
_LONGEST_NUMBER = 40  # digits; converting more is slow, and no figure has them
_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|"
    r"thousands?|millions?|billions?|trillions?|dozens?|percent|per\s+cent"
)
_PROSE_FIGURE = re.compile(
    rf"\d(?:[\d.,/:-]*\d)?(?:\s?%)?|\b(?:{_NUMBER_WORDS})\b|%", re.IGNORECASE
)
# Counts are the build's own to give; amounts and shares of the world are not.
# Two expressions, each of which begins with what the engine looks for quickly.
_AMOUNTS = (
    re.compile(r"[$€£¥₸₪]\s?\d"),
    re.compile(
        r"\d\s*(?:[$€£¥₸₪]|(?:hundred|thousand|million|billion|trillion|bn|km|dollars|euros)\b)",
        re.IGNORECASE,
    ),
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"\w+(?:['’+.-]\w+)*\+?")
_LONGEST_NAME = 6


@lru_cache(maxsize=1 << 16)
def figures(text: str) -> tuple[tuple[int, str], ...]:
    """Every number in digits, with its words; `1,000` is one number.

    Pages say the same few things over and over: `1 article`, `paragraph 2`, a year.
    """
    return tuple(find_figures(text))


def numbers(text: str) -> set[int]:
    """The worth of every number in digits of a record's text.

    Of dates in part not known (EDTF) it is that of their words: `199X` are the 1990s, `19XX` is the
    20th century.
    """
    found = {number for number, _ in find_figures(text)}
    if "X" in text:
        for decade, century in _UNSPECIFIED.findall(text):
            found.add(int(decade) * 10 if decade else int(century) + 1)
    return found


def find_figures(text: str) -> list[tuple[int, str]]:
    """Every number in digits of a text that is not likely to be met again; compare `figures`."""
    found = []
    for match in _NUMBER.finditer(text):
        words = match.group()
        digits = words if words.isdecimal() else _SEPARATOR.sub("", words)
        if len(digits) <= _LONGEST_NUMBER:
            found.append((int(digits), words))
    return found


def number_words(texts: Iterable[str]) -> list[str]:
    """Every number in digits of some texts, as written."""
    return _NUMBER.findall("\n".join(texts))


@lru_cache(maxsize=1 << 16)
def worth(words: str) -> int | None:
    """What a number in digits is worth; None for one so long that it is no figure."""
    found = find_figures(words)
    return found[0][0] if found else None


def has_digit(text: str) -> bool:
    """Whether a text holds a digit, raised, lowered or circled ones and fractions included."""
    return _DIGIT.search(text) is not None


def says_something(text: str) -> bool:
    """Whether a text holds a letter or a digit."""
    return any(map(str.isalnum, text))


def prose_figure(text: str) -> str | None:
    """The first number, date, share or amount of a text, in digits or in words; "one" is none."""
    found = _PROSE_FIGURE.search(text)
    return found.group() if found else None


def sentences(text: str) -> list[str]:
    """A text, white space folded, cut at the ends of its sentences."""
    return _SENTENCE.split(text)


@dataclass(frozen=True, slots=True)
class Wording:
    """Judges words by what the data files hold.

    Attributes:
        names: Names of entities and titles of sources, white space folded.
        claims: Ref by the folded text of a claim.
    """

    names: Collection[str]
    claims: Mapping[str, str]
    _generated: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def is_name(self, text: str) -> bool:
        """Whether a text is exactly a name or a title."""
        return fold(text) in self.names

    def claim_in(self, text: str) -> str | None:
        """Ref of a claim whose words a text gives, as a whole or as one of its sentences."""
        folded = fold(text)
        return self.claim_of(folded, sentences(folded))

    def claim_of(self, folded: str, parts: Sequence[str]) -> str | None:
        """Compare `claim_in`; of a text whose white space is folded, and its sentences."""
        if folded in self.claims:
            return self.claims[folded]
        if len(parts) == 1:
            return None
        return next((self.claims[part] for part in parts if part in self.claims), None)

    def label_fault(self, text: str) -> str | None:
        """What is wrong with the words of a heading, link or other label."""
        folded = fold(text)
        if folded in self.claims:
            return f"a label gives the claim `{self.claims[folded]}` without its citations"
        if len(folded) > LONGEST_LABEL and folded not in self.names:
            return f"a label of {len(folded)} characters stands outside of claims"
        return None

    def generated_fault(self, text: str, own: str) -> str | None:
        """What is wrong with text that the build composed.

        Args:
            text: All of a paragraph's text.
            own: The same without the words of links and other labels.
        """
        # Most of it is a few words that stand on every page.
        key = (text, own)
        if key not in self._generated:
            self._generated[key] = self._judge_generated(text, own)
        return self._generated[key]

    def _judge_generated(self, text: str, own: str) -> str | None:
        ref = self.claim_in(text)
        if ref:
            return f"generated text gives the claim `{ref}` without its citations"
        amounts = [amount for one in _AMOUNTS if (amount := one.search(text))]
        if amounts:
            first = min(amounts, key=re.Match.start)
            return f"generated text gives the amount `{fold(first.group())}`"
        folded = fold(own)
        if len(folded) > LONGEST_LABEL and (name := self.name_in(folded)):
            return f"{len(folded)} characters of generated text speak of `{name}`"
        return None

    def name_in(self, text: str) -> str | None:
        """The first name that stands in a long text."""
        words = _WORD.findall(text)
        for size in range(_LONGEST_NAME, 0, -1):
            for at in range(len(words) - size + 1):
                name = " ".join(words[at : at + size])
                if name in self.names and name[0].isupper():
                    return name
        return None
