"""Writes and compares the seals of archived texts (`briefing seal`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.config import Settings
from generator.diagnostics import Sink, nearest
from generator.load import load_project
from generator.progress import Progress, silent, track
from generator.textfile import DecodeFault, TextFile
from generator.verify.seal import dump_seal, seal_text
from generator.yamlio import Scalar


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: `sealed`, `unchanged` or `differs`."""

    path: str
    state: str
    words: int


def seal_sources(
    settings: Settings,
    wanted: Sequence[str],
    sink: Sink,
    *,
    write: bool,
    progress: Progress = silent,
) -> list[Outcome]:
    """Seal the named sources, or all whose record says `text: sealed`.

    Nothing is written where a text is missing or cannot be read; that is a finding.
    """
    raw = load_project(settings, Sink())  # other stages report what is wrong elsewhere
    records = raw.sources
    for name in wanted:
        if name not in records:
            sink.add(
                "X303",
                f"no source is called `{name}`",
                settings.shown(settings.seeds / f"{name}.yml"),
                *nearest(name, records),
            )
    outcomes = []
    for name, record in track(records.items(), "sealing", progress):
        mode = record.node.get("text")
        sealed = isinstance(mode, Scalar) and mode.text == "sealed"
        if name not in wanted and (wanted or not sealed):
            continue
        outcome = _seal(settings, name, sink, write=write)
        if outcome is not None:
            outcomes.append(outcome)
    return outcomes


def _seal(settings: Settings, name: str, sink: Sink, *, write: bool) -> Outcome | None:
    if settings.archive is None:
        raise ValueError("sealing needs an archive")
    path, target = settings.archive / f"{name}.txt", settings.seeds / f"{name}.seal"
    shown = settings.shown(target)
    try:
        text = TextFile.read(path, path.name).text
    except FileNotFoundError:
        sink.add(
            "L119", f"the archive holds no `{name}.txt`", shown, "put the article's text there"
        )
        return None
    except OSError as error:
        why = (error.strerror or "").lower()
        message = f"`{name}.txt` in the archive cannot be read: {why}"
        sink.add("L116", message, shown, "check that it is a file and may be read")
        return None
    except DecodeFault as fault:
        message = f"`{name}.txt` in the archive: {fault.reason}"
        sink.add(fault.code, message, shown, "save it as UTF-8 text")
        return None
    if not text.strip():
        sink.add(
            "L103", f"`{name}.txt` in the archive is empty", shown, "put the article's text there"
        )
        return None
    made = seal_text(text)
    data = dump_seal(made).encode()
    old = target.read_bytes() if target.is_file() else None
    if old == data:
        return Outcome(shown, "unchanged", made.word_count)
    if not write:
        sink.add(
            "Q406",
            f"the seal of `{name}` is not that of its archived text",
            shown,
            f"run `briefing seal {name}` and check the quotations",
        )
        return Outcome(shown, "differs", made.word_count)
    part = target.with_suffix(".seal.part")
    part.write_bytes(data)
    part.replace(target)
    return Outcome(shown, "sealed", made.word_count)
