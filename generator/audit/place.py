"""Where marks stand in a page's file; looked up only for pages with findings.

The parser tells no positions, so the file's tags are read once more, by the rules of the HTML
syntax that written-out pages need (HTML Living Standard, section 13.1). What is found must bear
the very attribute and value, or the very text; otherwise there is no place to show.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import NamedTuple

from generator.audit.files import Files, FolderFiles
from generator.audit.page import Mark
from generator.config import Settings
from generator.textfile import DecodeFault, Span, TextFile

_MARKUP = re.compile(
    r"""<!--.*?(?:-->|\Z) | <[!?][^>]*>? | </[a-zA-Z][^>]*>?
    | <(?P<name>[a-zA-Z][^\s/>]*) (?P<rest>(?:[^"'>]|"[^"]*"|'[^']*')*) >""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]+) (?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?""",
    re.VERBOSE,
)
_RAW = frozenset({"script", "style", "textarea", "title"})


class _Attribute(NamedTuple):
    value: str
    start: int
    end: int


class _Text(NamedTuple):
    element: int
    text: str
    start: int
    end: int


class _Source:
    """The tags and texts of one file."""

    def __init__(self, file: TextFile) -> None:
        self.file = file
        self.tags: list[dict[str, _Attribute]] = []
        self.texts: list[_Text] = []
        self._scan(file.text)

    def _scan(self, text: str) -> None:
        at = 0
        while (found := _MARKUP.search(text, at)) is not None:
            self._add_text(at, found.start())
            at = found.end()
            name = (found["name"] or "").lower()
            if name:
                attributes = self._attributes(text, *found.span("rest"))
                if attributes:
                    self.tags.append(attributes)
            if name in _RAW:
                end = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, at)
                at = end.start() if end else len(text)
        self._add_text(at, len(text))

    def _add_text(self, start: int, end: int) -> None:
        raw = self.file.text[start:end]
        if raw and not raw.isspace():
            self.texts.append(_Text(len(self.tags) - 1, _decoded(raw), start, end))

    @staticmethod
    def _attributes(text: str, start: int, end: int) -> dict[str, _Attribute]:
        attributes: dict[str, _Attribute] = {}
        for found in _ATTRIBUTE.finditer(text, start, end):
            for group in ("double", "single", "bare"):
                if found[group]:
                    entry = _Attribute(_decoded(found[group]), *found.span(group))
                    break
            else:
                entry = _Attribute("", *found.span("name"))
            attributes.setdefault(found["name"].lower(), entry)
        return attributes

    def span(self, mark: Mark) -> Span | None:
        return self._attribute_span(mark) if mark.attribute else self._text_span(mark)

    def _attribute_span(self, mark: Mark) -> Span | None:
        name, value = mark.attribute, mark.value
        entry = self.tags[mark.element].get(name) if mark.element < len(self.tags) else None
        if entry is None or entry.value != value:
            same = [tag[name] for tag in self.tags if name in tag and tag[name].value == value]
            if len(same) != 1:
                return None
            entry = same[0]
        return self.file.span(entry.start, entry.end)

    def _text_span(self, mark: Mark) -> Span | None:
        same = [text for text in self.texts if text.text == mark.value]
        after = [text for text in same if text.element == mark.element]
        if len(after) != 1 and len(same) != 1:
            return None
        found = (after if len(after) == 1 else same)[0]
        raw = self.file.text[found.start : found.end]
        words = mark.part or mark.value.strip()
        at = raw.find(words)
        if at < 0:  # written with character references
            return self.file.span(found.start, found.start + len(raw.rstrip()))
        return self.file.span(found.start + at, found.start + at + len(words))


class Places:
    """Finds marks in the files of a site; keeps the file last looked at."""

    def __init__(self, site: Path, settings: Settings, files: Files | None = None) -> None:
        self._site = site
        self._files = files or FolderFiles(site)
        self._settings = settings
        self._last: tuple[str, _Source | None] = ("", None)

    def shown(self, path: str) -> str:
        """A file of the site as findings show it."""
        return self._settings.shown(self._site / path)

    def at(self, path: str, mark: Mark | None) -> Span | str:
        """The span of a mark on a page, or the page where the mark cannot be shown."""
        if mark is None:
            return self.shown(path)
        if self._last[0] != path:
            self._last = (path, self._read(path))
        source = self._last[1]
        return (source.span(mark) if source else None) or self.shown(path)

    def _read(self, path: str) -> _Source | None:
        try:
            return _Source(TextFile.decode(self.shown(path), self._files.read(path)))
        except (OSError, DecodeFault):  # reported where the page was read first
            return None


def _decoded(raw: str) -> str:
    """What the parser makes of characters in the file."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    return html.unescape(text) if "&" in text else text
