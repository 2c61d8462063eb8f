"""Addresses inside the site: which page lies where, and how one page links to another."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from hashlib import blake2b

from generator.model.fact import Claim, Entity, Source


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

    def passage(self, source: Source, exact: str) -> str:
        """Address of a quoted passage on its source's page."""
        return f"{self.source(source)}#{passage_anchor(exact)}"


def passage_anchor(exact: str) -> str:
    """Anchor of a passage: depends on the quoted words alone, so it outlives other edits."""
    return "q-" + blake2b(exact.encode(), digest_size=5).hexdigest()


def relative(target: str, page: str) -> str:
    """The link from the page at one address to another, so that the site works anywhere."""
    path, mark, anchor = target.partition("#")
    if path == page:
        return f"#{anchor}" if mark else posixpath.basename(page) or "./"
    base = page if page.endswith("/") else posixpath.dirname(page)
    link = posixpath.relpath("/" + path, "/" + base)
    if path.endswith("/") or not path:
        link += "/"
    return f"{link}{mark}{anchor}"


def output_file(address: str) -> str:
    """The file that serves an address."""
    path = address.partition("#")[0]
    return f"{path}index.html" if path.endswith("/") or not path else path
