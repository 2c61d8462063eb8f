"""Shells: a page of the theme, rendered once, with holes that generated pages fill."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from generator.model.stage import Page

# The theme never meets contributors' words while it renders the page of markers, so fixed words
# cannot be forged, and the same theme gives the same shell in every process.
_MARKS = {
    name: f"briefing-hole-{name}-5d0c7a91e3" for name in ("title", "description", "address", "body")
}
# Material adds a heading of its own to a body without one; every generated body has one.
MARKERS: Mapping[str, str] = {**_MARKS, "body": f"<h1>{_MARKS['body']}</h1>"}


class ShellFault(ValueError):
    """A theme page that leaves out places that must be filled.

    Attributes:
        missing: Names of the holes that do not occur, in the order they were asked for.
    """

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def page_file(path: str) -> str:
    """The file, relative to the site, that serves a page's address."""
    return f"{path}index.html" if path.endswith("/") or not path else path


def page_name(path: str) -> str:
    """The last part of an address: `kazakhstan` in `countries/kazakhstan/` and `….html`."""
    return posixpath.basename(path.rstrip("/")).removesuffix(".html")


def page_place(path: str, name: str) -> str:
    """The address with another last part."""
    folder, ending = posixpath.dirname(path.rstrip("/")), "/" if path.endswith("/") else ".html"
    return f"{folder}/{name}{ending}" if folder else f"{name}{ending}"


def hole_values(page: Page) -> dict[str, str]:
    """What each hole takes, ready for HTML text and attributes; the body is HTML already."""
    return {
        "title": html.escape(page.title),
        "description": html.escape(page.description or page.title),
        "address": html.escape(quote(page_name(page.path))),
        "body": page.html,
    }


def marker_page(page: Page) -> Page:
    """A page of the same layout and depth that holds nothing but markers."""
    return Page(
        path=page_place(page.path, MARKERS["address"]),
        layout=page.layout,
        title=MARKERS["title"],
        description=MARKERS["description"],
        html=MARKERS["body"],
    )


@dataclass(frozen=True, slots=True)
class Shell:
    """The constant parts of a theme page and the names of the holes between them.

    Attributes:
        parts: Constant text; one more than there are holes.
        holes: Name of the hole after each part but the last.
    """

    parts: tuple[str, ...]
    holes: tuple[str, ...]

    @classmethod
    def cut(
        cls,
        html: str,
        markers: Mapping[str, str] = MARKERS,
        required: tuple[str, ...] = ("title", "description", "body"),
    ) -> Shell:
        """Split a page at its markers; each may occur any number of times.

        Raises:
            ShellFault: when a required hole does not occur.
        """
        names = {marker: name for name, marker in markers.items()}
        pieces = re.split("(" + "|".join(map(re.escape, names)) + ")", html)
        holes = tuple(names[piece] for piece in pieces[1::2])
        missing = tuple(name for name in required if name not in holes)
        if missing:
            raise ShellFault(missing)
        return cls(tuple(pieces[0::2]), holes)

    def fill(self, page: Page) -> str:
        """The whole page: the shell with a page's title, description, address and body."""
        values = hole_values(page)
        pieces = [self.parts[0]]
        for hole, part in zip(self.holes, self.parts[1:], strict=True):
            pieces += [values[hole], part]
        return "".join(pieces)
