"""What an entity is connected to: whom its claims name, and who names it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from generator.model.fact import Claim
from generator.render.desk import Desk

MOST: Final = 8
"""Neighbours that are drawn; the others are said to be there."""
_READ: Final = 4  # claims of a neighbour that are looked at for how they name the page
_NAMED = re.compile(r"\[\[([a-z0-9-]+)")


@dataclass(slots=True)
class Neighbour:
    """One entity that a page is connected to.

    Attributes:
        id: Its id.
        here: Ids of the claims of the page that name it; `there`: refs of its claims that name the
            page, and of claims on its page.
        relations: What they are to one another beyond being named, in words, sorted.
    """

    id: str
    here: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    relations: dict[str, None] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        """How many claims join the two."""
        return len(self.here) + len(self.there)


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The neighbours of a page, the strongest first, and how many there are in all."""

    neighbours: tuple[Neighbour, ...]
    total: int


def named_in(claim: Claim) -> set[str]:
    """Ids of the entities that a claim names, in its words or by its keys."""
    found = set(_NAMED.findall(claim.text)) if claim.text and "[[" in claim.text else set()
    for key in (claim.value_entity, claim.subject, claim.of, claim.said_by):
        if key:
            found.add(key)
    return found


def gather(desk: Desk, entity_id: str, claims: Iterable[Claim]) -> Neighbourhood:
    """The neighbours of an entity, by its claims that still stand and by those that mention it."""
    rows = desk.rows
    found: dict[str, Neighbour] = {}
    formal: list[Claim] = []
    for claim in claims:
        if claim.rank == "deprecated":
            continue
        for other in named_in(claim):
            if other == entity_id or other not in rows:
                continue
            neighbour = found.get(other)
            if neighbour is None:
                neighbour = found[other] = Neighbour(other)
            neighbour.here.append(claim.id)
        if claim.part != "claims" or claim.value_entity or claim.said_by:
            formal.append(claim)
    for ref in desk.plan.mentions(entity_id).items:
        other = ref.partition("#")[0]
        neighbour = found.get(other)
        if neighbour is None:
            neighbour = found[other] = Neighbour(other)
        neighbour.there.append(ref)
    strongest = sorted(found.values(), key=lambda one: (-one.weight, one.id))[:MOST]
    chosen = {one.id: one for one in strongest}
    for claim in formal:
        for other, words in _relations(desk, claim, from_here=True):
            if other in chosen:
                chosen[other].relations[words] = None
    for one in strongest:
        for ref in one.there[:_READ]:
            there = desk.facts.claim(ref)
            for other, words in _relations(desk, there, from_here=False) if there else ():
                if other == entity_id:
                    one.relations[words] = None
    return Neighbourhood(tuple(strongest), len(found))


def _relations(desk: Desk, claim: Claim, *, from_here: bool) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if claim.part == "parties" and claim.subject:
        found.append((claim.subject, "party" if from_here else "agreement with it as a party"))
    elif claim.part == "participants" and claim.subject:
        found.append((claim.subject, "participant" if from_here else "event it takes part in"))
    elif claim.part == "roles" and claim.of:
        found.append((claim.of, "office" if from_here else "holds office here"))
    if claim.value_entity:
        if claim.part == "place":
            found.append((claim.value_entity, "place" if from_here else "took place here"))
        elif claim.property_id:
            prop = desk.facts.vocabulary.properties.get(claim.property_id)
            label = prop.label if prop else claim.property_id
            found.append((claim.value_entity, label if from_here else f"has it as {label}"))
    if claim.said_by:
        found.append((claim.said_by, "speaker" if from_here else "has statements of it"))
    return found
