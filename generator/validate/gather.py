"""What there is one of in a project, and the facts of all its files."""

from __future__ import annotations

from collections.abc import Collection

from generator.diagnostics import Sink
from generator.model.fact import Origin, Property, Vocabulary
from generator.model.form import OriginForm, PropertyForm, VocabularyForm
from generator.model.slug import is_slug, slug_hint
from generator.model.stage import Facts, Raw
from generator.validate.briefing import check_numbers, parse_briefings
from generator.validate.project import Validated
from generator.validate.rule import FIGURE, LONGEST_HEADING
from generator.validate.shape import validate_form
from generator.yamlio import Mapping, Node, Scalar, find


def gather_facts(raw: Raw, found: Validated, vocabulary: Vocabulary | None, sink: Sink) -> Facts:
    """The facts of a project from those of all its files."""
    entities = {entity.id: entity for entity in sorted(found.entities, key=lambda e: e.id)}
    claims: dict[str, Collection[str]] = {id_: one.claim for id_, one in entities.items()}
    check_numbers(raw.briefings, sink)
    return Facts(
        raw,
        entities,
        {source.id: source for source in sorted(found.sources, key=lambda s: s.id)},
        validate_origins(raw.origins, sink),
        vocabulary or Vocabulary(),
        claims | found.declared,
        parse_briefings(raw.briefings, sink),
    )


def validate_origins(node: Mapping | None, sink: Sink) -> dict[str, Origin]:
    """The origins that `origins.yml` declares, less those that are not well-formed."""
    origins = {}
    for key, value in node.items if node else ():
        if not is_slug(key.text):
            sink.add("V207", f"`{key.text}` is not a slug", key.span, slug_hint(key.text))
            continue
        form = validate_form(OriginForm, value, sink) if isinstance(value, Mapping) else None
        if form is not None:
            origins[key.text] = Origin(key.text, form.name, form.kind, form.note)
        elif not isinstance(value, Mapping):
            sink.add(
                "V203", "an origin must be a mapping", key.span, "add `name: …` on an indented line"
            )
    return origins


def parse_vocabulary(node: Mapping | None, sink: Sink) -> Vocabulary | None:
    """Topics and properties; None when they cannot be known, so that no claim is held to them."""
    form = validate_form(VocabularyForm, node, sink) if node is not None else None
    if node is None or form is None:
        return None
    for index, topic in enumerate(form.topics):
        shown, span = find(node, ("topics", index))
        if topic in form.topics[:index]:
            sink.add(
                "V230", f"the topic `{topic}` is declared twice", span, "remove one of the two"
            )
        else:
            _check_name("topic", shown, sink)
    properties = {}
    for key, value in _declared(node):
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
            _check_name("label", value.get("label"), sink)
            properties[key.text] = Property(
                key.text, prop.label, tuple(prop.kinds), prop.type, prop.values == "many", prop.unit
            )
    declared = {key.text for key, _ in _declared(node)}
    return Vocabulary(tuple(form.topics), properties, frozenset(declared - properties.keys()))


def _check_name(what: str, name: Node | None, sink: Sink) -> None:
    """Headings and labels stand on pages without a citation, so they are short and state no figure."""
    if isinstance(name, Scalar) and len(name.text) > LONGEST_HEADING:
        message = f"the {what} has {len(name.text):,} characters, more than {LONGEST_HEADING}"
        sink.add("V227", message, name.span, "shorten it")
    elif isinstance(name, Scalar) and (found := FIGURE.search(name.text)):
        sink.add(
            "V235",
            f"a {what} states the figure `{found.group()}`",
            name.part(*found.span()),
            f"name the {what} in words alone: no source can be cited for it",
        )


def _declared(node: Mapping) -> tuple[tuple[Scalar, Node], ...]:
    properties = node.get("properties")
    return properties.items if isinstance(properties, Mapping) else ()
