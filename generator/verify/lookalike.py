"""Characters that look alike: told apart by code point, in hints for a quotation not found."""

import unicodedata
from collections.abc import Iterator, Sequence

import regex

from generator.verify.normalise import is_word
from generator.verify.quotation import Part

# Letters of other scripts that look like a Latin letter.
LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһАВЕЅІЈКМНОРСТХУοαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhABESIJKMHOPCTXYoaABEZHIKMNOPTYX",
)
_SCRIPTS = ("Latin", "Cyrillic", "Greek")
_LETTERS = {script: regex.compile(rf"\p{{{script}}}") for script in _SCRIPTS}
_SCANNED_TOKENS = 256
_LONGEST_TOKEN = 40


def likeness(token: str) -> str:
    """Give what tokens that look alike have in common.

    Capitals are small letters in it, letters are bare of accents and points, and stretched, joined
    and wide forms are plain ones.
    """
    if token.isascii():
        return token.casefold()
    letters = unicodedata.normalize("NFKD", token.translate(LOOKALIKES))
    kept = [
        letter for letter in letters if letter != "\u0640" and not unicodedata.combining(letter)
    ]
    return "".join(kept).casefold() or token


def differing_characters(
    ours: str, theirs: str, written: tuple[str, str] | None = None
) -> Iterator[str]:
    """Name characters by code point where words look more alike than they are.

    Args:
        ours: Normalised words of the quotation.
        theirs: Those of the article.
        written: Both as they are written, each character in its place; None where that is not known.
    """
    if (ours.isascii() and theirs.isascii()) or ours.lower() == theirs.lower():
        return
    our_words, their_words = written or (ours, theirs)
    pairs: list[tuple[str, str]] = []
    if len({len(text) for text in (ours, theirs, our_words, their_words)}) == 1:
        at = [place for place, our in enumerate(ours) if our != theirs[place]]
        pairs = list(dict.fromkeys((our_words[place], their_words[place]) for place in at))
    if 0 < len(pairs) <= 3:
        named = [f"{_name(our)} where the article has {_name(their)}" for our, their in pairs[:2]]
        yield f"the quotation has {', and '.join(named)}"
    elif likeness(ours) == likeness(theirs):
        printed = next((one for one in their_words if one not in our_words), "")
        quoted = next((one for one in our_words if one not in their_words), "")
        if printed:
            yield f"these look alike, but the article has {_name(printed)} in them"
        elif quoted:
            yield f"these look alike, but the quotation has {_name(quoted)} in them"


def mixed_scripts(part: Part, printed: frozenset[str], hints: Sequence[str]) -> Iterator[str]:
    """Point out a letter of a foreign script within a word that the article does not print."""
    for token in part.tokens[:_SCANNED_TOKENS]:
        if token.isascii() or not is_word(token) or token in printed:
            continue
        word = token[:_LONGEST_TOKEN]
        letters = {script: _LETTERS[script].findall(word) for script in _SCRIPTS}
        present = sorted(
            (script for script in _SCRIPTS if letters[script]), key=lambda s: len(letters[s])
        )
        if len(present) < 2:
            continue
        named = _name(letters[present[0]][0])
        if any(named in hint for hint in hints):
            return
        yield f"`{word}` in the quotation mixes scripts: it has {named} among {present[-1]} letters"
        return


def _name(character: str) -> str:
    name = unicodedata.name(character, "unnamed character")
    return f"U+{ord(character):04X} {name}"
