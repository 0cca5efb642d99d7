"""Diagnosis, AQP4-IgG and what the approval covers (recommendations 1 to 3)."""

import pytest
from building import Case, clean, treated

ON_LABEL = "indication.aqp4-positive-adult.on-label"
AQP4_NEGATIVE = "indication.aqp4-negative.off-label"
AQP4_UNKNOWN = "indication.aqp4-unknown.screening-missing"
OTHER_DISEASE = "indication.other-b-cell-disease.off-label"
NOT_DOCUMENTED = "indication.nmosd-not-documented.check"

MG_REASON = [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "G70.0"}]}]
NMOSD_REASON = [{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "G36.0"}]}]


def of_indication(case: Case) -> set[str]:
    return {name for name in case.ids() if name.startswith("indication.")}


def test_a_clean_first_order_raises_only_standing_information() -> None:
    expected = {
        ON_LABEL,
        "steroid.taper-not-accelerated.info",
        "infection.pre-infusion-check.reminder",
        "infusion.setting-and-observation.info",
    }
    assert clean().ids() == expected
    assert clean("order-sign").ids() == expected
    assert not clean().not_assessed()


def test_approved_use_is_confirmed_in_the_details() -> None:
    finding = clean().finding(ON_LABEL)
    assert (finding.severity, finding.statement.presentation) == ("info", "detail")


@pytest.mark.parametrize(("birth", "fires"), [("2008-03-09", True), ("2008-03-10", False), (None, False)])
def test_on_label_needs_18_completed_years_at_the_planned_date(birth: str | None, fires: bool) -> None:
    assert clean().patient(sex="male", birth=birth).fires(ON_LABEL) is fires


def test_on_label_is_not_claimed_when_the_birth_date_or_the_patient_is_unknown() -> None:
    assert clean().patient(sex="male").verdict(ON_LABEL) == "unknown"
    assert clean().without("Patient").verdict(ON_LABEL) == "unknown"


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([("positive", "2025-11-05")], ON_LABEL),
        ([("positive", "2022-01-05"), ("negative", "2025-11-05")], ON_LABEL),  # once positive stays positive
        ([("negative", "2022-01-05"), ("positive", "2025-11-05")], ON_LABEL),
        ([("negative", "2025-11-05")], AQP4_NEGATIVE),
        ([("阴性", "2025-11-05")], AQP4_NEGATIVE),
        ([], AQP4_UNKNOWN),
        ([("indeterminate", "2025-11-05")], AQP4_UNKNOWN),
        ([("see report", "2025-11-05")], AQP4_UNKNOWN),
        ([("positive", None)], AQP4_UNKNOWN),  # without a date a result is not used
        ([("positive", "2026-03-03")], AQP4_UNKNOWN),  # nor with a date in the future
    ],
)
def test_aqp4_status_decides_the_indication(results: list[tuple[str, str | None]], expected: str) -> None:
    case = clean().forget("aqp4-igg")
    for value, date in results:
        case.result("aqp4-igg", value, date)
    assert of_indication(case) == {expected}


def test_a_titre_is_positive_only_above_its_reference_range() -> None:
    case = clean().only("aqp4-igg", 10, "2025-11-05", high=5)
    assert case.fires(ON_LABEL)
    assert case.only("aqp4-igg", 5, "2025-11-05", high=5).fires(AQP4_NEGATIVE)
    assert case.only("aqp4-igg", 10, "2025-11-05").fires(AQP4_UNKNOWN)


def test_aqp4_negative_is_a_warning_with_a_repeat_assay_offered() -> None:
    case = clean().only("aqp4-igg", "negative", "2025-11-05")
    assert case.severity(AQP4_NEGATIVE) == "warning"
    assert ("order", "aqp4-igg") in case.proposals(AQP4_NEGATIVE)


def test_aqp4_unknown_is_a_warning_that_orders_the_test() -> None:
    case = clean().forget("aqp4-igg")
    assert case.severity(AQP4_UNKNOWN) == "warning"
    assert ("order", "aqp4-igg") in case.proposals(AQP4_UNKNOWN)


def test_aqp4_unknown_fires_when_results_could_not_be_fetched() -> None:
    case = clean().without("Observation")
    assert case.fires(AQP4_UNKNOWN)
    assert not case.fires(AQP4_NEGATIVE)


@pytest.mark.parametrize("statement", [AQP4_NEGATIVE, AQP4_UNKNOWN])
def test_correction_39_aqp4_is_repeated_as_information_only_at_later_infusions(statement: str) -> None:
    later = treated("order-select").forget("aqp4-igg")
    if statement == AQP4_NEGATIVE:
        later.result("aqp4-igg", "negative", "2025-11-05")
    assert later.severity(statement) == "info"


@pytest.mark.parametrize("disease", ["multiple-sclerosis", "myasthenia-gravis", "systemic-sclerosis"])
def test_another_b_cell_disease_is_off_label(disease: str) -> None:
    case = clean().forget("nmosd").condition(disease)
    assert of_indication(case) == {OTHER_DISEASE}
    assert case.severity(OTHER_DISEASE) == "warning"


def test_another_b_cell_disease_as_order_reason_is_off_label() -> None:
    case = clean().forget("nmosd").draft(dates=("2026-03-09", "2026-03-23"), reasonCode=MG_REASON)
    assert of_indication(case) == {OTHER_DISEASE}


def test_correction_39_other_disease_is_information_at_later_infusions() -> None:
    case = treated("order-select").forget("nmosd").condition("myasthenia-gravis")
    assert case.severity(OTHER_DISEASE) == "info"


def test_nmosd_beside_another_disease_is_not_off_label() -> None:
    assert not clean().condition("myasthenia-gravis").fires(OTHER_DISEASE)


@pytest.mark.parametrize("aqp4", ["negative", None])
def test_aqp4_is_no_matter_in_another_disease(aqp4: str | None) -> None:
    case = clean().forget("nmosd", "aqp4-igg").condition("myasthenia-gravis")
    if aqp4:
        case.result("aqp4-igg", aqp4, "2025-11-05")
    assert of_indication(case) == {OTHER_DISEASE}


def test_a_resolved_other_disease_is_no_indication() -> None:
    case = clean().forget("nmosd").condition("myasthenia-gravis", clinical="resolved")
    assert of_indication(case) == {NOT_DOCUMENTED}


def test_correction_23_an_order_without_any_diagnosis_is_reported() -> None:
    case = clean().forget("nmosd")
    assert of_indication(case) == {NOT_DOCUMENTED}
    assert case.severity(NOT_DOCUMENTED) == "warning"


@pytest.mark.parametrize("verification", ["refuted", "entered-in-error", "provisional", "differential", "unconfirmed"])
def test_a_refuted_or_suspected_nmosd_documents_nothing(verification: str) -> None:
    assert clean().forget("nmosd").condition("nmosd", verification=verification).fires(NOT_DOCUMENTED)


@pytest.mark.parametrize("clinical", ["active", "recurrence", "relapse", None])
def test_an_active_nmosd_documents_the_indication(clinical: str | None) -> None:
    assert not clean().forget("nmosd").condition("nmosd", clinical=clinical).fires(NOT_DOCUMENTED)


def test_nmosd_as_order_reason_documents_the_indication() -> None:
    case = clean().forget("nmosd").draft(dates=("2026-03-09", "2026-03-23"), reasonCode=NMOSD_REASON)
    assert of_indication(case) == {ON_LABEL}


def test_unfetched_conditions_count_as_no_diagnosis_but_not_as_another_disease() -> None:
    case = clean().without("Condition")
    assert case.fires(NOT_DOCUMENTED)
    assert case.verdict(OTHER_DISEASE) == "unknown"


@pytest.mark.parametrize("statement", [ON_LABEL, AQP4_NEGATIVE, AQP4_UNKNOWN, OTHER_DISEASE, NOT_DOCUMENTED])
def test_the_indication_is_checked_on_order_hooks_only(statement: str) -> None:
    assert clean("order-sign").verdict(statement) is not None
    assert clean("patient-view").verdict(statement) is None


def test_correction_3_safety_checks_do_not_depend_on_a_coded_nmosd() -> None:
    case = clean().forget("nmosd", "hbsag", "igra", "serum-igg").draft(600, ("2026-03-09", "2026-03-23"))
    case.condition("myasthenia-gravis")
    for statement in ("hbv.hbsag-missing", "tb.missing", "ig.quantitative-missing", "dose.adult-300mg"):
        assert case.fires(statement), statement
