"""What the words of a record mean, and what they do not mean."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from cards.terminology import Match, Terminology, load_terminology

VALUE_SETS = Path(__file__).parents[2] / "cards" / "knowledge" / "value_sets"


@pytest.fixture(scope="module")
def terms() -> Terminology:
    return load_terminology(VALUE_SETS, snomed_extension=False)


def meant(recognise: Callable[..., Iterable[Match]], *texts: str) -> list[str]:
    return sorted(match.concept for match in recognise((), texts))


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("HBsAg", "hbsag"),
        ("乙肝表面抗原(HBsAg)", "hbsag"),
        ("乙型肝炎病毒表面抗原", "hbsag"),
        ("乙肝病毒表面抗原", "hbsag"),
        ("ＨＢｓＡｇ", "hbsag"),
        ("Hepatitis B core Ab, total", "anti-hbc-total"),
        ("乙肝病毒核心抗体", "anti-hbc-total"),
        ("anti\u2011HBc", "anti-hbc-total"),
        ("HCV抗体", "anti-hcv"),
        ("T-SPOT.TB", "igra"),
        ("结核感染T细胞斑点试验", "igra"),
        ("IgG", "serum-igg"),
        ("Quantitative IgG", "serum-igg"),
        ("Immunoglobulin G, quantitative", "serum-igg"),
        ("免疫球蛋白 G", "serum-igg"),
        ("免疫球蛋白A", "serum-iga"),
        ("CD4+ T细胞计数", "cd4-count"),
        ("CD4+T淋巴细胞计数", "cd4-count"),
        ("CD19+ B cells %", "cd19-b-cell-percent"),
        ("AQP4-IgG", "aqp4-igg"),
        ("水通道蛋白4抗体", "aqp4-igg"),
        ("谷丙转氨酶", "alt"),
        ("EDSS评分", "edss"),
        ("分娩日期", "delivery-date"),
        ("末次月经", "last-menstrual-period"),
    ],
)
def test_a_test_is_recognised_by_its_name(terms: Terminology, text: str, concept: str) -> None:
    assert meant(terms.labs, text) == [concept]


@pytest.mark.parametrize(
    "text",
    [
        "anti-HBc IgM",
        "HBcAb-IgM",
        "乙肝核心抗体IgM",
        "HBsAb",
        "anti-HBs",
        "Hepatitis B surface antibody",
        "乙肝表面抗体",
        "HCV RNA genotype",
        "QuantiFERON mitogen minus nil",
        "T-SPOT 阳性对照",
        "QuantiFERON TB1-Nil",
        "PPD (packs per day)",
        "IgG4",
        "免疫球蛋白G4",
        "IgG subclass 1",
        "CSF IgG",
        "脑脊液IgG",
        "IgG index",
        "Rubella IgG",
        "风疹病毒IgG",
        "Cardiolipin IgG",
        "Urine creatinine",
        "尿肌酐",
        "肌酐清除率",
        "EGFR mutation",
        "Birth weight",
        "Fundal height",
        "脑脊液AQP4抗体",
        "JC virus antibody index",
        "CD4/CD8 ratio",
        "预产期",
    ],
)
def test_a_name_that_only_looks_like_a_test_is_not_that_test(terms: Terminology, text: str) -> None:
    assert meant(terms.labs, text) == []


def test_what_one_text_of_a_code_speaks_against_the_others_do_not_bring_back(terms: Terminology) -> None:
    assert meant(terms.labs, "HBcAb", "Hepatitis B virus core IgM Ab") == []


def test_a_percentage_is_never_a_count(terms: Terminology) -> None:
    assert "b-cell-count-any" not in meant(terms.labs, "CD19+ B-cell count %")
    assert meant(terms.labs, "CD20+ B-cell count") == ["b-cell-count-any", "cd20-b-cell-count"]


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("泼尼松片", "prednisone"),
        ("泼尼松龙片", "prednisolone"),
        ("强的松龙", "prednisolone"),
        ("甲基强的松龙", "methylprednisolone"),
        ("methylprednisolone 40 mg", "methylprednisolone"),
        ("伊奈利珠单抗注射液", "inebilizumab"),
        ("UPLIZNA", "inebilizumab"),
        ("rituximab-abbs 10 mg/mL", "rituximab"),
        ("利妥昔单抗(汉利康)", "rituximab"),
        ("sulfamethoxazole and trimethoprim", "tmp-smx"),
        ("静注人免疫球蛋白(pH4)", "human-immunoglobulin"),
        ("环孢素软胶囊", "ciclosporin"),
        ("cyclosporine soft gel capsule", "ciclosporin"),
    ],
)
def test_a_drug_is_recognised_by_its_longest_name(terms: Terminology, text: str, drug: str) -> None:
    assert meant(terms.drugs, text) == [drug]


@pytest.mark.parametrize(
    ("text", "drug"),
    [
        ("环孢素滴眼液", "ciclosporin-topical"),
        ("tacrolimus 0.1% ointment", "tacrolimus-topical"),
        ("ruxolitinib cream", "ruxolitinib-topical"),
        ("地塞米松磷酸钠滴眼液", "glucocorticoid-local"),
        ("丁酸氢化可的松乳膏", "glucocorticoid-local"),
    ],
)
def test_a_local_form_is_no_systemic_exposure(terms: Terminology, text: str, drug: str) -> None:
    assert meant(terms.drugs, text) == [drug]
    assert drug not in terms.group("conventional-immunosuppressant") | terms.group("systemic-glucocorticoid-oral")


@pytest.mark.parametrize("text", ["Hepatitis B immune globulin", "乙型肝炎人免疫球蛋白", "破伤风人免疫球蛋白"])
def test_a_specific_immunoglobulin_is_no_ivig(terms: Terminology, text: str) -> None:
    assert meant(terms.drugs, text) == []


def test_a_fixed_combination_is_each_of_its_ingredients(terms: Terminology) -> None:
    assert meant(terms.drugs, "利福平异烟肼胶囊") == ["isoniazid", "rifampicin"]


@pytest.mark.parametrize("text", ["RTXX", "device", "prednis", ""])
def test_a_part_of_a_word_is_no_name(terms: Terminology, text: str) -> None:
    assert meant(terms.drugs, text) == []
    assert meant(terms.conditions, text) == []


@pytest.mark.parametrize(
    "text", ["Measles IgG antibody", "风疹病毒抗体", "Varicella zoster IgG", "tetanus immune globulin", "COVID-19 PCR"]
)
def test_an_antibody_test_is_no_vaccine(terms: Terminology, text: str) -> None:
    assert meant(terms.vaccines, text) == []


@pytest.mark.parametrize(
    ("text", "live"),
    [
        ("MMR", True),
        ("冻干鼻喷流感减毒活疫苗", True),
        ("乙型脑炎减毒活疫苗", True),
        ("甲型肝炎减毒活疫苗", True),
        ("甲型肝炎灭活疫苗", False),
        ("新型冠状病毒灭活疫苗", False),
        ("23价肺炎球菌多糖疫苗", False),
        ("重组带状疱疹疫苗", False),
        ("乙型脑炎疫苗", None),
        ("流感疫苗", None),
        ("某某减毒活疫苗", True),
        ("some inactivated vaccine", False),
        ("unknown vaccine", None),
    ],
)
def test_a_vaccine_is_live_not_live_or_unknown(terms: Terminology, text: str, live: bool | None) -> None:
    assert terms.vaccine_live(meant(terms.vaccines, text), [text]) is live


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Tuberculosis", "active-tuberculosis"),
        ("肺结核", "active-tuberculosis"),
        ("潜伏性结核感染", "latent-tuberculosis"),
        ("latent TB", "latent-tuberculosis"),
        ("视神经脊髓炎谱系疾病", "nmosd"),
        ("NMO", "nmosd"),
        ("Devic's disease", "nmosd"),
        ("skin infection", "active-infection"),
        ("尿路感染", "active-infection"),
        ("2型糖尿病", "diabetes-mellitus"),
        ("产后", "postpartum"),
    ],
)
def test_a_diagnosis_is_recognised_by_its_name(terms: Terminology, text: str, condition: str) -> None:
    assert meant(terms.conditions, text) == [condition]


def test_a_pneumonia_is_an_infection_of_its_own_kind(terms: Terminology) -> None:
    assert meant(terms.conditions, "Pneumonia") == ["active-infection", "pneumonia"]


@pytest.mark.parametrize(
    "text",
    [
        "陈旧性肺结核",
        "结核病史",
        "Family history of tuberculosis",
        "tuberculosis screening",
        "结核接触史",
        "NMO-IgG negative",
        "肺炎球菌疫苗接种",
        "pneumonia vaccine",
        "间质性肺炎",
        "慢性乙型肝炎病毒感染",
        "HIV阴性",
        "尿崩症",
        "备孕期避孕咨询",
    ],
)
def test_history_screening_and_prevention_are_no_disease(terms: Terminology, text: str) -> None:
    assert not {
        "active-tuberculosis",
        "active-infection",
        "hiv-aids",
        "diabetes-mellitus",
        "pregnancy",
        "nmosd",
    } & set(meant(terms.conditions, text))


@pytest.mark.parametrize(
    ("text", "relapse"),
    [
        ("NMOSD复发", True),
        ("NMOSD relapse", True),
        ("复发型NMOSD", False),
        ("NMOSD 复发缓解型", False),
        ("NMOSD未复发", False),
        ("NMOSD预防复发", False),
        ("NMOSD, relapsing course", False),
        ("NMOSD relapse prevention", False),
    ],
)
def test_only_a_relapse_that_happened_is_a_relapse(terms: Terminology, text: str, relapse: bool) -> None:
    assert ("nmosd-relapse" in meant(terms.conditions, text)) is relapse


@pytest.mark.parametrize("text", ["Sulfonamides", "sulfa drugs", "Sulphonamide", "磺胺类药物", "Bactrim"])
def test_a_sulfonamide_allergy_is_recognised(terms: Terminology, text: str) -> None:
    assert meant(terms.reactions, text) == ["sulfonamide-allergy"]


@pytest.mark.parametrize("text", ["morphine sulfate", "sulfites", "磺酰脲"])
def test_other_sulfur_compounds_are_no_sulfonamide(terms: Terminology, text: str) -> None:
    assert meant(terms.reactions, text) == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("阳性", "positive"),
        ("弱阳性", "positive"),
        ("Weakly positive", "positive"),
        (" Reactive ", "positive"),
        ("（+）", "positive"),
        ("阴性", "negative"),
        ("NEG", "negative"),
        ("Non-reactive", "negative"),
        ("未检出", "negative"),
        ("灰区", "indeterminate"),
        ("Equivocal", "indeterminate"),
    ],
)
def test_a_result_in_words_is_positive_negative_or_indeterminate(terms: Terminology, text: str, answer: str) -> None:
    assert answer in terms.answers((), [text])
    assert not terms.answers((), [text]) & ({"positive", "negative", "indeterminate"} - {answer})


@pytest.mark.parametrize("text", ["—", "--", "not done", "see comment", "待测", "positive control failed"])
def test_a_placeholder_is_no_result(terms: Terminology, text: str) -> None:
    assert terms.answers((), [text]) == frozenset()
