"""Addresses inside the site: which page lies where, and how one page links to another."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from generator.model.fact import Claim, Entity, Source
from generator.model.kind import KIND
from generator.model.stage import Row

PAPERS = (("A4", ".pdf"), ("Letter", ".letter.pdf"), ("large print", ".large.pdf"))
"""Forms of the ready PDFs of a page: what readers call each, and the end of its file's name."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes addresses relative to the site's root, without leading slash.

    Attributes:
        directory_urls: `countries/kazakhstan/` when true, `countries/kazakhstan.html` otherwise.
    """

    directory_urls: bool = True

    def page(self, folder: str, name: str) -> str:
        """Address of a page in a folder."""
        return f"{folder}/{name}/" if self.directory_urls else f"{folder}/{name}.html"

    def further(self, folder: str, name: str, number: int) -> str:
        """Address of a further page of a list, beside its first: `countries/page--2/`.

        No id has two hyphens together, so it is never the address of another thing; and lying in
        the same folder it goes into the same shell.
        """
        return self.page(folder, f"{name}--{number}")

    def mentions(self, row: Row, number: int) -> str:
        """Address of a page of what mentions an entity; the first is its own page."""
        folder = KIND[row.kind_id].folder
        if number == 1:
            return self.page(folder, row.id)
        return self.further(folder, f"{row.id}--mentions", number)

    def section(self, folder: str) -> str:
        """Address of a section's index; the empty folder is the home page."""
        lead = f"{folder}/" if folder else ""
        return lead if self.directory_urls else f"{lead}index.html"

    def entity(self, entity: Entity) -> str:
        """Address of an entity's page."""
        return self.page(entity.kind.folder, entity.id)

    def claim(self, entity: Entity, claim: Claim) -> str:
        """Address of a claim: its permalink."""
        return f"{self.entity(entity)}#{claim.id}"

    def source(self, source: Source) -> str:
        """Address of a source's page."""
        return self.page("sources", source.id)

    def papers(self, name: str) -> list[tuple[str, str]]:
        """Addresses of the ready PDFs of a page, with the label of each."""
        return [(label, f"pdf/{name}{ending}") for label, ending in PAPERS]

    def passage(self, source: Source, exact: str) -> str:
        """Address of a quoted passage on its source's page."""
        return f"{self.source(source)}#{passage_anchor(exact)}"


@lru_cache(maxsize=65_536)
def passage_anchor(exact: str) -> str:
    """Anchor of a passage: depends on the quoted words alone, so it outlives other edits."""
    return "q-" + blake2b(exact.encode(), digest_size=5).hexdigest()


@lru_cache(maxsize=1024)
def page_root(page: str) -> str:
    """The way from a page up to the site's root: `../../` from `countries/kazakhstan/`."""
    return "../" * page.count("/")


def relative(target: str, page: str) -> str:
    """The link from the page at one address to another, so that the site works anywhere.

    It goes by way of the root, so that all pages of one depth have the same links, and what is
    drawn for one of them serves for all.
    """
    path, mark, anchor = target.partition("#")
    if path == page and mark:
        return f"#{anchor}"
    way = f"{page_root(page)}{path}" or "./"
    return f"{way}{mark}{anchor}"


def output_file(address: str) -> str:
    """The file that serves an address."""
    path = address.partition("#")[0]
    return f"{path}index.html" if path.endswith("/") or not path else path
