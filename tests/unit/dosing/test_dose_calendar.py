"""Orders on the calendar: what comes after what, what falls on one day, what a draft continues."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from dose_building import DoseCase, adult, every, mg, on, once, words

from cards.dosing.limits import most_within

TODAY = date(2026, 3, 2).toordinal()


def days(*instructions: dict[str, Any]) -> list[list[int]]:
    """The first days of each instruction, counted from today."""
    case = DoseCase("adalimumab").instructed(list(instructions))
    stretches = case.view().situation.stretches
    return [[int(time) - TODAY for time in item.times(Decimal(TODAY), Decimal(TODAY + 70))] for item in stretches]


def test_a_repeat_follows_a_single_dose_at_its_own_interval() -> None:
    assert days(mg(80) | every(1, "wk", count=1), mg(40) | every(2, "wk")) == [[0], [14, 28, 42, 56]]


def test_doses_named_in_words_are_placed() -> None:
    assert days(words("80 mg on day 1, 40 mg on day 8, then 40 mg every 2 weeks")) == [[0], [7], [21, 35, 49, 63]]
    assert days(words("首次80mg，1周后40mg，之后每2周40mg")) == [[0], [7], [21, 35, 49, 63]]


def test_after_a_repeat_that_ends_the_next_begins() -> None:
    found = days(mg(300) | every(1, "wk", count=5), mg(300) | every(4, "wk"))
    assert found == [[0, 7, 14, 21, 28], [56]]


def test_daily_doses_follow_the_day_after() -> None:
    found = days({"sequence": 1} | mg(10) | every(1, "d", count=2), {"sequence": 2} | mg(20) | every(1, "d", count=2))
    assert found == [[0, 1], [2, 3]]


def test_equal_single_doses_belong_to_one_day() -> None:
    assert days(mg(300), mg(300)) == [[0], [0]]


def test_morning_and_evening_are_not_one_dose() -> None:
    case = adult("apremilast", "plaque-psoriasis").treated()
    halves = [
        mg(30) | {"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "when": [when]}}}
        for when in ("MORN", "EVE")
    ]
    assert case.instructed(halves).view().largest_single_mg == Decimal(30)


def test_undated_drafts_begin_today_and_active_orders_on_their_day() -> None:
    case = adult("adalimumab", "plaque-psoriasis").active(mg(40), every(2, "wk"), authored="2026-02-23")
    case.order(mg(80), once("2026-03-09"))
    assert case.view().largest_single_mg == Decimal(120)  # the standing order falls on 2026-03-09 too


@pytest.mark.parametrize(
    ("order", "ending", "mg_of_the_day"),
    [
        ({"status": "active"}, None, 120),
        ({"status": "stopped"}, None, 80),
        ({"status": "on-hold"}, None, 80),
        ({"status": "active"}, "2026-03-01", 80),
    ],
)
def test_only_orders_that_still_run_are_added(order: dict[str, Any], ending: str | None, mg_of_the_day: int) -> None:
    bounds = {"start": "2026-02-23"} | ({"end": ending} if ending else {})
    case = adult("adalimumab", "plaque-psoriasis").active(mg(40), every(2, "wk", boundsPeriod=bounds), **order)
    assert case.order(mg(80), once("2026-03-09")).view().largest_single_mg == Decimal(mg_of_the_day)


def test_an_unreadable_dose_of_the_day_makes_the_sum_unknown() -> None:
    case = adult("adalimumab", "plaque-psoriasis").order(mg(80), once("2026-03-02"))
    case.order(mg(1, "pen"), once("2026-03-02"))
    assert case.view().largest_single_mg is None


@pytest.mark.parametrize(
    ("parts", "days_of_stretch", "total"),
    [
        ((mg(50), every(1, "wk", 2)), 7, 100),
        ((mg(30), every(1, "d", 2)), 1, 60),
        ((mg(600), every(2, "wk")), 14, 600),
        ((mg(600), every(13, "d")), 14, 1200),
        ((mg(375), on("2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23")), 112, 1500),
    ],
)
def test_the_largest_sum_of_a_stretch(parts: Any, days_of_stretch: int, total: int) -> None:
    case = adult("etanercept", "plaque-psoriasis").order(*parts)
    found = most_within(case.view().situation, Decimal(days_of_stretch))
    assert found is not None
    assert found.high == Decimal(total)


def test_a_dose_given_today_is_not_counted_twice() -> None:
    case = adult("rituximab", "bullous-pemphigoid").was_given("2026-03-02", amount=1000)
    found = most_within(case.order(mg(1000), once("2026-03-16")).view().situation, Decimal(112))
    assert found is not None
    assert found.high == Decimal(2000)


def test_rows_for_single_weekdays_are_one_dose_more_often() -> None:
    rows = [mg(25) | every(1, "wk", dayOfWeek=[name]) for name in ("mon", "thu")]
    case = adult("etanercept", "plaque-psoriasis").instructed(rows)
    (dose,) = case.view().situation.ordered
    assert (dose.step and dose.step.low, dose.count) == (Decimal("3.5"), None)
    assert case.severities() == {}
    assert days(*rows) == [[0, 7, 14, 21, 28, 35, 42, 49, 56, 63], [3, 10, 17, 24, 31, 38, 45, 52, 59, 66]]


def test_rows_for_morning_and_evening_are_one_dose_twice_a_day() -> None:
    rows = [mg(10) | every(1, "d", when=[when]) for when in ("MORN", "EVE")]
    case = adult("tofacitinib", "psoriatic-arthritis").instructed(rows)
    assert case.severity("DOSE-001") == "critical"


def test_two_orders_that_alternate_are_seen_together() -> None:
    case = adult("adalimumab", "plaque-psoriasis")
    for start in ("2026-03-02", "2026-03-09"):
        case.order(mg(40), every(2, "wk", boundsPeriod={"start": start}))
    assert case.severity("DOSE-002") == "warning"  # 40 mg a week
