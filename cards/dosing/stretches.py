"""The instructions of an order on the calendar: at their dates, one after the other, or together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from cards.chart.instructions import Instruction
from cards.chart.records import Medication
from cards.chart.times_of_day import are_apart

HORIZON_DAYS = 400  # how far a repeat that nothing ends is followed
MOST_TIMES = 400
ONE = Decimal(1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Stretch:
    """One instruction on the calendar; times are days as ordinals, hours as their fractions."""

    order: Medication
    instruction: Instruction
    start: Decimal
    count: int | None
    named: tuple[Decimal, ...] = ()

    @property
    def step(self) -> Decimal | None:
        """The shortest time between two doses that is ordered."""
        found = self.instruction.interval
        if found is not None:
            return found.low
        return min((after - before for before, after in pairwise(self.named)), default=None)

    @property
    def daily(self) -> bool:
        return not self.named and self.step is not None and self.step <= ONE

    @property
    def last(self) -> Decimal:
        """The last dose; of what nothing ends the first."""
        if self.named:
            return self.named[-1]
        return self.start + (self.step or 0) * ((self.count or 1) - 1)

    def ends(self) -> Decimal | None:
        """When it stops covering time: one step after the last dose."""
        return None if self.count is None else self.last + (self.step or ONE)

    def times(self, since: Decimal, until: Decimal) -> Iterator[Decimal]:
        """The doses from ``since`` to before ``until``."""
        if self.named or self.step is None or self.step <= 0:
            yield from (time for time in self.named or (self.start,) if since <= time < until)
            return
        number = max(0, int(((since - self.start) / self.step).to_integral_value(ROUND_CEILING)))
        written = 0
        while (self.count is None or number < self.count) and written < MOST_TIMES:
            time = self.start + self.step * number
            if time >= until:
                return
            yield time
            number, written = number + 1, written + 1


def placed(order: Medication, instructions: Iterable[Instruction], today: date) -> tuple[Stretch, ...]:
    """The instructions of one order: at their dates, else one after the other, else together from its first day."""
    listed = list(instructions)
    if all(item.sequence is not None for item in listed):
        listed.sort(key=lambda item: item.sequence or 0)
    anchor = Decimal(_first_day(order, listed, today).toordinal())
    found: list[Stretch] = []
    for item in listed:
        found.append(_placed(order, item, anchor, found[-1] if found else None))
    return tuple(found)


def _first_day(order: Medication, instructions: list[Instruction], today: date) -> date:
    named = [day for item in instructions for day in (*item.days, item.start) if day is not None]
    if named:
        return min(named)
    start = order.start.low if order.start else None
    if order.draft and order.start == order.authored:
        return today
    return start or (order.authored.low if order.authored else None) or today


def _placed(order: Medication, item: Instruction, anchor: Decimal, before: Stretch | None) -> Stretch:
    if item.days:
        named = tuple(Decimal(day.toordinal()) for day in item.days)
        return Stretch(order, item, named[0], len(named), named)
    if item.start is not None:
        return _bounded(order, item, Decimal(item.start.toordinal()), anchor)
    if item.offsets and item.interval is None:
        named = tuple(sorted(anchor + offset for offset in item.offsets))
        return Stretch(order, item, named[0], len(named), named)
    if item.offsets:
        return _bounded(order, item, anchor + item.offsets[0], anchor)
    start = anchor if before is None or not _succeeds(item, before) else _after(before, item)
    return _bounded(order, item, start, anchor)


def _succeeds(item: Instruction, before: Stretch) -> bool:
    """Whether an instruction without a date comes after the one before it, not beside it."""
    earlier = before.instruction
    if are_apart(item.at, earlier.at):
        return False
    if item.sequence is not None and earlier.sequence is not None:
        return item.sequence > earlier.sequence
    if not item.timed and (before.named or earlier.start is not None):
        return True  # nobody says that it belongs to the day of the one before
    other = item.amount != earlier.amount or item.interval != earlier.interval
    return item.follows or item.later is not None or (before.count is not None and other)


def _after(before: Stretch, item: Instruction) -> Decimal:
    if item.later is not None:
        return before.last + item.later
    wait = item.interval.low if item.interval is not None else None
    if wait is not None and wait > ONE:
        return before.last + wait
    return before.ends() or before.last + (before.step or ONE)


def _bounded(order: Medication, item: Instruction, start: Decimal, anchor: Decimal) -> Stretch:
    start = _on_weekday(item, start)
    count, step = item.count, item.interval.low if item.interval is not None else None
    if count is None and step is None:
        count = 1
    elif count is None and step:
        end = _end(item, start, anchor)
        count = None if end is None else max(1, int(((end - start) / step).to_integral_value(ROUND_FLOOR)) + 1)
    return Stretch(order, item, start, count)


def _on_weekday(item: Instruction, start: Decimal) -> Decimal:
    """Of what is given on one day of the week the first such day."""
    if len(item.weekdays) != 1:
        return start
    wanted = WEEKDAYS.index(next(iter(item.weekdays)))
    return start + (wanted - (int(start) - 1)) % 7  # ordinal 1 was a Monday


def _end(item: Instruction, start: Decimal, anchor: Decimal) -> Decimal | None:
    """The last day on which a repeat may still give a dose."""
    if item.end is not None:
        return Decimal(item.end.toordinal())
    if item.lasting is not None:
        return start + item.lasting - Decimal("0.01")  # the end of the stretch is no longer part of it
    return None if item.until is None else anchor + item.until
