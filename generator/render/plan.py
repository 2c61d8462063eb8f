"""The plan of the site: which parts it has, and how its lists are cut into pages.

It is made of ids and counts alone, so it asks for no claim. A *part* is what is drawn in one go,
named by a key: `entity:kazakhstan`, `timeline:1996-04:2`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from generator.model.briefing import Briefing
from generator.model.edition import Change, Since
from generator.model.kind import KIND_OF_FOLDER, KINDS
from generator.model.stage import Row, Verified

ROWS = 100  # of a list of entities or sources
ENTRIES = 60  # of a page of the timeline or of mentions
SUPPORTED = 150  # on a source's page, each below the passage it rests on
MENTIONS = 30  # on an entity's own page, below everything else
GROUPS = 20  # of a page of disagreements
EDITIONS = 20  # of a page of the list of stored editions
CHANGES = 40  # of a page of what has changed since an edition

HOME, SITE, METHOD, CODES, TIMELINE = "home", "site", "method", "codes", "timeline"
TOOLS = "tools"
BRIEFINGS = "briefings"

Item = TypeVar("Item", covariant=True)


@dataclass(frozen=True, slots=True)
class Paged(Generic[Item]):
    """A list cut into pages.

    Attributes:
        items: What it lists, in order.
        size: Items of a page.
        first: Items of the first page where that is less.
    """

    items: tuple[Item, ...]
    size: int
    first: int = 0

    @property
    def total(self) -> int:
        """Number of pages; an empty list has one."""
        return self.number_of(max(0, len(self.items) - 1))

    def number_of(self, index: int) -> int:
        """The page, from 1, of the item at an index."""
        first = self.first or self.size
        return 1 if index < first else 2 + (index - first) // self.size

    def page(self, number: int) -> tuple[Item, ...]:
        """The items of a page; none behind the last."""
        first = self.first or self.size
        start = 0 if number == 1 else first + (number - 2) * self.size
        return self.items[start : first if number == 1 else start + self.size]


class Plan:
    """How a site is divided; everything is worked out when it is first asked for."""

    def __init__(self, verified: Verified) -> None:
        self.verified = verified
        self._mentioned: dict[str, frozenset[str]] = {}
        self._changes: dict[str, Paged[str]] = {}

    @cached_property
    def rows(self) -> dict[str, tuple[Row, ...]]:
        """Entities by folder of their kind, in the order of their lists."""
        found: dict[str, list[Row]] = {kind.id: [] for kind in KINDS}
        for row in self.verified.census.rows.values():
            found[row.kind_id].append(row)
        return {
            kind.folder: tuple(
                sorted(found[kind.id], key=lambda row: (row.name.casefold(), row.id))
            )
            for kind in KINDS
        }

    def entities(self, folder: str) -> Paged[Row]:
        """The list of a kind."""
        return Paged(self.rows[folder], ROWS)

    @cached_property
    def sources(self) -> Paged[str]:
        """The list of sources: ids."""
        return Paged(tuple(self.verified.facts.sources), ROWS)

    @cached_property
    def years(self) -> dict[str, tuple[str, ...]]:
        """The months of each year in which something is dated, in order."""
        found: dict[str, list[str]] = {}
        for month, refs in self.verified.linked.timeline.items():
            if refs:
                found.setdefault(month[:4], []).append(month)
        return {year: tuple(months) for year, months in found.items()}

    def count(self, year: str) -> int:
        """How many claims of the timeline stand in a year."""
        timeline = self.verified.linked.timeline
        return sum(len(timeline[month]) for month in self.years.get(year, ()))

    def is_split(self, year: str) -> bool:
        """Whether a year has pages for its months."""
        return self.count(year) > ENTRIES

    def month(self, month: str) -> Paged[str]:
        """A month of the timeline: refs."""
        return Paged(self.verified.linked.timeline.get(month, ()), ENTRIES)

    def mentions(self, entity_id: str) -> Paged[str]:
        """What mentions an entity: refs."""
        return Paged(self.verified.linked.backlinks.get(entity_id, ()), ENTRIES, MENTIONS)

    def mentioned(self, entity_id: str) -> frozenset[str]:
        """What mentions an entity, as a set."""
        found = self._mentioned.get(entity_id)
        if found is None:
            found = frozenset(self.mentions(entity_id).items)
            self._mentioned[entity_id] = found
        return found

    @cached_property
    def codes(self) -> dict[str, str]:
        """Ids of the countries with an ISO code, by the code."""
        rows = self.verified.census.rows.values()
        return {row.code: row.id for row in reversed(list(rows)) if row.code}

    @cached_property
    def briefing(self) -> dict[str, Briefing]:
        """Briefings by id."""
        return {one.id: one for one in self.verified.briefings}

    @cached_property
    def citing(self) -> dict[str, tuple[str, ...]]:
        """Ids of the briefings that cite a claim, by its ref, or quote a source, by its id."""
        found: dict[str, list[str]] = {}
        for one in self.verified.briefings:
            quoted = [cited.source for cited in one.quotations if cited.source]
            for name in dict.fromkeys([*one.refs, *quoted]):
                found.setdefault(name, []).append(one.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @cached_property
    def papers(self) -> dict[str, tuple[Briefing, ...]]:
        """The briefings that cite a claim of an entity, by its id."""
        found: dict[str, list[Briefing]] = {}
        for one in self.verified.briefings:
            for entity_id in dict.fromkeys(ref.partition("#")[0] for ref in one.refs):
                found.setdefault(entity_id, []).append(one)
        return {entity_id: tuple(papers) for entity_id, papers in found.items()}

    @cached_property
    def naming(self) -> dict[str, tuple[str, ...]]:
        """Ids of the briefings that show the name of an entity."""
        found: dict[str, list[str]] = {}
        for one in self.verified.briefings:
            for name in sorted(one.entities):
                found.setdefault(name, []).append(one.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @property
    def disagreements(self) -> Paged[tuple[str, ...]]:
        """Groups of claims that contradict one another."""
        return Paged(self.verified.disagreements, GROUPS)

    @property
    def deprecated(self) -> Paged[str]:
        """Refs of all deprecated claims."""
        return Paged(self.verified.census.deprecated, GROUPS)

    @cached_property
    def groups(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """By entity, the disagreements in which a claim of it stands."""
        found: dict[str, dict[tuple[str, ...], None]] = {}
        for group in self.verified.disagreements:
            for ref in group:
                found.setdefault(ref.partition("#")[0], {})[group] = None
        return {entity_id: tuple(groups) for entity_id, groups in found.items()}

    @cached_property
    def overlaps(self) -> dict[str, tuple[tuple[str, float], ...]]:
        """By source, the others that share much of its wording, with the share."""
        found: dict[str, list[tuple[str, float]]] = {}
        for first, second, share in self.verified.overlaps:
            found.setdefault(first, []).append((second, share))
            found.setdefault(second, []).append((first, share))
        return {source_id: tuple(others) for source_id, others in found.items()}

    @property
    def editions(self) -> Paged[Since]:
        """Stored editions with what has changed since, the newest first."""
        return Paged(tuple(reversed(self.verified.changes)), EDITIONS)

    @cached_property
    def since(self) -> dict[str, Since]:
        """What has changed since each stored edition, by its id."""
        return {since.id: since for since in self.verified.changes}

    def changes(self, edition: str) -> Paged[str]:
        """What has changed since an edition: refs, `entity:<id>` and `source:<id>`."""
        if edition not in self._changes:
            since, found = self.since.get(edition), list[str]()
            for entity in since.entities.values() if since else ():
                found += [f"entity:{entity.id}"] * bool(entity.kinds)
                found += [change.ref for change in entity.claims]
            found += [f"source:{id_}" for id_ in since.sources] if since else []
            self._changes[edition] = Paged(tuple(found), CHANGES)
        return self._changes[edition]

    def change(self, edition: str, ref: str) -> Change:
        """What has become of a claim since an edition."""
        claims = self.since[edition].entities[ref.partition("#")[0]].claims
        return next(change for change in claims if change.ref == ref)

    def parts(self) -> Iterator[str]:
        """Keys of everything there is to draw."""
        for entity_id in self.verified.census.rows:
            yield entity_part(entity_id)
        for entity_id in self.verified.linked.backlinks:
            pages = self.mentions(entity_id).total
            yield from (mentions_part(entity_id, number) for number in range(2, pages + 1))
        yield from map(source_part, self.verified.facts.sources)
        for folder in KIND_OF_FOLDER:
            for number in range(1, self.entities(folder).total + 1):
                yield list_part(folder, number)
        yield from (sources_part(number) for number in range(1, self.sources.total + 1))
        yield TIMELINE
        for year in self.years:
            yield from self.timeline_parts(year)
        pages = max(self.disagreements.total, self.deprecated.total)
        yield from (disagreements_part(number) for number in range(1, pages + 1))
        yield from (changes_part(number) for number in range(1, self.editions.total + 1))
        for edition in self.since:
            pages = self.changes(edition).total
            yield from (since_part(edition, number) for number in range(1, pages + 1))
        yield from map(briefing_part, self.briefing)
        yield from (BRIEFINGS, HOME, METHOD, CODES, TOOLS, SITE)

    def has(self, part: str) -> bool:
        """Whether the site has a part of this key."""
        kind, *names = part.split(":")
        number = int(names[-1]) if len(names) > 1 else 1
        verified = self.verified
        if kind == "entity":
            return names[0] in verified.census.rows
        if kind == "mentions":
            return names[0] in verified.census.rows and number <= self.mentions(names[0]).total
        if kind == "source":
            return names[0] in verified.facts.sources
        if kind == "briefing":
            return names[0] in self.briefing
        if kind == "list":
            return number <= self.entities(names[0]).total
        if kind == "sources":
            return int(names[0]) <= self.sources.total
        if kind == "disagreements":
            return int(names[0]) <= max(self.disagreements.total, self.deprecated.total)
        if kind == "changes":
            return int(names[0]) <= self.editions.total
        if kind == "since":
            return names[0] in self.since and number <= self.changes(names[0]).total
        if kind == "timeline" and names:
            year = names[0][:4]
            if year not in self.years:
                return False
            return part in set(self.timeline_parts(year))
        return True

    def timeline_parts(self, year: str) -> Iterator[str]:
        """The parts of a year, and of its months where it has pages for them."""
        yield timeline_part(year)
        for month in self.years[year] if self.is_split(year) else ():
            for number in range(1, self.month(month).total + 1):
                yield timeline_part(month, number)


def plan_of(verified: Verified) -> Plan:
    """The plan of some facts: one for all who ask, because it sorts every list once."""
    kept = verified.__dict__
    if _PLAN not in kept:
        kept[_PLAN] = Plan(verified)
    plan: Plan = kept[_PLAN]
    return plan


_PLAN = " plan"


def entity_part(entity_id: str) -> str:
    """An entity's page, the redirects to it, and its lines in the data files."""
    return f"entity:{entity_id}"


def mentions_part(entity_id: str, number: int) -> str:
    """A page of what mentions an entity; the first stands on its own page."""
    return f"mentions:{entity_id}:{number}" if number > 1 else entity_part(entity_id)


def source_part(source_id: str) -> str:
    """A source's page, further pages of what it supports, and its line in the data files."""
    return f"source:{source_id}"


def briefing_part(briefing_id: str) -> str:
    """A briefing's page."""
    return f"briefing:{briefing_id}"


def list_part(folder: str, number: int) -> str:
    """A page of the list of a kind."""
    return f"list:{folder}:{number}"


def sources_part(number: int) -> str:
    """A page of the list of sources."""
    return f"sources:{number}"


def disagreements_part(number: int) -> str:
    """A page of disagreements and of what was corrected."""
    return f"disagreements:{number}"


def changes_part(number: int) -> str:
    """A page of the list of stored editions."""
    return f"changes:{number}"


def since_part(edition: str, number: int) -> str:
    """A page of what has changed since an edition; the first brings the file of all of it."""
    return f"since:{edition}:{number}"


def timeline_part(period: str, number: int = 1) -> str:
    """A page of the timeline: of a year (`1996`), or of a month (`1996-04`)."""
    return f"timeline:{period}:{number}"
