"""What the patient had of a drug before: whether at all, since when, on how many days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cards.chart.chart import Chart
from cards.chart.dose_events import DoseEvent, dose_events
from cards.chart.intervals import Day
from cards.chart.medications import KINDS
from cards.chart.records import Medication, MedicationSource

_NOT_TAKEN = frozenset({"on-hold"})


@dataclass(frozen=True, slots=True)
class History:
    """``treated`` is unknown where nothing could be fetched; ``first`` where no record is dated."""

    treated: bool | None
    first: date | None = None
    given: tuple[DoseEvent, ...] = ()
    days: frozenset[Day] = frozenset()  # on which it was given or handed over
    records: tuple[Medication, ...] = ()

    def weeks_on(self, day: date) -> Decimal | None:
        """How long the treatment has lasted on a day; none yet is 0."""
        if self.treated is False:
            return Decimal(0)
        return None if self.first is None else Decimal((day - self.first).days) / 7


def read_history(chart: Chart, drug: str, look_back: Decimal) -> History:
    """Records of so many days before; orders that begin today or later are no history."""
    records = chart.medications(drug)
    since = chart.today - timedelta(days=int(look_back))
    handed = chart.dispensed(drug)
    past = tuple(item for item in (*records.items, *handed) if _counts(item, since, chart.today))
    if not past and not any(chart.fetched(kind) for kind in KINDS):
        return History(None)
    given = dose_events(records, chart.today).items
    days = frozenset([*(event.date for event in given), *(day for item in handed for day in item.dates)])
    return History(bool(past), _first(past), given, days, past)


def _counts(item: Medication, since: date, today: date) -> bool:
    if item.draft or item.plan or item.status in _NOT_TAKEN:
        return False
    begun = _begin(item)
    if begun is not None and begun >= today and item.source is MedicationSource.REQUEST:
        return False
    last = _last(item)
    return item.active or last is None or last >= since


def _begin(item: Medication) -> date | None:
    start = item.start or (item.dates[0] if item.dates else None) or item.authored
    return start.low if start else None


def _last(item: Medication) -> date | None:
    last = item.end or (item.dates[-1] if item.dates and not item.repeats_unbounded else None) or item.start
    return (last.high or last.low) if last else None


def _first(items: Iterable[Medication]) -> date | None:
    """The first day of the treatment; one that nobody dated might be older than all the others."""
    begun = [_begin(item) for item in items]
    known = [day for day in begun if day is not None]
    return min(known) if known and len(known) == len(begun) else None
