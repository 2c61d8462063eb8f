"""Writes and compares the seals of archived texts (`briefing seal`)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.config import Settings
from generator.diagnostics import Sink, nearest
from generator.load import load_project
from generator.load.project import MAX_BYTES
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

    Nothing is written where a text is missing or cannot be read, or would make a seal that a check
    refuses; that is a finding.
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
        if not sealed:
            said = (
                f"its `text` is `{mode.text}`" if isinstance(mode, Scalar) else "it has no `text`"
            )
            sink.add(
                "L119",
                f"`{name}` is not to be sealed: {said}",
                settings.shown(settings.seeds / f"{name}.yml"),
                "write `text: sealed` in its record, or leave it out of the command",
            )
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
        if path.stat().st_size > MAX_BYTES:
            _report_size("text", name, shown, sink)
            return None
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
    made = seal_text(text)
    if not made.word_count:
        what = "holds no words" if text.strip() else "is empty"
        sink.add(
            "L103", f"`{name}.txt` in the archive {what}", shown, "put the article's text there"
        )
        return None
    data = dump_seal(made).encode()
    if len(data) > MAX_BYTES:
        _report_size("seal", name, shown, sink)
        return None
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
    if not _write(target, data, shown, sink):
        return None
    return Outcome(shown, "sealed", made.word_count)


def _report_size(what: str, name: str, shown: str, sink: Sink) -> None:
    sink.add(
        "L111",
        f"the {what} of `{name}` is larger than {MAX_BYTES:,} bytes",
        shown,
        "put the article alone into the archive",
    )


def _write(target: Path, data: bytes, shown: str, sink: Sink) -> bool:
    """Write a seal in one step."""
    part = target.with_suffix(".seal.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        sink.add(
            "P602", f"the seal cannot be written: {reason}", shown, "check space and permissions"
        )
        return False
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return True
