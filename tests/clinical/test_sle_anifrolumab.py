"""Anifrolumab and belimumab, the two approved antibodies."""

from pathlib import Path

import pytest
from lupus_cases import Case, adult, knowledge, sle

from cards.assess.assess import assess
from cards.chart.read import read_chart
from cards.knowledge.chapter import load_chapter
from cards.knowledge.loader import FOLDER, Knowledge
from cards.knowledge.site import site_parameters

APPROVED = "anifrolumab.sle.approved"
UNKNOWN = "anifrolumab.sle.indication-unknown"
GBA = "anifrolumab.sle.china-outside-gba"
UNDER_18 = "anifrolumab.sle.under-18"
MISSING = "anifrolumab.sle.autoantibody-missing"
NEGATIVE = "anifrolumab.sle.autoantibody-negative"
STANDARD = "anifrolumab.sle.no-standard-therapy"
ACTIVITY = "anifrolumab.sle.disease-activity-missing"
SUBCUTANEOUS = "anifrolumab.sle.subcutaneous"
INFECTION = "anifrolumab.sle.active-infection"
VERSUS = "anifrolumab.sle.versus-belimumab"
BELIMUMAB = "belimumab.sle.approved"
BELIMUMAB_UNKNOWN = "belimumab.sle.indication-unknown"
UNDER_5 = "belimumab.sle.under-5"


def ordered(case: Case, drug: str = "anifrolumab") -> Case:
    return case.order(drug, 300, route="intravenous")


def test_a_patient_who_fits_hears_only_of_the_approval() -> None:
    assert set(ordered(sle()).findings()) == {f"{APPROVED}.info", f"{VERSUS}.info"}


def test_the_approval_is_for_adults_with_lupus() -> None:
    assert ordered(sle()).severity(APPROVED) == "info"
    assert not ordered(sle().patient(birth="2010-01-01")).fires(APPROVED)
    assert not ordered(sle().patient()).fires(APPROVED)
    assert not ordered(adult()).fires(APPROVED)


@pytest.mark.parametrize(
    ("drug", "statement"),
    [("anifrolumab", UNKNOWN), ("belimumab", BELIMUMAB_UNKNOWN)],
    ids=["anifrolumab", "belimumab"],
)
def test_an_order_without_lupus_on_record_is_remarked_on(drug: str, statement: str) -> None:
    case = ordered(adult(), drug)
    assert case.severity(statement) == "warning"
    assert case.proposals(statement) == {("reason_from", "sle")}
    assert ordered(adult().without("Condition"), drug).fires(statement)
    assert not ordered(sle(), drug).fires(statement)
    assert not ordered(adult().ill("lupus nephritis"), drug).fires(statement)
    assert not adult().order(drug, 300, reason="sle").fires(statement)


@pytest.mark.parametrize(
    "more", [{"verification": "provisional"}, {"clinical": "resolved"}, {"verification": "refuted"}]
)
def test_lupus_that_is_suspected_resolved_or_refuted_is_no_indication(more: dict[str, str]) -> None:
    assert ordered(adult().ill("sle", **more)).fires(UNKNOWN)


@pytest.mark.parametrize("name", ["sle", "狼疮性肾病", "难治性狼疮"])
@pytest.mark.parametrize("drug", ["anifrolumab", "belimumab"])
def test_lupus_counts_under_any_of_its_names_as_a_diagnosis_and_as_the_reason_of_the_order(
    name: str, drug: str
) -> None:
    assert not ordered(adult().ill(name), drug).fires(f"{drug}.sle.indication-unknown")
    assert not adult().order(drug, 300, reason=name).fires(f"{drug}.sle.indication-unknown")


# Region


@pytest.mark.parametrize(("region", "severity"), [("cn", "warning"), ("us", None), ("eu", None)])
def test_in_mainland_china_the_drug_is_available_at_designated_hospitals(region: str, severity: str | None) -> None:
    case = ordered(sle(region=region))
    assert case.severity(GBA) == severity


def test_correction_40_the_date_is_the_one_of_the_announcement() -> None:
    say = ordered(sle(region="cn")).finding(GBA).statement.say
    assert "（2024-10-21公布）" in say.zh
    assert "announced 2024-10-21" in say.en


def designated(tmp_path: Path, value: str) -> Knowledge:
    text = f"- {{chapter: sle, id: gba_designated, value: {value}, owner: Pharmacy, reason: designated institution}}\n"
    (tmp_path / "parameters.yaml").write_text(text, encoding="utf-8")
    folder, terminology = FOLDER / "diseases/sle", knowledge().terminology
    chapter = load_chapter(folder, terminology, site_parameters(tmp_path, [folder])["sle"])
    return Knowledge(terminology, {"sle": chapter}, "")


@pytest.mark.parametrize(("value", "fires"), [("true", False), ("false", True)])
def test_a_designated_institution_says_so_in_its_settings(tmp_path: Path, value: str, fires: bool) -> None:
    case = ordered(sle(region="cn"))
    known = designated(tmp_path, value)
    chart = read_chart(case.received(), known.terminology, case.day, case.hook)
    found = {finding.statement.id for finding in assess(chart, known, "cn").findings}
    assert (f"{GBA}.indication-check" in found) is fires


# Age


def test_anifrolumab_is_for_adults() -> None:
    assert ordered(sle().patient(birth="2010-01-01")).severity(UNDER_18) == "warning"
    assert not ordered(sle()).fires(UNDER_18)
    case = ordered(sle().patient())
    assert not case.fires(UNDER_18)
    assert case.not_assessed()[f"{UNDER_18}.special-population"].missing == ("age",)


@pytest.mark.parametrize(
    ("dates", "fires"),
    [(("2026-03-20",), False), (("2026-03-10",), True), (("2026-02-20", "2026-03-20"), False), (("2026-02-20",), True)],
)
def test_the_age_is_the_one_on_the_planned_day(dates: tuple[str, ...], fires: bool) -> None:
    """A day that has passed is no planned one."""
    case = sle().patient(birth="2008-03-15").order("anifrolumab", 300, route="intravenous", dates=dates)
    assert case.fires(UNDER_18) is fires


def test_belimumab_starts_at_five_years() -> None:
    assert ordered(sle().patient(birth="2022-01-01"), "belimumab").severity(UNDER_5) == "warning"
    assert not ordered(sle().patient(birth="2012-01-01"), "belimumab").fires(UNDER_5)
    case = ordered(sle().patient(), "belimumab")
    assert not case.fires(UNDER_5)
    assert f"{UNDER_5}.special-population" in case.not_assessed()


# Autoantibodies


def with_antibodies(**results: str | None) -> Case:
    case = sle().forget("ana", "anti-dsdna")
    for name, result in results.items():
        case.lab(name.replace("_", "-"), result)
    return ordered(case)


def test_correction_34_a_positive_antibody_of_any_time_settles_it() -> None:
    for name in ("ana", "anti_dsdna", "anti_sm"):
        case = with_antibodies(**{name: "positive"})
        assert not case.fires(MISSING)
        assert not case.fires(NEGATIVE)
    later = with_antibodies(ana="negative", anti_dsdna="negative").lab("anti-dsdna", "positive", on="2015-01-10")
    assert not later.fires(MISSING)
    assert not later.fires(NEGATIVE)


@pytest.mark.parametrize(
    ("results", "offered"),
    [
        ({}, {"ana", "anti-dsdna"}),
        ({"ana": "negative"}, {"anti-dsdna"}),
        ({"anti_dsdna": "negative"}, {"ana"}),
        ({"anti_sm": "negative"}, {"ana", "anti-dsdna"}),
        ({"ana": "see report", "anti_dsdna": "negative"}, {"ana"}),
        ({"ana": "indeterminate", "anti_dsdna": "negative"}, {"ana"}),
    ],
)
def test_correction_34_without_a_positive_one_both_are_needed(results: dict[str, str], offered: set[str]) -> None:
    case = with_antibodies(**results)
    assert case.severity(MISSING) == "info"
    assert not case.fires(NEGATIVE)
    assert case.proposals(MISSING) == {("order", name) for name in offered}


def test_correction_34_both_negative_are_outside_the_approved_population() -> None:
    case = with_antibodies(ana="negative", anti_dsdna="negative")
    assert case.severity(NEGATIVE) == "warning"
    assert not case.fires(MISSING)


def test_antibodies_are_not_looked_at_without_lupus() -> None:
    assert not ordered(adult()).fires(MISSING)
    assert not ordered(adult().lab("ana", "negative").lab("anti-dsdna", "negative")).fires(NEGATIVE)


def test_where_results_were_not_fetched_the_antibodies_are_asked_for_and_not_called_negative() -> None:
    case = ordered(sle().without("Observation"))
    assert case.fires(MISSING)
    assert not case.fires(NEGATIVE)
    assert {item.why.value for item in case.finding(MISSING).missing} == {"not fetched"}


# Standard therapy and activity


@pytest.mark.parametrize("drug", ["prednisone", "hydroxychloroquine", "azathioprine", "mycophenolate-mofetil"])
def test_one_class_of_standard_therapy_is_enough(drug: str) -> None:
    without = sle().forget("hydroxychloroquine")
    assert ordered(without).severity(STANDARD) == "warning"
    assert not ordered(sle().forget("hydroxychloroquine").prescribed(drug)).fires(STANDARD)
    assert not ordered(sle().forget("hydroxychloroquine").order(drug, selected=False)).fires(STANDARD)
    assert ordered(sle().forget("hydroxychloroquine").prescribed(drug, status="stopped")).fires(STANDARD)


def test_standard_therapy_that_could_not_be_looked_for_is_reported() -> None:
    case = ordered(sle().without("MedicationRequest"))
    assert not case.fires(STANDARD)
    assert f"{STANDARD}.indication-check" in case.not_assessed()
    assert not ordered(adult()).fires(STANDARD)


@pytest.mark.parametrize(("name", "value"), [("sledai", 12), ("bilag", "A in one system")])
def test_any_recorded_activity_will_do(name: str, value: str | int) -> None:
    bare = sle().forget("sledai")
    assert ordered(bare).severity(ACTIVITY) == "info"
    assert ordered(bare).proposals(ACTIVITY) == {("order", "sle-disease-activity")}
    assert not ordered(sle().forget("sledai").lab(name, value, unit="{score}")).fires(ACTIVITY)
    assert not ordered(adult()).fires(ACTIVITY)


# Route, infection, comparison


def test_the_subcutaneous_form_was_not_approved_and_its_dose_is_not_carried_over() -> None:
    case = sle().order("anifrolumab", 120, route="subcutaneous")
    assert case.severity(SUBCUTANEOUS) == "warning"
    assert {action for action, _ in case.proposals(SUBCUTANEOUS)} == {"clear_dose", "set_route"}
    assert not sle().order("anifrolumab", 300, route="intravenous").fires(SUBCUTANEOUS)
    unstated = sle().order("anifrolumab", 300)
    assert not unstated.fires(SUBCUTANEOUS)
    assert f"{SUBCUTANEOUS}.investigational" not in unstated.not_assessed()


@pytest.mark.parametrize("illness", ["pneumonia", "active tuberculosis"])
def test_correction_19_an_active_infection_needs_attention_and_active_tuberculosis_is_one(illness: str) -> None:
    case = ordered(sle().ill(illness))
    assert case.severity(INFECTION) == "warning"
    assert not case.proposals(INFECTION)


def test_correction_19_no_active_infection() -> None:
    assert not ordered(sle()).fires(INFECTION)
    assert not ordered(sle().ill("latent tuberculosis", "chronic hepatitis b")).fires(INFECTION)
    assert not ordered(sle().ill("active tuberculosis", clinical="resolved")).fires(INFECTION)
    case = ordered(adult().without("Condition"))
    assert f"{INFECTION}.caution" in case.not_assessed()


@pytest.mark.parametrize("drug", ["anifrolumab", "belimumab"])
def test_correction_40_the_comparison_cites_no_head_to_head_trial_and_names_the_risk_of_infection(drug: str) -> None:
    case = ordered(sle(), drug)
    assert case.severity(VERSUS) == "info"
    say = case.finding(VERSUS).statement.say
    assert "未引用头对头试验；前者需关注感染风险" in say.zh
    assert "infection risk needs attention" in say.en
    assert not ordered(adult(), drug).fires(VERSUS)


def test_belimumab_is_approved_for_lupus() -> None:
    assert ordered(sle(), "belimumab").severity(BELIMUMAB) == "info"
    assert not ordered(adult(), "belimumab").fires(BELIMUMAB)
    assert not ordered(sle().without("Condition"), "belimumab").fires(BELIMUMAB)
