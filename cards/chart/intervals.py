"""Values that may be known only within limits: partial dates, and results such as ``<4``.

A FHIR date of ``2024-05`` is the whole of May; a result of ``<0.5`` is everything below 0.5.
Comparing two intervals answers ``True``, ``False`` or ``None`` (cannot be told).
"""

from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct

Ordered = TypeVar("Ordered", bound="date | int | float | object")


class Interval(Struct, Generic[Ordered], frozen=True):
    """All values from ``low`` to ``high``; ``None`` means unbounded, an open end excludes the limit itself."""

    low: Ordered | None
    high: Ordered | None
    low_open: bool = False
    high_open: bool = False

    @property
    def exact(self) -> bool:
        """Whether one single value is meant."""
        return self.low is not None and self.low == self.high

    def before(self, other: "Interval[Ordered]") -> bool | None:
        """Whether every value here is smaller than every value there (``<``)."""
        low, high, from_there, to_there = self.low, self.high, other.low, other.high
        if high is not None and from_there is not None:
            if high < from_there:  # type: ignore[operator]
                return True
            if high == from_there and (self.high_open or other.low_open):
                return True
        if low is not None and to_there is not None and to_there <= low:  # type: ignore[operator]
            return False
        return None

    def not_after(self, other: "Interval[Ordered]") -> bool | None:
        """``<=``: the negation of ``other < self``."""
        reverse = other.before(self)
        return None if reverse is None else not reverse

    def equals(self, other: "Interval[Ordered]") -> bool | None:
        """``==``: true only for two exact equal values, false only where the ranges do not meet."""
        if self.exact and other.exact:
            return self.low == other.low
        return False if self.before(other) is True or other.before(self) is True else None


Day = Interval[date]


def day(value: date) -> Day:
    """The interval that is exactly one day."""
    return Interval(value, value)
