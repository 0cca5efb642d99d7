"""Tuberculosis before and during inebilizumab (recommendation 7)."""

import pytest
from building import Case, clean, planned, stopped, treated

MISSING = "tb.missing.screening-missing"
WORK_UP = "tb.positive-workup-missing.screening-missing"
ACTIVE = "tb.active.contraindicated"
UNTREATED = "tb.latent-untreated.contraindicated"
LEAD = "tb.latent-lead-under-1-month.info"
RECHECK = "tb.latent-recheck-6-months.monitoring-due"
STOP = "tb.active-on-treatment.stop-and-refer"
ON = "2026-02-10"


def of_tb(case: Case) -> set[str]:
    return {name for name in case.ids() if name.startswith("tb.")}


def positive(case: Case | None = None, ct: str | None = None) -> Case:
    """A positive IGRA, and a chest CT on ``ct``."""
    case = (case or clean()).only("igra", "positive", ON)
    return case.imaging("chest-ct", ct) if ct else case


def latent(case: Case | None = None) -> Case:
    return (case or clean()).condition("latent-tuberculosis", recorded="2026-02-12")


def preventive(case: Case, start: str | None, drug: str = "isoniazid", **more: object) -> Case:
    return case.medication(drug, mg=300, per_day=1, route="oral", start=start, **more)


@pytest.mark.parametrize(
    ("igra", "tst", "expected"),
    [
        ("negative", None, set()),
        (None, "negative", set()),
        ("indeterminate", "negative", set()),
        ("negative", "阴性", set()),
        (None, None, {MISSING}),
        ("indeterminate", None, {MISSING}),
        (None, 12, {MISSING}),  # millimetres without a reading have no threshold in the source
        ("see report", None, {MISSING}),
        ("positive", None, {WORK_UP}),
        (None, "positive", {WORK_UP}),
        ("positive", "negative", {WORK_UP}),
        ("negative", "positive", {WORK_UP}),
    ],
)
def test_either_screening_test_decides(igra: str | None, tst: str | float | None, expected: set[str]) -> None:
    case = clean().forget("igra")
    if igra is not None:
        case.result("igra", igra, ON)
    if tst is not None:
        case.result("tst", tst, ON, "mm" if tst == 12 else None)
    assert of_tb(case) == expected


def test_the_mitogen_control_is_never_a_result() -> None:
    control = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "71774-4"}], "text": "Mitogen minus nil"},
        "effectiveDateTime": ON,
        "valueString": "positive",
    }
    assert of_tb(clean().forget("igra").resource(control)) == {MISSING}


def test_a_spot_test_named_in_words_is_an_igra() -> None:
    spot = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "结核感染T细胞斑点试验(T-SPOT.TB)"},
        "effectiveDateTime": ON,
        "valueString": "阴性",
    }
    assert of_tb(clean().forget("igra").resource(spot)) == set()


def test_a_missing_screen_is_a_warning_that_orders_the_igra() -> None:
    case = clean().forget("igra")
    assert case.severity(MISSING) == "warning"
    assert ("order", "igra") in case.proposals(MISSING)
    assert of_tb(planned().forget("igra")) == {MISSING}
    assert not treated("order-select").forget("igra").fires(MISSING)
    assert not clean("patient-view").forget("igra").fires(MISSING)


def test_unfetched_results_count_as_not_screened() -> None:
    assert clean().without("Observation").fires(MISSING)
    assert not clean().without("Observation").fires(WORK_UP)


@pytest.mark.parametrize(
    ("ct", "expected"),
    [
        (None, WORK_UP),
        ("2026-01-10", WORK_UP),  # 31 days before the positive test
        ("2026-01-11", UNTREATED),  # 30 days
        ("2026-02-20", UNTREATED),
    ],
)
def test_a_chest_ct_from_30_days_before_counts_as_work_up(ct: str | None, expected: str) -> None:
    assert of_tb(positive(ct=ct)) == {expected}


def test_a_missing_work_up_is_critical_in_every_stage() -> None:
    for case in (clean(), clean("order-sign"), planned(), treated("order-select"), treated()):
        assert positive(case).severity(WORK_UP) == "critical"
    proposals = positive().proposals(WORK_UP)
    assert {("order", "chest-ct"), ("order", "crp-esr")} <= proposals
    assert any(action == "refer" for action, _concept in proposals)


def test_unfetched_imaging_is_no_work_up() -> None:
    assert positive(ct="2026-02-20").without("DiagnosticReport", "ImagingStudy", "Procedure").fires(WORK_UP)


@pytest.mark.parametrize("verification", ["unconfirmed", "provisional", "differential"])
def test_suspected_active_tuberculosis_needs_a_work_up_whatever_the_screen(verification: str) -> None:
    case = clean().condition("active-tuberculosis", verification=verification)
    assert of_tb(case) == {WORK_UP}


@pytest.mark.parametrize("drug", ["pyrazinamide", "ethambutol"])
def test_correction_15_drugs_of_active_tuberculosis_are_no_preventive_treatment(drug: str) -> None:
    case = preventive(positive(ct="2026-02-20"), "2026-01-01")
    assert not of_tb(case)
    assert of_tb(case.medication(drug, mg=1500, per_day=1, route="oral", start="2026-01-01")) == {WORK_UP}


@pytest.mark.parametrize("verification", ["confirmed", None])
def test_active_tuberculosis_contraindicates_and_deletes_the_draft(verification: str | None) -> None:
    case = clean().condition("active-tuberculosis", verification=verification)
    assert of_tb(case) == {ACTIVE}
    assert case.severity(ACTIVE) == "critical"
    assert ("delete", "draft") in case.proposals(ACTIVE)
    assert any(action == "refer" and "infectious" in concept for action, concept in case.proposals(ACTIVE))


def test_active_tuberculosis_is_seen_when_planned_and_at_later_infusions() -> None:
    for case in (planned(), treated("order-sign")):
        assert case.condition("active-tuberculosis").fires(ACTIVE)
    assert not treated().condition("active-tuberculosis").fires(ACTIVE)


@pytest.mark.parametrize("more", [{"clinical": "resolved"}, {"verification": "refuted"}])
def test_past_or_refuted_tuberculosis_is_not_active(more: dict[str, str]) -> None:
    assert not of_tb(clean().condition("active-tuberculosis", **more))


def test_unfetched_conditions_do_not_make_tuberculosis_absent() -> None:
    case = clean().without("Condition")
    assert not case.fires(ACTIVE)
    assert not case.fires(MISSING)  # the negative screen is on file: saying otherwise would be false
    assert ACTIVE in case.not_assessed()


def test_unfetched_conditions_leave_a_missing_screen_missing() -> None:
    assert clean().forget("igra", "tst").without("Condition").fires(MISSING)


def test_active_tuberculosis_during_treatment_means_stop() -> None:
    case = treated().ordered("2026-03-08").condition("active-tuberculosis")
    assert case.severity(STOP) == "critical"
    assert ("stop", "active-orders") in case.proposals(STOP)
    assert any(action == "refer" and "infectious" in concept for action, concept in case.proposals(STOP))


def test_the_stop_is_silent_off_treatment_without_tuberculosis_or_with_a_draft() -> None:
    assert not stopped().condition("active-tuberculosis").fires(STOP)
    assert not treated().fires(STOP)
    assert not treated().condition("active-tuberculosis", verification="provisional").fires(STOP)
    assert treated("order-select").condition("active-tuberculosis").verdict(STOP) is None
    assert treated().without("Condition").verdict(STOP) == "unknown"


# Latent tuberculosis


@pytest.mark.parametrize("clinical", ["active", "resolved"])
def test_coded_latent_tuberculosis_is_latent_without_any_test(clinical: str) -> None:
    case = clean().forget("igra").condition("latent-tuberculosis", clinical=clinical)
    assert of_tb(case) == ({UNTREATED} if clinical == "active" else set())  # resolved: treated


def test_untreated_latent_tuberculosis_contraindicates() -> None:
    case = latent()
    assert of_tb(case) == {UNTREATED}
    assert case.severity(UNTREATED) == "critical"
    assert any(action == "refer" and "infectious" in concept for action, concept in case.proposals(UNTREATED))


@pytest.mark.parametrize(("start", "fires"), [("2026-03-09", False), ("2026-03-10", True)])
def test_preventive_treatment_must_start_by_the_planned_date(start: str, fires: bool) -> None:
    assert preventive(latent(), start).fires(UNTREATED) is fires
    assert latent().co_order("isoniazid", mg=300, per_day=1, start=start).fires(UNTREATED) is fires


@pytest.mark.parametrize(("first", "moved"), [("2026-04-01", "2026-04-02"), ("2026-04-02", None)])
def test_the_infusion_moves_to_one_month_after_a_treatment_begun_today(first: str, moved: str | None) -> None:
    assert latent().draft(dates=(first, "2026-04-16")).proposed_day(UNTREATED, "move_draft") == moved
    assert latent(planned()).proposed_day(UNTREATED, "move_draft") is None


@pytest.mark.parametrize("drug", ["isoniazid", "rifampicin", "rifapentine"])
def test_each_preventive_drug_counts(drug: str) -> None:
    assert not preventive(latent(), "2026-01-01", drug).fires(UNTREATED)


def test_a_co_ordered_preventive_treatment_does_not_replace_the_work_up() -> None:
    assert positive().co_order("isoniazid", mg=300, per_day=1, start="2026-03-02").fires(WORK_UP)
    assert not preventive(positive(), "2026-02-01").fires(WORK_UP)


@pytest.mark.parametrize(("end", "fires"), [("2025-08-16", False), ("2025-08-15", True)])
def test_decision_13_77_covered_days_are_a_complete_course(end: str, fires: bool) -> None:
    case = preventive(latent(), "2025-06-01", status="completed", end=end)
    assert case.fires(UNTREATED) is fires


def test_decision_13_covered_days_of_several_prescriptions_add_up() -> None:
    case = preventive(latent(), "2025-06-01", status="completed", end="2025-07-12")
    assert case.fires(UNTREATED)
    assert not preventive(case, "2025-07-13", status="completed", end="2025-08-23").fires(UNTREATED)


def test_correction_15_one_completed_month_of_isoniazid_is_no_course() -> None:
    assert preventive(latent(), "2025-06-01", status="completed", end="2025-06-28").fires(UNTREATED)


@pytest.mark.parametrize(("end", "fires"), [("2025-06-28", False), ("2025-06-27", True)])
def test_decision_13_28_days_of_daily_isoniazid_with_rifapentine_are_complete(end: str, fires: bool) -> None:
    case = preventive(latent(), "2025-06-01", status="completed", end=end)
    assert preventive(case, "2025-06-01", "rifapentine", status="completed", end=end).fires(UNTREATED) is fires


@pytest.mark.parametrize(("doses", "fires"), [(12, False), (11, True)])
def test_decision_13_12_weekly_doses_are_complete(doses: int, fires: bool) -> None:
    days = [f"2025-{month:02}-{day:02}" for month in (6, 7, 8) for day in (1, 8, 15, 22)][:doses]
    case = latent().given(*days, drug="isoniazid", mg=900).given(*days, drug="rifapentine", mg=900)
    assert case.fires(UNTREATED) is fires


def test_correction_16_a_conversion_is_seen_between_infusions() -> None:
    assert positive(treated(), ct="2026-02-20").severity(UNTREATED) == "critical"
    assert latent(planned()).fires(UNTREATED)
    assert latent(treated("order-sign")).fires(UNTREATED)
    assert not latent(stopped()).fires(UNTREATED)


def test_untreated_fires_when_medications_were_not_fetched() -> None:
    assert latent().without("MedicationRequest").fires(UNTREATED)


@pytest.mark.parametrize(("start", "fires"), [("2026-02-09", False), ("2026-02-10", True), ("2026-03-09", True)])
def test_a_lead_of_less_than_one_calendar_month_is_pointed_out(start: str, fires: bool) -> None:
    assert preventive(latent(), start).severity(LEAD) == ("info" if fires else None)
    assert latent().co_order("isoniazid", mg=300, per_day=1, start=start).fires(LEAD) is fires


def test_the_infusion_may_move_to_one_month_after_the_preventive_start() -> None:
    case = preventive(latent(), "2026-02-20")
    assert case.proposed_day(LEAD, "move_draft") == "2026-03-20"
    assert ("refer", "infectious-disease") in case.proposals(LEAD)


def test_a_preventive_start_that_is_not_recorded_is_noted() -> None:
    case = preventive(latent(), None)
    assert not case.fires(LEAD)
    assert LEAD in case.not_assessed()


def test_the_lead_matters_for_latent_tuberculosis_at_the_first_infusion_only() -> None:
    assert not preventive(latent(treated("order-select")), "2026-02-20").fires(LEAD)
    assert not preventive(clean(), "2026-02-20").fires(LEAD)


@pytest.mark.parametrize(("ct", "fires"), [("2025-09-02", False), ("2025-09-01", True), (None, True)])
@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_latent_tuberculosis_is_rechecked_every_six_months(ct: str | None, fires: bool, hook: str) -> None:
    case = preventive(latent(treated(hook)), "2025-01-01")
    if ct:
        case.imaging("chest-ct", ct)
    assert case.severity(RECHECK) == ("warning" if fires else None)
    if fires:
        assert ("order", "chest-ct") in case.proposals(RECHECK)


def test_the_recheck_is_for_latent_tuberculosis_on_treatment() -> None:
    assert not treated().fires(RECHECK)
    assert not preventive(latent(stopped()), "2025-01-01").fires(RECHECK)
    assert not preventive(latent(), "2026-01-01").fires(RECHECK)


def test_the_recheck_is_due_when_imaging_was_not_fetched() -> None:
    case = preventive(latent(treated()), "2025-01-01").imaging("chest-ct", "2026-01-01")
    assert not case.fires(RECHECK)
    assert case.without("DiagnosticReport", "ImagingStudy", "Procedure").fires(RECHECK)
