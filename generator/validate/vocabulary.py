"""The vocabulary: topics and properties, and what claims may make of them."""

from __future__ import annotations

import msgspec

from generator.diagnostics import Sink, nearest
from generator.model.fact import Claim, Property, Vocabulary
from generator.validate.value import entity_id, same_value, value_fault


def check_vocabulary(
    claim: Claim, kind: str, vocabulary: Vocabulary | None, sink: Sink
) -> Claim | None:
    """The claim, with the entity that its value names, if topic, property and value are in order.

    `kind` is that of the sheet. Without a vocabulary nothing is held to it.

    Returns:
        None, with findings in the sink, where something is not declared or does not fit.
    """
    if vocabulary is None:
        return claim
    before = len(sink)
    if claim.topic and claim.topic not in vocabulary.topics:
        sink.add(
            "V217",
            f"the topic `{claim.topic}` is not declared",
            claim.span("topic"),
            *(nearest(claim.topic, vocabulary.topics) or _declare("topics")),
        )
    prop = vocabulary.properties.get(claim.property_id) if claim.property_id else None
    if claim.property_id and claim.property_id not in vocabulary.broken:
        _check_property(claim, kind, prop, vocabulary, sink)
    if len(sink) != before:
        return None
    if prop and prop.type == "entity" and claim.value:
        return msgspec.structs.replace(claim, value_entity=entity_id(claim.value))
    return claim


def _check_property(
    claim: Claim, kind: str, prop: Property | None, vocabulary: Vocabulary, sink: Sink
) -> None:
    if prop is None:
        known = vocabulary.properties
        sink.add(
            "V208",
            f"the property `{claim.property_id}` is not declared",
            claim.span("property"),
            *(nearest(claim.property_id or "", known) or _declare("properties")),
        )
    elif kind not in prop.kinds:
        sink.add(
            "V209",
            f"`{prop.id}` is not a property of the kind `{kind}`",
            claim.span("property"),
            f"it fits: {', '.join(prop.kinds)}",
        )
    elif claim.value is not None and (fault := value_fault(prop, claim.value)):
        sink.add("V210", fault[0], claim.span("value"), fault[1])


def _declare(what: str) -> tuple[str]:
    return (f"declare it under `{what}` in properties.yml",)


def check_single_values(claims: list[Claim], vocabulary: Vocabulary, sink: Sink) -> None:
    """Two live values of a property that has one are an error until ranked or declared."""
    by_property: dict[str, list[Claim]] = {}
    for claim in claims:
        prop = vocabulary.properties.get(claim.property_id) if claim.property_id else None
        if prop and not prop.many and claim.rank != "deprecated":
            by_property.setdefault(prop.id, []).append(claim)
    for property_id, rivals in by_property.items():
        if len(rivals) > 1:
            _check_values(vocabulary.properties[property_id], rivals, sink)


def _check_values(prop: Property, claims: list[Claim], sink: Sink) -> None:
    if sum(claim.rank == "preferred" for claim in claims) == 1:
        return
    for index, claim in enumerate(claims):
        for other in claims[:index]:
            declared = other.ref in claim.conflicts_with or claim.ref in other.conflicts_with
            if not declared and not same_value(prop, claim.value or "", other.value or ""):
                sink.add(
                    "V214",
                    f"`{claim.property_id}` has a second value, `{claim.value}`",
                    claim.span("value"),
                    f"declare `conflicts_with: [{other.ref}]`, or rank one of them",
                    related=[(other.span("value"), "the other value")],
                )
