"""Where the stretches of a page begin, and within which elements: by it an audit of changes finds them again."""

from __future__ import annotations

from array import array

from generator.audit.reading import ElementReader
from generator.audit.strict import Refused, State, StrictReader

Paths = tuple[tuple[int, str], ...]
"""From which stretch on which elements are open around it, by their tags; empty where more has to be known."""


class Outline:
    """Takes note of the stretches of a page that were taken by patterns, in their order."""

    __slots__ = ("_state", "paths", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.paths: list[tuple[int, str]] = []
        self._state: State | None = None

    def add(self, at: int, state: State | None) -> None:
        """Note where a stretch begins in the page's text, and what is open there."""
        if state is not self._state:
            self._state = state
            self.paths.append((len(self.starts), "" if state is None else path_of(state)))
        self.starts.append(at)

    def pack(self) -> bytes:
        """Where they begin, four bytes each."""
        return array("I", self.starts).tobytes()


def unpack(starts: bytes) -> array[int]:
    """Compare `Outline.pack`."""
    return array("I", starts)


def path_of(state: State) -> str:
    """The tags of the elements that are open in a state; empty where they do not say all of it."""
    scopes = [scope for _, scope, _ in state.above[1:]] + [state.scope]
    is_plain = not any(
        scope.region != "briefing" or scope.is_pointer or scope.is_aside for scope in scopes
    )
    names = [name for name, _, _ in state.above]
    if not is_plain or names[:1] != ["article"] or state.above[0][1].region:
        return ""
    return " ".join(names)


def state_of(path: str, reader: ElementReader) -> State | None:
    """The state in which some elements are open; None where there is none."""
    strict = StrictReader(reader, reader.start())
    pieces = [piece for name in path.split()[1:] for piece in ("", f"<{name}>")]
    try:
        strict.feed(["", '<article class="briefing">', *pieces])
    except Refused:
        return None
    state = strict.pause({})
    return state if state is not None and path_of(state) == path else None
