"""One claim: from its form to a `Claim`, whichever part of the sheet it stands in."""

from __future__ import annotations

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
from generator.model.kind import Act
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
    part: str,
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
    claim = _claim(form, locator, entity, part, claim_id, node, subject, act)
    before = len(sink)
    check_claim(claim, sink)
    if isinstance(form, EventDateForm):
        given = {"date": form.date, "from": form.from_, "to": form.to}
        check_event_date(claim, [key for key, value in given.items() if value], sink)
    return claim if len(sink) == before else None


def _claim(
    form: ClaimForm,
    locator: Locator,
    entity: str,
    part: str,
    claim_id: str,
    node: Mapping,
    subject: str | None,
    act: Act | None,
) -> Claim:
    text, value, date = form.text, form.value, form.date
    office = of = value_entity = capacity = None
    if isinstance(form, RoleForm):
        office, of = form.office, form.of
        text = text or (f"{office} of [[{of}]]." if of else f"{office}.")
    elif isinstance(form, EventDateForm):
        date, value = form.value, form.value.text
    elif isinstance(form, PlaceForm):
        value_entity = form.entity
    elif isinstance(form, ParticipantForm):
        capacity = form.as_
        as_ = f" as {capacity}" if capacity else ""
        text = text or f"[[{subject}]] took part{as_} in [[{entity}]]."
    elif act is not None:
        text = text or _ACT_TEXT[act].format(party=subject, agreement=entity)
    return Claim(
        entity=entity,
        id=claim_id,
        part=part,
        text=text,
        is_composed=text is not None and form.text is None,
        subject=subject,
        act=act,
        office=office,
        of=of,
        capacity=capacity,
        topic=form.topic,
        property_id=form.property,
        value=value,
        value_entity=value_entity,
        date=date,
        start=form.from_,
        end=form.to,
        said_by=form.said_by,
        kind=form.kind,
        rank=form.rank,
        reason=form.reason,
        conflicts_with=tuple(form.conflicts_with),
        premises=tuple(form.premises),
        reasoning=form.reasoning,
        likelihood=form.likelihood,
        confidence=form.confidence,
        note=form.note,
        method=form.method,
        reviewed_by=form.reviewed_by,
        quotations=_quotations(form, node),
        locator=locator,
    )


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
