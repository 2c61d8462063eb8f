"""What stands behind each claim: origins, standing, disagreements, party states, impact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from generator.model.fact import Claim, Entity, Quotation, Source
from generator.model.kind import ACTS, STANDINGS, Act, Standing
from generator.model.stage import (
    Census,
    Citation,
    Facts,
    Impact,
    Linked,
    PartyState,
    Row,
    Support,
)
from generator.verify.exhibit import Exhibit


def origins_of(quotation: Quotation, source: Source) -> tuple[str, ...]:
    """Whose voice a quotation is: as its citation says (`via`), else as its source declares."""
    return quotation.via or source.origins


def count_voices(groups: Iterable[tuple[str, ...]]) -> int:
    """Independent voices among citations, each given by its origins.

    Citations that share an origin are one voice, also in a chain: the number of connected
    components. So a text that carries two agencies never counts as a second voice beside one of
    them.
    """
    components: list[set[str]] = []
    for group in groups:
        touching = [component for component in components if component & set(group)]
        components = [component for component in components if component not in touching]
        components.append(set(group).union(*touching))
    return len(components)


def support_claims(
    linked: Linked, citations: Mapping[str, tuple[Citation, ...]]
) -> dict[str, Support]:
    """The support of every claim, by ref."""
    facts = linked.facts
    result = {}
    for claim in facts.claims():
        cited = citations.get(claim.ref, ())
        live = [c for c in cited if facts.sources[c.quotation.source].status != "retracted"]
        voices = count_voices(citation.origins for citation in live)
        disputes = tuple(ref for ref in linked.conflicts.get(claim.ref, ()) if _is_live(facts, ref))
        origins = tuple(sorted({origin for citation in live for origin in citation.origins}))
        standing = _standing(claim, voices, disputes)
        result[claim.ref] = Support(standing, cited, origins, voices, disputes)
    return result


def _is_live(facts: Facts, ref: str) -> bool:
    claim = facts.claim(ref)
    return claim is not None and claim.rank != "deprecated"


def _standing(claim: Claim, voices: int, disputes: tuple[str, ...]) -> Standing:
    if claim.rank == "deprecated":
        return "deprecated"
    if disputes:
        return "disputed"
    if claim.kind == "derived":
        return "derived"
    if claim.kind == "judgement":
        return "judgement"
    return "corroborated" if voices > 1 else "single-origin"


def find_disagreements(linked: Linked) -> tuple[tuple[str, ...], ...]:
    """Groups of live claims that contradict one another, directly or in a chain, in id order."""
    facts = linked.facts
    seen: set[str] = set()
    groups = []
    for ref in linked.conflicts:
        if ref in seen or not _is_live(facts, ref):
            continue
        group, queue = [], [ref]
        seen.add(ref)
        while queue:
            current = queue.pop(0)
            group.append(current)
            for other in linked.conflicts.get(current, ()):
                if other not in seen and _is_live(facts, other):
                    seen.add(other)
                    queue.append(other)
        if len(group) > 1:
            groups.append(tuple(group))
    return tuple(groups)


def party_states(facts: Facts) -> dict[str, tuple[PartyState, ...]]:
    """Per agreement, where each party stands: its latest live act.

    An act without a date counts as later than the acts before it in the order of a treaty's life,
    because a sheet dates what happened and leaves undated what is.
    """
    states = {entity.id: states_of(entity) for entity in facts.entities.values()}
    return {agreement: found for agreement, found in states.items() if found}


def states_of(entity: Entity) -> tuple[PartyState, ...]:
    """Where each party to one agreement stands; nothing for any other entity."""
    acts: dict[str, dict[Act, Claim]] = {}
    for claim in entity.claims:
        if claim.subject and claim.act and claim.rank != "deprecated":
            acts.setdefault(claim.subject, {})[claim.act] = claim
    return tuple(_state(party, claims) for party, claims in acts.items())


def _state(party: str, acts: Mapping[Act, Claim]) -> PartyState:
    ordered = [act for act in ACTS if act in acts]
    dated = [
        (date.latest, place)
        for place, act in enumerate(ordered)
        if (date := acts[act].first_date) is not None
    ]
    latest = ordered[-1]
    if dated:
        _, place = max(dated)
        undated = [act for act in ordered[place:] if acts[act].first_date is None]
        latest = undated[-1] if undated else ordered[place]
    return PartyState(party, latest, acts[latest], tuple(acts[act] for act in ordered))


def measure_impact(
    facts: Facts, support: Mapping[str, Support], exhibits: Mapping[str, Exhibit]
) -> dict[str, Impact]:
    """What rests on each source."""
    by_source: dict[str, list[str]] = {source: [] for source in facts.sources}
    alone: dict[str, list[str]] = {source: [] for source in facts.sources}
    passages: dict[str, dict[tuple[object, ...], Citation]] = {
        source: {} for source in facts.sources
    }
    for claim in facts.claims():
        backing = support[claim.ref]
        live = [s for s in backing.sources if facts.sources[s].status != "retracted"]
        for source in backing.sources:
            by_source[source].append(claim.ref)
            if claim.rank != "deprecated" and set(live) <= {source}:
                alone[source].append(claim.ref)
        for citation in backing.citations:
            passage = citation.passage
            passages[passage.source].setdefault((passage.spans, passage.exact), citation)
    impact = {}
    for source in facts.sources:
        found = [citation.passage for citation in passages[source].values()]
        found.sort(key=lambda passage: (passage.spans, passage.exact))
        exhibit = exhibits.get(source)
        share = None
        if exhibit is not None and exhibit.against == "seal":
            share = quoted_share([passage.spans for passage in found], exhibit)
        impact[source] = Impact(tuple(by_source[source]), tuple(alone[source]), tuple(found), share)
    return impact


def quoted_share(spans: Iterable[tuple[tuple[int, int], ...]], exhibit: Exhibit) -> float:
    """Share of a source's tokens that some quotation covers, 0 to 1; each token counts once."""
    covered: set[int] = set()
    for parts in spans:
        for start, end in parts:
            covered.update(range(start, end))
    return len(covered) / max(1, exhibit.tokens)


def take_census(facts: Facts, support: Mapping[str, Support]) -> Census:
    """The whole site in numbers."""
    origins = Counter(
        origin
        for backing in support.values()
        for citation in backing.citations
        for origin in citation.origins
    )
    return Census(
        {entity.id: row_of(entity, support) for entity in facts.entities.values()},
        tuple(claim.ref for claim in facts.claims() if claim.rank == "deprecated"),
        dict(sorted(origins.items())),
    )


def row_of(entity: Entity, support: Mapping[str, Support]) -> Row:
    """An entity in one line."""
    counted = Counter(support[claim.ref].standing for claim in entity.claims)
    standings = tuple(counted[standing] for standing in STANDINGS)
    return Row(entity.id, entity.kind_id, entity.name, standings, len(states_of(entity)))
