"""What is ordered, and what a paper is before it is typeset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

import msgspec

_ENCODER: Final = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True)
class Variant:
    """A form in which a paper is set.

    Attributes:
        id: Its name; part of the file's name unless it is the first of `FORMATS`.
        sheet: Size of the sheet, by Typst's name.
        large: Whether it is set in large print, for readers with low vision.
    """

    id: str
    sheet: str
    large: bool = False
    label: str = ""


FORMATS: Final = (
    Variant("a4", "a4", label="A4"),
    Variant("letter", "us-letter", label="Letter"),
    Variant("large", "a4", large=True, label="large print"),
    Variant("letter-large", "us-letter", large=True, label="Letter, large print"),
)
"""All forms; a site carries the first three."""


@dataclass(frozen=True, slots=True)
class Order:
    """A paper that somebody asks for.

    Attributes:
        name: Name of its file, without ending.
        entities: Ids of the pages it holds, in order, each once; several make a dossier.
        briefing: Id of a prose briefing, which comes first.
        since: Id of a stored edition, where the paper is of what has changed since.
    """

    name: str
    entities: tuple[str, ...] = ()
    since: str = ""
    briefing: str = ""

    @property
    def is_dossier(self) -> bool:
        """Whether it has chapters."""
        return len(self.entities) + bool(self.briefing) > 1

    def file(self, variant: Variant) -> str:
        """Name of its file in a form."""
        return f"{self.name}.pdf" if variant == FORMATS[0] else f"{self.name}.{variant.id}.pdf"


@dataclass(frozen=True)
class Paper:
    """A paper as plain values: all that a typesetter needs besides the templates.

    Attributes:
        data: What `data.json` holds, but for the form.
        claims: Its claims as JSON, which is attached to the PDF.
        figures: SVG images, by the name under which the data refer to them.
        time: Seconds since 1970 that the PDF gives as the time of its making.
        template: The template that it is set by.
    """

    data: Mapping[str, Any]
    claims: bytes
    figures: Mapping[str, bytes] = field(default_factory=dict)
    time: int = 0
    template: str = "paper.typ"

    def files(self, variant: Variant) -> dict[str, bytes]:
        """The files that the templates read, for a form."""
        data = {**self.data, "paper": variant.sheet, "large": variant.large}
        return {"data.json": _ENCODER.encode(data), "claims.json": self.claims, **self.figures}


def digest(files: Mapping[str, bytes], *more: str) -> str:
    """A hash over named files and words."""
    found = blake2b(digest_size=16)
    for name in sorted(files):
        found.update(f"{name}\0{len(files[name])}\0".encode())
        found.update(files[name])
    for words in more:
        found.update(f"{words}\0".encode())
    return found.hexdigest()
