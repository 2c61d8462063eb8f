"""Validates every tree of a project and gathers the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from generator.diagnostics import Sink, nearest
from generator.model.fact import Claim, Entity, Property, Vocabulary
from generator.model.form import (
    SHEET_FORM,
    PropertyForm,
    SheetForm,
    VocabularyForm,
    is_slug,
    slug_hint,
)
from generator.model.kind import ACTS, Act
from generator.model.stage import Facts, Raw, RawSheet
from generator.progress import Progress, silent, track
from generator.validate.claim import parse_claim
from generator.validate.shape import validate_form
from generator.validate.source import validate_origins, validate_source
from generator.validate.value import entity_id, same_value, value_fault
from generator.yamlio import Mapping, Node, Scalar, find

# Schemes of identifiers that a sheet may give, and the form of each.
IDENTIFIERS = {
    "iso3166-1": (re.compile(r"[A-Z]{2}\Z"), "two capital letters, as in `KZ`"),
    "wikidata": (re.compile(r"Q[1-9]\d*\Z"), "a Q and digits, as in `Q232`"),
}


def validate_project(raw: Raw, sink: Sink, progress: Progress = silent) -> Facts:
    """Typed facts of all trees; what is not well-formed is a finding and left out."""
    vocabulary = _vocabulary(raw.properties, sink)
    entities: dict[str, Entity] = {}
    known_claims: dict[str, frozenset[str]] = {}
    for sheet in track(raw.sheets, "validating", progress):
        parser = _Sheet(sheet, vocabulary, sink)
        entity = parser.parse()
        known_claims[sheet.id] = frozenset(parser.seen)
        if entity is not None:
            entities[sheet.id] = entity
    sources = {
        source.id: parsed
        for source in raw.sources
        if (parsed := validate_source(raw, source, sink)) is not None
    }
    return Facts(
        raw,
        entities,
        sources,
        validate_origins(raw.origins, sink),
        vocabulary or Vocabulary(),
        known_claims,
    )


def _entries(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    if isinstance(node, Mapping):
        yield from node.items


class _Sheet:
    """One fact sheet."""

    def __init__(self, sheet: RawSheet, vocabulary: Vocabulary | None, sink: Sink) -> None:
        self.sheet = sheet
        self.vocabulary = vocabulary
        self.sink = sink
        self.seen: dict[str, Scalar] = {}
        self.claims: list[Claim] = []

    def parse(self) -> Entity | None:
        node, kind = self.sheet.node, self.sheet.kind
        form = validate_form(SHEET_FORM[kind.id], node, self.sink)
        self.parts()
        self.check_single_values()
        if form is None:
            return None
        self.check_identifiers(form)
        names = tuple((tag, name) for tag, listed in form.names.items() for name in listed)
        return Entity(
            self.sheet.id,
            kind.id,
            form.name,
            self.sheet.locator.shown,
            names,
            tuple(form.identifiers.items()),
            tuple(form.aliases),
            tuple(self.claims),
            self.sheet.locator,
        )

    def parts(self) -> None:
        node = self.sheet.node
        for part in ("claims", "roles"):
            for key, entry in _entries(node.get(part)):
                self.claim(part, key.text, key, entry)
        for party, acts in _entries(node.get("parties")):
            if isinstance(acts, Mapping) and not acts.items:
                message = f"the party `{party.text}` has no act"
                self.sink.add("V202", message, party.span, "add what it did, as in `signed: …`")
            for key, entry in _entries(acts):
                self.act(party, key, entry)
        for part in ("date", "place"):
            name, value = node.key(part), node.get(part)
            if name and isinstance(value, Mapping):
                self.claim(part, part, name, value)
        for key, entry in _entries(node.get("participants")):
            self.claim("participants", f"participant-{key.text}", key, entry, subject=key.text)

    def act(self, party: Scalar, key: Scalar, value: Node) -> None:
        if not is_slug(party.text):
            return  # reported as a key of the sheet
        if key.text not in ACTS:
            self.sink.add(
                "V204",
                f"`{key.text}` is not an act of a party",
                key.span,
                *(nearest(key.text, ACTS) or ("write one of: " + ", ".join(ACTS),)),
            )
            return
        act: Act = key.text
        self.claim("parties", f"{party.text}-{act}", key, value, subject=party.text, act=act)

    def claim(
        self,
        part: str,
        claim_id: str,
        key: Scalar,
        node: Node,
        subject: str | None = None,
        act: Act | None = None,
    ) -> None:
        if part not in SHEET_FORM[self.sheet.kind.id].model_fields:
            return  # reported as an unknown key of the sheet
        if not is_slug(claim_id):
            self.sink.add("V207", f"`{key.text}` is not a slug", key.span, slug_hint(key.text))
            return
        if claim_id in self.seen:
            self.sink.add(
                "V230",
                f"the claim id `{claim_id}` is taken",
                key.span,
                "rename one of the two",
                related=[(self.seen[claim_id].span, "first here")],
            )
            return
        self.seen[claim_id] = key
        claim = parse_claim(
            self.sheet.locator,
            self.sheet.id,
            part,
            claim_id,
            key,
            node,
            self.sink,
            subject=subject,
            act=act,
        )
        if claim is not None and self.check_vocabulary(claim):
            self.claims.append(self.with_entity(claim))

    def with_entity(self, claim: Claim) -> Claim:
        prop = self.vocabulary.properties.get(claim.property_id or "") if self.vocabulary else None
        if prop and prop.type == "entity" and claim.value:
            return msgspec.structs.replace(claim, value_entity=entity_id(claim.value))
        return claim

    def check_vocabulary(self, claim: Claim) -> bool:
        """Topic and property are declared, and the value fits."""
        vocabulary, before = self.vocabulary, len(self.sink)
        if vocabulary is None:
            return True
        if claim.topic and claim.topic not in vocabulary.topics:
            self.sink.add(
                "V217",
                f"the topic `{claim.topic}` is not declared",
                claim.span("topic"),
                *(nearest(claim.topic, vocabulary.topics) or self.declare("topics")),
            )
        if claim.property_id and claim.property_id not in vocabulary.broken:
            prop = vocabulary.properties.get(claim.property_id)
            if prop is None:
                self.sink.add(
                    "V208",
                    f"the property `{claim.property_id}` is not declared",
                    claim.span("property"),
                    *(
                        nearest(claim.property_id, vocabulary.properties)
                        or self.declare("properties")
                    ),
                )
            elif self.sheet.kind.id not in prop.kinds:
                self.sink.add(
                    "V209",
                    f"`{prop.id}` is not a property of the kind `{self.sheet.kind.id}`",
                    claim.span("property"),
                    f"it fits: {', '.join(prop.kinds)}",
                )
            elif claim.value is not None and (fault := value_fault(prop, claim.value)):
                self.sink.add("V210", fault[0], claim.span("value"), fault[1])
        return len(self.sink) == before

    @staticmethod
    def declare(what: str) -> tuple[str]:
        return (f"declare it under `{what}` in properties.yml",)

    def check_single_values(self) -> None:
        """Two live values of a property that has one are an error until ranked or declared."""
        if self.vocabulary is None:
            return
        by_property: dict[str, list[Claim]] = {}
        for claim in self.claims:
            prop = self.vocabulary.properties.get(claim.property_id or "")
            if prop and not prop.many and claim.rank != "deprecated":
                by_property.setdefault(prop.id, []).append(claim)
        for property_id, claims in by_property.items():
            self.check_values(self.vocabulary.properties[property_id], claims)

    def check_values(self, prop: Property, claims: list[Claim]) -> None:
        if sum(claim.rank == "preferred" for claim in claims) == 1:
            return
        for index, claim in enumerate(claims):
            for other in claims[:index]:
                declared = other.ref in claim.conflicts_with or claim.ref in other.conflicts_with
                if not declared and not same_value(prop, claim.value or "", other.value or ""):
                    self.sink.add(
                        "V214",
                        f"`{claim.property_id}` has a second value, `{claim.value}`",
                        claim.span("value"),
                        f"declare `conflicts_with: [{other.ref}]`, or rank one of them",
                        related=[(other.span("value"), "the other value")],
                    )

    def check_identifiers(self, form: SheetForm) -> None:
        for scheme, value in form.identifiers.items():
            _, span = find(self.sheet.node, ("identifiers", scheme))
            if scheme not in IDENTIFIERS:
                self.sink.add(
                    "V226",
                    f"`{scheme}` is not a known scheme of identifiers",
                    span,
                    f"known are {', '.join(IDENTIFIERS)}",
                )
            elif not IDENTIFIERS[scheme][0].match(value):
                self.sink.add(
                    "V226",
                    f"`{value}` is not an identifier of `{scheme}`",
                    span,
                    f"write {IDENTIFIERS[scheme][1]}",
                )


def _vocabulary(node: Mapping | None, sink: Sink) -> Vocabulary | None:
    """Topics and properties; None when they cannot be known, so that no claim is held to them."""
    form = validate_form(VocabularyForm, node, sink) if node is not None else None
    if node is None or form is None:
        return None
    for index, topic in enumerate(form.topics):
        if topic in form.topics[:index]:
            _, span = find(node, ("topics", index))
            sink.add(
                "V230", f"the topic `{topic}` is declared twice", span, "remove one of the two"
            )
    properties = {}
    for key, value in _entries(node.get("properties")):
        if not isinstance(value, Mapping):
            sink.add(
                "V203", "a property must be a mapping", key.span, "add `label: …` and `kinds: […]`"
            )
            continue
        if not is_slug(key.text):
            sink.add("V207", f"`{key.text}` is not a slug", key.span, slug_hint(key.text))
            continue
        prop = validate_form(PropertyForm, value, sink)
        if prop is not None:
            properties[key.text] = Property(
                key.text, prop.label, tuple(prop.kinds), prop.type, prop.values == "many", prop.unit
            )
    declared = {key.text for key, _ in _entries(node.get("properties"))}
    return Vocabulary(tuple(form.topics), properties, frozenset(declared - properties.keys()))
