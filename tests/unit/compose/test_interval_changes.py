"""An order gets another interval, or loses what it says of dose and times."""

from datetime import date
from typing import Any

import pytest

from cards.compose.timing import clear_dose, set_interval

Json = dict[str, Any]


def ordered(**instruction: Any) -> Json:
    return {"resourceType": "MedicationRequest", "dosageInstruction": [instruction]}


def timing(resource: Json) -> Json:
    return resource["dosageInstruction"][0]["timing"]


@pytest.mark.parametrize(
    ("days", "period", "unit"), [(7, 1, "wk"), (14, 2, "wk"), (28, 4, "wk"), (30, 30, "d"), (1, 1, "d")]
)
def test_one_dose_every_so_many_days(days: int, period: int, unit: str) -> None:
    resource = ordered(timing={"repeat": {"frequency": 3, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon"]}})
    set_interval(resource, days)
    assert timing(resource) == {"repeat": {"frequency": 1, "period": period, "periodUnit": unit}}


def test_the_bounds_of_the_order_stay() -> None:
    bounds = {"start": "2026-03-09", "end": "2026-06-09"}
    resource = ordered(timing={"repeat": {"boundsPeriod": bounds, "period": 3, "periodUnit": "wk"}})
    set_interval(resource, 7)
    assert timing(resource)["repeat"]["boundsPeriod"] == bounds


def test_named_days_give_way_to_the_first_of_them() -> None:
    resource = ordered(timing={"event": ["2026-03-09T09:00:00+08:00", "2026-03-30"], "code": {"text": "q3w"}})
    set_interval(resource, 7)
    repeat = {"boundsPeriod": {"start": "2026-03-09"}, "frequency": 1, "period": 1, "periodUnit": "wk"}
    assert timing(resource) == {"repeat": repeat}
    assert date.fromisoformat(repeat["boundsPeriod"]["start"])


def test_the_free_text_says_the_new_interval_and_nothing_of_the_old() -> None:
    resource = ordered(
        text="162 mg every 3 weeks",
        route={"text": "subcutaneous"},
        doseAndRate=[{"doseQuantity": {"value": 162, "unit": "mg"}}],
    )
    set_interval(resource, 7)
    assert resource["dosageInstruction"][0]["text"] == "162 mg subcutaneous q7d"


@pytest.mark.parametrize("resource", [{"resourceType": "MedicationRequest"}, ordered(timing="weekly"), ordered()])
def test_an_order_without_readable_timing_gets_one(resource: Json) -> None:
    set_interval(resource, 7)
    assert timing(resource)["repeat"]["periodUnit"] == "wk"


def test_dose_and_times_are_cleared_and_the_route_stays() -> None:
    resource = ordered(
        text="120 mg weekly",
        timing={"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}},
        route={"text": "subcutaneous"},
        doseAndRate=[{"doseQuantity": {"value": 120, "unit": "mg"}}],
        maxDosePerPeriod={"numerator": {"value": 120}},
        sequence=1,
    )
    clear_dose(resource)
    assert resource["dosageInstruction"] == [{"route": {"text": "subcutaneous"}, "sequence": 1}]
