"""Which keys the parts of a fact sheet have, and what stands behind each: what the forms say, read off.

`swift.py` goes by it, so that a sheet without a fault is read without loading the forms; a test holds
the two against each other.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Keys(NamedTuple):
    """The keys of a record.

    Attributes:
        holds: What the form calls that which each key may hold.
        required: Those that it cannot do without.
    """

    holds: dict[str, str]
    required: frozenset[str] = frozenset()


_CLAIM: Final = {
    "text": "Text",
    "topic": "Text",
    "property": "Slug",
    "value": "Text",
    "date": "EdtfDate",
    "from": "EdtfDate",
    "to": "EdtfDate",
    "said_by": "Slug",
    "kind": "ClaimKind",
    "rank": "Rank",
    "reason": "Text",
    "conflicts_with": "Refs",
    "premises": "Refs",
    "reasoning": "Text",
    "likelihood": "Likelihood",
    "confidence": "Confidence",
    "note": "Text",
    "method": "Text",
    "reviewed_by": "Text",
    "cite": "Cite",
}
PART_KEYS: Final = {
    "claims": Keys(_CLAIM),
    "roles": Keys({**_CLAIM, "office": "Text", "of": "Slug"}, frozenset({"office"})),
    "parties": Keys(_CLAIM),
    "date": Keys({**_CLAIM, "value": "EdtfDate"}, frozenset({"value"})),
    "place": Keys({**_CLAIM, "entity": "Slug"}),
    "participants": Keys({**_CLAIM, "as": "Text"}),
}
"""By part of a sheet: the keys of its claims."""

QUOTATION_KEYS: Final = Keys(
    {"exact": "Exact", "locator": "Text", "note": "Text", "translation": "Text", "via": "Slugs"},
    frozenset({"exact"}),
)
"""The keys of a quotation in its long form."""

_SHEET: Final = frozenset({"name", "names", "identifiers", "aliases", "claims"})
SHEET_KEYS: Final = {
    "country": _SHEET,
    "person": _SHEET | {"roles"},
    "agreement": _SHEET | {"parties"},
    "organisation": _SHEET,
    "event": _SHEET | {"date", "place", "participants"},
}
"""By kind: the keys of a sheet."""

CLAIM_NAME: Final = {
    "property": "property_id",
    "from": "start",
    "to": "end",
    "as": "capacity",
    "entity": "value_entity",
    "cite": "quotations",
}
"""What a claim calls a value that its sheet has under another key."""
