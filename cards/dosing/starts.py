"""Whether the start of a treatment is ordered as recommended: loading doses, and a dose that is raised slowly."""

from collections.abc import Iterable
from decimal import Decimal

from cards.chart.dosage import NO_AMOUNT
from cards.chart.quantities import Number
from cards.dosing.amounts import amount_passes, amount_ratio, in_mg
from cards.dosing.comparisons import Comparison, is_maintenance
from cards.dosing.doses import Allowed, Course
from cards.dosing.product import is_starter_pack
from cards.dosing.readings import Reading
from cards.dosing.situation import Situation

ONE_DAY = Decimal(1)


def loading_is_missing(reading: Reading, items: Iterable[Comparison], situation: Situation) -> bool:
    """Whether the dose that goes on is ordered, repeated, and none of the starts that belong to it.

    A single dose says nothing of what follows.
    """
    record = reading.record
    if record is None or not record.own.loading:
        return False
    going_on = [item for item in items if is_maintenance(item, situation) and item.dose.count != 1]
    if not going_on:
        return False
    whole = (course for course in record.courses if course.loading)  # others only vary the dose that goes on
    meant = [course for course in whole if _goes_on_with(course, going_on, reading, situation)]
    return bool(meant) and not any(_is_started(course, situation) for course in meant)


def _goes_on_with(course: Course, items: Iterable[Comparison], reading: Reading, situation: Situation) -> bool:
    population = course.population
    if population is not None and situation.body.fits(population) is False:
        return False
    return any(
        amount_passes(amount_ratio(item.dose.amount, allowed, situation.body), allowed.basis, situation.policy)
        for item in items
        for allowed in course.maintenance
        if reading.allows(allowed, item.dose) and not allowed.any_amount
    )


def _is_started(course: Course, situation: Situation) -> bool:
    """A larger loading amount is ordered by anybody; an equal one as often as the start has it, in its time."""
    if loading_is_larger(course, situation):
        _, first = course.loading[0]
        return any(
            amount_passes(amount_ratio(item.instruction.amount, first, situation.body), first.basis, situation.policy)
            for item in situation.stretches
            if item.instruction.amount != NO_AMOUNT
        )
    last = course.loading[-1][0] * situation.policy.body_high
    first_day = int(situation.first_day)
    days = {day for day in situation.dose_days if first_day <= day <= first_day + int(last)}
    return len(days) >= len(course.loading)


def loading_is_larger(course: Course, situation: Situation) -> bool:
    """Whether the first dose is larger than those that go on."""
    if not course.loading:
        return False
    _, first = course.loading[0]
    same = [a for a in course.maintenance if a.basis is first.basis and a.high and a.usable]
    return bool(first.high) and bool(same) and first.high > _least(same) * situation.policy.loading_larger  # type: ignore[operator]


def _least(options: list[Allowed]) -> Decimal:
    return min(option.high for option in options if option.high is not None)


def first_day_mg(situation: Situation) -> Decimal | None:
    """What is ordered for the first day of the drafts, in all."""
    start = Decimal(int(situation.first_day))
    total = Decimal(0)
    for item in situation.stretches:
        mg: Number | None = in_mg(item.instruction.amount, situation.body)
        number = sum(1 for _ in item.times(start, start + ONE_DAY))
        if number and (mg is None or mg.high is None):
            return None
        total += number * (mg.high or Decimal(0)) if mg is not None and mg.high is not None else Decimal(0)
    return total


def has_starter_pack(situation: Situation) -> bool:
    """A pack that raises the dose, among the drafts or the active orders."""
    file = situation.doses.file if situation.doses else None
    return file is not None and any(is_starter_pack(order, file) for order in (*situation.drafts, *situation.active))
