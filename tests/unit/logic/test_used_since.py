"""Whether a drug was given, taken or ordered since a day."""

from datetime import date
from typing import Any

import pytest

from cards.chart.intervals import day
from cards.chart.records import Medication, MedicationSource
from cards.logic.since import was_used

TODAY, SINCE = date(2026, 3, 2), day(date(2026, 2, 1))


def used(start: str | None, end: str | None = None, *, status: str = "completed", **more: Any) -> bool | None:
    period = {"start": start, "end": end}
    medication = Medication(
        reference="MedicationStatement/1",
        label="",
        drugs=frozenset({"cyclophosphamide"}),
        source=MedicationSource.STATEMENT,
        status=status,
        active=status == "active",
        start=start and day(date.fromisoformat(start)),
        end=end and day(date.fromisoformat(end)),
        raw={"effectivePeriod": {name: value for name, value in period.items() if value}},
        **more,
    )
    return was_used(medication, SINCE, TODAY)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-01-01", "2026-02-01", True),  # the day itself counts
        ("2026-01-01", "2026-01-31", False),
        ("2026-02-10", "2026-02-12", True),
        ("2026-01-01", None, None),  # over, nobody knows when
    ],
)
def test_of_what_is_over_the_last_day_decides(start: str, end: str | None, expected: bool | None):
    assert used(start, end) is expected


def test_what_is_still_running_counts_also_when_it_began_before():
    assert used("2025-01-01", status="active") is True


def test_the_day_it_was_ordered_counts_where_it_is_over_without_a_date():
    assert used("2026-01-01", authored=day(date(2026, 2, 3))) is True
    assert used("2026-01-01", authored=day(date(2026, 1, 3))) is None


def test_a_draft_counts_and_a_plan_does_not():
    assert used(None, draft=True) is True
    assert used("2026-02-10", status="active", plan=True) is False
