"""Diagnoses of the disease catalogues: which code or word means them, and which only looks as if it did.

Numbers are those of the corrections to doses and codes.
"""

from pathlib import Path

import pytest

from cards.terminology import Terminology, load_terminology

VALUE_SETS = Path(__file__).parents[2] / "cards" / "knowledge" / "value_sets"
WHO, CM, SNOMED = "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm", "http://snomed.info/sct"


@pytest.fixture(scope="module")
def terms() -> Terminology:
    return load_terminology(VALUE_SETS)


@pytest.fixture(scope="module")
def extended() -> Terminology:
    return load_terminology(VALUE_SETS, snomed_extension=True)


def diagnosed(terms: Terminology, *codings: tuple[str, str], text: str = "") -> set[str]:
    return {match.concept for match in terms.conditions(list(codings), [text])}


@pytest.mark.parametrize(
    ("code", "concept"),
    [
        ("L40.000", "plaque-psoriasis"),
        ("L40000", "plaque-psoriasis"),
        ("L40.100", "generalized-pustular-psoriasis"),
        ("L40.500", "psoriatic-arthritis"),
        ("L20.900", "atopic-dermatitis"),
        ("L50.100", "chronic-spontaneous-urticaria"),
        ("L28.100x001", "prurigo-nodularis"),
        ("L10.000", "pemphigus-vulgaris"),
        ("L12.000", "bullous-pemphigoid"),
        ("L12.300", "epidermolysis-bullosa-acquisita"),
        ("L44.000", "pityriasis-rubra-pilaris"),
        ("M32.101", "sle"),
        ("M32.900", "sle"),
        ("M33.100", "dermatomyositis"),
        ("M33.000", "juvenile-dermatomyositis"),
        ("M33.200", "polymyositis"),
        ("M34.000", "systemic-sclerosis"),
        ("M35.000", "primary-sjogren"),
        ("M35.100", "mctd"),
        ("M05.900", "rheumatoid-arthritis"),
        ("J84.900", "interstitial-lung-disease"),
        ("J99.1*", "interstitial-lung-disease"),
        ("K50.900", "crohn-disease"),
        ("I50.900", "heart-failure"),
        ("G36.000", "demyelinating-disease"),
    ],
)
def test_35_a_chinese_code_of_six_digits_matches_by_its_first_ones(terms: Terminology, code: str, concept: str) -> None:
    assert concept in diagnosed(terms, (WHO, code))


def test_36_a_carrier_code_is_hepatitis_b_unless_the_text_speaks_of_c(terms: Terminology) -> None:
    assert "hbv-carrier" in diagnosed(terms, (WHO, "Z22.500"))
    assert "hbv-carrier" in diagnosed(terms, (WHO, "Z22.5"), text="乙型肝炎病毒携带者")
    assert diagnosed(terms, (WHO, "Z22.5"), text="丙型肝炎病毒携带者") == {"hcv-carrier"}
    assert "hbv-carrier" not in diagnosed(terms, (WHO, "Z22.5"), text="Carrier of hepatitis C")


@pytest.mark.parametrize("code", ["L40.8", "L40.900"])
@pytest.mark.parametrize("uri", [WHO, CM])
def test_37_other_and_unspecified_psoriasis_is_plaque_psoriasis_by_itself(
    terms: Terminology, uri: str, code: str
) -> None:
    assert diagnosed(terms, (uri, code)) == {"psoriasis", "plaque-psoriasis"}


@pytest.mark.parametrize("special", ["L40.1", "L40.2", "L40.3", "L40.4", "L40.5", "L40.500"])
def test_37_unspecified_psoriasis_is_not_plaque_psoriasis_beside_a_special_type(
    terms: Terminology, special: str
) -> None:
    assert "plaque-psoriasis" not in diagnosed(terms, (WHO, "L40.9"), (WHO, special))


@pytest.mark.parametrize("text", ["红皮病型银屑病", "脓疱型银屑病", "银屑病性关节炎", "Guttate psoriasis"])
def test_37_unspecified_psoriasis_is_not_plaque_psoriasis_where_the_text_names_another_type(
    terms: Terminology, text: str
) -> None:
    assert "plaque-psoriasis" not in diagnosed(terms, (WHO, "L40.900"), text=text)


def test_37_plaque_psoriasis_by_its_own_code_stands_beside_psoriatic_arthritis(terms: Terminology) -> None:
    assert diagnosed(terms, (WHO, "L40.0"), (WHO, "L40.5")) >= {"plaque-psoriasis", "psoriatic-arthritis"}


@pytest.mark.parametrize(
    ("uri", "code", "is_it"),
    [
        (WHO, "L40.5", True),
        (CM, "L40.50", True),
        (WHO, "M07.0", True),
        (WHO, "M07.3", True),
        (WHO, "M07.4", False),
        (WHO, "M07.6", False),
        (CM, "M07.60", False),
        (CM, "M07.0", False),
    ],
)
def test_38_psoriatic_arthritis_leaves_out_enteropathic_arthritis(
    terms: Terminology, uri: str, code: str, is_it: bool
) -> None:
    assert ("psoriatic-arthritis" in diagnosed(terms, (uri, code))) is is_it


@pytest.mark.parametrize(
    ("code", "is_it"), [("M33.0", True), ("M33.1", True), ("M33.9", True), ("M33.2", False), ("M33.200", False)]
)
def test_39_polymyositis_is_no_dermatomyositis(terms: Terminology, code: str, is_it: bool) -> None:
    for uri in (WHO, CM):
        assert ("dermatomyositis" in diagnosed(terms, (uri, code))) is is_it


def test_40_chronic_actinic_dermatitis_has_one_code_and_two_that_need_its_name(terms: Terminology) -> None:
    assert "chronic-actinic-dermatitis" in diagnosed(terms, (WHO, "L57.1"))
    for code in ("L57.8", "L56.8"):
        assert "chronic-actinic-dermatitis" not in diagnosed(terms, (WHO, code), text="日光性皮肤改变")
        assert "chronic-actinic-dermatitis" in diagnosed(terms, (WHO, code), text="慢性光化性皮炎")


@pytest.mark.parametrize(
    ("uri", "code", "text", "concept"),
    [
        (WHO, "Z86.7", "深静脉血栓病史", "vte-history"),
        (WHO, "Z86.1", "肺结核病史", "tb-history"),
        (WHO, "J84.1", "结缔组织病相关肺纤维化", "ctd-ild"),
        (CM, "J99", "Lung disorder in connective tissue disease", "ctd-ild"),
        (WHO, "M35.8", "抗合成酶综合征", "antisynthetase-syndrome"),
        (CM, "M35.89", "Antisynthetase syndrome", "antisynthetase-syndrome"),
        (CM, "D89.89", "Antisynthetase syndrome", "antisynthetase-syndrome"),
        (WHO, "D89.8", "IgG4相关性疾病", "igg4-rd"),
        (WHO, "M35.5", "IgG4-related disease", "igg4-rd"),
        (WHO, "G72.4", "免疫介导坏死性肌病", "imnm"),
        (CM, "G72.49", "Necrotizing myopathy", "imnm"),
        (WHO, "M32.101", "狼疮性肾炎", "lupus-nephritis"),
        (WHO, "M34.8", "系统性硬化症合并间质性肺病", "ssc-ild"),
        (WHO, "L10.8", "副肿瘤性天疱疮", "paraneoplastic-pemphigus"),
        (WHO, "Z90.8", "脾切除术后", "asplenia"),
        (WHO, "Q89.0", "先天性无脾", "asplenia"),
        (WHO, "D72.8", "淋巴细胞减少", "lymphopenia"),
        (WHO, "D84.8", "药物所致免疫缺陷", "drug-induced-immunodeficiency"),
        (WHO, "Z92.2", "长期使用免疫抑制剂", "drug-induced-immunodeficiency"),
        (WHO, "R45.8", "自杀意念", "suicidality"),
        (WHO, "Z87.8", "吸烟史", "smoking-former"),
    ],
)
def test_41_a_code_that_is_too_broad_counts_only_with_the_word(
    terms: Terminology, uri: str, code: str, text: str, concept: str
) -> None:
    assert concept in diagnosed(terms, (uri, code), text=text)
    assert concept not in diagnosed(terms, (uri, code))
    assert concept not in diagnosed(terms, (uri, code), text="其他")


@pytest.mark.parametrize(
    ("code", "concept"),
    [
        ("Z86.711", "vte-history"),
        ("Z86.11", "tb-history"),
        ("B90.9", "tb-history"),
        ("D89.84", "igg4-rd"),
        ("M32.14", "lupus-nephritis"),
        ("M34.81", "ssc-ild"),
        ("L10.81", "paraneoplastic-pemphigus"),
        ("Z90.81", "asplenia"),
        ("D72.810", "lymphopenia"),
        ("D84.821", "drug-induced-immunodeficiency"),
        ("R45.851", "suicidality"),
        ("Z87.891", "smoking-former"),
    ],
)
def test_41_the_narrower_american_code_needs_no_word(terms: Terminology, code: str, concept: str) -> None:
    assert concept in diagnosed(terms, (CM, code))


@pytest.mark.parametrize("text", ["系统性红斑狼疮，无肾脏受累", "SLE without nephritis"])
def test_41_a_word_that_is_denied_makes_nothing_of_a_broad_code(terms: Terminology, text: str) -> None:
    assert "lupus-nephritis" not in diagnosed(terms, (WHO, "M32.1"), text=text)


def test_42_tuberculosis_leaves_out_its_inactive_form_and_cancer_leaves_out_skin_cancer(terms: Terminology) -> None:
    assert "active-tuberculosis" in diagnosed(terms, (SNOMED, "56717001"))
    assert "active-tuberculosis" not in diagnosed(terms, (SNOMED, "56717001"), (SNOMED, "11999007"))
    assert "malignancy" in diagnosed(terms, (SNOMED, "363346000"))
    assert "malignancy" not in diagnosed(terms, (SNOMED, "363346000"), text="Basal cell carcinoma of skin")
    assert "malignancy" not in diagnosed(terms, (SNOMED, "363346000"), (WHO, "C44.3"))
    assert diagnosed(terms, (WHO, "C44.3")) == {"nmsc"}
    assert "malignancy" in diagnosed(terms, (CM, "C4A.9"))


@pytest.mark.parametrize(
    "code",
    [
        "K57.00",
        "K57.12",
        "K57.13",
        "K57.20",
        "K57.32",
        "K57.33",
        "K57.40",
        "K57.52",
        "K57.53",
        "K57.80",
        "K57.92",
        "K57.93",
    ],
)
def test_43_an_american_code_says_diverticulitis(terms: Terminology, code: str) -> None:
    assert "diverticulitis" in diagnosed(terms, (CM, code))


def test_43_diverticula_alone_are_no_diverticulitis(terms: Terminology) -> None:
    assert "diverticulitis" not in diagnosed(terms, (CM, "K57.30"))
    assert "diverticulitis" not in diagnosed(terms, (CM, "K57.90"), text="Diverticulitis")
    assert "diverticulitis" not in diagnosed(terms, (WHO, "K57.3"), text="结肠憩室")
    assert "diverticulitis" in diagnosed(terms, (WHO, "K57.3"), text="结肠憩室炎")


@pytest.mark.parametrize(
    ("uri", "code", "concept"),
    [
        (WHO, "B48.5", "pneumocystis"),
        (WHO, "B59", "pneumocystis"),
        (CM, "B59", "pneumocystis"),
        (CM, "I82.A11", "vte-dvt"),
        (CM, "I82.B11", "vte-dvt"),
        (CM, "I82.C11", "vte-dvt"),
        (CM, "I82.210", "vte-dvt"),
        (WHO, "I82.900", "vte-dvt"),
        (WHO, "G61.0", "demyelinating-disease"),
        (CM, "G61.81", "demyelinating-disease"),
        (WHO, "K25.1", "gi-perforation"),
        (WHO, "K26.2", "gi-perforation"),
        (CM, "K27.5", "gi-perforation"),
        (WHO, "K28.600", "gi-perforation"),
    ],
)
def test_44_codes_that_were_missing_are_there(terms: Terminology, uri: str, code: str, concept: str) -> None:
    assert concept in diagnosed(terms, (uri, code))


def test_44_an_ulcer_without_perforation_is_no_perforation(terms: Terminology) -> None:
    assert "gi-perforation" not in diagnosed(terms, (WHO, "K25.4"))


def test_45_severe_impairment_and_an_ended_pregnancy_are_read_narrowly(
    terms: Terminology, extended: Terminology
) -> None:
    assert "severe-renal-impairment" not in diagnosed(extended, (SNOMED, "90688005"))
    assert "severe-renal-impairment" in diagnosed(extended, (SNOMED, "431857002"))
    for code in ("K74.6", "K70.3"):
        assert "severe-hepatic-impairment" not in diagnosed(terms, (WHO, code))
        assert "severe-hepatic-impairment" in diagnosed(terms, (WHO, code), text="Child-Pugh C级肝硬化")
    assert "pregnancy" in diagnosed(terms, (CM, "Z32.01"))
    for code in ("O03.9", "O85", "O92.1"):
        assert "pregnancy" not in diagnosed(terms, (WHO, code))


@pytest.mark.parametrize(
    ("code", "concept"),
    [
        ("L63.9", "alopecia-areata"),
        ("M31.3", "granulomatosis-with-polyangiitis"),
        ("B90.900", "old-tuberculosis"),
    ],
)
def test_diseases_that_were_not_in_the_lists_are_recognised(terms: Terminology, code: str, concept: str) -> None:
    assert concept in diagnosed(terms, (WHO, code))


@pytest.mark.parametrize(
    ("coding", "text", "found", "absent"),
    [
        ((WHO, "G72.4"), "", {"inflammatory-myopathy"}, {"imnm", "inclusion-body-myositis"}),
        ((WHO, "G72.4"), "包涵体肌炎", {"inclusion-body-myositis"}, {"inflammatory-myopathy", "imnm"}),
        ((CM, "G72.41"), "", {"inclusion-body-myositis"}, {"inflammatory-myopathy"}),
        (
            (CM, "M33.11"),
            "",
            {"myositis-with-respiratory-involvement", "dermatomyositis"},
            {"interstitial-lung-disease"},
        ),
        ((WHO, "M33.101"), "", {"dermatomyositis"}, {"myositis-with-respiratory-involvement"}),
        ((CM, "M33.13"), "", {"amyopathic-dermatomyositis", "dermatomyositis"}, set[str]()),
        ((WHO, "M33.1"), "无肌病性皮肌炎", {"amyopathic-dermatomyositis"}, set[str]()),
        ((WHO, "M33.1"), "皮肌炎合并间质性肺病", {"interstitial-lung-disease"}, {"rp-ild"}),
        ((WHO, "M33.1"), "皮肌炎，无间质性肺病", {"dermatomyositis"}, {"interstitial-lung-disease"}),
        ((WHO, "J84.9"), "快速进展型间质性肺病", {"rp-ild", "interstitial-lung-disease"}, set[str]()),
        ((WHO, "J84.1"), "普通型间质性肺炎(UIP)", {"ild-pattern-uip"}, set[str]()),
        ((WHO, "M34.9"), "弥漫皮肤型系统性硬化症", {"ssc-diffuse-cutaneous", "systemic-sclerosis"}, {"ssc-ild"}),
        ((WHO, "M32.9"), "难治性系统性红斑狼疮", {"refractory-sle", "sle"}, set[str]()),
        ((WHO, "M35.0"), "干燥综合征合并关节炎", {"sjogren-with-arthritis", "primary-sjogren"}, set[str]()),
        ((WHO, "D68.6"), "抗磷脂综合征", {"antiphospholipid-syndrome"}, set[str]()),
        ((WHO, "E83.5"), "低钙血症", set[str](), {"hypercalcaemia"}),
        ((WHO, "M32.0"), "", {"drug-induced-lupus"}, {"sle"}),
        ((WHO, "N95.1"), "围绝经期综合征", set[str](), {"menopause"}),
        ((WHO, "U07.1"), "", {"covid-19-infection"}, set[str]()),
    ],
)
def test_a_code_and_its_words_are_read_together(
    terms: Terminology, coding: tuple[str, str], text: str, found: set[str], absent: set[str]
) -> None:
    concepts = diagnosed(terms, coding, text=text)
    assert concepts >= found
    assert not concepts & absent


@pytest.mark.parametrize(
    ("text", "found", "absent"),
    [
        ("寻常型银屑病", {"plaque-psoriasis"}, {"psoriasis-of-another-type"}),
        ("关节病型银屑病", {"psoriatic-arthritis"}, {"plaque-psoriasis"}),
        ("大疱性类天疱疮", {"bullous-pemphigoid"}, {"pemphigus-any"}),
        ("盘状红斑狼疮", set[str](), {"sle"}),
        ("狼疮性肾炎", {"sle", "lupus-nephritis"}, set[str]()),
        ("系統性紅斑狼瘡", {"sle"}, set[str]()),
        ("SSc-ILD", {"ssc-ild", "systemic-sclerosis", "interstitial-lung-disease"}, set[str]()),
        ("局限性硬皮病", set[str](), {"systemic-sclerosis"}),
        ("抗合成酶综合征", {"antisynthetase-syndrome", "inflammatory-myopathy"}, set[str]()),
        ("肺癌", {"malignancy"}, {"malignancy-history"}),
        ("乳腺癌术后", {"malignancy-history"}, {"malignancy"}),
        ("基底细胞癌", {"nmsc"}, {"malignancy"}),
        ("陈旧性脑梗死", {"stroke-history"}, {"stroke"}),
        ("肺栓塞病史", {"vte-history"}, {"vte-pe"}),
        ("既往吸烟，已戒烟", {"smoking-former"}, {"smoking-current"}),
        ("带状疱疹疫苗接种", set[str](), {"herpes-zoster"}),
        ("新冠疫苗接种", set[str](), {"covid-19-infection"}),
        ("间质性肺炎", {"interstitial-lung-disease"}, {"pneumonia", "active-infection"}),
        ("重症肌无力", {"myasthenia-gravis"}, {"muscle-weakness"}),
        ("围绝经期", set[str](), {"menopause"}),
    ],
)
def test_a_disease_in_words_is_told_from_its_neighbours(
    terms: Terminology, text: str, found: set[str], absent: set[str]
) -> None:
    concepts = diagnosed(terms, text=text)
    assert concepts >= found
    assert not concepts & absent


def test_a_flare_of_myositis_is_read_from_the_words_of_the_diagnosis(terms: Terminology) -> None:
    assert "myositis-flare" in diagnosed(terms, (WHO, "M33.1"), text="皮肌炎复发")
    assert "myositis-flare" not in diagnosed(terms, (WHO, "M33.1"), text="皮肌炎，未复发")


def test_every_diagnosis_of_the_licensed_codes_is_in_the_extension_only(
    terms: Terminology, extended: Terminology
) -> None:
    assert diagnosed(terms, (SNOMED, "200965009")) == set()
    assert "plaque-psoriasis" in diagnosed(extended, (SNOMED, "200965009"))
    assert "antisynthetase-syndrome" in diagnosed(extended, (SNOMED, "445187004"))
