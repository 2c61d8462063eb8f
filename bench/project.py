"""Writes a corpus as a project of ours: sheets, records, texts, vocabulary, settings."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from bench.author import write_blocks
from bench.corpus import AGENCIES, FOLDERS, TOPICS, Claim, Corpus, Quote, Sheet, Source

OVERLAP: Final = 0.5
"""Setting `overlap` of the corpora."""

EDIT: Final = " at last"
"""Words that an edit puts into a claim, or takes out again; no corpus has them otherwise."""

_PLAIN: Final = re.compile(r"[^\s\[\]{}\"'“@&*!%`|>#,:?-](?:(?!: | #)[^\n])*(?<![:\s])\Z")

_PROPERTIES: Final = """\
topics: [{topics}]
properties:
  capital: {{label: Capital, kinds: [country], type: text, values: one}}
  region: {{label: Region, kinds: [country], type: text, values: one}}
  population: {{label: Inhabitants, kinds: [country], type: number, values: one}}
  president: {{label: President, kinds: [country], type: entity, values: one}}
  member-of: {{label: Member of, kinds: [country], type: entity, values: many}}
  born: {{label: Born, kinds: [person], type: date, values: one}}
  birthplace: {{label: Place of birth, kinds: [person], type: text, values: one}}
  pages: {{label: Pages, kinds: [agreement], type: number, values: one}}
  founded: {{label: Founded, kinds: [organisation], type: date, values: one}}
  seat: {{label: Seat, kinds: [organisation], type: text, values: one}}
  host: {{label: Host, kinds: [organisation], type: entity, values: one}}
"""
_SETTINGS: Final = """\
site_name: The invented briefing
site_description: A corpus for measuring.
site_url: https://briefing.example/
docs_dir: content
site_dir: site
use_directory_urls: true
strict: true
theme:
  name: material
{theme}  language: en
  font: false
  features:
    - navigation.tabs
extra:
  generator: false
markdown_extensions:
  - toc
  - tables
  - footnotes
  - attr_list
plugins:
  - briefing:
      as_of: 2024-06-30
      overlap: {overlap}
nav:
  - Home: index.md
  - Countries: countries/index.md
  - People: people/index.md
  - Agreements: agreements/index.md
  - Organisations: organisations/index.md
  - Events: events/index.md
  - Timeline: timeline/index.md
  - Sources: sources/index.md
  - Disagreements: disagreements/index.md
"""
_HOME: Final = "---\ntitle: Home\n---\n\n# The invented briefing\n\nNothing here is true.\n"


def write_project(corpus: Corpus, folder: Path, theme: Path | None = None) -> None:
    """Write a corpus as a project.

    Args:
        corpus: What to write.
        folder: Where to; it must not hold another corpus.
        theme: Folder of the theme's templates, for `custom_dir`; None for the tool's own choice.
    """
    content, seeds = folder / "content", folder / "seeds"
    for name in FOLDERS.values():
        (content / name).mkdir(parents=True, exist_ok=True)
    seeds.mkdir(exist_ok=True)
    line = f"  custom_dir: {_scalar(str(theme))}\n" if theme else ""
    _write(folder / "mkdocs.yml", _SETTINGS.format(theme=line, overlap=OVERLAP))
    _write(content / "index.md", _HOME)
    _write(content / "properties.yml", _PROPERTIES.format(topics=", ".join(TOPICS)))
    agencies = (f"{id_}:\n  name: {id_.title()}\n  kind: news-agency\n" for id_ in AGENCIES)
    _write(seeds / "origins.yml", "".join(agencies))
    for block in write_blocks(corpus):
        for sheet in block.sheets:
            _write(content / sheet.name.folder / f"{sheet.name.id}.yml", sheet_text(sheet))
        source = block.source
        _write(seeds / f"{source.id}.yml", record_text(source))
        _write(seeds / f"{source.id}.txt", "\n\n".join(source.paragraphs) + "\n")


def edit_fact(sheet: Path) -> None:
    """Change the words of one claim of a sheet, back and forth: it stays true and checks clean."""
    text = sheet.read_text(encoding="utf-8")
    line = re.compile(rf"^( +text: .*?)({EDIT})?\.$", re.MULTILINE)
    _write(sheet, line.sub(lambda m: f"{m[1]}{'' if m[2] else EDIT}.", text, count=1))


def rename_entity(sheet: Path) -> None:
    """Change the name of a sheet's entity, back and forth: quotations keep the former one.

    Raises:
        ValueError: when the sheet does not begin with a plain name.
    """
    text = sheet.read_text(encoding="utf-8")
    named = re.match(r"name: ([^\"\n]*?)( of old)?\n", text)
    if named is None:
        raise ValueError(f"`{sheet.name}` does not begin with a name")
    _write(sheet, f"name: {named[1]}{'' if named[2] else ' of old'}\n{text[named.end() :]}")


def toggle_sheet(folder: Path) -> None:
    """Let a fact sheet come that makes the claims of another, or let it go again; it checks clean.

    Args:
        folder: Of the sheets of one kind.

    Raises:
        ValueError: when each sheet of the folder contradicts another.
    """
    new = folder / "the-new-one.yml"
    if new.exists():
        new.unlink()
        return
    for sheet in sorted(folder.glob("*.yml")):
        claims = sheet.read_text(encoding="utf-8").partition("\nclaims:\n")[2]
        if claims and "conflicts_with" not in claims and "premises" not in claims:
            _write(new, f"name: The new one\nclaims:\n{claims}")
            return
    raise ValueError(f"no sheet in `{folder.name}` serves as a model")


def sheet_text(sheet: Sheet) -> str:
    """The YAML of a fact sheet."""
    lines = [f"name: {_scalar(sheet.name.name)}"]
    for part, pairs in (("names", sheet.other_names), ("identifiers", sheet.identifiers)):
        if pairs:
            lines += [f"{part}:", *(f"  {key}: {_scalar(value)}" for key, value in pairs.items())]
    opened: tuple[str, ...] = ()
    for claim in sorted(sheet.claims, key=lambda claim: _ORDER.index(claim.place[0])):
        for depth, key in enumerate(claim.place):
            if opened[: depth + 1] != claim.place[: depth + 1]:
                lines.append(f"{'  ' * depth}{key}:")
        opened = claim.place
        lines += _claim_lines(claim, "  " * len(claim.place))
    return "\n".join(lines) + "\n"


def record_text(source: Source) -> str:
    """The YAML of a source's record."""
    return "".join(f"{_pair(key, value)}\n" for key, value in source.keys.items())


_ORDER: Final = ("date", "place", "participants", "roles", "parties", "claims")


def _claim_lines(claim: Claim, indent: str) -> list[str]:
    lines = [f"{indent}text: {_scalar(claim.text)}"] if claim.written else []
    lines += [f"{indent}{_pair(key, value)}" for key, value in claim.keys.items()]
    if claim.quotes:
        lines.append(f"{indent}cite:")
    for quote in claim.quotes:
        lines += _quote_lines(quote, f"{indent}  ")
    return lines


def _quote_lines(quote: Quote, indent: str) -> list[str]:
    if not quote.translation:
        return [f"{indent}{quote.source}: {_scalar(quote.exact)}"]
    return [
        f"{indent}{quote.source}:",
        f"{indent}  exact: {_scalar(quote.exact)}",
        f"{indent}  translation: {_scalar(quote.translation)}",
    ]


def _pair(key: str, value: str | list[str]) -> str:
    if isinstance(value, list):
        return f"{key}: [{', '.join(value)}]"
    return f"{key}: {_scalar(value)}" if value else f"{key}:"


def _scalar(text: str) -> str:
    """A text as YAML, in quotation marks only where it needs them."""
    return text if _PLAIN.match(text) else json.dumps(text, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    # Bytes, so that line ends are the same on every system.
    path.write_bytes(text.encode())
