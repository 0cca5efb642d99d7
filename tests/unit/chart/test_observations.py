"""Which observations count, with which date and value."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from charts import HBSAG, IGG, LOINC, PATIENT, chart, code, exactly, observation, on, quantity

from cards.chart.intervals import Interval
from cards.chart.latest import latest_high, latest_low, latest_result
from cards.chart.records import Gap, Level

POSITIVE = {"valueString": "positive"}


@pytest.mark.parametrize("status", ["final", "amended", "corrected"])
def test_final_results_count(status: str) -> None:
    assert chart(observation(HBSAG, status=status, **POSITIVE)).results("hbsag").items


@pytest.mark.parametrize("status", ["preliminary", "registered", "cancelled", "entered-in-error", "unknown", None, 7])
def test_other_results_are_set_aside(status: Any) -> None:
    found = chart(observation(HBSAG, status=status, **POSITIVE))
    assert not found.results("hbsag").items
    assert [reference for reference, _ in found.set_aside] == ["Observation/o1"]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"effectiveDateTime": "2026-01-10T23:00:00-05:00", "issued": "2026-01-12"}, on("2026-01-10")),
        ({"effectivePeriod": {"start": "2026-01-01", "end": "2026-01-03"}}, on("2026-01-03")),
        ({"effectiveInstant": "2026-01-05T08:00:00Z"}, on("2026-01-05")),
        ({"issued": "2026-01-06T08:00:00Z"}, on("2026-01-06")),
        ({"effectiveDateTime": "Invalid date", "issued": "2026-01-06"}, on("2026-01-06")),
        ({"effectiveDateTime": "2026-01"}, Interval(date(2026, 1, 1), date(2026, 1, 31))),
    ],
)
def test_the_date_of_a_result(dates: dict[str, Any], expected: object) -> None:
    resource = observation(HBSAG, **POSITIVE)
    del resource["effectiveDateTime"]
    assert chart(resource | dates).results("hbsag").items[0].date == expected


@pytest.mark.parametrize(("when", "reason"), [("2026-03-03", "dated in the future"), (None, "no date")])
def test_undated_and_future_results_are_set_aside(when: str | None, reason: str) -> None:
    found = chart(observation(HBSAG, effectiveDateTime=when, **POSITIVE))
    assert not found.results("hbsag").items
    assert found.set_aside == (("Observation/o1", reason),)
    assert not found.results("hbsag").gaps


def test_results_are_oldest_first_and_the_same_resource_counts_once() -> None:
    newer, older = observation(HBSAG, "n", **POSITIVE), observation(HBSAG, "o", **POSITIVE)
    older["effectiveDateTime"] = "2025-01-01"
    items = chart(newer, older, newer).results("hbsag").items
    assert [item.reference for item in items] == ["Observation/o", "Observation/n"]


def test_an_unfetched_query_is_a_gap_whatever_was_found() -> None:
    found = chart(observation(HBSAG, **POSITIVE), absent=["Observation"]).results("hbsag")
    assert found.items
    assert found.gaps == {Gap.NOT_FETCHED}


def test_another_patients_result_is_set_aside() -> None:
    other = observation(HBSAG, **POSITIVE) | {"subject": {"reference": "http://ehr/fhir/Patient/p2/_history/3"}}
    found = chart(other)
    assert not found.results("hbsag").items
    assert found.set_aside == (("Observation/o1", "of another patient"),)


@pytest.mark.parametrize("subject", [None, {"reference": "https://ehr/fhir/Patient/p1"}, {"display": "Wang"}, "p2", []])
def test_a_subject_that_says_nothing_else_is_accepted(subject: Any) -> None:
    resource = observation(HBSAG, **POSITIVE) | {"subject": subject}
    assert chart(resource).results("hbsag").items


def test_components_are_results_of_their_own() -> None:
    parts = [
        {"code": IGG, "valueQuantity": quantity(4.9, "g/L")},
        {"code": code(LOINC, "2458-8"), "valueQuantity": quantity(210, "mg/dL")},
    ]
    found = chart(observation({"text": "Immunoglobulins"}, component=parts))
    assert found.results("serum-igg").items[0].value == exactly(Decimal(490))
    assert found.results("serum-iga").items[0].value == exactly(Decimal(210))


def test_the_head_of_a_panel_is_no_unreadable_result() -> None:
    panel = code(LOINC, "74281-7")
    inner = [{"code": code(LOINC, "71773-6"), "valueString": "阴性"}]
    items = chart(observation(panel, component=inner)).results("igra").items
    assert [item.qualitative for item in items] == ["negative"]
    assert not chart(observation(panel, hasMember=[{"reference": "Observation/x"}])).results("igra").items


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ({}, True),  # resulted, but nobody can read how
        ({"valueSampledData": {}}, True),
        ({"dataAbsentReason": {"coding": [{"code": "error"}]}}, True),
        ({"dataAbsentReason": {"coding": [{"code": "masked"}]}}, True),
        ({"dataAbsentReason": {"coding": [{"code": "not-performed"}]}}, False),
        ({"dataAbsentReason": {"coding": [{"code": "unknown"}]}}, False),
    ],
)
def test_a_result_without_a_value(value: dict[str, Any], counts: bool) -> None:
    items = chart(observation(HBSAG, **value)).results("hbsag").items
    assert [item.unreadable for item in items] == ([True] if counts else [])


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ({"referenceRange": [{"low": {"value": 7}, "high": {"value": 16}}]}, Level.LOW),
        (
            {"referenceRange": [{"low": {"value": 400, "unit": "mg/dL"}, "high": {"value": 1600, "unit": "mg/dL"}}]},
            Level.NORMAL,
        ),
        ({"referenceRange": [{"high": {"value": 4, "unit": "g/L"}}]}, Level.HIGH),
        ({"interpretation": [{"coding": [{"code": "L"}]}]}, Level.LOW),
        ({"interpretation": {"coding": [{"code": "HH"}]}}, Level.HIGH),
        ({"interpretation": [{"coding": [{"code": "N"}]}]}, Level.NORMAL),
        ({"referenceRange": [{"low": {"value": 7, "unit": "mmol"}}]}, None),
        ({}, None),
    ],
)
def test_the_level_of_a_quantity(more: dict[str, Any], level: Level | None) -> None:
    found = chart(observation(IGG, valueQuantity=quantity(5, "g/L"), **more)).results("serum-igg").items[0]
    assert found.level is level
    assert found.value == exactly(Decimal(500))


def test_an_unreadable_quantity_is_marked() -> None:
    for value in ({"valueQuantity": quantity(5, "tubes")}, {"valueString": "低"}, {"valueInteger": 5}):
        found = chart(observation(IGG, **value)).results("serum-igg").items[0]
        assert found.value is None
        assert found.unreadable


def test_results_within_a_report_take_its_date() -> None:
    inner = {"resourceType": "Observation", "id": "x", "status": "final", "code": HBSAG, **POSITIVE}
    report = {
        "resourceType": "DiagnosticReport",
        "id": "r1",
        "status": "final",
        "subject": PATIENT,
        "contained": [inner],
    }
    found = chart(report | {"effectiveDateTime": "2026-01-02"}).results("hbsag").items[0]
    assert (found.reference, found.date) == ("DiagnosticReport/r1", on("2026-01-02"))
    assert not chart(report | {"status": "entered-in-error"}).results("hbsag").items


def test_the_worse_of_two_results_on_one_day_is_the_latest() -> None:
    day = [("a", "阴性"), ("b", "positive"), ("c", "equivocal"), ("d", "?")]
    records = chart(*(observation(HBSAG, name, valueString=text) for name, text in day)).results("hbsag")
    latest = latest_result(records)
    assert latest is not None
    assert latest.qualitative == "positive"
    assert latest_result(chart().results("hbsag")) is None


def test_of_two_values_on_one_day_the_limit_decides() -> None:
    values = [("a", quantity(4, "g/L")), ("b", quantity(6, "g/L")), ("c", quantity(9, "tubes"))]
    records = chart(*(observation(IGG, name, valueQuantity=value) for name, value in values)).results("serum-igg")
    low, high = latest_low(records), latest_high(records)
    assert low is not None
    assert high is not None
    assert (low.value, high.value) == (exactly(Decimal(400)), exactly(Decimal(600)))


def test_a_label_says_what_was_read() -> None:
    found = chart(observation(IGG, valueQuantity=quantity(4.9, "g/L", comparator="<"))).results("serum-igg").items[0]
    assert found.label == "IgG: <4.9 g/L, 2026-02-10"
    assert found.matched_by == "LOINC 2465-3"


def test_the_patient() -> None:
    patient = {"resourceType": "Patient", "id": "p1", "gender": "Female", "birthDate": "1990-05"}
    found = chart(patient | {"id": "p2", "gender": "male"}, patient).patient
    assert found is not None
    assert (found.sex, found.birth) == ("female", Interval(date(1990, 5, 1), date(1990, 5, 31)))
    assert chart().patient_gap is Gap.NOT_ON_FILE
    assert chart(absent=["Patient"]).patient_gap is Gap.NOT_FETCHED
