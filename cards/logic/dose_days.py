"""``prednisone-days``: on how many days up to today so much prednisone or its equivalent was taken."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from cards.chart.courses import course_of
from cards.chart.dose_profile import Convert, Stretch, profile
from cards.chart.intervals import Interval
from cards.chart.records import Medication


def days_at_least(
    medications: Iterable[Medication], convert: Convert, least: Decimal, today: date
) -> Interval[Decimal]:
    """Days on which the drugs together reach an amount.

    Open upwards where a prescription does not say when it was; a range where its dose cannot be read.
    """
    taken = [item for item in medications if not item.draft and not item.plan]
    stretches = profile(taken, convert, today)
    sure = sum(_length(part) for part in stretches if part.mg is not None and part.mg >= least)
    doubtful = sum(_length(part) for part in stretches if part.mg is None)
    complete = all(_is_dated(item, today) for item in taken)
    return Interval(Decimal(sure), Decimal(sure + doubtful) if complete else None)


def _length(part: Stretch) -> int:
    return (part.last - part.first).days + 1


def _is_dated(medication: Medication, today: date) -> bool:
    course = course_of(medication, today)
    return course.first is not None and (course.last is not None or course.open_ended)
