"""Skin of dermatomyositis, hydroxychloroquine and calcinosis."""

import pytest
from myositis_people import ORDERING, Person, breastfeeding, expecting, imnm, man, not_pregnant, wishing, woman

NO_ILD = "No interstitial lung disease."


# Hydroxychloroquine


@pytest.mark.parametrize("hook", ["patient-view", "order-select", "order-sign"])
def test_hydroxychloroquine_needs_an_eye_examination_a_year(hook: str) -> None:
    case = (
        man(hook).takes("hydroxychloroquine", 200)
        if hook == "patient-view"
        else man(hook).order("hydroxychloroquine", 200)
    )
    assert case.severity("MYO-HCQ-001") == "warning"
    assert case.proposals("MYO-HCQ-001") == {("order", "eye-examination")}
    assert case.had("eye examination", "2025-06-01").severity("MYO-HCQ-001") is None


def test_without_the_drug_or_dermatomyositis_no_eye_examination_is_asked_for() -> None:
    assert man().severity("MYO-HCQ-001") is None
    assert imnm().takes("hydroxychloroquine", 200).severity("MYO-HCQ-001") is None


def test_eye_examinations_that_could_not_be_fetched_are_an_information() -> None:
    case = man().takes("hydroxychloroquine", 200).without("Procedure", "DiagnosticReport")
    assert case.severity("MYO-HCQ-001") == "info"


def rash_on_drug(onset: str | None, start: str = "2026-01-15") -> Person:
    return man().takes("hydroxychloroquine", 200, start=start).ill("rash", onset=onset)


def test_a_new_rash_on_a_new_drug_may_be_a_drug_rash() -> None:
    assert rash_on_drug("2026-02-10").severity("MYO-HCQ-002") == "info"
    assert rash_on_drug("2026-01-10").severity("MYO-HCQ-002") is None
    assert rash_on_drug("2025-06-10", start="2025-06-01").severity("MYO-HCQ-002") is None


def test_a_rash_without_a_date_cannot_be_told_from_the_disease() -> None:
    assert rash_on_drug(None).severity("MYO-HCQ-002") is None
    assert rash_on_drug(None).verdict("MYO-HCQ-002") == "unknown"


def long_on_drug() -> Person:
    return man().takes("hydroxychloroquine", 200, start="2025-01-01")


def test_rising_ck_or_new_weakness_on_long_hydroxychloroquine_may_be_its_myopathy() -> None:
    assert long_on_drug().lab("ck", 100, "2026-01-10").lab("ck", 180, "2026-02-20").severity("MYO-HCQ-003") == "info"
    assert long_on_drug().ill("weakness", onset="2026-02-01").severity("MYO-HCQ-003") == "info"
    steady = long_on_drug().lab("ck", 100, "2026-01-10").lab("ck", 101, "2026-02-20")
    assert steady.severity("MYO-HCQ-003") is None
    short = man().takes("hydroxychloroquine", 200, start="2026-01-01").ill("weakness", onset="2026-02-01")
    assert short.severity("MYO-HCQ-003") is None


def test_without_ck_the_myopathy_cannot_be_judged() -> None:
    assert long_on_drug().severity("MYO-HCQ-003") is None
    assert long_on_drug().verdict("MYO-HCQ-003") == "unknown"


# Azathioprine for the skin


def skin(case: Person) -> Person:
    return case.order("azathioprine", 100, reason="rash")


def test_azathioprine_for_the_skin_is_questioned() -> None:
    assert skin(man(ORDERING)).severity("MYO-SKIN-001") == "info"
    assert man(ORDERING).order("azathioprine", 100).severity("MYO-SKIN-001") is None
    assert man(ORDERING).order("azathioprine", 100, reason="weakness").severity("MYO-SKIN-001") is None
    assert skin(imnm(ORDERING)).severity("MYO-SKIN-001") is None


def test_without_a_stated_target_rash_and_amyopathic_disease_say_so() -> None:
    case = man(ORDERING).ill("amyopathic dm").ill("rash", onset="2025-05-01").order("azathioprine", 100)
    assert case.severity("MYO-SKIN-001") == "info"
    assert man(ORDERING).ill("rash").order("azathioprine", 100).severity("MYO-SKIN-001") is None


def test_correction_20_not_in_pregnancy_its_plan_or_breastfeeding_where_azathioprine_is_right() -> None:
    assert skin(not_pregnant(woman(ORDERING))).severity("MYO-SKIN-001") == "info"
    for case in (expecting(ORDERING), wishing(ORDERING), breastfeeding(ORDERING)):
        assert skin(case).severity("MYO-SKIN-001") is None


def test_correction_20_methotrexate_only_without_lung_disease_or_its_antibodies_and_with_pregnancy_excluded() -> None:
    def proposed(case: Person) -> set[str]:
        return {concept for _, concept in skin(case).proposals("MYO-SKIN-001")}

    def clear(case: Person) -> Person:
        return case.report("hrct", "2026-01-20", NO_ILD)

    every = {"tacrolimus", "mycophenolate-mofetil", "methotrexate"}
    assert proposed(clear(man(ORDERING))) == every
    assert proposed(man(ORDERING)) == every - {"methotrexate"}  # nobody has looked at the lung
    assert proposed(clear(man(ORDERING)).lab("anti-mda5", "positive")) == every - {"methotrexate"}
    assert proposed(clear(man(ORDERING)).lab("anti-jo-1", "positive")) == every - {"methotrexate"}
    assert proposed(clear(woman(ORDERING))) == {"tacrolimus"}  # nobody knows whether she is pregnant
    assert proposed(clear(not_pregnant(woman(ORDERING)))) == every


def test_correction_20_the_wording() -> None:
    found = skin(man(ORDERING)).findings()["MYO-SKIN-001"]
    assert (
        found.statement.say.zh
        == "硫唑嘌呤对皮肌炎皮损效果可能不理想；可考虑MMF或CNI，无ILD（及其高危）且排除妊娠者可选MTX。"
    )


# Advanced drugs for the skin


@pytest.mark.parametrize("drug", ["ivig", "rituximab", "tofacitinib"])
def test_mild_skin_disease_gets_topical_treatment_first(drug: str) -> None:
    def ordered(case: Person) -> str | None:
        return case.order(drug, 1000, route="intravenous").severity("MYO-SKIN-002")

    assert ordered(man(ORDERING).ill("Mild rash")) == "info"
    assert ordered(man(ORDERING).ill("rash", severity="mild")) == "info"
    assert ordered(man(ORDERING).ill("rash")) is None
    assert ordered(man(ORDERING).ill("Mild rash").takes("tacrolimus ointment")) is None


def test_a_muscle_or_lung_target_is_no_skin_disease() -> None:
    case = man(ORDERING).ill("Mild rash").order("tofacitinib", 5, reason="weakness")
    assert case.severity("MYO-SKIN-002") is None


def test_topical_treatment_that_could_not_be_fetched_is_not_called_missing() -> None:
    case = man(ORDERING).ill("Mild rash").without("MedicationRequest").order("tofacitinib", 5)
    assert case.severity("MYO-SKIN-002") is None
    assert case.verdict("MYO-SKIN-002") == "unknown"


def test_correction_38_the_wording_is_mild_or_limited() -> None:
    found = man(ORDERING).ill("Mild rash").order("tofacitinib", 5).findings()["MYO-SKIN-002"]
    assert found.statement.say.zh.startswith("皮损较轻或局限者")


def test_ivig_without_a_reason_asks_for_the_indication() -> None:
    assert man(ORDERING).order("ivig", 30000, route="intravenous").severity("MYO-SKIN-003") == "info"
    assert man(ORDERING).order("ivig", 30000, route="intravenous", reason="rash").severity("MYO-SKIN-003") is None
    assert imnm(ORDERING).order("ivig", 30000, route="intravenous").severity("MYO-SKIN-003") is None


def for_skin(*earlier: str) -> Person:
    case = man(ORDERING)
    for drug in earlier:
        case.takes(drug, 5, start="2025-03-01", end="2025-09-01", status="completed")
    return case.order("rituximab", 1000, route="intravenous", reason="rash")


def test_rituximab_for_the_skin_comes_after_steroid_immunosuppressant_and_ivig() -> None:
    assert for_skin().severity("MYO-SKIN-004") == "info"
    assert for_skin("prednisone", "methotrexate").severity("MYO-SKIN-004") == "info"
    assert for_skin("prednisone", "methotrexate", "ivig").severity("MYO-SKIN-004") is None
    muscle = man(ORDERING).order("rituximab", 1000, route="intravenous", reason="weakness")
    assert muscle.severity("MYO-SKIN-004") is None


def test_earlier_treatment_that_could_not_be_fetched_is_not_called_missing() -> None:
    case = man(ORDERING).without("MedicationRequest")
    case.order("rituximab", 1000, route="intravenous", reason="rash")
    assert case.verdict("MYO-SKIN-004") == "unknown"


# Calcinosis


def test_calcinosis_without_treatment_lists_the_options() -> None:
    assert man().ill("calcinosis").severity("MYO-CALC-001") == "info"
    assert man().severity("MYO-CALC-001") is None
    assert man().ill("calcinosis").takes("diltiazem", 60).severity("MYO-CALC-001") is None
    assert man().ill("calcinosis").takes("tofacitinib", 5).severity("MYO-CALC-001") is None


def test_calcinosis_treatment_that_could_not_be_fetched_is_not_called_missing() -> None:
    case = man().ill("calcinosis").without("MedicationRequest")
    assert (case.severity("MYO-CALC-001"), case.verdict("MYO-CALC-001")) == (None, "unknown")


def test_nxp2_announces_calcinosis() -> None:
    case = man().lab("anti-nxp2", "positive")
    assert case.severity("MYO-CALC-002") == "info"
    assert case.ill("calcinosis").severity("MYO-CALC-002") is None
    assert man().lab("anti-nxp2", "negative").severity("MYO-CALC-002") is None
    assert man().verdict("MYO-CALC-002") == "unknown"


def test_correction_38_no_percentage_of_the_whole_disease_is_shown_for_nxp2() -> None:
    say = man().lab("anti-nxp2", "positive").findings()["MYO-CALC-002"].statement.say
    assert say.zh == "抗NXP2阳性肌炎易发皮下钙化，宜早期强化控制病情。"
    assert "%" not in say.en + say.zh


def child() -> Person:
    return Person().patient(sex="female", birth="2014-05-01").ill("jdm", onset="2025-05-01")


def test_active_juvenile_disease_is_not_to_be_tapered_early() -> None:
    assert child().ill("flare", onset="2026-02-01").severity("MYO-CALC-003") == "info"
    assert child().severity("MYO-CALC-003") is None
    assert child().ill("flare", onset="2026-02-01").ill("calcinosis").severity("MYO-CALC-003") is None
    assert man().ill("flare", onset="2026-02-01").severity("MYO-CALC-003") is None


def test_dermatomyositis_under_18_is_juvenile() -> None:
    case = Person().patient(sex="male", birth="2010-05-01").ill("dm", onset="2025-05-01")
    assert case.ill("flare", onset="2026-02-01").severity("MYO-CALC-003") == "info"


def test_activity_that_could_not_be_fetched_is_unknown() -> None:
    assert child().without("Condition").verdict("MYO-CALC-003") == "unknown"


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_excision_of_calcinosis_names_its_risks(hook: str) -> None:
    assert man(hook).order_act("calcinosis excision").severity("MYO-CALC-004") == "info"
    assert man(hook).order_act("muscle mri").severity("MYO-CALC-004") is None
