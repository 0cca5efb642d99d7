"""Comorbidity, liver and kidney (recommendations 25 and 26)."""

import pytest
from building import Case, clean, treated

COMORBID = "special.comorbid-b-cell-disease.info"
SEVERE = "special.severe-hepatic-renal.caution"
MILD = "special.mild-moderate-hepatic-renal.no-adjustment"
FOLLOW_UP = "special.hepatic-renal-follow-up.monitoring-due"
EGFR = "mL/min/{1.73_m2}"


def filtering(value: float) -> Case:
    return clean().result("egfr", value, "2026-02-10", EGFR)


@pytest.mark.parametrize("disease", ["sjogren", "lupus", "hashimoto", "myasthenia-gravis"])
def test_another_b_cell_disease_speaks_for_inebilizumab(disease: str) -> None:
    finding = clean().condition(disease).finding(COMORBID)
    assert (finding.severity, finding.statement.presentation) == ("info", "detail")


def test_comorbidity_is_said_with_nmosd_at_the_first_infusion() -> None:
    assert not clean().fires(COMORBID)
    assert not clean().condition("diabetes-mellitus").fires(COMORBID)
    assert not clean().forget("nmosd").condition("sjogren").fires(COMORBID)
    assert not treated("order-select").condition("sjogren").fires(COMORBID)
    assert not clean().condition("sjogren", clinical="resolved").fires(COMORBID)


def test_comorbidity_is_undecided_when_conditions_were_not_fetched() -> None:
    case = clean().without("Condition")
    assert not case.fires(COMORBID)
    assert COMORBID in case.not_assessed()
    for_nmosd = case.draft(dates=("2026-03-09", "2026-03-23"), reasonCode=[{"text": "NMOSD"}])
    assert not for_nmosd.fires(COMORBID)
    assert COMORBID in for_nmosd.not_assessed()


@pytest.mark.parametrize(
    ("value", "severe", "mild"),
    [(29.9, True, False), (30, False, True), (89.9, False, True), (90, False, False), (15, True, False)],
)
def test_egfr_30_and_90_bound_the_grades(value: float, severe: bool, mild: bool) -> None:
    case = filtering(value)
    assert (case.fires(SEVERE), case.fires(MILD)) == (severe, mild)


def test_severe_impairment_is_a_warning_and_milder_impairment_detail() -> None:
    assert filtering(20).severity(SEVERE) == "warning"
    finding = filtering(60).finding(MILD)
    assert (finding.severity, finding.statement.presentation) == ("info", "detail")


@pytest.mark.parametrize("condition", ["severe-renal-impairment", "severe-hepatic-impairment"])
def test_a_coded_severe_impairment_counts_without_or_against_egfr(condition: str) -> None:
    assert clean().condition(condition).fires(SEVERE)
    both = filtering(60).condition(condition)
    assert both.fires(SEVERE)
    assert not both.fires(MILD)


def test_mild_impairment_is_said_although_no_severe_one_is_coded() -> None:
    assert filtering(60).fires(MILD)


def test_the_latest_egfr_counts() -> None:
    assert not clean().result("egfr", 20, "2025-01-01", EGFR).result("egfr", 60, "2026-02-01", EGFR).fires(SEVERE)


def test_organ_function_is_looked_at_for_every_infusion() -> None:
    assert treated("order-sign").result("egfr", 20, "2026-02-10", EGFR).fires(SEVERE)


def test_without_egfr_nothing_is_said_and_a_failed_query_is_reported() -> None:
    assert not {SEVERE, MILD} & clean().ids()
    assert SEVERE not in clean().not_assessed()
    failed = clean().without("Observation")
    assert not {SEVERE, MILD} & failed.ids()
    assert SEVERE in failed.not_assessed()


def unfollowed(today: str = "2025-09-10") -> Case:
    return treated(today=today).forget("alt", "creatinine")


@pytest.mark.parametrize(("today", "fires"), [("2025-09-09", False), ("2025-09-10", True)])
def test_liver_and_kidney_are_followed_from_month_6_on(today: str, fires: bool) -> None:
    assert unfollowed(today).severity(FOLLOW_UP) == ("info" if fires else None)


@pytest.mark.parametrize(("on", "fires"), [("2025-03-09", True), ("2025-03-10", False)])
def test_a_result_since_the_first_dose_is_enough(on: str, fires: bool) -> None:
    case = unfollowed().result("alt", 20, on, "U/L").result("creatinine", 70, on, "umol/L")
    assert case.fires(FOLLOW_UP) is fires


def test_both_alt_and_a_kidney_test_are_wanted_and_egfr_is_one() -> None:
    assert treated().forget("alt").fires(FOLLOW_UP)
    assert treated().forget("creatinine").fires(FOLLOW_UP)
    assert not treated().forget("creatinine").result("egfr", 80, "2026-02-10", EGFR).fires(FOLLOW_UP)
    assert not treated().fires(FOLLOW_UP)


def test_follow_up_that_was_not_fetched_is_asked_for() -> None:
    assert treated().without("Observation").fires(FOLLOW_UP)
