"""Which parts of the site an edit changes: those that show something of what was edited.

A part too many costs time, a part too few makes a wrong site. So whatever shows a thing, its name, its
words or its place in a list, before the edit or after it, is in reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.markup import links_of
from generator.model.fact import Claim, Source
from generator.model.kind import KIND
from generator.model.stage import Verified
from generator.render import plan
from generator.render.plan import Paged, Plan, plan_of

Key = tuple[str, str]
"""A paged list: its kind, and the name that tells it from others of the kind."""


class Reach(NamedTuple):
    """What an edit reaches.

    Attributes:
        parts: All parts that may differ.
        lines: Of these the sources on whose pages nothing differs but the lines of some claims, with
            the refs of the claims.
    """

    parts: set[str]
    lines: Mapping[str, set[str]]


def reach(
    before: Verified,
    after: Verified,
    *,
    claims: Iterable[str] = (),
    entities: Iterable[str] = (),
    sources: Iterable[str] = (),
) -> Reach:
    """What may differ between two states of a site; all else is the same.

    Parts that only one of the states has are among them, and some that neither has. An edit of the
    settings, the vocabulary, the origins or a template is beyond it: then everything may differ.

    Args:
        before: The state before the edit.
        after: The state after it; the same object where nothing was added, moved or removed.
        claims: Refs of the claims that are new, gone or changed, in themselves or in their support.
        entities: Ids of the entities that are new, gone or changed in anything but their claims;
            the order of their claims counts.
        sources: Ids of the sources that are new, gone or changed, in their record or their impact.
    """
    states = [_State(before)] if before is after else [_State(before), _State(after)]
    claims, entities, sources = list(claims), list(entities), list(sources)
    found, listed = {plan.HOME, plan.SITE, plan.sources_part(1)}, dict[Key, set[object]]()
    listed[("disagreements", "")] = set()
    listed[("deprecated", "")] = set()
    for number in range(1, plan_of(after).editions.total + 1):
        found.add(plan.changes_part(number))
    for since in after.changes:
        listed[("since", since.id)] = set()
    moved = {one for one in entities if _kind(before, one) != _kind(after, one)}
    retold = [one for one in sources if _told(before, one) != _told(after, one)]
    # Where nothing tells two states apart there is still what either shows.
    retold = sources if before is after else retold
    for state in states:
        for ref in claims:
            state.show(ref)
        for entity_id in entities:
            state.name(entity_id, moved=entity_id in moved)
        for source_id in sources:
            state.list_source(source_id)
            state.list_change(f"source:{source_id}")
        for source_id in retold:
            state.tell(source_id)
        found |= state.parts
        for key, items in state.listed.items():
            listed.setdefault(key, set()).update(items)
    if any(_mapped(before, one) != _mapped(after, one) for one in entities) or (
        before is after and any(_mapped(after, one) for one in entities)
    ):
        # Maps name the countries around; which of them show this one only the atlas knows.
        rows = [row for state in states for row in state.verified.census.rows.values()]
        found |= {plan.entity_part(row.id) for row in rows if row.code}
    for first, second, _ in set(before.overlaps) ^ set(after.overlaps):
        found |= {plan.source_part(first), plan.source_part(second)}
    for key, items in listed.items():
        found |= _pages(key, states[0].plan, states[-1].plan, items)
    lines = _lines(states)
    alone = {part: refs for part, refs in lines.items() if part not in found}
    return Reach(found | lines.keys(), alone)


def _lines(states: Iterable[_State]) -> dict[str, set[str]]:
    """The claims that stand in lines on the pages of sources, by the sources' parts."""
    lines: dict[str, set[str]] = {}
    for state in states:
        for source_id, refs in state.citing.items():
            lines.setdefault(plan.source_part(source_id), set()).update(refs)
    return lines


def near(verified: Verified, entities: Iterable[str], sources: Iterable[str]) -> set[str]:
    """The entities whose papers may show a claim of some entities, or cite some sources.

    They are the entities themselves, those that their claims name, and those of claims that stand
    beside one of theirs; and the same for the entities of claims that cite the sources.
    """
    facts, linked = verified.facts, verified.linked
    found = {entity_id for entity_id in entities if entity_id in facts.entities}
    for source_id in sources:
        if source_id in facts.sources:
            supports = verified.impact[source_id].supports
            found.update(ref.partition("#")[0] for ref in supports)
    for entity_id in list(found):
        for claim in facts.entities[entity_id].claims:
            found |= _named(claim)
            beside = (linked.conflicts.get(claim.ref, ()), linked.dependants.get(claim.ref, ()))
            for refs in (claim.premises, *beside):
                found.update(ref.partition("#")[0] for ref in refs)
    return found


def _kind(verified: Verified, entity_id: str) -> str | None:
    row = verified.census.rows.get(entity_id)
    return row.kind_id if row else None


def _mapped(verified: Verified, entity_id: str) -> tuple[str, str] | None:
    """What maps of other countries say of one; None of what stands on no map."""
    row = verified.census.rows.get(entity_id)
    return (row.code, row.name) if row and row.code else None


def _told(verified: Verified, source_id: str) -> tuple[object, ...] | None:
    """What claims say of a source they cite, or what decides how they stand."""
    source: Source | None = verified.facts.sources.get(source_id)
    if source is None:
        return None
    return (source.title, source.publisher, source.published, source.language, source.url,
            source.status, source.carries)  # fmt: skip


class _State:
    """Gathers what one state of the site shows of the things edited.

    Attributes:
        parts: Parts found.
        listed: Items of paged lists; which pages they stand on is for both states to say.
        citing: Refs of the claims found, by the sources on whose pages they stand in a line.
    """

    def __init__(self, verified: Verified) -> None:
        self.verified = verified
        self.facts, self.linked = verified.facts, verified.linked
        self.plan = plan_of(verified)
        self.parts: set[str] = set()
        self.listed: dict[Key, set[object]] = {}
        self.citing: dict[str, set[str]] = {}
        self._shown: set[str] = set()
        self._told: set[str] = set()

    def show(self, ref: str) -> None:
        """Every part that shows a claim or names it by its words."""
        claim = self.facts.claim(ref)
        if claim is None or ref in self._shown:
            return
        self._shown.add(ref)
        self.list_change(ref)
        self.parts.add(plan.entity_part(claim.entity))
        self._list_entity(claim.entity)
        for entity_id in _named(claim):
            if ref in self.plan.mentioned(entity_id):
                # Its page counts all that mention it, on whatever page they are listed.
                self.parts.add(plan.entity_part(entity_id))
                self._list(("mentions", entity_id), ref)
        for source_id in {quotation.source for quotation in claim.quotations}:
            if source_id in self.facts.sources:
                self.citing.setdefault(source_id, set()).add(ref)
                self._list(("sources", ""), source_id)
        self._show_date(claim)
        self._show_cited(ref)
        self._show_beside(ref)
        # Its words stand as a link with what it rests on, what contradicts it, what rests on it.
        for other in (*claim.premises, *self.linked.conflicts.get(ref, ())):
            self.parts.add(plan.entity_part(other.partition("#")[0]))
        for other in self.linked.dependants.get(ref, ()):
            self.parts.add(plan.entity_part(other.partition("#")[0]))
            self._show_beside(other)
            self._show_cited(other)

    def _show_cited(self, name: str) -> None:
        """The briefings that cite a claim or quote a source, and their data file."""
        self._show_briefings(self.plan.citing.get(name, ()))

    def _show_briefings(self, ids: Iterable[str]) -> None:
        for briefing_id in ids:
            self.parts |= {plan.briefing_part(briefing_id), plan.BRIEFINGS}

    def _show_beside(self, ref: str) -> None:
        """Where a claim stands with its premises in words: disagreements and what was corrected."""
        for group in self.plan.groups.get(ref.partition("#")[0], ()):
            if ref in group:
                self._list(("disagreements", ""), group)
                self.parts.update(plan.entity_part(one.partition("#")[0]) for one in group)
        self._list(("deprecated", ""), ref)

    def _show_date(self, claim: Claim) -> None:
        date = claim.first_date
        if date is not None and claim.rank != "deprecated":
            self.parts.add(plan.TIMELINE)
            month = f"{date.earliest.year:04d}-{date.earliest.month:02d}"
            self._list(("year", month[:4]), month)
            self._list(("month", month), claim.ref)

    def name(self, entity_id: str, *, moved: bool) -> None:
        """Every part that shows an entity's name or address, or something else of its record."""
        row = self.verified.census.rows.get(entity_id)
        if row is None:
            return
        pages = self.plan.mentions(entity_id).total
        self.parts.update(plan.mentions_part(entity_id, n) for n in range(1, pages + 1))
        self._list_entity(entity_id)
        for since in self.verified.changes:
            # A removed claim stands below the entity's name too.
            change = since.entities.get(entity_id)
            for one in change.claims if change else ():
                self.list_change(one.ref)
        self.list_change(f"entity:{entity_id}")
        self._show_briefings(self.plan.naming.get(entity_id, ()))
        for ref in (*self.plan.mentions(entity_id).items, *self._asides(entity_id)):
            self.show(ref)
        for claim in self.facts.entities[entity_id].claims:
            self.show(claim.ref)
            for ref in self.linked.dependants.get(claim.ref, ()) if moved else ():
                self.show(ref)  # wherever it stands it leads to its premises

    def _asides(self, entity_id: str) -> tuple[str, ...]:
        return self.verified.census.asides.get(entity_id, ())

    def list_source(self, source_id: str) -> None:
        """The parts that show what a source supports."""
        if source_id in self.facts.sources:
            self.parts.add(plan.source_part(source_id))
            self._list(("sources", ""), source_id)

    def tell(self, source_id: str) -> None:
        """Every part that shows a claim that cites a source."""
        if source_id not in self.facts.sources:
            return
        self._show_cited(source_id)
        for ref in self.verified.impact[source_id].supports:
            self.show(ref)
        for other, _ in self.plan.overlaps.get(source_id, ()):
            self.parts.add(plan.source_part(other))

    def list_change(self, item: str) -> None:
        """Where it stands what has become of something since the stored editions."""
        for since in self.verified.changes:
            self._list(("since", since.id), item)

    def _list_entity(self, entity_id: str) -> None:
        row = self.verified.census.rows[entity_id]
        self._list(("list", KIND[row.kind_id].folder), entity_id)

    def _list(self, key: Key, item: object) -> None:
        self.listed.setdefault(key, set()).add(item)


def _named(claim: Claim) -> set[str]:
    """Ids of the entities that may have a claim among their mentions."""
    keys = (claim.value_entity, claim.subject, claim.of, claim.said_by)
    return {link.entity for link in links_of(claim.text or "")}.union(filter(None, keys))


def _pages(key: Key, before: Plan, after: Plan, touched: set[object]) -> set[str]:
    """The parts of a paged list that changed where some of its items did."""
    kind, name = key
    if kind == "year":
        return set(_of_year(name, before, after))
    first, second = _paged(key, before), _paged(key, after)
    found = {
        paged.number_of(index)
        for paged in (first, second)
        for index, item in enumerate(paged.items)
        if item in touched
    }
    if len(first.items) != len(second.items):  # every page says how many there are
        found.update(range(1, max(first.total, second.total) + 1))
    elif first.items != second.items:
        pairs = enumerate(zip(first.items, second.items, strict=True))
        found.update(first.number_of(index) for index, (one, other) in pairs if one != other)
        found.add(1)  # in its data files an entity names all that mentions it
    if kind == "since" and found:
        found.add(1)  # it counts the changes, and brings the file of all of them
    return {_part(kind, name, number) for number in found}


def _of_year(year: str, before: Plan, after: Plan) -> Iterator[str]:
    yield plan.timeline_part(year)
    if before.is_split(year) != after.is_split(year):
        yield from before.timeline_parts(year)
        yield from after.timeline_parts(year)


def _paged(key: Key, of: Plan) -> Paged[object]:
    kind, name = key
    match kind:
        case "list":
            return Paged(tuple(row.id for row in of.entities(name).items), plan.ROWS)
        case "sources":
            return of.sources
        case "mentions":
            return of.mentions(name)
        case "month":
            return of.month(name)
        case "since":
            return of.changes(name)
        case "disagreements":
            return of.disagreements
        case _:
            return of.deprecated


def _part(kind: str, name: str, number: int) -> str:
    match kind:
        case "list":
            return plan.list_part(name, number)
        case "sources":
            return plan.sources_part(number)
        case "mentions":
            return plan.mentions_part(name, number)
        case "month":
            return plan.timeline_part(name, number)
        case "since":
            return plan.since_part(name, number)
        case _:
            return plan.disagreements_part(number)
