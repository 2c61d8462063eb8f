"""Pelican with its own plain theme."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bench.page import SECTIONS, Dialect, Pages, address_of, write_pages
from bench.peers.peer import Peer, Tools, installed, write_files

_SETTINGS: Final = """\
SITENAME = "The invented briefing"
SITEURL = ""
PATH = "content"
THEME = "simple"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PAGE_PATHS = [""]
ARTICLE_PATHS = ["none"]
STATIC_PATHS = []
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
    },
    "output_format": "html5",
}
DISPLAY_PAGES_ON_MENU = False
DISPLAY_CATEGORIES_ON_MENU = False
MENUITEMS = [%s]
DIRECT_TEMPLATES = []
ARCHIVES_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = ""
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""


def _head(title: str, key: str) -> str:
    address = f"{address_of(key)}/" if key else ""
    return (
        f"Title: {title}\nSlug: {address.replace('/', '-') or 'home'}\n"
        f"URL: {address}\nSave_as: {address}index.html\n\n"
    )


def _write(pages: Pages, folder: Path) -> None:
    write_pages(pages, folder / "content", Dialect(head=_head, heading=False, to_files=False))
    menu = ", ".join(f'("{section.capitalize()}", "/{section}/")' for section in SECTIONS)
    write_files(folder, {"pelicanconf.py": _SETTINGS % menu})


def _command(tools: Tools, _project: Path, output: Path) -> list[str]:
    program = str(tools.python / "pelican")
    return [program, "-q", "-s", "pelicanconf.py", "-o", str(output)]


PEERS: Final = (
    Peer(
        "pelican",
        "Pelican",
        "its theme `simple`, pages only",
        _write,
        _command,
        lambda tools: installed(tools, "pelican"),
        caches=("__pycache__", "cache"),
    ),
)
