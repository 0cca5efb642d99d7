"""Pregnancy, its status and contraception (recommendation 27)."""

import pytest
from building import Case, clean, treated

PREGNANT = "pregnancy.pregnant.restrict"
UNKNOWN = "pregnancy.status-unknown.screening-missing"
CONTRACEPTION = "pregnancy.contraception.info"
STATUS = "pregnancy-status"


def woman(case: Case, birth: str = "1990-06-15") -> Case:
    return case.patient(sex="female", birth=birth)


def wishing(case: Case) -> Case:
    """A woman who wants to become pregnant."""
    return woman(case).result("pregnancy-intention", "wants to become pregnant", "2026-01-10")


def delivered(case: Case, on: str) -> Case:
    return woman(case).result("delivery-date", None, on, valueDateTime=on)


# Pregnant


@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_pregnancy_restricts_treatment_on_every_hook(hook: str) -> None:
    case = woman(treated(hook)).result(STATUS, "pregnant", "2026-02-20")
    assert case.severity(PREGNANT) == "critical"
    assert ("refer", "obstetrics") in {(a, c.removeprefix("referral-")) for a, c in case.proposals(PREGNANT)}


def test_pregnancy_is_seen_before_the_first_dose_and_while_one_is_planned() -> None:
    case = woman(clean()).result(STATUS, "pregnant", "2026-02-20")
    assert case.fires(PREGNANT)
    assert "delete" in {proposal.action for proposal in case.finding(PREGNANT).proposals}
    planned = woman(clean("patient-view")).ordered("2026-03-09").result(STATUS, "pregnant", "2026-02-20")
    assert planned.fires(PREGNANT)
    assert not woman(clean("patient-view")).result(STATUS, "pregnant", "2026-02-20").fires(PREGNANT)


def test_pregnancy_is_read_from_a_condition_or_hcg_too() -> None:
    assert woman(clean()).condition("pregnancy", recorded="2026-02-20").fires(PREGNANT)
    assert woman(clean()).result("hcg", "positive", "2026-02-20").fires(PREGNANT)
    assert not woman(clean()).condition("pregnancy", clinical="resolved", recorded="2025-02-20").fires(PREGNANT)
    assert not woman(clean()).result("hcg", "negative", "2026-02-20").fires(PREGNANT)


@pytest.mark.parametrize(
    ("on", "pregnant"),
    [("2025-05-06", True), ("2025-05-05", False)],  # 300 and 301 days before 2026-03-02
)
def test_a_positive_status_older_than_300_days_is_unknown(on: str, pregnant: bool) -> None:
    case = woman(clean()).result(STATUS, "pregnant", on)
    assert (case.fires(PREGNANT), case.fires(UNKNOWN)) == (pregnant, not pregnant)


def test_pregnancy_ends_with_delivery_abortion_or_a_newer_negative_status() -> None:
    pregnant = {"key": STATUS, "value": "pregnant", "date": "2025-10-01"}
    assert woman(clean()).result(**pregnant).fires(PREGNANT)
    assert not delivered(clean(), "2026-02-01").result(**pregnant).fires(PREGNANT)
    assert delivered(clean(), "2025-09-30").result(**pregnant).fires(PREGNANT)
    assert not woman(clean()).result(**pregnant).condition("abortion", onset="2026-01-15").fires(PREGNANT)
    assert not woman(clean()).result(**pregnant).result(STATUS, "not pregnant", "2026-02-20").fires(PREGNANT)


def test_no_pregnancy_no_restriction() -> None:
    assert not woman(clean()).fires(PREGNANT)
    failed = woman(clean()).without("Observation", "Condition")
    assert not failed.fires(PREGNANT)
    assert failed.fires(UNKNOWN) or PREGNANT in failed.not_assessed()


# Status unknown


def test_an_unrecorded_status_is_asked_for() -> None:
    case = woman(clean())
    assert case.severity(UNKNOWN) == "info"
    assert ("order", "pregnancy-test") in case.proposals(UNKNOWN)
    assert woman(treated("order-sign")).fires(UNKNOWN)


@pytest.mark.parametrize(
    ("birth", "fires"),
    [
        ("2011-03-09", True),  # 15 on the planned day
        ("2011-03-10", False),
        ("1976-03-10", True),  # 49
        ("1976-03-09", False),
    ],
)
def test_only_women_of_15_to_49_are_asked(birth: str, fires: bool) -> None:
    assert woman(clean(), birth).fires(UNKNOWN) is fires


@pytest.mark.parametrize(("on", "fires"), [("2026-02-07", False), ("2026-02-06", True)])
def test_not_pregnant_holds_for_30_days_before_the_planned_date(on: str, fires: bool) -> None:
    assert woman(clean()).result(STATUS, "not pregnant", on).fires(UNKNOWN) is fires


@pytest.mark.parametrize(
    ("planned", "on", "fires"),
    [
        ("2026-04-01", "2026-03-01", True),  # 30 days ahead: 31 days old on the infusion day
        ("2026-04-02", "2026-03-01", False),  # further ahead: the age is counted to today
        ("2026-04-02", "2026-01-31", False),
        ("2026-04-02", "2026-01-30", True),
    ],
)
def test_for_orders_further_ahead_the_age_is_counted_to_today(planned: str, on: str, fires: bool) -> None:
    case = woman(clean()).draft(dates=(planned,)).result(STATUS, "not pregnant", on)
    assert case.fires(UNKNOWN) is fires


def test_men_the_treated_between_infusions_and_unknown_sex_are_not_asked() -> None:
    assert not clean().fires(UNKNOWN)
    assert not woman(treated()).fires(UNKNOWN)
    assert not clean().patient(sex="other", birth="1990-06-15").fires(UNKNOWN)
    assert not clean().patient(sex="female").fires(UNKNOWN)


def test_a_status_that_was_not_fetched_is_asked_for() -> None:
    assert woman(clean()).without("Observation").fires(UNKNOWN)


# Contraception


def settled(case: Case) -> Case:
    return woman(case).result(STATUS, "not pregnant", "2026-02-20")


def test_contraception_is_advised_when_none_is_recorded() -> None:
    assert settled(clean()).severity(CONTRACEPTION) == "info"
    assert woman(treated()).fires(CONTRACEPTION)
    assert ("order", "contraception-counselling") in woman(treated()).proposals(CONTRACEPTION)


def test_recorded_contraception_silences_it() -> None:
    pill = settled(clean()).medication("levonorgestrel-ethinylestradiol", start="2025-01-01")
    assert not pill.fires(CONTRACEPTION)
    old = settled(clean()).medication("levonorgestrel-ethinylestradiol", status="stopped", start="2020-01-01")
    assert old.fires(CONTRACEPTION)


@pytest.mark.parametrize(("today", "fires"), [("2026-03-07", True), ("2026-03-08", False)])
def test_contraception_lasts_six_months_after_the_last_dose(today: str, fires: bool) -> None:
    case = woman(treated(today=today)).ordered("2026-03-08", status="stopped", authored="2026-01-10")
    assert case.fires(CONTRACEPTION) is fires


def test_ordering_for_a_woman_who_wants_a_child_is_a_warning() -> None:
    case = wishing(clean()).result(STATUS, "not pregnant", "2026-02-20")
    assert case.severity(CONTRACEPTION) == "warning"
    with_pill = case.medication("levonorgestrel-ethinylestradiol", start="2025-01-01")
    assert with_pill.severity(CONTRACEPTION) == "warning"
    second = wishing(clean(today="2026-03-20")).given("2026-03-09").draft(dates=("2026-03-23",))
    assert second.severity(CONTRACEPTION) == "warning"
    assert wishing(treated("order-select")).severity(CONTRACEPTION) == "info"


def test_contraception_is_not_advised_to_men_pregnant_older_or_planning_women() -> None:
    assert not clean().fires(CONTRACEPTION)
    assert not woman(clean()).result(STATUS, "pregnant", "2026-02-20").fires(CONTRACEPTION)
    assert not woman(clean(), "1970-01-01").fires(CONTRACEPTION)
    assert not wishing(treated()).fires(CONTRACEPTION)
    assert not woman(clean("patient-view")).fires(CONTRACEPTION)


def test_contraception_that_was_not_fetched_is_advised() -> None:
    assert settled(clean()).without("MedicationRequest", "MedicationStatement").fires(CONTRACEPTION)


def test_the_status_answers_of_loinc_are_read() -> None:
    def answered(code: str) -> Case:
        answer = {"coding": [{"system": "http://loinc.org", "code": code}]}
        return woman(clean()).result(STATUS, None, "2026-02-20", valueCodeableConcept=answer)

    assert answered("LA15173-0").fires(PREGNANT)
    assert not {PREGNANT, UNKNOWN} & answered("LA26683-5").ids()


def test_pregnancy_and_contraception_count_whatever_the_indication() -> None:
    case = woman(clean().forget("nmosd").condition("myasthenia-gravis"))
    assert {UNKNOWN, CONTRACEPTION} <= case.ids()
    assert case.result(STATUS, "pregnant", "2026-02-20").fires(PREGNANT)


def test_contraception_is_read_from_a_device_or_an_observation_too() -> None:
    device = settled(clean()).procedure("iud", status="completed", start="2024-02-01", end="2024-02-01")
    assert not device.fires(CONTRACEPTION)
    said = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "Contraceptive method"},
        "effectiveDateTime": "2026-01-10",
        "valueString": "condom",
    }
    assert not settled(clean()).resource(said).fires(CONTRACEPTION)


def test_no_contraception_on_record_is_not_said_to_be_none_in_use() -> None:
    say = settled(clean()).finding(CONTRACEPTION).statement.say
    assert "no contraception record was found" in say.en
    assert "未见避孕记录或有妊娠计划" in say.zh


def test_between_infusions_nothing_is_offered_to_delete() -> None:
    case = woman(treated()).result(STATUS, "pregnant", "2026-02-20")
    assert "delete" not in {action for action, _concept in case.proposals(PREGNANT)}
