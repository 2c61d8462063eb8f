"""Where a record stands: its file, and its tree with spans when somebody asks for a place."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from generator.diagnostics import Sink
from generator.textfile import TextFile
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

    def __init__(self, path: Path, shown: str, tree: Mapping | None = None) -> None:
        self.path = path
        self.shown = shown
        if tree is not None:
            self.__dict__["tree"] = tree

    @cached_property
    def tree(self) -> Mapping:
        """The file's top mapping.

        Raises:
            FileChanged: when the file no longer is what it was when it was found to be well-formed.
        """
        try:
            tree = parse_yaml(TextFile.read(self.path, self.shown), Sink())
        except (OSError, ValueError) as error:
            raise FileChanged(self.shown) from error
        if tree is None:
            raise FileChanged(self.shown)
        return tree

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Locator) and other.shown == self.shown

    def __hash__(self) -> int:
        return hash(self.shown)
