"""When a preventive course against tuberculosis is complete, or is none (decision 13)."""

import pytest
from building import Case, clean
from test_tuberculosis import UNTREATED, latent, preventive

WEEKS = [f"2025-{month:02}-{day:02}" for month in (6, 7, 8) for day in (1, 8, 15, 22)]


def weekly(isoniazid: int, rifapentine: int) -> Case:
    case = latent().given(*WEEKS[:isoniazid], drug="isoniazid", mg=900)
    return case.given(*WEEKS[:rifapentine], drug="rifapentine", mg=900)


@pytest.mark.parametrize(("isoniazid", "rifapentine", "fires"), [(12, 12, False), (12, 11, True), (11, 12, True)])
def test_both_drugs_are_given_12_times(isoniazid: int, rifapentine: int, fires: bool) -> None:
    assert weekly(isoniazid, rifapentine).fires(UNTREATED) is fires


@pytest.mark.parametrize("other", ["isoniazid", "rifapentine"])
def test_28_days_need_both_drugs_daily(other: str) -> None:
    """The other drug is written without a daily frequency."""
    daily = "rifapentine" if other == "isoniazid" else "isoniazid"
    case = preventive(latent(), "2025-06-01", daily, status="completed", end="2025-06-28")
    case.medication(other, mg=900, start="2025-06-01", end="2025-06-28", status="completed")
    assert case.fires(UNTREATED)


def test_a_statement_that_says_completed_is_a_complete_course() -> None:
    assert not latent().statement("isoniazid", status="completed").fires(UNTREATED)
    assert latent().statement("isoniazid", status="completed", start="2025-06-01", end="2025-06-28").fires(UNTREATED)
    assert latent().statement("isoniazid", status="active", start="2026-04-01").fires(UNTREATED)


def test_a_plan_is_no_course() -> None:
    planned = preventive(latent(), "2025-06-01", end="2025-08-31", intent="plan")
    assert planned.fires(UNTREATED)


def test_a_course_that_was_stopped_early_is_none() -> None:
    assert preventive(latent(), "2025-06-01", end="2025-07-01", status="stopped").fires(UNTREATED)


@pytest.mark.parametrize("status", ["completed", "stopped"])
def test_a_running_treatment_outweighs_an_earlier_short_one(status: str) -> None:
    case = preventive(latent(), "2024-06-01", end="2024-06-20", status=status)
    assert not preventive(case, "2026-01-01").fires(UNTREATED)


def test_no_latent_tuberculosis_no_course_is_asked_for() -> None:
    assert not clean().fires(UNTREATED)
