"""Where a record stands: its file, and its tree with spans when somebody asks for a place."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from generator.diagnostics import Sink
from generator.textfile import DecodeFault, TextFile
from generator.yamlio import Mapping, parse_yaml


class FileChanged(Exception):
    """A file has been changed since it was read.

    Attributes:
        path: The file as findings show it.
    """

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Locator:
    """Finds a record's values in its file.

    Most records are read without their places, because only findings need them; the tree with its
    spans is made when the first finding asks.

    Attributes:
        shown: The file as findings show it.
    """

    def __init__(self, path: Path | str, shown: str) -> None:
        self.path = path
        self.shown = shown

    def __getstate__(self) -> dict[str, object]:
        return {"path": self.path, "shown": self.shown}

    def hold(self, tree: Mapping) -> None:
        """Keep a tree that has been made already."""
        self.__dict__["tree"] = tree

    @property
    def text(self) -> TextFile:
        """The file, read anew.

        Raises:
            FileChanged: when it can no longer be read.
        """
        try:
            return TextFile.read(Path(self.path), self.shown)
        except (OSError, DecodeFault) as error:
            raise FileChanged(self.shown) from error

    @cached_property
    def tree(self) -> Mapping:
        """The file's top mapping.

        Raises:
            FileChanged: when the file no longer is what it was when it was found to be well-formed.
        """
        tree = parse_yaml(self.text, Sink())
        if tree is None:
            raise FileChanged(self.shown)
        return tree

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Locator) and other.shown == self.shown

    def __hash__(self) -> int:
        return hash(self.shown)
