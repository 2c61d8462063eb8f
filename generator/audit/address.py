"""The files of a built site, and which of them a link leads to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.audit.files import Files, FolderFiles
from generator.config import Settings

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# As nearly all addresses within a site are written: to the root, and down to the index of a folder.
_PLAIN = re.compile(r"((?:\.\./)*)((?:[a-z0-9]+(?:-+[a-z0-9]+)*/)+)(?:#([A-Za-z0-9_-]+))?")
_OWN = re.compile(r"#[A-Za-z0-9_-]+")
# Text fragments are the browser's business (WICG, "URL Fragment Text Directives").
_DIRECTIVE = ":~:"


class Target(NamedTuple):
    """What a link leads to.

    Attributes:
        file: File of the site; None when there is none.
        fragment: Anchor on that page, decoded; empty when the link names none.
    """

    file: str | None
    fragment: str


class Inventory:
    """Every file of a site, by its path with forward slashes relative to the site's folder.

    Raises:
        OSError: when a folder of the site cannot be read.
    """

    def __init__(self, site: Path, settings: Settings, files: Files | None = None) -> None:
        self.files: frozenset[str] = frozenset((files or FolderFiles(site)).names())
        self._followed: defaultdict[int, dict[str, Target | None]] = defaultdict(dict)
        self._source_pages: dict[str, str | None] = {}
        parts = urlsplit(settings.site_url)
        self._host = parts.netloc.lower()
        self._root = parts.path.rstrip("/") + "/"

    @property
    def pages(self) -> list[str]:
        """Every HTML page, sorted."""
        return sorted(path for path in self.files if path.endswith(".html"))

    def source_page(self, source: str) -> str | None:
        """File of a source's page; None when the site has none."""
        if source not in self._source_pages:
            paths = (f"sources/{source}/index.html", f"sources/{source}.html")
            self._source_pages[source] = next((path for path in paths if path in self.files), None)
        return self._source_pages[source]

    def follow(self, page: str, href: str) -> Target | None:
        """What an address on a page leads to; None for one that lies outside of the site.

        Args:
            page: File of the page.
            href: The address as written there.
        """
        depth = page.count("/")
        known = self._followed[depth]
        if href in known:
            return known[href]
        if _OWN.fullmatch(href) is not None:
            return Target(page, href[1:])
        plain = _PLAIN.fullmatch(href)
        if plain is not None:
            climbed, folder, anchor = plain.groups()
            if len(climbed) == 3 * depth and (file := f"{folder}index.html") in self.files:
                found = known[href] = Target(file, anchor or "")
                return found
        target = self._follow(page, href)
        if self.is_shared(page, href):
            known[href] = target
        return target

    def home(self, url: str) -> Target | None:
        """As `follow` from the site's root, for an address that hardly any page has: it is not kept."""
        plain = _PLAIN.fullmatch(url)
        if plain is not None and not plain[1] and (file := f"{plain[2]}index.html") in self.files:
            return Target(file, plain[3] or "")
        return self._follow("index.html", url)

    def known_from(self, page: str) -> Mapping[str, Target | None]:
        """What is known by now of addresses that lead to the same from all pages of its depth."""
        return self._followed[page.count("/")]

    @staticmethod
    def is_shared(page: str, href: str) -> bool:
        """Whether an address leads to the same from every page that is as deep as this one."""
        root = "../" * page.count("/")
        # Seen from the root, what it leads to does not depend on the page.
        return (href.startswith(root) or href == root[:-1]) and not is_local(href)

    def _follow(self, page: str, href: str) -> Target | None:
        address, _, fragment = href.strip().partition("#")
        fragment = fragment.partition(_DIRECTIVE)[0]
        if "%" in fragment:
            fragment = unquote(fragment)
        address = address.partition("?")[0]
        if not address:
            return Target(page, fragment)
        path = self._path(page, address)
        return None if path is None else Target(self._file(path), fragment)

    def _path(self, page: str, address: str) -> str | None:
        """Path below the site's root, `..` resolved; `..` itself when it leaves the site."""
        if _SCHEME.match(address) or address.startswith("//"):
            parts = urlsplit(address)
            inside = parts.scheme.lower() in ("", "http", "https")
            if not (inside and self._host and parts.netloc.lower() == self._host):
                return None
            address = parts.path or "/"
        if address.startswith("/"):
            if not f"{address}/".startswith(self._root):
                return None
            return _resolve([], address[len(self._root) :])
        return _resolve(page.split("/")[:-1], address)

    def _file(self, path: str) -> str | None:
        if path in self.files:
            return path
        folder = path if path.endswith("/") or not path else f"{path}/"
        index = f"{folder}index.html"
        return index if index in self.files else None


def is_absolute(href: str) -> bool:
    """Whether an address leads to the same place from every page."""
    address = href.strip()
    return address.startswith("/") or _SCHEME.match(address) is not None


def is_local(href: str) -> bool:
    """Whether an address leads to the very page it stands on."""
    return href.lstrip()[:1] in ("", "#", "?")


def climb(href: str) -> int:
    """How many folders a relative address climbs before anything else."""
    count = 0
    while href.startswith("../", 3 * count):
        count += 1
    return count + (href[3 * count :] == "..")


def _resolve(folder: list[str], address: str) -> str:
    parts = list(folder)
    segments = address.split("/")
    for segment in segments[:-1]:
        if segment == "..":
            if not parts:
                return ".."
            parts.pop()
        elif segment not in ("", "."):
            parts.append(unquote(segment) if "%" in segment else segment)
    last = segments[-1]
    if last == "..":
        if not parts:
            return ".."
        parts.pop()
    elif last not in ("", "."):
        return "/".join([*parts, unquote(last) if "%" in last else last])
    return "".join(f"{part}/" for part in parts)
