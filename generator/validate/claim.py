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
from generator.validate.compose import compose
from generator.validate.key import CLAIM_NAME
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


def _fields(form: ClaimForm, node: Mapping) -> dict[str, Any]:
    """The values of a form by the names they have in a claim."""
    fields: dict[str, Any] = {}
    for name, value in form:
        if value is not None:
            key = name.removesuffix("_")  # which a name has that Python uses itself
            fields[CLAIM_NAME.get(key, key)] = tuple(value) if isinstance(value, list) else value
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
