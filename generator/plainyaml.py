"""A quick reader of ordinary YAML: the plain tree without a span, or nothing where it is not sure.

Most sheets are block mappings of one-line texts without a fault. They are read here, line by line.
What is unusual, and whatever `parse_yaml` would have something to say about, is left to that reader,
which alone makes findings. So every doubt ends in None, never in a guess.
"""

from __future__ import annotations

import re
from typing import Any

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 20
MAX_KEYS = 50_000
LONGEST_NULL = 4

# Control, invisible and line-breaking characters (`generator.character` judges them), and the tab.
_UNUSUAL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u2069\u3164\ud800-\udfff\ufeff\uffa0\ufffe\uffff\U000e0000-\U000e007f]"
)

_NULLS = frozenset({"~", "null", "Null", "NULL"})
# No plain text begins with one of these; `-`, `?` and `:` may, before a character that is no space.
# Nor does a line begin with a no-break space: to the other reader that is an indentation gone wrong.
_NO_SPACES = frozenset("\u00a0\u202f")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@` ") | _NO_SPACES

_KEY = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}"
_SINGLE = r"'[^']*(?:''[^']*)*'"
_DOUBLE = r'"[^"\\]*(?:\\["\\][^"\\]*)*"'
# A plain text inside brackets: no bracket, comma, colon or question mark, and no ` #`.
_BARE = r"[^ \-?:,\[\]{}#&*!|>'\"%@`](?:[^ ,\[\]{}:?]| +[^ ,\[\]{}:?#])*"
_ITEM = f"(?:{_SINGLE}|{_DOUBLE}|{_BARE})"
_LIST = rf"\[ *(?:{_ITEM}(?: *, *{_ITEM})*)? *\]"
_PAIR = f"{_KEY}: +(?:{_LIST}|{_ITEM})"
_COMMENT = r"(?: +#.*)?"

_HEAD = re.compile(f"( *)({_KEY})")
_QUOTED = re.compile(f"({_SINGLE}|{_DOUBLE}){_COMMENT}")
_FLOW_LIST = re.compile(f"({_LIST}){_COMMENT}")
_FLOW_MAP = re.compile(rf"(\{{ *(?:{_PAIR}(?: *, *{_PAIR})*)? *\}}){_COMMENT}")
_ITEMS = re.compile(_ITEM)
_PAIRS = re.compile(f"({_KEY}): +({_LIST}|{_ITEM})")
_BLOCK = re.compile(rf"([|>])(-?){_COMMENT}")
_DASH = re.compile(r"( *)(- +)([^ ].*)")
_ESCAPE = re.compile(r"\\(.)")
_BREAKS = re.compile("\n+")
# A comment that may be meant as text: the other reader judges it.
_TORN = re.compile(r"^ *[^ #].* #\w", re.MULTILINE)


class _Unsure(Exception):
    """This text is for the other reader."""


# How deep a line stands. A mapping indented by n has the rank 2n and a list 2n + 1, so that a list
# may stand right below its key and still be the deeper of the two. The place of a reader is the rank
# of what it is in, that mapping or list, and the key whose value may begin on the next line.
_Inside = Any
_Place = tuple[int, _Inside, str | None]
_NOWHERE = -2, ""


class _Heads(dict[str, tuple[int, str]]):
    """What stands before a colon, indentation included, with its rank and its key.

    Sheets repeat the same few keys, so each is judged once and exists once.
    """

    def __missing__(self, head: str) -> tuple[int, str]:
        found = _HEAD.fullmatch(head)
        if found is None or found[2] in _NULLS:
            return _NOWHERE
        place = 2 * len(found[1]), found[2]
        if len(self) < MAX_KEYS:
            self[head] = place
        return place


_heads = _Heads()


def read_plain(text: str) -> dict[str, Any] | None:
    """The tree of a text as dicts, lists and texts; a key with nothing behind it gives None.

    Args:
        text: A whole file, decoded, without byte order mark.

    Returns:
        Exactly what `plain(parse_yaml(…))` gives, and only where that adds no finding; else None.
    """
    if len(text) > MAX_CHARACTERS:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if _UNUSUAL.search(text):
        return None
    try:
        return _Reader(text).read()
    except _Unsure:
        return None


class _Reader:
    """Reads one text: `read` goes from line to line, the other methods take what is not everyday."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        # Comments and trailing spaces are rare: one look at the text saves one at every line.
        has_comments = " #" in text
        if has_comments and _TORN.search(text):
            raise _Unsure
        self.is_tidy = not has_comments and " \n" not in text and text[-1:] != " "
        self.stack: list[tuple[int, Any]] = []
        self.resume = 0

    def read(self) -> dict[str, Any]:
        """The top mapping.

        Raises:
            _Unsure: where it may be anything else.
        """
        root: dict[str, Any] = {"": None}
        place: _Place = -1, root, ""
        rank, inside, opened = place
        heads, indicators, is_tidy, stack = _heads, _INDICATORS, self.is_tidy, self.stack
        for index, line in enumerate(self.lines):
            if index < self.resume:
                continue
            head, colon, value = line.partition(": ")
            if not colon:
                if line[-1:] != ":":
                    if line.strip(" "):
                        rank, inside, opened = self.other(index, rank, inside, opened)
                    continue
                head = line[:-1]
            at, key = heads[head]
            if at != rank:
                if at < 0 or (at > rank and opened is None):
                    rank, inside, opened = self.other(index, rank, inside, opened)
                    continue
                if at > rank:
                    self.push(rank, inside)
                    inside[opened] = inside = {}
                    rank = at
                else:
                    while rank > at:
                        rank, inside = stack.pop()
                    if rank != at:
                        raise _Unsure
            if key in inside:
                raise _Unsure
            if not value:
                inside[key], opened = None, key
            elif (
                is_tidy
                and value[0] not in indicators
                and value[-1] != ":"
                and ": " not in value
                and (len(value) > LONGEST_NULL or value not in _NULLS)
            ):
                inside[key], opened = value, None
            else:
                opened = self.assign(inside, key, value, index, rank)
        top = root[""]
        if not isinstance(top, dict):
            raise _Unsure
        return top

    def push(self, rank: int, inside: _Inside) -> None:
        self.stack.append((rank, inside))
        if len(self.stack) > MAX_DEPTH:
            raise _Unsure

    def assign(self, inside: _Inside, key: str, raw: str, index: int, rank: int) -> str | None:
        """Set a key to what stands behind it; the key again if its value may yet come."""
        inside[key] = value = self.value(raw, index, rank)
        return key if value is None else None

    def value(self, raw: str, index: int, rank: int) -> _Inside:
        """What is written behind a key or a dash; None for nothing, or for only a comment."""
        raw = raw.strip(" ")
        first = raw[:1]
        if first in ("", "#"):
            return None
        if first in "|>":
            return self.block(raw, index, rank)
        if first in "'\"":
            return _unquoted(_matched(_QUOTED, raw))
        if first == "[":
            return _listed(_matched(_FLOW_LIST, raw))
        if first == "{":
            return _mapped(_matched(_FLOW_MAP, raw))
        comment = raw.find(" #")
        if comment >= 0:
            raw = raw[:comment].rstrip(" ")
        if first in _INDICATORS and (first != "-" or raw[1:2] in ("", " ")):
            raise _Unsure
        return _certain(raw)

    def block(self, header: str, index: int, rank: int) -> str:
        """A text under `|` or `>` whose lines all have the same indentation, or more under `|`."""
        style, chomp = _matched(_BLOCK, header, 1), header[1:2] == "-"
        lines, at = self.lines, index + 1
        first = lines[at] if at < len(lines) else ""
        indent = len(first) - len(first.lstrip(" "))
        if not first.strip(" ") or 2 * indent <= rank:
            raise _Unsure
        pad, body = " " * indent, []
        while at < len(lines):
            line = lines[at]
            if not line.strip(" "):
                if len(line) > indent:
                    raise _Unsure
            elif not line.startswith(pad):
                break
            elif line.lstrip(" ")[0] in _NO_SPACES:
                raise _Unsure
            body.append(line[indent:])
            at += 1
        if at == len(lines) and lines[-1] and not chomp:
            raise _Unsure
        while not body[-1]:
            body.pop()
        self.resume = at
        text = "\n".join(body)
        if style == ">":
            if any(line[:1] == " " for line in body):
                raise _Unsure
            text = _BREAKS.sub(lambda found: found[0][1:] or " ", text)
        return text if chomp else text + "\n"

    def other(self, index: int, rank: int, inside: _Inside, opened: str | None) -> _Place:
        """A line that is no key: a comment, an entry of a list, or a text that goes on."""
        line = self.lines[index]
        shown = line.lstrip(" ")
        if shown[0] == "#":
            return rank, inside, opened
        dash = _DASH.fullmatch(line)
        if dash:
            return self.entry(dash, index, rank, inside, opened)
        indent = len(line) - len(shown)
        if 2 * indent <= rank or rank < 0:
            raise _Unsure
        if opened is None:
            self.go_on(index, rank, inside)
        elif shown[0] in "|>":
            raise _Unsure
        else:
            inside[opened] = self.value(shown, index, rank)
        return rank, inside, None

    def entry(
        self, dash: re.Match[str], index: int, rank: int, inside: _Inside, opened: str | None
    ) -> _Place:
        """An entry of a list: a value, or a mapping whose first key stands behind the dash."""
        at, rest = 2 * len(dash[1]) + 1, dash[3]
        if opened is not None and at > rank >= 0:
            self.push(rank, inside)
            inside[opened] = inside = []
            rank = at
        while rank > at:
            rank, inside = self.stack.pop()
        if rank != at:
            raise _Unsure
        head, colon, value = rest.partition(": ")
        if not colon and rest[-1] == ":":
            head, colon = rest[:-1], ":"
        within, key = _heads[" " * (len(dash[1]) + len(dash[2])) + head] if colon else _NOWHERE
        if within > 0:
            self.push(rank, inside)
            record: dict[str, Any] = {}
            inside.append(record)
            return within, record, self.assign(record, key, value, index, within)
        value = self.value(rest, index, rank)
        if value is None:
            raise _Unsure
        inside.append(value)
        return rank, inside, None

    def go_on(self, index: int, rank: int, inside: _Inside) -> None:
        """Add lines to a plain text that began behind its key on the line before."""
        head, _, value = self.lines[index - 1].partition(": ")
        at, key = _heads[head]
        if at != rank or inside.get(key) != value:
            raise _Unsure
        words = [value]
        for line in self.lines[index:]:
            shown = line.strip(" ")
            if not shown or shown[0] == "#" or 2 * (len(line) - len(line.lstrip(" "))) <= rank:
                break
            if shown[0] in _INDICATORS or " #" in shown:
                raise _Unsure
            words.append(_certain(shown))
        inside[key] = " ".join(words)
        self.resume = index + len(words) - 1


def _certain(text: str) -> str:
    """A plain text or a line of one, if nothing in it reads as a key."""
    if text[-1] == ":" or ": " in text or text in _NULLS:
        raise _Unsure
    return text


def _matched(pattern: re.Pattern[str], raw: str, group: int = 1) -> str:
    found = pattern.fullmatch(raw)
    if found is None:
        raise _Unsure
    return found[group]


def _unquoted(raw: str) -> str:
    if raw[0] == "'":
        return raw[1:-1].replace("''", "'")
    return _ESCAPE.sub(r"\1", raw[1:-1]) if "\\" in raw else raw[1:-1]


def _item(raw: str) -> str:
    return _unquoted(raw) if raw[0] in "'\"" else _certain(raw)


def _listed(raw: str) -> list[str]:
    return [_item(item) for item in _ITEMS.findall(raw[1:-1])]


def _mapped(raw: str) -> dict[str, str | list[str]]:
    record: dict[str, str | list[str]] = {}
    for key, value in _PAIRS.findall(raw[1:-1]):
        if key in record or key in _NULLS:
            raise _Unsure
        record[key] = _listed(value) if value[0] == "[" else _item(value)
    return record
