"""On how many days a steroid reached a dose, however it was prescribed."""

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from cards.chart.intervals import Interval, day
from cards.chart.records import Dose, Medication, MedicationSource
from cards.logic.dose_days import days_at_least

TODAY = date(2026, 3, 2)


def course(mg: str | None, start: str, end: str | None = None, drug: str = "prednisone", **more: Any) -> Medication:
    period = {"start": start, "end": end}
    amount = None if mg is None else Interval(Decimal(mg), Decimal(mg))
    return Medication(
        reference="MedicationStatement/1",
        label="",
        drugs=frozenset({drug}),
        source=MedicationSource.STATEMENT,
        status="active",
        active=True,
        start=day(date.fromisoformat(start)),
        end=end and day(date.fromisoformat(end)),
        raw={"effectivePeriod": {name: value for name, value in period.items() if value}},
        doses=(Dose(amount_mg=amount, times_per_day=Decimal(1)),),
        **more,
    )


def days(*courses: Medication, threshold: str = "60", factor: str | None = "1") -> tuple[Any, Any]:
    per_mg = None if factor is None else Decimal(factor)
    total = days_at_least(courses, lambda _course: per_mg, Decimal(threshold), TODAY)
    return total.low, total.high


def test_days_at_the_dose_count_and_days_below_do_not():
    assert days(course("60", "2026-01-01", "2026-01-10"), course("59", "2026-01-11", "2026-01-20")) == (10, 10)


def test_a_running_course_counts_to_today_and_a_draft_does_not_count():
    assert days(course("60", "2026-02-21")) == (10, 10)
    assert days(course("60", "2026-02-21", draft=True)) == (0, 0)


def test_different_steroids_add_up():
    one, other = course("40", "2026-02-21"), course("20", "2026-02-26", drug="methylprednisolone")
    assert days(one, other) == (5, 5)


def test_the_equivalence_of_the_steroid_counts():
    assert days(course("48", "2026-02-21"), factor="1.25") == (10, 10)
    assert days(course("48", "2026-02-21"), factor=None) == (0, 10)


def test_what_is_not_known_leaves_the_number_open_upwards():
    assert days(course(None, "2026-02-21")) == (0, 10)
    over = replace(course("60", "2026-01-01"), active=False)
    assert days(course("60", "2026-02-25"), over) == (6, None)


def tapered(mg_and_days: list[tuple[str, str, str]]) -> Medication:
    """One prescription whose instructions follow each other, each with its own bounds."""
    doses = tuple(Dose(amount_mg=Interval(Decimal(m), Decimal(m)), times_per_day=Decimal(1)) for m, _, _ in mg_and_days)
    instructions = [{"timing": {"repeat": {"boundsPeriod": {"start": s, "end": e}}}} for _, s, e in mg_and_days]
    first, last = mg_and_days[0][1], mg_and_days[-1][2]
    return Medication(
        reference="MedicationRequest/1",
        label="",
        drugs=frozenset({"prednisone"}),
        source=MedicationSource.REQUEST,
        status="active",
        active=True,
        start=day(date.fromisoformat(first)),
        end=day(date.fromisoformat(last)),
        raw={"dosageInstruction": instructions},
        doses=doses,
    )


def test_the_steps_of_a_taper_are_counted_each_at_its_own_dose():
    taper = tapered([("60", "2026-01-01", "2026-01-14"), ("40", "2026-01-15", "2026-02-14")])
    assert days(taper) == (14, 14)
    assert days(taper, threshold="40") == (45, 45)
