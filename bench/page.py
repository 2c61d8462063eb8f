"""Writes a corpus as Markdown: the same facts, links and quotations, for generators of other kinds.

A page holds the names, the fact box as a table, the claims by topic, and a footnote for each
quotation; a source's page holds its record and text. What our own build works out beyond that
(backlinks, standings, timeline, marked passages, data files) is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from bench.author import write_blocks
from bench.corpus import FOLDERS, TOPICS, Claim, Corpus, Name, Quote, Sheet, Source

SOURCES: Final = "sources"
SECTIONS: Final = (*FOLDERS.values(), SOURCES)
"""Folders of the pages, each with an index of its own."""

_LINK: Final = re.compile(r"\[\[([a-z0-9-]+)(?:#[a-z0-9-]+)?(?:\|([^\]]+))?\]\]")

Head = Callable[[str, str, str], str]


def yaml_head(title: str, section: str, id_: str) -> str:
    """Front matter in YAML with the title alone."""
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one generator wants its Markdown.

    Attributes:
        head: Writes what stands before the text, from title, section and id (empty: an index).
        heading: Whether the text begins with its title as a heading; else the template shows it.
        to_files: Whether links name Markdown files, which the generator checks and turns into
            addresses; else they are addresses, relative to folders.
        index: File name of a section's index.
    """

    head: Head = yaml_head
    heading: bool = True
    to_files: bool = True
    index: str = "index.md"

    def link(self, words: str, section: str, id_: str, *, from_index: bool = False) -> str:
        """A link to a page, from another page or from the index of a section."""
        if self.to_files:
            return f"[{words}](../{section}/{id_}.md)"
        return f"[{words}]({'..' if from_index else '../..'}/{section}/{id_}/)"

    def document(self, title: str, section: str, id_: str, body: str) -> str:
        """A whole file."""
        heading = f"# {title}\n\n" if self.heading else ""
        return f"{self.head(title, section, id_)}{heading}{body}"


def write_pages(corpus: Corpus, folder: Path, dialect: Dialect) -> None:
    """Write all pages of a corpus, with a home page and the section indexes.

    Args:
        corpus: What to write.
        folder: The generator's folder of content.
        dialect: How the generator wants it.
    """
    for section in SECTIONS:
        (folder / section).mkdir(parents=True, exist_ok=True)
    titles: dict[str, list[tuple[str, str]]] = {section: [] for section in SECTIONS}
    known = {name.id: name for name in corpus.names()}
    sources = _source_titles(corpus)
    for block in write_blocks(corpus):
        for sheet in block.sheets:
            name = sheet.name
            titles[name.folder].append((name.id, name.name))
            text = "\n".join(_SheetPage(sheet, known, sources, dialect).lines()) + "\n"
            _write(
                folder / name.folder / f"{name.id}.md",
                dialect.document(name.name, name.folder, name.id, text),
            )
        source = block.source
        title = sources[source.id]
        titles[SOURCES].append((source.id, title))
        _write(
            folder / SOURCES / f"{source.id}.md",
            dialect.document(title, SOURCES, source.id, _source_text(source)),
        )
    for section, listed in titles.items():
        lines = [
            f"- {dialect.link(title, section, id_, from_index=True)}\n" for id_, title in listed
        ]
        text = dialect.document(section.capitalize(), section, "", "".join(lines))
        _write(folder / section / dialect.index, text)


@lru_cache(maxsize=1)
def _source_titles(corpus: Corpus) -> dict[str, str]:
    return {block.source.id: str(block.source.keys["title"]) for block in write_blocks(corpus)}


def _source_text(source: Source) -> str:
    rows = [
        f"| {key.capitalize()} | {', '.join(value) if isinstance(value, list) else value} |\n"
        for key, value in source.keys.items()
        if value and key not in ("title", "text")
    ]
    text = "\n\n".join(source.paragraphs)
    return f"| Key | Value |\n|---|---|\n{''.join(rows)}\n## Text\n\n{text}\n"


class _SheetPage:
    """The page of one sheet, with its footnotes numbered as they come."""

    def __init__(
        self, sheet: Sheet, known: dict[str, Name], sources: dict[str, str], dialect: Dialect
    ) -> None:
        self.sheet = sheet
        self.known = known
        self.sources = sources
        self.dialect = dialect
        self.notes: list[str] = []

    def lines(self) -> Iterator[str]:
        """The text, line by line."""
        if self.sheet.other_names:
            yield f"Also: {', '.join(self.sheet.other_names.values())}\n"
        facts = [claim for claim in self.sheet.claims if "property" in claim.keys]
        if facts:
            yield "| Fact | Value |\n|---|---|"
            for claim in facts:
                label = str(claim.keys["property"]).replace("-", " ").capitalize()
                yield f"| {label} | {self.linked(claim.text)}{self.marks(claim)} |"
            yield ""
        sections: dict[str, list[Claim]] = {topic: [] for topic in TOPICS}
        for claim in self.sheet.claims:
            if "property" not in claim.keys:
                sections[str(claim.keys.get("topic", TOPICS[0]))].append(claim)
        for topic, claims in sections.items():
            if claims:
                yield f"## {topic}\n"
                yield from (f"- {self.statement(claim)}" for claim in claims)
                yield ""
        yield from (f"[^{number}]: {note}\n" for number, note in enumerate(self.notes, start=1))

    def statement(self, claim: Claim) -> str:
        """A claim with its marks and remarks."""
        remarks = [
            f" *{label}: {self.linked(str(claim.keys[key]))}*"
            for key, label in (
                ("reason", "Reported, since corrected"),
                ("note", "Sources disagree"),
                ("reasoning", "Derived"),
            )
            if key in claim.keys
        ]
        return f"{self.linked(claim.text)}{self.marks(claim)}{''.join(remarks)}"

    def linked(self, text: str) -> str:
        """A text with its links in Markdown."""

        def link(match: re.Match[str]) -> str:
            name = self.known[match[1]]
            return self.dialect.link(match[2] or name.name, name.folder, name.id)

        return _LINK.sub(link, text)

    def marks(self, claim: Claim) -> str:
        """The marks of a claim's footnotes, which are put on the list."""
        first = len(self.notes) + 1
        self.notes += map(self.note, claim.quotes)
        return "".join(f"[^{number}]" for number in range(first, len(self.notes) + 1))

    def note(self, quote: Quote) -> str:
        """A footnote: the source and the quoted words."""
        where = self.dialect.link(self.sources[quote.source], SOURCES, quote.source)
        translation = f" ({quote.translation})" if quote.translation else ""
        return f"{where}: “{quote.exact}”{translation}"


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
