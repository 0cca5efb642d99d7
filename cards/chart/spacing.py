"""How far apart the doses of an order are."""

from decimal import Decimal
from itertools import pairwise

from cards.chart.intervals import Interval
from cards.chart.records import Medication

_STEP = Decimal("0.000001")  # a rate of 1/7 a day is 7 days again, not 6.99…


def dose_interval(medication: Medication) -> Interval[Decimal] | None:
    """Days between two doses, from the stated rate, else from the days named; a range where they differ.

    ``None`` for a single dose and where one of several instructions does not say.
    """
    rates = {dose.times_per_day for dose in medication.doses}
    if rates and None not in rates:
        steps = [(1 / rate).quantize(_STEP) for rate in rates if rate]
        return Interval(min(steps), max(steps)) if steps else None
    if rates - {None} or not all(day.exact for day in medication.dates):
        return None
    days = [day.low for day in medication.dates if day.low is not None]
    gaps = [Decimal((later - earlier).days) for earlier, later in pairwise(sorted(days))]
    return Interval(min(gaps), max(gaps)) if gaps else None
