"""Values of properties: read as the type that the vocabulary declares."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.date import DateFault, parse_date
from generator.model.fact import Property
from generator.model.slug import is_slug

_SCALE = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_NUMBER = re.compile(
    r"([+-]?(?:\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?)"
    r"(?: (" + "|".join(_SCALE) + r"))?\Z"
)

# Schemes of identifiers that a sheet may give, and the form of each.
IDENTIFIERS = {
    "iso3166-1": (re.compile(r"[A-Z]{2}\Z"), "two capital letters, as in `KZ`"),
    "wikidata": (re.compile(r"Q[1-9]\d*\Z"), "a Q and digits, as in `Q232`"),
}


def value_fault(prop: Property, value: str) -> tuple[str, str] | None:
    """What is wrong with a value and how to mend it, or None when it fits its property."""
    if prop.type == "number" and not _NUMBER.match(value):
        return f"`{value}` is not a number", "write for example `20`, `2,724,900` or `20 million`"
    if prop.type == "date":
        try:
            parse_date(value)
        except DateFault as fault:
            return fault.reason, fault.hint or "write for example `2025-11-06`"
    if prop.type == "entity" and not is_slug(entity_id(value)):
        return f"`{value}` is not the id of a page", "write the id alone"
    return None


def identifier_fault(scheme: str, value: str) -> tuple[str, str] | None:
    """What is wrong with an identifier of a sheet and how to mend it, or None."""
    if scheme not in IDENTIFIERS:
        return (
            f"`{scheme}` is not a known scheme of identifiers",
            f"known are {', '.join(IDENTIFIERS)}",
        )
    pattern, form = IDENTIFIERS[scheme]
    if not pattern.match(value):
        return f"`{value}` is not an identifier of `{scheme}`", f"write {form}"
    return None


def entity_id(value: str) -> str:
    """The id that a value of type entity names; its brackets may be left out."""
    return value[2:-2] if value.startswith("[[") and value.endswith("]]") else value


def same_value(prop: Property, one: str, other: str) -> bool:
    """Whether two well-formed values of a property are one: `2.3 million` is `2,300,000`."""
    return _meaning(prop, one) == _meaning(prop, other)


def _meaning(prop: Property, value: str) -> str | Decimal:
    number = _NUMBER.match(value) if prop.type == "number" else None
    if number:
        digits = re.sub(r"[ ,\u00a0\u202f]", "", number[1])
        return Decimal(digits).scaleb(_SCALE.get(number[2] or "", 0))
    return entity_id(value) if prop.type == "entity" else value
