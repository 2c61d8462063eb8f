"""Puts papers together: what each shows, as plain values for the templates."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec

from generator import date as dates
from generator.diagnostics import Sink
from generator.model.stage import Verified
from generator.paper.chapter import Chapters, entity_names
from generator.paper.drawing import qr_figure
from generator.paper.judging import key_rows, source_rows, summary_runs
from generator.paper.order import Order, Paper, digest
from generator.paper.prose import Prose
from generator.render.address import Addresses
from generator.render.data import claim_record
from generator.render.desk import Desk
from generator.render.part import shorten
from generator.render.wording import plural

Block = dict[str, Any]

RUNNING: Final = 90
"""Most characters of a title at the head of each sheet: three lines of large print."""

_RESERVED: Final = ("example", "invalid", "localhost", "test")
LABELS: Final = {
    "bottom_line": "Bottom line",
    "contents": "Contents",
    "sources": "Sources, and how to read them",
    "key": "Key to the standings",
    "attached": "All claims of this paper with their citations, as JSON",
}


class Composer:
    """Composes papers from one state of the facts.

    Attributes:
        live: Address of the published site, with a slash at its end; empty when it is not known or
            nobody could follow it.
    """

    def __init__(self, verified: Verified) -> None:
        self.verified = verified
        self.desk = Desk(verified, Sink())
        self.addresses = Addresses(verified.facts.settings.directory_urls)
        self.live = live_address(verified.facts.settings.site_url)

    @cached_property
    def time(self) -> int:
        """When the facts were taken stock of, in seconds since 1970.

        `SOURCE_DATE_EPOCH` where it is set; the time at which somebody runs the program says nothing.
        """
        clock = os.environ.get("SOURCE_DATE_EPOCH")
        if clock:
            return int(clock)
        as_of = self.verified.edition.as_of
        day = as_of.latest if as_of else datetime.date(2000, 1, 1)
        return int(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp())

    def compose(self, order: Order) -> Paper:
        """The paper that an order asks for.

        Raises:
            KeyError: for an id that no page has.
        """
        if order.since:
            from generator.paper.changes import compose_changes  # it needs this module

            return compose_changes(self, self.desk.plan.since[order.since])
        made = Chapters(self.desk, order, self.live)
        if order.briefing:
            return self.briefing(order, made)
        chapters = [made.chapter(self.verified.facts.entities[id_]) for id_ in order.entities]
        return self.paper(order, made, chapters)

    def briefing(self, order: Order, made: Chapters) -> Paper:
        """A prose briefing, with the pages of its dossier behind it where they are asked for."""
        briefing = self.desk.plan.briefing[order.briefing]
        prose = Prose(made, briefing)
        bottom = prose.said(briefing.bottom_line)
        chapters = [prose.chapter("The briefing" if order.entities else None)]
        chapters += [made.chapter(self.verified.facts.entities[id_]) for id_ in order.entities]
        told = [run for one in prose.said(briefing.summary) for run in one["text"]]
        kind = "Dossier" if order.entities else "Briefing"
        return self.paper(order, made, chapters, {
            "title": briefing.title,
            "running": shorten(briefing.title, RUNNING),
            "authors": list(briefing.authors),
            "kicker": f"{self.verified.facts.settings.site_name} · {kind}",
            "number": briefing.number,
            "as_of": dates.display(briefing.as_of),
            "bottom_line": bottom,
            "names": [],
            "told": told,
        })  # fmt: skip

    def paper(
        self,
        order: Order,
        made: Chapters,
        chapters: list[dict[str, Any]],
        own: Mapping[str, Any] | None = None,
    ) -> Paper:
        """The finished paper; `own` goes before what papers of entities have."""
        settings = self.verified.facts.settings
        entities = [self.verified.facts.entities[id_] for id_ in order.entities]
        one = len(entities) == 1 and not own
        if own:
            title, kicker = own["title"], own["kicker"]
        else:
            names = [entity.name for entity in entities]
            title = names[0] if one else f"Dossier: {_listed(names)}"
            kicker = f"{settings.site_name} · {entities[0].kind.label if one else 'Dossier'}"
        claims = self.verified.facts.claims_of(dict.fromkeys(made.refs))
        records = [
            claim_record(self.verified, self.verified.facts.entities[c.entity], c, self.addresses)
            for c in claims
        ]
        attached = msgspec.json.format(msgspec.json.encode(records), indent=1) + b"\n"
        data: dict[str, Any] = {
            "lang": "en", "region": "GB", "title": title, "kicker": kicker,
            "running": shorten(title, RUNNING),
            "authors": [settings.site_name], "keywords": [e.name for e in entities][:20],
            "names": entity_names(entities[0]) if one else [],
            "bottom_line": [], "labels": LABELS, "page_words": ["Page ", " of "],
            "summary": summary_runs(self.verified, claims, made.notes.sources),
            "description": f"{title}: {plural(len(claims), 'claim')} with checked quotations",
            "chapters": chapters, "notes": made.notes.notes,
            "sources": source_rows(self.verified, claims, made.notes.sources, self.desk.origin_name),
            "key": key_rows(), **(own or {}),
        }  # fmt: skip
        data["summary"] = [*data.pop("told", []), " ", *data["summary"]]
        content = digest({"data": msgspec.json.encode(data), **made.figures})[:10]
        self.imprint(order, made, data, content)
        return Paper(data, attached, made.figures, self.time)

    def imprint(self, order: Order, made: Chapters, data: dict[str, Any], content: str) -> None:
        """Add number, date and edition, and the way to the live page."""
        verified = self.verified
        edition = f"content {content}"
        asked = content
        if verified.changes:
            last = verified.changes[-1]
            shown = {*order.entities, *(ref.partition("#")[0] for ref in made.refs)}
            later = _later(verified, sorted(shown), made.notes.sources)
            since = f", with {plural(later, 'later change')}" if later else ""
            edition = f"{last.head.number} ({last.id}){since}; {edition}"
            asked = last.id
        as_of = dates.display(verified.edition.as_of) if verified.edition.as_of else ""
        as_of = data.get("as_of", as_of)
        facts: list[list[Any]] = [
            ["Number", [data["number"]]] if "number" in data else ["Paper", [order.name]]
        ]
        if as_of:
            facts.append(["As of" if "as_of" in data else "Facts as of", [as_of]])
        facts += [["By", [", ".join(data["authors"])]], ["Edition", [edition]]]
        data["qr"] = None
        if self.live:
            path = ""
            if order.briefing:
                path = self.addresses.page("briefings", order.briefing)
            elif not order.is_dossier:
                path = self.desk.entity_address(order.entities[0])
            address = f"{self.live}{path}?edition={asked}"
            facts.append(["Live page", [{"s": address, "url": address}]])
            data["qr"] = {"alt": f"QR code: the address of the live page, {address}"}
            made.figures["qr.svg"] = qr_figure(address)
        data["facts"] = facts
        data["edition_short"] = f"Content {content}{', facts as of ' + as_of if as_of else ''}"
        data["foot"] = self.verified.facts.settings.site_name
        data["closing"] = [
            "Every claim carries a quotation that the build has found in its source. “Content” names what"
            " this paper shows: two printouts with the same content are the same paper."
        ]


def live_address(site_url: str) -> str:
    """A site's address as paper may show it: empty for one that is reserved for examples."""
    parts = urlsplit(site_url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or host.rpartition(".")[2] in (*_RESERVED, ""):
        return ""
    return site_url if site_url.endswith("/") else f"{site_url}/"


def _listed(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} others"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _later(verified: Verified, entities: Sequence[str], sources: Iterable[str]) -> int:
    """How many changes since the last stored edition are of what a paper shows."""
    last = verified.changes[-1]
    changed = [last.entities[id_] for id_ in entities if id_ in last.entities]
    count = sum(len(one.claims) + bool(one.kinds) for one in changed)
    return count + sum(id_ in last.sources for id_ in sources)
