"""The site's own data files: what it says it claims, of whom, and by which sources."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from generator.audit.address import Inventory, Target
from generator.audit.files import Files, FolderFiles
from generator.audit.page import fold
from generator.audit.row import (
    Cited,
    ClaimRow,
    DataFile,
    Row,
    claim_line,
    is_inferred,
    quick_claim,
    read_line,
    walk_texts,
)
from generator.audit.table import Table
from generator.config import Settings
from generator.diagnostics import Sink
from generator.textfile import DecodeFault, TextFile

CLAIMS, ENTITIES, SOURCES = "data/claims.jsonl", "data/entities.jsonl", "data/sources.jsonl"
_REBUILD = "build the site again"


class Content(Protocol):
    """Whatever has the content of a row."""

    @property
    def data(self) -> Mapping[str, object]:
        """Everything the row holds."""
        ...


@dataclass(slots=True)
class Register:
    """The three data files of a site.

    Attributes:
        is_whole: Whether every line of `data/claims.jsonl` could be read.
        names: Every name of an entity and title of a source, white space folded.
        texts: Ref by the folded text of each claim that has one.
        quotes: Quotations of claims, and their translations, white space folded.
        refs_by_source: Refs of the claims that cite each source.
        unfounded: Refs of claims that have neither a citation nor, where it would do, a premise.
    """

    claims: Mapping[str, ClaimRow] = field(default_factory=dict)
    entities: Mapping[str, Row] = field(default_factory=dict)
    sources: Mapping[str, Row] = field(default_factory=dict)
    is_whole: bool = True
    names: Collection[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)
    quotes: Collection[str] = frozenset()
    refs_by_source: dict[str, list[str]] = field(default_factory=dict)
    unfounded: set[str] = field(default_factory=set)

    def citing(self, source: str) -> list[ClaimRow]:
        """Claims that cite a source."""
        return [self.claims[ref] for ref in self.refs_by_source.get(source, ())]

    def cited_from(self, source: str) -> Iterator[Cited]:
        """Every citation of a source."""
        for claim in self.citing(source):
            yield from (cited for cited in claim.citations if cited.source == source)


def read_register(
    site: Path, settings: Settings, inventory: Inventory, sink: Sink, files: Files | None = None
) -> Register:
    """Read the data files; what is missing or damaged is a finding (P608).

    Args:
        site: Folder of the site, as findings show it.
        settings: Under which address the site is published.
        inventory: Its files.
        sink: Takes the findings.
        files: Where it is read from; that folder where not given.
    """
    files = files or FolderFiles(site)
    register = Register()
    before = len(sink)
    claims = _read(files, CLAIMS, settings.shown(site / CLAIMS), sink)
    if claims is not None:
        _add_claims(register, claims, inventory, sink)
    register.is_whole = len(sink) == before
    register.entities = _by_id(files, ENTITIES, settings.shown(site / ENTITIES), sink)
    register.sources = _by_id(files, SOURCES, settings.shown(site / SOURCES), sink)
    register.names = frozenset(names_of(register.entities.values(), register.sources.values()))
    return register


def _by_id(files: Files, name: str, shown: str, sink: Sink) -> dict[str, Row]:
    source = _read(files, name, shown, sink)
    return {} if source is None else {row.id: row for row in _rows(source, sink)}


class _Gathering:
    """Notes of each claim what is asked of all of them, so that none need be kept for it."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.quotes: set[str] = set()
        self.by_source: dict[str, list[str]] = {}
        self.unfounded: set[str] = set()

    def add(self, ref: str, said: str, citations: Collection[Cited], *, is_founded: bool) -> None:
        """Note a claim."""
        if said and (words := fold(said)):
            self.texts.setdefault(words, ref)
        quotes = self.quotes
        for cited in citations:
            quotes.add(cited.words)
            if cited.translation:
                quotes.add(fold(cited.translation))
        for source in {cited.source for cited in citations}:
            self.by_source.setdefault(source, []).append(ref)
        if not is_founded:
            self.unfounded.add(ref)


def _add_claims(register: Register, source: DataFile, inventory: Inventory, sink: Sink) -> None:
    found = _Gathering()
    claims: Mapping[str, ClaimRow] | None = _quick_claims(source, inventory, found)
    if claims is None:
        found, claims = _Gathering(), {}
        for row in _rows(source, sink):
            _add_claim(claims, row, inventory, sink)
        for claim in claims.values():
            is_founded = bool(claim.premises if claim.is_inferred else claim.citations)
            found.add(claim.ref, claim.said, claim.citations, is_founded=is_founded)
    register.claims, register.texts, register.quotes = claims, found.texts, found.quotes
    register.refs_by_source, register.unfounded = found.by_source, found.unfounded


def _quick_claims(
    source: DataFile, inventory: Inventory, found: _Gathering
) -> Table[ClaimRow] | None:
    """Every claim of a file without a fault; None for one that has to be read line by line."""
    claims = Table(source, lambda _, line, at: quick_claim(source, line, at, inventory))
    data, at, count = source.data[:], 0, 0
    try:
        while at < len(data):
            end = data.find(b"\n", at)
            end = len(data) if end < 0 else end
            if end > at:
                claim = claim_line(data[at:end])
                claims.add(claim.id, at, end - at)
                is_founded = bool(claim.premises if is_inferred(claim.kind) else claim.citations)
                found.add(claim.id, claim.text or "", claim.citations, is_founded=is_founded)
                count += 1
            at = end + 1
    except (ValueError, RecursionError):
        return None
    return claims if len(claims) == count else None


def _add_claim(claims: dict[str, ClaimRow], row: Row, inventory: Inventory, sink: Sink) -> None:
    if row.id in claims:
        first = claims[row.id].row
        sink.add("P607", f"the claim `{row.id}` stands twice in `{CLAIMS}`", row.span(row.id), _REBUILD,
                 related=[(first.span(row.id), "first here")])  # fmt: skip
        return
    kind = row.data.get("kind")
    claims[row.id] = ClaimRow.of(
        row,
        tuple(_citations(row, sink)),
        _home(row, inventory),
        kind if isinstance(kind, str) else None,
        row.text("text") or "",
        row.texts("premises"),
        row.texts("origins"),
    )


def _read(files: Files, name: str, shown: str, sink: Sink) -> DataFile | None:
    try:
        data = files.read(name)
        TextFile.decode(shown, data)
    except FileNotFoundError:
        sink.add(
            "P608",
            f"the site has no `{name}`",
            shown,
            "name the folder that `briefing build` wrote",
        )
    except OSError as error:
        sink.add("P608", f"the file cannot be read: {error.strerror or error}", shown)
    except DecodeFault as fault:
        sink.add("P608", fault.reason, shown, _REBUILD)
    else:
        return DataFile(shown, data.removeprefix(BOM_UTF8))
    return None


def _rows(source: DataFile, sink: Sink) -> Iterator[Row]:
    at = 0
    for line in source.data[:].split(b"\n"):
        if line.strip():
            row = _row(source, at, at + len(line), sink)
            if row is not None:
                yield row
        at += len(line) + 1


def _row(source: DataFile, start: int, end: int, sink: Sink) -> Row | None:
    text = source.data[start:end].decode("utf-8")
    if not text.strip():
        return None
    try:
        data = read_line(text)
    except json.JSONDecodeError as error:
        line = source.span(start, end)
        place = line.part(min(error.pos, max(0, line.end - line.start - 1)), error.pos + 1)
        sink.add("P608", "the line is not sound JSON", place, _REBUILD)
        return None
    except (RecursionError, ValueError):
        sink.add("P608", "the line is not sound JSON", source.span(start, end), _REBUILD)
        return None
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        sink.add("P608", "the line is no record with an `id`", source.span(start, end), _REBUILD)
        return None
    row = Row(data["id"], source, start, end)
    row.__dict__["data"] = data
    return row


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
                    *(_optional(entry, key) for key in ("translation", "locator", "note")))  # fmt: skip


def _number(entry: dict[str, Any], key: str) -> int | None:
    value = entry.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _optional(entry: dict[str, Any], key: str) -> str | None:
    value = entry.get(key)
    return value if isinstance(value, str) else None


def names_of(entities: Iterable[Content], sources: Iterable[Content]) -> Iterator[str]:
    """Every name of entities, and every title and publisher of sources, white space folded."""
    for row in entities:
        for key in ("name", "names"):
            yield from map(fold, walk_texts(row.data.get(key)))
    for row in sources:
        for key in ("title", "publisher"):
            yield from map(fold, walk_texts(row.data.get(key)))


def rows_of(held: Mapping[str, ClaimRow] | Mapping[str, Row]) -> list[Row]:
    """The rows of a data file, in their order."""
    if isinstance(held, Table):
        return held.rows()
    return [one.row if isinstance(one, ClaimRow) else one for one in held.values()]


def words_of_claims(register: Register) -> tuple[list[str], list[str]]:
    """All texts of claims, and all quotations and translations, white space folded."""
    said: list[str] = []
    quoted: list[str] = []
    for text, citations in _words(register.claims):
        if text:
            said.append(fold(text))
        for cited in citations:
            quoted.append(cited.words)
            if cited.translation:
                quoted.append(fold(cited.translation))
    return said, quoted


def _words(claims: Mapping[str, ClaimRow]) -> Iterator[tuple[str, tuple[Cited, ...]]]:
    if isinstance(claims, Table):
        for line in map(claim_line, claims.lines()):
            yield line.text or "", line.citations
    else:
        for claim in claims.values():
            yield claim.said, claim.citations
