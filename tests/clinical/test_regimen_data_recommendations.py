"""Which drug the consensus recommends for which disease: the data, and what an order for something else is told."""

import pytest
from skin_cases import SkinCase, knowledge

from cards.knowledge.recommendations import Recommendation

# disease, drug, choice, grade, as the consensus has them
RECOMMENDED = """
plaque-psoriasis etanercept option A
plaque-psoriasis infliximab option B
plaque-psoriasis adalimumab option A
plaque-psoriasis certolizumab-pegol option B
plaque-psoriasis secukinumab option A
plaque-psoriasis ixekizumab option A
plaque-psoriasis brodalumab option B
plaque-psoriasis ustekinumab option A
plaque-psoriasis guselkumab option A
plaque-psoriasis risankizumab option B
plaque-psoriasis tildrakizumab option -
plaque-psoriasis apremilast option B
plaque-psoriasis deucravacitinib option B
psoriatic-arthritis tofacitinib option B
pityriasis-rubra-pilaris infliximab refractory-option -
pityriasis-rubra-pilaris adalimumab refractory-option -
pityriasis-rubra-pilaris ustekinumab refractory-option -
atopic-dermatitis dupilumab preferred A
atopic-dermatitis stapokibart option B
atopic-dermatitis tralokinumab option C
atopic-dermatitis lebrikizumab option C
atopic-dermatitis nemolizumab option C
atopic-dermatitis omalizumab option C
atopic-dermatitis upadacitinib option A
atopic-dermatitis abrocitinib option A
atopic-dermatitis baricitinib option C
atopic-dermatitis delgocitinib option C
atopic-dermatitis ruxolitinib-topical option C
atopic-dermatitis crisaborole option A
chronic-spontaneous-urticaria omalizumab preferred -
prurigo-nodularis dupilumab preferred A
prurigo-nodularis nemolizumab option C
chronic-actinic-dermatitis dupilumab option C
pemphigus-vulgaris rituximab preferred B
bullous-pemphigoid rituximab refractory-option B
bullous-pemphigoid dupilumab option C
bullous-pemphigoid omalizumab option C
bullous-pemphigoid sutimlimab case-report -
epidermolysis-bullosa-acquisita rituximab option C
paraneoplastic-pemphigus rituximab preferred C
paraneoplastic-pemphigus alemtuzumab case-report C
sle belimumab preferred A
sle telitacicept preferred A
sle anifrolumab option B
sle rituximab refractory-option C
systemic-sclerosis nintedanib option B
systemic-sclerosis tocilizumab option B
dermatomyositis rituximab option B
dermatomyositis abatacept refractory-option C
dermatomyositis tocilizumab refractory-option C
dermatomyositis human-immunoglobulin option -
primary-sjogren etanercept option C
primary-sjogren rituximab option C
"""
WITHOUT_ANY = ["generalized-pustular-psoriasis", "mctd"]


def recommendations() -> dict[str, Recommendation]:
    return {item.disease: item for item in knowledge().chapters["dermatology"].recommendations}


def elsewhere(disease: str) -> str:
    return f"derm.{disease}.recommended-elsewhere.info"


def test_every_recommendation_has_the_drug_the_choice_and_the_grade_of_the_consensus() -> None:
    found = [
        f"{item.disease} {drug.drug} {drug.choice} {drug.grade or '-'}"
        for item in recommendations().values()
        for drug in item.drugs
    ]
    assert found == RECOMMENDED.split("\n")[1:-1]
    assert [item.disease for item in recommendations().values() if not item.drugs] == WITHOUT_ANY


def test_every_recommendation_names_regimens_of_the_drug_with_its_grade_and_disease() -> None:
    for item in recommendations().values():
        for named in item.drugs:
            regimens = knowledge().chapters[named.drug].regimens
            records = {record.id: record for record in regimens.records} if regimens else {}
            assert set(named.records) <= records.keys(), named.drug
            for name in named.records:
                assert records[name].grade == named.grade, name
                assert not set(item.concepts).isdisjoint(records[name].indication.conditions), name


def test_every_regimen_that_counts_is_recommended_for_its_disease() -> None:
    recommended = {name for item in recommendations().values() for named in item.drugs for name in named.records}
    records = {
        record.id
        for chapter in knowledge().chapters.values()
        if chapter.regimens
        for record in chapter.regimens.records
        if record.counts_as_indication
    }
    assert recommended == records


@pytest.mark.parametrize(
    ("disease", "key", "drug", "named"),
    [
        ("plaque psoriasis", "plaque-psoriasis", "golimumab", "adalimumab (grade A)"),
        ("plaque psoriasis", "plaque-psoriasis", "dupilumab", "tildrakizumab, apremilast (grade B)"),
        ("plaque psoriasis", "plaque-psoriasis", "tofacitinib", "deucravacitinib (grade B)"),
        ("psoriatic arthritis", "psoriatic-arthritis", "secukinumab", "tofacitinib (grade B)"),
        ("pityriasis rubra pilaris", "pityriasis-rubra-pilaris", "guselkumab", "infliximab, adalimumab, ustekinumab"),
        ("atopic dermatitis", "atopic-dermatitis", "secukinumab", "dupilumab (grade A)"),
        ("chronic urticaria", "chronic-spontaneous-urticaria", "dupilumab", "It names omalizumab."),
        ("prurigo nodularis", "prurigo-nodularis", "omalizumab", "dupilumab (grade A), nemolizumab (grade C)"),
        ("chronic actinic dermatitis", "chronic-actinic-dermatitis", "omalizumab", "dupilumab (grade C)"),
        ("pemphigus vulgaris", "pemphigus-vulgaris", "dupilumab", "rituximab (grade B)"),
        ("bullous pemphigoid", "bullous-pemphigoid", "adalimumab", "omalizumab (grade C)"),
        ("epidermolysis bullosa acquisita", "epidermolysis-bullosa-acquisita", "infliximab", "rituximab (grade C)"),
        ("paraneoplastic pemphigus", "paraneoplastic-pemphigus", "adalimumab", "alemtuzumab (grade C)"),
        ("SLE", "sle", "etanercept", "belimumab (grade A), telitacicept (grade A)"),
        ("SSc-ILD", "systemic-sclerosis", "rituximab", "nintedanib (grade B), tocilizumab (grade B)"),
        ("dermatomyositis", "dermatomyositis", "belimumab", "human immunoglobulin"),
        ("Sjogren", "primary-sjogren", "dupilumab", "etanercept (grade C), rituximab (grade C)"),
    ],
)
@pytest.mark.parametrize("by_reason", [True, False])
def test_an_order_for_a_disease_for_which_something_else_is_recommended_says_what(
    disease: str, key: str, drug: str, named: str, by_reason: bool
) -> None:
    case = SkinCase().order(drug, reason=disease if by_reason else None)
    if not by_reason:
        case.with_disease(disease)
    found = case.findings()[elsewhere(key)]
    assert (found.severity, found.statement.kind) == ("info", "indication-check")
    assert named in found.statement.say.en


@pytest.mark.parametrize(
    ("disease", "drug"), [(line.split()[0], line.split()[1]) for line in RECOMMENDED.split("\n")[1:-1]]
)
def test_a_recommended_drug_is_not_told_of_others(disease: str, drug: str) -> None:
    names = {item.disease: item.concepts for item in recommendations().values()}
    words = {key: value for key, value in WORDS.items() if key in names[disease]}
    for text in words.values():
        assert not any("recommended-elsewhere" in name for name in SkinCase().order(drug, reason=text).findings())


WORDS = {
    "plaque-psoriasis": "斑块状银屑病",
    "psoriatic-arthritis": "银屑病关节炎",
    "pityriasis-rubra-pilaris": "毛发红糠疹",
    "atopic-dermatitis": "特应性皮炎",
    "chronic-spontaneous-urticaria": "慢性自发性荨麻疹",
    "prurigo-nodularis": "结节性痒疹",
    "chronic-actinic-dermatitis": "慢性光化性皮炎",
    "pemphigus-vulgaris": "寻常型天疱疮",
    "bullous-pemphigoid": "大疱性类天疱疮",
    "epidermolysis-bullosa-acquisita": "获得性大疱性表皮松解症",
    "paraneoplastic-pemphigus": "副肿瘤性天疱疮",
    "sle": "系统性红斑狼疮",
    "systemic-sclerosis": "系统性硬化症",
    "ssc-ild": "系统性硬化症相关间质性肺病",
    "dermatomyositis": "皮肌炎",
    "primary-sjogren": "干燥综合征",
}


def test_the_reason_of_the_order_decides_and_not_the_problem_list() -> None:
    case = SkinCase().with_disease("plaque psoriasis").order("secukinumab", reason="psoriatic arthritis")
    assert elsewhere("psoriatic-arthritis") in case.findings()
    case = SkinCase().with_disease("psoriatic arthritis").order("secukinumab", reason="plaque psoriasis")
    assert elsewhere("psoriatic-arthritis") not in case.findings()
    case = SkinCase().with_disease("plaque psoriasis").order("golimumab", reason="uveitis")
    assert elsewhere("plaque-psoriasis") not in case.findings()


def test_without_a_reason_a_drug_that_is_named_for_another_problem_is_not_questioned() -> None:
    case = SkinCase().with_disease("psoriatic arthritis", "plaque psoriasis").order("secukinumab")
    assert elsewhere("psoriatic-arthritis") not in case.findings()


@pytest.mark.parametrize(("drug", "other"), [("ustekinumab", "crohn"), ("abatacept", "rheumatoid arthritis")])
def test_without_a_reason_a_disease_the_consensus_is_not_about_may_be_the_reason(drug: str, other: str) -> None:
    case = SkinCase().with_disease("atopic dermatitis").order(drug)
    assert elsewhere("atopic-dermatitis") in case.findings()
    assert elsewhere("atopic-dermatitis") not in case.with_disease(other).findings()


@pytest.mark.parametrize(
    "more", [{"clinical": "resolved"}, {"verification": "refuted"}, {"verification": "provisional"}]
)
def test_a_disease_that_is_over_refuted_or_only_suspected_says_nothing(more: dict[str, str]) -> None:
    case = SkinCase().with_disease("atopic dermatitis", **more).order("secukinumab")
    assert elsewhere("atopic-dermatitis") not in case.findings()


def test_conditions_that_could_not_be_fetched_are_reported_once_and_not_for_every_disease() -> None:
    case = SkinCase().without("Condition").order("secukinumab")
    assert case.verdict(elsewhere("atopic-dermatitis")) == "not in scope"
    assert "DERM-IND-001" in {item.statement.id for item in case.assessment().not_assessed}


@pytest.mark.parametrize("drug", ["secukinumab", "adalimumab", "rituximab", "dupilumab"])
def test_nothing_is_said_about_generalized_pustular_psoriasis(drug: str) -> None:
    found = SkinCase().order(drug, reason="generalized pustular psoriasis").findings()
    assert not [name for name in found if name.startswith("derm.")]


def test_for_mixed_connective_tissue_disease_it_is_said_that_nothing_is_recommended() -> None:
    found = SkinCase().order("rituximab", reason="MCTD").findings()
    assert found["derm.mctd.no-recommendation.info"].severity == "info"


LATER = [
    ("pityriasis rubra pilaris", "infliximab", "derm.pityriasis-rubra-pilaris.infliximab.refractory-option.info"),
    ("pityriasis rubra pilaris", "adalimumab", "derm.pityriasis-rubra-pilaris.adalimumab.refractory-option.info"),
    ("pityriasis rubra pilaris", "ustekinumab", "derm.pityriasis-rubra-pilaris.ustekinumab.refractory-option.info"),
    ("bullous pemphigoid", "rituximab", "derm.bullous-pemphigoid.rituximab.refractory-option.info"),
    ("bullous pemphigoid", "sutimlimab", "derm.bullous-pemphigoid.sutimlimab.case-report.info"),
    ("paraneoplastic pemphigus", "alemtuzumab", "derm.paraneoplastic-pemphigus.alemtuzumab.case-report.info"),
    ("SLE", "rituximab", "derm.sle.rituximab.refractory-option.info"),
    ("dermatomyositis", "abatacept", "derm.dermatomyositis.abatacept.refractory-option.info"),
    ("dermatomyositis", "tocilizumab", "derm.dermatomyositis.tocilizumab.refractory-option.info"),
]


@pytest.mark.parametrize(("disease", "drug", "statement"), LATER)
def test_a_drug_for_refractory_disease_or_of_case_reports_says_so(disease: str, drug: str, statement: str) -> None:
    assert SkinCase().order(drug, reason=disease).severity(statement) == "info"
    assert SkinCase().order(drug, reason="atopic dermatitis").severity(statement) is None
    assert SkinCase().without("Condition").order(drug).verdict(statement) == "not in scope"


def test_there_are_no_other_drugs_of_a_later_line() -> None:
    found = {
        name
        for name in knowledge().chapters["dermatology"].statements
        if "option.info" in name or "report.info" in name
    }
    assert found == {statement for *_, statement in LATER}


DRYNESS = "derm.primary-sjogren.tnf-inhibitor-for-dryness.info"


@pytest.mark.parametrize("drug", ["etanercept", "infliximab", "adalimumab", "certolizumab pegol", "golimumab"])
@pytest.mark.parametrize(
    ("reason", "severity"),
    [
        ("Sjogren", "info"),
        ("干燥综合征，口干、眼干", "warning"),
        ("Sjogren syndrome with dry eyes", "warning"),
        ("plaque psoriasis", None),
    ],
)
def test_tnf_inhibitors_are_not_for_the_dryness_of_sjogren_syndrome(
    drug: str, reason: str, severity: str | None
) -> None:
    assert SkinCase().order(drug, reason=reason).severity(DRYNESS) == severity


def test_dryness_is_unknown_where_neither_reason_nor_conditions_are_known() -> None:
    assert SkinCase().without("Condition").order("etanercept").verdict(DRYNESS) == "unknown"
    assert SkinCase().with_disease("Sjogren", "rheumatoid arthritis").order("etanercept").severity(DRYNESS) is None


@pytest.mark.parametrize(
    ("disease", "drug"),
    [
        ("SLE", "secukinumab"),
        ("SLE", "obinutuzumab"),
        ("dermatomyositis", "tofacitinib"),
        ("dermatomyositis", "infliximab"),
    ],
)
def test_where_another_document_speaks_about_the_drug_for_the_disease_this_one_does_not(
    disease: str, drug: str
) -> None:
    found = SkinCase().order(drug, reason=disease).findings()
    assert not [name for name in found if "recommended-elsewhere" in name]


def test_conditions_for_use_and_special_populations_are_words_for_the_reader() -> None:
    lupus = recommendations()["sle"]
    assert "SELENA-SLEDAI of at least 8" in (lupus.drugs[0].condition.en if lupus.drugs[0].condition else "")
    skin = recommendations()["atopic-dermatitis"]
    assert [special.drug for special in skin.special_populations] == [
        "upadacitinib",
        "abrocitinib",
        "upadacitinib",
        "dupilumab",
    ]
    assert recommendations()["primary-sjogren"].not_recommended[0].drugs == ["tnf-inhibitor"]
