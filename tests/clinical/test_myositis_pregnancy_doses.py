"""Drugs that can be used in pregnancy and breastfeeding, and at which dose (section 7)."""

import pytest
from myositis_people import (
    ORDERING,
    Person,
    breastfeeding,
    expecting,
    man,
    not_pregnant,
    wishing,
    without_disease,
    woman,
)

AZA, AZA_LOW, CSA, HCQ = "MYO-PREG-AZA", "MYO-PREG-AZA-LOW", "MYO-PREG-CSA", "MYO-PREG-HCQ-001"
GAP = "MYO-LACT-GAP"


def of_60_kg(case: Person) -> Person:
    return case.lab("body-weight", 60)


# Azathioprine


@pytest.mark.parametrize(("mg", "expected"), [(100, None), (119, None), (120, "warning"), (150, "warning")])
def test_azathioprine_in_pregnancy_and_its_plan_stays_below_2_mg_per_kg(mg: float, expected: str | None) -> None:
    for case in (expecting(), wishing()):
        assert of_60_kg(case).takes("azathioprine", mg).severity(AZA) == expected
    assert of_60_kg(expecting(ORDERING)).order("azathioprine", mg).severity(AZA) == expected


def test_a_dose_written_per_kilogram_needs_no_weight() -> None:
    assert expecting(ORDERING).order("azathioprine", 2.5, unit="mg/kg").severity(AZA) == "warning"
    assert expecting(ORDERING).order("azathioprine", 1.5, unit="mg/kg").severity(AZA) is None


def test_the_draft_counts_and_not_the_order_it_replaces() -> None:
    case = of_60_kg(expecting(ORDERING)).takes("azathioprine", 150).order("azathioprine", 100)
    assert case.severity(AZA) is None


def test_correction_31_a_missing_weight_or_dose_is_a_warning_in_pregnancy_or_its_plan_alone() -> None:
    for case in (expecting(), wishing()):
        assert case.takes("azathioprine", 100).severity(AZA) == "warning"
        assert ("order", "body-weight") in case.proposals(AZA)
    assert of_60_kg(expecting()).takes("azathioprine", None).severity(AZA) == "warning"
    assert not_pregnant(woman()).takes("azathioprine", 100).severity(AZA) is None
    assert woman().takes("azathioprine", 100).severity(AZA) is None


def test_correction_31_an_unknown_pregnancy_at_2_mg_per_kg_or_more_is_an_information() -> None:
    assert of_60_kg(woman()).takes("azathioprine", 120).severity(AZA) == "info"
    assert of_60_kg(woman()).takes("azathioprine", 119).severity(AZA) is None
    assert of_60_kg(man()).takes("azathioprine", 150).severity(AZA) is None
    assert of_60_kg(not_pregnant(woman())).takes("azathioprine", 150).severity(AZA) is None


def test_a_low_dose_is_called_acceptable_in_pregnancy() -> None:
    assert of_60_kg(expecting()).takes("azathioprine", 100).severity(AZA_LOW) == "info"
    assert of_60_kg(expecting()).takes("azathioprine", 120).severity(AZA_LOW) is None
    assert expecting().takes("azathioprine", 100).verdict(AZA_LOW) == "unknown"
    assert of_60_kg(woman()).takes("azathioprine", 100).severity(AZA_LOW) is None


# Ciclosporin


@pytest.mark.parametrize(("mg", "expected"), [(60, "info"), (240, "info"), (360, "info"), (361, "warning")])
def test_ciclosporin_in_pregnancy_reaches_to_6_mg_per_kg(mg: float, expected: str) -> None:
    assert of_60_kg(expecting()).takes("ciclosporin", mg).severity(CSA) == expected
    assert of_60_kg(wishing(ORDERING)).order("ciclosporin", mg).severity(CSA) == expected


def test_without_a_weight_the_range_of_ciclosporin_is_an_information() -> None:
    case = expecting().takes("ciclosporin", 400)
    assert case.severity(CSA) == "info"
    assert ("order", "body-weight") in case.proposals(CSA)


def test_without_pregnancy_or_plan_nothing_is_said_of_ciclosporin() -> None:
    assert of_60_kg(woman()).takes("ciclosporin", 400).severity(CSA) is None
    assert expecting().severity(CSA) is None


# Hydroxychloroquine and steroids, in myositis


@pytest.mark.parametrize(("mg", "expected"), [(100, None), (200, "info"), (400, "info"), (500, "warning")])
def test_hydroxychloroquine_reaches_to_400_mg(mg: float, expected: str | None) -> None:
    for case in (expecting(), wishing(), breastfeeding()):
        assert case.takes("hydroxychloroquine", mg).severity(HCQ) == expected
    assert expecting(ORDERING).order("hydroxychloroquine", mg).severity(HCQ) == expected


def test_without_a_dose_or_a_pregnancy_nothing_is_said_of_hydroxychloroquine() -> None:
    assert expecting().takes("hydroxychloroquine", None).verdict(HCQ) == "unknown"
    assert woman().takes("hydroxychloroquine", 500).severity(HCQ) is None


def test_prednisone_and_methylprednisolone_are_relatively_safe_and_fluorinated_steroids_not_covered() -> None:
    plain, fluorinated = "MYO-PREG-GC", "MYO-PREG-GC-FLUORINATED"
    for case in (expecting(), breastfeeding()):
        assert case.takes("prednisone", 10).severity(plain) == "info"
        assert case.severity(fluorinated) is None
        assert case.takes("dexamethasone", 4).severity(fluorinated) == "info"
    assert expecting(ORDERING).order("betamethasone", 6).severity(fluorinated) == "info"
    assert expecting(ORDERING).order("methylprednisolone", 16).severity(plain) == "info"
    assert woman().takes("prednisone", 10).severity(plain) is None
    assert woman().takes("dexamethasone", 4).severity(fluorinated) is None


@pytest.mark.parametrize("statement", ["MYO-PREG-GC", "MYO-PREG-GC-FLUORINATED", GAP])
def test_drugs_that_could_not_be_fetched_are_not_called_absent(statement: str) -> None:
    assert breastfeeding().without("MedicationRequest").verdict(statement) == "unknown"


# Relatively safe


@pytest.mark.parametrize(
    ("drug", "statement", "people"),
    [
        ("tacrolimus", "MYO-PREG-TAC", (expecting, breastfeeding, wishing)),
        ("azathioprine", "MYO-LACT-AZA", (breastfeeding,)),
        ("ciclosporin", "MYO-LACT-CSA", (breastfeeding,)),
    ],
)
def test_what_is_relatively_safe_is_said_about_everyone_on_the_drug(
    drug: str, statement: str, people: tuple[object, ...]
) -> None:
    for person in people:
        assert without_disease(person()).takes(drug, 2).severity(statement) == "info"  # type: ignore[operator]
        assert person(ORDERING).order(drug, 2).severity(statement) == "info"  # type: ignore[operator]
        assert person().severity(statement) is None  # type: ignore[operator]
    assert not_pregnant(woman()).takes(drug, 2).severity(statement) is None


def test_correction_39_very_little_ciclosporin_passes_into_milk() -> None:
    found = breastfeeding().takes("ciclosporin", 100).findings()["MYO-LACT-CSA"]
    assert found.statement.say.zh == "环孢素乳汁分泌极少，对婴儿免疫系统无明显影响。"


def test_ivig_in_pregnancy_or_breastfeeding_is_acceptable_in_theory() -> None:
    for case in (expecting(ORDERING), breastfeeding(ORDERING)):
        assert case.order("ivig", 30000, route="intravenous").severity("MYO-PREG-IVIG") == "info"
    assert woman(ORDERING).order("ivig", 30000, route="intravenous").severity("MYO-PREG-IVIG") is None


# What the source is silent about


@pytest.mark.parametrize("drug", ["methotrexate", "cyclophosphamide", "mycophenolate-mofetil", "tofacitinib"])
def test_correction_39_breastfeeding_on_drugs_the_source_is_silent_about(drug: str) -> None:
    assert breastfeeding().takes(drug, 5, start="2026-02-20").severity(GAP) == "info"
    assert breastfeeding(ORDERING).order(drug, 5).severity(GAP) == "info"
    assert not_pregnant(woman()).takes(drug, 5).severity(GAP) is None
    assert without_disease(breastfeeding()).takes(drug, 5).severity(GAP) is None


def test_rituximab_counts_for_180_days_in_breastfeeding() -> None:
    assert breastfeeding().was_given("rituximab", "2025-10-01", mg=1000).severity(GAP) == "info"
    assert breastfeeding().was_given("rituximab", "2025-08-01", mg=1000).severity(GAP) is None
    assert breastfeeding(ORDERING).order("rituximab", 1000, route="intravenous").severity(GAP) == "info"
    assert breastfeeding().takes("tacrolimus", 2).severity(GAP) is None


def test_an_answer_older_than_90_days_is_no_breastfeeding() -> None:
    case = not_pregnant(woman()).lab("lactation-status", "breastfeeding", "2025-11-01").takes("azathioprine", 50)
    assert case.severity("MYO-LACT-AZA") is None
    assert case.verdict("MYO-LACT-AZA") == "unknown"
