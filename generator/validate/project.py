"""Validates the trees of fact sheets and source records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from generator.config import Settings
from generator.diagnostics import Sink
from generator.model.fact import Entity, Source, Vocabulary
from generator.model.stage import RawSheet, RawSource
from generator.validate.swift import recognise_sheet


@dataclass
class Validated:
    """The well-formed facts of some files.

    Attributes:
        declared: Every claim id of the sheets that have lost some or all of their claims.
    """

    entities: list[Entity] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    declared: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, other: Validated) -> None:
        """Take over what other files have given."""
        self.entities += other.entities
        self.sources += other.sources
        self.declared |= other.declared

    def add_sheet(self, sheet: RawSheet, vocabulary: Vocabulary | None, sink: Sink) -> None:
        """Validate a fact sheet."""
        if sheet.plain is not None and vocabulary is not None:
            entity = recognise_sheet(sheet, vocabulary)
            if entity is not None:
                self.entities.append(entity)
                return
        from generator.validate.sheet import parse_sheet  # takes time to load, and few need it

        entity, declared = parse_sheet(sheet, vocabulary, sink)
        if declared is not None:
            self.declared[sheet.id] = declared
        if entity is not None:
            self.entities.append(entity)

    def add_source(
        self, settings: Settings, source: RawSource, broken: Collection[str], sink: Sink
    ) -> None:
        """Validate a source record."""
        from generator.validate.source import validate_source  # as above

        parsed = validate_source(settings, source, broken, sink)
        if parsed is not None:
            self.sources.append(parsed)
