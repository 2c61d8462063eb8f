"""Verified facts as an edition stores them: all that a comparison needs, and no quoted words."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from generator.date import Date
from generator.model.edition import StoredClaim, StoredEntity, StoredRow, StoredSource
from generator.model.fact import Claim, Entity, Source, Vocabulary
from generator.model.stage import Citation, Support, Verified

_LABELS = {"date": "Date", "place": "Place"}


def snapshot(verified: Verified) -> Iterator[StoredRow]:
    """Every claim, entity and source as an edition stores it."""
    facts = verified.facts
    for entity in facts.entities.values():
        yield entity_row(entity)
        for claim in entity.claims:
            yield claim_row(claim, verified.support[claim.ref], facts.vocabulary)
    yield from map(source_row, facts.sources.values())


def claim_row(claim: Claim, support: Support, vocabulary: Vocabulary) -> StoredClaim:
    """A claim as an edition stores it."""
    prop = vocabulary.properties.get(claim.property_id or "")
    unit = f" {prop.unit}" if prop and prop.unit and claim.value else ""
    has_text = bool(claim.text)
    label = prop.label if prop else _LABELS.get(claim.part)
    return StoredClaim(
        claim.ref,
        support.standing,
        text=claim.text or None,
        label=None if has_text else label,
        value=claim.value_entity or (f"{claim.value}{unit}" if claim.value else None),
        date=_text(claim.date),
        start=_text(claim.start),
        end=_text(claim.end),
        said_by=claim.said_by,
        topic=claim.topic,
        kind=claim.kind,
        rank=claim.rank,
        reason=claim.reason,
        likelihood=claim.likelihood,
        confidence=claim.confidence,
        voices=support.voices,
        origins=support.origins,
        premises=claim.premises,
        cites=tuple(map(_cite, support.citations)),
    )


def entity_row(entity: Entity) -> StoredEntity:
    """An entity as an edition stores it."""
    return StoredEntity(entity.id, entity.kind_id, entity.name)


def source_row(source: Source) -> StoredSource:
    """A source as an edition stores it."""
    published = _text(source.published)
    return StoredSource(source.id, source.title, source.publisher, published, source.status)


def _text(date: Date | None) -> str | None:
    return date.text if date else None


def _cite(citation: Citation) -> str:
    quotation = citation.quotation
    return f"{quotation.source}:{blake2b(quotation.exact.encode(), digest_size=5).hexdigest()}"
