"""Verified facts that lie in a state file and are fetched one by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from generator.config import Settings
from generator.date import Date
from generator.model.briefing import Briefing
from generator.model.edition import Since
from generator.model.fact import Entity, Origin, Source, Vocabulary
from generator.model.kind import KIND, Kind
from generator.model.locator import Locator
from generator.model.stage import (
    Census,
    Edition,
    Facts,
    Impact,
    Linked,
    PartyState,
    Raw,
    RawSource,
    Support,
    Verified,
)
from generator.state.store import StateLost, Store
from generator.verify.standing import states_of

Value = TypeVar("Value")


class Summary(msgspec.Struct, frozen=True, array_like=True):
    """What there is one of, and small enough to be read whole.

    Attributes:
        months: Months of the timeline, in order.
        retrieved: When sources were retrieved, by id, in order of ids.
        measures: Kind of exhibit and number of tokens, by source.
        allowing: Sheets and records whose comments may hold exceptions.
        changes: What has changed since each stored edition.
        briefings: Every briefing, verified.
    """

    census: Census
    vocabulary: Vocabulary
    origins: dict[str, Origin]
    origin_ids: frozenset[str]
    aliases: dict[str, str]
    months: tuple[str, ...]
    conflicts: dict[str, tuple[str, ...]]
    dependants: dict[str, tuple[str, ...]]
    disagreements: tuple[tuple[str, ...], ...]
    overlaps: tuple[tuple[str, str, float], ...]
    sources: tuple[str, ...]
    retrieved: dict[str, Date]
    measures: dict[str, tuple[str, int]]
    edition: Edition
    allowing: frozenset[str]
    changes: tuple[Since, ...] = ()
    briefings: tuple[Briefing, ...] = ()


class Lazy(Mapping[str, Value], Generic[Value]):
    """Values that are fetched when they are first asked for; some may have been replaced.

    Args:
        keys: Every key there is, in order.
        fetch: Gives the value of a key.
    """

    def __init__(self, keys: Collection[str], fetch: Callable[[str], Value]) -> None:
        self._keys = keys
        self._fetch = fetch
        self._new: dict[str, Value] = {}
        self._fetched: dict[str, Value] = {}  # shared by all that are made of one another

    def __getitem__(self, key: str) -> Value:
        if key not in self._keys:  # it may have been there before
            raise KeyError(key)
        for known in (self._new, self._fetched):
            if key in known:
                return known[key]
        value = self._fetched[key] = self._fetch(key)
        return value

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def replaced(
        self, values: Mapping[str, Value], keys: Collection[str] | None = None
    ) -> Lazy[Value]:
        """The same with some values in the place of others.

        Args:
            values: The new ones; their keys must be among the keys.
            keys: Every key there is from now on; None: as before.
        """
        changed = Lazy(self._keys if keys is None else keys, self._fetch)
        changed._new, changed._fetched = {**self._new, **values}, self._fetched
        return changed


class LazySupport(Mapping[str, Support]):
    """The support of claims, fetched by the entity."""

    def __init__(
        self, entities: Mapping[str, Entity], fetch: Callable[[str], dict[str, Support]]
    ) -> None:
        self._entities = entities
        self._fetch = fetch
        self._known: dict[str, dict[str, Support]] = {}

    def of(self, entity: str) -> dict[str, Support]:
        """The support of an entity's claims, by claim id."""
        if entity not in self._known:
            self._known[entity] = self._fetch(entity)
        return self._known[entity]

    def __getitem__(self, ref: str) -> Support:
        entity, _, claim = ref.partition("#")
        return self.of(entity)[claim]

    def __iter__(self) -> Iterator[str]:
        return (claim.ref for entity in self._entities.values() for claim in entity.claims)

    def __len__(self) -> int:
        return sum(len(entity.claims) for entity in self._entities.values())

    def replaced(
        self, entities: Mapping[str, Entity], values: Mapping[str, dict[str, Support]]
    ) -> LazySupport:
        """The same with that of some entities replaced."""
        changed = LazySupport(entities, self._fetch)
        changed._known = {**self._known, **values}
        return changed


class Decoders:
    """Decoders of units, by kind."""

    entity = msgspec.msgpack.Decoder(Entity)
    support = msgspec.msgpack.Decoder(dict[str, Support])
    refs = msgspec.msgpack.Decoder(tuple[str, ...])
    source = msgspec.msgpack.Decoder(Source)
    impact = msgspec.msgpack.Decoder(Impact)
    summary = msgspec.msgpack.Decoder(Summary)


def open_world(
    store: Store, settings: Settings, digests: Mapping[str, str]
) -> tuple[Verified, Summary]:
    """The verified facts of the last good build, each fetched when it is asked for.

    Args:
        store: Holds them.
        settings: Of the project.
        digests: SHA-256 of every input file, by shown path.

    Raises:
        StateLost: when the store does not hold them.
    """
    summary = Decoders.summary.decode(store.whole("summary"))
    units, rows = _Units(store, settings), summary.census.rows
    entities, sources = Lazy(rows, units.entity), Lazy(_ordered(summary.sources), units.source)
    known: Lazy[Kind] = Lazy(rows, lambda id_: KIND[rows[id_].kind_id])
    raw = Raw(
        settings=settings,
        sheets=(),
        sources=Lazy(sources, lambda id_: raw_source(settings, sources[id_])),
        origins=None,
        properties=None,
        known=known,
        known_sources=sources,
        origin_ids=summary.origin_ids,
        digests=digests,
    )
    claims = Lazy(rows, lambda id_: entities[id_].claim)
    facts = Facts(
        raw, entities, sources, summary.origins, summary.vocabulary, claims, summary.briefings
    )
    linked = Linked(
        facts,
        summary.aliases,
        Lazy(rows, lambda id_: units.get("backlinks", id_, Decoders.refs.decode, ())),
        Lazy(_ordered(summary.months), lambda id_: units.get("month", id_, Decoders.refs.decode)),
        summary.conflicts,
        summary.dependants,
    )
    verified = Verified(
        linked,
        LazySupport(entities, lambda id_: units.get("support", id_, Decoders.support.decode)),
        summary.disagreements,
        Parties(rows, entities),
        Lazy(sources, lambda id_: units.get("impact", id_, Decoders.impact.decode)),
        summary.edition,
        summary.census,
        summary.overlaps,
        summary.changes,
        summary.briefings,
    )
    return verified, summary


class _Units:
    """Fetches units of a store; facts come with the place where they stand."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.store = store
        self.root = settings.root

    def get(
        self, kind: str, id_: str, decode: Callable[[bytes], Value], default: Value | None = None
    ) -> Value:
        """The value of a unit.

        Raises:
            StateLost: when there is none, and no default.
        """
        data = self.store.unit(kind, id_)
        if data is not None:
            return decode(data)
        if default is None:
            raise StateLost(f"the state holds no {kind} `{id_}`")
        return default

    def entity(self, id_: str) -> Entity:
        found = self.get("entity", id_, Decoders.entity.decode)
        return found.located(Locator(self.root / found.path, found.path))

    def source(self, id_: str) -> Source:
        found = self.get("source", id_, Decoders.source.decode)
        msgspec.structs.force_setattr(found, "locator", Locator(self.root / found.path, found.path))
        return found


class Parties(Mapping[str, tuple[PartyState, ...]]):
    """Where parties stand, worked out when asked for; only agreements that have some are keys."""

    def __init__(self, rows: Mapping[str, Any], entities: Mapping[str, Entity]) -> None:
        self._rows = rows
        self._entities = entities
        self._known: dict[str, tuple[PartyState, ...]] = {}

    def __getitem__(self, id_: str) -> tuple[PartyState, ...]:
        if id_ not in self:
            raise KeyError(id_)
        if id_ not in self._known:
            self._known[id_] = states_of(self._entities[id_])
        return self._known[id_]

    def __contains__(self, id_: object) -> bool:
        row = self._rows.get(str(id_))
        return row is not None and row.parties > 0

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_, row in self._rows.items() if row.parties)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def raw_source(settings: Settings, source: Source) -> RawSource:
    """The files of a source that was found to be sound."""
    if source.locator is None:
        raise LookupError(source.id)
    text, seal = settings.seeds / f"{source.id}.txt", settings.seeds / f"{source.id}.seal"
    archived = settings.archive / f"{source.id}.txt" if settings.archive else None

    def file(path: Any) -> Locator:  # noqa: ANN401 - a path
        return Locator(path, settings.shown(path))

    return RawSource(
        source.id,
        source.locator,
        file(text) if source.text_mode == "open" else None,
        file(seal) if source.text_mode == "sealed" else None,
        file(archived) if archived is not None and archived.is_file() else None,
    )


def _ordered(keys: tuple[str, ...]) -> dict[str, None]:
    return dict.fromkeys(keys)
