"""Tocilizumab in systemic sclerosis with interstitial lung disease: approval, evidence, assessment."""

import fhir_records as fhir
import pytest
from lupus_cases import Case, adult, medicine, ra_ild, ssc_ild

APPROVED = "tocilizumab.ssc-ild.us-approved"
REGION = "tocilizumab.ssc-ild.region-off-label"
UNDER_18 = "tocilizumab.ssc-ild.age-under-18"
TRIAL = "tocilizumab.ssc-ild.evidence-population"
BASELINE = "tocilizumab.ssc-ild.baseline-assessment"
RISK = "tocilizumab.ssc-ild.progression-risk"
LONG = "tocilizumab.ssc-ild.duration-over-96-weeks"


def child(case: Case) -> Case:
    return case.patient(sex="female", birth="2010-06-15")


def without_birth(case: Case) -> Case:
    return case.patient(sex="female")


def test_the_us_approval_is_named_for_adults_with_ssc_ild() -> None:
    assert ssc_ild().weekly().severity(APPROVED) == "info"
    assert not child(ssc_ild()).weekly().fires(APPROVED)
    assert not without_birth(ssc_ild()).weekly().fires(APPROVED)
    assert not ra_ild().weekly().fires(APPROVED)


@pytest.mark.parametrize(("region", "severity"), [("cn", "warning"), ("eu", "warning"), ("us", None)])
def test_outside_the_us_the_use_is_off_label(region: str, severity: str | None) -> None:
    assert ssc_ild(region=region).weekly().severity(REGION) == severity


def test_the_region_says_nothing_about_other_diseases() -> None:
    assert not ra_ild().in_region("cn").weekly().fires(REGION)
    assert not adult(region="cn").weekly().fires(REGION)


def test_a_patient_under_18_is_outside_the_evidence() -> None:
    assert child(ssc_ild()).weekly().severity(UNDER_18) == "warning"
    assert not ssc_ild().weekly().fires(UNDER_18)
    case = without_birth(ssc_ild()).weekly()
    assert not case.fires(UNDER_18)
    assert case.not_assessed()[f"{UNDER_18}.indication-check"].missing == ("age",)
    assert not child(ra_ild()).weekly().fires(UNDER_18)


@pytest.mark.parametrize(
    ("dates", "fires"),
    [(("2026-03-20",), False), (("2026-03-10",), True), (("2026-02-20", "2026-03-20"), False), (("2026-02-20",), True)],
)
def test_the_age_is_the_one_on_the_planned_day(dates: tuple[str, ...], fires: bool) -> None:
    """A day that has passed is no planned one."""
    case = ssc_ild().patient(birth="2008-03-15").order("tocilizumab", 162, route="subcutaneous", dates=dates)
    assert case.fires(UNDER_18) is fires


def like_the_trial() -> Case:
    case = ssc_ild().forget("ssc").ill("diffuse ssc", onset="2023-01-10")
    return case.lab("crp", 12, unit="mg/L", high=5).weekly()


def test_a_patient_like_those_of_the_trial_is_not_remarked_on() -> None:
    assert not like_the_trial().fires(TRIAL)


@pytest.mark.parametrize(
    ("case", "part"),
    [
        (like_the_trial().forget("diffuse ssc").ill("ssc", onset="2023-01-10"), "ssc-diffuse-cutaneous"),
        (like_the_trial().forget("diffuse ssc").ill("diffuse ssc", onset="2020-01-10"), "ssc-duration"),
        (like_the_trial().forget("diffuse ssc").ill("diffuse ssc"), "ssc-duration"),
        (like_the_trial().forget("crp").lab("crp", 3, unit="mg/L", high=5), "acute-phase-reactant"),
        (like_the_trial().forget("crp"), "acute-phase-reactant"),
        (like_the_trial().forget("crp").lab("crp", 12, unit="mg/L"), "acute-phase-reactant"),
    ],
)
def test_what_differs_from_the_trial_or_is_not_recorded_is_said(case: Case, part: str) -> None:
    finding = case.finding(TRIAL)
    assert finding.severity == "info"
    assert finding.components == (part,)


def test_a_raised_esr_is_as_good_as_a_raised_crp() -> None:
    case = like_the_trial().forget("crp").lab("esr", 40, unit="mm/h", high=20)
    assert not case.fires(TRIAL)
    assert case.lab("crp", 3, on="2026-02-20", unit="mg/L", high=5).fires(TRIAL)


def test_on_one_day_the_raised_acute_phase_reactant_counts() -> None:
    case = like_the_trial().forget("crp").lab("esr", 40, unit="mm/h", high=20).lab("crp", 3, unit="mg/L", high=5)
    assert not case.fires(TRIAL)
    case = like_the_trial().lab("esr", 9, unit="mm/h", high=20)
    assert not case.fires(TRIAL)
    assert case.lab("esr", 9, on="2026-02-20", unit="mm/h", high=20).fires(TRIAL)


def test_of_several_onsets_the_first_confirmed_one_counts() -> None:
    case = like_the_trial().ill("ssc", onset="2010-01-10", verification="provisional")
    assert not case.fires(TRIAL)
    assert not like_the_trial().ill("ssc", recorded="2015-01-10").fires(TRIAL)
    assert like_the_trial().ill("ssc", onset="2010-01-10").fires(TRIAL)


def test_crp_and_esr_are_offered_only_where_none_is_usable() -> None:
    assert ssc_ild().weekly().proposals(TRIAL) == {("order", "crp-esr")}
    assert ssc_ild().lab("crp", 3, unit="mg/L", high=5).weekly().proposals(TRIAL) == set()
    assert ssc_ild().lab("esr", 9, unit="mm/h", high=20).weekly().proposals(TRIAL) == set()


def test_the_trial_population_is_not_raised_without_ssc_ild() -> None:
    assert not ra_ild().weekly().fires(TRIAL)


@pytest.mark.parametrize(
    ("gone", "part"),
    [("fvc", "fvc-percent-predicted"), ("dlco", "dlco-percent-predicted"), ("hrct", "chest-hrct")],
)
@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_a_missing_assessment_is_asked_for(hook: str, gone: str, part: str) -> None:
    case = ssc_ild(hook).forget(gone).weekly().prescribed("tocilizumab")
    assert case.finding(BASELINE).severity == "info"
    assert case.finding(BASELINE).components == (part,)
    assert case.proposals(BASELINE) == {("order", part)}


@pytest.mark.parametrize("hook", ["order-select", "patient-view"])
def test_a_complete_assessment_is_not_asked_for(hook: str) -> None:
    assert not ssc_ild(hook).weekly().prescribed("tocilizumab").fires(BASELINE)


def test_ra_ild_is_assessed_by_the_same_measures() -> None:
    assert ra_ild().weekly().fires(BASELINE)


def test_lung_function_in_litres_is_not_a_percentage() -> None:
    assert ssc_ild().forget("fvc").lab("fvc", 2.4, unit="L").weekly().fires(BASELINE)


def test_the_assessment_is_not_asked_for_without_tocilizumab_or_without_the_disease() -> None:
    assert not ssc_ild("patient-view").forget("fvc").fires(BASELINE)
    assert not adult().weekly().fires(BASELINE)


def test_where_observations_were_not_fetched_the_assessment_is_not_called_missing_alone() -> None:
    finding = ssc_ild().without("Observation").weekly().finding(BASELINE)
    assert {item.why.value for item in finding.missing} == {"not fetched"}


@pytest.mark.parametrize(
    ("case", "part"),
    [
        (ssc_ild().patient(sex="male", birth="1985-06-15"), "male"),
        (ssc_ild().lab("scl-70", "positive"), "anti-scl-70"),
        (ssc_ild().ill("diffuse ssc"), "ssc-diffuse-cutaneous"),
    ],
)
@pytest.mark.parametrize("hook", ["order-select", "patient-view"])
def test_risk_factors_of_progression_are_named(case: Case, part: str, hook: str) -> None:
    finding = case.weekly().at_hook(hook).finding(RISK)
    assert part in finding.components
    assert finding.severity == "info"


def test_without_a_risk_factor_nothing_is_said_of_progression() -> None:
    assert not ssc_ild().lab("scl-70", "negative").weekly().fires(RISK)
    assert not ssc_ild().weekly().fires(RISK)
    assert not ra_ild().patient(sex="male", birth="1985-06-15").weekly().fires(RISK)


def test_the_latest_anti_scl_70_counts() -> None:
    case = ssc_ild().lab("scl-70", "positive", on="2020-01-10").lab("scl-70", "negative", on="2026-01-10")
    assert not case.weekly().fires(RISK)


@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_more_than_96_weeks_are_beyond_the_study(hook: str) -> None:
    assert ssc_ild(hook).took("tocilizumab", "2024-04-28").weekly().severity(LONG) == "info"
    assert not ssc_ild(hook).took("tocilizumab", "2024-04-29").weekly().fires(LONG)


@pytest.mark.parametrize(("more", "fires"), [({"status": "stopped"}, True), ({"intent": "plan"}, False)])
def test_an_order_that_was_stopped_once_ran_and_a_plan_never_did(more: dict[str, str], fires: bool) -> None:
    repeat = {"boundsPeriod": {"start": "2023-01-10"}}
    coded, dosage = medicine("tocilizumab"), fhir.dosage(162, repeat=repeat)
    order = fhir.medication_request(coded, dosage, **({"status": "active"} | more))
    assert ssc_ild("patient-view").resource(order).fires(LONG) is fires


def test_a_draft_that_is_dated_back_is_no_treatment() -> None:
    assert not ssc_ild().weekly(start="2023-01-10").fires(LONG)


def test_the_earlier_of_first_dose_and_first_order_counts() -> None:
    case = ssc_ild("patient-view").prescribed("tocilizumab", start="2025-09-01").took("tocilizumab", "2023-01-10")
    assert case.fires(LONG)
    case = ssc_ild("patient-view").prescribed("tocilizumab", start="2023-01-10").took("tocilizumab", "2025-09-01")
    assert case.fires(LONG)


def test_a_running_order_dates_the_start_of_a_self_injected_drug() -> None:
    assert ssc_ild("patient-view").prescribed("tocilizumab", start="2023-01-10").fires(LONG)
    assert not ssc_ild("patient-view").prescribed("tocilizumab", start="2025-01-10").fires(LONG)
    assert not ssc_ild().weekly().fires(LONG)
    assert not ra_ild().took("tocilizumab", "2020-01-10").weekly().fires(LONG)


# What is said of a chart that was opened and could not be checked


def test_a_chart_that_has_to_do_with_tocilizumab_says_what_could_not_be_checked() -> None:
    on_it = adult("patient-view").prescribed("tocilizumab").without("Condition")
    assert on_it.not_assessed()
    with_the_disease = ssc_ild("patient-view").without("Observation")
    assert f"{RISK}.info" in with_the_disease.not_assessed()


def test_any_other_chart_stays_silent() -> None:
    assert not adult("patient-view").without("Condition").not_assessed()
    assert not ra_ild("patient-view").without("Observation").not_assessed()
