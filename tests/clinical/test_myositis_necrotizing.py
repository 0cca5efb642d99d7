"""Immune-mediated necrotizing myopathy."""

import pytest
from myositis_people import ORDERING, Person, expecting, imnm, man, wishing

TAPER, INDUCTION, ALONE, ANTIBODY = "MYO-IMNM-001", "MYO-IMNM-002", "MYO-IMNM-003", "MYO-IMNM-004"


def taking(mg: float | None = 100, steroid: float | None = 30) -> Person:
    """On azathioprine 100 mg and prednisone 30 mg."""
    case = imnm(ORDERING).takes("azathioprine", mg, authored="2025-09-01")
    return case.takes("prednisone", steroid, authored="2025-09-01") if steroid else case


def stable(**more: float) -> Person:
    return taking(steroid=more.pop("steroid", 5)).ill("imnm flare", onset="2023-06-01", clinical="resolved")


def reduced(case: Person, mg: float = 50) -> str | None:
    return case.order("azathioprine", mg).severity(TAPER)


def test_a_lower_dose_on_a_running_steroid_is_a_warning() -> None:
    assert reduced(taking()) == "warning"
    assert reduced(taking(), 100) is None
    assert reduced(taking(), 150) is None


def test_after_two_stable_years_on_a_minimal_steroid_the_taper_may_begin() -> None:
    assert reduced(stable()) is None
    assert reduced(stable(steroid=20)) == "warning"
    recent = taking(steroid=5).ill("imnm flare", onset="2025-06-01", clinical="resolved")
    assert reduced(recent) == "warning"


def test_a_raised_ck_or_steroid_is_not_stable() -> None:
    high = stable().lab("ck", 400, high=190)
    assert reduced(high) == "warning"
    assert reduced(stable().lab("ck", 200, high=190)) is None
    raised = stable(steroid=10).takes(
        "prednisone", 5, start="2025-01-01", end="2025-08-31", status="completed", authored="2025-01-01"
    )
    assert reduced(raised) == "warning"


def test_an_unknown_stability_or_dose_is_an_information() -> None:
    assert reduced(taking(steroid=5)) == "info"
    assert reduced(taking(mg=None)) == "info"


def test_a_first_order_is_no_taper() -> None:
    assert reduced(imnm(ORDERING).takes("prednisone", 30)) is None


def test_only_necrotizing_myopathy_by_name_or_antibody() -> None:
    def of(case: Person) -> str | None:
        return reduced(case.takes("azathioprine", 100).takes("prednisone", 30))

    assert of(man(ORDERING)) is None
    assert of(man(ORDERING).lab("anti-srp", "positive")) == "warning"
    assert of(man(ORDERING).lab("anti-hmgcr", "positive")) == "warning"
    assert of(man(ORDERING).lab("anti-srp", "negative").lab("anti-hmgcr", "negative")) is None


def test_correction_32_the_code_alone_is_not_necrotizing_myopathy() -> None:
    case = man(ORDERING).forget("dm").ill("inflammatory myopathy")
    case.takes("azathioprine", 100).takes("prednisone", 30)
    assert reduced(case) is None


@pytest.mark.parametrize("reason", ["pneumonia", "neutropenia", "liver injury"])
def test_correction_6_infection_cytopenia_and_organ_toxicity_are_reasons_to_reduce(reason: str) -> None:
    assert reduced(taking().ill(reason, onset="2026-02-20")) is None


def test_correction_6_cyclophosphamide_and_a_switch_are_no_early_taper() -> None:
    cyclophosphamide = (
        imnm(ORDERING).takes("cyclophosphamide", 100).takes("prednisone", 30).order("cyclophosphamide", 50)
    )
    assert cyclophosphamide.severity(TAPER) is None
    drafted = taking().order("mycophenolate-mofetil", 1000).order("azathioprine", 50)
    assert drafted.severity(TAPER) is None
    begun = taking().takes("mycophenolate-mofetil", 1000, start="2026-01-20")
    assert reduced(begun) is None
    long_on_both = taking().takes("mycophenolate-mofetil", 1000, start="2025-01-20")
    assert reduced(long_on_both) == "warning"


def test_correction_6_pregnancy_and_its_plan_are_reasons_to_reduce() -> None:
    for case in (expecting(ORDERING), wishing(ORDERING)):
        case.ill("imnm").takes("azathioprine", 100).takes("prednisone", 30)
        assert reduced(case) is None


def test_correction_6_the_text_keeps_the_dose_only_without_a_reason_of_safety() -> None:
    case = taking().order("azathioprine", 50)
    assert "如无安全性原因请维持剂量" in case.findings()[TAPER].statement.say.zh


# Induction


def test_severe_disease_gets_two_treatments_from_the_start() -> None:
    assert imnm(ORDERING).order("prednisone", 60).severity(INDUCTION) == "warning"
    assert imnm(ORDERING).order("prednisone", 20).lab("body-weight", 70).severity(INDUCTION) is None
    for drug in ("methotrexate", "rituximab", "ivig"):
        assert imnm(ORDERING).takes(drug, 10).order("prednisone", 60).severity(INDUCTION) is None
    assert man(ORDERING).order("prednisone", 60).severity(INDUCTION) is None


def test_an_active_malignancy_makes_it_an_information() -> None:
    assert imnm(ORDERING).ill("cancer").order("prednisone", 60).severity(INDUCTION) == "info"


def test_it_takes_the_place_of_the_general_advice_to_combine() -> None:
    case = imnm(ORDERING).order("prednisone", 60)
    assert case.severity("MYO-GC-013") is None


def test_without_a_weight_a_dose_below_60_mg_is_not_judged() -> None:
    case = imnm(ORDERING).order("prednisone", 50)
    assert (case.severity(INDUCTION), case.verdict(INDUCTION)) == (None, "unknown")


# A steroid alone


def test_more_than_60_days_on_a_steroid_alone_is_a_warning() -> None:
    assert imnm().takes("prednisone", 30, start="2025-10-01").severity(ALONE) == "warning"
    assert imnm().takes("prednisone", 30, start="2026-02-01").severity(ALONE) is None
    assert man().takes("prednisone", 30, start="2025-10-01").severity(ALONE) is None


@pytest.mark.parametrize("drug", ["azathioprine", "rituximab", "ivig"])
def test_a_second_treatment_clears_it(drug: str) -> None:
    assert imnm().takes("prednisone", 30).takes(drug, 10, start="2026-01-01").severity(ALONE) is None


def test_an_immunosuppressant_that_was_just_stopped_has_not_left_the_steroid_alone_for_60_days() -> None:
    def stopped(end: str) -> str | None:
        case = imnm().takes("prednisone", 30).takes("azathioprine", 100, end=end, status="stopped")
        return case.severity(ALONE)

    assert stopped("2026-02-20") is None
    assert stopped("2025-12-01") == "warning"


def test_treatment_that_could_not_be_fetched_is_unknown() -> None:
    assert imnm().without("MedicationRequest").verdict(ALONE) == "unknown"


# Rituximab by antibody


def test_rituximab_in_hmgcr_myopathy_is_uncertain() -> None:
    def ordered(case: Person) -> str | None:
        return case.order("rituximab", 1000, route="intravenous").severity(ANTIBODY)

    assert ordered(imnm(ORDERING).lab("anti-hmgcr", "positive")) == "info"
    assert ordered(imnm(ORDERING).lab("anti-hmgcr", "positive").lab("anti-srp", "positive")) is None
    assert ordered(imnm(ORDERING).lab("anti-hmgcr", "negative")) is None


def test_without_the_antibody_nothing_is_said_of_rituximab() -> None:
    case = imnm(ORDERING).order("rituximab", 1000, route="intravenous")
    assert (case.severity(ANTIBODY), case.verdict(ANTIBODY)) == (None, "unknown")
