"""Texts by their hashes: few bytes each, looked up where they lie."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b


def hash_text(text: str) -> int:
    """Eight bytes that stand for a text."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


class Hashes(Mapping[str, str]):
    """Whether a text is one of many, and how often; whose it is, it cannot tell.

    Args:
        packed: What `pack` gave.

    Raises:
        ValueError: when that is cut off.
    """

    def __init__(self, packed: bytes = b"") -> None:
        self._held = array("Q", packed)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Hashes:
        """The hashes of some texts."""
        found = cls()
        found._held = array("Q", sorted(map(hash_text, texts)))
        return found

    def pack(self) -> bytes:
        """All of them, sorted, eight bytes each."""
        return self._held.tobytes()

    def count(self, text: str) -> int:
        """How often a text is there."""
        hash_ = hash_text(text)
        return bisect_right(self._held, hash_) - bisect_left(self._held, hash_)

    def changed(self, lost: Counter[str], come: Counter[str]) -> Hashes:
        """The same without some texts and with others.

        Raises:
            ValueError: when one that is to go is not there.
        """
        if not lost and not come:
            return self
        changed = Hashes()
        held = changed._held = self._held[:]
        for text in lost.elements():
            hash_ = hash_text(text)
            at = bisect_left(held, hash_)
            if at == len(held) or held[at] != hash_:
                raise ValueError(text)
            del held[at]
        for text in come.elements():
            hash_ = hash_text(text)
            held.insert(bisect_left(held, hash_), hash_)
        return changed

    def __contains__(self, text: object) -> bool:
        if not isinstance(text, str):
            return False
        hash_ = hash_text(text)
        at = bisect_left(self._held, hash_)
        return at < len(self._held) and self._held[at] == hash_

    def __getitem__(self, text: str) -> str:
        if text not in self:
            raise KeyError(text)
        return "some claim"

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return len(self._held)
