"""The sheets and records of an edit, as they were and as they are, and what all sheets together must be.

Whatever is not plainly in order is left to a check of the whole project, so the findings that people
see are always those of a whole check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from msgspec.structs import replace

from generator.model.fact import Claim, Entity, Source
from generator.model.stage import Facts, Support, Verified
from generator.share import place_facts, read_share
from generator.state.splice import naming, splice
from generator.state.world import LazySupport
from generator.survey import InputFile, RecordFile, SheetFile


class NotPlain(Exception):
    """An edit that only a whole check can judge; the words say why."""


Owner = Callable[[tuple[str, str]], str | None]
"""Gives the id of the entity that has had an identifier."""


@dataclass
class Edited:
    """What was edited.

    Attributes:
        before: The facts of the last good build.
        old: The edited sheets as they were, by id; one that came without claims.
        new: The same as they are; one that went without claims.
        records: The edited records as they are, by id.
        digests: SHA-256 of the files that were read, by shown path.
        come: Ids of the sheets that are new; `gone`: of those that are no more; `lost`: their files.
    """

    before: Verified
    old: dict[str, Entity]
    new: dict[str, Entity]
    records: dict[str, Source]
    digests: Mapping[str, str]
    come: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)

    def was(self, id_: str) -> Entity:
        """A sheet as it was."""
        return self.old[id_] if id_ in self.old else self.before.facts.entities[id_]

    def now(self, facts: Facts, id_: str) -> Entity:
        """A sheet as it is."""
        return self.new[id_] if id_ in self.new else facts.entities[id_]

    def is_new(self, claim: Claim) -> bool:
        """Whether a claim of an edited sheet is not as it was."""
        return self.old[claim.entity].claim.get(claim.id) != claim

    def supported(self, id_: str) -> Mapping[str, Support]:
        """The support of a sheet's claims as it was, by claim id."""
        return {} if id_ in self.come else cast(LazySupport, self.before.support).of(id_)

    def respliced(
        self, before: Mapping[str, tuple[str, ...]], named: Callable[[Claim], Iterable[str]]
    ) -> dict[str, tuple[str, ...]]:
        """The entries that change in a map from what claims name to the refs of these claims."""
        changed: dict[str, tuple[str, ...]] = {}
        for id_, entity in self.new.items():
            was, now = naming(self.old[id_], named), naming(entity, named)
            for key in {*was, *now}:
                if was.get(key) != now.get(key):
                    refs = changed[key] if key in changed else before.get(key, ())
                    changed[key] = splice(refs, id_, now.get(key, ()))
        return changed


def read_edited(
    before: Verified,
    allowing: Container[str],
    files: Sequence[InputFile],
    gone: Sequence[SheetFile],
) -> Edited:
    """Read what was edited.

    Args:
        before: The facts of the last good build.
        allowing: Files whose comments may have held exceptions.
        files: The files that have changed; sheets may be new.
        gone: Sheets that are no more.

    Raises:
        NotPlain: when it is not well-formed by itself, or records exceptions.
    """
    if any(file.shown in allowing for file in (*files, *gone)):
        raise NotPlain("an edited file records exceptions")
    facts = before.facts
    share = read_share(facts.settings, facts.vocabulary, files)
    place_facts(share.found, files, {raw.id: raw for raw in share.reading.sources})
    if share.findings or share.reading.allowing:
        raise NotPlain("an edited file has findings or records exceptions")
    new = {entity.id: entity for entity in share.found.entities}
    records = {source.id: source for source in share.found.sources}
    if any(file.id not in new for file in files if isinstance(file, SheetFile)):
        raise NotPlain("a sheet was not read")
    if any(file.id not in records for file in files if isinstance(file, RecordFile)):
        raise NotPlain("a record was not read")
    edited = Edited(before, {}, new, records, share.reading.digests)
    for id_, entity in new.items():
        if id_ in facts.entities:
            edited.old[id_] = facts.entities[id_]
        else:
            edited.old[id_] = _blank(entity)
            edited.come.add(id_)
    if len(new) < len(share.found.entities) or any(sheet.id in new for sheet in gone):
        raise NotPlain("a page has changed its kind, or has two")
    for sheet in gone:
        edited.old[sheet.id] = former = facts.entities[sheet.id]
        new[sheet.id] = _blank(former)
        edited.gone.add(sheet.id)
        edited.lost.add(sheet.shown)
    return edited


def check_together(before: Verified, edited: Edited, owner: Owner) -> None:
    """See to what is asked of all sheets together; links and premises aside.

    Args:
        before: The facts of the last good build.
        edited: What was edited.
        owner: Knows the identifiers of the last good build.

    Raises:
        NotPlain: when something may be at fault, or when the site has other lists of pages.
    """
    for id_, source in edited.records.items():
        known = before.facts.sources.get(id_)
        if known is None or known.text_mode != source.text_mode:
            raise NotPlain("a source is new or is checked otherwise")
    moved = edited.come | edited.gone
    for id_, entity in edited.new.items():
        former = edited.old[id_]
        if former.path != entity.path:
            raise NotPlain("a page has changed its kind")
        if (former.aliases, former.identifiers) != (entity.aliases, entity.identifiers):
            raise NotPlain("aliases or identifiers have changed")
        if entity.aliases and id_ in moved:
            raise NotPlain("aliases came or went")
    pairs = [pair for id_ in sorted(edited.come) for pair in edited.new[id_].identifiers]
    if {owner(pair) for pair in pairs} - edited.gone - {None} or len(set(pairs)) < len(pairs):
        raise NotPlain("an identifier may be another's")
    for id_ in edited.come:
        if id_ in before.linked.aliases or _is_taken(before, edited.new[id_]):
            raise NotPlain("a new page may have the address of another")
    if moved:
        kinds = Counter(row.kind_id for row in before.census.rows.values())
        after = kinds + Counter(edited.new[id_].kind_id for id_ in edited.come)
        after -= Counter(edited.old[id_].kind_id for id_ in edited.gone)
        if after.keys() != kinds.keys():
            raise NotPlain("a list of pages comes or goes")


def _is_taken(before: Verified, entity: Entity) -> bool:
    """Whether a list, or a page of the host, may have an entity's address."""
    raw, lead = before.facts.raw, entity.path.removesuffix(".yml")
    is_list = entity.id == "index" and not raw.settings.directory_urls
    pages = (f"{lead}.md", f"{lead}/index.md", f"{lead}/README.md")
    return is_list or any(page in raw.digests for page in pages)


def _blank(entity: Entity) -> Entity:
    """A sheet before it came, or after it went."""
    return replace(entity, claims=())
