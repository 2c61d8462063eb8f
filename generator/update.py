"""After an edit: the verified facts as they are now, from those of the last build.

Only what an edit can have touched is read, checked and worked out again. Whatever is not plainly in
order (a finding of any kind, another id of a page; see `edited.py`) is left to a check of the whole project, so the findings that people see are always those of a whole check.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, cast

import msgspec

from generator.diagnostics import Sink
from generator.edited import Edited, NotPlain, Owner, check_together, read_edited
from generator.link import check_links
from generator.link.project import check_cycles, in_order, mentions_of
from generator.model.fact import Entity, Source
from generator.model.kind import Kind
from generator.model.stage import Census, Facts, Impact, Linked, Row, Support, Verified
from generator.release import changed_since
from generator.share import recheck_briefings
from generator.state.splice import conflicts_of, dated, entity_of, merged, splice, voices
from generator.state.world import Lazy, LazySupport, Parties, Summary
from generator.survey import InputFile, SheetFile
from generator.verify import Bench
from generator.verify.briefing import passages_of
from generator.verify.exhibit import Measure, check_voices
from generator.verify.project import check_share, edition_from
from generator.verify.standing import (
    asides_of,
    find_disagreements,
    impact_of,
    row_of,
    support_claim,
)


@dataclass
class Update:
    """Verified facts before and after an edit, and what lies between.

    Attributes:
        entities: Ids of the sheets that were edited; `come` of those that are new, `gone` of those
            that are no more.
        sources: Ids of the records that were edited.
        support: Entities of which some claim is supported otherwise than before.
        claims: Refs of all claims that came, went, or have other words or other support.
        backlinks: Entities that are mentioned otherwise than before.
        impact: Sources on which something else rests.
        months: Months of the timeline that have changed.
        verified: How many quotations were compared with their sources.
    """

    before: Verified
    after: Verified
    summary: Summary
    come: set[str]
    gone: set[str]
    entities: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    support: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    backlinks: set[str] = field(default_factory=set)
    impact: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)
    verified: int = 0

    @property
    def is_moved(self) -> bool:
        """Whether sheets came or went."""
        return bool(self.come or self.gone)


def update_facts(
    before: Verified,
    summary: Summary,
    files: Sequence[InputFile],
    gone: Sequence[SheetFile] = (),
    owner: Owner = lambda _: None,
) -> Update:
    """The facts after some sheets and records were edited.

    Args:
        before: The facts of the last good build.
        summary: The rest of what is known of them.
        files: The files that have changed; sheets may be new.
        gone: Sheets that are no more.
        owner: Knows the identifiers of the last good build.

    Raises:
        NotPlain: when only a whole check can tell.
    """
    edited = read_edited(before, summary.allowing, files, gone)
    check_together(before, edited, owner)
    return _Updater(before, summary, edited).update()


class _Updater:
    def __init__(self, before: Verified, summary: Summary, edited: Edited) -> None:
        self.before = before
        self.summary = summary
        self.edited = edited
        self.old, self.new, self.records = edited.old, edited.new, edited.records
        self.sink = Sink()
        self.result = Update(before, before, summary, edited.come, edited.gone)
        self.result.entities = set(self.new)
        self.result.sources = set(self.records)

    def update(self) -> Update:
        facts = self.facts()
        linked = self.link(facts)
        support = self.verify(linked)
        return self.conclude(linked, support)

    def facts(self) -> Facts:
        before, edited = self.before.facts, self.edited
        present = {id_: entity for id_, entity in self.new.items() if id_ not in edited.gone}
        self.ids = None
        kinds = before.raw.known
        if edited.come or edited.gone:
            self.ids = dict.fromkeys(sorted({*before.entities, *present} - edited.gone))
            came = {id_: present[id_].kind for id_ in edited.come}
            kinds = cast("Lazy[Kind]", kinds).replaced(came, self.ids)
        entities = cast("Lazy[Entity]", before.entities).replaced(present, self.ids)
        sources = cast("Lazy[Source]", before.sources).replaced(self.records)
        held = {**before.raw.digests, **edited.digests}
        digests = {name: held[name] for name in held if name not in edited.lost}
        raw = replace(before.raw, digests=digests, known=kinds)
        known = Lazy(entities, lambda id_: entities[id_].claim)
        return Facts(
            raw, entities, sources, before.origins, before.vocabulary, known, before.briefings
        )

    # How facts hang together.

    def link(self, facts: Facts) -> Linked:
        before = self.before.linked
        conflicts = self.conflicts(facts)
        linked = Linked(
            facts,
            before.aliases,
            self.backlinks(facts),
            self.timeline(facts),
            conflicts,
            self.dependants(),
        )
        self.check_links(linked)
        return linked

    def backlinks(self, facts: Facts) -> Mapping[str, tuple[str, ...]]:
        found = cast("Lazy[tuple[str, ...]]", self.before.linked.backlinks)
        changed = self.edited.respliced(found, mentions_of)
        changed = {id_: refs for id_, refs in changed.items() if id_ in facts.entities}
        for id_ in self.edited.come:  # one of the same id may have been there before
            changed.setdefault(id_, ())
        self.result.backlinks = set(changed)
        return found.replaced(changed, self.ids)

    def timeline(self, facts: Facts) -> Mapping[str, tuple[str, ...]]:
        found = cast("Lazy[tuple[str, ...]]", self.before.linked.timeline)
        months: set[str] = set()
        members: dict[str, list[str]] = {}
        for id_, entity in self.new.items():
            was, now = dated(self.old[id_]), dated(entity)
            months |= {month for month, _ in was.items() ^ now.items()}
            for month, claims in now.items():
                members.setdefault(month, []).extend(ref for ref, _ in claims)
        changed: dict[str, tuple[str, ...]] = {}
        for month in months:
            kept = [ref for ref in found.get(month, ()) if entity_of(ref) not in self.new]
            changed[month] = in_order(facts.claims_of([*kept, *members.get(month, ())]))
        filled = {month: refs for month, refs in changed.items() if refs}
        keys = sorted({*found, *filled} - (changed.keys() - filled.keys()))
        self.result.months = set(changed)
        return found.replaced(filled, dict.fromkeys(keys))

    def conflicts(self, facts: Facts) -> dict[str, tuple[str, ...]]:
        before = self.before.linked.conflicts
        own = [c for sheets in (self.old, self.new) for e in sheets.values() for c in e.claims]
        after = conflicts_of(before, own, facts)
        self.rivals = {ref for ref in after if before.get(ref, ()) != after[ref]}
        return merged(before, after) if self.rivals else dict(before)

    def dependants(self) -> dict[str, tuple[str, ...]]:
        before = self.before.linked.dependants
        changed = self.edited.respliced(before, lambda claim: claim.premises)
        self.bases = set(changed)
        return merged(before, changed)

    def check_links(self, linked: Linked) -> None:
        """Check the edited claims, and those of others that name what has gone or been withdrawn."""
        facts, before = linked.facts, self.before.linked
        dirty = set(self.new)
        for id_, entity in self.new.items():
            former = self.old[id_]
            gone = former.claim.keys() - entity.claim.keys()
            fallen = {
                claim.id
                for claim in entity.claims
                if claim.rank == "deprecated"
                and (was := former.claim.get(claim.id)) is not None
                and was.rank != "deprecated"
            }
            if gone or id_ in self.edited.gone:
                naming = before.backlinks.get(id_, ()), self.before.census.asides.get(id_, ())
                dirty.update(entity_of(ref) for refs in naming for ref in refs)
            for claim_id in gone | fallen:
                ref = f"{id_}#{claim_id}"
                dirty.update(entity_of(other) for other in before.dependants.get(ref, ()))
                dirty.update(entity_of(other) for other in before.conflicts.get(ref, ()))
        claims = [claim for id_ in sorted(dirty) for claim in self.edited.now(facts, id_).claims]
        check_links(linked, claims, self.records.values(), self.sink)
        edited = [claim for entity in self.new.values() for claim in entity.claims]
        check_cycles(facts, edited, self.sink)
        self.stop()

    # What stands behind each claim.

    def verify(self, linked: Linked) -> LazySupport:
        facts, before = linked.facts, self.before
        anew = [
            claim
            for entity in self.new.values()
            for claim in entity.claims
            if self.edited.is_new(claim)
        ]
        for source in self.records:
            for claim in facts.claims_of(before.impact[source].supports):
                if claim.entity not in self.new or not self.edited.is_new(claim):
                    anew.append(claim)
        anew = list({claim.ref: claim for claim in anew}.values())
        if any(facts.entities[claim.entity].path in self.summary.allowing for claim in anew):
            raise NotPlain("a sheet to be checked records exceptions")
        self.result.verified = sum(len(claim.quotations) for claim in anew)
        support = Bench(linked).verify(anew, self.sink)
        self.stop()
        for ref in self.others(facts, support):
            rival = facts.claim(ref)
            if rival is not None:
                support[ref] = support_claim(linked, rival, before.support[ref].citations)
        return self.put(facts, support)

    def others(self, facts: Facts, done: Mapping[str, Support]) -> set[str]:
        """Refs of claims whose standing an edit of other claims may have changed."""
        refs = set(self.rivals)
        for id_, entity in self.new.items():
            for was in self.old[id_].claims:
                now = entity.claim.get(was.id)
                if now is None or now.rank != was.rank:
                    refs.update(self.before.linked.conflicts.get(was.ref, ()))
        return {ref for ref in refs if ref not in done and facts.claim(ref) is not None}

    def put(self, facts: Facts, support: Mapping[str, Support]) -> LazySupport:
        """The support of all claims, given that of the touched ones."""
        before = cast(LazySupport, self.before.support)
        values: dict[str, dict[str, Support]] = {}
        for id_ in {*self.new, *(entity_of(ref) for ref in support)}:
            former = self.edited.supported(id_)
            values[id_] = {
                claim.id: support[claim.ref] if claim.ref in support else former[claim.id]
                for claim in self.edited.now(facts, id_).claims
            }
            if list(values[id_].items()) != list(former.items()):
                self.result.support.add(id_)
        for id_ in self.result.support | self.result.entities:
            self.result.claims |= self.differing(
                id_, facts, self.edited.supported(id_), values[id_]
            )
        return before.replaced(facts.entities, values)

    def differing(
        self, id_: str, facts: Facts, was: Mapping[str, Support], now: Mapping[str, Support]
    ) -> set[str]:
        old, new = self.edited.was(id_).claim, self.edited.now(facts, id_).claim
        return {
            f"{id_}#{claim}"
            for claim in {*old, *new}
            if old.get(claim) != new.get(claim) or was.get(claim) != now.get(claim)
        }

    # What follows.

    def conclude(self, linked: Linked, support: LazySupport) -> Update:
        facts, before, result = linked.facts, self.before, self.result
        impact = self.impact(facts, support)
        census = self.census(facts, support)
        disagreements = before.disagreements
        if self.rivals or census.deprecated != before.census.deprecated:
            disagreements = find_disagreements(linked.conflicts, frozenset(census.deprecated))
        if self.records:
            check_voices(facts, before.overlaps, self.sink)
        self.stop()
        former = self.summary.retrieved
        retrieved = {id_: date for id_, date in former.items() if id_ not in self.records}
        retrieved |= {id_: s.retrieved for id_, s in self.records.items() if s.retrieved}
        edition = edition_from(
            facts.settings, facts.raw.digests, [retrieved[id_] for id_ in sorted(retrieved)]
        )
        result.after = Verified(
            linked,
            support,
            disagreements,
            Parties(census.rows, facts.entities),
            impact,
            edition,
            census,
            before.overlaps,
            briefings=before.briefings,
        )
        recheck_briefings(result.after, result.entities, result.claims, self.records, self.sink)
        self.stop()
        touched = {entity_of(ref) for ref in result.claims} | result.entities
        changes = changed_since(before.changes, result.after, touched, result.sources)
        result.after = replace(result.after, changes=changes)
        result.claims |= self.rivals & {ref for ref in self.rivals if facts.claim(ref)} | self.bases
        result.summary = msgspec.structs.replace(
            self.summary,
            census=census,
            months=tuple(linked.timeline),
            conflicts=dict(linked.conflicts),
            dependants=dict(linked.dependants),
            disagreements=disagreements,
            retrieved=dict(sorted(retrieved.items())),
            edition=edition,
            changes=result.after.changes,
        )
        return result

    def impact(self, facts: Facts, support: LazySupport) -> Mapping[str, Impact]:
        before = cast("Lazy[Impact]", self.before.impact)
        touched = set(self.records)
        for id_ in self.new:
            touched.update(q.source for c in self.old[id_].claims for q in c.quotations)
        for id_ in {*self.new, *self.result.support}:
            touched.update(
                q.source for c in self.edited.now(facts, id_).claims for q in c.quotations
            )
        for source in self.records:
            for claim in facts.claims_of(before[source].supports):
                touched.update(quotation.source for quotation in claim.quotations)
        changed, quoted = dict[str, Impact](), passages_of(self.before.briefings)
        for source in sorted(touched):
            refs = before[source].supports
            for id_ in sorted({*self.new, *self.result.support}):
                claims = self.edited.now(facts, id_).claims
                own = [claim.ref for claim in claims if source in support[claim.ref].sources]
                refs = splice(refs, id_, own)
            cited, words = facts.claims_of(refs), quoted.get(source, ())
            changed[source] = impact_of(facts, source, cited, support, self.measure(source), words)
            check_share(facts, facts.sources[source], changed[source], self.sink)
        self.result.impact = {id_ for id_, one in changed.items() if one != before[id_]}
        return before.replaced(changed)

    def measure(self, source: str) -> Measure | None:
        found = self.summary.measures.get(source)
        if found is None:
            return None
        # Its text is what it was: another one takes a whole build.
        was = self.before.impact.get(source, Impact())
        against = cast(Literal["text", "seal"], found[0])
        return Measure(against, found[1], b"", 0, was.paragraphs, was.starts)

    def census(self, facts: Facts, support: LazySupport) -> Census:
        before = self.before.census
        rows: dict[str, Row] = dict(before.rows)
        deprecated = before.deprecated
        origins = Counter(before.origins)
        for id_ in sorted({*self.new, *self.result.support}):
            entity = self.edited.now(facts, id_)
            rows[id_] = row_of(entity, support)
            fallen = [claim.ref for claim in entity.claims if claim.rank == "deprecated"]
            if fallen or any(entity_of(ref) == id_ for ref in deprecated):
                deprecated = splice(deprecated, id_, fallen)
            origins.subtract(voices(self.edited.supported(id_)))
            origins.update(voices(support.of(id_)))
        if self.ids is not None:
            rows = {id_: rows[id_] for id_ in self.ids}
        counted = {origin: count for origin, count in sorted(origins.items()) if count > 0}
        asides = merged(before.asides, self.edited.respliced(before.asides, asides_of))
        return Census(rows, deprecated, counted, asides)

    def stop(self) -> None:
        """Leave what has findings to a whole check."""
        if len(self.sink):
            raise NotPlain("there are findings")
