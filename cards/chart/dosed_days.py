"""The days on which a drug was or will be given, each with its amount: given, ordered and drafted, nothing twice."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from cards.chart.courses import course_days, course_of, in_force
from cards.chart.dates import later_by
from cards.chart.dose_events import DoseEvent, dose_events
from cards.chart.intervals import Day, Interval, day
from cards.chart.records import Dose, Gap, Medication, MedicationSource, Record, Records

# Statements compare every day with every other: an order without an end must not make a call slow. Beyond a year no
# statement looks; where more days lie within it than are kept, the rest counts as not readable, never as not there.
MOST_NAMED, MOST_DAILY, MOST_GIVEN = 70, 40, 150
LOOKED_AT = timedelta(days=400)
Number = Interval[Decimal]


class DosedDay(Record, frozen=True, kw_only=True):
    """One day of a drug. ``amount_mg`` is all of that day; ``per_kg`` and ``per_m2`` where it was ordered so."""

    date: Day
    amount_mg: Number | None = None
    per_kg: Number | None = None
    per_m2: Number | None = None
    given: bool = False
    draft: bool = False


def dosed_days(records: Records[Medication], today: date) -> Records[DosedDay]:
    """Oldest first. Days of an order that its administrations account for are those administrations.

    An order nobody recorded the giving of counts by its own days, past ones among them.
    """
    events = dose_events(records, today).items
    given = [_given(event) for event in events[-MOST_GIVEN:]]
    taken = [item.date.low for item in given if item.date.low is not None]
    orders = [m for m in records.items if _is_order(m)]
    drafted = [item for m in orders if m.draft for item in _ordered_days(m, today)]
    running = [item for m in orders if not m.draft for item in _left(m, taken, today)]
    days = [*given, *drafted, *_not_replaced(running, drafted)]
    lost = any(not _can_be_placed(m) or _is_cut(m, today) for m in orders) or _lie_near(events[:-MOST_GIVEN], today)
    gaps = records.gaps | (frozenset({Gap.UNREADABLE}) if lost else frozenset[Gap]())
    return Records(tuple(sorted(days, key=lambda item: item.date.low or item.date.high or date.min)), gaps)


def _is_order(medication: Medication) -> bool:
    """A completed order is among the doses given; a plan is none."""
    is_request = medication.source is MedicationSource.REQUEST and not medication.plan
    return is_request and (medication.draft or medication.active)


def _given(event: Record) -> DosedDay:
    return DosedDay(
        reference=event.reference,
        label=event.label,
        matched_by=event.matched_by,
        raw=event.raw,
        date=event.date,  # type: ignore[attr-defined]
        amount_mg=event.amount_mg,  # type: ignore[attr-defined]
        given=True,
    )


def _left(order: Medication, taken: list[date], today: date) -> Iterator[DosedDay]:
    """Of an order in the record what is still to be given, and all of it where no administration falls within it."""
    days = list(_ordered_days(order, today))
    firsts = [item.date.low for item in days if item.date.low is not None]
    own = [when for when in taken if firsts and min(firsts) <= when <= max(firsts)]
    for item in days:
        when = item.date.low
        if not own or (when is not None and when > max(own)):
            yield item


def _not_replaced(running: Iterable[DosedDay], drafted: list[DosedDay]) -> Iterator[DosedDay]:
    """A draft for a day that is already ordered takes that order's place."""
    days = {item.date.low for item in drafted}
    return (item for item in running if item.date.low not in days)


def _can_be_placed(order: Medication) -> bool:
    return bool(order.dates) or order.start is not None or order.draft


def _ordered_days(order: Medication, today: date) -> Iterator[DosedDay]:
    for when in _days(order, today):
        yield _day_of(order, when, in_force(order, when, today))


def _days(order: Medication, today: date) -> list[date]:
    """Its named days; else every day from start to end of a drug given daily; else its first day."""
    named = [item.low for item in order.dates if item.low is not None]
    if named:
        return _kept(named, today)
    course = course_of(order, today)
    if course.first is None:
        return []
    if not any((dose.times_per_day or 0) >= 1 for dose in order.doses):
        return [course.first]
    first = max(course.first, today - timedelta(days=MOST_DAILY // 2))
    last = course.last or _said_last(order, course.first)
    length = MOST_DAILY if last is None else min((last - first).days + 1, MOST_DAILY)
    return [first + timedelta(days=number) for number in range(length)] or [course.first]


def _kept(named: list[date], today: date) -> list[date]:
    """Those of the year around today, coming ones first in the choice, and the newest one before."""
    near = [when for when in named if abs(when - today) <= LOOKED_AT]
    ahead = [when for when in near if when >= today][:MOST_NAMED]
    past = [when for when in named if when < today]
    return [*past[-max(1, MOST_NAMED - len(ahead)) :], *ahead] or named[:1]


def _is_cut(order: Medication, today: date) -> bool:
    """Whether days within the year around today are left out."""
    kept = _days(order, today)
    if order.dates:
        near = {item.low for item in order.dates if item.low is not None and abs(item.low - today) <= LOOKED_AT}
        return not near <= set(kept)
    course = course_of(order, today)
    last = course.last or (_said_last(order, course.first) if course.first else None)
    return len(kept) == MOST_DAILY and (last is None or last > kept[-1])


def _lie_near(events: Iterable[DoseEvent], today: date) -> bool:
    return any(event.date.high is None or today - event.date.high <= LOOKED_AT for event in events)


def _said_last(order: Medication, first: date) -> date | None:
    """The last day where only words such as ``连用5天`` end the order."""
    days = course_days(order)
    return None if days is None else later_by(first, Decimal(days - 1), "d")


def _day_of(order: Medication, when: date, doses: tuple[Dose, ...]) -> DosedDay:
    return DosedDay(
        reference=order.reference,
        label=order.label,
        matched_by=order.matched_by,
        raw=order.raw,
        date=day(when),
        amount_mg=_total([(dose.amount_mg, dose) for dose in doses]),
        per_kg=_total([(dose.per_kg, dose) for dose in doses]),
        per_m2=_total([(dose.per_m2, dose) for dose in doses]),
        draft=order.draft,
    )


def _total(amounts: list[tuple[Number | None, Dose]]) -> Number | None:
    """A dose given several times a day counts as often; one whose rate is not said is given once."""
    low = high = Decimal(0)
    for amount, dose in amounts:
        if amount is None or amount.low is None or amount.high is None:
            return None
        times = max(dose.times_per_day or Decimal(1), Decimal(1))
        low, high = low + amount.low * times, high + amount.high * times
    return Interval(low, high) if amounts else None
