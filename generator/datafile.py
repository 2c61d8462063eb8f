"""Data files after an edit: the former file with the lines of some parts replaced.

Each part of the site gives some whole lines to a data file; where they stand is known by their lengths.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from generator.audit.files import Content, Files, Mapped, Spliced
from generator.draw import append_stretch, write_all


def splice_pieces(
    lengths: Mapping[str, int], becomes: Iterable[str], fresh: Container[str]
) -> Iterator[tuple[int, int] | str]:
    """What a data file is made of after an edit, in order: stretches of the former file, and new lines.

    Args:
        lengths: Bytes of each part's lines in the former file, in their order.
        becomes: The parts of the file to be, in their order; those that stay are in the same.
        fresh: The parts that have new lines.

    Yields:
        Where a stretch begins and ends, or the part whose new lines follow.
    """
    starts = dict(zip(lengths, accumulate(lengths.values(), initial=0), strict=False))
    start = end = 0
    for part in becomes:
        if part in fresh:
            if start < end:
                yield start, end
            yield part
            start = end = starts.get(part, end) + lengths.get(part, 0)
            continue
        at = starts[part]
        if at != end:
            if start < end:
                yield start, end
            start = at
        end = at + lengths[part]
    if start < end:
        yield start, end


def splice_file(
    old: int,
    out: int,
    lengths: Mapping[str, int],
    becomes: Iterable[str],
    fresh: Mapping[str, bytes],
) -> None:
    """Copy a data file with the lines of some parts replaced; see `splice_pieces`.

    Args:
        old: Descriptor of the file as it is.
        out: Descriptor of the file to be.
        lengths: Bytes of each part's lines in it, in their order.
        becomes: The parts of the file to be, in their order.
        fresh: The new lines of some parts.

    Raises:
        OSError: when a file cannot be read or written.
    """
    for piece in splice_pieces(lengths, becomes, fresh):
        if isinstance(piece, str):
            write_all(out, fresh[piece])
        else:
            append_stretch(old, out, piece[0], piece[1] - piece[0])


@dataclass(frozen=True)
class Stretch:
    """Lines of a data file that are not in it yet.

    Attributes:
        lengths: Bytes of each part's lines in the file as it is, in their order.
        becomes: The same of the file as it is to be.
        fresh: The new lines of some parts.
    """

    lengths: Mapping[str, int]
    becomes: Mapping[str, int]
    fresh: Mapping[str, bytes] = field(default_factory=dict)

    def added(self, becomes: Mapping[str, int], fresh: Mapping[str, bytes]) -> Stretch:
        """The same with more new lines."""
        lines = {**self.fresh, **fresh}
        return Stretch(
            self.lengths, becomes, {part: lines[part] for part in lines if part in becomes}
        )

    @property
    def size(self) -> int:
        """Bytes of the file to be."""
        return sum(self.becomes.values())

    @property
    def is_settled(self) -> bool:
        """Whether the file is as it is to be."""
        return not self.fresh and len(self.becomes) == len(self.lengths)

    def spliced(self, held: Mapped) -> Spliced:
        """The file as it is to be, of the file as it is."""
        pieces = splice_pieces(self.lengths, self.becomes, self.fresh)
        return Spliced(
            (self.fresh[piece], 0, len(self.fresh[piece]))
            if isinstance(piece, str)
            else (held, *piece)
            for piece in pieces
        )

    def write(self, old: Path, new: Path) -> None:
        """Write the file as it is to be."""
        with old.open("rb") as source, new.open("wb") as out:
            splice_file(source.fileno(), out.fileno(), self.lengths, self.becomes, self.fresh)


class SplicedFiles:
    """Files of which some are shown with the lines that are held for them.

    Args:
        files: All files, without those lines.
        mapped: Such a file as it is, by its name.
        held: The lines.
    """

    def __init__(
        self, files: Files, mapped: Callable[[str], Mapped], held: Mapping[str, Stretch]
    ) -> None:
        self._files, self._mapped, self._held = files, mapped, held

    def names(self) -> Iterable[str]:
        """Every file; see `Files`."""
        return self._files.names()

    def read(self, path: str) -> bytes:
        """The bytes of a file; see `Files`."""
        held = self.view(path) if path in self._held else self._files.read(path)
        return held[:]

    def view(self, path: str) -> Content:
        """The bytes of a file; see `Files`."""
        if path not in self._held:
            return self._files.view(path)
        return self._held[path].spliced(self._mapped(path))

    def size(self, path: str) -> int:
        """How many bytes a file has; see `Files`."""
        return self._held[path].size if path in self._held else self._files.size(path)
