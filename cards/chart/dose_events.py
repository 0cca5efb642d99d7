"""Doses given: one event a calendar day, from administrations, else statements, else completed infusion orders."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cards.chart.intervals import Day, Interval
from cards.chart.records import Gap, Medication, MedicationSource, Record, Records

_TAKEN = frozenset({"completed", "active"})


class DoseEvent(Record, frozen=True, kw_only=True):
    """One day on which a drug was given, with all that was given that day."""

    date: Day
    amount_mg: Interval[Decimal] | None = None


def dose_events(records: Records[Medication], today: date) -> Records[DoseEvent]:
    """The dated doses of a drug, oldest first.

    A completed request is a given infusion only where no administration and no statement of the drug is on
    record: a site that records administrations would otherwise count one infusion twice.
    """
    recorded = [item for item in records.items if not item.draft and not item.plan]
    given = _by_day(_of(recorded, MedicationSource.ADMINISTRATION))
    stated = _by_day(item for item in _of(recorded, MedicationSource.STATEMENT) if item.status in _TAKEN)
    events = given | {when: items for when, items in stated.items() if not _overlaps(when, given)}
    if not events:
        events = _by_day(item for item in _of(recorded, MedicationSource.REQUEST) if item.completed)
    past = [when for when in events if when.low is None or when.low <= today]
    ordered = sorted(past, key=lambda when: (when.low or date.min, when.high or date.max))
    gaps = records.gaps | _undated(recorded)
    return Records(tuple(_event(when, events[when]) for when in ordered), gaps)


def _of(items: Iterable[Medication], kind: MedicationSource) -> list[Medication]:
    return [item for item in items if item.source is kind]


def _by_day(items: Iterable[Medication]) -> dict[Day, list[Medication]]:
    found: dict[Day, list[Medication]] = {}
    for item in items:
        for when in _days(item):
            found.setdefault(when, []).append(item)
    return found


def _days(item: Medication) -> tuple[Day, ...]:
    """What names no days counts once, by its start; so does an order whose repeats nobody ended."""
    if item.source is MedicationSource.ADMINISTRATION or (item.dates and not item.repeats_unbounded):
        return item.dates
    return (item.start,) if item.start is not None else ()


def _overlaps(when: Day, days: Iterable[Day]) -> bool:
    return any(when.equals(other) is not False for other in days)


def _undated(items: list[Medication]) -> frozenset[Gap]:
    """A completed administration without a date is a dose that cannot be placed."""
    lost = any(i.source is MedicationSource.ADMINISTRATION and i.completed and not i.dates for i in items)
    return frozenset({Gap.UNREADABLE}) if lost else frozenset()


def _event(when: Day, items: list[Medication]) -> DoseEvent:
    first = items[0]
    amounts = [_amount(item) for item in items]
    total = None if None in amounts else sum((amount for amount in amounts if amount is not None), Decimal(0))
    return DoseEvent(
        reference=first.reference,
        label=first.label,
        matched_by=first.matched_by,
        raw=first.raw,
        date=when,
        amount_mg=None if total is None else Interval(total, total),
    )


def _amount(item: Medication) -> Decimal | None:
    amounts = {dose.amount_mg for dose in item.doses}
    amount = amounts.pop() if len(amounts) == 1 else None
    return amount.low if amount is not None and amount.exact else None
