"""Antibodies against B cells in lupus: for whom an order is meant, and what it says."""

import fhir_records as fhir
import pytest
from fhir_records import Json
from lupus_cases import Case, adult, medicine, sle

RITUXIMAB = "rituximab.sle.missed-primary-endpoint"
ALLERGY = "rituximab.sle.hypersensitivity"
OCRELIZUMAB = "ocrelizumab.sle.terminated"
NEPHRITIS = "obinutuzumab.lupus-nephritis"
NON_RENAL = "obinutuzumab.sle-non-renal"

# drug, its statement, its severity, another labelled disease of the drug
FOR_SLE = [
    ("rituximab", RITUXIMAB, "warning", "lymphoma"),
    ("rituximab", RITUXIMAB, "warning", "cll"),
    ("rituximab", RITUXIMAB, "warning", "ra"),
    ("rituximab", RITUXIMAB, "warning", "Neuromyelitis optica"),
    ("rituximab", RITUXIMAB, "warning", "Granulomatosis with polyangiitis"),
    ("rituximab", RITUXIMAB, "warning", "Microscopic polyangiitis"),
    ("rituximab", RITUXIMAB, "warning", "Pemphigus vulgaris"),
    ("ocrelizumab", OCRELIZUMAB, "critical", "ms"),
    ("obinutuzumab", NON_RENAL, "warning", "cll"),
    ("obinutuzumab", NON_RENAL, "warning", "Follicular lymphoma"),
    ("secukinumab", "secukinumab.sle.no-sle-evidence", "warning", "psoriasis"),
    ("secukinumab", "secukinumab.sle.no-sle-evidence", "warning", "psoriatic arthritis"),
    ("secukinumab", "secukinumab.sle.no-sle-evidence", "warning", "Ankylosing spondylitis"),
    ("secukinumab", "secukinumab.sle.no-sle-evidence", "warning", "Hidradenitis suppurativa"),
    ("ustekinumab", "ustekinumab.sle.no-sle-evidence", "warning", "crohn"),
    ("ustekinumab", "ustekinumab.sle.no-sle-evidence", "warning", "psoriasis"),
    ("ustekinumab", "ustekinumab.sle.no-sle-evidence", "warning", "Ulcerative colitis"),
    ("ustekinumab", "ustekinumab.sle.no-sle-evidence", "warning", "psoriatic arthritis"),
    ("epratuzumab", "epratuzumab.sle.missed-primary-endpoint", "warning", None),
    ("obexelimab", "obexelimab.sle.missed-primary-endpoint", "warning", None),
]
every_drug = pytest.mark.parametrize(("drug", "statement", "severity", "other"), FOR_SLE)


@every_drug
def test_correction_26_lupus_as_the_reason_is_enough_whatever_else_the_patient_has(
    drug: str, statement: str, severity: str, other: str | None
) -> None:
    case = adult().ill(*([other] if other else [])).order(drug, reason="sle")
    assert case.severity(statement) == severity


@every_drug
def test_correction_26_without_a_reason_the_record_decides(
    drug: str, statement: str, severity: str, other: str | None
) -> None:
    assert sle().order(drug).severity(statement) == severity
    if other:
        assert not sle().ill(other).order(drug).fires(statement)
        assert sle().ill(other, clinical="resolved").order(drug).fires(statement)


@every_drug
def test_correction_26_another_reason_is_another_indication(
    drug: str, statement: str, severity: str, other: str | None
) -> None:
    del severity
    assert not sle().order(drug, reason=other or "Immune thrombocytopenia").fires(statement)


@every_drug
def test_without_lupus_nothing_is_said(drug: str, statement: str, severity: str, other: str | None) -> None:
    del severity, other
    assert not adult().order(drug).fires(statement)
    assert not adult().without("Condition").order(drug).fires(statement)


def test_correction_26_the_order_of_ocrelizumab_is_not_offered_for_removal() -> None:
    assert not sle().order("ocrelizumab").finding(OCRELIZUMAB).proposals


# Rituximab


def allergic(to: str = "rituximab", **more: str) -> Case:
    return adult().allergic(to, **more).order("rituximab")


@pytest.mark.parametrize("to", ["rituximab", "Murine protein", "鼠源蛋白"])
def test_correction_25_an_allergy_is_a_warning(to: str) -> None:
    case = allergic(to)
    assert case.severity(ALLERGY) == "warning"
    assert not case.proposals(ALLERGY)


@pytest.mark.parametrize(
    "more",
    [
        {"criticality": "high"},
        {"severity": "severe"},
        {"manifestation": "Anaphylaxis"},
        {"manifestation": "过敏性休克"},
    ],
)
def test_correction_25_a_severe_one_is_critical(more: dict[str, str]) -> None:
    case = allergic(**more)
    assert case.severity(ALLERGY) == "critical"
    assert not case.proposals(ALLERGY)


@pytest.mark.parametrize("more", [{"severity": "mild"}, {"criticality": "low"}, {"manifestation": "Rash"}])
def test_correction_25_a_mild_one_is_not(more: dict[str, str]) -> None:
    assert allergic(**more).severity(ALLERGY) == "warning"


@pytest.mark.parametrize(
    "more", [{"verification": "refuted"}, {"verification": "entered-in-error"}, {"clinical": "resolved"}]
)
def test_correction_25_refuted_and_erroneous_allergies_are_ignored(more: dict[str, str]) -> None:
    assert not allergic(**more, criticality="high").fires(ALLERGY)


def reacted(seriousness: str) -> Json:
    return fhir.adverse_event(medicine("rituximab"), "2025-09-01", seriousness=seriousness)


def test_an_infusion_reaction_that_is_an_event_is_no_allergy() -> None:
    assert not adult().resource(reacted("serious")).order("rituximab").fires(ALLERGY)


def test_correction_25_a_severe_event_beside_an_allergy_makes_it_critical() -> None:
    case = adult().allergic("rituximab").resource(reacted("Serious")).order("rituximab")
    assert case.severity(ALLERGY) == "critical"


def test_correction_25_a_severe_allergy_that_is_resolved_does_not() -> None:
    case = adult().allergic("rituximab").allergic("Murine protein", clinical="resolved", criticality="high")
    assert case.order("rituximab").severity(ALLERGY) == "warning"


def test_an_allergy_to_something_else_is_none() -> None:
    assert not allergic("amoxicillin").fires(ALLERGY)
    case = adult().without("AllergyIntolerance").order("rituximab")
    assert not case.fires(ALLERGY)
    assert f"{ALLERGY}.caution" in case.not_assessed()


# Obinutuzumab


@pytest.mark.parametrize(
    ("region", "birth", "severity"),
    [
        ("cn", "1985-06-15", "warning"),
        ("eu", "1985-06-15", "warning"),
        ("us", "1985-06-15", "info"),
        ("us", "2012-06-15", "warning"),
        ("us", None, "warning"),
    ],
)
def test_in_lupus_nephritis_it_is_approved_for_adults_in_the_us(region: str, birth: str | None, severity: str) -> None:
    case = adult(region=region).patient(birth=birth).ill("lupus nephritis").order("obinutuzumab")
    assert case.severity(NEPHRITIS) == severity
    assert not case.fires(NON_RENAL)


def test_nephritis_may_be_the_reason_of_the_order() -> None:
    assert adult().order("obinutuzumab", reason="lupus nephritis").fires(NEPHRITIS)
    assert not sle().order("obinutuzumab").fires(NEPHRITIS)
    assert not adult().order("obinutuzumab").fires(NEPHRITIS)
