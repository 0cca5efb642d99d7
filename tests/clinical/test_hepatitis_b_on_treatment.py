"""Hepatitis B during and after inebilizumab (recommendation 6)."""

import pytest
from building import Case, stopped, treated
from serology import DNA, carrier, serology

GAP = "hbv.carrier-antiviral-gap.prophylaxis-needed"
STOP = "hbv.reactivation-on-treatment.stop"
ANNUAL = "hbv.non-carrier-annual.monitoring-due"
MONITOR = {
    "hbsag": "hbv.monitor-carrier-hbsag.monitoring-due",
    "hbv-dna": "hbv.monitor-carrier-hbv-dna.monitoring-due",
    "alt": "hbv.monitor-carrier-alt.monitoring-due",
}


def antiviral(case: Case, **more: str) -> Case:
    return case.medication("entecavir", mg=0.5, per_day=1, route="oral", start="2025-02-01", **more)


def test_a_treated_carrier_without_antiviral_is_critical() -> None:
    case = carrier(treated())
    assert case.severity(GAP) == "critical"
    assert case.proposals(GAP) == {("prescribe", "nucleos-t-ide-analogue"), ("refer", "hepatology")}
    assert not antiviral(carrier(treated())).fires(GAP)


@pytest.mark.parametrize(("today", "fires"), [("2027-03-07", True), ("2027-03-08", False)])
def test_the_antiviral_continues_until_18_months_after_the_last_dose(today: str, fires: bool) -> None:
    assert carrier(stopped(today)).fires(GAP) is fires


@pytest.mark.parametrize("status", ["stopped", "completed"])
def test_an_antiviral_that_ended_leaves_a_gap(status: str) -> None:
    assert antiviral(carrier(stopped()), status=status, end="2026-01-01").fires(GAP)


def test_correction_17_the_gap_is_seen_without_any_dna_result() -> None:
    case = serology(stopped(), "negative", "positive", None)
    assert case.fires(GAP)
    assert case.fires(DNA)


@pytest.mark.parametrize(("today", "fires"), [("2027-03-07", True), ("2027-03-08", False)])
def test_correction_17_dna_is_asked_for_until_18_months_after_the_last_dose(today: str, fires: bool) -> None:
    assert serology(stopped(today), "negative", "positive", None).fires(DNA) is fires


def test_the_gap_is_not_a_matter_for_non_carriers_or_order_hooks() -> None:
    assert not treated().fires(GAP)
    assert carrier(treated("order-select")).verdict(GAP) is None


def test_the_gap_fires_when_medications_were_not_fetched() -> None:
    assert carrier(treated()).without("MedicationRequest").fires(GAP)


def test_correction_14_antibody_lost_under_treatment_does_not_end_carriership() -> None:
    case = treated().forget("hbsag", "anti-hbc-total").result("hbv-dna", "negative", "2026-02-10")
    case.result("hbsag", "negative", "2026-02-10").result("anti-hbc-total", "negative", "2026-02-10")
    assert not case.fires(GAP)
    case.result("anti-hbc-total", "positive", "2025-03-10")  # the day of the first dose
    assert case.fires(GAP)


@pytest.mark.parametrize("test", ["hbsag", "anti-hbc-total"])
@pytest.mark.parametrize(
    ("before", "carrier_still"),
    [
        ([("positive", "2025-03-10")], True),
        ([("positive", "2025-01-10"), ("negative", "2025-02-10")], False),  # the latest before treatment counts
        ([("negative", "2025-01-10"), ("positive", "2025-02-10")], True),
        ([("positive", "2025-03-11")], False),
    ],
)
def test_correction_14_the_latest_serology_up_to_the_first_dose_is_remembered(
    test: str, before: list[tuple[str, str]], carrier_still: bool
) -> None:
    case = treated().result("hbv-dna", "negative", "2026-02-10")
    for value, date in before:
        case.result(test, value, date)
    assert case.fires(GAP) is carrier_still


def test_correction_14_a_positive_after_the_first_dose_alone_is_not_remembered() -> None:
    case = treated().result("hbv-dna", "negative", "2026-02-10")
    case.result("anti-hbc-total", "positive", "2025-03-11")
    assert not case.fires(GAP)


@pytest.mark.parametrize("test", MONITOR)
@pytest.mark.parametrize(("date", "fires"), [("2025-12-02", False), ("2025-12-01", True)])
@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_a_carrier_is_checked_every_three_months(test: str, date: str, fires: bool, hook: str) -> None:
    value = {"hbsag": "positive", "hbv-dna": "negative", "alt": 20}[test]
    case = antiviral(carrier(treated(hook))).only(test, value, date, "U/L" if test == "alt" else None)
    assert {key for key, name in MONITOR.items() if case.fires(name)} == ({test} if fires else set())
    if fires:
        assert case.severity(MONITOR[test]) == "warning"
        assert ("order", test) in case.proposals(MONITOR[test])


@pytest.mark.parametrize("test", ["hbsag", "alt"])
def test_a_carrier_never_tested_is_due(test: str) -> None:
    assert carrier(treated()).forget(test).fires(MONITOR[test])


@pytest.mark.parametrize(("today", "fires"), [("2027-03-07", True), ("2027-03-08", False)])
def test_carrier_monitoring_ends_18_months_after_the_last_dose(today: str, fires: bool) -> None:
    case = carrier(stopped(today))
    assert [case.fires(name) for name in MONITOR.values()] == [fires] * 3


def test_non_carriers_are_not_monitored_as_carriers() -> None:
    case = treated().forget("alt")
    assert not any(case.fires(name) for name in MONITOR.values())


def test_correction_1_a_completed_infusion_order_is_no_stop() -> None:
    """Monitoring goes on between infusions although each order is completed, or the next one was cancelled."""
    for status in ("completed", "cancelled", "entered-in-error"):
        case = treated().ordered("2025-09-08", status=status, authored="2025-09-01")
        assert case.only("hbsag", "negative", "2024-01-01").fires(ANNUAL), status
    assert not stopped().only("hbsag", "negative", "2024-01-01").fires(ANNUAL)


@pytest.mark.parametrize("s", ["positive", "negative", None])
def test_positive_dna_during_treatment_means_stop(s: str | None) -> None:
    case = serology(treated(), s, "positive", "positive").ordered("2026-03-08")
    assert case.severity(STOP) == "critical"
    assert {("stop", "active-orders"), ("order", "alt")} <= case.proposals(STOP)
    assert any(action == "refer" and "hepatology" in concept for action, concept in case.proposals(STOP))


@pytest.mark.parametrize(("today", "fires"), [("2027-03-07", True), ("2027-03-08", False)])
def test_correction_5_late_reactivation_is_seen_until_18_months_after_the_last_dose(today: str, fires: bool) -> None:
    assert serology(stopped(today), "positive", "positive", "positive").fires(STOP) is fires


@pytest.mark.parametrize("failed", ["MedicationRequest", "MedicationStatement"])
def test_prescriptions_that_were_not_fetched_hide_neither_reactivation_nor_the_gap(failed: str) -> None:
    """The infusions on record are enough: an unseen later one would only make the time since it shorter."""
    assert serology(treated(), "positive", "positive", "positive").without(failed).fires(STOP)
    assert carrier(treated()).without(failed).fires(GAP)
    assert serology(treated(), "positive", "positive", None).without(failed).fires(DNA)
    assert carrier(treated()).forget("alt").without(failed).fires(MONITOR["alt"])


def test_reactivation_is_silent_without_positive_dna() -> None:
    assert not carrier(treated()).fires(STOP)
    assert not treated().fires(STOP)
    assert not serology(treated(), None, None, None).fires(STOP)
    assert not treated().without("Observation").fires(STOP)


def test_with_a_draft_the_contraindication_speaks_instead_of_the_stop() -> None:
    case = serology(treated("order-select"), "positive", "positive", "positive")
    assert case.verdict(STOP) is None
    assert case.fires("hbv.hbsag-positive-dna-positive.contraindicated")


@pytest.mark.parametrize("test", ["hbsag", "anti-hbc-total"])
@pytest.mark.parametrize(("date", "fires"), [("2025-03-02", False), ("2025-03-01", True)])
@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_a_non_carrier_is_retested_yearly(test: str, date: str, fires: bool, hook: str) -> None:
    case = treated(hook).only(test, "negative", date)
    assert case.fires(ANNUAL) is fires
    assert case.severity(ANNUAL) == ("warning" if fires else None)
    if fires:
        assert case.proposals(ANNUAL) == {("order", "hbsag"), ("order", "anti-hbc-total")}


@pytest.mark.parametrize(("date", "fires"), [("2025-09-02", False), ("2025-09-01", True)])
def test_a_high_risk_non_carrier_is_retested_twice_a_year(date: str, fires: bool) -> None:
    assert treated().condition("diabetes-mellitus").only("hbsag", "negative", date).fires(ANNUAL) is fires


@pytest.mark.parametrize(("test", "other"), [("hbsag", "anti-hbc-total"), ("anti-hbc-total", "hbsag")])
def test_half_a_serology_is_no_non_carrier(test: str, other: str) -> None:
    assert not treated().forget(other).only(test, "negative", "2020-01-01").fires(ANNUAL)


def test_yearly_retesting_is_left_to_others_when_serology_is_missing_or_positive() -> None:
    assert not treated().forget("anti-hbc-total").fires(ANNUAL)
    assert not serology(treated(), "positive", "positive", "negative", on="2024-01-01").fires(ANNUAL)
    assert not treated().without("Observation").fires(ANNUAL)
