"""What other programs read: claims, entities and sources, one JSON object a line.

The form is a contract; its JSON Schemas are published beside it. A key is never removed or given
another meaning without a new version in `FORMAT_VERSION`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from generator.markup import links_of
from generator.model.fact import Claim, Entity
from generator.model.stage import Verified
from generator.render.address import Addresses
from generator.render.view import plain_text
from generator.verify.normalise import NORMALISATION

FORMAT_VERSION = 1


def claim_records(verified: Verified) -> Iterable[dict[str, Any]]:
    """One record a claim, by entity id and then in the order of the sheet."""
    addresses = Addresses(verified.facts.settings.directory_urls)
    for entity in verified.facts.entities.values():
        for claim in entity.claims:
            yield claim_record(verified, entity, claim, addresses)


def claim_record(
    verified: Verified, entity: Entity, claim: Claim, addresses: Addresses
) -> dict[str, Any]:
    """The record of one claim."""
    support = verified.support[claim.ref]
    text = claim.text
    prop = verified.facts.vocabulary.properties.get(claim.property_id or "")
    return {
        "id": claim.ref,
        "entity": entity.id,
        "kind_of_entity": entity.kind.id,
        "kind": claim.kind,
        "rank": claim.rank,
        "standing": support.standing,
        "origins": list(support.origins),
        "text": plain_text(verified, text) if text else None,
        "links": list(dict.fromkeys(link.entity for link in links_of(text or ""))),
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
        "conflicts_with": list(verified.linked.conflicts.get(claim.ref, ())),
        "premises": list(claim.premises),
        "reasoning": plain_text(verified, claim.reasoning) if claim.reasoning else None,
        "likelihood": claim.likelihood,
        "confidence": claim.confidence,
        "party": claim.subject if claim.part == "parties" else None,
        "act": claim.act,
        "url": addresses.claim(entity, claim),
        "citations": [
            {
                "source": citation.quotation.source,
                "exact": citation.quotation.exact,
                "verified": True,
                "against": citation.passage.against,
                "paragraph": citation.passage.paragraph,
                "sentence": citation.passage.sentence,
                "origins": list(citation.origins),
                "locator": citation.quotation.locator,
                "note": citation.quotation.note,
                "translation": citation.quotation.translation,
            }
            for citation in support.citations
        ],
    }


def entity_records(verified: Verified) -> Iterable[dict[str, Any]]:
    """One record an entity, by id."""
    addresses = Addresses(verified.facts.settings.directory_urls)
    for entity in verified.facts.entities.values():
        yield {
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


def source_records(verified: Verified) -> Iterable[dict[str, Any]]:
    """One record a source, by id."""
    addresses = Addresses(verified.facts.settings.directory_urls)
    for source in verified.facts.sources.values():
        impact = verified.impact[source.id]
        yield {
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
            "quoted_share": round(impact.quoted_share, 4)
            if impact.quoted_share is not None
            else None,
            "url": addresses.source(source),
        }


def edition_record(verified: Verified) -> dict[str, Any]:
    """The record of the edition."""
    edition = verified.edition
    return {
        "format": FORMAT_VERSION,
        "edition": edition.id,
        "as_of": edition.as_of.text if edition.as_of else None,
        "site_name": verified.facts.settings.site_name,
        "normalisation": NORMALISATION,
        "entities": len(verified.facts.entities),
        "claims": len(verified.facts.claims()),
        "sources": len(verified.facts.sources),
    }


def json_lines(records: Iterable[dict[str, Any]]) -> bytes:
    """Records as JSON lines in UTF-8."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
