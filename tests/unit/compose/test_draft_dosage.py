"""Doses, routes and dates of a draft are changed where they must be and nowhere else."""

import copy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cards.compose.dosage import end_on, move_first, move_second, set_dose, set_route

NEW = {"value": Decimal(300), "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}
IV = {"text": "intravenous", "coding": [{"system": "s", "code": "iv"}]}


def dosed(**instruction: Any) -> dict[str, Any]:
    return {"resourceType": "MedicationRequest", "dosageInstruction": [instruction]}


def first(resource: dict[str, Any]) -> dict[str, Any]:
    return resource["dosageInstruction"][0]


@pytest.mark.parametrize(
    "instruction",
    [
        {"doseAndRate": [{"doseQuantity": {"value": 600, "unit": "mg"}}]},
        {"doseAndRate": {"doseQuantity": {"value": 600, "unit": "mg"}}},
        {"doseAndRate": [{"doseRange": {"low": {"value": 300}, "high": {"value": 600}}}]},
        {"doseAndRate": [{"doseQuantity": {"value": Decimal("8.0"), "unit": "mg/kg", "code": "mg/kg"}}]},
        {"doseAndRate": [{"rateQuantity": {"value": 8, "unit": "mg/kg/h"}}]},
        {"doseAndRate": "600 mg"},
        {"doseQuantity": {"value": 600, "unit": "mg"}},
        {},
    ],
)
def test_the_dose_becomes_flat_whatever_it_was(instruction: dict[str, Any]) -> None:
    resource = dosed(**instruction)
    set_dose(resource, Decimal("300"), [])
    assert first(resource) == {"doseAndRate": [{"doseQuantity": NEW}]}


def test_an_order_without_instruction_gets_one() -> None:
    resource: dict[str, Any] = {"resourceType": "MedicationRequest"}
    set_dose(resource, Decimal("300.0"), [])
    assert resource["dosageInstruction"] == [{"doseAndRate": [{"doseQuantity": NEW}]}]


@pytest.mark.parametrize(
    ("text", "old", "expected"),
    [
        ("600 mg IV over 90 min", 600, "300 mg IV over 90 min"),
        ("600mg d1, 600 mg d15", 600, "300 mg d1, 300 mg d15"),
        ("600毫克 静滴", 600, "300 mg 静滴"),
        ("8 mg/kg IV", 8, "300 mg IV"),
        ("600 mg IV after methylprednisolone 100 mg", 600, "300 mg IV after methylprednisolone 100 mg"),
        ("as directed", 600, "as directed"),
        ("1600 mg once", 600, "300 mg"),
    ],
)
def test_the_free_text_does_not_contradict_the_new_dose(text: str, old: int, expected: str) -> None:
    resource = dosed(text=text, doseAndRate=[{"doseQuantity": {"value": old, "unit": "mg"}}])
    set_dose(resource, Decimal(300), [])
    assert first(resource)["text"] == expected


def test_a_dose_that_stands_only_in_the_text_is_replaced_there() -> None:
    resource = dosed(text="600 mg IV once")
    set_dose(resource, Decimal(300), [Decimal(600)])
    assert first(resource)["text"] == "300 mg IV once"


def test_everything_else_stays() -> None:
    resource = dosed(
        sequence=1,
        timing={"event": ["2026-03-09"]},
        asNeededBoolean=False,
        doseAndRate=[{"type": {"text": "ordered"}, "doseQuantity": {"value": 600, "unit": "mg"}}],
    ) | {"priority": "routine", "note": [{"text": "kept"}], "dispenseRequest": {"quantity": {"value": Decimal("1.10")}}}
    before = copy.deepcopy(resource)
    set_dose(resource, Decimal(300), [])
    before["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"] = NEW
    assert resource == before
    assert str(resource["dispenseRequest"]["quantity"]["value"]) == "1.10"


def test_a_new_route_replaces_the_old_words() -> None:
    resource = dosed(text="300 mg SC", doseAndRate=[{"doseQuantity": {"value": 300, "unit": "mg"}}])
    set_route(resource, IV)
    assert first(resource)["route"] == IV
    assert first(resource)["text"] == "300 mg intravenous"


def events(*dates: str) -> dict[str, Any]:
    return dosed(timing={"event": list(dates)})


def test_moving_the_first_date_keeps_the_distances_and_times() -> None:
    resource = events("2026-03-09T08:30:00+08:00", "2026-03-23")
    move_first([resource], date(2026, 3, 30))
    assert first(resource)["timing"]["event"] == ["2026-03-30T08:30:00+08:00", "2026-04-13"]


def test_a_plan_of_two_orders_moves_together() -> None:
    one, two = events("2026-03-09"), events("2026-03-23")
    move_first([two, one], date(2026, 3, 16))
    assert (first(one)["timing"]["event"], first(two)["timing"]["event"]) == (["2026-03-16"], ["2026-03-30"])


def test_bounds_move_too() -> None:
    bounds = {"start": "2026-03-09", "end": "2027-03-09"}
    resource = dosed(timing={"repeat": {"period": 6, "periodUnit": "mo", "boundsPeriod": bounds}})
    move_first([resource], date(2026, 3, 19))
    assert first(resource)["timing"]["repeat"]["boundsPeriod"] == {"start": "2026-03-19", "end": "2027-03-19"}


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        ({}, {"timing": {"event": ["2026-03-30"]}}),
        ({"timing": {"event": ["2026-03"]}}, {"timing": {"event": ["2026-03-30"]}}),
        ({"timing": "soon"}, {"timing": {"event": ["2026-03-30"]}}),
        (
            {"timing": {"repeat": {"period": 6, "periodUnit": "mo"}}},
            {"timing": {"repeat": {"period": 6, "periodUnit": "mo", "boundsPeriod": {"start": "2026-03-30"}}}},
        ),
    ],
)
def test_an_order_without_a_full_date_is_dated(instruction: dict[str, Any], expected: dict[str, Any]) -> None:
    resource = dosed(**instruction)
    move_first([resource], date(2026, 3, 30))
    assert first(resource) == expected


def test_only_the_second_date_moves() -> None:
    resource = events("2026-03-09", "2026-03-30", "2026-09-09")
    assert move_second([resource], date(2026, 3, 23))
    assert first(resource)["timing"]["event"] == ["2026-03-09", "2026-03-23", "2026-09-09"]
    assert not move_second([events("2026-03-09")], date(2026, 3, 23))


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        ({"boundsPeriod": {"start": "2026-01-01", "end": "2026-04-01"}}, {"start": "2026-01-01", "end": "2026-09-09"}),
        ({"boundsPeriod": {"end": "2026-12-01"}}, {"end": "2026-12-01"}),
        ({"boundsDuration": {"value": 30, "unit": "d"}}, {"end": "2026-09-09"}),
        ({}, {"end": "2026-09-09"}),
    ],
)
def test_a_course_is_prolonged_and_never_shortened(repeat: dict[str, Any], expected: dict[str, Any]) -> None:
    resource = dosed(timing={"repeat": repeat})
    end_on(resource, date(2026, 9, 9))
    assert first(resource)["timing"]["repeat"] == {"boundsPeriod": expected}
