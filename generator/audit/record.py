"""What is known of one page after it was read: what it holds for others, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec


class Held(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A quoted passage of a page: its anchor, source and quotations, white space folded."""

    anchor: str
    source: str
    exacts: tuple[str, ...]


class PageRecord(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What a page holds and rests on; files are numbers of the site's table of files.

    Attributes:
        path: Its file, relative to the site's folder.
        is_plain: Whether it has no briefing article.
        ids: Ids and names of anchors.
        homes: Refs of the claims that have their place on it.
        shown: Refs of the claims that it repeats, and of premises.
        passages: Its quoted passages, in order.
        links: Fragments it links to, by file; a file that it links to as a whole has none.
        rests: Files of the entities and sources whose records it rests on.
        names: Names and titles that excuse a figure or the length of a label on it.
        numbers: Numbers of its names and identifiers.
        figures: Numbers that it takes from records other than its claims' own.
        quotes: Quotations outside of passages.
        rests_on_all: Whether it gives figures of a record that may be any source's.
        citations: How many it shows.
        inside: How many distinct addresses on it lie within the site.
        starts: Where its stretches begin that were taken by patterns; `paths`: within which
            elements. See `outline.py`.
    """

    path: str
    is_plain: bool
    ids: tuple[str, ...]
    homes: tuple[str, ...]
    shown: tuple[str, ...]
    passages: tuple[Held, ...]
    links: dict[int, tuple[str, ...]]
    rests: tuple[int, ...]
    names: tuple[str, ...]
    numbers: tuple[int, ...]
    figures: tuple[int, ...]
    quotes: tuple[str, ...]
    rests_on_all: bool
    citations: int
    inside: int
    starts: bytes = b""
    paths: tuple[tuple[int, str], ...] = ()


encode_record = msgspec.msgpack.Encoder().encode
decode_record = msgspec.msgpack.Decoder(PageRecord).decode


class Records(Mapping[str, PageRecord]):
    """Records by the paths of their pages, each decoded when it is asked for.

    As values they would take five times the memory, for the sake of a few looks at each.

    Attributes:
        packed: The records, encoded.
    """

    def __init__(self) -> None:
        self.packed: dict[str, bytes] = {}

    def __getitem__(self, path: str) -> PageRecord:
        return decode_record(self.packed[path])

    def __contains__(self, path: object) -> bool:
        return path in self.packed

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)
