"""For each source, what its quotations are checked against: the text itself, or its seal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.diagnostics import Sink
from generator.model.fact import Source
from generator.model.stage import Facts, RawSource
from generator.verify.normalise import TokenText, tokenise
from generator.verify.overlap import overlaps, window_set
from generator.verify.seal import HASH_LENGTH, Seal, SealFault, parse_seal, seal_tokens
from generator.verify.witness import SealWitness, TextWitness


@dataclass(frozen=True)
class Exhibit:
    """A source's checked text or seal.

    Attributes:
        witness: What quotations are compared with.
        against: `text` or `seal`: what verdicts are based on.
        seal: The seal as read, or that of the open text.
        text: The tokens of the text where it is at hand (open, or in the private archive): used
            to explain a miss, never for the verdict on a sealed source.
        source_text: The text that was cut into these tokens.
    """

    witness: TextWitness | SealWitness
    against: Literal["text", "seal"]
    seal: Seal
    text: TokenText | None
    source_text: str | None

    @property
    def tokens(self) -> int:
        """Number of tokens of the whole text."""
        return self.seal.token_count


def open_exhibits(facts: Facts, sink: Sink) -> dict[str, Exhibit]:
    """An exhibit for every source whose text or seal is sound; the others are findings."""
    exhibits = {}
    for raw in facts.raw.sources:
        source = facts.sources.get(raw.id)
        if source is None or source.text_mode == "none":
            continue
        exhibit = _open_text(raw) if source.text_mode == "open" else _open_seal(raw, sink)
        if exhibit is not None:
            exhibits[raw.id] = exhibit
    return exhibits


def _open_text(raw: RawSource) -> Exhibit | None:
    if raw.text is None:
        return None  # reported by validate
    text = tokenise(raw.text.text)
    return Exhibit(TextWitness(text), "text", seal_tokens(text), text, raw.text.text)


def _open_seal(raw: RawSource, sink: Sink) -> Exhibit | None:
    if raw.seal is None:
        return None  # reported by validate
    try:
        seal = parse_seal(raw.seal.text)
    except SealFault as fault:
        at = raw.seal.span(fault.offset) if fault.offset is not None else raw.seal.path
        sink.add("Q405", fault.reason, at, f"run `briefing seal {raw.id}` where the archive is")
        return None
    if raw.archived is None:
        return Exhibit(SealWitness(seal), "seal", seal, None, None)
    text = tokenise(raw.archived.text)
    derived = seal_tokens(text)
    if derived != seal:
        message = f"the archived text of `{raw.id}` is not the one that was sealed"
        detail = _difference(seal, derived)
        sink.add(
            "Q406",
            message,
            raw.seal.path,
            *detail,
            f"if the change is right, run `briefing seal {raw.id}` and check the quotations",
        )
        return None
    return Exhibit(SealWitness(seal), "seal", seal, text, raw.archived.text)


def _difference(seal: Seal, derived: Seal) -> tuple[str, ...]:
    """Where the archived text has changed, as far as its seal tells."""
    if seal.word_count != derived.word_count:
        return (f"it had {seal.word_count} words and has {derived.word_count}",)
    pairs = zip(_windows(seal.windows), _windows(derived.windows), strict=False)
    for index, (old, new) in enumerate(pairs):
        if old != new:
            return (f"the first difference lies near word {index + 1}",)
    return ()


def _windows(windows: str) -> list[str]:
    return [windows[at : at + HASH_LENGTH] for at in range(0, len(windows), HASH_LENGTH)]


def check_overlaps(
    facts: Facts, exhibits: dict[str, Exhibit], sink: Sink
) -> tuple[tuple[str, str, float], ...]:
    """Pairs of sources that share much wording; those without a common origin are findings."""
    sets = {source: window_set(exhibit.seal) for source, exhibit in exhibits.items()}
    found = overlaps(sets, facts.settings.overlap)
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
        )
    return tuple(found)


def _voices(source: Source) -> frozenset[str]:
    return frozenset(source.carries) | {source.id}
