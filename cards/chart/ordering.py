"""What comes before what in a chart."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from cards.chart.index import Group
from cards.chart.intervals import Day
from cards.chart.received import RawResource
from cards.chart.records import Act, Result, Vaccination

Dated = TypeVar("Dated", Result, Act, Vaccination)


def each_once(groups: list[Group]) -> Iterable[tuple[RawResource, str]]:
    """Observations and what recognised them; one that is in several groups comes in the place of its last."""
    found = [(raw, how) for resources, how in groups for raw in resources]
    if len(groups) == 1:
        return found
    first = {id(raw): (raw, how) for raw, how in reversed(found)}
    return reversed(first.values())


def in_order(items: Iterable[Dated]) -> tuple[Dated, ...]:
    """Oldest first, undated ones before all others."""
    return tuple(sorted(items, key=_moment))


def _moment(item: Result | Act | Vaccination) -> tuple[date, date]:
    when: Day | None = item.date
    last = (when.high or when.low) if when else None
    return last or date.min, (when.low if when else None) or date.min
