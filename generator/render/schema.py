"""JSON Schemas (draft 2020-12) of the published data files."""

from __future__ import annotations

import json
from typing import Any, get_args

from generator.model.kind import (
    ACTS,
    KINDS,
    LIKELIHOODS,
    STANDINGS,
    ClaimKind,
    Confidence,
    Rank,
    SourceKind,
    SourceStatus,
    TextMode,
)

Schema = dict[str, Any]
_DRAFT = "https://json-schema.org/draft/2020-12/schema"

TEXT: Schema = {"type": "string", "minLength": 1}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
ID: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
REF: Schema = {"type": "string", "pattern": "^[a-z0-9-]+#[a-z0-9-]+$"}


def listed(item: Schema) -> Schema:
    """An array of items of one form."""
    return {"type": "array", "items": item}


def one_of(words: tuple[str, ...], *, nullable: bool = False) -> Schema:
    """One of some words."""
    return {"enum": [*words, None] if nullable else list(words)}


def _object(title: str, properties: dict[str, Schema], **more: Any) -> Schema:  # noqa: ANN401
    """An object in which every key is required and no other allowed."""
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        **more,
    }


CITATION = _object(
    "Citation",
    {
        "source": ID,
        "exact": TEXT,
        "verified": {"const": True},
        "against": one_of(("seal", "text")),
        "paragraph": {"type": "integer", "minimum": 1},
        "sentence": {"type": "integer", "minimum": 1},
        "origins": listed(ID),
        "locator": TEXT_OR_NULL,
        "note": TEXT_OR_NULL,
        "translation": TEXT_OR_NULL,
    },
)
CLAIM = _object(
    "Claim",
    {
        "id": REF,
        "entity": ID,
        "kind_of_entity": one_of(tuple(kind.id for kind in KINDS)),
        "kind": one_of(get_args(ClaimKind)),
        "rank": one_of(get_args(Rank)),
        "standing": one_of(STANDINGS),
        "origins": listed(ID),
        "text": TEXT_OR_NULL,
        "links": listed(ID),
        "property": TEXT_OR_NULL,
        "value": TEXT_OR_NULL,
        "unit": TEXT_OR_NULL,
        "date": TEXT_OR_NULL,
        "from": TEXT_OR_NULL,
        "to": TEXT_OR_NULL,
        "said_by": TEXT_OR_NULL,
        "topic": TEXT_OR_NULL,
        "note": TEXT_OR_NULL,
        "reason": TEXT_OR_NULL,
        "conflicts_with": listed(REF),
        "premises": listed(REF),
        "reasoning": TEXT_OR_NULL,
        "likelihood": one_of(LIKELIHOODS, nullable=True),
        "confidence": one_of(get_args(Confidence), nullable=True),
        "party": TEXT_OR_NULL,
        "act": one_of(ACTS, nullable=True),
        "url": TEXT,
        "citations": listed(CITATION),
    },
)
ENTITY = _object(
    "Entity",
    {
        "id": ID,
        "kind": one_of(tuple(kind.id for kind in KINDS)),
        "name": TEXT,
        "names": listed(_object("Name", {"language": TEXT, "name": TEXT})),
        "identifiers": {"type": "object", "additionalProperties": TEXT},
        "aliases": listed(ID),
        "claims": listed(REF),
        "mentioned_by": listed(REF),
        "parties": {"type": "object", "additionalProperties": one_of(ACTS)},
        "url": TEXT,
    },
)
SOURCE = _object(
    "Source",
    {
        "id": ID,
        "title": TEXT,
        "publisher": TEXT,
        "author": TEXT_OR_NULL,
        "kind": one_of(get_args(SourceKind)),
        "published": TEXT_OR_NULL,
        "retrieved": TEXT_OR_NULL,
        "url_of_source": TEXT_OR_NULL,
        "archive_url": TEXT_OR_NULL,
        "language": TEXT,
        "origins": listed(ID),
        "text": one_of(get_args(TextMode)),
        "status": one_of(get_args(SourceStatus)),
        "descriptor": TEXT_OR_NULL,
        "abstract": TEXT_OR_NULL,
        "supports": listed(REF),
        "supports_alone": listed(REF),
        "quoted_share": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        "url": TEXT,
    },
)
BRIEFING = _object(
    "Briefing",
    {
        "id": ID,
        "number": TEXT,
        "title": TEXT,
        "as_of": TEXT,
        "authors": listed(TEXT),
        "dossier": listed(ID),
        "summary": TEXT,
        "claims": listed(REF),
        "origins": {"type": "integer", "minimum": 0},
        "sentences": listed(
            _object(
                "Sentence",
                {
                    "number": {"type": "integer", "minimum": 1},
                    "text": TEXT,
                    "claims": listed(REF),
                    "quotations": listed(
                        _object(
                            "Quotation",
                            {
                                "source": ID,
                                "exact": TEXT,
                                "against": one_of(("seal", "text")),
                                "paragraph": {"type": "integer", "minimum": 1},
                                "sentence": {"type": "integer", "minimum": 1},
                            },
                        )
                    ),
                },
            )
        ),
        "url": TEXT,
    },
)
EDITION = _object(
    "Edition",
    {
        "format": {"const": 1},
        "edition": {"type": "string", "pattern": "^[0-9a-f]{10}$"},
        "as_of": TEXT_OR_NULL,
        "site_name": TEXT,
        "normalisation": TEXT,
        "entities": {"type": "integer", "minimum": 0},
        "claims": {"type": "integer", "minimum": 0},
        "sources": {"type": "integer", "minimum": 0},
        "editions": listed(
            _object(
                "Stored edition",
                {
                    "edition": TEXT,
                    "number": {"type": "integer", "minimum": 1},
                    "as_of": TEXT_OR_NULL,
                    "note": TEXT_OR_NULL,
                    "changes": {"type": "integer", "minimum": 0},
                    "url": TEXT,
                    "data": TEXT,
                },
            )
        ),
    },
)

SCHEMAS: dict[str, Schema] = {
    "data/claims.schema.json": CLAIM,
    "data/entities.schema.json": ENTITY,
    "data/sources.schema.json": SOURCE,
    "data/briefings.schema.json": BRIEFING,
    "edition.schema.json": EDITION,
}


def schema_file(schema: Schema) -> bytes:
    """A schema as it is published."""
    return (json.dumps({"$schema": _DRAFT, **schema}, indent=2) + "\n").encode()
