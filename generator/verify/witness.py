"""Witnesses: the open text or its seal, asked whether tokens stand in an article, and where."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, Protocol

from generator.verify.normalise import TokenText
from generator.verify.seal import HASH_LENGTH, WINDOW, Seal, hash_windows

MINIMUM_TOKENS: Final = WINDOW
"""Tokens that every part of a quotation needs at least."""

_SEPARATOR = "\x1f"  # white space to the tokeniser, so in no token


class Witness(Protocol):
    """What a quotation is compared with: an open text or a seal."""

    def find(self, tokens: Sequence[str], start: int = 0) -> int | None:
        """Find tokens side by side.

        Args:
            tokens: At least `MINIMUM_TOKENS` normalised tokens.
            start: Token position from which to look, zero or more.

        Returns:
            The first token position at or after `start` where they stand; None if there is none.

        Raises:
            ValueError: There are fewer than `MINIMUM_TOKENS` tokens.
        """
        ...

    def place(self, position: int) -> tuple[int, int]:
        """Give the zero-based paragraph, and sentence within it, of a token position.

        Raises:
            IndexError: The article has no such token.
        """
        ...


class TextWitness:
    """An open text as a witness."""

    def __init__(self, text: TokenText) -> None:
        self._text = text
        self._joined = _SEPARATOR.join(("", *text.tokens, ""))
        # Where the separator before each token stands, and the one after the last.
        self._offsets = list(accumulate(map((1).__add__, map(len, text.tokens)), initial=0))

    def find(self, tokens: Sequence[str], start: int = 0) -> int | None:
        """Find tokens side by side; see `Witness`."""
        _require_window(tokens)
        if start >= len(self._offsets):
            return None
        needle = _SEPARATOR.join(("", *tokens, ""))
        found = self._joined.find(needle, self._offsets[start])
        return None if found < 0 else bisect_right(self._offsets, found) - 1

    def place(self, position: int) -> tuple[int, int]:
        """Give the paragraph and sentence of a token position; see `Witness`."""
        _require_position(position)
        return self._text.paragraphs[position], self._text.sentences[position]


class SealWitness:
    """A seal as a witness."""

    def __init__(self, seal: Seal) -> None:
        # With a separator before each hash, what is found always begins at a hash: no check of
        # the alignment is needed, and no crafted seal can make the search start over and over.
        self._hashes = _separate_hashes(seal.windows)
        self._places: list[tuple[int, int]] = []
        starts: list[int] = []
        total = 0
        for paragraph, counts in enumerate(seal.sentences):
            for sentence, count in enumerate(counts):
                self._places.append((paragraph, sentence))
                starts.append(total)
                total += count
        self._starts = starts
        self._token_count = total

    def find(self, tokens: Sequence[str], start: int = 0) -> int | None:
        """Find tokens side by side; see `Witness`."""
        _require_window(tokens)
        needle = _separate_hashes(hash_windows(tokens))
        found = self._hashes.find(needle, start * (HASH_LENGTH + 1))
        return None if found < 0 else found // (HASH_LENGTH + 1)

    def place(self, position: int) -> tuple[int, int]:
        """Give the paragraph and sentence of a token position; see `Witness`."""
        _require_position(position)
        if position >= self._token_count:
            raise IndexError("the article has no such token")
        return self._places[bisect_right(self._starts, position) - 1]


def _separate_hashes(windows: str) -> str:
    return "".join(
        "." + windows[start : start + HASH_LENGTH] for start in range(0, len(windows), HASH_LENGTH)
    )


def _require_window(tokens: Sequence[str]) -> None:
    if len(tokens) < MINIMUM_TOKENS:
        raise ValueError(f"fewer than {MINIMUM_TOKENS} tokens cannot be found in a seal")


def _require_position(position: int) -> None:
    if position < 0:
        raise IndexError("the article has no such token")
