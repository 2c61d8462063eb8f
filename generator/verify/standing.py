"""What stands behind each claim: origins, standing, disagreements, party states, impact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping

from generator.markup import links_of
from generator.model.fact import Claim, Entity, Quotation, Source
from generator.model.kind import ACTS, STANDINGS, Act, Standing
from generator.model.stage import (
    Census,
    Citation,
    Facts,
    Impact,
    Linked,
    PartyState,
    Passage,
    Row,
    Support,
)
from generator.verify.exhibit import Measure


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


def support_claim(linked: Linked, claim: Claim, cited: tuple[Citation, ...]) -> Support:
    """The support of a claim, from its checked citations."""
    sources = linked.facts.sources
    live = [c for c in cited if sources[c.quotation.source].status != "retracted"]
    if len(live) == 1:
        voices, origins = 1, live[0].origins
        if len(origins) > 1:
            origins = tuple(sorted(set(origins)))
    else:
        voices = count_voices(citation.origins for citation in live)
        origins = tuple(sorted({origin for citation in live for origin in citation.origins}))
    conflicts = linked.conflicts.get(claim.ref, ())
    disputes = tuple([ref for ref in conflicts if _is_live(linked.facts, ref)])
    return Support(_standing(claim, voices, disputes), cited, origins, voices, disputes)


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


def find_disagreements(
    conflicts: Mapping[str, tuple[str, ...]], deprecated: Container[str]
) -> tuple[tuple[str, ...], ...]:
    """Groups of live claims that contradict one another, directly or in a chain, in id order."""
    seen: set[str] = set()
    groups = []
    for ref in conflicts:
        if ref in seen or ref in deprecated:
            continue
        group, queue = [], [ref]
        seen.add(ref)
        while queue:
            current = queue.pop(0)
            group.append(current)
            for other in conflicts.get(current, ()):
                if other not in seen and other not in deprecated:
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
    facts: Facts,
    support: Mapping[str, Support],
    measures: Mapping[str, Measure],
    quoted: Mapping[str, list[Passage]],
) -> dict[str, Impact]:
    """What rests on each source; `quoted` are the passages that briefings quote themselves."""
    citing: dict[str, list[Claim]] = {source: [] for source in facts.sources}
    for claim in facts.claims():
        citations = support[claim.ref].citations
        if len(citations) == 1:
            citing[citations[0].quotation.source].append(claim)
            continue
        for source in dict.fromkeys(citation.quotation.source for citation in citations):
            citing[source].append(claim)
    return {
        source: impact_of(
            facts, source, claims, support, measures.get(source), quoted.get(source, ())
        )
        for source, claims in citing.items()
    }


def impact_of(
    facts: Facts,
    source: str,
    claims: Iterable[Claim],
    support: Mapping[str, Support],
    measure: Measure | None,
    quoted: Iterable[Passage] = (),
) -> Impact:
    """What rests on one source.

    Args:
        facts: The project's facts.
        source: Its id.
        claims: Those that cite it, in order.
        support: That of these claims.
        measure: Of its exhibit, if it has one.
        quoted: Passages that briefings quote themselves.
    """
    refs: list[str] = []
    alone: list[str] = []
    passages: dict[tuple[tuple[tuple[int, int], ...], str], Passage] = {}
    for claim in claims:
        ref = claim.ref
        refs.append(ref)
        is_alone = claim.rank != "deprecated"
        for citation in support[ref].citations:
            passage = citation.passage
            if passage.source == source:
                passages.setdefault((passage.spans, passage.exact), passage)
            elif facts.sources[passage.source].status != "retracted":
                is_alone = False
        if is_alone:
            alone.append(ref)
    for passage in quoted:
        passages.setdefault((passage.spans, passage.exact), passage)
    found = [passages[place] for place in sorted(passages)]
    share = None
    if measure is not None and measure.against == "seal":
        share = quoted_share([passage.spans for passage in found], measure)
    paragraphs, starts = (measure.paragraphs, measure.starts) if measure is not None else ((), ())
    return Impact(tuple(refs), tuple(alone), tuple(found), share, paragraphs, starts)


def quoted_share(spans: Iterable[tuple[tuple[int, int], ...]], measure: Measure) -> float:
    """Share of a source's tokens that some quotation covers, 0 to 1; each token counts once."""
    covered: set[int] = set()
    for parts in spans:
        for start, end in parts:
            covered.update(range(start, end))
    return len(covered) / max(1, measure.tokens)


def take_census(facts: Facts, support: Mapping[str, Support]) -> Census:
    """The whole site in numbers."""
    origins = Counter(
        origin
        for backing in support.values()
        for citation in backing.citations
        for origin in citation.origins
    )
    asides: dict[str, list[str]] = {}
    deprecated: list[str] = []
    for claim in facts.claims():
        for entity_id in asides_of(claim):
            asides.setdefault(entity_id, []).append(claim.ref)
        if claim.rank == "deprecated":
            deprecated.append(claim.ref)
    return Census(
        {entity.id: row_of(entity, support) for entity in facts.entities.values()},
        tuple(deprecated),
        dict(sorted(origins.items())),
        {entity_id: tuple(refs) for entity_id, refs in sorted(asides.items())},
    )


def asides_of(claim: Claim) -> tuple[str, ...]:
    """Ids of the entities that a claim links to in its note, reason or reasoning, in order."""
    texts = (claim.note, claim.reason, claim.reasoning)
    found = [link.entity for text in texts if text and "[[" in text for link in links_of(text)]
    return tuple(dict.fromkeys(found))


def row_of(entity: Entity, support: Mapping[str, Support]) -> Row:
    """An entity in one line."""
    found = [support[claim.ref].standing for claim in entity.claims]
    standings = tuple(found.count(standing) for standing in STANDINGS)
    return Row(
        entity.id, entity.kind_id, entity.name, standings, len(states_of(entity)), entity.code
    )
