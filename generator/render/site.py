"""Draws the site: part by part, in any order, or all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jinja2 import BytecodeCache

from generator.diagnostics import Sink
from generator.model.stage import Page, Pages, Verified
from generator.progress import Progress, silent, track
from generator.render import data
from generator.render.briefing import draw_briefing, draw_briefings
from generator.render.changes import draw_changes, draw_since
from generator.render.desk import Desk
from generator.render.entity import draw_entity, draw_mentions
from generator.render.front import (
    draw_codes,
    draw_home,
    draw_method,
    draw_site,
    draw_tools,
)
from generator.render.listing import draw_disagreements, draw_list, draw_sources
from generator.render.part import Rendered
from generator.render.source import draw_lines, draw_source
from generator.render.timeline import draw_period, draw_timeline

_DRAW: dict[str, Callable[[Desk, list[str]], Rendered]] = {
    "entity": lambda desk, names: draw_entity(desk, names[0]),
    "mentions": lambda desk, names: draw_mentions(desk, names[0], int(names[1])),
    "source": lambda desk, names: draw_source(desk, names[0]),
    "briefing": lambda desk, names: draw_briefing(desk, names[0]),
    "briefings": lambda desk, names: draw_briefings(desk),
    "list": lambda desk, names: draw_list(desk, names[0], int(names[1])),
    "sources": lambda desk, names: draw_sources(desk, int(names[0])),
    "disagreements": lambda desk, names: draw_disagreements(desk, int(names[0])),
    "changes": lambda desk, names: draw_changes(desk, int(names[0])),
    "since": lambda desk, names: draw_since(desk, names[0], int(names[1])),
    "timeline": lambda desk, names: (
        draw_period(desk, names[0], int(names[1])) if names else draw_timeline(desk)
    ),
    "home": lambda desk, names: draw_home(desk),
    "method": lambda desk, names: draw_method(desk),
    "codes": lambda desk, names: draw_codes(desk),
    "tools": lambda desk, names: draw_tools(desk),
    "site": lambda desk, names: draw_site(desk),
}


class Renderer:
    """Draws the parts of one site.

    It is cheap to make and holds no file or process, so it may be made before a fork. A part is the
    same whatever was drawn before it.

    Args:
        verified: The facts; a part asks for no more of them than it shows.
        sink: Takes faults of templates (R501).
        bytecode: Where compiled templates are kept between runs.
    """

    def __init__(
        self, verified: Verified, sink: Sink, bytecode: BytecodeCache | None = None
    ) -> None:
        self._desk = Desk(verified, sink, bytecode)

    def prepare(self) -> None:
        """Compile what most parts need, so that processes forked from this one need not."""
        self._desk.templates.compile("entity.html", "source.html", "timeline.html")

    def prepare_all(self) -> None:
        """Compile every template."""
        self._desk.templates.compile(*self._desk.templates.names)

    def parts(self) -> tuple[str, ...]:
        """Keys of everything there is to draw, in the order of the data files."""
        return tuple(self._desk.plan.parts())

    def has(self, part: str) -> bool:
        """Whether this site has a part: pages of lists come and go with what they list."""
        return self._desk.plan.has(part)

    def render(self, part: str) -> Rendered:
        """Draw one part.

        Raises:
            KeyError: for a part that this site does not have.
        """
        kind, *names = part.split(":")
        return _DRAW[kind](self._desk, names)

    def beside(self, verified: Verified) -> Renderer:
        """What draws another state of the same site, with the same templates."""
        other = Renderer(verified, self._desk.sink)
        other._desk.templates = self._desk.templates
        return other

    def lines(self, source_id: str, refs: Iterable[str]) -> dict[str, int] | None:
        """The lines of claims on a source's page, if it has one page; see `source.draw_lines`."""
        return draw_lines(self._desk, source_id, refs)


def render_site(verified: Verified, sink: Sink, progress: Progress = silent) -> Pages:
    """All pages and files, in memory; faults of templates go to the sink."""
    renderer = Renderer(verified, sink)
    parts = renderer.parts()
    pages: list[Page] = []
    sections: dict[str, str] = {}
    files: dict[str, bytes] = {}
    lines: dict[str, list[bytes]] = {path: [] for path in data.FILES}
    footer = ""
    for part in track(parts, "rendering", progress, len(parts)):
        drawn = renderer.render(part)
        pages += drawn.pages
        sections |= drawn.sections
        files |= drawn.files
        for path, stretch in drawn.lines.items():
            lines[path].append(stretch)
        footer = drawn.footer or footer
    files |= {path: b"".join(stretches) for path, stretches in lines.items()}
    return Pages(tuple(pages), sections, files, footer)
