"""Checks that everything a briefing names exists, and that what it cites still stands."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from generator.diagnostics import Sink, nearest
from generator.link.reference import Resolver
from generator.model.briefing import Briefing, Cited
from generator.model.stage import Linked
from generator.textfile import Span, TextFile


def check_briefings(linked: Linked, briefings: Iterable[Briefing], sink: Sink) -> None:
    """Check every id that some briefings name."""
    for briefing in briefings:
        _Check(linked, briefing, sink).run()


class _Check:
    def __init__(self, linked: Linked, briefing: Briefing, sink: Sink) -> None:
        self.facts = linked.facts
        self.briefing = briefing
        self.sink = sink
        self.resolver = Resolver(linked.facts, linked.aliases, sink)

    def span(self, start: int, end: int) -> Span:
        """A place in the briefing; the file is read again, for findings alone."""
        settings = self.facts.settings
        file = TextFile.read(Path(settings.root / self.briefing.path), self.briefing.path)
        return file.span(start, end)

    def run(self) -> None:
        places = (*self.briefing.dossier_places, *[(0, 1)] * len(self.briefing.dossier))
        for id_, place in zip(self.briefing.dossier, places, strict=False):
            self.resolver.check_entity(id_, partial(self.span, *place))
        for sentence in self.briefing.sentences():
            for run in sentence.runs:
                if run.entity:
                    self.exists(f"{run.entity}#{run.claim or ''}", run.start, run.end)
            for cited in sentence.cited:
                check = self.claim if cited.claim else self.source
                check(cited)

    def exists(self, ref: str, start: int, end: int) -> bool:
        """Whether the entity of a ref exists and, where it names one, the claim."""
        entity, _, name = ref.partition("#")
        if not self.resolver.check_entity(entity, partial(self.span, start, end)):
            return False
        known = self.facts.known_claims.get(entity)
        if name and known is not None and name not in known:
            self.resolver.unknown_claim(ref, self.span(start, end))
            return False
        return True

    def claim(self, cited: Cited) -> None:
        ref = cited.claim or ""
        if not self.exists(ref, cited.start, cited.end):
            return
        claim = self.facts.claim(ref)
        if claim is None or (claim.rank == "deprecated") == cited.corrected:
            return
        if cited.corrected:
            message, hint = f"`{ref}` has not been corrected", "leave `corrected` out"
        else:
            message = f"`{ref}` has since been corrected"
            hint = (
                "cite what stands, or say so in the sentence and write `corrected` behind the claim"
            )
        self.sink.add("X315", message, self.span(cited.start, cited.end), hint)

    def source(self, cited: Cited) -> None:
        facts, source = self.facts, cited.source or ""
        at = self.span
        if source not in facts.raw.known_sources:
            if not self.resolver.is_broken(facts.settings.seeds):
                near = nearest(source, facts.raw.known_sources)
                self.sink.add("X303", f"no source is called `{source}`", at(cited.start, cited.end),
                              *(near or (f"write its record, `{source}.yml`, among the seeds",)))  # fmt: skip
            return
        record = facts.sources.get(source)
        if record and record.text_mode == "none":
            self.sink.add("X308", f"`{source}` is a link only and cannot be cited",
                          at(cited.start, cited.end), "seal its text, or cite another source")  # fmt: skip
