"""All orders of a drug together: what is given at one time, on one day, and in turns."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from cards.chart.intervals import Interval
from cards.dosing.daily import daily_doses
from cards.dosing.ordered import OrderedDose, sum_of
from cards.dosing.rows import merged
from cards.dosing.stretches import HORIZON_DAYS, Stretch


def together(stretches: Iterable[Stretch]) -> tuple[OrderedDose, ...]:
    """Every dose, with all that falls on the same calendar day added, and rows that alternate as one."""
    listed = list(stretches)
    spaced = [item for item in listed if not item.daily]
    return (*daily_doses(item for item in listed if item.daily), *merged(_of_spaced(spaced)))


def _of_spaced(spaced: list[Stretch]) -> Iterator[OrderedDose]:
    if not spaced:
        return
    first = min([item.start for item in spaced if item.order.draft] or [item.start for item in spaced])
    by_day: dict[int, list[Stretch]] = {}
    for item in spaced:
        for time in item.times(first, first + HORIZON_DAYS):
            by_day.setdefault(int(time), []).append(item)
    groups: dict[tuple[int, ...], tuple[list[Stretch], list[Decimal]]] = {}
    for day, parts in sorted(by_day.items()):
        groups.setdefault(tuple(id(part) for part in parts), (parts, []))[1].append(Decimal(day))
    for parts, days in groups.values():
        yield _one(parts, days, alone=sum(1 for key in groups if id(parts[0]) in key) == 1)


def _one(parts: list[Stretch], days: list[Decimal], *, alone: bool) -> OrderedDose:
    """``alone``: the first part occurs on no other days, so that its own interval and number hold."""
    first = parts[0]
    unbounded = all(part.count is None for part in parts)
    if alone and len(parts) == 1:
        step = first.instruction.interval or (Interval(first.step, first.step) if first.step else None)
        return OrderedDose((first,), first.instruction.amount, step, first.count, first.start, first.named)
    gap = min((b - a for a, b in pairwise(days)), default=None)
    step = Interval(gap, gap) if gap is not None else None
    named = () if unbounded else tuple(days)
    return OrderedDose(tuple(parts), sum_of(parts), step, None if unbounded else len(days), days[0], named)
