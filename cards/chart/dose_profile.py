"""How much of a group of drugs was taken on which days of the past: stretches of days with one total each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from cards.chart.courses import course_of, daily_mg, steps
from cards.chart.records import Medication, MedicationSource

Convert = Callable[[Medication], Decimal | None]  # what one mg of the drug counts


def equivalent(mg: Decimal, factor: Decimal) -> Decimal:
    """mg in terms of another drug; rounded, as factors of a third would else leave 4.5 mg dexamethasone off 30 mg."""
    product = mg * factor
    return product if product.adjusted() > 12 else round(product, 6)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From ``first`` to ``last``, both included; ``mg`` is ``None`` where an amount could not be read."""

    first: date
    last: date
    mg: Decimal | None


def profile(medications: Iterable[Medication], convert: Convert, today: date) -> tuple[Stretch, ...]:
    """Every day up to today that is covered by a prescription, statement or administration; drafts and plans are not.

    A drug that both an order and a statement name on a day is counted once, by the larger.
    """
    taken = [m for m in medications if not m.draft and not m.plan]
    parts = [(m, part) for m in taken for part in _segments(m, convert, today)]
    edges = sorted({ordinal for _, p in parts for ordinal in (p.first.toordinal(), p.last.toordinal() + 1)})
    found: list[Stretch] = []
    for start, following in pairwise(edges):
        covering = [(m, p) for m, p in parts if p.first.toordinal() <= start <= p.last.toordinal()]
        if covering:
            found.append(Stretch(date.fromordinal(start), date.fromordinal(following - 1), _total(covering)))
    return tuple(found)


def _segments(medication: Medication, convert: Convert, today: date) -> list[Stretch]:
    """The steps of one prescription as far as they lie in the past, today among them."""
    course = course_of(medication, today)
    if course.first is None or course.first > today or (course.last is None and not course.open_ended):
        return []
    last = min(course.last or today, today)
    factor = convert(medication)
    starts = {course.first} | {s.first for s in steps(medication, today) if s.first and course.first < s.first <= last}
    ordered = sorted(starts)
    ends = [date.fromordinal(start.toordinal() - 1) for start in ordered[1:]] + [last]
    found: list[Stretch] = []
    for start, end in zip(ordered, ends, strict=True):
        mg = daily_mg(medication, start, today)
        if start <= end:
            found.append(Stretch(start, end, None if mg is None or factor is None else equivalent(mg, factor)))
    return found


def _total(covering: list[tuple[Medication, Stretch]]) -> Decimal | None:
    drugs: dict[frozenset[str], dict[bool, Decimal]] = {}
    for medication, part in covering:
        if part.mg is None:
            return None
        sources = drugs.setdefault(medication.drugs, {})
        is_order = medication.source is MedicationSource.REQUEST
        sources[is_order] = sources.get(is_order, Decimal(0)) + part.mg
    return sum((max(sources.values()) for sources in drugs.values()), Decimal(0))


def highest(stretches: Iterable[Stretch], since: date) -> Decimal | None:
    """The largest total of a day since then; unknown where a day's total is, and nothing is zero."""
    found = [part.mg for part in stretches if part.last >= since]
    return None if None in found else max((mg for mg in found if mg is not None), default=Decimal(0))


def latest_at(stretches: Iterable[Stretch], least: Decimal) -> tuple[date, date] | None:
    """First and last day of the latest unbroken stretch with at least so much a day."""
    first = last = None
    for part in stretches:
        if part.mg is None or part.mg < least:
            continue
        joined = last is not None and part.first.toordinal() <= last.toordinal() + 1
        first = first if joined else part.first
        last = part.last
    return None if first is None or last is None else (first, last)
