"""Doses that were given: one event a calendar day, whatever number of records tells of it."""

from datetime import date
from decimal import Decimal

from cards.chart.intervals import Day, Interval
from cards.chart.records import Medication, MedicationSource, Records
from cards.logic.vocabulary import Infusion

ORDER = (MedicationSource.ADMINISTRATION, MedicationSource.STATEMENT, MedicationSource.REQUEST)


def dose_events(records: Records[Medication], today: date) -> Records[Infusion]:
    """Administrations, else statements, else completed orders of an interval infusion, up to today.

    A day told of by an administration is not told of again by a statement or an order.
    """
    by_day: dict[Day, list[Medication]] = {}
    for source in ORDER:
        found: dict[Day, list[Medication]] = {}
        for medication in records.items:
            if medication.source is source and _was_given(medication):
                for day in medication.dates:
                    if day.low is not None and day.low <= today and day not in by_day:
                        found.setdefault(day, []).append(medication)
        if source is MedicationSource.REQUEST and by_day:
            break
        by_day |= found
    days = sorted(by_day, key=lambda day: (day.low or date.min, day.high or date.max))
    return Records(tuple(_event(day, by_day[day]) for day in days), records.gaps)


def _was_given(medication: Medication) -> bool:
    if medication.draft or medication.plan:
        return False
    match medication.source:
        case MedicationSource.ADMINISTRATION:
            return medication.status in {"completed", "in-progress", "stopped", ""}
        case MedicationSource.STATEMENT:
            return medication.status in {"completed", "active", "stopped", ""}
        case MedicationSource.REQUEST:
            return medication.completed


def _event(day: Day, medications: list[Medication]) -> Infusion:
    amounts = [dose.amount_mg for medication in medications for dose in medication.doses]
    known = [amount.low for amount in amounts if amount is not None and amount.low is not None]
    total = sum(known, Decimal(0)) if known and len(known) == len(amounts) else None
    first = medications[0]
    return Infusion(
        reference=first.reference,
        label=first.label,
        matched_by=first.matched_by,
        date=day,
        amount_mg=None if total is None else Interval(total, total),
    )
