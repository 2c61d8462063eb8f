"""Repeated claims, each distinct stretch of HTML read once for all pages that hold it.

A claim is repeated on the pages of its source, of every entity that it names, on lists and so on,
mostly in the same words. Its stretch of HTML is then the same to the letter, and so is what it
holds; whether it is sound depends on nothing else but where its links lead from that page.

Only what is sound is judged by way of its stretch. A page with one at fault is read once more
without them, so that each finding is made, and placed, in one way only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from generator.audit.address import climb, is_absolute, is_local
from generator.audit.page import ClaimElement, Mark, PageReading, Quote

_UNBOUND = 1_000_000  # more folders than any page is deep


@dataclass(slots=True)
class Stretch:
    """A repeated claim with all that stands in its element.

    Attributes:
        elements: Number of elements in it that have attributes, by which marks are counted.
        claims: The claim, and any that are repeated within it.
        quotes: Its quotations.
        links: Addresses as `PageReading.links` holds them.
        stray: Whether it states something outside of the claim's own words.
        local: Whether a link in it leads to a place on the very page.
        climb: How many folders each of its relative links climbs at least.
        verdicts: For each basis (see `basis`), its links that lie within the site; None where it
            is at fault. Filled by the judge.
    """

    elements: int
    claims: list[ClaimElement]
    quotes: list[Quote]
    links: dict[str, Mark]
    stray: bool
    local: bool
    climb: int
    verdicts: dict[str, frozenset[str] | None] = field(default_factory=dict)

    def basis(self, page: PageReading) -> str:
        """What of a page's path the links of the stretch depend on.

        On pages of one depth, links that climb to the root of the site lead to the same places.
        """
        if self.local:
            return page.path
        depth = page.path.count("/")
        return "../" * depth if self.climb >= depth else page.path.rpartition("/")[0]


class Stretches:
    """Every distinct stretch by its HTML."""

    def __init__(self) -> None:
        self._known: dict[str, Stretch | None] = {}

    def get(self, html: str, read: Callable[[], tuple[PageReading, int]]) -> Stretch | None:
        """The stretch with this HTML; None for one that has to be read on each page anew.

        Args:
            html: The outer HTML of the element.
            read: Reads the element by itself: what it holds, and the number of its elements.
        """
        if html not in self._known:
            self._known[html] = _stretch(*read())
        return self._known[html]


def _stretch(held: PageReading, elements: int) -> Stretch | None:
    # Ids and passages are to be found by others and may stand twice; a claim's own place is unique;
    # figures of a record are those of the page's source. All these are the page's concern.
    is_plain = not (
        held.ids or held.passages or held.cites or held.records or held.identities or held.wholes or held.notes
        or held.redirect or held.base is not None or held.layout is not None
        or any(not claim.repeated for claim in held.claims)
    )  # fmt: skip
    if not is_plain:
        return None
    addresses = set(held.links)
    for claim in held.claims:
        addresses.update(claim.hrefs)
        addresses.update(link.href or "" for link in (*claim.cites, *claim.premises))
    relative = [address for address in addresses if not is_absolute(address)]
    return Stretch(
        elements,
        held.claims,
        held.quotes,
        held.links,
        stray=bool(held.strays),
        local=any(map(is_local, relative)),
        climb=min(map(climb, relative), default=_UNBOUND),
    )
