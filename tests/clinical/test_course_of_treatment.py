"""When a patient counts as on inebilizumab or stopped, seen by the yearly hepatitis B test that is due on it."""

import pytest
from building import Case, clean, treated

ANNUAL = "hbv.non-carrier-annual.monitoring-due"
LIVE_ORDER = "vaccine.live-on-treatment.contraindicated"


def on_treatment(case: Case) -> bool:
    return case.only("hbsag", "negative", "2020-01-01").fires(ANNUAL)


@pytest.mark.parametrize(("today", "expected"), [("2026-03-22", True), ("2026-03-23", False)])
def test_treatment_lasts_6_months_and_14_days_after_the_last_dose(today: str, expected: bool) -> None:
    assert on_treatment(treated(today=today)) is expected


def test_an_active_order_keeps_the_patient_on_treatment() -> None:
    assert on_treatment(treated(today="2026-05-01").ordered("2026-05-10"))
    assert not on_treatment(treated(today="2026-05-01").ordered("2026-03-08", status="completed"))


def test_a_stopped_order_or_statement_ends_treatment() -> None:
    assert not on_treatment(treated().ordered("2025-09-08", status="stopped", authored="2025-09-01"))
    assert not on_treatment(treated().statement("inebilizumab", status="stopped", start="2025-03-10"))


def test_only_the_newest_order_can_be_the_stop() -> None:
    old_stop = treated().ordered("2025-03-10", status="stopped", authored="2025-03-01")
    assert on_treatment(old_stop.ordered("2025-09-08", status="completed", authored="2025-09-01"))
    new_stop = treated().ordered("2025-03-10", status="completed", authored="2025-03-01")
    assert not on_treatment(new_stop.ordered("2025-09-08", status="stopped", authored="2025-09-01"))


def test_a_stop_beside_an_active_or_drafted_order_is_none() -> None:
    stopped = treated().ordered("2025-09-08", status="stopped", authored="2025-09-01")
    assert on_treatment(stopped.ordered("2026-03-08", authored="2025-06-01"))
    drafted = treated("order-select").ordered("2025-09-08", status="stopped", authored="2025-09-01")
    assert on_treatment(drafted)


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error", "draft"])
def test_an_order_that_never_took_effect_does_not_hide_the_stop(status: str) -> None:
    case = treated().ordered("2025-09-08", status="stopped", authored="2025-09-01")
    assert not on_treatment(case.ordered("2026-03-08", status=status, authored="2026-02-01"))


def test_a_plan_neither_hides_the_stop_nor_counts_as_an_order() -> None:
    case = treated().ordered("2025-09-08", status="stopped", authored="2025-09-01")
    assert not on_treatment(case.ordered("2026-03-08", intent="plan", authored="2026-02-01"))


@pytest.mark.parametrize(
    ("infusions", "fires"),
    [(("2026-03-02", "2026-04-20"), True), (("2026-02-20", "2026-04-20"), False), (("2026-04-20",), False)],
)
def test_the_next_ordered_infusion_is_today_or_later(infusions: tuple[str, ...], fires: bool) -> None:
    case = clean().no_draft().ordered(*infusions).vaccine_draft("mmr", "2026-03-10").select("vaccine")
    assert case.fires(LIVE_ORDER) is fires
