"""What one page shows, gathered while it is read, to be judged when all of it is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from generator.audit.atlas import Passage
from generator.audit.landing import Landing
from generator.audit.outline import Outline
from generator.audit.row import ClaimRow


class Note(NamedTuple):
    """A note, with the quotations and links in it."""

    number: str
    anchor: str
    exacts: tuple[str, ...]
    hrefs: tuple[str, ...]


@dataclass(slots=True)
class Sheet:
    """What one page shows.

    Attributes:
        path: Its file, relative to the site's folder.
        layout: `data-page` of its briefing article; None when it has none.
        ids: Every id; `names`: every name of an anchor of the old kind.
        links: Every distinct address it links to or loads.
        cites: Where each citation of its claims leads; `rows`: the claims it shows.
        pending: Citations, and the claim that each stands in, that lead to passages not yet known.
        homes: Claims that have their place on it and such a citation, with all their citations.
        anchors: Ids of those claims and of passages, which must not stand twice.
        shown: Refs of repeated claims and of premises.
        owed: Claims that carry no citation, as may be on the page of their source.
        held: Its passages, each with its anchor.
        places: Refs of the claims that have their place on it.
        records: Numbers in records and around passages; `identities`: in names.
        figures: Numbers that its claims take from records other than their own.
        cited: What each citation at its claim's own place says and leads to; `notes`: the notes.
        rests: Sources and entities whose records it rests on, by id.
        outline: Where its stretches begin.
    """

    path: str
    layout: str | None = None
    ids: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    pending: list[tuple[Landing, ClaimRow]] = field(default_factory=list)
    rows: list[ClaimRow] = field(default_factory=list)
    homes: list[tuple[ClaimRow, list[Landing]]] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    owed: list[ClaimRow] = field(default_factory=list)
    cites: list[Landing] = field(default_factory=list)
    held: list[tuple[str, Passage]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    cited: list[tuple[str, str | None, Landing]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    records: set[int] = field(default_factory=set)
    identities: set[int] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)
    rests: set[str] = field(default_factory=set)
    outline: Outline = field(default_factory=Outline)
