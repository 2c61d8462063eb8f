"""Assembles all pages and files of the site."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from html import escape

from generator import date as dates
from generator.codes import CODES
from generator.diagnostics import Sink
from generator.model.fact import Claim, Entity, Source
from generator.model.kind import KINDS, STANDINGS
from generator.model.stage import Page, Pages, Verified
from generator.progress import Progress, silent, track
from generator.render import data, schema
from generator.render.address import Addresses, output_file, relative
from generator.render.environment import Templates
from generator.render.mention import Mentions
from generator.render.view import ClaimView, PageView, claim_words
from generator.verify.normalise import RULES

DESCRIPTION_LENGTH = 155  # what search engines and link previews show


def render_site(verified: Verified, sink: Sink, progress: Progress = silent) -> Pages:
    """All pages and files, in memory; faults of templates go to the sink."""
    return _Renderer(verified, sink).site(progress)


class _Renderer:
    def __init__(self, verified: Verified, sink: Sink) -> None:
        self.verified = verified
        self.facts = verified.facts
        self.addresses = Addresses(self.facts.settings.directory_urls)
        self.templates = Templates(self.facts.settings, sink)
        self.mentions = Mentions(verified, self.templates)

    def site(self, progress: Progress) -> Pages:
        pages = [
            self.entity_page(entity)
            for entity in track(
                self.facts.entities.values(), "rendering", progress, len(self.facts.entities)
            )
        ]
        pages += [self.source_page(source) for source in self.facts.sources.values()]
        footer = self.body("footer.html", PageView(self.verified, ""))
        return Pages(tuple(pages), self.sections(), self.files(), footer)

    def body(self, template: str, view: PageView, **context: object) -> str:
        """A page's body; `notes` is the view's list, which fills while claims are rendered."""
        return self.templates.render(
            template,
            view=view,
            verified=self.verified,
            facts=self.facts,
            notes=view.notes,
            mention=self.mentions.on(view.path),
            edition=self.verified.edition,
            **context,
        )

    # Pages of entities and sources: they go into a shell, never through Markdown.

    def entity_page(self, entity: Entity) -> Page:
        view = PageView(self.verified, self.addresses.entity(entity))
        live = [claim for claim in entity.claims if claim.rank != "deprecated"]
        groups = [
            group
            for group in self.verified.disagreements
            if any(ref.partition("#")[0] == entity.id for ref in group)
        ]
        # Claims of other pages are repeated with their words beside them and take no notes here.
        aside = PageView(self.verified, view.path)
        # Views are made in the order of the page, so that notes are numbered as they are read.
        # A claim that has words as well stands in full under its topic, and takes its notes there.
        box = [
            (aside if c.part == "claims" and c.text else view).claim(c)
            for c in live
            if c.part in ("date", "place") or c.property_id
        ]
        roles = view.claims(claim for claim in live if claim.part == "roles")
        parties = [view.party(state) for state in self.verified.parties.get(entity.id, ())]
        participants = view.claims(claim for claim in live if claim.part == "participants")
        topics = self.by_topic(view, live)
        html = self.body(
            "entity.html",
            view,
            entity=entity,
            box=box,
            roles=roles,
            parties=parties,
            participants=participants,
            topics=topics,
            disagreements=[aside.claims(self.facts.claims_of(group)) for group in groups],
            deprecated=view.claims(c for c in entity.claims if c.rank == "deprecated"),
            backlinks=self.facts.claims_of(self.verified.linked.backlinks.get(entity.id, ())),
            standings=self.standings(entity.claims),
        )
        first = next((claim_words(self.verified, claim) for claim in live), "")
        return Page(
            view.path, entity.kind.folder, entity.name, shorten(first), html, (entity.path,)
        )

    def by_topic(self, view: PageView, claims: list[Claim]) -> list[tuple[str, list[ClaimView]]]:
        """Claims of the general part under their topics, in the declared order, the rest last."""
        general = [c for c in claims if c.part == "claims" and (c.text or not c.property_id)]
        order = [*self.facts.vocabulary.topics, None]
        found = []
        for topic in order:
            members = [
                c
                for c in general
                if (c.topic if c.topic in self.facts.vocabulary.topics else None) == topic
            ]
            if members:
                found.append((topic or "Further facts", view.claims(members)))
        return found

    def standings(self, claims: Iterable[Claim]) -> list[tuple[str, int]]:
        """How many claims have each standing, in the order of the key."""
        counted = Counter(self.verified.support[claim.ref].standing for claim in claims)
        return [(standing, counted[standing]) for standing in STANDINGS if counted[standing]]

    def source_page(self, source: Source) -> Page:
        view = PageView(self.verified, self.addresses.source(source))
        impact = self.verified.impact[source.id]
        supported: dict[str, list[Claim]] = {}
        for claim in self.facts.claims_of(impact.supports):
            for quotation in claim.quotations:
                if quotation.source == source.id:
                    claims = supported.setdefault(quotation.exact, [])
                    if not claims or claims[-1] is not claim:  # its quotations come together
                        claims.append(claim)
        passages = [(passage, supported[passage.exact]) for passage in impact.passages]
        html = self.body(
            "source.html",
            view,
            source=source,
            impact=impact,
            origins=[view.origin_name(origin) for origin in source.origins],
            carried=[view.origin_name(origin) for origin in source.carries if origin != source.id],
            passages=passages,
            alone=self.facts.claims_of(impact.alone),
            overlaps=self.overlaps(view, source),
        )
        text = source.abstract or source.descriptor or ""
        return Page(view.path, "sources", source.title, shorten(text), html, (source.path,))

    def overlaps(self, view: PageView, source: Source) -> list[tuple[Source, str, float]]:
        """Other sources that share much of its wording: source, link, share."""
        found = []
        for first, second, share in self.verified.overlaps:
            if source.id in (first, second):
                other = self.facts.sources[second if first == source.id else first]
                found.append((other, view.source_href(other), share))
        return found

    # Pages that the host renders: section indexes and the home page.

    def sections(self) -> dict[str, str]:
        found = {"index.md": self.home()}
        for kind in KINDS:
            entities = [e for e in self.facts.entities.values() if e.kind_id == kind.id]
            view = PageView(self.verified, self.addresses.section(kind.folder))
            rows = [
                (entity, view.link(self.addresses.entity(entity)), self.standings(entity.claims))
                for entity in sorted(entities, key=lambda e: (e.name.casefold(), e.id))
            ]
            found[f"{kind.folder}/index.md"] = self.body("section.html", view, kind=kind, rows=rows)
        found["sources/index.md"] = self.source_list()
        found["timeline/index.md"] = self.timeline()
        found["disagreements/index.md"] = self.disagreements()
        view = PageView(self.verified, self.addresses.page("about", "codes"))
        found["about/codes.md"] = self.body("codes.html", view, codes=CODES.values())
        view = PageView(self.verified, self.addresses.page("about", "method"))
        found["about/method.md"] = self.body(
            "method.html", view, rules=RULES, standings=STANDINGS, settings=self.facts.settings
        )
        return found

    def home(self) -> str:
        view = PageView(self.verified, self.addresses.section(""))
        live = [claim for claim in self.facts.claims() if claim.rank != "deprecated"]
        agreements = [
            (
                entity,
                view.link(self.addresses.entity(entity)),
                [view.party(state) for state in states],
            )
            for entity_id, states in self.verified.parties.items()
            if (entity := self.facts.entities[entity_id])
        ]
        sections = [
            (
                kind,
                view.link(self.addresses.section(kind.folder)),
                [
                    (entity, view.link(self.addresses.entity(entity)))
                    for entity in sorted(self.facts.entities.values(), key=lambda e: -len(e.claims))
                    if entity.kind_id == kind.id
                ],
            )
            for kind in KINDS
        ]
        groups = [view.claims(self.facts.claims_of(group)) for group in self.verified.disagreements]
        return self.body(
            "home.html",
            view,
            live=live,
            agreements=agreements,
            sections=sections,
            recent=self.facts.claims_of(reversed(self.dated()[-8:])),
            disagreements=groups[:3],
            disagreement_count=len(groups),
            standings=self.standings(self.facts.claims()),
            voices=self.voices(),
            links={
                name: view.link(self.addresses.section(name))
                for name in ("timeline", "sources", "disagreements")
            },
            method=view.link(self.addresses.page("about", "method")),
        )

    def voices(self) -> int:
        """Independent origins among all cited sources."""
        return len(self.verified.census.origins)

    def source_list(self) -> str:
        view = PageView(self.verified, self.addresses.section("sources"))
        rows = [
            (
                source,
                view.source_href(source),
                self.verified.impact[source.id],
                [view.origin_name(origin) for origin in source.carries or source.origins],
            )
            for source in self.facts.sources.values()
        ]
        return self.body("sources.html", view, rows=rows, voices=self.voices())

    def dated(self) -> list[str]:
        """Refs of all dated claims in order of time."""
        return [ref for refs in self.verified.linked.timeline.values() for ref in refs]

    def timeline(self) -> str:
        view = PageView(self.verified, self.addresses.section("timeline"))
        years: dict[str, list[Claim]] = {}
        for claim in self.facts.claims_of(self.dated()):
            date = claim.first_date
            if date is not None:
                years.setdefault(str(date.earliest.year), []).append(claim)
        return self.body("timeline.html", view, years=years.items())

    def disagreements(self) -> str:
        view = PageView(self.verified, self.addresses.section("disagreements"))
        deprecated = [claim for claim in self.facts.claims() if claim.rank == "deprecated"]
        return self.body(
            "disagreements.html",
            view,
            groups=[
                view.claims(self.facts.claims_of(group)) for group in self.verified.disagreements
            ],
            deprecated=view.claims(deprecated),
        )

    # Files for programs, and redirects of former ids.

    def files(self) -> dict[str, bytes]:
        files = {
            "data/claims.jsonl": data.json_lines(data.claim_records(self.verified)),
            "data/entities.jsonl": data.json_lines(data.entity_records(self.verified)),
            "data/sources.jsonl": data.json_lines(data.source_records(self.verified)),
            "edition.json": (
                json.dumps(data.edition_record(self.verified), ensure_ascii=False, indent=2) + "\n"
            ).encode(),
            "assets/edition.css": self.edition_css().encode(),
        }
        files |= {path: schema.schema_file(form) for path, form in schema.SCHEMAS.items()}
        for alias, entity_id in self.verified.linked.aliases.items():
            entity = self.facts.entities[entity_id]
            address = self.addresses.page(entity.kind.folder, alias)
            files[output_file(address)] = self.redirect(address, entity).encode()
        return files

    def edition_css(self) -> str:
        """The edition as a custom property, so that print footers can name it without scripts."""
        edition = self.verified.edition
        as_of = f", as of {dates.display(edition.as_of)}" if edition.as_of else ""
        words = f"{self.facts.settings.site_name} · Edition {edition.id}{as_of}"
        safe = words.replace("\\", "").replace('"', "").replace("\n", " ").replace("<", "")
        return f':root {{ --edition: "{safe}"; }}\n'

    def redirect(self, address: str, entity: Entity) -> str:
        """A page that leads from a former id to the present one, also without scripts."""
        href = escape(relative(self.addresses.entity(entity), address))
        name = escape(entity.name)
        return (
            "<!doctype html>\n"
            f'<html lang="en"><head><meta charset="utf-8"><title>{name}</title>'
            f'<meta name="robots" content="noindex"><link rel="canonical" href="{href}">'
            f'<meta http-equiv="refresh" content="0; url={href}"></head>'
            f'<body><p>This page has moved to <a href="{href}">{name}</a>.</p></body></html>\n'
        )


def shorten(text: str) -> str:
    """A text cut at a word to the length of a description."""
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0].rstrip(",;:") + "…"
