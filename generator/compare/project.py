"""What has changed since each stored edition; pure, and one entity or source at a time.

So an edit compares again only the sheets and records that it touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec.structs import replace

from generator.compare.snapshot import claim_row, entity_row, source_row
from generator.model.edition import (
    CLAIM_CHANGES,
    Change,
    ClaimChange,
    EntityChange,
    Since,
    SourceChange,
    StoredClaim,
    StoredEdition,
    StoredSource,
    ThingChange,
)
from generator.model.stage import Verified

Value = TypeVar("Value")


def compare_editions(verified: Verified, editions: Sequence[StoredEdition]) -> tuple[Since, ...]:
    """What has changed since each edition, in their order."""
    return tuple(_compare(verified, edition) for edition in editions)


def compare_again(
    before: Sequence[Since],
    verified: Verified,
    editions: Sequence[StoredEdition],
    *,
    entities: Iterable[str],
    sources: Iterable[str],
) -> tuple[Since, ...]:
    """What has changed since each edition, after an edit of some entities and sources.

    Args:
        before: What had changed before the edit.
        verified: The facts after it.
        editions: Those that `before` is about, in its order.
        entities: Ids of the entities of which the record, a claim or its support is another.
        sources: Ids of the sources whose record is another.
    """
    entities, sources = sorted(entities), sorted(sources)
    found = []
    for since, edition in zip(before, editions, strict=True):
        told = dict(since.entities)
        for id_ in entities:
            _put(told, id_, compare_entity(verified, edition, id_))
        records = dict(since.sources)
        for id_ in sources:
            _put(records, id_, compare_source(verified, edition, id_))
        is_same = told == since.entities and records == since.sources
        found.append(
            since if is_same else replace(since, entities=_sorted(told), sources=_sorted(records))
        )
    return tuple(found)


def _put(found: dict[str, Value], id_: str, value: Value | None) -> None:
    if value is None:
        found.pop(id_, None)
    else:
        found[id_] = value


def _sorted(found: dict[str, Value]) -> dict[str, Value]:
    return dict(sorted(found.items()))


def _compare(verified: Verified, edition: StoredEdition) -> Since:
    facts = verified.facts
    ids = {*facts.entities, *(row.entity for row in edition.entities())}
    changes = (compare_entity(verified, edition, id_) for id_ in sorted(ids))
    records = {*facts.sources, *(row.source for row in edition.sources())}
    told = (compare_source(verified, edition, id_) for id_ in sorted(records))
    return Since(
        edition.head,
        {change.id: change for change in changes if change},
        {change.id: change for change in told if change},
    )


def compare_entity(verified: Verified, edition: StoredEdition, id_: str) -> EntityChange | None:
    """What has become of an entity and its claims; None where nothing has."""
    facts = verified.facts
    entity, former = facts.entities.get(id_), edition.entity(id_)
    then = edition.claims_of(id_)
    kinds: tuple[ThingChange, ...] = ()
    claims: list[Change] = []
    if entity is None:
        kinds = ("removed",) if former is not None else ()
    else:
        now = entity_row(entity)
        if former is None:
            kinds = ("added",)
        elif former.name != now.name:
            kinds = ("renamed",)
        for claim in entity.claims:
            row = claim_row(claim, verified.support[claim.ref], facts.vocabulary)
            was = then.pop(claim.ref, None)
            if was != row and (change := compare_claim(edition, was, row)):
                claims.append(change)
    claims += [
        _changed(edition, was, ref, ("removed",), (), was.sources) for ref, was in then.items()
    ]
    if not (kinds or claims):
        return None
    return EntityChange(id_, kinds, former, tuple(claims))


def compare_claim(
    edition: StoredEdition, was: StoredClaim | None, now: StoredClaim
) -> Change | None:
    """What has become of a claim that stands now; None where readers would see no difference."""
    if was is None:
        return Change(now.claim, ("added",), gained=now.sources)
    kinds = set(_kinds(edition, was, now))
    gained = tuple(one for one in now.sources if one not in was.sources)
    lost = tuple(one for one in was.sources if one not in now.sources)
    if gained or lost:
        kinds.add("sources")
    if not kinds:
        return None
    ordered = tuple(kind for kind in CLAIM_CHANGES if kind in kinds)
    return _changed(edition, was, now.claim, ordered, gained, lost)


def _changed(
    edition: StoredEdition,
    was: StoredClaim,
    ref: str,
    kinds: tuple[ClaimChange, ...],
    gained: tuple[str, ...],
    lost: tuple[str, ...],
) -> Change:
    """A change, with all the words and names that the edition had."""
    speaker = edition.name(was.said_by) if was.said_by else ""
    titles = tuple(map(edition.title, lost))
    return Change(ref, kinds, was, edition.words(was), gained, lost, titles, speaker)


def _kinds(edition: StoredEdition, was: StoredClaim, now: StoredClaim) -> Iterator[ClaimChange]:
    # Names are those of the edition on both sides: a renamed entity is told of once, not in every
    # claim that mentions it.
    if edition.words(was) != edition.words(now) or _said(was) != _said(now):
        yield "changed"
    fallen, fell = now.rank == "deprecated", was.rank == "deprecated"
    if fallen:
        if not fell:
            yield "withdrawn"
        return
    if fell:
        yield "reinstated"
        return
    is_disputed, was_disputed = now.standing == "disputed", was.standing == "disputed"
    if is_disputed != was_disputed:
        yield "disputed" if is_disputed else "settled"
    if now.voices == 1 and was.voices > 1:
        yield "single"
    if now.voices > 1 and was.voices == 1:
        yield "corroborated"


def _said(row: StoredClaim) -> tuple[object, ...]:
    """What a claim says besides its words."""
    return (row.value, row.date, row.start, row.end, row.said_by, row.kind, row.likelihood,
            row.confidence)  # fmt: skip


def compare_source(verified: Verified, edition: StoredEdition, id_: str) -> SourceChange | None:
    """What has become of a source; None where nothing has."""
    source, former = verified.facts.sources.get(id_), edition.source(id_)
    if source is None:
        return SourceChange(id_, ("removed",), former)
    now = source_row(source)
    if former is None:
        return SourceChange(id_, ("added",))
    kinds = tuple(_told(former, now))
    return SourceChange(id_, kinds, former) if kinds else None


def _told(was: StoredSource, now: StoredSource) -> Iterator[ThingChange]:
    if (was.title, was.publisher, was.published) != (now.title, now.publisher, now.published):
        yield "renamed"
    if was.status != now.status:
        if now.status == "corrected":
            yield "corrected"
        elif now.status == "retracted":
            yield "retracted"
        else:
            yield "restored"
