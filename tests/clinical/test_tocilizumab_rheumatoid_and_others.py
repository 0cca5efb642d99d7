"""Tocilizumab in rheumatoid arthritis with interstitial lung disease, in lupus, and in other diseases."""

import pytest
from lupus_cases import Case, adult, ra_ild, sle, ssc_ild

EVIDENCE = "tocilizumab.ra-ild.evidence"
PREFERRED = "tocilizumab.ra-ild.preferred-alternatives"
FIRST_LINE = "tocilizumab.ra-ild.first-line"
UIP = "tocilizumab.ra-ild.uip-pattern"
MTX = "tocilizumab.ra-ild.mtx-leflunomide"
RISKS = "tocilizumab.ra-ild.risk-factors"
REGIMEN = "tocilizumab.ctd-ild.regimen-undefined"
LUPUS = "tocilizumab.sle.evidence-limited"
LUPUS_DIGEST = "tocilizumab.sle.investigational-infection-risk"
FEVER = "tocilizumab.sle.refractory-fever"
OTHER = "tocilizumab.ctd-ild.other-ctd"


# Which disease it is


@pytest.mark.parametrize(
    ("illnesses", "state"),
    [
        (("ssc", "ra", "sle", "ild"), "SSC_ILD"),
        (("ra", "sle", "ild"), "RA_ILD"),
        (("sle", "sjogren", "ild"), "SLE_ILD"),
        (("sjogren", "ild"), "OTHER_CTD_ILD"),
        (("ssc-ild",), "SSC_ILD"),
        (("ssc",), None),
        (("ild",), None),
        ((), None),
    ],
)
def test_correction_36_an_unknown_disease_does_not_stop_the_search_for_the_next(
    illnesses: tuple[str, ...], state: str | None
) -> None:
    case = adult().ill(*illnesses).weekly()
    fired = {
        "SSC_ILD": case.fires("tocilizumab.ssc-ild.evidence-population"),
        "RA_ILD": case.fires(EVIDENCE),
        "OTHER_CTD_ILD": case.fires(OTHER),
    }
    assert [name for name, fires in fired.items() if fires] == ([state] if state in fired else [])
    assert case.fires("tocilizumab.tb.screening-missing") is (state is not None or "sle" in illnesses)


@pytest.mark.parametrize(
    ("name", "beside", "statement"),
    [
        ("硬皮病相关间质性肺病", (), "tocilizumab.ssc-ild.evidence-population"),
        ("scleroderma with lungs", (), "tocilizumab.ssc-ild.evidence-population"),
        ("Systemic sclerosis", ("ild",), "tocilizumab.ssc-ild.evidence-population"),
        ("类风湿肺", (), EVIDENCE),
        ("ra", ("ild",), EVIDENCE),
        ("ild", ("ra",), EVIDENCE),
        ("sjogren", ("ild",), OTHER),
        ("sle", (), LUPUS_DIGEST),
        ("狼疮性肾病", (), LUPUS_DIGEST),
        ("难治性狼疮", (), LUPUS_DIGEST),
    ],
)
@pytest.mark.parametrize("as_reason", [False, True], ids=["as diagnosis", "as reason"])
def test_a_disease_counts_by_any_of_its_names_as_a_diagnosis_and_as_the_reason_of_the_order(
    name: str, beside: tuple[str, ...], statement: str, as_reason: bool
) -> None:
    case = adult().ill(*beside)
    case = case.weekly(reason=name) if as_reason else case.ill(name).weekly()
    assert case.fires(statement)
    if not as_reason:
        assert not adult().ill(*beside).ill(name, verification="provisional").weekly().fires(statement)


@pytest.mark.parametrize("name", ["sle", "狼疮性肾病", "难治性狼疮"])
def test_tuberculosis_is_screened_in_lupus_under_any_of_its_names(name: str) -> None:
    assert adult().ill(name).weekly().fires("tocilizumab.tb.screening-missing")
    assert adult().weekly(reason=name).fires("tocilizumab.tb.screening-missing")


def test_the_reason_of_the_order_counts_like_a_diagnosis() -> None:
    assert adult().weekly(reason="ssc-ild").fires("tocilizumab.ssc-ild.us-approved")
    assert adult().ill("ild").weekly(reason="ra").fires(EVIDENCE)


def test_a_report_that_affirms_interstitial_lung_disease_is_a_diagnosis_of_it() -> None:
    case = adult().ill("ra").image("hrct", conclusion="Bilateral interstitial lung disease.")
    assert case.weekly().fires(EVIDENCE)
    assert not adult().ill("ra").image("hrct").weekly().fires(EVIDENCE)


@pytest.mark.parametrize(
    "more", [{"verification": "provisional"}, {"clinical": "resolved"}, {"verification": "refuted"}]
)
def test_a_suspected_resolved_or_refuted_disease_is_none(more: dict[str, str]) -> None:
    assert not adult().ill("ra").ill("ild", **more).weekly().fires(EVIDENCE)


# Rheumatoid arthritis


@pytest.mark.parametrize("statement", [EVIDENCE, RISKS, REGIMEN])
def test_standing_information_for_ra_ild(statement: str) -> None:
    assert ra_ild().weekly().severity(statement) == "info"
    assert not ssc_ild().weekly().fires(statement)
    assert not adult().ill("ra").weekly().fires(statement)


def test_abatacept_and_rituximab_come_first_in_ra_ild() -> None:
    assert ra_ild().weekly().severity(PREFERRED) == "info"
    assert not ra_ild().prescribed("abatacept", status="stopped").weekly().fires(PREFERRED)
    assert not ra_ild().took("rituximab", "2019-04-01").weekly().fires(PREFERRED)
    assert ra_ild().order("abatacept", selected=False).weekly().fires(PREFERRED)
    assert not ssc_ild().weekly().fires(PREFERRED)


@pytest.mark.parametrize("statement", [PREFERRED, FIRST_LINE])
def test_a_failed_medication_query_is_reported(statement: str) -> None:
    case = ra_ild().without("MedicationRequest").weekly()
    assert not case.fires(statement)
    assert any(key.startswith(statement) for key in case.not_assessed())


@pytest.mark.parametrize(
    ("case", "parts"),
    [
        (ra_ild(), ("systemic-glucocorticoid", "conventional-immunosuppressant")),
        (ra_ild().prescribed("prednisone"), ("conventional-immunosuppressant",)),
        (ra_ild().prescribed("ciclosporin", status="completed"), ("systemic-glucocorticoid",)),
        (ra_ild().prescribed("prednisone").prescribed("ciclosporin"), None),
        (ra_ild().prescribed("prednisone").order("ciclosporin", selected=False), None),
        (ra_ild().prescribed("ciclosporin").order("prednisone", selected=False), None),
        (ssc_ild(), None),
    ],
)
def test_correction_40_steroid_with_an_immunosuppressant_comes_first_in_ra_ild(
    case: Case, parts: tuple[str, ...] | None
) -> None:
    found = case.weekly().findings().get(f"{FIRST_LINE}.info")
    assert (found and found.components) == parts
    if found:
        assert "未见两者完整记录" in found.statement.say.zh


def test_a_uip_pattern_is_followed_closely() -> None:
    case = ra_ild().ill("uip").weekly()
    assert case.severity(UIP) == "info"
    assert case.proposals(UIP) == {("order", "chest-hrct")}
    assert not ra_ild().weekly().fires(UIP)
    assert not ssc_ild().ill("uip").weekly().fires(UIP)
    for image in ("hrct", "chest ct", "high-resolution ct"):
        assert ra_ild().image(image, conclusion="Usual interstitial pneumonia.").weekly().fires(UIP)
        assert not ra_ild().image(image, conclusion="No usual interstitial pneumonia.").weekly().fires(UIP)
        assert not ra_ild().image(image).weekly().fires(UIP)
    assert adult().ill("ra").weekly(reason="uip").fires(UIP)


@pytest.mark.parametrize("drug", ["methotrexate", "leflunomide"])
def test_methotrexate_and_leflunomide_in_ra_ild(drug: str) -> None:
    assert ra_ild().order(drug, 15).severity(MTX) == "info"
    assert not adult().ill("ra").order(drug, 15).fires(MTX)
    assert not ssc_ild().order(drug, 15).fires(MTX)
    assert not ra_ild().weekly().fires(MTX)


@pytest.mark.parametrize("drug", ["methotrexate", "leflunomide"])
def test_methotrexate_of_anyone_else_leaves_no_trace(drug: str) -> None:
    case = adult().order(drug, 15).without("Condition")
    assert not case.findings()
    assert not case.not_assessed()


# Lupus and others


def test_tocilizumab_in_lupus_is_said_once_by_the_newer_document() -> None:
    case = sle().weekly()
    assert case.severity(LUPUS_DIGEST) == "warning"
    assert case.verdict(LUPUS) == "superseded"


@pytest.mark.parametrize("illness", ["ssc", "ra", "硬皮病相关间质性肺病"])
def test_lupus_beside_another_disease_tocilizumab_is_given_for(illness: str) -> None:
    case = sle().ill(illness).weekly()
    assert not case.fires(LUPUS)
    assert not case.fires(LUPUS_DIGEST)


@pytest.mark.parametrize(
    "reason",
    ["crs", "covid", "giant cell arteritis", "Juvenile idiopathic arthritis", "ra", "ssc", "硬皮病相关间质性肺病"],
)
def test_an_order_for_another_labelled_disease_is_not_one_for_lupus(reason: str) -> None:
    case = sle().weekly(reason=reason)
    assert case.verdict(LUPUS) != "superseded"
    assert not case.fires(LUPUS)
    assert not case.fires(LUPUS_DIGEST)


def test_lupus_as_the_reason_of_the_order_is_enough() -> None:
    assert adult().weekly(reason="sle").fires(LUPUS_DIGEST)
    assert not adult().weekly().fires(LUPUS_DIGEST)
    assert not adult().weekly().fires(LUPUS)


def test_correction_37_fever_that_nothing_helps_rests_on_two_cases_and_infection_comes_first() -> None:
    case = sle().ill("fever").weekly()
    assert case.severity(FEVER) == "info"
    say = case.finding(FEVER).statement.say
    assert say.zh == "SLE持续高热对抗感染及大剂量激素无效：托珠单抗仅2例好转报告，可能作为替代；须先充分排除感染。"
    assert "exclude infection thoroughly first" in say.en


def test_fever_may_be_the_reason_of_the_order() -> None:
    assert sle().weekly(reason="fever").fires(FEVER)
    assert not sle().weekly().fires(FEVER)
    assert not adult().ill("fever").weekly().fires(FEVER)
    assert not sle().without("Condition").weekly(reason="sle").fires(FEVER)


def test_other_connective_tissue_diseases_are_not_covered_by_the_review() -> None:
    assert adult().ill("sjogren", "ild").weekly().severity(OTHER) == "warning"
    assert not adult().ill("sjogren").weekly().fires(OTHER)
    assert not ra_ild().ill("sjogren").weekly().fires(OTHER)
