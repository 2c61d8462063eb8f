"""What has changed since an edition on one page: plain values, ready to be typeset."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model.edition import CLAIM_CHANGES, Change, Since
from generator.model.fact import Claim
from generator.render.changes import address, as_of_words, former_parts, words_of
from generator.render.citing import source_line
from generator.render.desk import Desk
from generator.render.view import plain_text
from generator.render.wording import KIND_OF_CHANGE, STANDING_LABEL, support_words

MOST = 12
"""Changes that a page has room for; the most telling come first."""
# Readers of a print must know first of what no longer holds.
_ORDER = ("withdrawn", "removed", "changed", "disputed", "settled", "added")


@dataclass(frozen=True, slots=True)
class LeafletLine:
    """A change in finished words.

    Attributes:
        entity: Name of the entity whose page it stands on.
        kinds: What has happened, for readers.
        was: The former words; empty where they are the present ones, or there were none.
        now: The present words; empty for a claim that was removed.
        standing: How the claim stands now, and what stands behind it.
        sources: Publisher and date of each source that it cites, or did.
        reason: Why it no longer stands.
        address: Of the claim, below the site's root; empty where there is none.
    """

    entity: str
    kinds: tuple[str, ...]
    was: str
    now: str
    standing: str
    sources: tuple[str, ...]
    reason: str
    address: str


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One page of changes.

    Attributes:
        edition: Number of the edition that it sets beside the present state; `id` is its id.
        as_of: Date of that edition for readers.
        note: What the editors said of that edition.
        counts: Claims by kind of change: label and number.
        lines: The most telling changes.
        left: How many others there are.
        address: Of the page with all changes, below the site's root.
    """

    edition: int
    id: str
    as_of: str
    note: str
    counts: tuple[tuple[str, int], ...]
    lines: tuple[LeafletLine, ...]
    left: int
    address: str


def leaflet(desk: Desk, since: Since, most: int = MOST) -> Leaflet:
    """What has changed since an edition, on one page."""
    changes = [change for entity in since.entities.values() for change in entity.claims]
    changes.sort(key=_weight)
    counts = tuple((KIND_OF_CHANGE[kind], count) for kind, count in since.counts.items())
    return Leaflet(
        edition=since.head.number,
        id=since.id,
        as_of=as_of_words(since.head),
        note=since.head.note or "",
        counts=counts,
        lines=tuple(_line(desk, since, change) for change in changes[:most]),
        left=since.count - min(len(changes), most),
        address=address(desk, since.id, 1),
    )


def _weight(change: Change) -> tuple[int, str]:
    first = next((at for at, kind in enumerate(_ORDER) if kind in change.kinds), len(_ORDER))
    return first, change.ref


def _line(desk: Desk, since: Since, change: Change) -> LeafletLine:
    entity_id = change.ref.partition("#")[0]
    row, claim = desk.rows.get(entity_id), desk.facts.claim(change.ref)
    former = since.entities[entity_id].former
    name = row.name if row else former.name if former else entity_id
    kinds = tuple(KIND_OF_CHANGE[kind] for kind in CLAIM_CHANGES if kind in change.kinds)
    was = former_parts(desk, change).get("text", "")
    if claim is None:
        return LeafletLine(name, kinds, was, "", "", change.lost_titles, "", "")
    return LeafletLine(
        entity=name,
        kinds=kinds,
        was=was,
        now=words_of(desk, change.ref),
        standing=_standing(desk, claim),
        sources=_sources(desk, claim),
        reason=plain_text(desk.verified, claim.reason or "") if claim.rank == "deprecated" else "",
        address=f"{desk.entity_address(entity_id)}#{claim.id}",
    )


def _standing(desk: Desk, claim: Claim) -> str:
    support = desk.verified.support[claim.ref]
    counted = support_words(support)
    return STANDING_LABEL[support.standing] + (f": {counted}" if counted else "")


def _sources(desk: Desk, claim: Claim) -> tuple[str, ...]:
    sources = desk.facts.sources
    return tuple(source_line(sources[id_]) for id_ in desk.verified.support[claim.ref].sources)
