"""Views of a site whose last audit is known: what was, what is, and nothing read before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.audit.address import Target
from generator.audit.atlas import Passage
from generator.audit.files import Files
from generator.audit.ledger import Ledger
from generator.audit.record import PageRecord
from generator.audit.register import Register
from generator.audit.row import ClaimRow
from generator.config import Settings


@dataclass(frozen=True)
class Amendment:
    """What differs from the site of a ledger; see `Changes`."""

    site: Path
    settings: Settings
    files: Files
    before: Files
    changed: Collection[str]
    removed: Collection[str]
    sources: Collection[str]


class LazyRegister(Register):
    """A register that finds the claims of a source by the ledger."""

    refs_citing: Callable[[str], Iterable[str]]
    """Gives the refs of the claims that cite a source."""

    def citing(self, source: str) -> list[ClaimRow]:
        """Claims that cite a source."""
        return [self.claims[ref] for ref in self.refs_citing(source) if ref in self.claims]


class NamedFiles:
    """Files by their names alone."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names

    def names(self) -> Iterable[str]:
        """Every file."""
        return self._names

    def read(self, path: str) -> bytes:
        """Nothing is read here."""
        raise FileNotFoundError(path)

    def view(self, path: str) -> bytes:
        """Nothing is read here."""
        raise FileNotFoundError(path)

    def size(self, path: str) -> int:
        """Nothing is read here."""
        raise FileNotFoundError(path)


class HeldPassages(Mapping[Target, Passage]):
    """Passages by where they stand, of the pages read again and of the ledger.

    Attributes:
        fresh: Records of the pages read again.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.fresh: dict[str, PageRecord] = {}
        self._pages: dict[str, tuple[PageRecord | None, dict[str, Passage]]] = {}

    def _of_page(self, path: str) -> dict[str, Passage]:
        record = self.fresh.get(path)
        known = self._pages.get(path)
        if known is None or (record is not None and known[0] is not record):
            record = record or self._ledger.record(path)
            held: dict[str, Passage] = {}
            for one in record.passages if record else ():
                held.setdefault(one.anchor, Passage(one.source, one.exacts))
            known = self._pages[path] = (record, held)
        return known[1]

    def __getitem__(self, target: Target) -> Passage:
        return self._of_page(target.file or "")[target.fragment]

    def __iter__(self) -> Iterator[Target]:
        return iter(())

    def __len__(self) -> int:
        return len(self._pages)


@dataclass(frozen=True)
class RowContent:
    """A row of which only the content is known."""

    data: dict[str, object]
