"""One claim: from its form to a `Claim`, whichever part of the sheet it stands in."""

from __future__ import annotations

from typing import Any

from generator.diagnostics import Sink
from generator.model.fact import Claim, Quotation
from generator.model.form import (
    ActForm,
    ClaimForm,
    EventDateForm,
    ParticipantForm,
    PlaceForm,
    QuotationForm,
    RoleForm,
)
from generator.model.kind import Act, Part
from generator.model.locator import Locator
from generator.validate.rule import check_claim, check_event_date
from generator.validate.shape import validate_form
from generator.yamlio import Mapping, Node, Scalar

FORM: dict[str, type[ClaimForm]] = {
    "claims": ClaimForm,
    "roles": RoleForm,
    "parties": ActForm,
    "date": EventDateForm,
    "place": PlaceForm,
    "participants": ParticipantForm,
}

# What a claim calls a value that its form calls something else.
CLAIM_NAME = {
    "property": "property_id",
    "from_": "start",
    "to": "end",
    "as_": "capacity",
    "entity": "value_entity",
    "cite": "quotations",
}

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


def parse_claim(
    locator: Locator,
    entity: str,
    part: Part,
    claim_id: str,
    key: Scalar,
    node: Node,
    sink: Sink,
    *,
    subject: str | None = None,
    act: Act | None = None,
) -> Claim | None:
    """The claim at a node; None, with findings in the sink, when it is not well-formed."""
    if not isinstance(node, Mapping):
        sink.add(
            "V203",
            "a claim must be a mapping",
            key.span,
            "write `text:` and `cite:` on indented lines below it",
        )
        return None
    form = validate_form(FORM[part], node, sink)
    if form is None:
        return None
    claim = compose(entity, part, claim_id, _fields(form, node), subject, act, locator)
    before = len(sink)
    check_claim(claim, sink)
    if isinstance(form, EventDateForm):
        given = {"date": form.date, "from": form.from_, "to": form.to}
        check_event_date(claim, [key for key, value in given.items() if value], sink)
    return claim if len(sink) == before else None


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


def _fields(form: ClaimForm, node: Mapping) -> dict[str, Any]:
    """The values of a form by the names they have in a claim."""
    fields: dict[str, Any] = {
        CLAIM_NAME.get(name, name): tuple(value) if isinstance(value, list) else value
        for name, value in form
        if value is not None
    }
    return {**fields, "quotations": _quotations(form, node)}


def _quotations(form: ClaimForm, node: Mapping) -> tuple[Quotation, ...]:
    cite = node.get("cite")
    if form.cite is None or not isinstance(cite, Mapping):
        return ()
    quotations = []
    for key, _ in cite.items:
        quotes = form.cite[key.text]
        listed = quotes if isinstance(quotes, list) else [quotes]
        quotations += [_quotation(key.text, index, quote) for index, quote in enumerate(listed)]
    return tuple(quotations)


def _quotation(source: str, index: int, quote: str | QuotationForm) -> Quotation:
    if isinstance(quote, str):
        return Quotation(source, quote, index)
    return Quotation(
        source, quote.exact, index, quote.locator, quote.note, quote.translation, tuple(quote.via)
    )
