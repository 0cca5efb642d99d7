"""After inebilizumab was stopped, and whether it may be (recommendation 22)."""

import pytest
from building import Case, clean, treated

STOPPED = "stop.discontinued-monitor.info"
STABLE = "stop.stable-over-5-years.info"


def discontinued(status: str = "stopped") -> Case:
    return treated().ordered("2026-03-08", status=status, authored="2026-01-10")


def test_a_patient_who_stopped_is_watched_for_relapse() -> None:
    assert discontinued().severity(STOPPED) == "info"
    assert treated().statement("inebilizumab", status="stopped", start="2025-03-10", end="2026-01-10").fires(STOPPED)


def test_only_the_status_stopped_is_a_stop() -> None:
    assert not treated().fires(STOPPED)
    for status in ("completed", "cancelled", "entered-in-error"):
        assert not discontinued(status).fires(STOPPED), status


def test_an_order_after_the_stop_resumes_treatment() -> None:
    assert not discontinued().ordered("2026-04-01", authored="2026-02-01").fires(STOPPED)


def test_a_lapsed_treatment_that_nobody_stopped_is_not_said_to_be_stopped() -> None:
    assert not treated(today="2026-12-01").fires(STOPPED)


@pytest.mark.parametrize("drug", ["azathioprine", "mycophenolate-mofetil", "rituximab", "satralizumab", "eculizumab"])
def test_another_maintenance_drug_silences_it(drug: str) -> None:
    assert not discontinued().medication(drug, start="2026-01-20").fires(STOPPED)


def test_oral_steroid_alone_is_no_maintenance() -> None:
    assert discontinued().medication("prednisone", mg=5, per_day=1, route="oral", start="2026-01-20").fires(STOPPED)


def test_it_concerns_treated_aqp4_positive_patients() -> None:
    assert not discontinued().only("aqp4-igg", "negative", "2025-01-01").fires(STOPPED)
    assert not discontinued().forget("aqp4-igg").fires(STOPPED)
    assert not clean("patient-view").ordered("2026-03-08", status="stopped").fires(STOPPED)


def test_a_stop_is_not_concluded_from_orders_that_were_not_fetched() -> None:
    assert not discontinued().without("MedicationRequest").fires(STOPPED)


def seronegative_now() -> Case:
    return treated().only("aqp4-igg", "positive", "2019-01-01").result("aqp4-igg", "negative", "2026-02-10")


@pytest.mark.parametrize(("onset", "fires"), [("2021-03-01", True), ("2021-03-02", False), ("2025-01-01", False)])
def test_stability_is_strictly_more_than_five_years(onset: str, fires: bool) -> None:
    case = seronegative_now().condition("nmosd-relapse", onset=onset, clinical="resolved")
    assert case.fires(STABLE) is fires
    if fires:
        finding = case.finding(STABLE)
        assert (finding.severity, finding.statement.presentation) == ("info", "detail")


def test_the_latest_relapse_counts() -> None:
    case = seronegative_now().condition("nmosd-relapse", onset="2015-01-01", clinical="resolved")
    assert case.fires(STABLE)
    assert not case.condition("nmosd-relapse", onset="2022-01-01", clinical="resolved").fires(STABLE)


def test_stability_needs_a_coded_relapse_and_a_negative_antibody_now() -> None:
    assert not seronegative_now().fires(STABLE)
    positive = treated().condition("nmosd-relapse", onset="2015-01-01", clinical="resolved")
    assert not positive.fires(STABLE)
    never = treated().only("aqp4-igg", "negative", "2026-02-10").condition("nmosd-relapse", onset="2015-01-01")
    assert not never.fires(STABLE)


@pytest.mark.parametrize("missing", ["Condition", "Observation"])
def test_stability_is_not_concluded_from_records_that_were_not_fetched(missing: str) -> None:
    case = seronegative_now().condition("nmosd-relapse", onset="2015-01-01", clinical="resolved").without(missing)
    assert not case.fires(STABLE)
    assert case.verdict(STABLE) in {"unknown", "not in scope"}


def test_a_stop_that_later_doses_have_overtaken_does_not_silence_monitoring() -> None:
    case = (
        treated().statement("inebilizumab", status="stopped", start="2022-01-01", end="2023-06-01").forget("anti-hcv")
    )
    assert case.fires("monitor.hcv-annual")
