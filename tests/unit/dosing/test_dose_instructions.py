"""Dosage instructions as they come: coded, half coded, in several entries, or not valid at all."""

from decimal import Decimal
from typing import Any

import pytest
from dose_building import DoseCase, adult, every, mg, on, words

from cards.chart.instructions import Instruction
from cards.chart.intervals import Interval


def read(*instructions: dict[str, Any], named: str | None = None) -> tuple[Instruction, ...]:
    case = DoseCase("adalimumab").instructed(list(instructions), named=named)
    view = case.view()
    return view.situation.instructions_of(view.situation.drafts[0])


def one(*parts: dict[str, Any], named: str | None = None) -> Instruction:
    merged: dict[str, Any] = {}
    for part in parts:
        merged |= part
    (found,) = read(merged, named=named)
    return found


def days(value: str) -> Interval[Decimal]:
    return Interval(Decimal(value), Decimal(value))


@pytest.mark.parametrize(
    ("timing", "interval"),
    [
        (every(2, "wk"), "14"),
        (every(1, "wk", 2), "3.5"),
        (every(1, "d", 2), "0.5"),
        (every(1, "mo"), "30.4375"),
        (every(12, "h"), "0.5"),
        ({"timing": {"code": {"coding": [{"code": "BID"}]}}}, "0.5"),
        ({"timing": {"code": {"text": "QD"}}}, "1"),
        ({"timing": {"code": {"text": "QOD"}}}, "2"),
        ({"timing": {"code": {"text": "每2周1次"}}}, "14"),
        ({"timing": {"repeat": {"when": ["MORN", "EVE"]}}}, "0.5"),
        ({"timing": {"repeat": {"dayOfWeek": ["mon", "thu"]}}}, "3.5"),
        (words("每4周1次"), "28"),
    ],
)
def test_the_interval(timing: dict[str, Any], interval: str) -> None:
    assert one(mg(40), timing).interval == days(interval)


def test_a_range_of_intervals_stays_a_range() -> None:
    found = one(mg(40), {"timing": {"repeat": {"period": 2, "periodMax": 4, "periodUnit": "wk"}}})
    assert found.interval == Interval(Decimal(14), Decimal(28))


def test_count_named_days_bounds_and_sequence() -> None:
    assert one(mg(40), every(1, "wk", count=5)).count == 5
    assert one(mg(40), on("2026-03-02", "2026-03-16")).count == 2
    found = one(mg(40), every(2, "wk", boundsDuration={"value": 4, "unit": "weeks"}))
    assert found.lasting == Decimal(28)
    found = one(mg(40), every(2, "wk", boundsPeriod={"start": "2026-03-02", "end": "2026-06-01"}), {"sequence": 3})
    assert (str(found.start), str(found.end), found.sequence) == ("2026-03-02", "2026-06-01", 3)


def test_coded_fields_win_over_the_text() -> None:
    found = one(mg(40), every(2, "wk"), words("80 mg weekly"))
    assert found.amount.flat == days("40")
    assert found.interval == days("14")


def test_the_text_completes_what_is_not_coded() -> None:
    assert one(mg(40), words("every 2 weeks")).interval == days("14")
    assert one(every(2, "wk"), words("40 mg")).amount.flat == days("40")


def test_a_text_of_several_doses_says_more_than_the_one_that_is_coded() -> None:
    found = read(mg(300) | words("首剂600mg，之后300mg每2周1次"))
    assert [item.amount.flat for item in found] == [days("600"), days("300")]
    other = read(mg(200) | words("首剂600mg，之后300mg每2周1次"))
    assert [item.amount.flat for item in other] == [days("200")]


@pytest.mark.parametrize("place", ["doseQuantity", "doseSimpleQuantity"])
def test_where_the_dose_may_stand(place: str) -> None:
    quantity = {"value": 40, "unit": "mg"}
    assert one({"doseAndRate": [{place: quantity}]}).amount.flat == days("40")
    assert one({place: quantity}).amount.flat == days("40")


def test_a_range_of_doses() -> None:
    limits = {"low": {"value": 150, "unit": "mg"}, "high": {"value": 300, "unit": "mg"}}
    assert one({"doseAndRate": [{"doseRange": limits}]}).amount.flat == Interval(Decimal(150), Decimal(300))


def test_a_dose_of_a_day_in_several_parts() -> None:
    assert one(words("30 mg/天，每日2次")).amount.flat == days("15")


@pytest.mark.parametrize(
    ("named", "unit", "value", "amount"),
    [
        ("阿达木单抗注射液 40mg/0.4ml", "支", 2, "80"),
        ("adalimumab 0.4ml:40mg", "syringe", 1, "40"),
        ("adalimumab 40 MG per pen", "pen", 1, "40"),
        ("adalimumab 100 MG/ML", "mL", "0.4", "40"),
        ("adalimumab 0.4 ML 100 MG/ML Prefilled Syringe", "mL", "0.4", "40"),
    ],
)
def test_pieces_and_volumes_by_the_strength_of_the_product(named: str, unit: str, value: Any, amount: str) -> None:
    found = one(mg(value, unit), named=named).amount.flat
    assert found is not None
    assert found.low == Decimal(amount)


def test_the_strength_of_a_medication_resource() -> None:
    medication = {
        "resourceType": "Medication",
        "id": "m1",
        "code": {"text": "adalimumab"},
        "ingredient": [
            {
                "itemCodeableConcept": {"text": "adalimumab"},
                "strength": {"numerator": {"value": 40, "unit": "mg"}, "denominator": {"value": 1, "unit": "pen"}},
            }
        ],
    }
    request = {"contained": [medication], "medicationReference": {"reference": "#m1"}, "concept": {}}
    case = adult("adalimumab", "plaque-psoriasis").treated()
    draft = case._request([mg(1, "pen") | every(2, "wk")], None, "draft", **request)
    draft.pop("medicationCodeableConcept")
    case._draft("adalimumab", draft)
    assert case.severities() == {}


def test_infusion_time_from_timing_rate_or_ratio() -> None:
    def minutes(**more: Any) -> Any:
        entry = mg(300)["doseAndRate"][0] | more
        return one({"doseAndRate": [entry]}).minutes

    assert one(mg(300), {"timing": {"repeat": {"duration": 2, "durationUnit": "h"}}}).minutes == days("120")
    assert minutes(rateQuantity={"value": 150, "unit": "mg/h"}) == days("120")
    ratio = {"numerator": {"value": 300, "unit": "mg"}, "denominator": {"value": 90, "unit": "min"}}
    assert minutes(rateRatio=ratio) == days("90")
    assert minutes(rateQuantity={"value": 100, "unit": "mL/h"}) is None


@pytest.mark.parametrize(
    "broken",
    [
        {"timing": "weekly"},
        {"timing": [{"repeat": None}]},
        {"timing": {"repeat": {"period": "two", "periodUnit": "wk"}}},
        {"timing": {"repeat": {"period": 0, "periodUnit": "wk"}}},
        {"timing": {"repeat": {"count": -1, "frequency": 1, "period": 2, "periodUnit": "wk"}}},
        {"timing": {"event": ["soon", None]}},
        {"doseAndRate": {"doseQuantity": {"value": 40, "unit": "mg"}}},
        {"doseAndRate": [{"doseQuantity": {"value": "forty", "unit": "mg"}}]},
        {"text": "\u0000" * 2000},
        {"sequence": "first"},
    ],
)
def test_what_is_not_valid_is_no_error(broken: dict[str, Any]) -> None:
    case = adult("adalimumab", "plaque-psoriasis").instructed([mg(40) | broken, broken])
    assert set(case.severities().values()) <= {"info", "warning", "critical"}
