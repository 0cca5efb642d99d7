"""Progressive multifocal leukoencephalopathy and JC virus (recommendation 24)."""

import pytest
from building import Case, clean, treated

SUSPECTED = "pml.suspected-jcv-test.monitoring-due"
STOP = "pml.jcv-positive.stop"
JCV = "jcv-dna-csf"


def suspected(case: Case | None = None, verification: str = "provisional") -> Case:
    return (case or treated()).condition("pml", verification=verification, onset="2026-02-10", recorded="2026-02-12")


@pytest.mark.parametrize("verification", ["unconfirmed", "provisional", "differential"])
def test_suspected_pml_wants_a_jcv_test_and_mri(verification: str) -> None:
    case = suspected(verification=verification)
    assert case.severity(SUSPECTED) == "critical"
    assert {("order", JCV), ("order", "brain-mri")} <= case.proposals(SUSPECTED)
    assert not case.fires(STOP)


@pytest.mark.parametrize(
    ("result", "on", "fires"),
    [
        ("negative", "2026-02-09", True),
        ("negative", "2026-02-10", False),
        ("positive", "2026-02-20", False),
        ("indeterminate", "2026-02-20", True),
        ("haemolysed", "2026-02-20", True),
    ],
)
def test_a_clear_jcv_result_since_the_onset_answers_it(result: str, on: str, fires: bool) -> None:
    assert suspected().result(JCV, result, on).fires(SUSPECTED) is fires


def test_the_recorded_date_stands_in_for_a_missing_onset() -> None:
    case = treated().condition("pml", verification="provisional", recorded="2026-02-12")
    assert case.fires(SUSPECTED)
    assert not case.result(JCV, "negative", "2026-02-12").fires(SUSPECTED)


def test_a_first_dose_after_rituximab_with_suspected_pml_is_seen() -> None:
    case = suspected(clean())
    assert case.severity(SUSPECTED) == "critical"
    assert "hold" in {proposal.action for proposal in case.finding(SUSPECTED).proposals}


@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_suspected_pml_is_seen_on_every_hook_and_after_stopping(hook: str) -> None:
    assert suspected(treated(hook)).fires(SUSPECTED)
    stopped = treated("patient-view").ordered("2026-03-08", status="stopped", authored="2026-01-10")
    assert suspected(stopped).fires(SUSPECTED)


def test_without_suspicion_or_inebilizumab_no_jcv_test_is_wanted() -> None:
    assert not treated().fires(SUSPECTED)
    assert not suspected(verification="refuted").fires(SUSPECTED)
    assert not suspected(clean("patient-view")).fires(SUSPECTED)


def test_a_jcv_result_that_was_not_fetched_is_asked_for() -> None:
    assert suspected().result(JCV, "negative", "2026-02-20").without("Observation").fires(SUSPECTED)


def test_pml_is_undecided_when_conditions_were_not_fetched() -> None:
    case = treated().without("Condition")
    assert not {SUSPECTED, STOP} & case.ids()
    assert {SUSPECTED, STOP} & set(case.not_assessed())


@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_confirmed_pml_or_jc_virus_stops_treatment(hook: str) -> None:
    assert treated(hook).condition("pml", recorded="2026-02-10").severity(STOP) == "critical"
    assert treated(hook).result(JCV, "positive", "2026-02-10").severity(STOP) == "critical"


def test_a_positive_jcv_result_counts_although_a_later_one_is_negative() -> None:
    case = treated().result(JCV, "positive", "2026-01-10").result(JCV, "negative", "2026-02-20")
    assert case.fires(STOP)


def test_stop_replaces_the_request_for_a_test() -> None:
    case = suspected().result(JCV, "positive", "2026-02-01")
    assert case.fires(STOP)
    assert case.verdict(SUSPECTED) == "superseded"


def test_stop_deletes_the_draft_and_stops_the_order() -> None:
    drafted = treated("order-select").condition("pml", recorded="2026-02-10").ordered("2026-09-08")
    assert {"delete", "stop"} <= {proposal.action for proposal in drafted.finding(STOP).proposals}


def test_negative_csf_or_no_treatment_is_no_stop() -> None:
    assert not treated().fires(STOP)
    assert not treated().result(JCV, "negative", "2026-02-10").fires(STOP)
    assert not clean("patient-view").condition("pml", recorded="2026-02-10").fires(STOP)
    assert clean().condition("pml", recorded="2026-02-10").fires(STOP)


def test_serum_jcv_antibody_is_not_the_virus() -> None:
    antibody = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "JC virus antibody, serum"},
        "effectiveDateTime": "2026-02-10",
        "valueString": "positive",
    }
    assert not treated().resource(antibody).fires(STOP)


def test_resolved_pml_is_not_present() -> None:
    assert not treated().condition("pml", clinical="resolved", recorded="2020-02-10").fires(STOP)


def test_jcv_dna_is_recognised_by_text_and_specimen() -> None:
    result = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "JC病毒DNA"},
        "specimen": {"display": "脑脊液"},
        "effectiveDateTime": "2026-02-10",
        "valueString": "阳性",
    }
    assert treated().resource(result).fires(STOP)


def test_pml_counts_whatever_the_indication() -> None:
    case = clean().forget("nmosd").condition("myasthenia-gravis").condition("pml", recorded="2026-02-10")
    assert case.fires(STOP)
