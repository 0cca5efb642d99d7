"""``days-on``: on how many days up to today a drug was taken."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cards.chart.courses import course_of
from cards.chart.intervals import Interval
from cards.chart.records import Medication


def days_taken(sure: Iterable[Medication], doubtful: Iterable[Medication], today: date) -> Interval[Decimal]:
    """Calendar days covered, overlaps once. A running course without an end lasts to today; drafts are not yet taken.

    Open upwards where a course does not say when it was, or may not be one that is meant.
    """
    taken = [item for item in sure if not item.draft and not item.plan]
    periods = [_period(item, today) for item in taken]
    days = {ordinal for period in periods if period for ordinal in range(period[0], period[1] + 1)}
    complete = None not in periods and not any(not item.draft and not item.plan for item in doubtful)
    known = Decimal(len(days))
    return Interval(known, known if complete else None)


def _period(medication: Medication, today: date) -> tuple[int, int] | None:
    """First and last day taken as ordinals; ``None`` where the record does not tell both."""
    course = course_of(medication, today)
    if course.first is None or (course.last is None and not course.open_ended):
        return None
    last = min(course.last or today, today)
    return course.first.toordinal(), last.toordinal()
