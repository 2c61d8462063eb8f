"""The pieces that pages repeat: claims at their place and away from it, notes, passages.

What a piece looks like is said by a macro of `macros.html`, which is cast (`mould.py`); here it is
given its words and links, as finished HTML.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from generator.model.fact import Claim, Source
from generator.model.kind import KIND
from generator.model.stage import Passage
from generator.render.address import passage_anchor
from generator.render.citing import CitationView
from generator.render.escape import escape_text
from generator.render.view import ClaimView, PageView, Reference
from generator.render.wording import (
    SOURCE_KIND_LABEL,
    STANDING_LABEL,
    STATUS_LABEL,
    direction,
    listed,
    plural,
    support_words,
)

if TYPE_CHECKING:
    from generator.render.desk import Desk

KEPT = 65_536
"""Pieces that are kept: some hundred bytes each."""

Supporting = tuple[Passage, list[Claim]]
"""A passage, and the claims that quote it."""


class Here(NamedTuple):
    """The source that a page is about.

    Attributes:
        href: What an anchor of its passages is put behind.
        alone: Refs of the claims that rest on it alone.
        has_text: Whether its whole text stands there.
        quoting: Links to the briefings that quote words of it, by these words.
    """

    source: Source
    href: str
    alone: Collection[str]
    has_text: bool
    quoting: Mapping[str, str]

    def alone_word(self, ref: str) -> str:
        """Whether a claim rests on it alone: any word, or none."""
        return "yes" if ref in self.alone else ""


class Pieces:
    """Draws pieces; what is the same on all pages of a depth is drawn once for all of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._draw = desk.templates.draw
        self._kept: dict[tuple[object, ...], str] = {}
        self._mentions: dict[tuple[str, str, str], tuple[str, str, str, str, str, str]] = {}
        mould = desk.templates.mould
        self._claim, self._stated, self._number = mould("claim"), mould("stated"), mould("number")
        self._box_claim, self._box_mention = mould("box_claim"), mould("box_mention")
        self._mention, self._filters = mould("mention"), mould("filters")
        self._cited, self._cite, self._premise = mould("cited"), mould("cite"), mould("premise")
        self._cite_here = mould("cite_here")
        self._grounds, self._ground = mould("grounds"), mould("ground")
        self._reference = mould("reference")
        self._passage, self._noted, self._note = mould("passage"), mould("noted"), mould("note")
        self._standing = {
            standing: mould("standing").fill(standing, label)
            for standing, label in STANDING_LABEL.items()
        }

    def constant(self, root: str, macro: str, *arguments: object) -> Markup:
        """What a macro makes of arguments that are the same on all pages of a depth."""
        key = (macro, root)
        if key not in self._kept:
            self._kept[key] = self._draw(macro, *arguments)
        return Markup(self._kept[key])  # noqa: S704 - made by a macro, which escapes

    def claims(self, claims: Iterable[ClaimView]) -> Markup:
        """Claims at their own place, as items of a list."""
        fill = self._claim.fill
        return _joined(fill(c.id, c.ref, self._state(c, c.page.words(c.claim))) for c in claims)

    def box(self, claims: Iterable[ClaimView]) -> Markup:
        """The rows of the fact box; claims of the general part with words of their own stand below."""
        return _joined(map(self._row, claims))

    def _row(self, c: ClaimView) -> str:
        claim, label, value = c.claim, escape_text(c.label), str(c.value)
        if claim.part == "claims" and claim.text:
            cited = self._cited.fill(self._standing[c.support.standing], self._links(c))
            return self._box_mention.fill(c.ref, label, value, cited, c.href)
        words = f"{value}: {c.page.words(claim)}" if claim.text else value
        return self._box_claim.fill(claim.id, c.ref, label, self._state(c, words))

    def _state(self, c: ClaimView, words: str) -> str:
        claim, support, page = c.claim, c.support, c.page
        numbers = []
        for citation in support.citations:
            note = page.note(citation, claim.id)
            source = note.source
            numbers.append(
                self._number.fill(str(note.number), source.id, note.href, source.publisher)
            )
        has_grounds = (
            claim.premises or claim.reason or claim.note or support.disputes or c.has_dependants
        )
        is_judged = claim.kind == "judgement"
        return self._stated.fill(
            claim.id,
            words,
            self._standing[support.standing],
            " ".join(numbers),
            support_words(support),
            *_given(
                c.when,
                self._grounded(c) if has_grounds else "",
                c.speaker or "",
                (claim.likelihood or "").capitalize() if is_judged else "",
                (claim.confidence or "") if is_judged else "",
            ),
        )

    def _grounded(self, c: ClaimView) -> str:
        premises = [
            self._ground.fill(ref, href, escape_text(words)) for ref, href, words in c.premises
        ]
        return self._grounds.fill(
            "".join(premises),
            plural(len(premises), "claim"),
            c.reasoning or "",
            self._referred(c.disputes),
            self._referred(c.dependants),
            c.reason or "",
            c.note or "",
        )

    def _referred(self, claims: Iterable[Reference]) -> str:
        fill = self._reference.fill
        return "; ".join([fill(href, escape_text(words.rstrip("."))) for _, href, words in claims])

    def notes(self, view: PageView) -> Markup:
        """The notes that a page has taken so far, below their sources."""
        noted: dict[str, list[str]] = {}
        sources = {}
        for note, claim in zip(view.notes, view.users, strict=True):
            sources[note.source.id] = note.source
            noted.setdefault(note.source.id, []).append(self._note_of(note, claim))
        return _joined(
            self._noted.fill(
                source.publisher,
                escape_text(SOURCE_KIND_LABEL[source.kind]),
                source.href,
                source.title,
                "".join(noted[source.id]),
                source.published,
                source.url,
                *_given(STATUS_LABEL[source.status] if source.status != "current" else ""),
            )
            for source in sources.values()
        )

    def _note_of(self, note: CitationView, claim: str) -> str:
        return self._note.fill(
            str(note.number),
            note.source.language,
            note.source.direction,
            escape_text(note.exact),
            note.href,
            str(note.paragraph),
            str(note.sentence),
            claim,
            *_given(
                escape_text(note.locator or ""),
                str(listed(note.via)),
                escape_text(note.translation or ""),
                escape_text(note.note or ""),
            ),
        )

    def mention(self, view: PageView, claims: Iterable[Claim], *, dated: bool = False) -> Markup:
        """Claims away from their place, each in a line; for a timeline with dates and filters."""
        bare, fill = self._desk.bare(view.root), self._mention.fill
        if not dated:
            return _joined(fill(*self._told(bare, claim)) for claim in claims)
        dated_claims = map(bare.claim, claims)
        return _joined(
            fill(*self._told(bare, c.claim), self._filtered(c), c.when or c.value)
            for c in dated_claims
        )

    def _told(self, bare: PageView, claim: Claim) -> tuple[str, str, str, str, str, str]:
        """What a mention of a claim is made of: its ref, words, standing and links, its place and name."""
        key = (claim.entity, claim.id, bare.root)
        told = self._mentions.get(key)
        if told is None:
            c = bare.claim(claim)
            standing = self._standing[c.support.standing]
            name = escape_text(c.name)
            told = (c.ref, bare.words(claim), standing, self._links(c), c.href, name)
            if len(self._mentions) > KEPT:
                self._mentions.clear()
            self._mentions[key] = told
        return told

    def _keep(self, key: tuple[object, ...], html: str) -> None:
        if len(self._kept) > KEPT:
            self._kept.clear()
        self._kept[key] = html

    def _filtered(self, c: ClaimView) -> str:
        date, topic = c.claim.first_date, c.claim.topic
        return self._filters.fill(
            escape_text(KIND[c.entity.kind_id].label),
            STANDING_LABEL[c.support.standing],
            str(date.earliest.year) if date else "",
            *_given(escape_text(topic or "")),
        )

    def cited(self, c: ClaimView) -> Markup:
        """The standing and the citations of a claim, in one line."""
        return _joined([self._cited.fill(self._standing[c.support.standing], self._links(c))])

    def _links(self, c: ClaimView, here: Here | None = None) -> str:
        """A link for each citation, then one for each premise.

        Args:
            c: The claim.
            here: The source on whose page they stand, which is not named there.
        """
        links, before = [], None
        for citation in c.support.citations:
            quotation = citation.quotation
            source = self._desk.source(c.page, quotation.source)
            is_here = here is not None and source.id == here.source.id
            page = here.href if here is not None and is_here else source.href
            href = f"{page}#{passage_anchor(quotation.exact)}"
            if here is not None and is_here and source is not before:
                links.append(self._cite_here.fill(source.id, href, here.alone_word(c.ref)))
            else:
                name = () if source is before else (source.publisher,)
                links.append(self._cite.fill(source.id, href, *name))
            before = source
        for number, ref in enumerate(c.claim.premises, 1):
            _, href, _ = c.page.reference(ref)
            links.append(self._premise.fill(ref, href, str(number)))
        return "".join(links)

    def side(self, view: PageView, claims: Iterable[Claim], *, corrected: bool = False) -> Markup:
        """Claims away from their place, each with its quotations."""
        return _joined(self._side(view.root, claim, corrected) for claim in claims)

    def _side(self, root: str, claim: Claim, corrected: bool) -> str:
        key = (claim.entity, claim.id, root, "side", corrected)
        html = self._kept.get(key)
        if html is None:
            html = self._draw("side", self._desk.bare(root).claim(claim), corrected)
            self._keep(key, html)
        return html

    def passages(self, view: PageView, here: Here, passages: Iterable[Supporting]) -> Markup:
        """Passages of a source, each with the claims that it supports."""
        source = here.source
        language, way = escape_text(source.language), direction(source.language)
        bare = self._desk.bare(view.root)
        return _joined(
            self._passage.fill(
                passage_anchor(passage.exact),
                source.id,
                language,
                way,
                escape_text(passage.exact),
                str(passage.paragraph),
                str(passage.sentence),
                "".join([self._supported(bare, here, claim) for claim in claims]),
                *_given("yes" if here.has_text else "", here.quoting.get(passage.exact, "")),
            )
            for passage, claims in passages
        )

    def supported(self, view: PageView, here: Here, claim: Claim) -> str:
        """The line of a claim below a passage of a source."""
        return self._supported(self._desk.bare(view.root), here, claim)

    def _supported(self, bare: PageView, here: Here, claim: Claim) -> str:
        ref, words, standing, _, href, name = self._told(bare, claim)
        links = self._links(bare.claim(claim), here)
        return self._mention.fill(ref, words, standing, links, href, name)


def _given(*values: str) -> tuple[str, ...]:
    """Values that are often empty, all of them; none where none is given."""
    return values if any(values) else ()


def _joined(pieces: Iterable[str]) -> Markup:
    return Markup("".join(pieces))  # noqa: S704 - pieces are HTML
