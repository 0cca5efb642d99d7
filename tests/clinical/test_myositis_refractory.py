"""Myositis called refractory, and other targeted drugs."""

import pytest
from myositis_people import ORDERING, WEEKLY, Person, man

CRITERIA, RECHECK, NORMAL_CK, TARGETED = "MYO-REF-001", "MYO-REF-002", "MYO-REF-003", "MYO-BIO-001"
DONE = {"status": "completed", "end": "2025-12-31"}


def refractory(case: Person, drug: str = "rituximab", reason: str = "Refractory dermatomyositis") -> Person:
    return case.order(drug, 1000, route="intravenous", reason=reason)


def full_dose(days: int = 60) -> Person:
    """A man of 60 kg who took prednisone 60 mg from 2025-09-01, for 60 days unless said otherwise."""
    ends = {60: "2025-10-30", 42: "2025-10-12", 41: "2025-10-11"}
    case = man(ORDERING).lab("body-weight", 60)
    return case.takes("prednisone", 60, start="2025-09-01", end=ends[days], status="completed")


def two_drugs(case: Person) -> Person:
    case.takes("methotrexate", 15, repeat=WEEKLY, start="2025-09-01", **DONE)
    return case.takes("mycophenolate-mofetil", 1000, per_day=2, start="2025-09-01", **DONE)


def unimproved(case: Person) -> Person:
    return case.lab("imacs", "no improvement")


# Criteria (001)


@pytest.mark.parametrize("drug", ["rituximab", "ivig", "tofacitinib", "abatacept", "cyclophosphamide"])
def test_criteria_that_the_record_does_not_show_are_asked_for(drug: str) -> None:
    case = man(ORDERING).lab("body-weight", 60)
    assert refractory(case, drug).severity(CRITERIA) == "info"


def test_adequate_steroid_two_drugs_and_no_improvement_are_refractory_disease() -> None:
    assert refractory(unimproved(two_drugs(full_dose()))).severity(CRITERIA) is None
    assert (
        refractory(unimproved(full_dose()).takes("ivig", 30000, start="2025-10-01", **DONE)).severity(CRITERIA) is None
    )


def test_too_short_a_steroid_one_drug_or_an_improvement_is_not() -> None:
    assert refractory(unimproved(two_drugs(full_dose(41)))).severity(CRITERIA) == "info"
    one = full_dose().takes("methotrexate", 15, repeat=WEEKLY, start="2025-09-01", **DONE)
    assert refractory(unimproved(one)).severity(CRITERIA) == "info"
    improved = two_drugs(full_dose()).lab("imacs", "minimal improvement")
    assert refractory(improved).severity(CRITERIA) == "info"


def test_an_improvement_that_is_not_recorded_either_way_leaves_it_open() -> None:
    case = refractory(two_drugs(full_dose()))
    assert case.severity(CRITERIA) == "info"
    found = case.explanation(CRITERIA)
    assert found is not None
    assert found.why == "what would decide it is not known"


def test_only_an_order_that_says_refractory_is_asked() -> None:
    case = man(ORDERING).lab("body-weight", 60)
    assert refractory(case, reason="dm").severity(CRITERIA) is None
    assert man(ORDERING).order("rituximab", 1000, route="intravenous").severity(CRITERIA) is None
    noted = man(ORDERING).order("rituximab", 1000, route="intravenous", reason="难治性皮肌炎")
    assert noted.severity(CRITERIA) == "info"


def test_correction_23_documented_refractory_disease_justifies_cyclophosphamide_and_its_lack_does_not() -> None:
    def ordered(case: Person) -> str | None:
        case.report("hrct", "2025-12-20", "No interstitial lung disease.")
        return case.order("cyclophosphamide", 800, route="intravenous").severity("MYO-CTX-001")

    assert ordered(unimproved(two_drugs(full_dose()))) is None
    assert ordered(unimproved(two_drugs(full_dose(41)))) == "warning"


# Looking again (002)


def test_ck_and_imaging_are_looked_at_again_first() -> None:
    case = refractory(man(ORDERING))
    assert case.severity(RECHECK) == "warning"
    assert case.proposals(RECHECK) == {("order", "ck"), ("order", "muscle-mri")}


def test_one_of_them_missing_is_an_information_and_only_that_is_ordered() -> None:
    case = refractory(man(ORDERING).lab("ck", 900, "2026-02-20"))
    assert case.severity(RECHECK) == "info"
    assert case.proposals(RECHECK) == {("order", "muscle-mri")}
    imaged = refractory(man(ORDERING).report("muscle mri", "2026-01-20"))
    assert imaged.proposals(RECHECK) == {("order", "ck")}


@pytest.mark.parametrize("image", ["muscle mri", "emg"])
def test_both_present_clear_it(image: str) -> None:
    case = man(ORDERING).lab("ck", 900, "2026-02-20").report(image, "2026-01-20")
    assert refractory(case).severity(RECHECK) is None


def test_examinations_that_could_not_be_fetched_are_asked_for() -> None:
    case = man(ORDERING).without("Observation", "DiagnosticReport", "Procedure", "ImagingStudy")
    assert refractory(case).severity(RECHECK) == "info"


# A normal CK on long steroid (003)


def weak(ck: float = 100, start: str = "2025-09-01", mg: float = 20) -> Person:
    return man(ORDERING).lab("ck", ck, high=190).takes("prednisone", mg, start=start)


def test_a_normal_ck_on_long_steroid_may_be_steroid_myopathy() -> None:
    case = refractory(weak())
    assert case.severity(NORMAL_CK) == "warning"
    assert case.proposals(NORMAL_CK) == {("order", "electromyography"), ("order", "muscle-mri")}


def test_a_raised_ck_a_short_or_a_small_steroid_is_another_matter() -> None:
    assert refractory(weak(ck=800)).severity(NORMAL_CK) is None
    assert refractory(weak(start="2026-01-15")).severity(NORMAL_CK) is None
    assert refractory(weak(mg=10)).severity(NORMAL_CK) is None
    assert weak().order("rituximab", 1000, route="intravenous").severity(NORMAL_CK) is None


def test_without_ck_or_its_range_nothing_is_said() -> None:
    unmeasured = refractory(man(ORDERING).takes("prednisone", 20))
    assert (unmeasured.severity(NORMAL_CK), unmeasured.verdict(NORMAL_CK)) == (None, "unknown")
    assert refractory(man(ORDERING).lab("ck", 100).takes("prednisone", 20)).severity(NORMAL_CK) is None


def test_correction_22_not_in_skin_disease_rapidly_progressive_ild_or_for_lung_or_skin() -> None:
    assert refractory(weak().ill("amyopathic dm")).severity(NORMAL_CK) is None
    assert refractory(weak().ill("rp-ild", onset="2026-02-10")).severity(NORMAL_CK) is None
    for organ in ("refractory rash", "refractory interstitial lung disease"):
        assert refractory(weak(), reason=organ).severity(NORMAL_CK) is None


def test_correction_22_the_taper_waits_until_active_disease_is_excluded() -> None:
    say = refractory(weak()).findings()[NORMAL_CK].statement.say
    assert "排除活动性疾病后方考虑减激素" in say.zh
    assert "only after active disease is excluded" in " ".join(say.en.split())


# Other targeted drugs


@pytest.mark.parametrize("drug", ["abatacept", "anakinra", "tocilizumab", "infliximab", "sifalimumab"])
def test_other_targeted_drugs_have_an_uncertain_effect(drug: str) -> None:
    assert man(ORDERING).order(drug, 100, reason="dm").severity(TARGETED) == "info"


def test_another_disease_is_another_matter() -> None:
    assert man(ORDERING).order("tocilizumab", 100, reason="ra").severity(TARGETED) is None
    assert man(ORDERING).ill("ra").order("tocilizumab", 100).severity(TARGETED) is None
    assert man(ORDERING).ill("ra").order("tocilizumab", 100, reason="dm").severity(TARGETED) == "info"
    assert man(ORDERING).order("rituximab", 1000, route="intravenous").verdict(TARGETED) is None


def test_an_indication_that_is_not_stated_is_asked_for() -> None:
    case = man(ORDERING).order("tocilizumab", 100)
    assert case.severity(TARGETED) == "info"
    found = case.explanation(TARGETED)
    assert found is not None
    assert found.why == "what would decide it is not known"
