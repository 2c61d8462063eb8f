"""Verified facts as the units and the summary of a state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from generator.diagnostics import Sink
from generator.model.fact import Entity
from generator.model.pack import encode
from generator.model.stage import Verified
from generator.render import Renderer
from generator.state.bytecode import KeptBytecode
from generator.state.ledger import Frames, Ledger
from generator.state.store import Key, StateLost, Store, write_store
from generator.state.world import Summary
from generator.verify.exhibit import Measure


def identifier_unit(identifier: tuple[str, str]) -> Key:
    """The unit that holds the id of the entity with an identifier."""
    return "identifier", " ".join(identifier)


def entity_units(entity: Entity) -> list[Key]:
    """Every unit of an entity, its place in the search aside."""
    own = [(kind, entity.id) for kind in ("entity", "support", "backlinks")]
    return [*own, *map(identifier_unit, entity.identifiers)]


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
        entity = facts.entities[id_]
        yield ("entity", id_), encode(entity)
        for identifier in entity.identifiers:
            yield identifier_unit(identifier), id_.encode()
    for id_ in support:
        claims = facts.entities[id_].claims
        yield ("support", id_), encode({c.id: verified.support[c.ref] for c in claims})
    for id_ in backlinks:
        yield ("backlinks", id_), encode(linked.backlinks.get(id_, ()))
    for id_ in sources:
        yield ("source", id_), encode(facts.sources[id_])
    for id_ in impact:
        yield ("impact", id_), encode(verified.impact[id_])
    for month in months:
        yield ("month", month), encode(linked.timeline[month])


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
        changes=verified.changes,
        briefings=verified.briefings,
    )


def write_facts(
    path: Path,
    verified: Verified,
    measures: Mapping[str, Measure],
    contributions: Mapping[str, bytes],
    bytecode: KeptBytecode,
) -> None:
    """Write all that a state says of facts to a new file.

    Args:
        path: The file; one that is there already is replaced.
        verified: The facts.
        measures: What sources are checked against, by id.
        contributions: To the search index, by its units.
        bytecode: Templates that have been compiled already.

    Raises:
        StateLost: when it cannot be written.
    """
    search = ((("search", unit), data) for unit, data in contributions.items())
    Renderer(verified, Sink(), bytecode).prepare_all()
    wholes = {
        "summary": encode(summarise(verified, measures)),
        "bytecode": bytecode.pack(),
    }
    write_store(path, chain(all_units(verified), search), wholes)


def finish_state(
    made: Path, path: Path, ledger: Ledger, frames: Frames, audited: Mapping[Key, bytes | None]
) -> None:
    """Complete a file of facts, and put it in the place of the state of the build before.

    Args:
        made: The file of facts.
        path: The state.
        ledger: The books of the build.
        frames: What stands around the facts.
        audited: Units of what the audit knows of the site.

    Raises:
        StateLost: when it cannot be written; there is then no state.
    """
    wholes = {"ledger": encode(ledger), "frames": encode(frames)}
    try:
        made.replace(path)
    except OSError as error:
        raise StateLost(str(error)) from error
    # Without its ledger, which comes last, nobody takes it for a state.
    store = Store(path)
    try:
        store.change(audited, wholes)
    finally:
        store.close()


def forget_state(path: Path) -> None:
    """Remove a state, if there is one."""
    path.unlink(missing_ok=True)
