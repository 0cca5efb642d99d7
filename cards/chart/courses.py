"""When a prescription was or will be taken: its own days, its steps, and on which days how much."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cards.chart import fhir
from cards.chart.dates import period
from cards.chart.intervals import Day
from cards.chart.quantities import decimal
from cards.chart.records import Dose, Medication, MedicationSource
from cards.chart.written_doses import instructions_of

_DAYS_EACH = {"d": 1, "wk": 7, "mo": 30}
_UNITS = {
    **dict.fromkeys(("d", "day", "days", "天", "日"), "d"),
    **dict.fromkeys(("wk", "week", "weeks", "周"), "wk"),
    **dict.fromkeys(("mo", "month", "months", "月", "个月"), "mo"),
}
_LASTING = re.compile(r"(?:for|x|×|\*|连用|共用?|疗程|分)\s*(\d{1,3})\s*(days?|weeks?|d\b|天|日|周)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Course:
    """First and last day; ``last`` is ``None`` where nothing ends it, ``ended_on`` unknown where it is over."""

    first: date | None
    last: date | None
    open_ended: bool  # still running or ordered, with no end in sight
    over: bool = False  # ended on a day that is not known


def course_of(medication: Medication, today: date) -> Course:
    """The days of the prescription itself, not of the renewals before it.

    A supply that has run out under an active order is no stop: the course then lasts until today.
    """
    start, end = _own_period(medication)
    first = start or (today if medication.draft else None)
    if medication.source is MedicationSource.ADMINISTRATION and not medication.active:
        return Course(first, end or first, False)
    running = medication.draft or medication.active or medication.plan
    if end is None:
        return Course(first, None, running, not running)
    if medication.end_is_supply and medication.active and end < today:
        end = today
    return Course(first, end, False)


def _own_period(medication: Medication) -> tuple[date | None, date | None]:
    start, end = medication.own_start or medication.start, medication.end
    if medication.source is MedicationSource.REQUEST:
        end = end or _last_named(medication)
    return _first(start), _last(end)


def _last_named(medication: Medication) -> Day | None:
    return medication.dates[-1] if medication.dates and not medication.repeats_unbounded else None


def _first(value: Day | None) -> date | None:
    return None if value is None else value.low


def _last(value: Day | None) -> date | None:
    return None if value is None else value.high


def course_days(medication: Medication) -> int | None:
    """How many days the prescription lasts: as said, else by its named days, else from start to end."""
    said = {days for item in instructions_of(medication) if (days := _lasting(item)) is not None}
    if said:
        return max(said)
    if medication.dates and not medication.repeats_unbounded:
        first, last = medication.dates[0].low, medication.dates[-1].high
        return None if first is None or last is None else (last - first).days + 1
    start, end = _first(medication.start), _last(medication.end)
    if start is None or end is None:
        return None
    return (end - start).days + 1


def _lasting(instruction: fhir.Json) -> int | None:
    """``boundsDuration``, or words such as ``for 5 days`` and ``连用3天``."""
    repeat = fhir.one(fhir.one(instruction.get("timing")).get("repeat"))
    lasting = fhir.one(repeat.get("boundsDuration"))
    amount = decimal(lasting.get("value"))
    unit = _UNITS.get((fhir.string(lasting.get("code")) or fhir.string(lasting.get("unit")) or "").lower())
    if amount is not None and unit is not None:
        return int(amount * _DAYS_EACH[unit])
    said = _LASTING.search((fhir.string(instruction.get("text")) or "")[:300])
    return None if said is None else int(said[1]) * _DAYS_EACH[_UNITS[said[2].lower()]]


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction of a prescription and the days on which it is in force; ``None`` is open."""

    first: date | None
    last: date | None
    dose: Dose


def steps(medication: Medication, today: date) -> tuple[Step, ...]:
    """The instructions in time: a taper has one after the other, a morning and an evening dose go together.

    Bounds say when; without them instructions numbered by ``sequence`` that say how long they last follow each other.
    """
    raw = instructions_of(medication)
    if len(raw) != len(medication.doses) or len(raw) == 1:
        return tuple(Step(None, None, dose) for dose in medication.doses)
    first = course_of(medication, today).first
    following = len({str(item.get("sequence")) for item in raw}) == len(raw) > 1 and first is not None
    found: list[Step] = []
    for item, dose in zip(raw, medication.doses, strict=True):
        repeat = fhir.one(fhir.one(item.get("timing")).get("repeat"))
        start, end = period(repeat.get("boundsPeriod"))
        lasting = _lasting(item)
        if start is None and end is None and following and first is not None:
            last = None if lasting is None else _later(first, lasting - 1)
            found.append(Step(first, last, dose))
            first = None if last is None else _later(last, 1)
        else:
            found.append(Step(_first(start), _last(end), dose))
    return tuple(found)


def _later(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def in_force(medication: Medication, on: date, today: date) -> tuple[Dose, ...]:
    """The doses of the instructions that apply on a day; before the first and after the last those nearest to it."""
    found = steps(medication, today)
    applying = [s.dose for s in found if (s.first or date.min) <= on <= (s.last or date.max)]
    if applying or not found:
        return tuple(applying)
    before = [s for s in found if s.last is not None and s.last < on]
    if before:
        latest = max(s.last or date.min for s in before)
        return tuple(s.dose for s in before if s.last == latest)
    first = min(s.first or date.min for s in found)
    return tuple(s.dose for s in found if s.first == first)


def daily_mg(medication: Medication, on: date, today: date) -> Decimal | None:
    """mg on a day; unknown when an amount or a rate is."""
    total = Decimal(0)
    found = in_force(medication, on, today)
    for dose in found:
        if dose.amount_mg is None or dose.amount_mg.high is None or dose.times_per_day is None:
            return None
        total += dose.amount_mg.high * dose.times_per_day
    return total if found else None
