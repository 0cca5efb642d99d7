"""Antibodies against costimulation and cytokines: what an investigational, failed or terminated drug says."""

import pytest
from lupus_cases import Case, adult, knowledge, sle

RUPLIZUMAB = "anti-cd40l.ruplizumab"
DAPIROLIZUMAB = "dapirolizumab.sle.phase2"
THROMBOSIS = "anti-cd40l.thrombosis-history"
AMG = "amg557.sle"


@pytest.mark.parametrize("drug", ["ruplizumab", "BG9588", "toralizumab"])
@pytest.mark.parametrize("case", [sle, adult])
def test_ruplizumab_and_similar_antibodies_are_never_used(drug: str, case: object) -> None:
    made = case().order(drug)  # type: ignore[operator]
    assert made.severity(RUPLIZUMAB) == "critical"
    assert made.proposals(RUPLIZUMAB) == {("delete", "draft")}


@pytest.mark.parametrize("name", ["鲁利珠单抗", "lulizumab pegol"])
def test_a_name_that_may_mean_another_drug_is_not_taken_for_ruplizumab(name: str) -> None:
    assert not sle().order(name).findings()


@pytest.mark.parametrize("drug", ["dapirolizumab pegol", "达匹罗利珠单抗"])
def test_dapirolizumab_is_not_approved(drug: str) -> None:
    assert sle().order(drug).severity(DAPIROLIZUMAB) == "warning"
    assert adult().without("Condition").order(drug).severity(DAPIROLIZUMAB) == "warning"
    assert not sle().order(drug).fires(RUPLIZUMAB)
    assert not sle().order("belimumab").fires(DAPIROLIZUMAB)


@pytest.mark.parametrize("drug", ["AMG 557", "prezalumab"])
def test_amg_557_is_not_approved(drug: str) -> None:
    assert sle().order(drug).severity(AMG) == "warning"
    assert adult().order(drug).severity(AMG) == "warning"
    assert not sle().order("belimumab").fires(AMG)


@pytest.mark.parametrize(
    ("case", "part"),
    [
        (sle().ill("thrombosis"), "thromboembolism-history"),
        (sle().ill("thrombosis", clinical="resolved"), "thromboembolism-history"),
        (sle().ill("antiphospholipid syndrome"), "antiphospholipid-antibody"),
        (sle().ill("抗磷脂抗体阳性").lab("antiphospholipid", "negative"), "antiphospholipid-antibody"),
        (sle().lab("antiphospholipid", "positive"), "antiphospholipid-antibody"),
    ],
)
@pytest.mark.parametrize("drug", ["dapirolizumab pegol", "ruplizumab", "frexalimab"])
def test_thrombosis_or_antiphospholipid_antibodies_speak_against_the_class(case: Case, part: str, drug: str) -> None:
    case.order(drug)
    assert case.severity(THROMBOSIS) == "warning"
    assert part in case.finding(THROMBOSIS).components


def test_without_them_nothing_is_said() -> None:
    assert not sle().lab("antiphospholipid", "negative").order("dapirolizumab pegol").fires(THROMBOSIS)
    assert not sle().order("dapirolizumab pegol").fires(THROMBOSIS)
    assert not sle().without("Condition", "Observation").order("dapirolizumab pegol").fires(THROMBOSIS)
    assert not sle().ill("thrombosis").order("belimumab").fires(THROMBOSIS)
    assert not sle().ill("thrombosis", verification="provisional").order("dapirolizumab pegol").fires(THROMBOSIS)


@pytest.mark.parametrize(
    ("names", "drug"),
    [
        (("anifrolumab", "阿伏利尤单抗", "阿尼弗鲁单抗", "阿尼弗魯單抗", "Saphnelo"), "anifrolumab"),
        (("belimumab", "贝利尤单抗", "貝利尤單抗"), "belimumab"),
        (("epratuzumab", "依帕珠单抗", "依帕珠單抗"), "epratuzumab"),
        (("obexelimab", "奥布昔单抗", "奧布昔單抗"), "obexelimab"),
        (("ocrelizumab", "奥瑞珠单抗", "奧瑞珠單抗"), "ocrelizumab"),
        (("obinutuzumab", "奥妥珠单抗"), "obinutuzumab"),
        (("dapirolizumab pegol", "达匹罗利珠单抗", "達匹羅利珠單抗"), "dapirolizumab-pegol"),
        (("ustekinumab", "乌司奴单抗", "优特克单抗", "優特克單抗"), "ustekinumab"),
        (("secukinumab", "司库奇尤单抗", "AIN457"), "secukinumab"),
        (("tocilizumab", "托珠单抗", "托珠單抗"), "tocilizumab"),
        (("rituximab", "利妥昔单抗", "利妥昔單抗"), "rituximab"),
    ],
)
def test_every_name_of_the_source_means_one_drug(names: tuple[str, ...], drug: str) -> None:
    for name in names:
        assert [match.concept for match in knowledge().terminology.drugs((), [name])] == [drug], name


def test_two_names_of_anifrolumab_are_no_second_drug() -> None:
    case = sle().order("阿伏利尤单抗").order("阿尼弗鲁单抗", selected=False)
    assert {finding.drug for finding in case.assessment().findings} == {"anifrolumab"}


@pytest.mark.parametrize("drug", ["telitacicept", "voclosporin", "deucravacitinib", "baricitinib", "litifilimab"])
def test_a_drug_the_source_does_not_list_gets_no_statement_of_approval(drug: str) -> None:
    assert not sle().order(drug).findings()
