"""Serum immunoglobulins (recommendations 5 and 8)."""

import pytest
from building import clean, planned, stopped, treated

MISSING = "ig.quantitative-missing.screening-missing"
LOW = "ig.igg-below-500.prophylaxis-needed"
ON = "2026-02-10"


@pytest.mark.parametrize(
    ("forgotten", "severity"),
    [
        (("serum-igg",), "warning"),
        (("serum-iga",), "info"),
        (("serum-igm",), "info"),
        (("serum-iga", "serum-igm"), "info"),
        (("serum-igg", "serum-iga", "serum-igm"), "warning"),
    ],
)
def test_each_missing_class_is_named_and_ordered(forgotten: tuple[str, ...], severity: str) -> None:
    case = clean().forget(*forgotten)
    finding = case.finding(MISSING)
    assert (finding.severity, set(finding.components)) == (severity, set(forgotten))
    assert case.proposals(MISSING) == {("order", name) for name in forgotten}


def test_all_three_measured_is_silent() -> None:
    assert not clean().fires(MISSING)
    assert not planned().fires(MISSING)


@pytest.mark.parametrize("unit", [None, "IU/mL", "%"])
def test_a_result_without_a_known_unit_is_no_result(unit: str | None) -> None:
    case = clean().only("serum-igg", 10.5, ON, unit)
    assert case.fires(MISSING)
    assert not case.only("serum-igg", 1, ON, unit).fires(LOW)


def test_a_word_is_no_quantity() -> None:
    assert clean().only("serum-igm", "normal", ON).fires(MISSING)


def test_unfetched_results_count_as_missing() -> None:
    case = clean().without("Observation")
    assert case.severity(MISSING) == "warning"
    assert not case.fires(LOW)


def test_quantification_is_asked_for_before_the_first_dose_only() -> None:
    assert planned().forget("serum-igg").fires(MISSING)
    assert not treated("order-select").forget("serum-igg").fires(MISSING)
    assert not clean("patient-view").forget("serum-igg").fires(MISSING)


@pytest.mark.parametrize(
    ("value", "unit", "low"),
    [
        (499, "mg/dL", True),
        (499.9, "mg/dL", True),
        (500, "mg/dL", False),
        (4.99, "g/L", True),
        (5.0, "g/L", False),
        (5, "g/L", False),
        (4999, "mg/L", True),
        (5000, "mg/L", False),
        (0.499, "g/dL", True),
        (0.5, "g/dL", False),
        (4.99, "mg/mL", True),
        (5.0, "mg/mL", False),
    ],
)
def test_strictly_below_500_mg_dl_is_low(value: float, unit: str, low: bool) -> None:
    assert clean().only("serum-igg", value, ON, unit).severity(LOW) == ("warning" if low else None)


@pytest.mark.parametrize(
    ("comparator", "value", "low"), [("<", 5, True), ("<=", 5, False), ("<", 6, False), (">", 5, False), ("<", 4, True)]
)
def test_a_value_beyond_the_measuring_range(comparator: str, value: float, low: bool) -> None:
    assert clean().only("serum-igg", value, ON, "g/L", comparator=comparator).fires(LOW) is low


def test_the_latest_value_decides_and_on_one_day_the_smaller_one() -> None:
    assert not clean().result("serum-igg", 4.0, "2025-12-01", "g/L").fires(LOW)
    assert clean().result("serum-igg", 4.0, ON, "g/L").fires(LOW)
    assert clean().result("serum-igg", 4.0, "2026-02-11", "g/L").fires(LOW)


def test_low_igg_is_seen_in_every_stage_of_treatment() -> None:
    for case in (clean(), clean("order-sign"), planned(), treated("order-select"), treated()):
        assert case.only("serum-igg", 4.9, ON, "g/L").fires(LOW)
    assert not stopped().only("serum-igg", 4.9, ON, "g/L").fires(LOW)
    assert not clean("patient-view").only("serum-igg", 4.9, ON, "g/L").fires(LOW)


def test_replacement_and_advice_are_offered() -> None:
    proposals = clean().only("serum-igg", 4.9, ON, "g/L").proposals(LOW)
    assert ("prescribe", "ivig") in proposals
    assert any(action == "refer" for action, _concept in proposals)


def test_a_missing_igg_is_not_low() -> None:
    assert not clean().forget("serum-igg").fires(LOW)
