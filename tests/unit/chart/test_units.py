"""Numbers with units: exact, never guessed."""

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from charts import HBSAG, chart, observation, quantity, request, terminology
from hypothesis import given
from hypothesis import strategies as st

from cards.chart.fhir import decoded
from cards.chart.intervals import Interval
from cards.chart.quantities import as_quantity, decimal, factor
from cards.chart.quantities import quantity as read_quantity
from cards.chart.strengths import MASS

numbers = st.decimals(0, 100_000, places=3)
IGG = terminology().lab("serum-igg")
CD4 = terminology().lab("cd4-count")


def igg(value: Any, unit: str | None = None, **more: Any) -> Any:
    return read_quantity(quantity(value, unit, **more), IGG.units, IGG.unit)


@given(numbers)
def test_grams_per_litre_and_milligrams_per_decilitre_agree(number: Decimal) -> None:
    assert igg(number, "g/L") == igg(number * 100, "mg/dL")
    assert igg(number, "g/L").low / 100 == number


@given(numbers)
def test_cell_counts_agree_in_every_unit(number: Decimal) -> None:
    small = read_quantity(quantity(number, "10*9/L"), CD4.units, CD4.unit)
    assert small == read_quantity(quantity(number * 1000, "/uL"), CD4.units, CD4.unit)
    assert small == read_quantity(quantity(number, "10^3/µL"), CD4.units, CD4.unit)


@given(numbers)
def test_grams_and_micrograms_are_milligrams(number: Decimal) -> None:
    assert number * MASS["g"] * MASS["ug"] == number


@pytest.mark.parametrize("unit", [None, "", "g", "mmol/L", "IU/mL", "g per L", "K/uL"])
def test_a_missing_or_unknown_unit_is_unreadable_whatever_the_size_of_the_number(unit: str | None) -> None:
    assert igg(5, unit) is None
    assert igg(500, unit) is None


def test_code_and_unit_must_not_contradict_each_other() -> None:
    assert igg(5, "g/L", code="g/L") == Interval(Decimal(500), Decimal(500))
    assert igg(5, "gram per litre", code="g/L") == Interval(Decimal(500), Decimal(500))
    assert igg(5, "mg/dL", code="g/L") is None


def test_upper_and_lower_case_are_one_unless_both_are_listed() -> None:
    assert factor("MG/DL", IGG.units) == 1
    assert factor("m g / d L", IGG.units) == 1


@pytest.mark.parametrize(
    ("comparator", "expected"),
    [
        ("<", Interval(None, Decimal(100), high_open=True)),
        ("<=", Interval(None, Decimal(100))),
        (">", Interval(Decimal(100), None, low_open=True)),
        (">=", Interval(Decimal(100), None)),
        ("≥", Interval(Decimal(100), None)),
        ("~", None),
    ],
)
def test_a_comparator_makes_an_open_interval(comparator: str, expected: object) -> None:
    assert igg(1, "g/L", comparator=comparator) == expected


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e400", True, None, [], {}, "five", 10**4000, float("nan")])
def test_what_is_no_finite_number_is_none(value: object) -> None:
    assert decimal(value) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.9 g/L", {"value": "4.9", "unit": "g/L"}),
        ("<20 IU/mL", {"value": "20", "unit": "IU/mL", "comparator": "<"}),
        ("≤ 0.05", {"value": "0.05", "comparator": "<="}),
        ("10.2 g/L ↑", {"value": "10.2", "unit": "g/L"}),
        ("1:320", {"value": "320"}),
        ("<1:10", {"value": "10", "comparator": "<"}),
        ("see report", None),
        ("1.2.3", None),
        ("2025-01-03", None),
    ],
)
def test_a_quantity_in_words(text: str, expected: object) -> None:
    assert as_quantity(text) == expected


@given(st.decimals(-(10**9), 10**9, places=4))
def test_decimals_survive_reading(number: Decimal) -> None:
    raw = b'{"resourceType": "Observation", "valueQuantity": {"value": ' + f"{number:f}".encode() + b"}}"
    assert str(decoded(raw)["valueQuantity"]["value"]) == f"{number:f}"


def test_decimals_of_drafts_survive() -> None:
    draft = msgspec.json.encode(request(HBSAG, "d1")).replace(b'"status"', b'"extra": 1.10, "status"')
    content = chart(drafts=[draft]).draft_resource("MedicationRequest/d1")
    assert str(content["extra"]) == "1.10"
    assert b"1.10" in msgspec.json.Encoder(decimal_format="number").encode(content)


def test_a_score_needs_no_unit() -> None:
    found = chart(observation({"text": "EDSS"}, valueQuantity=quantity(4.5))).results("edss").items
    assert found[0].value == Interval(Decimal("4.5"), Decimal("4.5"))
    assert not found[0].unreadable
