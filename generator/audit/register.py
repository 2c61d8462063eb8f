"""The site's own data files: what it says it claims, of whom, and by which sources."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.audit.address import Inventory, Target
from generator.audit.page import fold
from generator.config import Settings
from generator.diagnostics import Sink
from generator.textfile import DecodeFault, Span, TextFile

CLAIMS, ENTITIES, SOURCES = "data/claims.jsonl", "data/entities.jsonl", "data/sources.jsonl"
_REBUILD = "build the site again"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a data file.

    Attributes:
        id: Its `id`.
        data: Everything it holds.
        line: The line in the file.
    """

    id: str
    data: dict[str, Any]
    line: Span

    def text(self, key: str) -> str | None:
        """A text that is not empty; None for anything else."""
        value = self.data.get(key)
        return value if isinstance(value, str) and value else None

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list; those in anything else are left out."""
        value = self.data.get(key)
        return (
            tuple(item for item in value if isinstance(item, str))
            if isinstance(value, list)
            else ()
        )

    def span(self, value: str) -> Span:
        """Where a text stands in the line; the line where it is not to be found as written."""
        for ascii_only in (False, True):
            written = json.dumps(value, ensure_ascii=ascii_only)
            at = self.line.text.find(written)
            if at >= 0:
                return self.line.part(at + 1, at + max(2, len(written) - 1))
        return self.line


@dataclass(frozen=True)
class Cited:
    """One citation of a row: a source and the words quoted from it; places count from one."""

    source: str
    exact: str
    paragraph: int | None
    sentence: int | None
    translation: str | None

    @cached_property
    def words(self) -> str:
        """The quoted words, white space folded."""
        return fold(self.exact)


@dataclass(frozen=True)
class ClaimRow:
    """One claim of `data/claims.jsonl`.

    Attributes:
        home: Its own place on the site, by its `url`; None when that leads out of it.
    """

    row: Row
    citations: tuple[Cited, ...]
    home: Target | None

    @property
    def ref(self) -> str:
        """`entity#claim`."""
        return self.row.id

    @property
    def anchor(self) -> str:
        """The part of the ref behind the `#`."""
        return self.row.id.partition("#")[2]

    @property
    def is_inferred(self) -> bool:
        """Whether it rests on premises: a derived claim or a judgement."""
        return self.row.data.get("kind") in ("derived", "judgement")

    @cached_property
    def words(self) -> str:
        """Its text, white space folded; empty when it has none."""
        return fold(self.row.text("text") or "")

    @cached_property
    def sources(self) -> frozenset[str]:
        """Every source it cites."""
        return frozenset(cited.source for cited in self.citations)

    @cached_property
    def premises(self) -> frozenset[str]:
        """Refs of its premises."""
        return frozenset(self.row.texts("premises"))

    @cached_property
    def exacts(self) -> dict[str, frozenset[str]]:
        """What it quotes from each source, white space folded."""
        return {
            source: frozenset(cited.words for cited in self.citations if cited.source == source)
            for source in self.sources
        }


@dataclass(slots=True)
class Register:
    """The three data files of a site.

    Attributes:
        is_whole: Whether every line of `data/claims.jsonl` could be read.
        names: Every name of an entity and title of a source, white space folded.
        texts: Ref by the folded text of each claim that has one.
    """

    claims: dict[str, ClaimRow] = field(default_factory=dict)
    entities: dict[str, Row] = field(default_factory=dict)
    sources: dict[str, Row] = field(default_factory=dict)
    is_whole: bool = True
    names: frozenset[str] = frozenset()
    texts: dict[str, str] = field(default_factory=dict)


def read_register(site: Path, settings: Settings, inventory: Inventory, sink: Sink) -> Register:
    """Read the data files; what is missing or damaged is a finding (P608)."""
    register = Register()
    before = len(sink)
    for row in _rows(site, CLAIMS, settings, sink):
        if row.id in register.claims:
            first = register.claims[row.id].row
            sink.add("P607", f"the claim `{row.id}` stands twice in `{CLAIMS}`", row.span(row.id), _REBUILD,
                     related=[(first.span(row.id), "first here")])  # fmt: skip
            continue
        register.claims[row.id] = ClaimRow(row, tuple(_citations(row, sink)), _home(row, inventory))
        if words := register.claims[row.id].words:
            register.texts.setdefault(words, row.id)
    register.is_whole = len(sink) == before
    register.entities = {row.id: row for row in _rows(site, ENTITIES, settings, sink)}
    register.sources = {row.id: row for row in _rows(site, SOURCES, settings, sink)}
    register.names = frozenset(_names(register))
    return register


def walk_texts(value: object) -> list[str]:
    """Every text and number in a JSON value, keys left out."""
    found: list[str] = []
    _collect_texts(value, found)
    return found


def _collect_texts(value: object, found: list[str]) -> None:
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            if isinstance(inner, str):  # as most are: spares a call
                found.append(inner)
            elif inner is not None:
                _collect_texts(inner, found)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found.append(str(value))


def _rows(site: Path, name: str, settings: Settings, sink: Sink) -> Iterator[Row]:
    shown = settings.shown(site / name)
    try:
        file = TextFile.read(site / name, shown)
    except FileNotFoundError:
        sink.add(
            "P608",
            f"the site has no `{name}`",
            shown,
            "name the folder that `briefing build` wrote",
        )
        return
    except OSError as error:
        sink.add("P608", f"the file cannot be read: {error.strerror or error}", shown)
        return
    except DecodeFault as fault:
        sink.add("P608", fault.reason, shown, _REBUILD)
        return
    at = 0
    for text in file.text.split("\n"):
        line = file.span(at, at + len(text))
        at += len(text) + 1
        if text.strip():
            row = _row(line, sink)
            if row is not None:
                yield row


def _row(line: Span, sink: Sink) -> Row | None:
    try:
        data = json.loads(line.text)
    except json.JSONDecodeError as error:
        place = line.part(min(error.pos, max(0, line.end - line.start - 1)), error.pos + 1)
        sink.add("P608", "the line is not sound JSON", place, _REBUILD)
        return None
    except (RecursionError, ValueError):
        sink.add("P608", "the line is not sound JSON", line, _REBUILD)
        return None
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        sink.add("P608", "the line is no record with an `id`", line, _REBUILD)
        return None
    return Row(data["id"], data, line)


def _home(row: Row, inventory: Inventory) -> Target | None:
    url = row.text("url")
    return inventory.follow("index.html", url) if url else None


def _citations(row: Row, sink: Sink) -> Iterator[Cited]:
    listed = row.data.get("citations")
    if not isinstance(listed, list):
        sink.add(
            "P608", f"the claim `{row.id}` has no list of citations", row.span(row.id), _REBUILD
        )
        return
    for entry in listed:
        source, exact = (
            (entry.get(key) for key in ("source", "exact"))
            if isinstance(entry, dict)
            else (None, None)
        )
        if not isinstance(source, str) or not isinstance(exact, str):
            sink.add("P608", f"a citation of the claim `{row.id}` names no source or no words",
                     row.span(row.id), _REBUILD)  # fmt: skip
            continue
        yield Cited(source, exact, _number(entry, "paragraph"), _number(entry, "sentence"),
                    _optional(entry, "translation"))  # fmt: skip


def _number(entry: dict[str, Any], key: str) -> int | None:
    value = entry.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _optional(entry: dict[str, Any], key: str) -> str | None:
    value = entry.get(key)
    return value if isinstance(value, str) else None


def _names(register: Register) -> Iterator[str]:
    for row in register.entities.values():
        for key in ("name", "names"):
            yield from map(fold, walk_texts(row.data.get(key)))
    for row in register.sources.values():
        for key in ("title", "publisher"):
            yield from map(fold, walk_texts(row.data.get(key)))
