"""The days an order names, the stretch it covers and what its end is worth."""

from typing import Any

import pytest
from charts import TODAY, on

from cards.chart.schedule import HORIZON_MONTHS, Schedule, read_schedule

BOUNDS = {"boundsPeriod": {"start": "2026-03-09"}}


def schedule(*instructions: Any, draft: bool = True, **more: Any) -> Schedule:
    return read_schedule({"dosageInstruction": list(instructions)} | more, TODAY, draft=draft)


def repeating(**repeat: Any) -> Any:
    return {"timing": {"repeat": repeat}}


def days(found: Schedule) -> list[str]:
    return [str(day.low) for day in found.days]


def test_named_days_are_sorted_and_counted_once() -> None:
    first = {"timing": {"event": ["2026-03-23", "2026-03-09T10:00:00+08:00", "Invalid date"]}}
    found = schedule(first, {"timing": {"event": "2026-03-09"}})
    assert days(found) == ["2026-03-09", "2026-03-23"]
    assert found.start == on("2026-03-09")
    assert found.end is None
    assert not found.unbounded


def test_a_counted_repeat_is_written_out() -> None:
    found = schedule(repeating(**BOUNDS, count=2, frequency=1, period=2, periodUnit="wk"))
    assert days(found) == ["2026-03-09", "2026-03-23"]
    assert not found.unbounded


def test_a_repeat_within_bounds_ends_with_them() -> None:
    bounds = {"boundsPeriod": {"start": "2026-03-09", "end": "2026-09-09"}}
    found = schedule(repeating(**bounds, period=3, periodUnit="mo"))
    assert days(found) == ["2026-03-09", "2026-06-09", "2026-09-09"]


def test_an_unbounded_repeat_is_written_out_for_24_months() -> None:
    found = schedule(repeating(**BOUNDS, period=6, periodUnit="mo"))
    assert found.unbounded
    assert (days(found)[0], days(found)[-1]) == ("2026-03-09", "2028-03-09")
    assert HORIZON_MONTHS == 24


def test_an_old_unbounded_repeat_reaches_into_the_future() -> None:
    found = schedule(repeating(boundsPeriod={"start": "1990-01-01"}, period=2, periodUnit="wk"), draft=False)
    assert found.unbounded
    assert found.start == on("1990-01-01")
    assert "2026-03" in " ".join(days(found))
    assert len(found.days) < 200


@pytest.mark.parametrize("repeat", [{"frequency": 1, "period": 1, "periodUnit": "d"}, {"period": 8, "periodUnit": "h"}])
def test_a_daily_drug_is_no_list_of_days(repeat: Any) -> None:
    found = schedule(repeating(**BOUNDS, **repeat))
    assert not found.days
    assert found.start == on("2026-03-09")


def test_a_lone_start_is_one_infusion_of_a_draft_or_of_an_order_ahead() -> None:
    assert days(schedule(repeating(**BOUNDS))) == ["2026-03-09"]
    assert days(schedule(repeating(**BOUNDS), draft=False)) == ["2026-03-09"]
    assert not schedule(repeating(boundsPeriod={"start": "2026-01-09"}), draft=False).days
    supply = {"validityPeriod": {"start": "2026-03-10"}}
    assert days(schedule(dispenseRequest=supply)) == ["2026-03-10"]


def test_the_day_of_writing_is_a_start_but_no_infusion_day() -> None:
    found = schedule({"text": "300 mg"}, authoredOn="2026-03-02")
    assert not found.days
    assert found.start == on("2026-03-02")
    assert schedule(authoredOn="Invalid date").start is None


@pytest.mark.parametrize("text", ["300mg IV day 1 and day 15", "d1, d15", "第1天、第15天 静脉滴注", "Days 1 and 15"])
def test_day_numbers_in_words_count_from_the_start(text: str) -> None:
    assert days(schedule({"text": text} | repeating(**BOUNDS))) == ["2026-03-09", "2026-03-23"]
    assert days(schedule({"text": text}, authoredOn="2026-03-02")) == ["2026-03-02", "2026-03-16"]
    assert not schedule({"text": "for 15 days"}, authoredOn="2026-03-02").days


@pytest.mark.parametrize(
    ("status", "is_supply"), [("active", True), ("draft", True), ("stopped", False), ("completed", False)]
)
def test_the_end_of_the_bounds_is_a_supply_end_while_the_order_runs(status: str, is_supply: bool) -> None:
    bounds = {"boundsPeriod": {"start": "2026-01-01", "end": "2026-01-28"}}
    found = schedule(repeating(**bounds, frequency=1, period=1, periodUnit="d"), status=status)
    assert (found.end, found.end_is_supply) == (on("2026-01-28"), is_supply)


def test_ends_by_duration_count_and_supply() -> None:
    lasting = {"boundsPeriod": {"start": "2026-01-01"}, "boundsDuration": {"value": 28, "code": "d"}}
    assert schedule(repeating(**lasting)).end == on("2026-01-28")
    counted = {"boundsPeriod": {"start": "2026-01-01"}, "count": 14, "frequency": 2, "period": 1, "periodUnit": "d"}
    assert schedule(repeating(**counted)).end == on("2026-01-07")
    supply = {"expectedSupplyDuration": {"value": 30, "unit": "days"}, "numberOfRepeatsAllowed": 1}
    found = schedule(authoredOn="2026-01-01", dispenseRequest=supply, status="active", draft=False)
    assert (found.end, found.end_is_supply) == (on("2026-03-01"), True)
