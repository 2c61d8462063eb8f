"""Values of properties: read as the type that the vocabulary declares."""

from __future__ import annotations

import re

from generator.date import DateFault, parse_date
from generator.model.fact import Property
from generator.model.form import is_slug

_NUMBER = re.compile(
    r"[+-]?(?:\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?"
    r"(?: (?:thousand|million|billion|trillion))?\Z"
)


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


def entity_id(value: str) -> str:
    """The id that a value of type entity names; its brackets may be left out."""
    return value[2:-2] if value.startswith("[[") and value.endswith("]]") else value
