"""Figures of papers, as SVG images that need no style sheet: maps and QR codes."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from generator.model.fact import Entity
from generator.model.stage import PartyState
from generator.render.desk import Desk
from generator.render.figure.chart import NOTE, draw_locator, draw_members

_SVG: Final = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_LABEL: Final = re.compile(r'aria-label="([^"]*)"')
_LINK: Final = re.compile(r"</?a\b[^>]*>")
_WORDS: Final = re.compile(r'<(?:div|ul) class="map__words".*', re.DOTALL)
_SWATCH: Final = re.compile(r'<svg class="map__swatch".*?url\(#map-([a-z]+)\).*?</svg>\s*<b>')
_PATTERN: Final = {
    "own": "Hatched",
    "full": "Filled",
    "signed": "Hatched",
    "announced": "Dotted",
    "ended": "Cross-hatched",
}
_TAG: Final = re.compile(r"<[^>]*>")
# On paper: black, white and hatching.
_STYLE: Final = (
    "<style>text{font-family:'Noto Sans'}"
    ".map__sea{fill:#eef2f6}.map__land{fill:#fff;stroke:#555;stroke-width:.6;stroke-linejoin:round}"
    ".map__own{stroke:#111;stroke-width:1.4;stroke-linejoin:round}.map__ground{fill:#fff}"
    ".map__ground--full{fill:#1b3a57}.map__hatch{fill:none;stroke:#1b3a57;stroke-width:1.3}"
    ".map__dot{fill:#1b3a57}.map__ring{fill:none;stroke:#111;stroke-width:1.6}"
    ".map__name{font-size:12px;text-anchor:middle;fill:#444;paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
    ".map__name--own{font-size:15px;font-weight:700;fill:#111;stroke-width:4px}</style>"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """An image with the same in words."""

    svg: bytes
    alt: str
    caption: str


def map_figure(desk: Desk, entity: Entity, states: Sequence[PartyState]) -> Figure | None:
    """The map of a country or of the parties to an agreement; None where there is none."""
    view = desk.view(desk.addresses.entity(entity))
    drawn = str(draw_locator(view, entity) or (draw_members(view, states) if states else ""))
    found = _SVG.search(drawn)
    if found is None:
        return None
    label = _LABEL.search(found.group())
    title = html.unescape(label[1]).partition(";")[0] if label else f"Map: {entity.name}"
    svg = _LINK.sub("", found.group()).replace(" data-generated", "", 1)
    svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    opened = svg.index(">") + 1
    words = _WORDS.search(drawn[found.end() :])
    told = _SWATCH.sub(lambda one: f"{_PATTERN[one[1]]} – ", words.group()) if words else ""
    told = _TAG.sub("", told.replace("</li>", ". ").replace("</p>", " "))
    told = " ".join(html.unescape(told).split())
    if told and not told.endswith("."):
        told += "."
    alt = f"{title}. {told}".strip()
    return Figure((svg[:opened] + _STYLE + svg[opened:]).encode(), alt, f"{told} {NOTE}".strip())


@lru_cache(maxsize=64)
def qr_figure(address: str) -> bytes:
    """An address as a QR code."""
    import segno  # takes a while to load, and few builds print

    out = io.BytesIO()
    # Level M survives a stamp or a crease; a border of four modules is what readers ask for.
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, svgns=True
    )
    return out.getvalue()
