"""Doses some days apart that are ordered in several rows: on Mondays and on Thursdays is twice a week."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from cards.chart.intervals import Interval
from cards.dosing.ordered import OrderedDose, added, kind_of, largest, scaled

_EXACT = Decimal("0.000001")


def merged(doses: Iterable[OrderedDose]) -> Iterator[OrderedDose]:
    """What nothing ends is one dose; so are equal doses that end and lie between one another."""
    listed = list(doses)
    standing = [dose for dose in listed if _stands(dose) and _alone(dose, listed)]
    joint = _standing(standing) if len(standing) > 1 else None
    rest = [dose for dose in listed if joint is None or all(dose is not other for other in standing)]
    if joint is not None:
        yield joint
    yield from _bounded(rest, standing)


def _stands(dose: OrderedDose) -> bool:
    return dose.count is None and not dose.named and dose.step is not None and bool(dose.step.low)


def _alone(dose: OrderedDose, others: list[OrderedDose]) -> bool:
    """Whether none of its rows also makes another dose: those are added on the days they share."""
    own = {id(part) for part in dose.parts}
    return all(other is dose or own.isdisjoint(id(part) for part in other.parts) for other in others)


def _standing(doses: list[OrderedDose]) -> OrderedDose | None:
    """At their mean distance; of different amounts the largest counts, and what is given in all."""
    amounts = [dose.amount for dose in doses]
    if kind_of(amounts) is None:
        return None
    rates = [1 / dose.step.low for dose in doses if dose.step is not None and dose.step.low]
    step = (1 / sum(rates, Decimal(0))).quantize(_EXACT)
    mean = None
    if len(set(amounts)) > 1:
        mean = added([scaled(amount, rate * step) for amount, rate in zip(amounts, rates, strict=True)])
    drafted = sorted(doses, key=lambda dose: not dose.drafted)
    parts = tuple(part for dose in drafted for part in dose.parts)
    start = min(dose.start for dose in doses if dose.drafted or not any(d.drafted for d in doses))
    return OrderedDose(parts, largest(amounts), Interval(step, step), None, start, mean=mean)


def _bounded(doses: list[OrderedDose], standing: list[OrderedDose]) -> Iterator[OrderedDose]:
    left = list(doses)
    while left:
        first, *left = left
        alike = [other for other in left if _lies_between(first, other)]
        left = [dose for dose in left if all(dose is not other for other in alike)]
        dose = _joined([first, *alike]) if alike else first
        beside = [other for other in standing if other is not dose and _runs_beside(dose, other)]
        if beside and dose.count is not None and dose.step is not None:
            yield _more_often(dose, len(beside) + 1)
        else:
            yield dose


def _times(dose: OrderedDose) -> list[Decimal]:
    if dose.named or dose.count is None:
        return list(dose.named)
    step = dose.step.low if dose.step is not None else None
    return [dose.start + (step or Decimal(0)) * number for number in range(min(dose.count, 400))]


def _lies_between(one: OrderedDose, other: OrderedDose) -> bool:
    times = _times(one), _times(other)
    if one.amount != other.amount or kind_of([one.amount]) is None or min(map(len, times)) < 2:
        return False
    apart = set(times[0]).isdisjoint(times[1])
    return apart and times[0][0] < times[1][-1] and times[1][0] < times[0][-1]


def _joined(doses: list[OrderedDose]) -> OrderedDose:
    days = tuple(sorted(day for dose in doses for day in _times(dose)))
    gap = (days[-1] - days[0]) / (len(days) - 1)
    if any(dose.named for dose in doses):
        gap = min(after - before for before, after in pairwise(days))
    parts = tuple(part for dose in doses for part in dose.parts)
    step = gap.quantize(_EXACT)
    return OrderedDose(parts, doses[0].amount, Interval(step, step), len(days), days[0], days)


def _runs_beside(dose: OrderedDose, standing: OrderedDose) -> bool:
    """The same dose at the same interval, with and without an end: until the end both are given."""
    same = dose.amount == standing.amount and dose.step == standing.step
    if not same or dose.count is None or dose.count < 2:
        return False
    return standing.start < _times(dose)[-1]


def _more_often(dose: OrderedDose, number: int) -> OrderedDose:
    step = ((dose.step.low if dose.step else None) or Decimal(1)) / number
    count = None if dose.count is None else dose.count * number
    return replace(dose, step=Interval(step, step), count=count, named=())
