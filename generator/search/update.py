"""Brings an index on disk up to date where a few units changed: the result is that of a whole build."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from generator.search.build import facet_counts, sources_bytes, titles_of
from generator.search.contribution import ABSENT, CITED, DIGITS, YEAR, Leaflet, leaflets
from generator.search.shard import (
    MANIFEST,
    RECORD_FOLDER,
    SEGMENTED,
    SOURCES,
    WIDTH,
    Leaf,
    Line,
    Manifest,
    leaf_path,
    line_of,
    manifest_bytes,
    name_groups,
    partition,
    rank_of,
    read_manifest,
    record_bits,
    record_path,
    segment_bits,
    segment_path,
    segments_of,
    text_groups,
    top_bits,
    version_of,
)

Read = Callable[[str], bytes | None]
"""Gives the content of a file of the index, by path relative to the site; None if there is none."""


class Outgrown(Exception):
    """The index on disk cannot be brought up to date: build it anew.

    It is not there, of another format or damaged; the number of documents passed a power of two; or
    two keys are, or were, the same in the digits that postings carry.
    """


class Update(NamedTuple):
    """What to change on disk.

    Attributes:
        written: Content of new and changed files by path.
        deleted: Files that are no longer part of the index.
    """

    written: dict[str, bytes]
    deleted: tuple[str, ...]


def update(read: Read, old: Iterable[bytes], new: Iterable[bytes]) -> Update:
    """Bring an index up to date.

    Args:
        read: Reads the index as it is.
        old: Contributions, as they were when the index was made, of all units that changed or went.
        new: Contributions of all units that changed or came.

    Raises:
        Outgrown: The index must be built anew; nothing was changed.
    """
    try:
        return _Updater(read, _by_key(old), _by_key(new)).update()
    except (KeyError, ValueError, IndexError) as fault:
        raise Outgrown from fault


def _by_key(contributions: Iterable[bytes]) -> dict[str, Leaflet]:
    return {leaflet.key: leaflet for data in contributions for leaflet in leaflets(data)}


class _Change(NamedTuple):
    """What changes at a word: by short key its new group among names and among texts, `""` for none."""

    names: dict[str, str]
    texts: dict[str, str]


class _Updater:
    """One update; `files` collects what the touched files were and what they become."""

    def __init__(self, read: Read, old: dict[str, Leaflet], new: dict[str, Leaflet]) -> None:
        manifest = read_manifest(read(MANIFEST) or b"")
        if manifest is None:
            raise Outgrown
        same = {key for key, leaflet in new.items() if old.get(key) == leaflet}
        self.read, self.manifest = read, manifest
        self.old = {key: leaflet for key, leaflet in old.items() if key not in same}
        self.new = {key: leaflet for key, leaflet in new.items() if key not in same}
        self.before: dict[str, bytes] = {}
        self.after: dict[str, bytes] = {}

    def update(self) -> Update:
        """Everything that changes."""
        if not self.old and not self.new:
            return Update({}, ())
        facets = Counter[str]()
        for leaflet in self.new.values():
            facets.update(leaflet.facets)
        for leaflet in self.old.values():
            facets.subtract(leaflet.facets)
        documents = self.manifest.documents + facets.total() - facets[ABSENT]
        self.records(documents)
        self.sources()
        leaves = self.words()
        changed = {path: data for path, data in self.after.items() if self.before.get(path) != data}
        gone = tuple(sorted(self.before.keys() - self.after.keys()))
        replaced = [(path, self.before[path]) for path in changed if path in self.before]
        removed = [(path, self.before[path]) for path in gone]
        difference = version_of([*replaced, *removed, *changed.items()])
        manifest = Manifest(
            width=self.manifest.width,
            units=self.manifest.units + len(self.new) - len(self.old),
            documents=documents,
            counts=self.counts(facets),
            leaves=leaves,
            version=self.manifest.version ^ difference,
        )
        changed[MANIFEST] = manifest_bytes(manifest)
        return Update(changed, gone)

    def records(self, documents: int) -> None:
        """Replace the records of the leaflets that changed."""
        bits, width = record_bits(documents), self.manifest.width
        is_same_set = self.old.keys() == self.new.keys()
        if bits != record_bits(self.manifest.documents) or (width != WIDTH and not is_same_set):
            raise Outgrown
        touched: dict[str, set[str]] = {}
        for key in self.old.keys() | self.new.keys():
            touched.setdefault(record_path(key, bits), set()).add(key)
        for path, keys in touched.items():
            lines = dict(line.split("\t", 1) for line in _lines(self.text(path)))
            for key in keys & self.old.keys():
                if lines.pop(key) != self.old[key].record:
                    raise Outgrown
            for key in keys & self.new.keys():
                lines[key] = self.new[key].record
            if len({key[:width] for key in lines}) < len(lines):
                raise Outgrown
            if lines:
                self.put(path, "".join(f"{key}\t{line}\n" for key, line in sorted(lines.items())))

    def sources(self) -> None:
        """Correct the list of sources."""
        cited = self.difference(CITED)
        old_titles = titles_of(leaflet.record for leaflet in self.old.values())
        new_titles = titles_of(leaflet.record for leaflet in self.new.values())
        if old_titles == new_titles and not any(cited.values()):
            return
        titles: dict[str, str] = {}
        for line in _lines(self.text(SOURCES)):
            id_, count, title = line.split("\t")
            cited[id_] += int(count)
            titles[id_] = title
        for id_ in old_titles:
            del titles[id_]
        self.after[SOURCES] = sources_bytes(cited, titles | new_titles)

    def counts(self, facets: Counter[str]) -> dict[str, dict[str, int]]:
        """Documents by kind, standing and year."""
        differences = {**facet_counts(facets), "year": self.difference(YEAR)}
        return {
            name: {
                key: known.get(key, 0) + change.get(key, 0) for key in known.keys() | change.keys()
            }
            for name, change in differences.items()
            for known in [self.manifest.counts[name]]
        }

    def difference(self, lead: str) -> Counter[str]:
        """How many more documents have each value of a filter."""
        found = Counter[str]()
        for sign, known in ((1, self.new), (-1, self.old)):
            for leaflet in known.values():
                for word, group in zip(leaflet.words, leaflet.groups, strict=True):
                    if word.startswith(lead):
                        found[word.removeprefix(lead)] += sign * (len(group) // 2)
        return found

    def changes(self) -> dict[str, _Change]:
        """What changes at which words."""
        changes: dict[str, _Change] = {}
        for key in self.old.keys() | self.new.keys():
            short = key[: self.manifest.width]
            pair = self.old.get(key), self.new.get(key)
            for kind, of_leaflet in enumerate((_name_groups_of, _text_groups_of)):
                was, becomes = (of_leaflet(leaflet, short) if leaflet else {} for leaflet in pair)
                for word in was.keys() | becomes.keys():
                    if was.get(word) != becomes.get(word):
                        change = changes.setdefault(word, _Change({}, {}))
                        change[kind][short] = becomes.get(word, "")
        return changes

    def words(self) -> tuple[Leaf, ...]:
        """Rewrite the shards of the words that change; the shards there are now."""
        leaves = self.manifest.leaves
        lowers = [leaf.lower for leaf in leaves]
        touched: dict[int, list[tuple[str, _Change]]] = {}
        for word, change in self.changes().items():
            at = max(0, bisect_right(lowers, rank_of(word)) - 1)
            touched.setdefault(at, []).append((word, change))
        # Ranks and lines of the words of shards that change; lower ends of those that do not.
        items: list[tuple[str, int, bytes | None]] = [
            (leaf.lower, leaf.weight, None) for at, leaf in enumerate(leaves) if at not in touched
        ]
        for at, words in touched.items():
            lines: dict[str, str] = {}
            if leaves:
                for line in _lines(self.leaf(leaves[at])):
                    lines[line.partition("\t")[0]] = f"{line}\n"
            for word, change in words:
                lines[word] = self.line(word, lines.get(word, f"{word}\t\t\n"), change)
            coded = [(rank_of(word), line.encode()) for word, line in lines.items() if line]
            items += [(rank, len(line), line) for rank, line in coded]
        items.sort(key=lambda item: item[0])
        return tuple(self.shards(items))

    def shards(self, items: list[tuple[str, int, bytes | None]]) -> Iterator[Leaf]:
        """Share words and untouched shards among shards anew."""
        ranks, weights = [item[0] for item in items], [item[1] for item in items]
        for lower, first, last in partition(ranks, weights):
            if last - first == 1 and items[first][2] is None and ranks[first] == lower:
                yield Leaf(lower, weights[first])
                continue
            data = b"".join(
                self.leaf(Leaf(rank, weight)).encode() if line is None else line
                for rank, weight, line in items[first:last]
            )
            self.after[leaf_path(lower)] = data
            yield Leaf(lower, len(data))

    def line(self, word: str, line: str, change: _Change) -> str:
        """The new line of a word, empty if it is found nowhere; its segments are seen to."""
        width = self.manifest.width
        _, names, texts = line.removesuffix("\n").split("\t")
        if names == SEGMENTED:
            return self.segmented(word, int(texts), change)
        return self.whole(word, _spliced(Line(names, texts), change, width))

    def whole(self, word: str, line: Line) -> str:
        """The line of a word from all its postings."""
        for path, text in segments_of(word, line, self.manifest.width).items():
            self.put(path, text)
        return line_of(word, line) if line.names or line.texts else ""

    def segmented(self, word: str, weight: int, change: _Change) -> str:
        """The line of a word that has segments: only those that change are read, if it can be."""
        width, bits = self.manifest.width, segment_bits(weight)
        parts: dict[int, _Change] = {}
        for kind, groups in enumerate(change):
            for key, group in groups.items():
                part = parts.setdefault(top_bits(key, bits), _Change({}, {}))
                part[kind][key] = group
        lines = {}
        for number, part in parts.items():
            was = _segment(self.text(segment_path(word, number)))
            lines[number] = line = _spliced(was, part, width)
            weight += len(line.names) + len(line.texts) - len(was.names) - len(was.texts)
        if segment_bits(weight) == bits:
            for number, line in lines.items():
                self.put(segment_path(word, number), "\t".join(line))
            return f"{word}\t{SEGMENTED}\t{weight}\n"
        for number in set(range(1 << bits)) - lines.keys():
            lines[number] = _segment(self.text(segment_path(word, number)))
        ordered = [lines[number] for number in sorted(lines)]
        return self.whole(
            word,
            Line("".join(line.names for line in ordered), "".join(line.texts for line in ordered)),
        )

    def put(self, path: str, text: str) -> None:
        """Make a file."""
        self.after[path] = text.encode()

    def leaf(self, leaf: Leaf) -> str:
        """A shard of words as it was."""
        text = self.text(leaf_path(leaf.lower))
        if len(self.before[leaf_path(leaf.lower)]) != leaf.weight:
            raise Outgrown
        return text

    def text(self, path: str) -> str:
        """A file as it was; it is gone unless it is made again. Files of records need not be there."""
        if path not in self.before:
            data = self.read(path)
            if data is None:
                if not path.startswith(RECORD_FOLDER):
                    raise Outgrown
                return ""
            self.before[path] = data
        return self.before[path].decode()


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def _name_groups_of(leaflet: Leaflet, key: str) -> dict[str, str]:
    facets = DIGITS[len(leaflet.facets)] + leaflet.facets
    return {word: f"{key}{count}{facets}" for word, count in leaflet.names}


def _text_groups_of(leaflet: Leaflet, key: str) -> dict[str, str]:
    return {word: key + group for word, group in zip(leaflet.words, leaflet.groups, strict=True)}


def _spliced(line: Line, change: _Change, width: int) -> Line:
    return Line(
        _replaced(name_groups(line.names, width), change.names, width),
        _replaced(text_groups(line.texts, width), change.texts, width),
    )


def _replaced(groups: list[str], new: dict[str, str], width: int) -> str:
    by_key = {group[:width]: group for group in groups} | new
    return "".join(by_key[key] for key in sorted(by_key))


def _segment(text: str) -> Line:
    names, texts = text.split("\t")
    return Line(names, texts)
