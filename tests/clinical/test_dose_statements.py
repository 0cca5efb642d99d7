"""Every statement about doses: a case in which it fires, one in which it is silent, one with its data unknown."""

import pytest
from dose_building import OWN, TODAY, DoseCase, adult, by, child, every, knowledge, mg, on, once, words

ADALIMUMAB = ("adalimumab", "plaque-psoriasis")
INFLIXIMAB = ("infliximab", "plaque-psoriasis")
DUPILUMAB = ("dupilumab", "atopic-dermatitis")
MEDICATIONS = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")
FORTNIGHTLY = (mg(40), every(2, "wk"))


def course(second: str) -> DoseCase:
    return adult("rituximab", "bullous-pemphigoid").order(mg(1000), on("2026-03-02", second))


FIRES = {
    "IND-001": (adult("adalimumab", "hypertension").order(*FORTNIGHTLY), "info"),
    "IND-002": (adult(*DUPILUMAB).has("prurigo-nodularis").order(mg(300), every(2, "wk")), "info"),
    "AGE-001": (child(*ADALIMUMAB, 12, 40).order(*FORTNIGHTLY), "warning"),
    "REG-001": (adult("dupilumab", "bullous-pemphigoid").order(mg(600), once()), "info"),
    "GRADE-001": (adult(*ADALIMUMAB).order(*FORTNIGHTLY), "info"),
    "WT-001": (adult(*INFLIXIMAB, kilograms=None).order(mg(350), once()), "warning"),
    "WT-002": (adult(*INFLIXIMAB).weighs(70, "2025-03-01").order(mg(350), once()), "warning"),
    "WT-003": (adult("ustekinumab", "plaque-psoriasis", 96).treated().order(mg(45), every(12, "wk")), "info"),
    "WT-004": (child(*DUPILUMAB, 7, 10).order(mg(300), every(4, "wk")), "warning"),
    "DOSE-001": (adult(*ADALIMUMAB).treated().order(mg(50), every(2, "wk")), "warning"),
    "DOSE-002": (adult(*ADALIMUMAB).treated().order(mg(40), every(3, "wk")), "info"),
    "ROUTE-001": (adult(*ADALIMUMAB).order(*FORTNIGHTLY, by("intravenous")), "info"),
    "INF-001": (adult(*INFLIXIMAB).order(mg(350), once(), words("over 60 min")), "warning"),
    "LOAD-001": (adult(*ADALIMUMAB).order(*FORTNIGHTLY), "warning"),
    "LOAD-002": (child(*DUPILUMAB, 3, 20).order(mg(600), once()), "warning"),
    "TITR-001": (adult("apremilast", "plaque-psoriasis").order(mg(30), every(1, "d", 2)), "warning"),
    "COURSE-001": (course("2026-03-10"), "warning"),
}
SILENT = {
    "IND-001": adult(*ADALIMUMAB).order(*FORTNIGHTLY),
    "IND-002": adult(*DUPILUMAB).has("prurigo-nodularis").order(mg(300), every(2, "wk"), reason="atopic-dermatitis"),
    "AGE-001": child(*ADALIMUMAB, 18, 60).order(*FORTNIGHTLY),
    "REG-001": adult(*ADALIMUMAB).order(*FORTNIGHTLY),
    "GRADE-001": adult("tildrakizumab", "plaque-psoriasis").order(mg(100), once()),
    "WT-001": adult(*ADALIMUMAB, kilograms=None).order(*FORTNIGHTLY),
    "WT-002": adult(*INFLIXIMAB).weighs(70, "2025-03-02").order(mg(350), once()),
    "WT-003": adult("ustekinumab", "plaque-psoriasis", 94).treated().order(mg(45), every(12, "wk")),
    "WT-004": child(*DUPILUMAB, 7, 15).order(mg(300), every(4, "wk")),
    "DOSE-001": adult(*ADALIMUMAB).treated().order(*FORTNIGHTLY),
    "DOSE-002": adult(*ADALIMUMAB).treated().order(*FORTNIGHTLY),
    "ROUTE-001": adult(*ADALIMUMAB).order(*FORTNIGHTLY, by("subcutaneous")),
    "INF-001": adult(*INFLIXIMAB).order(mg(350), once(), words("over 2 hours")),
    "LOAD-001": adult(*ADALIMUMAB).treated().order(*FORTNIGHTLY),
    "LOAD-002": child(*DUPILUMAB, 3, 20).order(mg(300), once()),
    "TITR-001": adult("apremilast", "plaque-psoriasis").treated().order(mg(30), every(1, "d", 2)),
    "COURSE-001": course("2026-03-16"),
}
# What is not known leaves a statement silent, or makes it say so.
UNKNOWN = {
    "IND-001": (adult("adalimumab").without("Condition").order(*FORTNIGHTLY), None),
    "IND-002": (adult("dupilumab").without("Condition").order(mg(300), every(2, "wk")), None),
    "AGE-001": (adult(*ADALIMUMAB).born(None).order(*FORTNIGHTLY), "warning"),
    "REG-001": (adult("dupilumab").without("Condition").order(mg(600), once()), None),
    "GRADE-001": (adult("adalimumab").without("Condition").order(*FORTNIGHTLY), None),
    "WT-001": (adult("infliximab", kilograms=None).without("Condition").order(mg(350), once()), None),
    "WT-002": (adult(*INFLIXIMAB).born(None).weighs(70, "2025-03-01").order(mg(350), once()), None),
    "WT-003": (adult("ustekinumab", "plaque-psoriasis", None).treated().order(mg(45), every(12, "wk")), None),
    "WT-004": (child(*DUPILUMAB, 7, None).order(mg(300), every(4, "wk")), None),
    "DOSE-001": (adult(*ADALIMUMAB).treated().order(every(2, "wk")), "info"),
    "DOSE-002": (adult(*ADALIMUMAB).treated().order(mg(40)), "info"),
    "ROUTE-001": (adult(*ADALIMUMAB).order(*FORTNIGHTLY), None),
    "INF-001": (adult(*INFLIXIMAB).order(mg(350), once()), None),
    "LOAD-001": (adult(*ADALIMUMAB).without(*MEDICATIONS).order(*FORTNIGHTLY), None),
    "LOAD-002": (child(*DUPILUMAB, 3, 20).order(once()), None),
    "TITR-001": (adult("apremilast", "plaque-psoriasis").without(*MEDICATIONS).order(mg(30), every(1, "d", 2)), None),
    "COURSE-001": (adult("rituximab", "bullous-pemphigoid").order(mg(1000)), None),
}


def test_every_statement_has_its_cases() -> None:
    known = {key.removeprefix(OWN) for key in knowledge().chapters["dosing"].statements}
    assert known == FIRES.keys() == SILENT.keys() == UNKNOWN.keys()


@pytest.mark.parametrize("short", FIRES)
def test_it_fires(short: str) -> None:
    case, severity = FIRES[short]
    assert case.severity(short) == severity
    assert case.at(hook="order-sign").severity(short) == severity


@pytest.mark.parametrize("short", SILENT)
def test_it_stays_silent(short: str) -> None:
    assert SILENT[short].severity(short) is None


@pytest.mark.parametrize("short", UNKNOWN)
def test_what_is_unknown_is_never_taken_for_negative(short: str) -> None:
    case, severity = UNKNOWN[short]
    assert case.severity(short) == severity


@pytest.mark.parametrize("short", FIRES)
def test_nothing_is_said_of_doses_on_patient_view(short: str) -> None:
    case, _ = FIRES[short]
    assert case.at(hook="patient-view").findings() == {}
    case.at(hook="order-select")


@pytest.mark.parametrize("short", FIRES)
def test_every_place_in_the_words_is_filled(short: str) -> None:
    case, _ = FIRES[short]
    words_of = case.findings()[OWN + short].statement.say
    for text in (words_of.en, words_of.zh):
        assert not set("{}…") & set(text), text
        assert "not known" not in text


def test_the_card_names_what_is_ordered_and_what_is_expected() -> None:
    case = adult(*ADALIMUMAB).order(mg(50), every(2, "wk"))
    assert case.says("DOSE-001") == (
        "The single dose does not match the recommended dose for this age and weight: 80 mg at week 0, "
        "40 mg at week 1, then 40 mg every 2 weeks. Ordered: 50 mg every 2 weeks."
    )
    chinese = case.findings()["DERM-DOSE-001"].statement.say.zh
    assert chinese == (
        "单次剂量与该年龄/体重分层的推荐剂量不符：推荐第0周80 mg，第1周40 mg，之后40 mg 每2周1次；"
        "本医嘱50 mg 每2周1次。"
    )


def test_a_dose_per_kg_is_said_in_mg_too() -> None:
    case = adult(*INFLIXIMAB, kilograms=60).treated().order(mg(400), every(8, "wk"))
    assert "5 mg/kg (300 mg) every 8 weeks" in case.says("DOSE-001")


def test_the_grade_that_is_hard_to_read_says_so() -> None:
    assert (
        adult("infliximab", "plaque-psoriasis")
        .order(mg(350), once())
        .says("GRADE-001")
        .endswith("B (OCR-reconstructed).")
    )
    assert adult(*ADALIMUMAB).order(*FORTNIGHTLY).says("GRADE-001").endswith(": A.")


def test_evidence_is_the_condition_and_the_weight() -> None:
    case = adult(*INFLIXIMAB, kilograms=60).treated().order(mg(600), every(8, "wk"))
    assert set(case.evidence("DOSE-001")) == {"Condition", "Observation"}
    assert case.findings()["DERM-DOSE-001"].order is not None
    assert set(adult(*ADALIMUMAB).treated().order(mg(50), every(2, "wk")).evidence("DOSE-001")) == {"Condition"}


def test_the_reason_of_the_order_comes_before_the_problem_list() -> None:
    named = adult("dupilumab", "bullous-pemphigoid").order(mg(600), once(), reason="atopic-dermatitis")
    assert named.severity("REG-001") is None
    other = adult(*ADALIMUMAB).order(mg(400), every(2, "wk"), reason="hypertension")
    assert other.severities() == {"DERM-IND-001": "info", "DERM-DOSE-001": "critical"}


def test_of_several_indications_only_what_is_wrong_for_all_is_said() -> None:
    """150 mg every 4 weeks are right in urticaria, and in bullous pemphigoid they are not."""

    def both(amount: int) -> DoseCase:
        case = adult("omalizumab", "bullous-pemphigoid").has("chronic-spontaneous-urticaria")
        return case.order(mg(amount), every(4, "wk"))

    assert adult("omalizumab", "bullous-pemphigoid").order(mg(150), every(4, "wk")).severity("DOSE-001") == "warning"
    assert both(150).verdict("DOSE-001") == "silent"
    assert both(100).severity("DOSE-001") == "warning"


def test_resolved_and_suspected_diagnoses_are_no_indication() -> None:
    for more in ({"clinical": "resolved"}, {"verification": "provisional"}, {"verification": "refuted"}):
        case = adult("adalimumab").has("plaque-psoriasis", **more).order(*FORTNIGHTLY)
        assert case.severity("IND-001") == "info", more


def test_a_disease_for_which_the_drug_is_not_recommended_is_no_indication() -> None:
    assert adult("tofacitinib", "plaque-psoriasis").order(mg(5), every(1, "d", 2)).severity("IND-001") == "info"


def test_a_drug_without_a_legible_dose_gets_none_compared() -> None:
    case = adult("rituximab", "paraneoplastic-pemphigus").order(mg(700), once())
    assert case.severity("DOSE-001") is None
    assert adult("infliximab", "hypertension").order(mg(350), once()).severity("DOSE-001") is None


def test_two_drafted_drugs_do_not_speak_for_each_other() -> None:
    case = adult(*ADALIMUMAB).has("atopic-dermatitis").order(mg(160), once())
    request = case._request([mg(900) | once()], "dupilumab", "draft")
    case._draft("dupilumab", request)
    case.select("adalimumab", "dupilumab")
    found = [f for f in case.at(hook="order-sign").assessment().findings if f.statement.id == "DERM-DOSE-001"]
    assert {f.drug for f in found} == {"adalimumab", "dupilumab"}


def test_the_weight_of_the_newest_readable_measurement_counts() -> None:
    case = adult(*INFLIXIMAB, kilograms=60).treated()
    case.result("body-weight", 100, "2025-11-01", "kg").result("body-weight", 90, "2026-02-27", "stone")
    assert case.order(mg(300), every(8, "wk")).severity("DOSE-001") is None
    pounds = adult(*INFLIXIMAB, kilograms=None).treated().weighs(132, unit="[lb_av]")
    assert pounds.order(mg(300), every(8, "wk")).severity("DOSE-001") is None


def test_the_day_of_the_order_counts_for_the_age() -> None:
    for authored, severity in ((TODAY, None), ("2026-03-01", "warning")):
        case = DoseCase("adalimumab").born("2008-03-02").weighs(60).has("plaque-psoriasis")
        assert case.order(*FORTNIGHTLY, authoredOn=authored).severity("AGE-001") == severity
