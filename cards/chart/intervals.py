"""Values that may be known only within limits: partial dates, and results such as ``<4``.

A FHIR date of ``2024-05`` is the whole of May; a result of ``<0.5`` is everything below 0.5.
Comparing two intervals answers ``True``, ``False`` or ``None`` (cannot be told).
"""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Ordered = TypeVar("Ordered", bound="date | int | float | object")


@dataclass(frozen=True, slots=True)
class Interval(Generic[Ordered]):
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
        if self._entirely_below(other, strict=True):
            return True
        if other._entirely_below(self, strict=False):
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
        if self._entirely_below(other, strict=True) or other._entirely_below(self, strict=True):
            return False
        return None

    def _entirely_below(self, other: "Interval[Ordered]", *, strict: bool) -> bool:
        if self.high is None or other.low is None:
            return False
        touching = self.high == other.low
        if touching:
            return self.high_open or other.low_open or not strict
        return self.high < other.low  # type: ignore[operator]


Day = Interval[date]


def day(value: date) -> Day:
    """The interval that is exactly one day."""
    return Interval(value, value)
