"""Moulds: a macro drawn once, with holes for what it is given, and from then on only filled.

Pages repeat small pieces of markup by the hundred, such as a citation. A macro takes several
microseconds for each and a mould one, and what a piece looks like is still said by its macro alone,
also where a project's theme has another. A macro may print what it is given and ask whether there
is anything; one that does more with it is drawn each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter
from typing import Final, NoReturn

from jinja2 import TemplateError
from markupsafe import Markup

_WORD: Final = "briefing-hole-5d0c7a91e3"
_MARK: Final = re.compile(f"<{_WORD}-([0-9]+)>")


class _Used(Exception):
    """A hole has been put to another use than being printed."""


def _refuse(*_: object) -> NoReturn:
    raise _Used


class _Hole:
    """Stands for something that is not empty."""

    def __init__(self, number: int) -> None:
        self._mark = f"<{_WORD}-{number}>"

    def __html__(self) -> str:
        return self._mark

    def __bool__(self) -> bool:
        return True

    __eq__ = __hash__ = __str__ = __format__ = __getattr__ = _refuse
    __len__ = __iter__ = __contains__ = __getitem__ = __int__ = __float__ = _refuse


class Mould:
    """A macro of pieces of HTML.

    Args:
        macro: Called with the values that are to be filled in.
        draw: The same for a piece that no mould fits; it reports what is wrong with the macro.
    """

    def __init__(self, macro: Callable[..., str], draw: Callable[..., str]) -> None:
        self._macro, self._draw = macro, draw
        self._forms: dict[object, _Form | None] = {}

    def fill(self, *values: str) -> str:
        """The piece that the macro makes of some values, which are HTML; empty where there is none.

        To look at each of them takes as long as to fill them in: so macros name last what is often
        empty, and are called without it.
        """
        shape = tuple(map(bool, values)) if "" in values else len(values)
        try:
            form = self._forms[shape]
        except KeyError:
            form = self._forms[shape] = self._cast(values)
        return self._drawn(values) if form is None else _filled(form, values)

    def _drawn(self, values: tuple[str, ...]) -> str:
        return self._draw(*map(Markup, values))

    def _cast(self, values: tuple[str, ...]) -> _Form | None:
        """The form for values of which the same are empty; None where the macro does more with them."""
        holes = [_Hole(at) if value else Markup() for at, value in enumerate(values)]
        try:
            pieces = _MARK.split(self._macro(*holes))
        except (_Used, TypeError, TemplateError):
            return None
        order = list(map(int, pieces[1::2]))
        # Of one place alone `itemgetter` would give no tuple.
        pick = (
            itemgetter(*order) if len(order) > 1 else lambda every: tuple(every[at] for at in order)
        )
        form = pieces, pick
        return form if _filled(form, values) == self._drawn(values) else None


_Form = tuple[list[str], Callable[[tuple[str, ...]], tuple[str, ...]]]
"""Stretches of HTML with a place to fill behind each but the last, and what picks the values for them."""


def _filled(form: _Form, values: tuple[str, ...]) -> str:
    pieces, pick = form
    filled = pieces.copy()
    filled[1::2] = pick(values)
    return "".join(filled)
