"""Chapters of a paper: an entity's page as blocks, its claims with their notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from generator import date as dates
from generator.markup import Link, parse_markup
from generator.model.fact import Claim, Entity
from generator.model.stage import PartyState
from generator.paper.drawing import map_figure
from generator.paper.note import Notes, Runs, foreign
from generator.paper.order import Order
from generator.render.desk import Desk
from generator.render.view import claim_label, claim_words, value_words
from generator.render.wording import ACT_LABEL, STANDING_LABEL, language, plural, support_words

Block = dict[str, Any]

CONTRADICTED: Final = "Contradicted by"


class Chapters:
    """The chapters of one paper: notes are numbered in the order in which blocks are made.

    Args:
        desk: What pages and papers have in common.
        order: Which pages the paper holds.
        live: Address of the published site, or empty.

    Attributes:
        notes: All notes made so far.
        figures: All figures made so far.
        refs: The claims shown so far, each once.
    """

    def __init__(self, desk: Desk, order: Order, live: str) -> None:
        self.order, self.desk, self.live = order, desk, live
        self.verified = desk.verified
        self.notes = Notes(self.verified, self.desk.origin_name)
        self.figures: dict[str, bytes] = {}
        self.placed: set[str] = set()
        self.level = 3 if order.is_dossier else 2
        self.refs: list[str] = []

    # --- words ---

    def runs(self, text: str) -> Runs:
        """A text with its links: into the paper where it holds the page, else to the live site."""
        found: Runs = []
        for segment in parse_markup(text)[0]:
            if isinstance(segment, Link):
                label = segment.label or self.desk.rows[segment.entity].name
                found.append(self.link(segment.entity, label))
            else:
                found.append(segment)
        return found

    def link(self, entity_id: str, label: str) -> Any:  # noqa: ANN401 - a run
        """An entity's name as a run."""
        if entity_id in self.order.entities:
            return label if not self.order.is_dossier else {"s": label, "to": f"page-{entity_id}"}
        if self.live:
            return {"s": label, "url": self.live + self.desk.entity_address(entity_id)}
        return label

    def stated(self, claim: Claim) -> Runs:
        """The words of a claim."""
        if claim.text:
            return self.runs(claim.text)
        return [f"{claim_label(self.verified, claim)}: ", *self.valued(claim)]

    def valued(self, claim: Claim) -> Runs:
        """The value of a claim."""
        words = value_words(self.verified, claim)
        return [self.link(claim.value_entity, words)] if claim.value_entity else [words]

    # --- claims ---

    def claim(self, claim: Claim, text: Runs | None = None, lead: str | None = None) -> Block:
        """A claim with its note and all that stands beside and below it."""
        support = self.verified.support[claim.ref]
        first = claim.ref not in self.placed
        if first:
            self.placed.add(claim.ref)
            self.refs.append(claim.ref)
        return {
            "kind": "claim",
            "id": f"claim-{claim.entity}-{claim.id}" if first else None,
            "lead": lead,
            "text": self.stated(claim) if text is None else text,
            "note": self.notes.add(support.citations),
            "standing": STANDING_LABEL[support.standing],
            "beside": self.beside(claim),
            "remarks": self.remarks(claim),
        }

    def beside(self, claim: Claim) -> list[Runs]:
        """The lines under a claim's standing."""
        lines: list[Runs] = []
        counted = support_words(self.verified.support[claim.ref])
        if counted:
            lines.append([counted])
        if claim.kind == "judgement":
            lines += [[f"Likelihood: {claim.likelihood}"], [f"Confidence: {claim.confidence}"]]
        when = _when(claim)
        if when:
            lines.append([when])
        if claim.said_by:
            name = self.desk.rows[claim.said_by].name
            lines.append(["Statement by ", self.link(claim.said_by, name)])
        return lines

    def remarks(self, claim: Claim) -> list[dict[str, Any]]:
        """What is said about a claim, below it."""
        found = []
        disputes = self.verified.support[claim.ref].disputes
        if claim.premises:
            found.append({"label": "Rests on", "body": self.references(claim.premises)})
        if claim.reasoning:
            found.append({"label": "Reasoning", "body": self.runs(claim.reasoning)})
        if disputes:
            found.append({"label": CONTRADICTED, "body": self.references(disputes)})
        if claim.reason:
            found.append({"label": "Why it no longer stands", "body": self.runs(claim.reason)})
        if claim.note:
            found.append({"label": "Note", "body": self.runs(claim.note)})
        return found

    def references(self, refs: Iterable[str]) -> Runs:
        """Claims named by another, in words."""
        words = [
            claim_words(self.verified, claim).rstrip(".")
            for claim in self.verified.facts.claims_of(refs)
        ]
        return ["; ".join(words) + "."]

    # --- chapters ---

    def chapter(self, entity: Entity) -> dict[str, Any]:
        """An entity's page as a chapter; the only one of a paper has its title on the title block."""
        row = self.desk.rows[entity.id]
        live = [claim for claim in entity.claims if claim.rank != "deprecated"]
        blocks = [*self.opening(entity, live), *self.parts(entity, live)]
        blocks += self.disputed(entity)
        withdrawn = [claim for claim in entity.claims if claim.rank == "deprecated"]
        if withdrawn:
            blocks.append(self.heading("Reported, since corrected"))
            blocks += [self.claim(claim) for claim in withdrawn]
        return {
            "id": f"page-{entity.id}",
            "title": entity.name if self.order.is_dossier else None,
            "kicker": f"{entity.kind.label}, {plural(row.claims, 'claim')}",
            "names": entity_names(entity),
            "blocks": blocks,
        }

    def heading(self, words: str) -> Block:
        """A heading inside a chapter."""
        return {"kind": "heading", "level": self.level, "text": [words]}

    def opening(self, entity: Entity, live: Sequence[Claim]) -> list[Block]:
        """The fact box, the map and the table of parties."""
        blocks: list[Block] = []
        box = [c for c in live if c.property_id or c.part in ("date", "place")]
        if box:
            blocks.append(self.heading("At a glance"))
            blocks.append({"kind": "box", "rows": [self.row(claim) for claim in box]})
        states = self.verified.parties.get(entity.id, ())
        figure = map_figure(self.desk, entity, states)
        if figure is not None:
            name = f"figure-{entity.id}.svg"
            self.figures[name] = figure.svg
            blocks.append({
                "kind": "figure", "file": name, "alt": figure.alt, "caption": [figure.caption],
                "width": 58,
            })  # fmt: skip
        if states:
            blocks += [self.heading("Parties"), self.parties(entity, states)]
        return blocks

    def row(self, claim: Claim) -> dict[str, Any]:
        """A row of the fact box; a claim that has words as well stands below in full."""
        text = self.valued(claim)
        if claim.text and claim.part != "claims":
            text = [*text, ": ", *self.stated(claim)]
        full = claim.part == "claims" and bool(claim.text)
        shown = self.claim(claim, text)
        if full:
            self.placed.discard(claim.ref)
            self.refs.remove(claim.ref)
            shown |= {"id": None, "remarks": [], "beside": shown["beside"][:1]}
        return {"label": claim_label(self.verified, claim), "claim": shown}

    def parties(self, entity: Entity, states: Sequence[PartyState]) -> Block:
        """The table of an agreement's parties."""
        rows = [
            {
                "party": [self.link(state.party, self.desk.rows[state.party].name)],
                "state": ACT_LABEL[state.state],
                "acts": [self.claim(act) for act in state.acts],
            }
            for state in states
        ]
        return {
            "kind": "parties",
            "alt": f"Table: where each of {plural(len(rows), 'party', 'parties')} to {entity.name} stands, with the acts it rests on",
            "caption": "Where each party stands, worked out from its dated acts",
            "head": ["Party", "State", "By its acts"],
            "rows": rows,
        }

    def parts(self, entity: Entity, live: Sequence[Claim]) -> list[Block]:
        """Offices, participants, and claims by topic."""
        topics: dict[str, list[Claim]] = {
            "Offices": [c for c in live if c.part == "roles"],
            "Participants": [c for c in live if c.part == "participants"],
        }
        topics |= {topic: [] for topic in self.verified.facts.vocabulary.topics}
        rest: list[Claim] = []
        for claim in live:
            if claim.part == "claims" and (claim.text or not claim.property_id):
                topics.get(claim.topic or "", rest).append(claim)
        blocks = []
        for topic, claims in [*topics.items(), ("Further facts", rest)]:
            if claims:
                blocks.append(self.heading(topic))
                blocks += [self.claim(claim) for claim in claims]
        return blocks

    def disputed(self, entity: Entity) -> list[Block]:
        """Disagreements in which a claim of the entity stands, side by side."""
        groups = self.desk.plan.groups.get(entity.id, ())
        if not groups:
            return []
        blocks = [self.heading("Sources disagree")]
        for group in groups:
            sides = []
            for claim in self.verified.facts.claims_of(group):
                known = claim.ref in self.placed
                side = self.claim(claim, lead=self.desk.rows[claim.entity].name)
                # What is said about it stands with it; that the others contradict it is plain here.
                side["remarks"] = (
                    []
                    if known
                    else [remark for remark in side["remarks"] if remark["label"] != CONTRADICTED]
                )
                sides.append(side)
            blocks.append({"kind": "sides", "sides": sides})
        return blocks


def _when(claim: Claim) -> str:
    if claim.part == "date":
        return ""
    if claim.date:
        return dates.display(claim.date)
    if claim.start and claim.end:
        return f"{dates.display(claim.start)} to {dates.display(claim.end)}"
    if claim.start:
        return f"since {dates.display(claim.start)}"
    return f"until {dates.display(claim.end)}" if claim.end else ""


def entity_names(entity: Entity) -> list[dict[str, Any]]:
    """Names of an entity in other languages, each with the language's own name."""
    names = []
    for tag, name in entity.names:
        run = foreign(name, tag, own="")
        names.append({**run, "label": language(tag)})
    return names
