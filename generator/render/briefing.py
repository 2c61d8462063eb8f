"""Pages of briefings: the index, and each with its sentences, notes and sources in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator import date as dates
from generator.date import Date
from generator.model.briefing import Block, Briefing, Cited, Run, Sentence
from generator.model.fact import Claim
from generator.model.kind import LIKELIHOODS, STANDINGS
from generator.model.stage import Page, Verified
from generator.render import data
from generator.render.address import passage_anchor
from generator.render.citing import SourceView
from generator.render.desk import Desk
from generator.render.escape import escape_text
from generator.render.part import Rendered, shorten
from generator.render.view import PageView

FOLDER = "briefings"
CONTENTS = 4
"""Sections from which on a briefing has a list of contents."""
_TAG = {"emphasis": "em", "strong": "strong", "plain": ""}

Notes = dict[tuple[str, str], int]
"""Numbers of the notes: by claim and nothing, or by source and quoted words."""


class NoteView(Struct, frozen=True):
    """A note: a claim with all that stands behind it, or a quotation."""

    number: int
    claim: Claim | None = None
    cited: Cited | None = None
    source: SourceView | None = None
    href: str = ""


class Counts(Struct, frozen=True):
    """What the build counts beside the author's words on the sources."""

    claims: int
    sources: int
    origins: int
    standings: list[tuple[str, int]]
    oldest: Date | None
    newest: Date | None
    ids: tuple[str, ...] = ()


def run_words(verified: Verified, run: Run) -> str:
    """The words of a run; a link without words shows the name."""
    if run.text or not run.entity:
        return run.text
    return verified.census.rows[run.entity].name


def sentence_words(verified: Verified, sentence: Sentence) -> str:
    """A sentence without markup."""
    return "".join(run_words(verified, run) for run in sentence.runs)


def draw_briefing(desk: Desk, briefing_id: str) -> Rendered:
    """A briefing's page."""
    verified = desk.verified
    briefing = desk.plan.briefing[briefing_id]
    view = desk.view(desk.addresses.page(FOLDER, briefing.id))
    notes: Notes = {}
    shown = _Prose(view, notes)
    bottom = Markup(" ").join(map(shown.sentence, briefing.bottom_line))
    sections = [
        (
            section,
            [
                (block, [shown.item(block, item) for item in block.items])
                for block in section.blocks
            ],
        )
        for section in briefing.sections
    ]
    resting = _resting(verified, notes)
    html = desk.body(
        "briefing.html",
        view,
        briefing=briefing,
        papers=_papers(view, briefing),
        bottom_line=bottom,
        sections=sections,
        contents=[s for s, _ in sections if s.title and s.level == 2],
        has_contents=sum(1 for s, _ in sections if s.level == 2) >= CONTENTS,
        summary=Markup(" ").join(map(shown.framing, briefing.summary)),
        counts=(counts := count_sources(verified, briefing)),
        sources=[(desk.source(view, one), resting[one]) for one in counts.ids],
        cited=[_note(view, briefing, key, number) for key, number in notes.items()],
        dossier=[view.entity_link(id_) for id_ in briefing.dossier],
        likelihoods=LIKELIHOODS,
    )
    words = " ".join(sentence_words(verified, one) for one in briefing.bottom_line)
    page = Page(view.path, FOLDER, briefing.title, shorten(words), html, (briefing.path,))
    return Rendered(pages=(page,))


def draw_briefings(desk: Desk) -> Rendered:
    """The index of the briefings, and their data file."""
    verified = desk.verified
    view = desk.view(desk.addresses.section(FOLDER))
    rows = [
        (one, view.link(desk.addresses.page(FOLDER, one.id)), dates.display(one.as_of))
        for one in verified.briefings
    ]
    html = desk.body("briefings.html", view, rows=rows)
    records = [briefing_record(desk, one) for one in verified.briefings]
    return Rendered(
        sections={f"{FOLDER}/index.md": html}, files={data.BRIEFINGS: data.json_lines(records)}
    )


def _papers(view: PageView, briefing: Briefing) -> list[tuple[str, str]]:
    """Label and link of each ready PDF of a briefing and of its dossier; none where there are none."""
    if view.desk.facts.settings.pdf == "none":
        return []
    made = view.desk.addresses.papers(briefing.id)
    if briefing.dossier:
        dossier = view.desk.addresses.papers(f"{briefing.id}-dossier")
        made += [(f"dossier, {label}", address) for label, address in dossier]
    return [(label, view.root + address) for label, address in made]


class _Prose:
    """Draws sentences and numbers what they cite."""

    def __init__(self, view: PageView, notes: Notes) -> None:
        self.view = view
        self.notes = notes

    def item(self, block: Block, item: Iterable[Sentence]) -> Markup:
        """The sentences of a paragraph or list item."""
        draw = self.framing if block.kind == "framing" else self.sentence
        return Markup(" ").join(map(draw, item))

    def framing(self, sentence: Sentence) -> Markup:
        """A sentence that states nothing."""
        return Markup(f"<span data-framing>{self.words(sentence)}</span>")  # noqa: S704 - escaped

    def sentence(self, sentence: Sentence) -> Markup:
        """A sentence with the numbers of its notes."""
        marks = "".join(map(self.mark, sentence.cited))
        return Markup(  # noqa: S704 - of escaped parts
            f'<span class="sentence" data-sentence="{sentence.number}">{self.words(sentence)}'
            f'<sup class="cites">{marks}</sup></span>'
        )

    def words(self, sentence: Sentence) -> str:
        """The words with links and stress."""
        return "".join(map(self.run, sentence.runs))

    def run(self, run: Run) -> str:
        """A run as HTML."""
        words = escape_text(run_words(self.view.desk.verified, run))
        if run.entity and run.claim:
            words = f'<a href="{self.view.claim_href(run.entity, run.claim)}">{words}</a>'
        elif run.entity:
            words = f'<a href="{self.view.entity_href(run.entity)}">{words}</a>'
        tag = _TAG[run.style]
        return f"<{tag}>{words}</{tag}>" if tag else words

    def mark(self, cited: Cited) -> str:
        """The number of a note, as a link to it."""
        key = (cited.claim, "") if cited.claim else (cited.source or "", cited.exact)
        number = self.notes.setdefault(key, len(self.notes) + 1)
        name = f'data-basis="{cited.claim}"' if cited.claim else f'data-quoted="{cited.source}"'
        return f'<a {name} href="#b-{number}" aria-label="Note {number}">{number}</a>'


def _note(view: PageView, briefing: Briefing, key: tuple[str, str], number: int) -> NoteView:
    name, exact = key
    if not exact:
        return NoteView(number, claim=view.desk.facts.claim(name))
    cited = next(one for one in briefing.quotations if (one.source, one.exact) == key)
    source = view.desk.source(view, name)
    return NoteView(
        number, cited=cited, source=source, href=f"{source.href}#{passage_anchor(exact)}"
    )


def _resting(verified: Verified, notes: Notes) -> dict[str, list[int]]:
    """Numbers of the notes that rest on each source."""
    found: dict[str, list[int]] = {}
    for (name, exact), number in notes.items():
        for source in [name] if exact else verified.support[name].sources:
            found.setdefault(source, []).append(number)
    return found


def count_sources(verified: Verified, briefing: Briefing) -> Counts:
    """What stands behind a briefing, in numbers; for the page and for paper."""
    sources: dict[str, None] = {}
    origins: set[str] = set()
    standings = dict.fromkeys(STANDINGS, 0)
    for ref in briefing.refs:
        support = verified.support[ref]
        standings[support.standing] += 1
        sources.update(dict.fromkeys(support.sources))
        origins.update(support.origins)
    for cited in briefing.quotations:
        source = verified.facts.sources[cited.source or ""]
        sources[source.id] = None
        origins.update(source.origins)
    published = [p for one in sources if (p := verified.facts.sources[one].published)]
    return Counts(
        len(briefing.refs),
        len(sources),
        len(origins),
        [(standing, count) for standing, count in standings.items() if count],
        min(published, key=lambda date: date.earliest, default=None),
        max(published, key=lambda date: date.latest, default=None),
        tuple(sources),
    )


def briefing_record(desk: Desk, briefing: Briefing) -> dict[str, Any]:
    """The record of one briefing."""
    verified = desk.verified
    counts = count_sources(verified, briefing)
    return {
        "id": briefing.id,
        "number": briefing.number,
        "title": briefing.title,
        "as_of": briefing.as_of.text,
        "authors": list(briefing.authors),
        "dossier": list(briefing.dossier),
        "summary": " ".join(sentence_words(verified, one) for one in briefing.summary),
        "claims": list(briefing.refs),
        "origins": counts.origins,
        "sentences": [
            {
                "number": one.number,
                "text": sentence_words(verified, one),
                "claims": list(one.refs),
                "quotations": [
                    {"source": c.source, "exact": c.exact, "against": c.against,
                     "paragraph": c.paragraph, "sentence": c.sentence}
                    for c in one.quotations
                ],
            }
            for one in briefing.stated()
        ],
        "url": desk.addresses.page(FOLDER, briefing.id),
    }  # fmt: skip
