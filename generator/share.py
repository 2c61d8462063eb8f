"""The shares of a check: what one process does with some files or claims, and how it comes back.

Facts cross between processes as `msgspec` bytes, which is several times faster than pickling them.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import force_setattr

from generator.config import Settings
from generator.diagnostics import Diagnostic, Sink
from generator.link import check_briefings, check_links
from generator.load import Reading, read_files
from generator.model.fact import Claim, Entity, Quotation, Source, Vocabulary
from generator.model.locator import Locator
from generator.model.pack import encode
from generator.model.stage import Linked, RawSource, Support, Verified
from generator.survey import InputFile, SheetFile
from generator.validate import Validated
from generator.verify import Bench, Verdict
from generator.verify.exhibit import Measure


class _Facts(msgspec.Struct, array_like=True):
    entities: list[Entity]
    sources: list[Source]


class _Citations(msgspec.Struct, array_like=True):
    measures: dict[str, Measure]
    support: dict[str, Support]


_NOWHERE = Quotation("", "")
_REPEATED = ("topic", "property_id", "value_entity", "subject", "of", "said_by")
_FACTS = msgspec.msgpack.Decoder(_Facts)
_CITATIONS = msgspec.msgpack.Decoder(_Citations)


@dataclass
class ReadShare:
    """What has come of some files."""

    reading: Reading
    found: Validated
    findings: list[Diagnostic]

    def __reduce__(self) -> tuple[Callable[..., ReadShare], tuple[Any, ...]]:
        facts = encode(_Facts(self.found.entities, self.found.sources))
        # Sheets have become entities; nobody asks for their values again.
        self.reading.sheets.clear()
        return _unpack_read, (facts, self.found.declared, self.reading, self.findings)


def _shared_words(entities: Iterable[Entity]) -> None:
    """Let facts that say the same word hold the same one: each came with words of its own."""
    for entity in entities:
        id_ = intern(entity.id)
        force_setattr(entity, "id", id_)
        for claim in entity.claims:
            force_setattr(claim, "entity", id_)
            for name in _REPEATED:
                word = getattr(claim, name)
                if word is not None:
                    force_setattr(claim, name, intern(word))
            for quotation in claim.quotations:
                force_setattr(quotation, "source", intern(quotation.source))


def _unpack_read(
    packed: bytes, declared: dict[str, frozenset[str]], reading: Reading, findings: list[Diagnostic]
) -> ReadShare:
    facts = _FACTS.decode(packed)
    _shared_words(facts.entities)
    return ReadShare(reading, Validated(facts.entities, facts.sources, declared), findings)


def read_share(
    settings: Settings, vocabulary: Vocabulary | None, files: Sequence[InputFile]
) -> ReadShare:
    """Read and validate some files."""
    sink = Sink()
    reading = read_files(settings, files, sink)
    found = Validated()
    for sheet in reading.sheets:
        found.add_sheet(sheet, vocabulary, sink)
    for source in reading.sources:
        found.add_source(settings, source, reading.broken, sink)
    return ReadShare(reading, found, sink.findings)


def place_facts(
    found: Validated, files: Sequence[InputFile], sources: Mapping[str, RawSource]
) -> None:
    """Tell facts that have come from another process where they stand."""
    sheets = {file.id: file for file in files if isinstance(file, SheetFile)}
    for entity in found.entities:
        if entity.locator is None:
            file = sheets[entity.id]
            entity.located(Locator(file.path, file.shown))
    for source in found.sources:
        if source.locator is None:
            force_setattr(source, "locator", sources[source.id].locator)


class Case(NamedTuple):
    """A source with the claims that are verified along with it: those that cite it first."""

    source: Source | None
    claims: tuple[Claim, ...]


@dataclass
class VerifiedShare:
    """What has come of some cases."""

    verdict: Verdict
    findings: list[Diagnostic]

    def __reduce__(self) -> tuple[Callable[..., VerifiedShare], tuple[Any, ...]]:
        packed = encode(_Citations(self.verdict.measures, self.verdict.support))
        return _unpack_verified, (packed, self.findings)


def _unpack_verified(packed: bytes, findings: list[Diagnostic]) -> VerifiedShare:
    citations = _CITATIONS.decode(packed)
    return VerifiedShare(Verdict(citations.measures, citations.support), findings)


def share_words(support: Mapping[str, Support], linked: Linked) -> None:
    """Let checked citations hold the words of the facts; those of another process have their own."""
    facts = linked.facts
    origins: dict[tuple[str, ...], tuple[str, ...]] = {}
    for ref, backing in support.items():
        claim = facts.claim(ref)
        if claim is None or len(claim.quotations) != len(backing.citations):
            continue
        force_setattr(backing, "origins", origins.setdefault(backing.origins, backing.origins))
        for quotation, citation in zip(claim.quotations, backing.citations, strict=True):
            if citation.quotation is quotation:
                continue  # checked in this process
            passage = citation.passage
            force_setattr(passage, "source", quotation.source)
            force_setattr(passage, "exact", quotation.exact)
            force_setattr(citation, "quotation", quotation)
            force_setattr(
                citation, "origins", origins.setdefault(citation.origins, citation.origins)
            )


def cases_of(linked: Linked) -> list[Case]:
    """All claims, by the source that each cites first; sources cited together follow one another.

    So a share needs few sources, and they need not be open for long.
    """
    facts = linked.facts
    by_source: dict[str, list[Claim]] = {source: [] for source in facts.sources}
    beside: dict[str, dict[str, None]] = {}
    for claim in facts.claims():
        first, *others = (quotation.source for quotation in claim.quotations or (_NOWHERE,))
        by_source.setdefault(first, []).append(claim)
        for other in others:
            beside.setdefault(first, {})[other] = None
            beside.setdefault(other, {})[first] = None
    return [
        Case(facts.sources.get(id_), tuple(by_source.get(id_, ())))
        for id_ in _in_reach(by_source, beside)
    ]


def _in_reach(ids: Iterable[str], beside: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Each id once, if possible after one that it stands beside."""
    seen: set[str] = set()
    for start in ids:
        left = [start]
        while left:
            id_ = left.pop()
            if id_ not in seen:
                seen.add(id_)
                yield id_
                left += beside.get(id_, ())


def verify_share(linked: Linked, bench: Bench, cases: Sequence[Case]) -> VerifiedShare:
    """Check the links and the citations of some cases."""
    sink = Sink()
    measures: dict[str, Measure] = {}
    support: dict[str, Support] = {}
    for case in cases:
        sources = [case.source] if case.source else []
        check_links(linked, case.claims, sources, sink)
        measures |= bench.measure([source.id for source in sources], sink)
        support |= bench.verify(case.claims, sink)
    return VerifiedShare(Verdict(measures, support), sink.findings)


def recheck_briefings(
    verified: Verified,
    entities: Container[str],
    claims: Container[str],
    sources: Container[str],
    sink: Sink,
) -> None:
    """Check again the briefings that show or cite something of what was edited.

    They stay as they are: only what they cite may have changed under them.

    Args:
        verified: The facts as they are now.
        entities: Ids of the edited sheets.
        claims: Refs of the claims that have changed.
        sources: Ids of the edited records.
        sink: Takes what no longer holds.
    """
    linked = verified.linked
    touched = [
        one
        for one in verified.briefings
        if any(ref in claims for ref in one.refs)
        or any(id_ in entities for id_ in one.entities)
        or any(cited.source in sources for cited in one.quotations)
    ]
    if not touched:
        return
    check_briefings(linked, touched, sink)
    again = Bench(linked).verify_briefings(touched, verified.support, sink)
    if again != tuple(touched):
        raise ValueError(
            "a briefing's quotations have moved"
        )  # its sources are inputs of their own
