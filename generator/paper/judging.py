"""What a reader needs to judge a paper: counts, the sources with how to read each, the key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from generator import date as dates
from generator.model.fact import Claim
from generator.model.kind import STANDINGS
from generator.model.stage import Verified
from generator.paper.note import Runs, foreign
from generator.render.wording import (
    SOURCE_KIND_LABEL,
    STANDING_ABOUT,
    STANDING_LABEL,
    STATUS_LABEL,
    language,
    plural,
)


def summary_runs(verified: Verified, claims: Sequence[Claim], sources: Sequence[str]) -> Runs:
    """What a paper rests on, counted."""
    support = [verified.support[claim.ref] for claim in claims]
    standings = Counter(one.standing for one in support)
    origins = {origin for one in support for origin in one.origins}
    counted = ", ".join(
        f"{standings[standing]} {STANDING_LABEL[standing].lower()}"
        for standing in STANDINGS
        if standings[standing]
    )
    words = f" {plural(len(claims), 'claim')}"
    words += f": {counted}. " if counted else ". "
    words += f"They rest on {plural(len(sources), 'article')} with {plural(len(origins), 'origin')}"
    published = [
        date for id_ in sources if (date := verified.facts.sources[id_].published) is not None
    ]
    if published:
        oldest = min(published, key=lambda date: date.earliest)
        newest = max(published, key=lambda date: date.latest)
        shown = dates.display(oldest), dates.display(newest)
        words += (
            f", published {shown[0]}"
            if shown[0] == shown[1]
            else f", published from {shown[0]} to {shown[1]}"
        )
    return [{"s": "What this rests on.", "strong": True}, f"{words}."]


def source_rows(
    verified: Verified,
    claims: Sequence[Claim],
    sources: Sequence[str],
    origin: Callable[[str], str],
) -> list[dict[str, Any]]:
    """The sources of a paper in the order of their first note, each with how to read it."""
    cited: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for claim in claims:
        named = verified.support[claim.ref].sources
        cited.update(named)
        if len(named) == 1:
            alone.update(named)
    rows = []
    for id_ in sources:
        source = verified.facts.sources[id_]
        line = [SOURCE_KIND_LABEL[source.kind]]
        line += [source.author] if source.author else []
        line += [dates.display(source.published)] if source.published else []
        line += [language(source.language)] if source.language != "en" else []
        if source.status != "current":
            line.append(f"{STATUS_LABEL[source.status]}: {source.reason or 'no reason given'}")
        weight = f"Carries {plural(cited[id_], 'claim')} of this paper"
        weight += f", {alone[id_]} of them alone." if alone[id_] else ", none of them alone."
        if not cited[id_]:
            weight = "Quoted directly."
        others = [origin(one) for one in source.origins if one != id_]
        if others:
            weight += f" Repeats {', '.join(others)}."
        rows.append({
            "publisher": source.publisher,
            "title": ["“", foreign(source.title, source.language), "”"],
            "line": [f"{'; '.join(line).removesuffix('.')}."],
            "about": [" ".join((source.descriptor or "").split())] if source.descriptor else [],
            "weight": weight,
            "url": source.url,
        })  # fmt: skip
    return rows


def key_rows() -> list[tuple[str, str]]:
    """The standings, each with what it means."""
    return [(STANDING_LABEL[standing], STANDING_ABOUT[standing]) for standing in STANDINGS]
