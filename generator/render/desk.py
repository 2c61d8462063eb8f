"""What every page is drawn with: the facts, the addresses, the templates, the plan."""

from __future__ import annotations

from functools import cached_property, partial

from jinja2 import BytecodeCache

from generator.diagnostics import Sink
from generator.model.kind import STANDINGS, Standing
from generator.model.stage import Row, Verified
from generator.render.address import Addresses
from generator.render.citing import SourceView, source_view
from generator.render.environment import Templates
from generator.render.piece import Pieces
from generator.render.plan import plan_of
from generator.render.view import PageView


class Desk:
    """Everything pages have in common; nothing on it depends on the order in which they are drawn.

    Links lead by way of the site's root, so a piece that is repeated, such as a claim mentioned on a
    thousand pages, is the same on every page of one depth and is drawn once for all of them.
    """

    def __init__(
        self, verified: Verified, sink: Sink, bytecode: BytecodeCache | None = None
    ) -> None:
        self.verified = verified
        self.facts = verified.facts
        self.rows = verified.census.rows
        self.addresses = Addresses(self.facts.settings.directory_urls)
        self.plan = plan_of(verified)
        self.sink, self._bytecode = sink, bytecode
        self._bare: dict[str, PageView] = {}
        self._sources: dict[tuple[str, str], SourceView] = {}
        self._addresses: dict[str, str] = {}

    @cached_property
    def templates(self) -> Templates:
        """The templates, compiled when first used."""
        return Templates(self.facts.settings, self.sink, self._bytecode)

    @cached_property
    def pieces(self) -> Pieces:
        """What pages repeat."""
        return Pieces(self)

    def view(self, path: str) -> PageView:
        """The view for a page."""
        return PageView(self, path)

    def bare(self, root: str) -> PageView:
        """A view for what is the same on all pages of a depth."""
        view = self._bare.get(root)
        if view is None:
            # An address of the same depth that no page has, so that no link is one to itself.
            view = self._bare[root] = PageView(self, "-/" * root.count("/"))
        return view

    def entity_address(self, entity_id: str) -> str:
        """Address of an entity's page."""
        address = self._addresses.get(entity_id)
        if address is None:
            row = self.rows[entity_id]
            address = self._addresses[entity_id] = self.addresses.mentions(row, 1)
        return address

    def source(self, view: PageView, source_id: str) -> SourceView:
        """A source as the claims of a page name it."""
        key = (view.root, source_id)
        source = self._sources.get(key)
        if source is None:
            href = view.root + self.addresses.page("sources", source_id)
            source = self._sources[key] = source_view(self.facts.sources[source_id], href)
        return source

    def origin_name(self, origin: str) -> str:
        """Name of an origin; a source that speaks for itself goes by its publisher."""
        found = self.facts.origins.get(origin)
        return found.name if found else self.facts.sources[origin].publisher

    def standings(self, row: Row) -> list[tuple[Standing, int]]:
        """How many claims of an entity have each standing, in the order of the key."""
        return [pair for pair in zip(STANDINGS, row.standings, strict=True) if pair[1]]

    def body(self, template: str, view: PageView, **context: object) -> str:
        """A page's body; `note_items` and `heard` give what the claims before them have cited."""
        pieces, root = self.pieces, view.root
        return self.templates.render(
            template, view=view, root=root, claim_items=pieces.claims, box_items=pieces.box,
            cited_line=pieces.cited, note_items=partial(pieces.notes, view), heard=view.voices,
            mention=partial(pieces.mention, view), side=partial(pieces.side, view),
            passage_items=partial(pieces.passages, view), key=pieces.constant(root, "key"),
            foot=pieces.constant(root, "foot", root, self.addresses.section("changes")), **context,
        )  # fmt: skip
