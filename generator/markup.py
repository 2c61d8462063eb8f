"""The links inside a claim's text: `[[id]]`, `[[id|label]]`, `[[id#claim]]`. Nothing else is markup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MARK = re.compile(r"\[\[|\]\]")
_TARGET = re.compile(r"(?P<entity>[a-z0-9-]+)(?:#(?P<claim>[a-z0-9-]+))?\Z")


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an entity or to one of its claims.

    Attributes:
        start: Offset of its `[[` in the text; `end` is behind its `]]`.
        label: Words to show, or None for the entity's name.
    """

    entity: str
    claim: str | None
    label: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkupFault:
    """Markup that is not a link: a reason, the shortest fix, and its offsets in the text."""

    reason: str
    hint: str
    start: int
    end: int


Segment = str | Link


def parse_markup(text: str) -> tuple[tuple[Segment, ...], tuple[MarkupFault, ...]]:
    """Split a claim's text into plain stretches and links; faults stand in the second part."""
    if "[[" in text or "]]" in text:
        return _parse(text)
    return (text,) if text else (), ()


def forget_parsed() -> None:
    """Forget the texts that were split: they are kept because each is asked for several times."""
    _parse.cache_clear()


@lru_cache(maxsize=65_536)
def _parse(text: str) -> tuple[tuple[Segment, ...], tuple[MarkupFault, ...]]:
    segments: list[Segment] = []
    faults: list[MarkupFault] = []
    at, opened = 0, -1
    for mark in _MARK.finditer(text):
        if mark.group() == "[[":
            if opened >= 0:
                faults.append(_unclosed(opened))
            opened = mark.start()
        elif opened < 0:
            faults.append(
                MarkupFault("`]]` closes no link", "open the link with `[[`", *mark.span())
            )
        else:
            link = _link(text, opened, mark.end())
            if isinstance(link, Link):
                if opened > at:
                    segments.append(text[at:opened])
                segments.append(link)
                at = mark.end()
            else:
                faults.append(link)
            opened = -1
    if opened >= 0:
        faults.append(_unclosed(opened))
    if at < len(text):
        segments.append(text[at:])
    return tuple(segments), tuple(faults)


def _unclosed(start: int) -> MarkupFault:
    return MarkupFault("a link is not closed", "close it with `]]`", start, start + 2)


def _link(text: str, start: int, end: int) -> Link | MarkupFault:
    inner = text[start + 2 : end - 2]
    target, bar, label = inner.partition("|")
    found = _TARGET.match(target.strip())
    if not found:
        hint = "write `[[id]]`, `[[id|label]]` or `[[id#claim]]`"
        return MarkupFault(f"`{target.strip()[:60]}` is not the id of a page", hint, start, end)
    if bar and not label.strip():
        hint = f"write `[[{target.strip()}]]`, or give words behind the bar"
        return MarkupFault("a link has an empty label", hint, start, end)
    return Link(found["entity"], found["claim"], label.strip() or None, start, end)


def visible(text: str) -> str:
    """A text with its link markup blanked out, of the same length, so that offsets hold.

    Labels stay; ids do not, because the words they stand for are not the author's.
    """
    if "[[" not in text:
        return text
    parts, at = [], 0
    for link in links_of(text):
        end = link.end - 2
        start = text.index("|", link.start) + 1 if link.label else end
        parts += [text[at : link.start], " " * (start - link.start), text[start:end], "  "]
        at = link.end
    return "".join([*parts, text[at:]])


def links_of(text: str) -> tuple[Link, ...]:
    """The links of a text, in order."""
    if "[[" not in text:
        return ()
    return tuple([segment for segment in _parse(text)[0] if isinstance(segment, Link)])
