"""Gives other generators the pages of our built site: the same words, links and anchors, as Markdown.

What they get is made of what we publish, so it cannot fall behind. Drawings, the tools in the
browser, the frame around the articles and the data files are left out.
"""

from __future__ import annotations

import json
import multiprocessing
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urldefrag, urljoin

from bench.corpus import FOLDERS
from bench.transcript import ANCHOR, LINK, Page, escape, transcribe

SECTIONS: Final = (*FOLDERS.values(), "timeline", "sources", "disagreements")
"""Folders that stand in the navigation, each with an index of its own."""

_TOOLS: Final = frozenset({"search/", "my-briefing/"})  # nothing without scripts
_INDEX: Final = "index.html"
_HREF: Final = re.compile(r'href="([^"#:]*#[^"]+)"')

Head = Callable[[str, str], str]
Anchored = Callable[[str, str, str], str]


def yaml_head(title: str, key: str) -> str:
    """Front matter in YAML with the title alone."""
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n"


def below(lead: str, name: str, words: str) -> str:
    """An anchor in a line of its own below the text; of a heading, behind it."""
    if lead.startswith("#"):
        return behind(lead, name, words)
    # In a quotation too: its marks need not be repeated, and Python-Markdown wants them not to be.
    return f"{lead}{words}\n{' ' * len(lead)}{{#{name}}}"


def behind(lead: str, name: str, words: str) -> str:
    """An anchor at the end of the text's line."""
    return f"{lead}{words} {{#{name}}}"


def above(lead: str, name: str, words: str) -> str:
    """An anchor in a line of its own above the text; of a heading, above what follows it."""
    if lead.startswith("#"):
        return f"{lead}{words}\n\n{{#{name}}}"
    return f"{lead}{{#{name}}}\n{_blank(lead)}{words}"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one generator wants its Markdown.

    Attributes:
        head: Writes what stands before the text, from title and key.
        heading: Whether the text begins with its title as a heading; else the template shows it.
        to_files: Whether links name Markdown files, which the generator checks and turns into
            addresses; else they are addresses, relative to folders.
        index: File name of a folder's index.
        anchored: Writes a line with its anchor, from what stands before its text, the anchor's
            name, and the text.
    """

    head: Head = yaml_head
    heading: bool = True
    to_files: bool = True
    index: str = "index.md"
    anchored: Anchored = below

    def file(self, key: str) -> str:
        """The file of a page."""
        return f"{key}{self.index}" if key.endswith("/") or not key else f"{key}.md"

    def document(self, page: Page) -> str:
        """The whole file of a page."""
        folder = posixpath.dirname(page.key)
        ways: dict[str, str] = {}

        def link(match: re.Match[str]) -> str:
            key, anchor = match.groups()
            if key == page.key and anchor:
                return f"#{anchor}"
            if key not in ways:
                ways[key] = self._way(folder, page.key, key)
            return f"{ways[key]}#{anchor}" if anchor else ways[key]

        text = ANCHOR.sub(self._line, LINK.sub(link, page.text))
        heading = f"# {escape(page.title)}\n\n" if self.heading else ""
        return f"{self.head(page.title, page.key)}{heading}{text}"

    def _way(self, folder: str, start: str, key: str) -> str:
        if self.to_files:
            return posixpath.relpath(self.file(key), folder or ".")
        return f"{posixpath.relpath(address_of(key) or '.', start.rstrip('/') or '.')}/"

    def _line(self, match: re.Match[str]) -> str:
        lead, name, words = match.groups()
        return self.anchored(lead, name, words)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a site in neutral Markdown, in a file, in order of their keys.

    Attributes:
        count: How many there are.
    """

    file: Path
    count: int

    def __iter__(self) -> Iterator[Page]:
        """All pages, one at a time: they need not fit into memory together."""
        with self.file.open(encoding="utf-8") as lines:
            for line in lines:
                yield Page(**json.loads(line))


def copy_pages(site: Path, file: Path) -> Pages:
    """Transcribe all pages of a built site.

    Args:
        site: Its folder.
        file: Takes the pages.
    """
    paths = (path.relative_to(site).as_posix() for path in site.rglob(_INDEX))
    addresses = sorted({path.removesuffix(_INDEX) for path in paths} - _TOOLS)
    folders = {f"{posixpath.dirname(address.rstrip('/'))}/" for address in addresses}
    keys = {
        address: address if address in folders else address.rstrip("/") for address in addresses
    }
    with multiprocessing.get_context("fork").Pool() as pool:
        linked: dict[str, set[str]] = defaultdict(set)
        for targets in pool.imap_unordered(partial(_targets, site), addresses, chunksize=50):
            for address, anchor in targets:
                linked[address].add(anchor)
    # A new set of processes, which inherit what is now known.
    with (
        multiprocessing.get_context("fork").Pool(
            initializer=_prepare, initargs=(site, keys, linked)
        ) as pool,
        file.open("w", encoding="utf-8") as out,
    ):
        out.writelines(pool.imap(_transcribed, addresses, chunksize=20))
    return Pages(file, len(addresses))


def write_pages(pages: Pages, folder: Path, dialect: Dialect) -> None:
    """Write all pages as a generator wants them.

    Args:
        pages: What to write.
        folder: The generator's folder of content.
        dialect: How the generator wants it.
    """
    for page in pages:
        path = folder / dialect.file(page.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dialect.document(page).encode())


def address_of(key: str) -> str:
    """Address of a page from the root, without a stroke at the end."""
    return key.rstrip("/")


_shared: tuple[Path, Mapping[str, str], Mapping[str, set[str]]]


def _prepare(site: Path, keys: Mapping[str, str], linked: Mapping[str, set[str]]) -> None:
    global _shared  # noqa: PLW0603 - what the processes of a pool have in common
    _shared = site, keys, linked


def _transcribed(address: str) -> str:
    site, keys, linked = _shared
    html = (site / address / _INDEX).read_text(encoding="utf-8")
    page = transcribe(html, address, keys, linked.get(address, frozenset()))
    return f"{json.dumps(asdict(page), ensure_ascii=False)}\n"


def _targets(site: Path, address: str) -> set[tuple[str, str]]:
    """Where the links of a page lead that name an anchor: addresses with anchors."""
    html = (site / address / _INDEX).read_text(encoding="utf-8")
    links = (urldefrag(urljoin(f"/{address}", href)) for href in set(_HREF.findall(html)))
    return {(way[1:], anchor) for way, anchor in links}


def _blank(lead: str) -> str:
    """What stands before the next line of the same paragraph."""
    return re.sub("[^> ]", " ", lead)
