"""Prose pages: HTML that Markdown lets through is cleaned before it is published."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

import nh3
from selectolax.lexbor import LexborHTMLParser

from generator.diagnostics import Sink
from generator.textfile import TextFile

_TAGS: Final = nh3.ALLOWED_TAGS | {"section", "input", "label"}
_ATTRIBUTES: Final = {
    **nh3.ALLOWED_ATTRIBUTES,
    "*": {"class", "id", "lang", "dir", "title", "role", "aria-label", "aria-hidden", "tabindex"},
    "a": {"href", "hreflang", "rel"},
    "td": {"style", "colspan", "rowspan"},
    "th": {"style", "colspan", "rowspan", "scope"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "checked", "disabled"},
}
_SCHEMES: Final = {"http", "https", "mailto"}


@dataclass(frozen=True)
class Prose:
    """Cleaned HTML.

    Attributes:
        html: What may be published.
        removed: Elements and attributes that were taken out, `<script>` or `<a onclick>`, sorted.
    """

    html: str
    removed: tuple[str, ...]


def sanitise_prose(html: str) -> Prose:
    """Clean the HTML of a Markdown page: no scripts, frames, forms, styles or foreign schemes."""
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
        filter_style_properties={"text-align"},  # how Markdown aligns the columns of a table
        strip_comments=True,
    )
    removed = _parts(html) - _parts(cleaned)
    return Prose(cleaned, tuple(sorted(removed)))


def _parts(html: str) -> Counter[str]:
    """Every element, and every attribute with its element, of a stretch of HTML."""
    found: Counter[str] = Counter()
    root = LexborHTMLParser(html).root
    for node in root.traverse() if root else ():
        if node.tag and not node.tag.startswith("-"):
            found[f"<{node.tag}>"] += 1
            found.update(f"<{node.tag} {name}>" for name in node.attributes)
    return found


def report_prose(prose: Prose, source: TextFile, sink: Sink) -> None:
    """A finding (R503) for each kind of element or attribute that was taken out."""
    for part in prose.removed:
        name = part.strip("<>").split(" ")
        pattern = re.compile(
            rf"<{re.escape(name[0])}\b[^>]*?{re.escape(name[-1]) if name[1:] else ''}",
            re.IGNORECASE,
        )
        found = pattern.search(source.text)
        at = source.span(*found.span()) if found else source.path
        sink.add(
            "R503", f"`{part}` may not stand in a page", at, "write it in Markdown, or leave it out"
        )
