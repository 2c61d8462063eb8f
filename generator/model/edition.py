"""Editions that were stored, and what has changed since: plain values for reading and typesetting.

A stored edition is a file of JSON lines, `content/editions/<id>.jsonl`: a head, then one line for
each claim, entity and source, sorted. docs/editions.md says what they hold.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import msgspec
from msgspec import Struct

from generator.date import display, parse_date
from generator.markup import Link, parse_markup
from generator.model.kind import ClaimKind, Confidence, Likelihood, Rank, Standing
from generator.model.slug import is_slug

FOLDER = "editions"
"""Folder of the stored editions, under `content/`."""
SUFFIX = ".jsonl"
FORMAT = 1

ClaimChange = Literal[
    "added",
    "changed",
    "withdrawn",
    "removed",
    "reinstated",
    "disputed",
    "settled",
    "single",
    "corroborated",
    "sources",
]
"""What may have become of a claim; one claim may have seen several."""
CLAIM_CHANGES: tuple[ClaimChange, ...] = get_args(ClaimChange)
ThingChange = Literal["added", "renamed", "removed", "corrected", "retracted", "restored"]
"""What may have become of an entity or a source."""


class Head(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """First line of a stored edition.

    Attributes:
        edition: Its id, the short hash of the inputs it was taken from.
        number: Its number, from 1.
        sha256: Of all lines below the head.
        as_of: Date the facts were taken stock of, as EDTF.
        note: What the editors say of it.
        format: Version of the form.
    """

    edition: str
    number: int
    sha256: str
    as_of: str | None = None
    note: str | None = None
    format: int = FORMAT


class StoredClaim(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A claim as an edition stored it.

    Attributes:
        claim: Its ref.
        text: Its sentence with `[[links]]`.
        label: What its value is of, for readers.
        start: First date of a span; `end` its last.
        voices: How many independent origins stood behind it.
        origins: All of them.
        cites: A source and a short hash of the quoted words, `source:hash`, for each citation; the
            words themselves are not stored.
    """

    claim: str
    standing: Standing
    text: str | None = None
    label: str | None = None
    value: str | None = None
    date: str | None = None
    start: str | None = None
    end: str | None = None
    said_by: str | None = None
    topic: str | None = None
    kind: ClaimKind = "reported"
    rank: Rank = "normal"
    reason: str | None = None
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    voices: int = 0
    origins: tuple[str, ...] = ()
    premises: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """Distinct sources cited, in the order of the sheet."""
        return tuple(dict.fromkeys(cite.partition(":")[0] for cite in self.cites))


class StoredEntity(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An entity as an edition stored it."""

    entity: str
    kind: str
    name: str


class StoredSource(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A source as an edition stored it."""

    source: str
    title: str
    publisher: str
    published: str | None = None
    status: str = "current"


StoredRow = StoredClaim | StoredEntity | StoredSource
ROWS: dict[str, type[StoredRow]] = {
    "claim": StoredClaim,
    "entity": StoredEntity,
    "source": StoredSource,
}
"""What a line holds, by its first key."""

_DAY = re.compile(r"\d{4}-\d\d(-\d\d)?\Z")
_ENCODER = msgspec.json.Encoder()
_CLAIM = msgspec.json.Decoder(StoredClaim)
_ENTITY = msgspec.json.Decoder(StoredEntity)
_SOURCE = msgspec.json.Decoder(StoredSource)


@dataclass(frozen=True)
class StoredEdition:
    """A stored edition; its lines are looked up, not held.

    Attributes:
        body: All lines below the head, sorted, each with its line end.
    """

    head: Head
    body: bytes

    def claims_of(self, entity: str) -> dict[str, StoredClaim]:
        """The claims of an entity by ref, in order."""
        rows = map(_CLAIM.decode, self._lines(f'{{"claim":"{entity}#'))
        return {row.claim: row for row in rows}

    def entity(self, id_: str) -> StoredEntity | None:
        """An entity; None when the edition has none of this id."""
        return next(map(_ENTITY.decode, self._lines(f'{{"entity":"{id_}"')), None)

    def entities(self) -> Iterator[StoredEntity]:
        """All its entities, in order."""
        return map(_ENTITY.decode, self._lines('{"entity":"'))

    def source(self, id_: str) -> StoredSource | None:
        """A source; None when the edition has none of this id."""
        return next(map(_SOURCE.decode, self._lines(f'{{"source":"{id_}"')), None)

    def sources(self) -> Iterator[StoredSource]:
        """All its sources, in order."""
        return map(_SOURCE.decode, self._lines('{"source":"'))

    def plain(self, text: str) -> str:
        """A text with its links replaced by their labels, entities by the names they had."""
        if "[[" not in text:
            return text
        parts = []
        for segment in parse_markup(text)[0]:
            if isinstance(segment, Link):
                parts.append(segment.label or self.name(segment.entity))
            else:
                parts.append(segment)
        return "".join(parts)

    def name(self, id_: str) -> str:
        """The name an entity had; its id where it had none."""
        found = self.entity(id_)
        return found.name if found else id_

    def words(self, claim: StoredClaim) -> str:
        """A claim in plain words."""
        if claim.text:
            return self.plain(claim.text)
        value = claim.value or ""
        if entity := self.entity(value) if is_slug(value) else None:
            value = entity.name
        elif _DAY.match(value):
            value = display(parse_date(value))
        return f"{claim.label or 'Value'}: {value}"

    def title(self, id_: str) -> str:
        """The title a source had; its id where it had none."""
        found = self.source(id_)
        return found.title if found else id_

    def _lines(self, lead: str) -> Iterator[bytes]:
        """The lines that begin in some way."""
        key, body = lead.encode(), self.body
        at = self._first(key)
        while body.startswith(key, at):
            end = body.index(b"\n", at)
            yield body[at:end]
            at = end + 1

    def _first(self, key: bytes) -> int:
        """Where the first line stands that is not less than a key."""
        body, low, high = self.body, 0, len(self.body)
        while low < high:
            start = body.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if body[start : start + len(key)] < key:
                low = body.index(b"\n", start) + 1
            else:
                high = start
        return low


def edition_bytes(head: Head, rows: Iterable[StoredRow]) -> tuple[Head, bytes]:
    """The file of an edition: the head with its checksum, and all of the file."""
    body = b"".join(sorted(_ENCODER.encode(row) + b"\n" for row in rows))
    sealed = msgspec.structs.replace(head, sha256=hashlib.sha256(body).hexdigest())
    return sealed, _ENCODER.encode(sealed) + b"\n" + body


class Change(Struct, frozen=True, array_like=True):
    """What has become of a claim since an edition.

    Attributes:
        ref: The claim; a removed one is in no sheet any more.
        kinds: In the order of `CLAIM_CHANGES`.
        former: As the edition had it; None for one that was added.
        words: Its former words, plain; empty for one that was added.
        gained: Sources it cites now and did not; `lost` those it no longer cites.
        lost_titles: Titles of the latter, as they were.
        speaker: Name, as it was, of whoever the edition said it was said by.
    """

    ref: str
    kinds: tuple[ClaimChange, ...]
    former: StoredClaim | None = None
    words: str = ""
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    lost_titles: tuple[str, ...] = ()
    speaker: str = ""


class EntityChange(Struct, frozen=True, array_like=True):
    """What has become of an entity and of its claims.

    Attributes:
        kinds: Of the entity itself: `added`, `renamed`, `removed`; empty where only claims changed.
        former: As the edition had it.
        claims: Its claims that have changed, in the order of the sheet; removed ones last.
    """

    id: str
    kinds: tuple[ThingChange, ...] = ()
    former: StoredEntity | None = None
    claims: tuple[Change, ...] = ()


class SourceChange(Struct, frozen=True, array_like=True):
    """What has become of a source: `added`, `renamed`, `corrected`, `retracted`, `restored`, `removed`."""

    id: str
    kinds: tuple[ThingChange, ...]
    former: StoredSource | None = None


class Since(Struct, frozen=True, array_like=True):
    """All that has changed since an edition.

    Attributes:
        head: The edition.
        entities: By id, those of which something has changed, in order of ids.
        sources: Likewise.
    """

    head: Head
    entities: dict[str, EntityChange] = {}
    sources: dict[str, SourceChange] = {}

    @property
    def id(self) -> str:
        """Id of the edition."""
        return self.head.edition

    @property
    def count(self) -> int:
        """Number of changes: of claims, entities and sources."""
        entities = sum(len(one.claims) + bool(one.kinds) for one in self.entities.values())
        return entities + len(self.sources)

    @property
    def counts(self) -> Mapping[ClaimChange, int]:
        """How many claims have seen each kind of change, in the order of the kinds."""
        found = dict.fromkeys(CLAIM_CHANGES, 0)
        for entity in self.entities.values():
            for change in entity.claims:
                for kind in change.kinds:
                    found[kind] += 1
        return {kind: count for kind, count in found.items() if count}
