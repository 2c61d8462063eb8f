"""What each stage hands to the next; `render` takes only `Verified`, so it cannot see less."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from msgspec import Struct

from generator.config import Settings
from generator.date import Date
from generator.model.briefing import Briefing
from generator.model.edition import Since, StoredEdition
from generator.model.fact import Claim, Entity, Origin, Quotation, Source, Vocabulary
from generator.model.kind import Act, Kind, Standing
from generator.model.locator import Locator
from generator.textfile import TextFile
from generator.yamlio import Mapping as MappingNode


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A fact sheet as read.

    Attributes:
        plain: Its values, for a file without a fault in its form; None for one that has to be
            looked at as a tree.
    """

    id: str
    kind: Kind
    locator: Locator
    plain: dict[str, Any] | None = None

    @property
    def node(self) -> MappingNode:
        """The sheet's top mapping."""
        return self.locator.tree


@dataclass(frozen=True, slots=True)
class RawSource:
    """A source record, with what lies beside it: files that can be read as text, or None.

    Attributes:
        plain: As for a sheet.
    """

    id: str
    locator: Locator
    text: Locator | None
    seal: Locator | None
    archived: Locator | None
    plain: dict[str, Any] | None = None

    def __reduce__(self) -> tuple[type[RawSource], tuple[object, ...]]:
        # Once a record has become a source, nobody asks for its values again.
        return RawSource, (self.id, self.locator, self.text, self.seal, self.archived)

    @property
    def node(self) -> MappingNode:
        """The record's top mapping."""
        return self.locator.tree


@dataclass(frozen=True, slots=True)
class RawBriefing:
    """A briefing as read.

    Attributes:
        front: Its front matter.
        body: Where the prose begins in the file.
    """

    id: str
    file: TextFile
    front: MappingNode
    body: int


@dataclass(frozen=True)
class Raw:
    """Output of `load`: every file that could be read, as a tree.

    Attributes:
        known: Kind of every id a file name declares, broken files included, so that a fault in
            one file does not make the links to it look wrong.
        known_sources: Ids of all source records, broken ones included.
        origin_ids: Every origin that `origins.yml` declares, well-formed or not.
        digests: SHA-256 of every input file, by shown path.
        allowing: Files whose comments may hold exceptions.
        broken: Shown paths of files that could not be read, and of the folder of sources when it
            is missing: what they would have held is not reported as missing too.
    """

    settings: Settings
    sheets: tuple[RawSheet, ...]
    sources: Mapping[str, RawSource]
    origins: MappingNode | None
    properties: MappingNode | None
    known: Mapping[str, Kind]
    known_sources: Collection[str]
    origin_ids: frozenset[str]
    digests: Mapping[str, str]
    allowing: tuple[Locator, ...] = ()
    broken: frozenset[str] = frozenset()
    editions: tuple[StoredEdition, ...] = ()
    briefings: tuple[RawBriefing, ...] = ()


@dataclass(frozen=True)
class Facts:
    """Output of `validate`: typed entities and sources; each claim well-formed by itself.

    Attributes:
        known_claims: Every claim id a sheet declares, broken claims included.
    """

    raw: Raw
    entities: Mapping[str, Entity]
    sources: Mapping[str, Source]
    origins: Mapping[str, Origin]
    vocabulary: Vocabulary
    known_claims: Mapping[str, Collection[str]]
    briefings: tuple[Briefing, ...] = ()

    @property
    def settings(self) -> Settings:
        """The run's settings."""
        return self.raw.settings

    def claims_of(self, refs: Iterable[str]) -> list[Claim]:
        """The claims of some refs that exist, in their order."""
        return [claim for ref in refs if (claim := self.claim(ref)) is not None]

    def claim(self, ref: str) -> Claim | None:
        """The claim named `entity#claim`, or None."""
        entity_id, _, claim_id = ref.partition("#")
        entity = self.entities.get(entity_id)
        return entity.claim.get(claim_id) if entity else None

    def claims(self) -> list[Claim]:
        """All claims, in the order of ids and sheets."""
        return [claim for entity in self.entities.values() for claim in entity.claims]


@dataclass(frozen=True)
class Linked:
    """Output of `link`: every id resolved.

    Attributes:
        aliases: Former id to present id.
        backlinks: Per entity, refs of the claims of other sheets that mention it.
        timeline: Refs of every dated claim that is not deprecated, in order of time, by the month
            (`2025-11`) of the first day its date may mean; months in order.
        conflicts: Per claim, the claims it conflicts with, declared on either side.
        dependants: Per claim, the derived claims and judgements that have it as a premise.
    """

    facts: Facts
    aliases: Mapping[str, str]
    backlinks: Mapping[str, tuple[str, ...]]
    timeline: Mapping[str, tuple[str, ...]]
    conflicts: Mapping[str, tuple[str, ...]]
    dependants: Mapping[str, tuple[str, ...]]


class Passage(Struct, frozen=True, array_like=True, gc=False):
    """Where a quotation stands in its source.

    Attributes:
        source: Id of the source.
        exact: The quotation as the fact sheet gives it.
        spans: Token positions [start, end) of its parts.
        paragraph: One-based paragraph of its first word, as readers count.
        sentence: One-based sentence within that paragraph.
        against: What it was checked against: `text` or `seal`.
        places: Code-point offsets [start, end) of its parts in an open text; empty for a seal.
    """

    source: str
    exact: str
    spans: tuple[tuple[int, int], ...]
    paragraph: int
    sentence: int
    against: Literal["text", "seal"]
    places: tuple[tuple[int, int], ...] = ()


class Citation(Struct, frozen=True, array_like=True, gc=False):
    """A quotation that has been found in its source."""

    quotation: Quotation
    passage: Passage
    origins: tuple[str, ...]


class Support(Struct, frozen=True, array_like=True, gc=False):
    """What stands behind a claim.

    Attributes:
        standing: One of `kind.STANDINGS`.
        citations: Its checked citations, in the order of the sheet.
        origins: Every origin among the citations, sorted.
        voices: How many of them are independent: origins that one source carries together count
            as one voice with it.
        disputes: Refs of the claims that contradict it and are not deprecated.
    """

    standing: Standing
    citations: tuple[Citation, ...]
    origins: tuple[str, ...]
    voices: int
    disputes: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Distinct sources cited, in the order of the sheet."""
        return tuple(dict.fromkeys(citation.quotation.source for citation in self.citations))


@dataclass(frozen=True, slots=True)
class PartyState:
    """Where a party to an agreement stands: its latest act that is not deprecated.

    Attributes:
        party: Id of the party.
        state: Which act that is.
        act: That act as a claim.
        acts: All its acts that are not deprecated, in the order of `kind.ACTS`.
    """

    party: str
    state: Act
    act: Claim
    acts: tuple[Claim, ...]


class Impact(Struct, frozen=True, array_like=True):
    """What rests on a source.

    Attributes:
        supports: Refs of the claims that cite it, in order.
        alone: Those of them that cite no other current source.
        passages: Its quoted passages, each once, in the order of the text.
        quoted_share: Share of its tokens that the site quotes, 0 to 1; None for an open text.
        paragraphs: Number of tokens of each paragraph of its text.
        starts: Code-point offset of the first token of each paragraph; empty for a sealed text.
    """

    supports: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    quoted_share: float | None = None
    paragraphs: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()


class Row(Struct, frozen=True, array_like=True, gc=False):
    """An entity in one line, for lists.

    Attributes:
        standings: How many of its claims have each of `kind.STANDINGS`, in their order.
        parties: How many parties with a state it has, being an agreement.
        code: Its ISO 3166-1 code, being a country that has one.
    """

    id: str
    kind_id: str
    name: str
    standings: tuple[int, ...]
    parties: int = 0
    code: str = ""

    @property
    def claims(self) -> int:
        """Number of its claims."""
        return sum(self.standings)


class Census(Struct, frozen=True, array_like=True):
    """The whole site in numbers: all that lists and counts need, without the claims themselves.

    Attributes:
        rows: Every entity by id, in order of ids.
        deprecated: Refs of all deprecated claims, in order.
        origins: How many citations speak with the voice of each origin.
        asides: Per entity, refs of the claims that link to it in their note, reason or reasoning,
            in order; those that mention it besides stand among the backlinks as well.
    """

    rows: dict[str, Row]
    deprecated: tuple[str, ...]
    origins: dict[str, int]
    asides: dict[str, tuple[str, ...]] = {}


class Edition(Struct, frozen=True, array_like=True):
    """Names the state of the facts a page was made from."""

    id: str
    as_of: Date | None


@dataclass(frozen=True)
class Verified:
    """Output of `verify`: every citation found in its source, every claim with its standing.

    The mappings may fetch a value only when it is asked for, so a page that needs ten claims of a
    hundred thousand should ask for these ten, by `Facts.claim`.

    Attributes:
        support: By ref of the claim.
        disagreements: Refs of claims that contradict one another, to be shown side by side.
        parties: Per agreement, where its parties stand.
        impact: By id of the source.
        overlaps: Pairs of sources that share much wording, with the share, 0 to 1.
        changes: What has changed since each stored edition, in order of their numbers.
        briefings: Every briefing by number and id, its direct quotations with their places.
    """

    linked: Linked
    support: Mapping[str, Support]
    disagreements: tuple[tuple[str, ...], ...]
    parties: Mapping[str, tuple[PartyState, ...]]
    impact: Mapping[str, Impact]
    edition: Edition
    census: Census
    overlaps: tuple[tuple[str, str, float], ...] = ()
    changes: tuple[Since, ...] = ()
    briefings: tuple[Briefing, ...] = ()

    @property
    def facts(self) -> Facts:
        """The entities and sources."""
        return self.linked.facts


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready for the host's shell.

    Attributes:
        path: Folder-style address inside the site, without leading slash, with trailing slash.
        layout: Which shell it goes into: the section's name.
        html: The body, complete.
        sources: Files it was made from, for messages about colliding addresses.
    """

    path: str
    layout: str
    title: str
    description: str
    html: str
    sources: tuple[str, ...] = ()


FOOTER_ROOT = "{root}"


@dataclass(frozen=True)
class Pages:
    """Output of `render`.

    Attributes:
        pages: Pages for shells.
        sections: Bodies of the section indexes that the host renders as pages of its own, by the
            Markdown file they belong to (`countries/index.md`).
        footer: End of every other page of the host: names the edition. `FOOTER_ROOT` in it stands
            for the way from the page up to the site's root.
        files: Other files of the site, by path: data, schemas, redirects.
    """

    pages: tuple[Page, ...]
    sections: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)
    footer: str = ""
