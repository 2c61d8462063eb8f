"""Recognises well-formed fact sheets without a tree, and makes their facts from plain values.

Which keys a part may have and what each holds is written down in `key.py`; single values are read and
claims are composed and judged by the functions that the careful way uses. Only the shapes are looked
at here. Whoever finds a fault, or is in doubt, leaves the sheet to the careful way, which alone can
say what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

from generator.diagnostics import Sink
from generator.model.fact import Claim, Entity, Quotation, Vocabulary
from generator.model.kind import (
    ACTS,
    EVENT_PARTS,
    KEYED_PARTS,
    Act,
    ClaimKind,
    Confidence,
    Likelihood,
    Rank,
)
from generator.model.slug import is_slug
from generator.model.stage import RawSheet
from generator.model.value import (
    MAX_LIST,
    MAX_QUOTES,
    ValueFault,
    read_date,
    read_exact,
    read_language,
    read_slug,
    read_text,
)
from generator.validate.compose import compose
from generator.validate.key import CLAIM_NAME, PART_KEYS, QUOTATION_KEYS, SHEET_KEYS, Keys
from generator.validate.rule import check_claim
from generator.validate.value import identifier_fault
from generator.validate.vocabulary import check_single_values, check_vocabulary

# A value as `read_plain` gives it.
_Value = Any
_Reader = Callable[[_Value], object]


class _Doubt(Exception):
    """This sheet is for the careful way."""


def recognise_sheet(sheet: RawSheet, vocabulary: Vocabulary | None) -> Entity | None:
    """The entity of a sheet that certainly has no fault; None for any other.

    What it gives equals what the careful way makes of the sheet, and that adds no finding.
    """
    if sheet.plain is None:
        return None
    try:
        entity = _entity(sheet, sheet.plain, vocabulary)
    except (_Doubt, ValueFault, LookupError):
        # A rule that asks for a place in the file has found a fault: without a locator that fails.
        return None
    return entity.located(sheet.locator)


def _entity(sheet: RawSheet, tree: dict[str, _Value], vocabulary: Vocabulary | None) -> Entity:
    kind, sink = sheet.kind.id, Sink()
    given = {key: value for key, value in tree.items() if value is not None}
    if not given.keys() <= SHEET_KEYS[kind]:
        raise _Doubt
    claims, seen = [], set()
    for made in _claims(sheet.id, given):
        if made.id in seen or not is_slug(made.id):
            raise _Doubt
        seen.add(made.id)
        check_claim(made, sink)
        claim = check_vocabulary(made, kind, vocabulary, sink)
        if claim is None or sink.findings:
            raise _Doubt
        claims.append(claim)
    if vocabulary is not None:
        check_single_values(claims, vocabulary, sink)
    identifiers = [(scheme, _string(id_)) for scheme, id_ in _present(given, "identifiers")]
    if sink.findings or any(identifier_fault(*pair) for pair in identifiers):
        raise _Doubt
    return Entity(
        sheet.id,
        kind,
        _text(given["name"]),
        sheet.locator.shown,
        tuple(_names(given)),
        tuple(identifiers),
        _slugs(given.get("aliases", [])),
        tuple(claims),
    )


def _names(given: dict[str, _Value]) -> Iterator[tuple[str, str]]:
    for tag, listed in _present(given, "names"):
        read_language(tag)
        for name in listed if isinstance(listed, list) else [listed]:
            yield tag, _text(name)


def _claims(entity: str, given: dict[str, _Value]) -> Iterator[Claim]:
    """The claims of a sheet, in the order of its parts; rules have not been run on them."""
    for part in KEYED_PARTS:
        read = _FIELDS[part]
        for key, value in _present(given, part):
            yield compose(entity, part, key, _read(read, value))
    for party, acts in _present(given, "parties"):
        read_slug(party)
        for act, value in _mapping(acts).items():
            yield compose(
                entity,
                "parties",
                f"{party}-{act}",
                _read(_FIELDS["parties"], value),
                party,
                _ACTS[act],
            )
    for part in EVENT_PARTS:
        if part in given:
            fields = _read(_FIELDS[part], given[part])
            if part == "date" and not fields.keys().isdisjoint(("date", "start", "end")):
                raise _Doubt
            yield compose(entity, part, part, fields)
    for key, value in _present(given, "participants"):
        fields = _read(_FIELDS["participants"], value)
        yield compose(entity, "participants", f"participant-{key}", fields, key)


def _present(given: dict[str, _Value], part: str) -> Iterator[tuple[str, _Value]]:
    """The entries of a part of a sheet; an empty one is for the careful way."""
    if part not in given:
        return
    for key, value in _mapping(given[part]).items():
        if value is None:
            raise _Doubt
        yield key, value


def _mapping(value: _Value) -> dict[str, _Value]:
    if value.__class__ is not dict or not value:
        raise _Doubt
    entries: dict[str, _Value] = value
    return entries


def _string(value: _Value) -> str:
    if value.__class__ is not str:
        raise _Doubt
    text: str = value
    return text


def _text(value: _Value) -> str:
    return read_text(_string(value))


def _slug(value: _Value) -> str:
    return read_slug(_string(value))


def _refs(value: _Value) -> tuple[str, ...]:
    listed = [value] if value.__class__ is str else value
    if listed.__class__ is not list or len(listed) > MAX_LIST:
        raise _Doubt
    return tuple(_string(item) for item in listed)


def _slugs(value: _Value) -> tuple[str, ...]:
    return tuple(read_slug(item) for item in _refs(value))


def _one_of(words: tuple[str, ...]) -> _Reader:
    known = {word: word for word in words}
    return lambda value: known[_string(value)]


def _quotations(value: _Value) -> tuple[Quotation, ...]:
    found: list[Quotation] = []
    for source, quotes in _mapping(value).items():
        read_slug(source)
        if quotes.__class__ is str:
            found.append(_quotation(source, quotes, 0))
            continue
        listed = quotes if quotes.__class__ is list else [quotes]
        if not 0 < len(listed) <= MAX_QUOTES:
            raise _Doubt
        found += [_quotation(source, quote, index) for index, quote in enumerate(listed)]
    return tuple(found)


def _quotation(source: str, quote: _Value, index: int) -> Quotation:
    if quote.__class__ is str:
        return Quotation(source, _exact(quote), index)
    # An empty key of a long quotation is not as if it were left out.
    if None in _mapping(quote).values():
        raise _Doubt
    return Quotation(source, index=index, **_read(_QUOTATION_FIELDS, quote))


def _exact(value: _Value) -> str:
    return _string(read_exact(value))


# What reads that which a key holds.
_READERS: dict[str, _Reader] = {
    "Text": _text,
    "Slug": _slug,
    "EdtfDate": read_date,
    "Refs": _refs,
    "Slugs": _slugs,
    "Exact": _exact,
    "ClaimKind": _one_of(get_args(ClaimKind)),
    "Rank": _one_of(get_args(Rank)),
    "Likelihood": _one_of(get_args(Likelihood)),
    "Confidence": _one_of(get_args(Confidence)),
    "Cite": _quotations,
}
_ACTS: dict[str, Act] = {act: act for act in ACTS}

# Per key: what the fact calls it, and what reads it.
_Fields = dict[str, tuple[str, _Reader]]


def _fields_of(keys: Keys) -> tuple[_Fields, frozenset[str]]:
    """What reads each key of a record, and those it cannot do without, by the facts' names for them."""
    fields = {key: (CLAIM_NAME.get(key, key), _READERS[holds]) for key, holds in keys.holds.items()}
    return fields, frozenset(CLAIM_NAME.get(key, key) for key in keys.required)


_FIELDS = {part: _fields_of(keys) for part, keys in PART_KEYS.items()}
_QUOTATION_FIELDS = _fields_of(QUOTATION_KEYS)


def _read(expected: tuple[_Fields, frozenset[str]], value: _Value) -> dict[str, _Value]:
    """The values of a record by the names that facts have for them; empty keys are left out."""
    known, required = expected
    fields: dict[str, _Value] = {}
    for key, raw in _mapping(value).items():
        if raw is not None:
            name, read = known[key]
            fields[name] = read(raw)
    if not required <= fields.keys():
        raise _Doubt
    return fields
