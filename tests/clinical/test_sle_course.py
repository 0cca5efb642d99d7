"""Osteonecrosis and refractory lupus."""

import pytest
from lupus_cases import Case, adult, sle

CASE_REPORT = "steroid-osteonecrosis.acic-hto"
STEROID = "sle.osteonecrosis.glucocorticoid"
TRIALS = "sle.refractory.trial-options"


def test_osteonecrosis_in_lupus_is_for_orthopaedics() -> None:
    case = sle("patient-view").ill("osteonecrosis")
    assert case.severity(CASE_REPORT) == "info"
    assert case.proposals(CASE_REPORT) == {("refer", "orthopaedics")}


@pytest.mark.parametrize("case", [sle("patient-view"), adult("patient-view").ill("osteonecrosis")])
def test_it_takes_both(case: Case) -> None:
    assert not case.fires(CASE_REPORT)
    assert not case.not_assessed()


def test_the_case_report_is_no_matter_of_orders() -> None:
    assert sle().ill("osteonecrosis").order("belimumab").verdict(CASE_REPORT) is None


@pytest.mark.parametrize("drug", ["prednisone", "methylprednisolone", "dexamethasone"])
@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_a_glucocorticoid_in_lupus_with_osteonecrosis_is_reviewed(drug: str, hook: str) -> None:
    assert sle(hook).ill("osteonecrosis").order(drug, 20).severity(STEROID) == "info"
    assert not sle(hook).order(drug, 20).fires(STEROID)
    assert not adult(hook).ill("osteonecrosis").order(drug, 20).fires(STEROID)
    assert not sle(hook).ill("osteonecrosis", clinical="resolved").order(drug, 20).fires(STEROID)


def test_steroid_orders_of_anyone_else_leave_no_trace() -> None:
    case = adult().without("Condition").order("prednisone", 20)
    assert not case.findings()
    assert not case.not_assessed()


def test_refractory_lupus_has_trials() -> None:
    assert adult("patient-view").ill("refractory sle").severity(TRIALS) == "info"
    assert not sle("patient-view").fires(TRIALS)
    assert not sle("patient-view").ill("refractory sle", clinical="resolved").fires(TRIALS)
    assert not sle("patient-view").without("Condition").fires(TRIALS)


def test_a_chart_without_lupus_stays_silent_where_conditions_were_not_fetched() -> None:
    case = adult("patient-view").prescribed("prednisone").without("Condition")
    assert not case.findings()
    assert not case.not_assessed()
