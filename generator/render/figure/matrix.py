"""The parties of an agreement by their acts: one row a party, one column an act, a date a cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from generator.model.kind import Act
from generator.model.stage import PartyState
from generator.render.view import PageView
from generator.render.wording import ACT_LABEL, time_element

_STEPS: Final[tuple[Act, ...]] = ("announced", "signed", "ratified", "in-force", "implemented")
_ENDS: Final = "Stalled, suspended or withdrawn"
COLUMNS: Final = (*(ACT_LABEL[act] for act in _STEPS), _ENDS)
UNDATED: Final = Markup("Undated")


@dataclass(frozen=True, slots=True)
class Cell:
    """An act in its column.

    Attributes:
        act: Its name, where the column is of several acts; else empty.
        href: Link to the claim of it.
        is_state: Whether it is where the party stands now.
    """

    act: str
    when: Markup
    href: str
    is_state: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A party: its link, its present state, and its acts by column, with the column's name."""

    party: Markup
    state: str
    cells: tuple[tuple[str, tuple[Cell, ...]], ...]


def matrix_rows(view: PageView, states: Iterable[PartyState]) -> list[MatrixRow]:
    """The rows of a table, in the order of the states."""
    return [_row(view, state) for state in states]


def _row(view: PageView, state: PartyState) -> MatrixRow:
    cells: dict[str, tuple[Cell, ...]] = dict.fromkeys(COLUMNS, ())
    for claim in state.acts:
        act = claim.act or state.state
        label = ACT_LABEL[act]
        column = label if act in _STEPS else _ENDS
        date = claim.first_date
        cell = Cell(
            label if column is _ENDS else "",
            time_element(date) if date else UNDATED,
            view.claim_href(claim.entity, claim.id),
            act == state.state,
        )
        cells[column] = (*cells[column], cell)
    return MatrixRow(view.entity_link(state.party), ACT_LABEL[state.state], tuple(cells.items()))
