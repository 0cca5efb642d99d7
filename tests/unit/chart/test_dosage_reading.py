"""Single doses, how often and by which route: coded, or in words that leave no doubt."""

from decimal import Decimal
from typing import Any

import pytest
from charts import INEBILIZUMAB, PREDNISONE, RXNORM, SNOMED, chart, code, exactly, quantity, request

from cards.chart.frequency import rate_in_words, times_per_day
from cards.chart.intervals import Interval
from cards.chart.records import Dose, Medication, Route


def medication(drug: Any = PREDNISONE, *instructions: Any, **more: Any) -> Medication:
    listed = {"dosageInstruction": list(instructions)} if instructions else {}
    key = "inebilizumab" if drug == INEBILIZUMAB else "prednisone"
    return chart(request(drug, **listed, **more)).medications(key).items[0]


def dose(**instruction: Any) -> Dose:
    return medication(PREDNISONE, instruction).doses[0]


def coded(value: Any, unit: str | None = "mg", **more: Any) -> Dose:
    return dose(doseAndRate=[{"doseQuantity": quantity(value, unit)}], **more)


@pytest.mark.parametrize(
    ("value", "unit", "mg"),
    [
        (300, "mg", "300"),
        ("0.3", "g", "300"),
        (300000, "ug", "300"),
        (300000, "mcg", "300"),
        (300, "MG", "300"),
        (300, "毫克", "300"),
    ],
)
def test_flat_doses_in_mg(value: Any, unit: str, mg: str) -> None:
    assert coded(value, unit).amount_mg == exactly(Decimal(mg))


@pytest.mark.parametrize("unit", [None, "mL", "{vial}", "[iU]", "tablet", "mg/h"])
def test_a_dose_that_is_no_mass_is_unreadable(unit: str | None) -> None:
    found = coded(3, unit)
    assert (found.amount_mg, found.per_kg, found.per_m2) == (None, None, None)


def test_doses_by_body_weight_and_surface() -> None:
    assert coded(8, "mg/kg").per_kg == exactly(Decimal(8))
    assert coded("0.4", "g/m2").per_m2 == exactly(Decimal(400))
    assert coded(8, "mg/kg").amount_mg is None


def test_a_range_stays_a_range_and_a_rate_is_no_dose() -> None:
    limits = {"low": quantity(10, "mg"), "high": quantity(20, "mg")}
    assert dose(doseAndRate=[{"doseRange": limits}]).amount_mg == Interval(Decimal(10), Decimal(20))
    limits["low"] = quantity(1, "g")
    assert dose(doseAndRate=[{"doseRange": limits}]).amount_mg is None
    assert dose(doseAndRate=[{"rateQuantity": quantity(42, "mL/h")}]).amount_mg is None


def test_shapes_that_are_not_valid_are_read_all_the_same() -> None:
    assert dose(doseAndRate={"doseQuantity": quantity(300, "mg")}).amount_mg == exactly(Decimal(300))
    assert dose(doseQuantity=quantity(300, "mg")).amount_mg == exactly(Decimal(300))
    assert medication(PREDNISONE, dosageInstruction={"text": "20 mg qd"}).doses[0].amount_mg == exactly(Decimal(20))


def test_a_product_name_carries_the_strength() -> None:
    tablets = {"doseAndRate": [{"doseQuantity": quantity(2, "tablet")}]}
    assert medication({"text": "prednisone 5 MG Oral Tablet"}, tablets).doses[0].amount_mg == exactly(Decimal(10))
    volume = {"doseAndRate": [{"doseQuantity": quantity(30, "mL")}]}
    assert medication({"text": "inebilizumab"}, volume).doses[0].amount_mg is None
    assert medication({"text": "prednisone 5 MG / 1 MG"}, tablets).doses[0].amount_mg is None


def test_a_medication_resource_carries_the_strength() -> None:
    strength = {"numerator": quantity(100, "mg"), "denominator": quantity(10, "mL")}
    product = {"resourceType": "Medication", "id": "x", "code": INEBILIZUMAB, "ingredient": [{"strength": strength}]}
    volume = {"doseAndRate": [{"doseQuantity": quantity(30, "mL")}]}
    order = request(None, contained=[product], medicationReference={"reference": "#x"}, dosageInstruction=[volume])
    assert chart(order).medications("inebilizumab").items[0].doses[0].amount_mg == exactly(Decimal(300))


def test_an_rxnorm_product_carries_the_strength() -> None:
    order = request(
        code(RXNORM, "312617"), dosageInstruction=[{"doseAndRate": [{"doseQuantity": quantity(2, "{tbl}")}]}]
    )
    items = chart(order).medications("prednisone").items
    assert [item.doses[0].amount_mg for item in items] in ([exactly(Decimal(10))], [])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("300mg IV day 1 and day 15", exactly(Decimal(300))),
        ("静脉滴注 300 mg", exactly(Decimal(300))),
        ("1,000 mg once", exactly(Decimal(1000))),
        ("0.3g 每日一次", exactly(Decimal(300))),
        ("80～125 mg iv", Interval(Decimal(80), Decimal(125))),
        ("10 mg in the morning, 5 mg at night", None),
        ("1 tablet", None),
        ("42 mL/h", None),
        ("5 mg/h", None),
        ("8 mg/kg", None),
    ],
)
def test_a_dose_in_words(text: str, amount: object) -> None:
    assert dose(text=text).amount_mg == amount


def test_a_daily_amount_in_words() -> None:
    assert (dose(text="20 mg/日").amount_mg, dose(text="20 mg/日").times_per_day) == (exactly(Decimal(20)), 1)
    assert dose(text="20 mg/day bid").amount_mg is None
    assert dose(text="8 mg/kg").per_kg == exactly(Decimal(8))


def test_coded_doses_go_before_words() -> None:
    assert coded(15, "mg", text="20 mg qd").amount_mg == exactly(Decimal(15))


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("20 mg qd", 1),
        ("BID", 2),
        ("tid", 3),
        ("q8h", 3),
        ("every 12 hours", 2),
        ("twice daily", 2),
        ("3 times a day", 3),
        ("每日一次", 1),
        ("每天2次", 2),
        ("一日三次", 3),
        ("每12小时一次", 2),
        ("每晚", 1),
        ("隔日", Decimal("0.5")),
        ("qod", Decimal("0.5")),
        ("weekly", Decimal(1) / 7),
        ("every 2 weeks", Decimal(24) / 336),
        ("once", None),
        ("bid, then qd", None),
        ("day 1 and day 15", None),
        ("", None),
    ],
)
def test_how_often_in_words(text: str, rate: Any) -> None:
    assert rate_in_words(text) == rate


@pytest.mark.parametrize(
    ("repeat", "rate"),
    [
        ({"frequency": 2, "period": 1, "periodUnit": "d"}, 2),
        ({"period": 8, "periodUnit": "h"}, 3),
        ({"frequency": 1, "period": 1, "periodUnit": "wk"}, Decimal(24) / 168),
        ({"frequency": 1, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon", "wed", "fri"]}, Decimal(3) / 7),
        ({"timeOfDay": ["08:00:00", "20:00:00"]}, 2),
        ({"frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "d"}, None),
        ({"frequency": 1, "period": 0, "periodUnit": "d"}, None),
        ({"frequency": "x", "period": None}, None),
        ({"count": 1}, None),
    ],
)
def test_how_often_as_coded(repeat: Any, rate: Any) -> None:
    assert times_per_day({"repeat": repeat}, "") == rate


def test_how_often_by_code() -> None:
    assert times_per_day({"code": {"coding": [{"code": "BID"}]}}, "") == 2
    assert times_per_day({"code": {"text": "每日一次"}}, "") == 1


@pytest.mark.parametrize(
    ("route", "text", "expected"),
    [
        (code(SNOMED, "47625008"), "", Route.INTRAVENOUS),
        (code(SNOMED, "34206005"), "iv", Route.SUBCUTANEOUS),
        ({"text": "静脉滴注"}, "", Route.INTRAVENOUS),
        ({"text": "IV infusion"}, "", Route.INTRAVENOUS),
        ({"text": "皮下注射"}, "", Route.SUBCUTANEOUS),
        ({"text": "口服"}, "", Route.ORAL),
        ({"text": "Intramuscular"}, "", Route.OTHER),
        (code(SNOMED, "78421000"), "", Route.OTHER),
        (None, "300mg IV day 1", Route.INTRAVENOUS),
        (None, "20 mg po qd", Route.ORAL),
        (None, "20 mg 口服", Route.ORAL),
        (None, "IV, then PO", None),
        (None, "20 mg at night", None),
        (None, "", None),
    ],
)
def test_the_route(route: Any, text: str, expected: Route | None) -> None:
    assert dose(route=route, text=text).route == expected


def test_as_needed() -> None:
    assert dose(asNeededBoolean=True).as_needed
    assert dose(asNeededCodeableConcept={"text": "pain"}).as_needed
    assert not dose(text="20 mg").as_needed
