"""One fact sheet, read over a tree with spans and the forms."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Sink, nearest
from generator.model.fact import Claim, Entity, Vocabulary
from generator.model.form import SHEET_FORM, SheetForm
from generator.model.kind import ACTS, EVENT_PARTS, KEYED_PARTS, Act, Part
from generator.model.slug import is_slug, slug_hint
from generator.model.stage import RawSheet
from generator.validate.claim import parse_claim
from generator.validate.shape import validate_form
from generator.validate.value import identifier_fault
from generator.validate.vocabulary import check_single_values, check_vocabulary
from generator.yamlio import Mapping, Node, Scalar, find


def _entries(node: Node | None) -> Iterator[tuple[Scalar, Node]]:
    if isinstance(node, Mapping):
        yield from node.items


def parse_sheet(
    sheet: RawSheet, vocabulary: Vocabulary | None, sink: Sink
) -> tuple[Entity | None, frozenset[str] | None]:
    """Read a fact sheet the careful way: whatever is wrong with it is a finding.

    Returns:
        The entity, None where the sheet is not well-formed; and every claim id of the sheet where
        some or all of its claims are lost.
    """
    parser = _Parser(sheet, vocabulary, sink)
    entity = parser.parse()
    is_whole = entity is not None and len(entity.claims) == len(parser.seen)
    return entity, None if is_whole else frozenset(parser.seen)


class _Parser:
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
        if self.vocabulary is not None:
            check_single_values(self.claims, self.vocabulary, self.sink)
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
        for part in KEYED_PARTS:
            for key, entry in _entries(node.get(part)):
                self.claim(part, key.text, key, entry)
        for party, acts in _entries(node.get("parties")):
            if isinstance(acts, Mapping) and not acts.items:
                message = f"the party `{party.text}` has no act"
                self.sink.add("V202", message, party.span, "add what it did, as in `signed: …`")
            for key, entry in _entries(acts):
                self.act(party, key, entry)
        for part in EVENT_PARTS:
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
        part: Part,
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
        if claim is not None:
            claim = check_vocabulary(claim, self.sheet.kind.id, self.vocabulary, self.sink)
        if claim is not None:
            self.claims.append(claim)

    def check_identifiers(self, form: SheetForm) -> None:
        for scheme, value in form.identifiers.items():
            fault = identifier_fault(scheme, value)
            if fault is not None:
                _, span = find(self.sheet.node, ("identifiers", scheme))
                self.sink.add("V226", fault[0], span, fault[1])
