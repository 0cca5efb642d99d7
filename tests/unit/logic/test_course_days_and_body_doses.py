"""On how many days a drug was taken, and how much of it by the week and by body weight."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cards.chart.intervals import Interval, day
from cards.chart.records import Dose, Medication, MedicationSource
from cards.logic.body_doses import daily_per_kilogram
from cards.logic.course_days import days_taken
from cards.logic.vocabulary import weekly_dose

TODAY = date(2026, 3, 2)


def taken(start: str | None, end: str | None = None, *, status: str = "active", **more: Any) -> Medication:
    """A statement, whose own period is in the resource."""
    period = {"start": start, "end": end}
    return Medication(
        reference="MedicationStatement/1",
        label="",
        drugs=frozenset({"prednisone"}),
        source=MedicationSource.STATEMENT,
        status=status,
        active=status == "active",
        start=start and day(date.fromisoformat(start)),
        end=end and day(date.fromisoformat(end)),
        raw={"effectivePeriod": {name: value for name, value in period.items() if value}},
        **more,
    )


def days(*courses: Medication, doubtful: tuple[Medication, ...] = ()) -> tuple[Any, Any]:
    found = days_taken(courses, doubtful, TODAY)
    return found.low, found.high


def test_a_running_course_without_an_end_lasts_to_today():
    assert days(taken("2026-02-21")) == (10, 10)


def test_overlapping_courses_count_each_day_once_and_days_ahead_are_not_yet_taken():
    assert days(taken("2026-02-01", "2026-02-10", status="completed"), taken("2026-02-08", "2026-04-30")) == (30, 30)


def test_a_course_without_dates_leaves_the_number_open_upwards():
    assert days(taken("2026-02-21"), taken(None)) == (10, None)
    assert days(taken("2026-02-01", status="stopped")) == (0, None)


def test_a_course_that_may_not_be_meant_leaves_the_number_open_upwards():
    assert days(taken("2026-02-21"), doubtful=(taken("2026-01-01", "2026-01-31", status="completed"),)) == (10, None)


def test_drafts_and_plans_are_not_yet_taken():
    assert days(taken("2026-02-21", draft=True), taken("2026-02-21", plan=True)) == (0, 0)


def dosed(*doses: Dose) -> Medication:
    return taken("2026-01-01", doses=doses)


def of(value: str) -> Interval[Decimal]:
    return Interval(Decimal(value), Decimal(value))


def test_seven_sevenths_of_a_weekly_dose_are_exactly_that_dose():
    weekly = dosed(Dose(amount_mg=of("15"), times_per_day=Decimal(1) / 7))
    assert weekly_dose(weekly) == of("15.000000")
    assert weekly_dose(dosed(Dose(amount_mg=of("15")))) is None


@pytest.mark.parametrize(
    ("doses", "expected"),
    [
        ((Dose(per_kg=of("1"), times_per_day=Decimal(2)),), of("2")),
        ((Dose(per_kg=of("1"), times_per_day=Decimal(1)), Dose(per_kg=of("0.5"), times_per_day=Decimal(1))), of("1.5")),
        ((Dose(per_kg=of("1")),), None),
        ((Dose(amount_mg=of("100"), times_per_day=Decimal(1)),), None),
        ((), None),
    ],
)
def test_a_dose_written_per_kilogram_needs_no_weight(doses: tuple[Dose, ...], expected: Interval[Decimal] | None):
    assert daily_per_kilogram(dosed(*doses)) == expected
