"""Stores the present facts as an edition, and reads stored ones again after an edit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.compare import compare_again, snapshot
from generator.config import Settings
from generator.diagnostics import Sink
from generator.load.edition import read_edition
from generator.model.edition import FOLDER, SUFFIX, Head, Since, edition_bytes
from generator.model.stage import Verified

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Released:
    """An edition that was stored; `changes` since the one before."""

    head: Head
    path: str
    changes: int


def release_edition(
    verified: Verified, sink: Sink, *, note: str = "", number: int | None = None
) -> Released | None:
    """Store an edition; None, with a finding, where there is none to store.

    A stored edition is never written over, and a file is there whole or not at all.

    Args:
        verified: The facts, free of findings.
        sink: Takes what stands in the way.
        note: What the editors say of it.
        number: Its number; one more than the last when None.
    """
    settings = verified.facts.settings
    edition, before = verified.edition, verified.changes
    last = before[-1].head if before else None
    number = number if number is not None else (last.number + 1 if last else 1)
    path = settings.content / FOLDER / f"{edition.id}{SUFFIX}"
    shown = settings.shown(path)
    if before and last and before[-1].count == 0:
        message = f"nothing has changed since edition {last.number}, `{last.edition}`"
        sink.add("P611", message, settings.shown(path.parent / f"{last.edition}{SUFFIX}"))
        return None
    if last and number <= last.number:
        message = f"number {number} is not above that of the last edition, {last.number}"
        sink.add("P612", message, shown, "leave `--number` out")
        return None
    head = Head(
        edition=edition.id,
        number=number,
        sha256="",
        as_of=edition.as_of.text if edition.as_of else None,
        note=" ".join(note.split())[:LONGEST_NOTE] or None,
    )
    head, data = edition_bytes(head, snapshot(verified))
    if not _write_new(path, data, settings, sink):
        return None
    return Released(head, shown, before[-1].count if before else 0)


def _write_new(path: Path, data: bytes, settings: Settings, sink: Sink) -> bool:
    """Write a file that must not be there yet, in one step."""
    shown = settings.shown(path)
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made.write_bytes(data)
        os.link(made, path)  # unlike a renaming, it never replaces what is there
    except FileExistsError:
        sink.add("P612", "an edition of this id is stored already", shown,
                 "edit the facts first: any edit gives another id")  # fmt: skip
        return False
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        sink.add(
            "P602", f"the edition cannot be written: {reason}", shown, "check space and permissions"
        )
        return False
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)
    return True


def changed_since(
    before: Sequence[Since], after: Verified, entities: Iterable[str], sources: Iterable[str]
) -> tuple[Since, ...]:
    """What has changed since each stored edition, after an edit of some entities and sources.

    Args:
        before: What had changed before the edit.
        after: The facts after it.
        entities: Ids of the entities of which anything is another than before.
        sources: Ids of the sources whose record is another.

    Raises:
        OSError: when a stored edition cannot be read.
    """
    if not before:
        return ()
    editions = [read_edition(after.facts.settings, since.id) for since in before]
    return compare_again(before, after, editions, entities=entities, sources=sources)
