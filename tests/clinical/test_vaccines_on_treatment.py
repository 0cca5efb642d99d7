"""Vaccine orders and forecasts during and after inebilizumab (recommendation 10)."""

import fhir_records as fhir
import pytest
from building import Case, clean, stopped, treated
from codings import VACCINES

LIVE_ORDER = "vaccine.live-on-treatment.contraindicated"
LIVE_DUE = "vaccine.live-planned.vaccination"
AFTER_INFUSION = "vaccine.inactivated-under-12-weeks-after-infusion.interval-check"
BEFORE_NEXT = "vaccine.inactivated-under-4-weeks-before-next.interval-check"


def vaccine_order(case: Case, vaccine: str, date: str | None, today: str | None = None) -> Case:
    """Only a vaccine is being ordered; the order-select hook is about it."""
    return case.at(hook="order-select", today=today).no_draft().vaccine_draft(vaccine, date).select("vaccine")


def b_cells(case: Case, count: float, date: str = "2026-02-20") -> Case:
    return case.result("cd19-b-cell-count", count, date, "/uL", low=80, high=500)


def test_a_live_vaccine_ordered_on_treatment_is_critical_and_removed() -> None:
    case = vaccine_order(treated(), "mmr", "2026-03-10")
    assert case.severity(LIVE_ORDER) == "critical"
    assert any(action in {"delete", "delete_drafts_of"} for action, _concept in case.proposals(LIVE_ORDER))
    assert ("order", "b-cell-count") in case.proposals(LIVE_ORDER)


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_a_live_vaccine_beside_an_infusion_order_is_critical(hook: str) -> None:
    assert treated(hook).vaccine_draft("mmr", "2026-03-10").fires(LIVE_ORDER)
    assert clean(hook).vaccine_draft("mmr", "2026-03-12").fires(LIVE_ORDER)


@pytest.mark.parametrize(("count", "fires"), [(80, False), (79, True), (300, False)])
def test_after_stopping_live_vaccines_wait_for_b_cells_in_the_reference_range(count: float, fires: bool) -> None:
    assert vaccine_order(b_cells(stopped(), count), "mmr", "2026-03-10").fires(LIVE_ORDER) is fires


def test_the_newest_b_cell_count_decides() -> None:
    risen = b_cells(b_cells(stopped(), 3, "2025-12-01"), 300, "2026-02-20")
    assert not vaccine_order(risen, "mmr", "2026-03-10").fires(LIVE_ORDER)
    fallen = b_cells(b_cells(stopped(), 300, "2025-12-01"), 3, "2026-02-20")
    assert vaccine_order(fallen, "mmr", "2026-03-10").fires(LIVE_ORDER)
    assert not vaccine_order(b_cells(stopped(), 600), "mmr", "2026-03-10").fires(LIVE_ORDER)  # above the range


def test_recovered_b_cells_do_not_allow_a_live_vaccine_on_treatment() -> None:
    assert vaccine_order(b_cells(treated(), 300), "mmr", "2026-03-10").fires(LIVE_ORDER)


def test_b_cells_from_before_the_last_dose_or_unmeasured_do_not_count() -> None:
    assert vaccine_order(b_cells(stopped(), 300, "2025-09-08"), "mmr", "2026-03-10").fires(LIVE_ORDER)
    assert vaccine_order(stopped(), "mmr", "2026-03-10").fires(LIVE_ORDER)
    assert vaccine_order(b_cells(stopped(), 300).without("Observation"), "mmr", "2026-03-10").fires(LIVE_ORDER)


@pytest.mark.parametrize(("vaccine", "fires"), [("2026-03-23", False), ("2026-03-24", True), ("2026-05-01", True)])
def test_correction_21_before_the_first_dose_the_next_ordered_infusion_decides(vaccine: str, fires: bool) -> None:
    case = vaccine_order(clean().ordered("2026-04-20", "2026-05-04"), "mmr", vaccine)
    assert case.fires(LIVE_ORDER) is fires


@pytest.mark.parametrize(("vaccine", "fires"), [("2026-03-23", False), ("2026-03-24", True)])
def test_before_the_first_dose_a_drafted_infusion_decides(vaccine: str, fires: bool) -> None:
    case = clean().draft(dates=("2026-04-20", "2026-05-04")).vaccine_draft("mmr", vaccine)
    assert case.fires(LIVE_ORDER) is fires


def test_a_live_vaccine_is_no_matter_without_inebilizumab() -> None:
    assert not vaccine_order(clean(), "mmr", "2026-03-10").fires(LIVE_ORDER)


@pytest.mark.parametrize("vaccine", ["influenza", "unmapped"])
def test_an_inactivated_or_unknown_vaccine_is_not_called_live(vaccine: str) -> None:
    assert not vaccine_order(treated(), vaccine, "2026-03-10").fires(LIVE_ORDER)


@pytest.mark.parametrize(("vaccine", "statement"), [("mmr", LIVE_ORDER), ("influenza", BEFORE_NEXT)])
def test_a_vaccine_order_of_the_record_is_not_being_ordered_now(vaccine: str, statement: str) -> None:
    timing = {"timing": {"event": ["2026-03-05"]}}
    old = fhir.medication_request(VACCINES[vaccine], timing, status="active")
    assert not treated("order-select").resource(old).fires(statement)
    assert treated("order-select").vaccine_draft(vaccine, "2026-03-05").fires(statement)


def test_an_order_that_is_only_a_forecast_is_no_vaccine_order() -> None:
    assert not treated("order-select").forecast("mmr").fires(LIVE_ORDER)


def test_a_vaccine_order_brings_up_only_statements_about_vaccines() -> None:
    ids = vaccine_order(treated().forget("serum-igg", "hbsag"), "mmr", "2026-03-10").ids()
    assert ids
    assert all(name.startswith("vaccine.") for name in ids)


def test_a_due_live_vaccine_is_deferred_on_treatment() -> None:
    for case in (treated(), stopped(), b_cells(stopped(), 79), b_cells(treated(), 300)):
        assert case.forecast("varicella").severity(LIVE_DUE) == "warning"


def test_a_due_live_vaccine_is_fine_after_recovery_or_without_treatment() -> None:
    assert not b_cells(stopped(), 80).forecast("varicella").fires(LIVE_DUE)
    assert not clean("patient-view").forecast("varicella").fires(LIVE_DUE)


def test_inactivated_completed_or_unfetched_forecasts_are_silent() -> None:
    assert not treated().forecast("influenza").fires(LIVE_DUE)
    assert not treated().forecast("varicella", "complete").fires(LIVE_DUE)
    assert not treated().without("ImmunizationRecommendation").fires(LIVE_DUE)
    assert treated("order-select").forecast("varicella").verdict(LIVE_DUE) is None


@pytest.mark.parametrize(("date", "fires"), [("2025-11-30", True), ("2025-12-01", False), ("2025-10-02", True)])
def test_an_inactivated_vaccine_waits_84_days_after_an_infusion(date: str, fires: bool) -> None:
    case = vaccine_order(treated(), "influenza", date, today="2025-10-01")
    assert case.severity(AFTER_INFUSION) == ("warning" if fires else None)
    if fires:
        assert case.proposed_day(AFTER_INFUSION, "move_vaccine") == "2025-12-01"


def test_the_84_days_are_not_asked_of_live_unknown_or_first_time_patients() -> None:
    assert not vaccine_order(treated(), "mmr", "2025-10-10", "2025-10-01").fires(AFTER_INFUSION)
    assert not vaccine_order(treated(), "unmapped", "2025-10-10", "2025-10-01").fires(AFTER_INFUSION)
    assert not vaccine_order(clean().ordered("2026-03-09"), "influenza", "2026-03-10").fires(AFTER_INFUSION)
    unfetched = vaccine_order(treated().without("MedicationAdministration"), "influenza", "2025-10-10", "2025-10-01")
    assert not unfetched.fires(AFTER_INFUSION)


@pytest.mark.parametrize(("date", "fires"), [("2026-02-08", False), ("2026-02-09", True), ("2026-03-08", True)])
def test_an_inactivated_vaccine_comes_28_days_before_the_next_infusion(date: str, fires: bool) -> None:
    case = vaccine_order(treated(), "influenza", date, today="2026-01-15")
    assert case.severity(BEFORE_NEXT) == ("warning" if fires else None)
    if fires:
        assert case.proposed_day(BEFORE_NEXT, "move_vaccine") == "2026-02-08"


def test_a_vaccine_after_the_next_infusion_is_not_before_it() -> None:
    assert not vaccine_order(treated(), "influenza", "2026-03-09", "2026-01-15").fires(BEFORE_NEXT)


@pytest.mark.parametrize(("date", "fires"), [("2026-02-08", False), ("2026-02-09", True)])
def test_correction_35_a_vaccine_already_given_is_information_and_never_moves_the_infusion(
    date: str, fires: bool
) -> None:
    case = treated("order-select").vaccinated("influenza", date)
    assert case.severity(BEFORE_NEXT) == ("info" if fires else None)
    if fires:
        assert not any(action == "move_draft" for action, _concept in case.proposals(BEFORE_NEXT))


def test_no_next_infusion_no_interval() -> None:
    assert not vaccine_order(stopped(), "influenza", "2026-03-05").fires(BEFORE_NEXT)
    assert not vaccine_order(clean(), "influenza", "2026-03-05").fires(BEFORE_NEXT)
    assert not vaccine_order(treated(), "unmapped", "2026-03-05").fires(BEFORE_NEXT)
