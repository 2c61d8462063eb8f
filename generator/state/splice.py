"""Lists and maps of refs in the order of sheets, with what one sheet gives to them replaced."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.link.project import month_of
from generator.model.fact import Claim, Entity
from generator.model.stage import Facts, Support


def entity_of(ref: str) -> str:
    """The id of the entity to which a ref leads."""
    return ref.partition("#")[0]


def splice(refs: Sequence[str], entity: str, own: Iterable[str]) -> tuple[str, ...]:
    """Refs in the order of sheets, with those of one sheet replaced."""
    kept = [ref for ref in refs if entity_of(ref) != entity]
    at = bisect_left([entity_of(ref) for ref in kept], entity)
    return (*kept[:at], *own, *kept[at:])


def naming(entity: Entity, named: Callable[[Claim], Iterable[str]]) -> dict[str, list[str]]:
    """Refs of a sheet's claims by what they name."""
    found: dict[str, list[str]] = {}
    for claim in entity.claims:
        for key in named(claim):
            found.setdefault(key, []).append(claim.ref)
    return found


def merged(
    before: Mapping[str, tuple[str, ...]], changed: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """A map in the order of its keys, with some entries replaced and empty ones left out."""
    if not changed:
        return dict(before)
    return dict(sorted((key, refs) for key, refs in {**before, **changed}.items() if refs))


def dated(entity: Entity) -> dict[str, tuple[tuple[str, str], ...]]:
    """Refs and dates of a sheet's claims by month."""
    found: dict[str, list[tuple[str, str]]] = {}
    for claim in entity.claims:
        month, date = month_of(claim), claim.first_date
        if month is not None and date is not None:
            found.setdefault(month, []).append((claim.ref, date.text))
    return {month: tuple(claims) for month, claims in found.items()}


def voices(support: Mapping[str, Support]) -> Counter[str]:
    """How many citations speak with the voice of each origin."""
    return Counter(
        origin
        for backing in support.values()
        for citation in backing.citations
        for origin in citation.origins
    )


def conflicts_of(
    before: Mapping[str, tuple[str, ...]], edited: Iterable[Claim], facts: Facts
) -> dict[str, tuple[str, ...]]:
    """For each claim that an edit may concern, the claims it conflicts with; none for one that is gone.

    Args:
        before: Conflicts before the edit.
        edited: Claims of the edited sheets as they were and as they are.
        facts: As they are.
    """
    # Who may contradict whom: those that did, and those that an edited claim names.
    rivals: dict[str, set[str]] = {}
    for claim in edited:
        rivals.setdefault(claim.ref, set())
        for other in {*before.get(claim.ref, ()), *claim.conflicts_with}:
            rivals[claim.ref].add(other)
            rivals.setdefault(other, set(before.get(other, ()))).add(claim.ref)
    declared = {
        ref: found.conflicts_with
        for ref in {*rivals, *(other for others in rivals.values() for other in others)}
        if (found := facts.claim(ref)) is not None
    }

    def contradict(one: str, other: str) -> bool:
        if one == other or one not in declared or other not in declared:
            return False
        return other in declared[one] or one in declared[other]

    return {
        ref: tuple(sorted(other for other in others if contradict(ref, other)))
        for ref, others in rivals.items()
    }
