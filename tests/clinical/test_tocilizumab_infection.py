"""Infection and tuberculosis before tocilizumab in connective tissue disease and lupus."""

import pytest
from lupus_cases import Case, adult, ra_ild, sle, ssc_ild

HOLD = "tocilizumab.infection.active.hold"
TB = "tocilizumab.tb.screening-missing"


def unscreened() -> Case:
    return ssc_ild().forget("igra")


@pytest.mark.parametrize("illness", ["pneumonia", "active tuberculosis"])
def test_correction_19_an_active_infection_puts_the_order_on_hold_and_active_tuberculosis_is_one(illness: str) -> None:
    case = ssc_ild().ill(illness).weekly()
    assert case.severity(HOLD) == "critical"
    assert case.proposals(HOLD) == {("hold", "draft")}


@pytest.mark.parametrize("illness", ["latent tuberculosis", "chronic hepatitis b"])
def test_correction_19_latent_tuberculosis_and_chronic_hepatitis_are_no_active_infection(illness: str) -> None:
    assert ssc_ild().ill(illness).weekly().verdict(HOLD) == "silent"


def test_correction_19_treated_tuberculosis_is_no_active_infection() -> None:
    assert not ssc_ild().ill("active tuberculosis", clinical="resolved").weekly().fires(HOLD)


def test_an_infection_that_could_not_be_looked_for_is_reported() -> None:
    case = adult().without("Condition").weekly(reason="ssc-ild")
    assert not case.fires(HOLD)
    assert HOLD in case.not_assessed()


@pytest.mark.parametrize("case", [ssc_ild(), ra_ild(), sle(), adult().ill("sjogren", "ild"), adult().ill("sle", "ild")])
def test_correction_16_the_hold_and_the_screen_are_for_ctd_ild_and_lupus(case: Case) -> None:
    case = case.forget("igra").ill("pneumonia").weekly()
    assert case.fires(HOLD)
    assert case.fires(TB)


@pytest.mark.parametrize("case", [adult(), adult().ill("ra"), adult().ill("giant cell arteritis")])
def test_correction_16_they_say_nothing_about_other_patients(case: Case) -> None:
    case = case.ill("pneumonia").weekly()
    assert not case.fires(HOLD)
    assert not case.fires(TB)


@pytest.mark.parametrize("reason", ["crs", "covid"])
def test_correction_16_nor_where_it_is_ordered_for_cytokine_release_or_covid_19(reason: str) -> None:
    case = sle().ill("covid", "pneumonia").weekly(reason=reason)
    assert not case.fires(HOLD)
    assert not case.fires(TB)


def test_tuberculosis_is_screened_before_the_first_dose() -> None:
    case = unscreened().weekly()
    assert case.severity(TB) == "warning"
    assert case.proposals(TB) == {("order", "igra")}
    assert case.finding(TB).state.value == "missing"


@pytest.mark.parametrize("test", ["igra", "tst"])
def test_either_negative_test_is_a_screen(test: str) -> None:
    assert not unscreened().lab(test, "negative").weekly().fires(TB)


def test_who_has_had_tocilizumab_is_not_screened_here() -> None:
    assert not unscreened().took("tocilizumab", "2025-09-01").weekly().fires(TB)


@pytest.mark.parametrize("result", ["indeterminate", "see report"])
def test_a_screen_without_an_answer_is_none(result: str) -> None:
    assert unscreened().lab("igra", result).weekly().fires(TB)


def test_a_screen_that_could_not_be_looked_for_is_asked_for() -> None:
    finding = ssc_ild().without("Observation").weekly().finding(TB)
    assert {item.why.value for item in finding.missing} == {"not fetched"}


def test_correction_19_a_positive_screen_without_treatment_is_remarked_on() -> None:
    case = unscreened().lab("igra", "positive").weekly()
    assert case.severity(TB) == "warning"
    assert case.proposals(TB) == set()
    say = case.finding(TB).statement.say
    assert say.zh == "托珠单抗用药前未见结核筛查，或阳性未见治疗；请先检测，阳性者排除活动性结核并治疗后再用。"


@pytest.mark.parametrize("drug", ["isoniazid", "rifampicin", "ethambutol", "pyrazinamide"])
@pytest.mark.parametrize("status", ["active", "completed"])
def test_correction_19_recorded_treatment_settles_a_positive_screen(drug: str, status: str) -> None:
    assert not unscreened().lab("igra", "positive").prescribed(drug, status=status).weekly().fires(TB)


def test_correction_19_a_positive_skin_test_is_a_positive_screen() -> None:
    assert unscreened().lab("tst", "positive").weekly().finding(TB).components == ("tb-preventive-therapy",)
    assert not unscreened().lab("tst", "positive").prescribed("isoniazid", status="completed").weekly().fires(TB)


def test_correction_19_streptomycin_or_a_latent_infection_recorded_as_resolved_is_treatment() -> None:
    assert not unscreened().lab("igra", "positive").prescribed("streptomycin", status="completed").weekly().fires(TB)
    latent = unscreened().lab("igra", "positive").ill("latent tuberculosis", clinical="resolved")
    assert not latent.weekly().fires(TB)
    assert unscreened().lab("igra", "positive").ill("latent tuberculosis").weekly().fires(TB)


def test_correction_19_treatment_that_is_only_being_ordered_is_not_yet_recorded() -> None:
    assert unscreened().lab("igra", "positive").order("isoniazid", 300, selected=False).weekly().fires(TB)


def test_of_two_tests_the_positive_one_counts() -> None:
    assert unscreened().lab("igra", "positive").lab("tst", "negative").weekly().fires(TB)
