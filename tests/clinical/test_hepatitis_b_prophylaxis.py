"""Antiviral prophylaxis of hepatitis B carriers before inebilizumab (recommendation 6)."""

import pytest
from building import Case, clean, planned, treated
from serology import DNA, NO_ANTIVIRAL, carrier, of_hbv

LEAD = "hbv.carrier-antiviral-lead-under-1-week.info"


def antiviral(case: Case, start: str | None, **more: str) -> Case:
    return case.medication("entecavir", mg=0.5, per_day=1, route="oral", start=start, **more)


def test_a_carrier_without_antiviral_is_critical_with_a_start_and_a_referral() -> None:
    case = carrier()
    assert case.severity(NO_ANTIVIRAL) == "critical"
    assert ("prescribe", "nucleos-t-ide-analogue") in case.proposals(NO_ANTIVIRAL)
    assert any(action == "refer" and "hepatology" in concept for action, concept in case.proposals(NO_ANTIVIRAL))


@pytest.mark.parametrize(("first", "moved"), [("2026-03-08", "2026-03-09"), ("2026-03-09", None)])
def test_the_infusion_moves_to_7_days_after_an_antiviral_begun_today(first: str, moved: str | None) -> None:
    case = carrier().draft(dates=(first, "2026-03-23"))
    assert case.proposed_day(NO_ANTIVIRAL, "move_draft") == moved
    assert carrier(planned()).proposed_day(NO_ANTIVIRAL, "move_draft") is None  # nothing is drafted


@pytest.mark.parametrize(("start", "fires"), [("2026-03-09", False), ("2026-03-10", True), ("2025-01-01", False)])
def test_an_antiviral_must_start_by_the_planned_date(start: str, fires: bool) -> None:
    assert antiviral(carrier(), start).fires(NO_ANTIVIRAL) is fires
    assert carrier().co_order("entecavir", mg=0.5, per_day=1, route="oral", start=start).fires(NO_ANTIVIRAL) is fires


def test_a_co_ordered_antiviral_without_a_start_begins_when_authored() -> None:
    assert not carrier().co_order("entecavir", mg=0.5, authored="2026-03-02").fires(NO_ANTIVIRAL)
    assert carrier().co_order("entecavir", mg=0.5, authored="2026-03-02").fires(LEAD) is False
    assert carrier().co_order("entecavir", mg=0.5, authored="2026-03-03").fires(LEAD)


def test_decision_15_on_patient_view_the_antiviral_must_run_today() -> None:
    assert antiviral(carrier(planned()), "2026-03-02").fires(NO_ANTIVIRAL) is False
    assert antiviral(carrier(planned()), "2026-03-03").fires(NO_ANTIVIRAL)


@pytest.mark.parametrize("drug", ["entecavir", "tenofovir-alafenamide"])
def test_any_nucleoside_analogue_counts_as_a_statement_too(drug: str) -> None:
    assert not carrier().statement(drug, start="2026-01-01").fires(NO_ANTIVIRAL)


def test_correction_18_an_antiviral_that_was_stopped_or_completed_does_not_count() -> None:
    for status in ("stopped", "completed"):
        assert antiviral(carrier(), "2025-06-01", end="2026-02-01", status=status).fires(NO_ANTIVIRAL)
    assert carrier().statement("entecavir", start="2025-06-01", status="stopped").fires(NO_ANTIVIRAL)


def test_decision_12_a_supply_that_runs_out_before_the_infusion_is_no_stop() -> None:
    assert not antiviral(carrier(), "2025-06-01", end="2026-03-05").fires(NO_ANTIVIRAL)


def test_a_planned_antiviral_is_not_an_active_one() -> None:
    assert antiviral(carrier(), "2026-01-01", intent="plan").fires(NO_ANTIVIRAL)


def test_missing_prophylaxis_fires_when_medications_were_not_fetched() -> None:
    assert carrier().without("MedicationRequest").fires(NO_ANTIVIRAL)


def test_prophylaxis_is_checked_when_planned_and_at_every_infusion() -> None:
    assert carrier(planned()).fires(NO_ANTIVIRAL)
    assert carrier(treated("order-sign")).fires(NO_ANTIVIRAL)
    assert not carrier(treated()).fires(NO_ANTIVIRAL)


@pytest.mark.parametrize(
    ("start", "fires"), [("2026-03-02", False), ("2026-03-03", True), ("2026-03-09", True), ("2026-03-10", False)]
)
def test_a_lead_of_less_than_7_days_is_pointed_out(start: str, fires: bool) -> None:
    case = antiviral(carrier(), start)
    assert case.fires(LEAD) is fires
    if fires:
        assert case.severity(LEAD) == "info"


def test_the_infusion_may_move_to_7_days_after_the_antiviral() -> None:
    assert antiviral(carrier(), "2026-03-05").proposed_day(LEAD, "move_draft") == "2026-03-12"


def test_the_lead_is_silent_when_unknown_or_after_the_first_dose() -> None:
    assert not antiviral(carrier(), None).fires(LEAD)
    assert not antiviral(carrier(treated("order-select")), "2026-03-05").fires(LEAD)
    assert not antiviral(clean(), "2026-03-05").fires(LEAD)


@pytest.mark.parametrize(("dna", "expected"), [("2025-11-10", NO_ANTIVIRAL), ("2025-11-09", DNA)])
def test_correction_14_dna_from_before_the_seroconversion_does_not_count(dna: str, expected: str) -> None:
    case = clean().only("anti-hbc-total", "positive", "2026-02-10").result("hbv-dna", "negative", dna)
    assert of_hbv(case) == {expected}


@pytest.mark.parametrize(("dna", "expected"), [("2025-11-10", NO_ANTIVIRAL), ("2025-11-09", DNA)])
def test_correction_14_holds_for_hbsag_alone(dna: str, expected: str) -> None:
    case = clean().only("hbsag", "positive", "2026-02-10").result("hbv-dna", "negative", dna)
    assert of_hbv(case.only("anti-hbc-total", "negative", "2020-01-01")) == {expected}


def test_correction_14_dna_is_measured_against_the_earliest_positive_serology() -> None:
    case = clean().only("anti-hbc-total", "positive", "2026-02-10").result("hbv-dna", "negative", "2025-06-01")
    assert of_hbv(case.result("hbsag", "positive", "2025-09-01")) == {NO_ANTIVIRAL}
