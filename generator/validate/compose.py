"""One claim from the values of its part of a sheet."""

from __future__ import annotations

from typing import Any

from generator.model.fact import Claim
from generator.model.kind import Act, Part
from generator.model.locator import Locator

# What an act says when its sheet gives no words of its own.
_ACT_TEXT: dict[Act, str] = {
    "announced": "[[{party}]] was announced as a party to [[{agreement}]].",
    "signed": "[[{party}]] signed [[{agreement}]].",
    "ratified": "[[{party}]] ratified [[{agreement}]].",
    "in-force": "[[{agreement}]] entered into force for [[{party}]].",
    "implemented": "[[{party}]] put [[{agreement}]] into practice.",
    "stalled": "The implementation of [[{agreement}]] by [[{party}]] stalled.",
    "suspended": "[[{party}]] suspended its part in [[{agreement}]].",
    "withdrawn": "[[{party}]] withdrew from [[{agreement}]].",
}


def compose(
    entity: str,
    part: Part,
    claim_id: str,
    fields: dict[str, Any],
    subject: str | None = None,
    act: Act | None = None,
    locator: Locator | None = None,
) -> Claim:
    """A claim from what its form gives, and from where it stands.

    `fields` holds values by the claim's own names; those that are not given may be left out. The
    `value` of an event's date is a `Date`. What the tool works out is added to the mapping.
    """
    given = text = fields.get("text")
    if part == "roles":
        office, of = fields["office"], fields.get("of")
        text = text or (f"{office} of [[{of}]]." if of else f"{office}.")
    elif part == "date":
        date = fields["value"]
        fields["date"], fields["value"] = date, date.text
    elif part == "participants":
        capacity = fields.get("capacity")
        as_ = f" as {capacity}" if capacity else ""
        text = text or f"[[{subject}]] took part{as_} in [[{entity}]]."
    elif act is not None:
        text = text or _ACT_TEXT[act].format(party=subject, agreement=entity)
    if given is None and text is not None:
        fields["text"], fields["is_composed"] = text, True
    return Claim(entity, claim_id, part, subject=subject, act=act, locator=locator, **fields)
