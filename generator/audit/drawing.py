"""Drawings, lists of links and whole texts that are plainly written, taken whole: no two are alike.

Of elements that HTML does not know, and links about them, a parser makes a tree that ends where the
drawing does, however they are nested (HTML Living Standard, section 13.2.6.5). So it is enough that
there are no others.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

# Each repetition begins with another character than what stands before it, so nothing is tried twice.
# Possessive quantifiers would say so, but never end in Python 3.11.2, which Debian 12 has.
_ATTRIBUTES: Final = r'(?: [a-z][a-zA-Z-]*="[^"<>]*")*'
_DRAWN: Final = (
    rf"<(?:circle|defs|g|line|path|pattern|rect|text|tspan){_ATTRIBUTES}/?>"
    r"|</(?:circle|defs|g|line|path|pattern|rect|text|tspan)>"
)
_LINK: Final = rf"<a{_ATTRIBUTES}>[^<]*(?:(?:{_DRAWN})[^<]*)*</a>"
_DRAWING: Final = re.compile(rf"<svg{_ATTRIBUTES}>[^<]*(?:(?:{_DRAWN}|{_LINK})[^<]*)*</svg>")
_LINKED: Final = re.compile(r"<a .*?</a>", re.DOTALL)
_HREF: Final = re.compile(r' href="([^"]*)"')
_TEXT: Final = re.compile(r">([^<]+)<")
_VALUE: Final = re.compile(r'"[^"]*"')
_TAG: Final = re.compile(r"<[a-z][^<>]*>")
_NAME: Final = re.compile(r" ([a-zA-Z-]+)=")
_WATCHED: Final = frozenset({"id", "name", "src", "srcset", "data", "xlink", "http"})
"""What has to be looked at one by one: these attributes, and those that begin so with a hyphen."""


class Drawing(NamedTuple):
    """What a drawing, or an item of a list, says and leads to, with character references as written.

    Attributes:
        texts: All its texts; `own`: those that stand in no link.
    """

    texts: tuple[str, ...]
    own: tuple[str, ...]
    links: tuple[str, ...]


def read_drawing(written: str) -> Drawing | None:
    """Read an `svg` element; None where it has to be read tag by tag."""
    if _DRAWING.fullmatch(written) is None:
        return None
    if any(map(_is_watched, set(_TAG.findall(_VALUE.sub("", written))))):
        return None
    return Drawing(
        tuple(_TEXT.findall(written)),
        tuple(_TEXT.findall(_LINKED.sub("", written))),
        tuple(dict.fromkeys(_HREF.findall(written))),
    )


@lru_cache(maxsize=1 << 10)
def _is_watched(tag: str) -> bool:
    """Whether a tag, its values taken out, has an attribute twice or one that is watched."""
    names = _NAME.findall(tag.lower())
    return len(set(names)) < len(names) or any(name.partition("-")[0] in _WATCHED for name in names)


_ANCHOR: Final = r'<a href="[^"<>]*">[^<]*</a>'
_LINKING: Final = rf"[^<]*(?:{_ANCHOR}[^<]*)*"
_LIST: Final = re.compile(rf"\s*(?:<li>{_LINKING}</li>\s*)+")
_ITEM: Final = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_PLAIN: Final = re.compile(r'<a href="[^"]*">|</a>')


def read_list(written: str) -> list[Drawing] | None:
    """Read what stands in a list, item by item; None where it has to be read tag by tag."""
    if _LIST.fullmatch(written) is None:
        return None
    return [
        Drawing((_PLAIN.sub("", item),), (_LINKED.sub("", item),), tuple(_HREF.findall(item)))
        for item in _ITEM.findall(written)
    ]


_MARKED: Final = rf"[^<]*(?:<mark>{_LINKING}</mark>[^<]*)*"
_WHOLE: Final = re.compile(rf'\s*(?:<li(?: id="[^"<>]+")?>{_MARKED}</li>\s*)+')
_ID: Final = re.compile(r'<li id="([^"]*)"')
_TAGS: Final = re.compile(r"<[^<>]*>")


class Whole(NamedTuple):
    """What the paragraphs of a source's text hold, with character references as written."""

    text: str
    ids: tuple[str, ...]
    links: tuple[str, ...]


def read_whole(written: str) -> Whole | None:
    """Read the items of a list of paragraphs; None where they have to be read tag by tag."""
    if _WHOLE.fullmatch(written) is None:
        return None
    return Whole(
        _TAGS.sub("", written),
        tuple(_ID.findall(written)),
        tuple(dict.fromkeys(_HREF.findall(written))),
    )
