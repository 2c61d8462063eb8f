"""Drawings and lists of links that are plainly written, taken whole: no two of them are alike.

Of elements that HTML does not know, and links about them, a parser makes a tree that ends where the
drawing does, however they are nested (HTML Living Standard, section 13.2.6.5). So it is enough that
there are no others.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_ATTRIBUTES: Final = r'(?: [a-z][a-zA-Z-]*="[^"<>]*+")*+'
_DRAWN: Final = (
    rf"<(?:circle|defs|g|line|path|pattern|rect|text|tspan){_ATTRIBUTES}/?>"
    r"|</(?:circle|defs|g|line|path|pattern|rect|text|tspan)>"
)
_LINK: Final = rf"<a{_ATTRIBUTES}>(?:[^<]*+(?:{_DRAWN}))*+[^<]*+</a>"
_DRAWING: Final = re.compile(
    rf"<svg{_ATTRIBUTES}>(?:[^<]*+(?:{_DRAWN}|{_LINK}))*+[^<]*+</svg>", re.DOTALL
)
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


_ANCHOR: Final = r'<a href="[^"<>]*+">[^<]*+</a>'
_LIST: Final = re.compile(rf"(?:\s*+<li>(?:[^<]++|{_ANCHOR})*+</li>)++\s*+")
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
