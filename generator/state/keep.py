"""Verified facts as the units and the summary of a state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import msgspec

from generator.model.locator import Locator
from generator.model.stage import Verified
from generator.state.ledger import Frames, Ledger
from generator.state.store import Key, write_store
from generator.state.world import Summary
from generator.verify.exhibit import Measure


def _without_place(value: object) -> None:
    """Locators are not kept: they follow from the paths."""
    if not isinstance(value, Locator):
        raise NotImplementedError(type(value).__name__)


_ENCODE = msgspec.msgpack.Encoder(enc_hook=_without_place).encode


def encode(value: object) -> bytes:
    """A value of the model as bytes."""
    return _ENCODE(value)


def units_of(
    verified: Verified,
    *,
    entities: Iterable[str],
    support: Iterable[str],
    backlinks: Iterable[str],
    sources: Iterable[str],
    impact: Iterable[str],
    months: Iterable[str],
) -> Iterator[tuple[Key, bytes]]:
    """The units that hold some of the verified facts, named by their ids."""
    facts, linked = verified.facts, verified.linked
    for id_ in entities:
        yield ("entity", id_), _ENCODE(facts.entities[id_])
    for id_ in support:
        claims = facts.entities[id_].claims
        yield ("support", id_), _ENCODE({c.id: verified.support[c.ref] for c in claims})
    for id_ in backlinks:
        yield ("backlinks", id_), _ENCODE(linked.backlinks.get(id_, ()))
    for id_ in sources:
        yield ("source", id_), _ENCODE(facts.sources[id_])
    for id_ in impact:
        yield ("impact", id_), _ENCODE(verified.impact[id_])
    for month in months:
        yield ("month", month), _ENCODE(linked.timeline[month])


def all_units(verified: Verified) -> Iterator[tuple[Key, bytes]]:
    """Every unit of verified facts."""
    facts = verified.facts
    return units_of(
        verified,
        entities=facts.entities,
        support=facts.entities,
        backlinks=verified.linked.backlinks,
        sources=facts.sources,
        impact=facts.sources,
        months=verified.linked.timeline,
    )


def summarise(verified: Verified, measures: Mapping[str, Measure]) -> Summary:
    """What there is one of in verified facts."""
    facts, linked = verified.facts, verified.linked
    return Summary(
        census=verified.census,
        vocabulary=facts.vocabulary,
        origins=dict(facts.origins),
        origin_ids=facts.raw.origin_ids,
        aliases=dict(linked.aliases),
        months=tuple(linked.timeline),
        conflicts=dict(linked.conflicts),
        dependants=dict(linked.dependants),
        disagreements=verified.disagreements,
        overlaps=verified.overlaps,
        sources=tuple(facts.sources),
        retrieved={id_: one.retrieved for id_, one in facts.sources.items() if one.retrieved},
        measures={id_: (measure.against, measure.tokens) for id_, measure in measures.items()},
        edition=verified.edition,
        allowing=frozenset(locator.shown for locator in facts.raw.allowing),
    )


def save_state(
    path: Path,
    verified: Verified,
    measures: Mapping[str, Measure],
    ledger: Ledger,
    frames: Frames,
    contributions: Mapping[str, bytes],
    audited: bytes | None,
) -> None:
    """Write the state of a build in the place of the one before.

    Raises:
        StateLost: when it cannot be written.
    """
    wholes = {
        "summary": _ENCODE(summarise(verified, measures)),
        "ledger": _ENCODE(ledger),
        "frames": _ENCODE(frames),
    }
    if audited is not None:
        wholes["audit"] = audited
    search = ((("search", unit), data) for unit, data in contributions.items())
    write_store(path, chain(all_units(verified), search), wholes)
