"""What other programs read: claims, entities and sources, one JSON object a line.

The form is a contract; its JSON Schemas are published beside it. A key is never removed or given
another meaning without a new version in `FORMAT_VERSION`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from generator.markup import links_of
from generator.model.fact import Claim, Entity, Source
from generator.model.stage import Citation, Verified
from generator.render.address import Addresses
from generator.render.view import plain_text
from generator.verify.normalise import NORMALISATION

FORMAT_VERSION = 1
CLAIMS, ENTITIES, SOURCES = "data/claims.jsonl", "data/entities.jsonl", "data/sources.jsonl"
BRIEFINGS = "data/briefings.jsonl"
FILES = (CLAIMS, ENTITIES, SOURCES)


Records = Mapping[str, Sequence[dict[str, Any]]]
"""Records by the path of their file."""


def entity_records(verified: Verified, entity: Entity, addresses: Addresses) -> Records:
    """The records of an entity and of its claims."""
    claims = [claim_record(verified, entity, claim, addresses) for claim in entity.claims]
    return {CLAIMS: claims, ENTITIES: [entity_record(verified, entity, addresses)]}


def source_records(verified: Verified, source: Source, addresses: Addresses) -> Records:
    """The record of a source."""
    return {SOURCES: [source_record(verified, source, addresses)]}


def claim_record(
    verified: Verified, entity: Entity, claim: Claim, addresses: Addresses
) -> dict[str, Any]:
    """The record of one claim."""
    ref, text = claim.ref, claim.text
    support = verified.support[ref]
    prop = verified.facts.vocabulary.properties.get(claim.property_id or "")
    links = links_of(text) if text and "[[" in text else ()
    return {
        "id": ref,
        "entity": entity.id,
        "kind_of_entity": entity.kind_id,
        "kind": claim.kind,
        "rank": claim.rank,
        "standing": support.standing,
        "origins": list(support.origins),
        "text": plain_text(verified, text) if text else None,
        "links": list(dict.fromkeys([link.entity for link in links])),
        "property": claim.property_id,
        "value": claim.value_entity or claim.value,
        "unit": prop.unit if prop else None,
        "date": claim.date.text if claim.date else None,
        "from": claim.start.text if claim.start else None,
        "to": claim.end.text if claim.end else None,
        "said_by": claim.said_by,
        "topic": claim.topic,
        "note": plain_text(verified, claim.note) if claim.note else None,
        "reason": plain_text(verified, claim.reason) if claim.reason else None,
        "conflicts_with": list(verified.linked.conflicts.get(ref, ())),
        "premises": list(claim.premises),
        "reasoning": plain_text(verified, claim.reasoning) if claim.reasoning else None,
        "likelihood": claim.likelihood,
        "confidence": claim.confidence,
        "party": claim.subject if claim.part == "parties" else None,
        "act": claim.act,
        "url": addresses.claim(entity, claim),
        "citations": [citation_record(citation) for citation in support.citations],
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """The record of one citation of a claim."""
    quotation, passage = citation.quotation, citation.passage
    return {
        "source": quotation.source,
        "exact": quotation.exact,
        "verified": True,
        "against": passage.against,
        "paragraph": passage.paragraph,
        "sentence": passage.sentence,
        "origins": list(citation.origins),
        "locator": quotation.locator,
        "note": quotation.note,
        "translation": quotation.translation,
    }


def entity_record(verified: Verified, entity: Entity, addresses: Addresses) -> dict[str, Any]:
    """The record of one entity."""
    return {
        "id": entity.id,
        "kind": entity.kind.id,
        "name": entity.name,
        "names": [{"language": tag, "name": name} for tag, name in entity.names],
        "identifiers": dict(entity.identifiers),
        "aliases": list(entity.aliases),
        "claims": [claim.ref for claim in entity.claims],
        "mentioned_by": list(verified.linked.backlinks.get(entity.id, ())),
        "parties": {state.party: state.state for state in verified.parties.get(entity.id, ())},
        "url": addresses.entity(entity),
    }


def source_record(verified: Verified, source: Source, addresses: Addresses) -> dict[str, Any]:
    """The record of one source."""
    impact = verified.impact[source.id]
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "kind": source.kind,
        "published": source.published.text if source.published else None,
        "retrieved": source.retrieved.text if source.retrieved else None,
        "url_of_source": source.url,
        "archive_url": source.archive_url,
        "language": source.language,
        "origins": list(source.origins),
        "text": source.text_mode,
        "status": source.status,
        "descriptor": source.descriptor,
        "abstract": source.abstract,
        "supports": list(impact.supports),
        "supports_alone": list(impact.alone),
        "quoted_share": None if impact.quoted_share is None else round(impact.quoted_share, 4),
        "url": addresses.source(source),
    }


def edition_record(verified: Verified, addresses: Addresses) -> dict[str, Any]:
    """The record of the edition, and of the stored ones, the newest first."""
    edition = verified.edition
    return {
        "format": FORMAT_VERSION,
        "edition": edition.id,
        "as_of": edition.as_of.text if edition.as_of else None,
        "site_name": verified.facts.settings.site_name,
        "normalisation": NORMALISATION,
        "entities": len(verified.census.rows),
        "claims": sum(row.claims for row in verified.census.rows.values()),
        "sources": len(verified.facts.sources),
        "editions": [
            {
                "edition": since.id,
                "number": since.head.number,
                "as_of": since.head.as_of,
                "note": since.head.note,
                "changes": since.count,
                "url": addresses.page("changes", f"since-{since.id}"),
                "data": f"data/changes-{since.id}.jsonl",
            }
            for since in reversed(verified.changes)
        ],
    }


_ENCODER = msgspec.json.Encoder()


def json_lines(records: Iterable[dict[str, Any]]) -> bytes:
    """Records as JSON lines in UTF-8."""
    return _ENCODER.encode_lines(records)
