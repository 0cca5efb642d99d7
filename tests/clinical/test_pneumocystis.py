"""Pneumocystis pneumonia prophylaxis (recommendation 11)."""

import pytest
from building import Case, clean, planned, stopped, treated

CONSIDER = "pcp.multiple-risk-factors.prophylaxis-consider"
METHOTREXATE = "pcp.tmp-smx-methotrexate.interaction"
ALLERGY = "pcp.sulfonamide-allergy.suppress-tmp-smx"
ON = "2026-02-10"
AIDS, AGE, DIABETES, TWO_DRUGS, STEROID = (
    "aids-or-cd4-below-200",
    "age-65-or-over",
    "diabetes",
    "two-or-more-immunosuppressants",
    "glucocorticoid-20-mg-or-more",
)


def steroid(case: Case, mg: float | None, drug: str = "prednisone", per_day: int = 1) -> Case:
    return case.forget("prednisone").medication(drug, mg=mg, per_day=per_day, route="oral", start="2025-11-10")


def diabetic(case: Case | None = None) -> Case:
    return (case or clean()).condition("diabetes-mellitus")


def born(case: Case, birth: str | None) -> Case:
    return case.patient(sex="male", birth=birth)


def intravenous(case: Case) -> Case:
    """A pulse or premedication is no oral steroid."""
    return case.medication("methylprednisolone", mg=1000, per_day=1, route="intravenous", start="2026-02-27")


FACTORS = [
    (lambda c: c, set()),
    (lambda c: c.result("cd4-count", 199, ON, "/uL"), {AIDS}),
    (lambda c: c.result("cd4-count", 200, ON, "/uL"), set()),
    (lambda c: c.result("cd4-count", 0.199, ON, "10*9/L"), {AIDS}),
    (lambda c: c.result("cd4-count", 0.2, ON, "10*9/L"), set()),
    (lambda c: c.condition("hiv-aids"), {AIDS}),
    (lambda c: c.condition("hiv-aids").result("cd4-count", 150, ON, "/uL"), {AIDS}),  # one factor, not two
    (lambda c: born(c, "1961-03-09"), {AGE}),  # 65 at the planned date
    (lambda c: born(c, "1961-03-10"), set()),
    (lambda c: c.medication("azathioprine", mg=100, per_day=1, start="2025-12-01"), {TWO_DRUGS}),
    (lambda c: c.medication("satralizumab", mg=120, start="2025-12-01"), {TWO_DRUGS}),
    (lambda c: c.medication("tofacitinib", mg=5, per_day=2, start="2025-12-01"), {TWO_DRUGS}),
    (lambda c: c.forget("prednisone").medication("azathioprine", mg=100, per_day=1), set()),
    (lambda c: c.medication("azathioprine", mg=100, per_day=1, status="stopped"), set()),
    (lambda c: c.co_order("azathioprine", mg=100, per_day=1), set()),  # not running yet
    (lambda c: c.medication("azathioprine", mg=100, per_day=1, intent="plan"), set()),
    (lambda c: intravenous(c.forget("prednisone").medication("azathioprine", mg=100, per_day=1)), set()),
    (intravenous, set()),
    (lambda c: c.forget("prednisone").co_order("prednisone", mg=40, per_day=1, route="oral"), set()),
    (lambda c: c.medication("rituximab", mg=500, start="2025-12-01"), {TWO_DRUGS}),
    (lambda c: steroid(c, 20), {STEROID}),
    (lambda c: steroid(c, 19.5), set()),
    (lambda c: steroid(c, 10, per_day=2), {STEROID}),
    (lambda c: steroid(c, 16, "methylprednisolone"), {STEROID}),  # x 1.25
    (lambda c: steroid(c, 15.9, "methylprednisolone"), set()),
    (lambda c: steroid(c, 3, "dexamethasone"), {STEROID}),  # x 6.67
    (lambda c: steroid(c, 2.9, "dexamethasone"), set()),
    (lambda c: steroid(c, 80, "hydrocortisone"), {STEROID}),  # x 0.25
    (lambda c: steroid(c, 79, "hydrocortisone"), set()),
    (lambda c: steroid(c, 20, "prednisolone"), {STEROID}),
]


@pytest.mark.parametrize(("make", "factors"), FACTORS)
def test_each_factor_together_with_diabetes(make: object, factors: set[str]) -> None:
    case = make(diabetic())  # type: ignore[operator]
    assert case.fires(CONSIDER) is bool(factors)
    if factors:
        assert set(case.finding(CONSIDER).components) == {DIABETES, *factors}


@pytest.mark.parametrize(("make", "factors"), FACTORS)
def test_one_factor_alone_is_not_several(make: object, factors: set[str]) -> None:
    assert not make(clean()).fires(CONSIDER)  # type: ignore[operator]


def test_a_high_steroid_dose_may_count_twice() -> None:
    case = steroid(clean(), 20).medication("azathioprine", mg=100, per_day=1, start="2025-12-01")
    assert set(case.finding(CONSIDER).components) == {TWO_DRUGS, STEROID}


def test_prophylaxis_is_information_with_a_prescription_and_referrals() -> None:
    case = diabetic(steroid(clean(), 20))
    assert case.severity(CONSIDER) == "info"
    expected = {("prescribe", "tmp-smx"), ("refer", "infectious-disease"), ("refer", "respiratory")}
    assert case.proposals(CONSIDER) == expected


def test_prophylaxis_is_considered_in_every_stage_of_treatment() -> None:
    for case in (planned(), treated(), treated("order-sign")):
        assert diabetic(steroid(case, 20)).fires(CONSIDER)
    assert not diabetic(steroid(stopped(), 20)).fires(CONSIDER)
    assert not diabetic(steroid(clean("patient-view"), 20)).fires(CONSIDER)


def test_running_or_co_ordered_prophylaxis_is_enough() -> None:
    assert not diabetic(steroid(clean(), 20)).medication("tmp-smx", mg=480, per_day=1).fires(CONSIDER)
    assert not diabetic(steroid(clean(), 20)).co_order("tmp-smx", mg=480, per_day=1).fires(CONSIDER)


def test_a_steroid_of_unreadable_dose_is_noted_when_it_may_tip_the_balance() -> None:
    case = diabetic(steroid(clean(), None))
    assert not case.fires(CONSIDER)
    assert CONSIDER in case.not_assessed()
    alone = steroid(clean(), None)
    assert not alone.fires(CONSIDER)
    assert CONSIDER not in alone.not_assessed()


def test_unfetched_conditions_are_noted() -> None:
    case = steroid(clean(), 20).without("Condition")
    assert not case.fires(CONSIDER)
    assert CONSIDER in case.not_assessed()


@pytest.mark.parametrize(
    "obstacle",
    [
        lambda c: c.allergy("sulfonamide antibiotics"),
        lambda c: c.medication("methotrexate", mg=10, start="2025-01-01"),
        lambda c: c.co_order("methotrexate", mg=10),
        lambda c: c.without("AllergyIntolerance"),
    ],
)
def test_correction_20_tmp_smx_is_not_offered_against_an_obstacle(obstacle: object) -> None:
    case = obstacle(diabetic(steroid(clean(), 20)))  # type: ignore[operator]
    assert case.fires(CONSIDER)
    assert ("prescribe", "tmp-smx") not in case.proposals(CONSIDER)


def tmp_smx_order(case: Case) -> Case:
    """Only TMP-SMX is being ordered."""
    return case.at(hook="order-select").no_draft().co_order("tmp-smx", mg=480, per_day=1).select("tmp-smx")


def test_tmp_smx_with_methotrexate_is_an_interaction() -> None:
    case = clean().co_order("tmp-smx", mg=480).medication("methotrexate", mg=10, start="2025-01-01")
    assert case.severity(METHOTREXATE) == "warning"
    assert ("delete_drafts_of", "tmp-smx") in case.proposals(METHOTREXATE)
    assert clean().medication("tmp-smx", mg=480).co_order("methotrexate", mg=10).fires(METHOTREXATE)
    assert clean().co_order("tmp-smx", mg=480).co_order("methotrexate", mg=10).fires(METHOTREXATE)


def test_an_order_of_tmp_smx_alone_brings_the_interaction_up() -> None:
    assert tmp_smx_order(treated().medication("methotrexate", mg=10)).fires(METHOTREXATE)
    assert tmp_smx_order(clean().ordered("2026-03-09").medication("methotrexate", mg=10)).fires(METHOTREXATE)


def test_correction_20_the_interaction_is_no_matter_without_inebilizumab() -> None:
    assert not tmp_smx_order(clean().medication("methotrexate", mg=10)).fires(METHOTREXATE)
    assert not tmp_smx_order(clean().allergy("sulfonamide")).fires(ALLERGY)


def test_an_interaction_that_nobody_is_ordering_now_is_not_repeated() -> None:
    assert not clean().medication("tmp-smx", mg=480).medication("methotrexate", mg=10).fires(METHOTREXATE)


def test_no_methotrexate_no_interaction() -> None:
    assert not clean().co_order("tmp-smx", mg=480).fires(METHOTREXATE)
    stopped_mtx = clean().co_order("tmp-smx", mg=480).medication("methotrexate", mg=10, status="stopped")
    assert not stopped_mtx.fires(METHOTREXATE)


def test_unfetched_medications_leave_the_interaction_noted() -> None:
    case = clean().co_order("tmp-smx", mg=480).without("MedicationRequest")
    assert not case.fires(METHOTREXATE)
    assert METHOTREXATE in case.not_assessed()


def test_a_sulfonamide_allergy_is_critical_when_tmp_smx_is_drafted() -> None:
    case = clean().co_order("tmp-smx", mg=480).allergy("sulfonamide")
    assert case.severity(ALLERGY) == "critical"
    assert ("delete_drafts_of", "tmp-smx") in case.proposals(ALLERGY)
    assert tmp_smx_order(treated().allergy("磺胺类")).severity(ALLERGY) == "critical"


def test_a_sulfonamide_allergy_beside_the_risk_factors_is_a_warning_on_every_hook() -> None:
    for case in (clean(), clean("order-sign"), treated()):
        assert diabetic(steroid(case, 20)).allergy("sulfamethoxazole").severity(ALLERGY) == "warning"


@pytest.mark.parametrize(
    "more", [{"verification": "refuted"}, {"verification": "entered-in-error"}, {"clinical": "resolved"}]
)
def test_an_allergy_that_is_refuted_or_resolved_does_not_count(more: dict[str, str]) -> None:
    assert not clean().co_order("tmp-smx", mg=480).allergy("sulfonamide", **more).fires(ALLERGY)


def test_another_allergy_or_none_is_silent() -> None:
    assert not clean().co_order("tmp-smx", mg=480).allergy("penicillin").fires(ALLERGY)
    assert not clean().co_order("tmp-smx", mg=480).fires(ALLERGY)
    assert not clean().allergy("sulfonamide").fires(ALLERGY)  # nobody wants to give TMP-SMX


def test_unfetched_allergies_are_noted() -> None:
    case = clean().co_order("tmp-smx", mg=480).without("AllergyIntolerance")
    assert not case.fires(ALLERGY)
    assert ALLERGY in case.not_assessed()
