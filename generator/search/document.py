"""What is searched: a document for each claim, entity and source, made from the records of the data files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from generator.date import DateFault, display, parse_date
from generator.model.fact import Property

LONGEST_SPAN: Final = 50
"""Years of a span that are all listed; of a longer one only the first and the last are."""
SOURCE: Final = "source"
"""What stands for the kind of entity at a source."""
BRIEFING: Final = "briefing"
"""The same at a briefing."""

_SEARCHED: Final = ("topic", "act", "note", "reason", "reasoning")
_OPEN_YEARS: Final = (1, 9999)  # the ends that a date gives an open interval


class Document(NamedTuple):
    """One thing that can be found.

    Attributes:
        id: Claim reference, entity id or source id.
        url: Its address in the site.
        words: What a result shows: the words of the claim; other names, or publisher and date.
        kind: Kind of entity of the page it stands on, `source` or `briefing`.
        title: Name of that entity, or title of the source.
        names: Names and titles of the page itself; empty for a claim.
        spellings: Other text it is found by: names of linked entities in all spellings, notes.
        standing: Standing of the claim; empty for others.
        sources: Ids of the sources cited.
        years: Years it is about, or, where it has no date, in which its sources came out.
    """

    id: str
    url: str
    words: str
    kind: str
    title: str
    names: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    standing: str = ""
    sources: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


Record = Mapping[str, Any]


def entity_unit(entity: str) -> str:
    """Name of the unit of an entity and its claims."""
    return f"entity/{entity}"


def source_unit(source: str) -> str:
    """Name of the unit of a source."""
    return f"source/{source}"


def briefing_unit(briefing: str) -> str:
    """Name of the unit of a briefing."""
    return f"briefing/{briefing}"


def entity_documents(
    entity: Record,
    claims: Iterable[Record],
    names: Mapping[str, Sequence[str]],
    properties: Mapping[str, Property],
    published: Mapping[str, str | None],
) -> list[Document]:
    """The documents of one unit: an entity, then its claims in the order of the sheet.

    Args:
        entity: Its record, as `data/entities.jsonl` has it.
        claims: Records of its claims, as `data/claims.jsonl` has them.
        names: For each entity id what `names_of` gives, the name to show first; of ids that the
            records mention, those that are missing are searched and shown as they are.
        properties: The properties of the fact box by id.
        published: For each source id the EDTF date on which it came out, or None.
    """
    own = tuple(names.get(entity["id"]) or names_of(entity))
    head = Document(
        id=entity["id"],
        url=entity["url"],
        words=", ".join(own[1:]),
        kind=entity["kind"],
        title=own[0],
        names=own,
        spellings=tuple(entity["identifiers"].values()),
    )
    return [head, *(_claim(claim, own[0], names, properties, published) for claim in claims)]


def source_documents(source: Record) -> list[Document]:
    """The one document of a source, from its record as `data/sources.jsonl` has it."""
    parts = [source["publisher"], _date_words(source["published"])]
    also = [source[key] for key in ("publisher", "author", "descriptor", "abstract")]
    return [
        Document(
            id=source["id"],
            url=source["url"],
            words=", ".join(part for part in parts if part),
            kind=SOURCE,
            title=source["title"],
            names=(source["title"],),
            spellings=tuple(text for text in also if text),
            years=years_of(source["published"]),
        )
    ]


def briefing_documents(briefing: Record) -> list[Document]:
    """The one document of a briefing, from its record as `data/briefings.jsonl` has it."""
    sentences = [sentence["text"] for sentence in briefing["sentences"]]
    return [
        Document(
            id=briefing["id"],
            url=briefing["url"],
            words=f"Briefing {briefing['number']}, as of {_date_words(briefing['as_of'])}",
            kind=BRIEFING,
            title=briefing["title"],
            names=(briefing["title"],),
            spellings=(briefing["summary"], *sentences),
            years=years_of(briefing["as_of"]),
        )
    ]


def names_of(entity: Record) -> tuple[str, ...]:
    """All names of an entity, without repetition, the name to show first."""
    others = (name["name"] for name in entity["names"])
    return tuple(dict.fromkeys((entity["name"], *others, *entity["aliases"])))


@lru_cache(maxsize=1 << 14)
def years_of(date: str | None, until: str | None = None) -> tuple[int, ...]:
    """The years that an EDTF date touches, or a span from one date to another; none if it has no end."""
    found = []
    for text in (date, until):
        try:
            bounds = parse_date(text) if text else None
        except DateFault:
            bounds = None
        if bounds:
            found += [bounds.earliest.year, bounds.latest.year]
    known = [year for year in found if year not in _OPEN_YEARS]
    if not known:
        return ()
    first, last = min(known), max(known)
    if last - first > LONGEST_SPAN:
        return (first, last)
    return tuple(range(first, last + 1))


def _claim(
    claim: Record,
    title: str,
    names: Mapping[str, Sequence[str]],
    properties: Mapping[str, Property],
    published: Mapping[str, str | None],
) -> Document:
    spellings: list[str] = []
    for id_ in (*claim["links"], claim["said_by"], claim["party"], claim["value"]):
        if id_:
            spellings += names.get(id_, ())
    spellings += filter(None, map(claim.get, _SEARCHED))
    sources = tuple(dict.fromkeys([citation["source"] for citation in claim["citations"]]))
    years = _years(claim, properties)
    spellings += map(str, years)
    if not years:
        came_out = [years_of(published.get(source)) for source in sources]
        years = came_out[0] if len(came_out) == 1 else tuple(sorted(set().union(*came_out)))
    return Document(
        id=claim["id"],
        url=claim["url"],
        words=claim["text"] or _value_words(claim, names, properties),
        kind=claim["kind_of_entity"],
        title=title,
        spellings=tuple(spellings),
        standing=claim["standing"],
        sources=sources,
        years=years,
    )


def _years(claim: Record, properties: Mapping[str, Property]) -> tuple[int, ...]:
    if claim["date"]:
        return years_of(claim["date"])
    if claim["from"] or claim["to"]:
        return years_of(claim["from"], claim["to"])
    prop = properties.get(claim["property"] or "")
    is_date = prop.type == "date" if prop else claim["id"].endswith("#date")
    return years_of(claim["value"]) if is_date else ()


def _value_words(
    claim: Record, names: Mapping[str, Sequence[str]], properties: Mapping[str, Property]
) -> str:
    """A claim without text as its page words it: label and value."""
    value, prop = claim["value"] or "", properties.get(claim["property"] or "")
    if prop is None:  # the date or the place of an event
        part = claim["id"].partition("#")[2]
        shown = _date_words(value) if part == "date" else next(iter(names.get(value, ())), value)
        return f"{part.capitalize()}: {shown}"
    if prop.type == "entity":
        shown = next(iter(names.get(value, ())), value)
    elif prop.type == "date":
        shown = _date_words(value)
    else:
        shown = f"{value} {prop.unit}" if prop.unit else value
    return f"{prop.label}: {shown}"


@lru_cache(maxsize=1 << 14)
def _date_words(text: str | None) -> str:
    try:
        return display(parse_date(text)) if text else ""
    except DateFault:
        return text or ""
