"""Whether the built briefings say what their data file says, and every sentence cites (P613)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.audit.files import Files
from generator.audit.page import fold
from generator.audit.statement import prose_figure
from generator.config import Settings
from generator.diagnostics import Sink
from generator.textfile import DecodeFault, TextFile

BRIEFINGS = "data/briefings.jsonl"
_HINT = "build the site again; if it stays, a template leaves citations out"
_MARKED = "[data-sentence], [data-framing]"


def touches(name: str) -> bool:
    """Whether a file of the site bears on its briefings."""
    return name == BRIEFINGS or name.startswith("briefings/")


def check_briefings(site: Path, settings: Settings, files: Files, sink: Sink) -> None:
    """Compare every briefing's page with its record; findings P608 and P613 go to the sink.

    Args:
        site: Folder of the site, as findings show it.
        settings: Show paths.
        files: Where the site is read from.
        sink: Takes the findings.
    """
    names = set(files.names())
    owners: dict[str, dict[str, Any]] = {}
    if BRIEFINGS in names:
        try:
            for line in files.read(BRIEFINGS).splitlines():
                record = msgspec.json.decode(line)
                url = record["url"]
                owners[f"{url}index.html" if url.endswith("/") else url] = record
        except (msgspec.DecodeError, KeyError, TypeError, AttributeError) as error:
            shown = settings.shown(site / BRIEFINGS)
            sink.add("P608", f"the data file of briefings is damaged: {error}", shown, _HINT)
            return
    for path in sorted({*owners, *(name for name in names if _is_page(name))}):
        if path not in names:
            message = f"`{owners[path]['id']}` has no page"
            sink.add("P608", message, settings.shown(site / BRIEFINGS), _HINT)
            continue
        try:
            file = TextFile.decode(settings.shown(site / path), files.read(path))
        except DecodeFault:
            continue  # told where pages are read
        _check_page(file, owners.get(path), sink)


def _is_page(name: str) -> bool:
    return name.startswith("briefings/") and name.endswith(".html")


def _check_page(file: TextFile, record: dict[str, Any] | None, sink: Sink) -> None:
    root = LexborHTMLParser(file.text)
    said = root.css(_MARKED)
    if record is None:
        if said:
            sink.add("P613", "the page has sentences and is no briefing", file.path, _HINT)
        return
    due = {str(one["number"]): one for one in record["sentences"]}
    for node in said:
        number = node.attributes.get("data-sentence")
        if number is None:
            own = "".join(t.text_content or "" for t in _texts(node, "a"))  # names may have numbers
            if any(letter.isdigit() for letter in node.text()) or prose_figure(own):
                sink.add("P613", "framing gives a figure", _place(file, node), _HINT)
            continue
        one = due.pop(number, None)
        if one is None:
            sink.add("P613", f"sentence {number} is not in the data file, or stands twice",
                     _place(file, node), _HINT)  # fmt: skip
            continue
        _check_sentence(file, node, one, root, sink)
    for number in due:
        sink.add("P613", f"sentence {number} is missing", file.path, _HINT)
    exacts = {one["exact"] for sentence in record["sentences"] for one in sentence["quotations"]}
    of_claims = {quote.mem_id for quote in root.css("[data-claim-ref] q")}
    for quote in root.css(".briefing q"):
        if quote.mem_id not in of_claims and quote.text() not in exacts:
            sink.add("P613", f"no sentence quotes `{quote.text()}`", file.path, _HINT)


def _check_sentence(
    file: TextFile, node: LexborNode, due: dict[str, Any], root: LexborHTMLParser, sink: Sink
) -> None:
    """A sentence has the words of its record, and links to a note for each thing it cites."""
    number, notes = due["number"], list[tuple[str, str]]()
    for link in node.css("[data-basis], [data-quoted]"):
        name = link.attributes.get("data-basis") or link.attributes.get("data-quoted") or ""
        anchor = (link.attributes.get("href") or "").removeprefix("#")
        note = root.css_first(f'[id="{anchor}"]') if anchor.startswith("b-") else None
        found = note and (
            note.css_first(f'[data-claim-ref="{name}"]')
            or note.css_first(f'[data-quoted-from="{name}"]')
        )
        if not found:
            sink.add("P613", f"a citation of sentence {number} leads to no note on `{name}`",
                     _place(file, node), _HINT)  # fmt: skip
        notes.append((name, anchor))
        quoted = note.css_first("[data-quoted-from] + q") if note else None
        exacts = {one["exact"] for one in due["quotations"] if one["source"] == name}
        if quoted is not None and quoted.text() not in exacts:
            sink.add("P613", f"a note of sentence {number} quotes other words than its record",
                     _place(file, node), _HINT)  # fmt: skip
    cited = {name for name, _ in notes}
    wanted = {*due["claims"], *(one["source"] for one in due["quotations"])}
    if not wanted or cited != wanted:
        missing = ", ".join(f"`{one}`" for one in sorted(wanted - cited)) or "other things"
        message = (
            f"sentence {number} does not cite {missing}"
            if cited
            else f"sentence {number} cites nothing"
        )
        sink.add("P613", message, _place(file, node), _HINT)
    words = "".join(text.text_content or "" for text in _texts(node, "sup"))
    if fold(words) != fold(due["text"]):
        sink.add("P613", f"sentence {number} has other words than its record",
                 _place(file, node), _HINT)  # fmt: skip


def _texts(top: LexborNode, but: str) -> Iterator[LexborNode]:
    """The texts in an element, but for those in elements of one kind."""
    for node in top.traverse(include_text=True):
        if node.tag == "-text" and not _is_in(node, top, but):
            yield node


def _is_in(text: LexborNode, top: LexborNode, tag: str) -> bool:
    above = text.parent
    while above is not None and above != top:
        if above.tag == tag:
            return True
        above = above.parent
    return False


def _place(file: TextFile, node: LexborNode) -> Any:  # noqa: ANN401 - a span or a path
    number = node.attributes.get("data-sentence")
    written = f'data-sentence="{number}"' if number else "data-framing"
    at = file.text.find(written)
    return file.span(at, at + len(written)) if at >= 0 else file.path
