"""For each source, what its quotations are checked against: the text itself, or its seal."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise, zip_longest
from typing import Literal

from msgspec import Struct

from generator.diagnostics import Sink
from generator.model.fact import Source
from generator.model.stage import Facts, RawSource
from generator.verify.normalise import TokenText, tokenise
from generator.verify.overlap import (
    Keys,
    Windows,
    keys_of_tokens,
    keys_of_windows,
    likely_overlaps,
    overlaps,
    window_set,
)
from generator.verify.seal import HASH_LENGTH, WINDOW, Seal, SealFault, parse_seal, seal_tokens
from generator.verify.witness import SealWitness, TextWitness


@dataclass(frozen=True)
class Exhibit:
    """A source's checked text or seal.

    Attributes:
        witness: What quotations are compared with.
        against: `text` or `seal`: what verdicts are based on.
        seal: The seal; None for an open text.
        text: The tokens of the text where it is at hand (open, or in the private archive): used
            to explain a miss, never for the verdict on a sealed source.
        source_text: The text that was cut into these tokens.
    """

    witness: TextWitness | SealWitness
    against: Literal["text", "seal"]
    seal: Seal | None
    text: TokenText | None
    source_text: str | None

    @property
    def tokens(self) -> int:
        """Number of tokens of the whole text."""
        return self.seal.token_count if self.seal else len(self._tokens.tokens)

    @property
    def paragraphs(self) -> tuple[int, ...]:
        """Number of tokens of each paragraph."""
        if self.seal:
            return tuple(map(sum, self.seal.sentences))
        return tuple([after - first for first, after in pairwise((*self._firsts, self.tokens))])

    @property
    def starts(self) -> tuple[int, ...]:
        """Offset of the first token of each paragraph of an open text; none of a sealed one."""
        return () if self.seal else tuple([self._tokens.starts[first] for first in self._firsts])

    def places(self, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        """Offsets of some runs of tokens in an open text; none in a sealed one."""
        if self.seal:
            return ()
        starts, ends = self._tokens.starts, self._tokens.ends
        return tuple([(starts[first], ends[last - 1]) for first, last in spans])

    @property
    def windows(self) -> Windows:
        """Its distinct windows: those of a text and of its seal are the same."""
        return window_set(self.seal or self._tokens)

    @cached_property
    def _firsts(self) -> tuple[int, ...]:
        """Position of the first token of each paragraph of an open text."""
        paragraphs = self._tokens.paragraphs
        count = paragraphs[-1] + 1 if paragraphs else 0
        return tuple([bisect_left(paragraphs, number) for number in range(count)])

    @property
    def _tokens(self) -> TokenText:
        if self.text is None:
            raise ValueError("an exhibit is a text or a seal")
        return self.text


_OPEN = 100
"""Exhibits that are kept open: with its tokens a text takes thirty times its bytes."""


class Exhibits:
    """Exhibits of a project's sources, each opened when it is asked for; the last ones asked for stay open.

    Args:
        facts: The sources, and where their texts and seals lie.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._opened: dict[str, Exhibit | None] = {}  # the one not asked for longest first

    @cached_property
    def has_seals(self) -> bool:
        """Whether some source is sealed."""
        return any(one.text_mode == "sealed" for one in self.facts.sources.values())

    def get(self, source: str, sink: Sink | None = None) -> Exhibit | None:
        """A source's exhibit; None when its text or seal is missing or unsound.

        Args:
            source: Id of the source.
            sink: Takes what is unsound; None where that is reported elsewhere.
        """
        exhibit = self._opened.get(source)
        if exhibit is not None:
            self._opened[source] = self._opened.pop(source)
        # One that could be opened has no findings; any other is opened again for them.
        if exhibit is None and (source not in self._opened or sink is not None):
            exhibit = self._open(source, Sink() if sink is None else sink)
            if len(self._opened) >= _OPEN:
                del self._opened[next(iter(self._opened))]
            self._opened[source] = exhibit
        return exhibit

    def _open(self, source_id: str, sink: Sink) -> Exhibit | None:
        source, raw = self.facts.sources.get(source_id), self.facts.raw.sources.get(source_id)
        if source is None or raw is None or source.text_mode == "none":
            return None
        return _open_text(raw) if source.text_mode == "open" else _open_seal(raw, sink)

    def items(self) -> Iterator[tuple[str, Exhibit]]:
        """Every exhibit there is, by id of its source."""
        for source in sorted(self.facts.sources):
            exhibit = self.get(source)
            if exhibit is not None:
                yield source, exhibit


class Measure(Struct, frozen=True, array_like=True):
    """What is known of an exhibit once it is closed again.

    Attributes:
        tokens: Number of tokens of the whole text.
        windows: The keys of its windows (`generator.verify.overlap.Keys`), each in 32 bits in the
            machine's order.
        merged: How many of its windows have the key of another.
        paragraphs: Number of tokens of each paragraph.
        starts: Where each begins in an open text.
    """

    against: Literal["text", "seal"]
    tokens: int
    windows: bytes
    merged: int = 0
    paragraphs: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()

    @classmethod
    def of(cls, exhibit: Exhibit, *, by_hash: bool) -> Measure:
        """Measure an exhibit.

        Args:
            exhibit: The text or the seal.
            by_hash: Whether it is to be compared with seals, which hold hashes alone.
        """
        if by_hash or exhibit.text is None:
            found = keys_of_windows(exhibit.windows)
        else:
            found = keys_of_tokens(exhibit.text.tokens)
        return cls(
            exhibit.against,
            exhibit.tokens,
            found.keys.tobytes(),
            found.merged,
            exhibit.paragraphs,
            exhibit.starts,
        )

    @property
    def keys(self) -> Keys:
        """The keys of its windows."""
        keys = array("I")
        keys.frombytes(self.windows)
        return Keys(keys, self.merged)


def _open_text(raw: RawSource) -> Exhibit | None:
    if raw.text is None:
        return None  # reported by validate
    words = raw.text.text.text
    text = tokenise(words)
    return Exhibit(TextWitness(text), "text", None, text, words)


def _open_seal(raw: RawSource, sink: Sink) -> Exhibit | None:
    if raw.seal is None:
        return None  # reported by validate
    file = raw.seal.text
    try:
        seal = parse_seal(file.text)
    except SealFault as fault:
        at = file.span(fault.offset) if fault.offset is not None else file.path
        sink.add("Q405", fault.reason, at, f"run `briefing seal {raw.id}` where the archive is")
        return None
    if raw.archived is None:
        return Exhibit(SealWitness(seal), "seal", seal, None, None)
    words = raw.archived.text.text
    text = tokenise(words)
    derived = seal_tokens(text)
    if derived != seal:
        message = f"the archived text of `{raw.id}` is not the one that was sealed"
        sink.add(
            "Q406",
            message,
            file.path,
            *_difference(seal, derived),
            f"if the change is right, run `briefing seal {raw.id}` and check the quotations",
        )
        return None
    return Exhibit(SealWitness(seal), "seal", seal, text, words)


def _difference(seal: Seal, derived: Seal) -> Iterator[str]:
    """Where the archived text has changed, as far as its seal tells."""
    if seal.word_count != derived.word_count:
        yield f"it had {seal.word_count} words and has {derived.word_count}"
    if not derived.windows:
        return
    if seal.windows == derived.windows:
        if seal.sentences != derived.sentences:
            yield "its words are the same, but paragraphs or sentences are divided otherwise"
        return
    pairs = zip_longest(_windows(seal.windows), _windows(derived.windows))
    first = next(index for index, (old, new) in enumerate(pairs) if old != new)
    # What a window says that the one before it does not is its last token.
    changed = min(first + WINDOW - 1 if first else 0, derived.token_count - 1)
    paragraph, sentence = SealWitness(derived).place(changed)
    yield f"it first differs in paragraph {paragraph + 1}, sentence {sentence + 1}"


def _windows(windows: str) -> list[str]:
    return [windows[at : at + HASH_LENGTH] for at in range(0, len(windows), HASH_LENGTH)]


def check_overlaps(
    facts: Facts, measures: Mapping[str, Measure], sink: Sink
) -> tuple[tuple[str, str, float], ...]:
    """Pairs of sources that share much wording; those without a common origin are findings."""
    threshold = facts.settings.overlap
    keys = {source: measure.keys for source, measure in measures.items()}

    @lru_cache(maxsize=256)
    def windows_of(source: str) -> Windows:
        exhibit = Exhibits(facts).get(source)
        return exhibit.windows if exhibit else frozenset()

    found = [
        overlap
        for pair in likely_overlaps(keys, threshold)
        for overlap in overlaps({source: windows_of(source) for source in pair}, threshold)
    ]
    check_voices(facts, found, sink)
    return tuple(found)


def check_voices(facts: Facts, found: Iterable[tuple[str, str, float]], sink: Sink) -> None:
    """Sources that share much wording have an origin in common (Q411)."""
    for first, second, share in found:
        one, other = facts.sources[first], facts.sources[second]
        if _voices(one) & _voices(other):
            continue
        at = other.span("carries") if other.carries else other.span("title")
        sink.add(
            "Q411",
            f"`{second}` shares {share:.0%} of its wording with `{first}`, but no origin",
            at,
            "declare in both records, under `carries`, whose reporting they repeat",
            "where they only quote the same words of somebody, allow it with a reason, and mark "
            "citations of these words with `via`",
        )


def _voices(source: Source) -> frozenset[str]:
    return frozenset(source.carries) | {source.id}
