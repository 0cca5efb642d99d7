"""What counts as myositis, as lung disease (correction 1 and 32) and as an antibody result (correction 2)."""

from datetime import date
from typing import Any

import pytest
from myositis_cases import NO_ILD, contained_report, ordering
from myositis_people import Person, knowledge, man, woman

from cards.assess.scene import Scene
from cards.chart.read import read_chart


def fact(case: Person, name: str, drug: str = "") -> Any:
    chart = read_chart(case.received(), knowledge().terminology, date.fromisoformat(case.today), case.hook)
    return Scene(chart, knowledge().chapters["myositis"], "cn", drug).fact(name).value


# Who has myositis


@pytest.mark.parametrize("name", ["dm", "polymyositis", "imnm", "ass", "jdm", "amyopathic dm"])
def test_every_inflammatory_myopathy_counts(name: str) -> None:
    assert fact(man().forget("dm").ill(name), "aim") is True


def test_inclusion_body_myositis_does_not() -> None:
    assert fact(man().forget("dm").ill("inclusion body myositis"), "aim") is False
    assert fact(man().forget("dm").ill("polymyositis").ill("inclusion body myositis"), "aim") is False


def test_a_myositis_in_remission_or_refuted_does_not_and_a_suspected_one_does() -> None:
    assert fact(man().forget("dm").ill("dm", clinical="remission"), "aim") is False
    assert fact(man().forget("dm").ill("dm", verification="refuted"), "aim") is False
    assert fact(man().forget("dm").ill("dm", verification="provisional"), "aim") is True


def test_without_the_problem_list_it_is_unknown() -> None:
    assert fact(man().without("Condition"), "aim") is None


def test_an_unnamed_inflammatory_myopathy_is_not_necrotizing_without_a_word_or_an_antibody() -> None:
    """Correction 32: G72.4 alone is not IMNM."""
    case = man().forget("dm").ill("Inflammatory myopathy, not elsewhere classified")
    case.resource(
        {
            "resourceType": "Condition",
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "G72.4"}]},
        }
    )
    assert fact(case, "aim") is True
    assert fact(case, "has_imnm") is None  # the antibodies could still say so
    assert fact(case.lab("anti-hmgcr", "negative").lab("anti-srp", "negative"), "has_imnm") is False
    assert fact(case.lab("anti-srp", "positive"), "has_imnm") is True


def test_severe_disease_is_graded_or_shows_in_swallowing_and_breathing() -> None:
    assert fact(man(), "severe_aim") is False
    assert fact(man().forget("dm").ill("dm", severity="severe"), "severe_aim") is True
    assert fact(man().forget("dm").ill("dm", severity="mild"), "severe_aim") is False
    assert fact(man().ill("dysphagia"), "severe_aim") is True
    assert fact(man().ill("respiratory failure"), "severe_aim") is True


# Lung disease (correction 1)


def test_absence_of_lung_disease_is_unknown_not_negative() -> None:
    assert fact(man(), "ild") is None


def test_a_diagnosis_or_a_report_that_affirms_it_is_lung_disease() -> None:
    assert fact(man().ill("ild"), "ild") is True
    assert fact(man().report("hrct", "2026-02-01", "双肺间质性改变，考虑间质性肺炎。"), "ild") is True
    assert fact(man().report("hrct", "2020-02-01", "Bibasal interstitial pneumonia."), "ild") is True
    coded = contained_report(
        "hrct",
        "2026-02-01",
        conclusionCode=[{"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "J84.1"}]}],
    )
    assert fact(man().resource(coded), "ild") is True


@pytest.mark.parametrize(
    "conclusion",
    [
        NO_ILD,
        "无间质性肺病征象",
        "No interstitial lung disease.",
        "No evidence of interstitial changes",
        "间质性病变未见。",
        "Interstitial lung disease is not seen.",
        "No consolidation, interstitial lung disease or pleural effusion.",
    ],
)
def test_a_recent_report_that_expressly_excludes_it_is_negative(conclusion: str) -> None:
    assert fact(man().report("hrct", "2026-02-01", conclusion), "ild") is False


def test_a_coded_normal_examination_is_negative() -> None:
    normal = contained_report("hrct", "2026-02-01", conclusionCode=[{"text": "Normal"}])
    assert fact(man().resource(normal), "ild") is False


@pytest.mark.parametrize(
    "conclusion",
    [
        None,
        "双肺纹理增多。",
        "Chest CT normal heart size.",
        "间质性肺病待排",
        "Interstitial lung disease cannot be excluded",
        "Possible early interstitial changes.",
        "No consolidation, interstitial changes.",
    ],
)
def test_a_report_without_a_clear_word_leaves_it_unknown(conclusion: str | None) -> None:
    assert fact(man().report("hrct", "2026-02-01", conclusion), "ild") is None


@pytest.mark.parametrize(
    "conclusion",
    [
        "No effusion, but interstitial changes are seen.",
        "No effusion, there is interstitial lung disease.",
        "未见胸腔积液，双肺间质性改变。",
    ],
)
def test_denying_something_else_does_not_deny_the_disease(conclusion: str) -> None:
    assert fact(man().report("hrct", "2026-02-01", conclusion), "ild") is True


@pytest.mark.parametrize(
    "conclusion",
    ["间质性病变较前未见明显变化。", "No significant change in interstitial lung disease.", "无明显进展的间质性肺病"],
)
def test_denying_a_change_does_not_deny_the_disease(conclusion: str) -> None:
    assert fact(man().report("hrct", "2026-02-01", conclusion), "ild") is True


def test_an_image_without_a_report_or_a_report_that_is_not_final_is_no_answer() -> None:
    study = {
        "resourceType": "ImagingStudy",
        "status": "available",
        "started": "2026-02-01",
        "description": "Chest HRCT",
    }
    assert fact(man().resource(study), "ild") is None
    preliminary = contained_report("hrct", "2026-02-01", status="preliminary", conclusion=NO_ILD)
    assert fact(man().resource(preliminary), "ild") is None


def test_a_negative_report_counts_for_a_year() -> None:
    assert fact(man().report("hrct", "2025-03-02", NO_ILD), "ild") is False
    assert fact(man().report("hrct", "2025-03-01", NO_ILD), "ild") is None


def test_a_diagnosis_beats_a_negative_report() -> None:
    assert fact(man().ill("ild").report("hrct", "2026-02-01", NO_ILD), "ild") is True


def test_a_code_of_respiratory_involvement_makes_it_unknown_never_false() -> None:
    """Correction 32: M33.11 and its like."""
    coded = {
        "resourceType": "Condition",
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M33.11"}]},
    }
    assert fact(man().resource(coded).report("hrct", "2026-02-01", NO_ILD), "ild") is None


def test_without_the_problem_list_a_report_alone_does_not_exclude_it() -> None:
    assert fact(man().report("hrct", "2026-02-01", NO_ILD).without("Condition"), "ild") is None


# Antibodies (correction 2)


@pytest.mark.parametrize("value", ["positive", "coded positive", "弱阳性", "weakly positive"])
def test_a_positive_antibody_in_every_spelling(value: str) -> None:
    assert fact(man().lab("anti-mda5", value), "anti_mda5") == "positive"


@pytest.mark.parametrize(
    ("flag", "result"),
    [
        ("POS", "positive"),
        ("H", "positive"),
        ("RR", "positive"),
        ("WR", "positive"),
        ("A", None),
        ("R", None),
        ("E", None),
        ("NEG", "negative"),
    ],
)
def test_interpretation_flags(flag: str, result: str | None) -> None:
    """Abnormal alone is not enough, and R means resistant there (decision 24)."""
    assert fact(man().lab("anti-mda5", None, interpretation=flag), "anti_mda5") == result


def test_a_number_is_read_against_its_range() -> None:
    assert fact(man().lab("anti-mda5", 45, unit="U/mL", high=15), "anti_mda5") == "positive"
    assert fact(man().lab("anti-mda5", 5, unit="U/mL", high=15), "anti_mda5") == "negative"
    assert fact(man().lab("anti-mda5", 45, unit="U/mL"), "anti_mda5") is None


def test_once_positive_stays_positive_and_negative_needs_all_to_be() -> None:
    case = man().lab("anti-mda5", "positive", "2024-01-01").lab("anti-mda5", "negative", "2026-01-01")
    assert fact(case, "anti_mda5") == "positive"
    case = man().lab("anti-mda5", "indeterminate", "2024-01-01").lab("anti-mda5", "negative", "2026-01-01")
    assert fact(case, "anti_mda5") is None
    assert fact(man(), "anti_mda5") is None


MEMBERS = ["anti-jo-1", "anti-pl-7", "anti-pl-12", "anti-ej", "anti-oj", "anti-ks", "anti-ha", "anti-zo"]


@pytest.mark.parametrize("member", MEMBERS)
def test_one_member_makes_the_antisynthetase_set_positive(member: str) -> None:
    assert fact(man().lab(member, "阳性"), "anti_ars") == "positive"


def test_the_set_is_negative_only_with_every_member_or_a_result_for_the_whole() -> None:
    case = man()
    for member in MEMBERS[:-1]:
        case.lab(member, "阴性")
    assert fact(case, "anti_ars") is None
    assert fact(case.lab(MEMBERS[-1], "阴性"), "anti_ars") == "negative"
    assert fact(man().lab("anti-ars", "negative"), "anti_ars") == "negative"
    assert fact(man().lab("anti-ars", "negative").lab("anti-jo-1", "indeterminate"), "anti_ars") is None
    assert fact(man().lab("anti-ars", "negative").lab("anti-jo-1", "positive"), "anti_ars") == "positive"


# Saturation on oxygen (correction 24)


def breathing(value: float, **more: Any) -> bool | None:
    return fact(man().lab("spo2", value, **more), "spo2_low")


def test_a_saturation_on_oxygen_counts_only_when_it_is_low() -> None:
    flow = {
        "component": [{"code": {"text": "Inhaled oxygen flow rate"}, "valueQuantity": {"value": 3, "unit": "L/min"}}]
    }
    air = {"component": [{"code": {"text": "FiO2"}, "valueQuantity": {"value": 0.21, "unit": "1"}}]}
    assert breathing(94) is True
    assert breathing(95) is False
    assert breathing(94, **flow) is True
    assert breathing(97, **flow) is None
    assert breathing(97, **air) is False
    assert breathing(97, note=[{"text": "鼻导管吸氧2L/min"}]) is None


# Pregnancy (corrections 3 and 11)


def test_the_newest_dated_evidence_of_pregnancy_wins() -> None:
    pregnant = woman().lab("pregnancy-status", "pregnant", "2025-12-01")
    assert fact(pregnant, "pregnant") is True
    assert fact(pregnant.lab("hcg", "negative", "2026-02-20"), "pregnant") is False
    assert fact(woman().lab("hcg", "positive", "2026-02-20"), "pregnant") is True
    assert fact(woman().ill("pregnancy", recorded="2025-12-01"), "pregnant") is True
    delivered = (
        woman()
        .ill("pregnancy", recorded="2025-10-01")
        .lab("delivery-date", None, "2026-02-20", valueDateTime="2026-02-20")
    )
    assert fact(delivered, "pregnant") is False
    same_day = woman().lab("pregnancy-status", "pregnant", "2026-02-20").lab("hcg", "negative", "2026-02-20")
    assert fact(same_day, "pregnant") is True


def test_pregnancy_is_unknown_without_evidence_and_false_where_it_cannot_be() -> None:
    assert fact(woman(), "pregnant") is None
    assert fact(man(), "pregnant") is False
    assert fact(woman(birth="2015-06-15"), "pregnant") is False
    assert fact(woman(birth="1969-06-15"), "pregnant") is False
    assert fact(woman().ill("绝经后"), "pregnant") is False
    assert fact(woman().ill("hysterectomy"), "pregnant") is False
    assert fact(woman().had("hysterectomy procedure", "2020-01-01"), "pregnant") is False


@pytest.mark.parametrize(("on", "known"), [("2026-01-31", False), ("2026-01-30", None)])
def test_a_negative_test_counts_for_30_days(on: str, known: bool | None) -> None:
    assert fact(woman().lab("hcg", "negative", on), "pregnant") is known


@pytest.mark.parametrize(("on", "known"), [("2025-05-26", True), ("2025-05-25", None)])
def test_a_positive_test_counts_for_280_days(on: str, known: bool | None) -> None:
    assert fact(woman().lab("hcg", "positive", on), "pregnant") is known


def test_a_mans_wish_for_a_child_is_his_partners_pregnancy() -> None:
    """Correction 11."""
    wish = ("pregnancy-intention", "wants to become pregnant", "2026-01-10")
    assert fact(woman().lab(*wish), "planning_pregnancy") is True
    assert fact(woman().lab(*wish), "planning_partner") is False
    assert fact(man().lab(*wish), "planning_pregnancy") is False
    assert fact(man().lab(*wish), "planning_partner") is True
    assert fact(woman(birth="1965-06-15").lab(*wish), "planning_pregnancy") is False
    assert (
        fact(woman().lab("pregnancy-intention", "wants to become pregnant", "2025-03-02"), "planning_pregnancy") is True
    )
    assert (
        fact(woman().lab("pregnancy-intention", "wants to become pregnant", "2025-03-01"), "planning_pregnancy") is None
    )
    assert fact(woman(), "planning_pregnancy") is None


def test_breastfeeding_counts_for_90_days() -> None:
    assert fact(woman().lab("lactation-status", "breastfeeding", "2025-12-02"), "lactating") is True
    assert fact(woman().lab("lactation-status", "breastfeeding", "2025-12-01"), "lactating") is None
    assert fact(woman().ill("lactation"), "lactating") is True
    assert fact(man(), "lactating") is False


# Weight and body surface


@pytest.mark.parametrize(
    ("birth", "on", "known"),
    [
        ("1980-06-15", "2025-03-02", True),
        ("1980-06-15", "2025-03-01", False),
        ("2015-06-15", "2025-12-02", True),
        ("2015-06-15", "2025-12-01", False),
        ("2022-06-15", "2026-01-01", True),
        ("2022-06-15", "2025-12-31", False),
        ("2024-06-15", "2026-01-31", True),
        ("2024-06-15", "2026-01-30", False),
    ],
)
def test_how_old_a_weight_may_be_depends_on_the_age(birth: str, on: str, known: bool) -> None:
    weight = fact(man(birth=birth).lab("body-weight", 20, on), "weight_kg")
    assert (weight is not None) is known


def test_the_body_surface_is_measured_or_mostellers() -> None:
    assert float(fact(man().lab("bsa", 1.9, "2026-02-01"), "bsa_m2").low) == 1.9
    assert float(fact(ordering().lab("height", 175), "bsa_m2").low) == pytest.approx((175 * 70 / 3600) ** 0.5)
    assert fact(ordering(), "bsa_m2") is None
    child = ordering(birth="2014-06-15")
    assert fact(child.lab("height", 140, "2025-08-01"), "bsa_m2") is None
    assert fact(child.lab("height", 140, "2025-10-01"), "bsa_m2") is not None
