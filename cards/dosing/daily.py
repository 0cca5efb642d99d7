"""Doses of every day: what is taken at one time is added; what is taken at several times is one dose so often a day.

Rows may begin and end on different days, so the calendar is cut wherever one does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

from cards.chart.dosage import NO_AMOUNT, Amount
from cards.chart.intervals import Interval
from cards.chart.times_of_day import are_apart
from cards.dosing.ordered import OrderedDose, added, kind_of, largest, scaled, sum_of
from cards.dosing.stretches import Stretch

ONE = Decimal(1)
_EXACT = Decimal("0.000001")
_MOST_SLOTS = 24  # an hour apart


@dataclass(slots=True)
class _Slot:
    """One time of the day; ``at`` is empty where nobody says which."""

    at: frozenset[str] = frozenset()
    parts: list[Stretch] = field(default_factory=list[Stretch])

    @property
    def amount(self) -> Amount:
        return sum_of(self.parts)


def daily_doses(daily: Iterable[Stretch]) -> Iterator[OrderedDose]:
    """The doses of each stretch of days on which the same rows hold."""
    listed = list(daily)
    edges = sorted({edge for item in listed for edge in (item.start, item.ends()) if edge is not None})
    for since, until in pairwise([*edges, None]):
        if since is None:
            continue
        held = [item for item in listed if item.start <= since and ((end := item.ends()) is None or end > since)]
        if held:
            yield from _of_days(held, since, until)


def _of_days(held: list[Stretch], since: Decimal, until: Decimal | None) -> Iterator[OrderedDose]:
    held = sorted(held, key=lambda item: not item.order.draft)
    slots = _slots(held)
    amounts = [slot.amount for slot in slots]
    step = min(item.step for item in held if item.step is not None)
    if len(slots) > _number(step):
        step = (ONE / len(slots)).quantize(_EXACT, ROUND_CEILING)
    if kind_of(amounts) is not None:
        mean = None if len(set(amounts)) == 1 else scaled(added(amounts), ONE / len(slots))
        yield replace(_dose(held, largest(amounts), step, (since, until)), mean=mean)
        return
    for slot in {tuple(id(part) for part in slot.parts): slot for slot in slots}.values():
        own = min(item.step for item in slot.parts if item.step is not None)
        yield _dose(slot.parts, slot.amount, own, (since, until))


def _dose(parts: list[Stretch], amount: Amount, step: Decimal, days: tuple[Decimal, Decimal | None]) -> OrderedDose:
    since, until = days
    alone = len(parts) == 1 and parts[0].start == since and parts[0].ends() == until
    count = None if until is None else max(1, int(((until - since) / step).to_integral_value(ROUND_CEILING)))
    if alone:
        count = parts[0].count
    shown = amount if amount != NO_AMOUNT or len(parts) > 1 else parts[0].instruction.amount
    return OrderedDose(tuple(parts), shown, Interval(step, step), count, since)


def _slots(held: list[Stretch]) -> list[_Slot]:
    """Rows that name their times first; the others are taken together with those, as far as they go."""
    found: list[_Slot] = []
    for item in sorted(held, key=lambda item: not item.instruction.at):
        used: list[_Slot] = []
        for time in sorted(item.instruction.at):
            used.append(_at(found, frozenset([time])))
        number = _number(item.step or ONE)
        free = iter([slot for slot in found if not any(slot is taken for taken in used)])
        while len(used) < number:
            used.append(next(free, None) or _new(found))
        for slot in used:
            slot.parts.append(item)
    return found


def _number(step: Decimal) -> int:
    """Of doses a day; the inverse of a rounded step must not be one more."""
    times = (ONE / step).quantize(Decimal("0.001")) if step * _MOST_SLOTS > ONE else Decimal(_MOST_SLOTS)
    return int(times.to_integral_value(ROUND_CEILING))


def _at(slots: list[_Slot], time: frozenset[str]) -> _Slot:
    same = (slot for slot in slots if slot.at and not are_apart(slot.at, time))
    return next(same, None) or _new(slots, time)


def _new(slots: list[_Slot], at: frozenset[str] = frozenset()) -> _Slot:
    slots.append(_Slot(at))
    return slots[-1]
