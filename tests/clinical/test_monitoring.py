"""Tests that are due during and after treatment (recommendations 14 and 16)."""

import pytest
from building import Case, clean, treated

HCV = "monitor.hcv-annual.monitoring-due"
TB = "monitor.tb-annual.monitoring-due"
HBV_UNKNOWN = "monitor.hbv-status-unknown.monitoring-due"
IG = "monitor.ig-6-months.monitoring-due"
IG_AFTER = "monitor.ig-after-stop.monitoring-due"
HIGH_RISK = "monitor.high-risk-twice-yearly.info"
AQP4 = "monitor.aqp4-igg-6-months.info"
DUE_IN_A_YEAR = pytest.mark.parametrize(("on", "fires"), [("2025-03-02", False), ("2025-03-01", True)])
DUE_IN_SIX_MONTHS = pytest.mark.parametrize(("on", "fires"), [("2025-09-02", False), ("2025-09-01", True)])


def diabetic() -> Case:
    return treated().condition("diabetes-mellitus", recorded="2020-01-01")


# Hepatitis C


@DUE_IN_A_YEAR
def test_hepatitis_c_is_tested_every_year(on: str, fires: bool) -> None:
    assert treated().only("anti-hcv", "negative", on).severity(HCV) == ("warning" if fires else None)


@DUE_IN_SIX_MONTHS
def test_hepatitis_c_is_tested_twice_a_year_at_high_risk(on: str, fires: bool) -> None:
    assert diabetic().only("anti-hcv", "negative", on).fires(HCV) is fires


def test_the_newer_of_antibody_and_rna_counts() -> None:
    case = treated().only("anti-hcv", "negative", "2024-01-01")
    assert not case.result("hcv-rna", "not detected", "2026-01-01").fires(HCV)


def test_hepatitis_c_never_tested_or_not_fetched_is_due_and_an_order_pending() -> None:
    never = treated().forget("anti-hcv")
    assert never.finding(HCV).state == "missing"
    assert ("order", "anti-hcv") in never.proposals(HCV)
    assert treated().without("Observation").fires(HCV)
    assert never.test_order("anti-hcv").finding(HCV).state == "pending"


def test_an_overdue_hepatitis_c_test_is_stale_not_missing() -> None:
    assert treated().only("anti-hcv", "negative", "2024-01-01").finding(HCV).state == "stale"


def test_an_unreadable_or_undated_hepatitis_c_result_does_not_count() -> None:
    assert treated().only("anti-hcv", "see comment", "2026-01-01").fires(HCV)
    assert treated().only("anti-hcv", "negative", None).fires(HCV)
    assert treated().only("anti-hcv", "negative", "2026-04-01").fires(HCV)
    assert treated().only("anti-hcv", "negative", "2026-01-01", status="preliminary").fires(HCV)


@pytest.mark.parametrize("statement", [HCV, TB, IG, HBV_UNKNOWN])
def test_monitoring_is_asked_for_when_re_dosing_but_not_before_the_first_dose(statement: str) -> None:
    tests = ("anti-hcv", "igra", "serum-igg", "hbsag")
    assert treated("order-select").forget(*tests).fires(statement)
    lapsed = treated("order-sign", "2026-06-01").forget(*tests).draft(dates=("2026-06-02",))
    assert lapsed.fires(statement)
    assert not clean().forget(*tests).fires(statement)


@pytest.mark.parametrize("statement", [HCV, TB, IG, HBV_UNKNOWN])
def test_monitoring_ends_when_treatment_was_stopped(statement: str) -> None:
    case = treated().forget("anti-hcv", "igra", "serum-igg", "hbsag")
    assert case.fires(statement)
    assert case.ordered("2025-09-08", status="completed").fires(statement)  # an infusion given is no stop
    assert not case.ordered("2025-09-09", status="stopped", authored="2025-12-01").fires(statement)


# Tuberculosis


@DUE_IN_A_YEAR
def test_tuberculosis_is_tested_every_year(on: str, fires: bool) -> None:
    assert treated().only("igra", "negative", on).severity(TB) == ("warning" if fires else None)
    assert treated().forget("igra").result("tst", "negative", on).fires(TB) is fires


@DUE_IN_SIX_MONTHS
def test_tuberculosis_is_tested_twice_a_year_at_high_risk(on: str, fires: bool) -> None:
    assert diabetic().only("igra", "negative", on).fires(TB) is fires


def test_tuberculosis_never_tested_indeterminate_or_not_fetched_is_due() -> None:
    never = treated().forget("igra")
    assert never.fires(TB)
    assert ("order", "igra") in never.proposals(TB)
    assert treated().only("igra", "indeterminate", "2026-02-01").fires(TB)
    assert treated().without("Observation").fires(TB)


def test_latent_or_active_tuberculosis_has_its_own_checks() -> None:
    assert not treated().only("igra", "negative", "2024-01-01").condition("latent-tuberculosis").fires(TB)
    assert not treated().only("igra", "negative", "2024-01-01").condition("active-tuberculosis").fires(TB)


# Hepatitis B status


def test_an_incomplete_hepatitis_b_status_on_treatment_is_reported() -> None:
    assert not treated().fires(HBV_UNKNOWN)
    assert treated().forget("hbsag").severity(HBV_UNKNOWN) == "warning"
    assert treated().forget("anti-hbc-total").fires(HBV_UNKNOWN)
    assert treated().only("hbsag", "indeterminate", "2026-02-10").fires(HBV_UNKNOWN)


def test_any_known_hepatitis_b_state_is_not_incomplete() -> None:
    assert not treated().only("anti-hbc-total", "positive", "2026-02-10").fires(HBV_UNKNOWN)
    assert not treated().only("hbsag", "positive", "2026-02-10").fires(HBV_UNKNOWN)


def test_hepatitis_b_status_that_was_not_fetched_is_asked_for() -> None:
    assert treated().without("Observation").fires(HBV_UNKNOWN)


# Immunoglobulins


@DUE_IN_SIX_MONTHS
def test_igg_is_measured_every_six_months(on: str, fires: bool) -> None:
    assert treated().only("serum-igg", 10.5, on, "g/L").severity(IG) == ("warning" if fires else None)


def test_igg_alone_satisfies_the_timer() -> None:
    assert not treated().forget("serum-iga", "serum-igm").fires(IG)
    assert treated().forget("serum-igg").fires(IG)


def test_igg_without_a_known_unit_or_not_fetched_does_not_count() -> None:
    assert treated().only("serum-igg", 10.5, "2026-02-10").fires(IG)
    assert treated().without("Observation").fires(IG)


# Immunoglobulins after stopping


def stopped(today: str = "2026-03-02") -> Case:
    """Treatment was stopped after the dose of 2025-09-08."""
    case = treated(today=today).ordered("2026-03-08", status="stopped", authored="2025-12-01")
    return case.only("serum-igg", 10.5, "2025-09-01", "g/L")


def test_immunoglobulins_are_followed_after_stopping_until_b_cells_recover() -> None:
    assert stopped().severity(IG_AFTER) == "info"
    assert not stopped().only("serum-igg", 10.5, "2025-09-02", "g/L").fires(IG_AFTER)
    assert stopped().forget("serum-igg").fires(IG_AFTER)


@pytest.mark.parametrize(
    ("count", "on", "more", "fires"),
    [
        (90, "2026-02-01", {"low": 90, "high": 500}, False),
        (89, "2026-02-01", {"low": 90, "high": 500}, True),
        (90, "2025-09-08", {"low": 90, "high": 500}, True),  # not after the last dose
        (90, "2025-09-09", {"low": 90, "high": 500}, False),
        (150, "2026-02-01", {}, True),  # no reference range, so recovery is not shown
        (150, "2026-02-01", {"interpretation": "N"}, False),
        (150, "2026-02-01", {"interpretation": "L"}, True),
    ],
)
def test_b_cell_recovery_follows_the_laboratory_range(count: int, on: str, more: dict[str, int], fires: bool) -> None:
    for test in ("cd19-b-cell-count", "cd20-b-cell-count"):
        case = stopped().forget("cd20-b-cell-count").result(test, count, on, "/uL", **more)
        assert case.fires(IG_AFTER) is fires, test


def test_the_latest_b_cell_count_decides_about_recovery() -> None:
    case = stopped().result("cd19-b-cell-count", 150, "2025-12-01", "/uL", low=90, high=500)
    assert not case.fires(IG_AFTER)
    assert case.result("cd19-b-cell-count", 20, "2026-02-01", "/uL", low=90, high=500).fires(IG_AFTER)


def test_immunoglobulins_after_stopping_are_no_matter_on_treatment() -> None:
    assert not treated().forget("serum-igg").fires(IG_AFTER)


def test_immunoglobulins_after_stopping_are_due_when_results_were_not_fetched() -> None:
    assert stopped().without("Observation").fires(IG_AFTER)


# High risk


WOMAN = {"sex": "female", "birth": "1990-01-01"}
RISKS = {
    "old": lambda case: case.patient(sex="male", birth="1956-03-02"),
    "adolescent": lambda case: case.patient(sex="male", birth="2008-03-03"),
    "pregnant": lambda case: case.patient(**WOMAN).result("pregnancy-status", "pregnant", "2026-02-01"),
    "low IgG": lambda case: case.only("serum-igg", 499, "2026-02-10", "mg/dL"),
    "disabled": lambda case: case.result("edss", 6, "2026-01-01"),
    "low CD4": lambda case: case.result("cd4-count", 199, "2026-01-01", "/uL"),
    "two drugs": lambda case: case.medication("azathioprine", start="2025-01-01").medication("tacrolimus"),
    "steroid": lambda case: case.medication("prednisone", start="2026-01-01", mg=20, per_day=1, route="oral"),
    "diabetes": lambda case: case.condition("diabetes-mellitus", recorded="2020-01-01"),
    "AIDS": lambda case: case.condition("hiv-aids", recorded="2020-01-01"),
}


@pytest.mark.parametrize("reason", RISKS)
def test_a_patient_at_high_risk_is_monitored_twice_a_year(reason: str) -> None:
    finding = RISKS[reason](treated()).finding(HIGH_RISK)
    assert (finding.severity, finding.statement.presentation) == ("info", "detail")


def test_just_short_of_every_risk_is_no_high_risk() -> None:
    case = treated().patient(sex="male", birth="1956-03-03")
    case.only("serum-igg", 500, "2026-02-10", "mg/dL").result("edss", 5.5, "2026-01-01")
    case.result("cd4-count", 200, "2026-01-01", "/uL")
    case.medication("prednisone", start="2026-01-01", mg=19.5, per_day=1, route="oral")
    assert not case.fires(HIGH_RISK)
    assert not treated().patient(sex="male", birth="2008-03-02").fires(HIGH_RISK)


def test_high_risk_is_said_before_the_first_dose_too_but_not_after_stopping() -> None:
    assert clean().condition("diabetes-mellitus").fires(HIGH_RISK)
    assert not stopped().condition("diabetes-mellitus").fires(HIGH_RISK)


def test_high_risk_is_undecided_when_conditions_were_not_fetched() -> None:
    case = treated().without("Condition")
    assert not case.fires(HIGH_RISK)
    assert case.verdict(HIGH_RISK) == "unknown"


# AQP4-IgG


@DUE_IN_SIX_MONTHS
def test_aqp4_igg_may_be_checked_every_six_months(on: str, fires: bool) -> None:
    case = treated().only("aqp4-igg", "positive", on)
    assert case.fires(AQP4) is fires
    if fires:
        assert case.finding(AQP4).statement.presentation == "detail"


def test_aqp4_igg_once_positive_is_followed_even_when_the_latest_is_negative() -> None:
    case = treated().only("aqp4-igg", "positive", "2024-01-01").result("aqp4-igg", "negative", "2025-01-01")
    assert case.fires(AQP4)


def test_aqp4_igg_negative_unknown_or_not_fetched_is_not_followed() -> None:
    assert not treated().only("aqp4-igg", "negative", "2025-01-01").fires(AQP4)
    assert not treated().forget("aqp4-igg").fires(AQP4)
    assert not treated().without("Observation").fires(AQP4)
    assert not clean().only("aqp4-igg", "positive", "2024-01-01").fires(AQP4)


@pytest.mark.parametrize("statement", [HCV, TB, IG])
def test_a_test_never_done_is_not_called_a_repeat_that_is_overdue(statement: str) -> None:
    say = treated().forget("anti-hcv", "igra", "serum-igg").finding(statement).statement.say
    assert say.en.startswith("No usable")
    assert "overdue" not in say.en
    assert "逾期" not in say.zh


def test_an_infusion_that_was_given_and_completed_does_not_end_monitoring() -> None:
    case = treated().forget("anti-hcv", "igra", "serum-igg", "hbsag").ordered("2025-09-08", status="completed")
    assert {HCV, TB, IG, HBV_UNKNOWN} <= case.ids()
