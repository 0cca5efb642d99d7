"""Which day an infusion is planned for, seen by the antiviral that must have begun by then."""

from typing import Any

import pytest
from building import Case, clean
from serology import NO_ANTIVIRAL, carrier


def plans_for(case: Case) -> str | None:
    """The last start of an antiviral that is still in time."""
    in_time = [day for day in DAYS if not begun(case, day)]
    return in_time[-1] if in_time else None


DAYS = [f"2026-03-{day:02}" for day in range(1, 32)]


def begun(case: Case, start: str) -> bool:
    case.forget("entecavir").medication("entecavir", mg=0.5, per_day=1, start=start)
    return case.fires(NO_ANTIVIRAL)


def drafted(**more: Any) -> Case:
    return carrier(clean().no_draft().draft(**more))


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ({"dates": ("2026-03-09", "2026-03-23")}, "2026-03-09"),
        ({"dates": ("2026-03-23", "2026-03-09")}, "2026-03-09"),
        ({"dates": ("2026-03-02", "2026-03-16")}, "2026-03-02"),  # today is not past
        ({"dates": ("2026-03-01", "2026-03-15")}, "2026-03-15"),  # yesterday is
        (
            {"repeat": {"boundsPeriod": {"start": "2026-03-12"}, "period": 2, "periodUnit": "wk", "count": 2}},
            "2026-03-12",
        ),
        (
            {"repeat": {"boundsPeriod": {"start": "2026-02-20"}, "period": 2, "periodUnit": "wk", "count": 2}},
            "2026-03-06",
        ),
        ({"dispenseRequest": {"validityPeriod": {"start": "2026-03-18"}}}, "2026-03-18"),
        ({"authoredOn": "2026-03-10"}, "2026-03-10"),
        ({"dates": ("2026-03-20",), "authoredOn": "2026-03-10"}, "2026-03-20"),
        ({"dates": ("2026-03-02",), "authoredOn": "2026-03-01"}, "2026-03-02"),
        ({}, "2026-03-02"),  # nothing said: today
    ],
)
def test_the_planned_date_of_a_draft(draft: dict[str, Any], expected: str) -> None:
    assert plans_for(drafted(**draft)) == expected


def test_of_two_drafts_the_earlier_date_counts() -> None:
    case = clean().no_draft().draft(dates=("2026-03-23",)).also_draft(dates=("2026-03-11",))
    assert plans_for(carrier(case)) == "2026-03-11"
    undated = clean().no_draft().draft(authoredOn="2026-03-14").also_draft(authoredOn="2026-03-12")
    assert plans_for(carrier(undated)) == "2026-03-12"
