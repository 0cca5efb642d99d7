"""Hepatitis C before and during inebilizumab (recommendation 5)."""

import pytest
from building import Case, clean, planned, stopped, treated

MISSING = "hcv.missing.screening-missing"
POSITIVE = "hcv.positive.review"
ON = "2026-02-10"


def hcv(case: Case, antibody: str | None, rna: str | float | None) -> Case:
    case.forget("anti-hcv", "hcv-rna")
    if antibody is not None:
        case.result("anti-hcv", antibody, ON)
    return case if rna is None else case.result("hcv-rna", rna, ON)


@pytest.mark.parametrize(
    ("antibody", "rna", "missing", "review"),
    [
        ("negative", None, False, None),
        (None, "negative", False, None),
        ("positive", "negative", False, None),
        ("indeterminate", "negative", False, None),
        ("positive", None, False, "warning"),
        ("positive", "indeterminate", False, "warning"),
        ("positive", "positive", False, "critical"),
        ("negative", "positive", False, "critical"),
        (None, "positive", False, "critical"),
        (None, 15, False, "critical"),
        (None, 0, False, None),
        (None, None, True, None),
        ("indeterminate", None, True, None),
        ("see report", "indeterminate", True, None),
    ],
)
def test_antibody_and_rna_together(
    antibody: str | None, rna: str | float | None, missing: bool, review: str | None
) -> None:
    case = hcv(clean(), antibody, rna)
    assert case.fires(MISSING) is missing
    assert case.severity(POSITIVE) == review


def test_a_missing_screen_is_a_warning_that_orders_the_antibody() -> None:
    case = hcv(clean(), None, None)
    assert case.severity(MISSING) == "warning"
    assert ("order", "anti-hcv") in case.proposals(MISSING)
    assert hcv(planned(), None, None).fires(MISSING)


def test_the_screen_is_asked_for_before_the_first_dose_only() -> None:
    assert not hcv(treated("order-select"), None, None).fires(MISSING)
    assert not hcv(clean("patient-view"), None, None).fires(MISSING)


def test_unfetched_results_count_as_not_screened() -> None:
    case = clean().without("Observation")
    assert case.fires(MISSING)
    assert not case.fires(POSITIVE)


def test_correction_26_a_positive_test_is_seen_between_infusions_too() -> None:
    for case in (planned(), treated(), treated("order-sign"), clean("order-sign")):
        assert hcv(case, "positive", "positive").severity(POSITIVE) == "critical"
    assert not hcv(clean("patient-view"), "positive", "positive").fires(POSITIVE)
    assert not hcv(stopped(), "positive", "positive").fires(POSITIVE)


def test_an_antibody_without_rna_asks_for_the_rna() -> None:
    assert hcv(clean(), "positive", None).proposals(POSITIVE) == {("order", "hcv-rna"), ("refer", "hepatology")}
    assert hcv(clean(), "positive", "positive").proposals(POSITIVE) == {("refer", "hepatology")}
