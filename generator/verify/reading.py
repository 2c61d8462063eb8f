"""What a figure is: a place in a text and the ways to read it."""

from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from generator.date import Date

Kind: TypeAlias = Literal["number", "percent", "amount", "date"]


class YearDay(NamedTuple):
    """A month, or a day of a month, whose year is not named beside it."""

    month: int
    day: int | None


class Reading(NamedTuple):
    """One way to read a figure.

    Attributes:
        kind: What sort of figure it is.
        value: An exact number, or a date.
        unit: For an amount its currency in ISO 4217 (several joined by ``/`` where the word or sign
            does not tell, as for ``¥``); "point" for percentage points; "ordinal" for an ordinal
            number; else None.
    """

    kind: Kind
    value: Fraction | Date | YearDay
    unit: str | None = None


class Figure(NamedTuple):
    """A figure found in a text.

    Attributes:
        start: Offset of its first code point.
        end: Offset behind its last one, sign of currency and unit included.
        readings: The ways to read it, the likeliest first; never empty.
        scale: The multiplier that was written after it: 1,000,000 for ``5 million``, else 1.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    scale: int = 1

    @property
    def kind(self) -> Kind:
        """The kind of the likeliest reading."""
        return self.readings[0].kind

    @property
    def value(self) -> Fraction | Date | YearDay:
        """The value of the likeliest reading."""
        return self.readings[0].value

    @property
    def unit(self) -> str | None:
        """The unit of the likeliest reading."""
        return self.readings[0].unit
