"""The search index of a build: contributions from the drawn records, files from the contributions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator.model.stage import Facts
from generator.render.data import BRIEFINGS, CLAIMS, ENTITIES, SOURCES, Records
from generator.search.build import build
from generator.search.contribution import contribute
from generator.search.document import (
    briefing_documents,
    briefing_unit,
    entity_documents,
    entity_unit,
    source_documents,
    source_unit,
)
from generator.search.update import Outgrown, Update, update

_DECODE = msgspec.json.Decoder(dict[str, Any]).decode


class _Names(Mapping[str, Sequence[str]]):
    """All names of each entity, the name to show first."""

    def __init__(self, facts: Facts) -> None:
        self._entities = facts.entities
        self._known: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, id_: str) -> tuple[str, ...]:
        names = self._known.get(id_)
        if names is None:
            entity = self._entities[id_]
            others = (name for _, name in entity.names)
            names = tuple(dict.fromkeys((entity.name, *others, *entity.aliases)))
            self._known[id_] = names
        return names

    def __contains__(self, id_: object) -> bool:
        return id_ in self._entities

    def __iter__(self) -> Iterator[str]:
        return iter(self._entities)

    def __len__(self) -> int:
        return len(self._entities)


class _Published(Mapping[str, str | None]):
    """When each source came out."""

    def __init__(self, facts: Facts) -> None:
        self._sources = facts.sources

    def __getitem__(self, id_: str) -> str | None:
        date = self._sources[id_].published
        return date.text if date else None

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)


class Contributor:
    """Makes contributions to the index from the records that parts give to the data files."""

    def __init__(self, facts: Facts) -> None:
        self._names, self._published = _Names(facts), _Published(facts)
        self._properties = facts.vocabulary.properties

    def contributions(
        self, records: Records, files: Mapping[str, bytes]
    ) -> Iterator[tuple[str, bytes]]:
        """The units of a part, each with what it contributes.

        Args:
            records: Its records in the data files.
            files: Its whole files: that of the briefings has one on each line.
        """
        for line in files.get(BRIEFINGS, b"").splitlines():
            record = _DECODE(line)
            unit = briefing_unit(record["id"])
            yield unit, contribute(unit, briefing_documents(record))
        if ENTITIES in records:
            (entity,) = records[ENTITIES]
            documents = entity_documents(
                entity, records[CLAIMS], self._names, self._properties, self._published
            )
            unit = entity_unit(entity["id"])
        elif SOURCES in records:
            (source,) = records[SOURCES]
            documents, unit = source_documents(source), source_unit(source["id"])
        else:
            return
        yield unit, contribute(unit, documents)


def index_files(contributions: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of the index, by path in the site."""
    return build(contributions.values())


def changed_index(
    site: Path,
    old: Mapping[str, bytes],
    new: Mapping[str, bytes],
    everything: Callable[[], dict[str, bytes]],
) -> Update:
    """What changes in the index of a site.

    Args:
        site: Holds the index as it is.
        old: Contributions of the changed units as they were.
        new: The same as they are.
        everything: Gives the contributions of all units as they were, for an index that has to be
            made anew.

    Raises:
        OSError: when a file of the index cannot be read.
    """

    def read(path: str) -> bytes | None:
        try:
            return (site / path).read_bytes()
        except FileNotFoundError:
            return None

    try:
        return update(read, old.values(), new.values())
    except Outgrown:
        files = build({**everything(), **new}.values())
        present = {path.relative_to(site).as_posix() for path in (site / "search").rglob("*.*")}
        return Update(files, tuple(sorted(present - files.keys())))
