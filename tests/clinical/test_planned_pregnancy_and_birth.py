"""Planning a child, after delivery, the newborn and breastfeeding (recommendations 27 and 28)."""

import pytest
from building import Case, clean, treated

PREGNANT = "pregnancy.pregnant.restrict"
UNKNOWN = "pregnancy.status-unknown.screening-missing"
CONTRACEPTION = "pregnancy.contraception.info"
UNDER_3 = "pregnancy.plan-under-3-months.warning"
FROM_3_TO_6 = "pregnancy.plan-3-to-6-months.info"
REDOSE = "pregnancy.not-conceived-6-months.redose"
POSTPARTUM = "pregnancy.postpartum-restart.due"
NEWBORN = "pregnancy.newborn-exposure.info"
LACTATION = "lactation.shared-decision"
OVERDUE = "interval.maintenance-overdue.monitoring-due"
ALL = {PREGNANT, UNKNOWN, CONTRACEPTION, UNDER_3, FROM_3_TO_6, REDOSE, POSTPARTUM, NEWBORN, LACTATION}
STATUS = "pregnancy-status"


def woman(case: Case, birth: str = "1990-06-15") -> Case:
    return case.patient(sex="female", birth=birth)


def wishing(case: Case) -> Case:
    """A woman who wants to become pregnant."""
    return woman(case).result("pregnancy-intention", "wants to become pregnant", "2026-01-10")


def delivered(case: Case, on: str) -> Case:
    return woman(case).result("delivery-date", None, on, valueDateTime=on)


# Planning a pregnancy


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2025-12-07", UNDER_3),
        ("2025-12-08", FROM_3_TO_6),
        ("2026-03-07", FROM_3_TO_6),
        ("2026-03-08", REDOSE),
        ("2027-03-08", REDOSE),
    ],
)
def test_the_advice_to_a_woman_who_plans_a_child_follows_the_last_dose(today: str, expected: str) -> None:
    case = woman(treated(today=today)).result("pregnancy-intention", "wants to become pregnant", "2025-10-01")
    assert {UNDER_3, FROM_3_TO_6, REDOSE} & case.ids() == {expected}


def test_severities_of_the_planning_advice() -> None:
    def at(today: str) -> Case:
        return woman(treated(today=today)).result("pregnancy-intention", "wants to become pregnant", "2025-10-01")

    assert at("2025-11-01").severity(UNDER_3) == "warning"
    assert ("order", "preconception-counselling") in at("2025-11-01").proposals(UNDER_3)
    assert at("2026-01-01").severity(FROM_3_TO_6) == "info"
    assert at("2026-04-01").severity(REDOSE) == "warning"
    assert at("2026-04-01").verdict(OVERDUE) == "superseded"


@pytest.mark.parametrize("today", ["2025-11-01", "2026-01-01", "2026-04-01"])
def test_planning_advice_is_given_between_infusions_also_after_a_stop(today: str) -> None:
    wish = ("pregnancy-intention", "wants to become pregnant", "2025-10-01")
    ordering = woman(treated("order-sign", today)).result(*wish)
    assert not {UNDER_3, FROM_3_TO_6, REDOSE} & ordering.ids()
    stopped = woman(treated(today=today)).result(*wish).ordered("2025-10-20", status="stopped", authored="2025-10-20")
    expected = {"2025-11-01": {UNDER_3}, "2026-01-01": {FROM_3_TO_6}, "2026-04-01": set()}[today]
    assert {UNDER_3, FROM_3_TO_6, REDOSE} & stopped.ids() == expected


def test_planning_is_read_from_a_condition_too() -> None:
    assert woman(treated()).condition("procreation", recorded="2026-01-10").fires(FROM_3_TO_6)


def test_no_planning_advice_to_men_the_pregnant_or_the_untreated() -> None:
    planning = {UNDER_3, FROM_3_TO_6, REDOSE}
    wish = ("pregnancy-intention", "wants to become pregnant", "2025-10-01")
    assert not planning & treated().result(*wish).ids()
    assert not planning & woman(treated()).ids()
    assert not planning & wishing(clean("patient-view")).ids()
    for today in ("2025-11-01", "2026-01-01", "2026-04-01"):
        case = woman(treated(today=today)).result(*wish).result(STATUS, "pregnant", "2025-10-20")
        assert not planning & case.ids(), today


@pytest.mark.parametrize("missing", ["MedicationAdministration", "Observation"])
def test_planning_advice_is_not_given_from_records_that_were_not_fetched(missing: str) -> None:
    for today in ("2025-11-01", "2026-01-01", "2026-04-01"):
        case = woman(treated(today=today)).result("pregnancy-intention", "wants to become pregnant", "2025-10-01")
        assert not {UNDER_3, FROM_3_TO_6, REDOSE} & case.without(missing).ids()


def not_conceived() -> Case:
    return woman(treated(today="2026-04-01")).result("pregnancy-intention", "wants to become pregnant", "2025-10-01")


def test_redosing_is_proposed_with_a_pregnancy_test_first() -> None:
    proposals = not_conceived().proposals(REDOSE)
    assert ("order", "pregnancy-test") in proposals
    assert "add_infusion" in {action for action, _concept in proposals}


def test_redosing_is_not_proposed_when_ordered_stopped_or_barred() -> None:
    assert not not_conceived().ordered("2026-04-20").fires(REDOSE)
    assert not not_conceived().ordered().fires(REDOSE)
    assert not_conceived().ordered("2026-03-08").fires(REDOSE)  # a missed date hides nothing
    assert not not_conceived().ordered("2026-03-08", status="stopped", authored="2026-01-10").fires(REDOSE)
    assert not not_conceived().condition("pneumonia", onset="2026-03-20").fires(REDOSE)
    assert not not_conceived().allergy("inebilizumab", criticality="high").fires(REDOSE)


def test_a_partner_who_plans_a_child_restricts_nothing() -> None:
    """The guard of the catalogue: nothing about pregnancy fires for a man."""
    for hook in ("order-select", "order-sign", "patient-view"):
        case = treated(hook).result("pregnancy-intention", "wants to become pregnant", "2026-01-10")
        assert not ALL & case.ids()
        assert "pregnancy.male-partner-planning.guard" not in case.ids()


# After delivery


def test_after_delivery_treatment_restarts() -> None:
    case = delivered(treated(), "2026-02-01")
    assert case.severity(POSTPARTUM) == "warning"
    assert "add_infusion" in {action for action, _concept in case.proposals(POSTPARTUM)}


@pytest.mark.parametrize(
    ("delivery", "today", "fires"),
    [
        ("2025-09-08", "2026-03-02", False),  # not after the last dose
        ("2025-09-09", "2026-03-02", True),
        ("2025-10-01", "2026-10-01", True),
        ("2025-10-01", "2026-10-02", False),  # more than 12 months ago
    ],
)
def test_a_restart_is_due_from_delivery_until_a_dose_or_a_year(delivery: str, today: str, fires: bool) -> None:
    assert delivered(treated(today=today), delivery).fires(POSTPARTUM) is fires


def test_no_restart_when_ordered_stopped_or_replaced() -> None:
    assert not delivered(treated(), "2026-02-01").ordered("2026-03-08").fires(POSTPARTUM)
    stopped = delivered(treated(), "2026-02-01").ordered("2026-03-08", status="stopped", authored="2026-01-10")
    assert not stopped.fires(POSTPARTUM)
    for drug in ("rituximab", "satralizumab", "eculizumab"):
        assert not delivered(treated(), "2026-02-01").medication(drug, start="2026-02-10").fires(POSTPARTUM), drug


def test_no_restart_for_a_patient_who_must_not_have_a_dose() -> None:
    assert not delivered(treated(), "2026-02-01").allergy("inebilizumab", criticality="high").fires(POSTPARTUM)
    assert not delivered(treated(), "2026-02-01").result(STATUS, "pregnant", "2026-02-20").fires(POSTPARTUM)
    assert not delivered(treated(), "2026-02-01").condition("pml", recorded="2026-02-10").fires(POSTPARTUM)


def test_delivery_is_read_from_a_postpartum_condition_or_a_procedure() -> None:
    assert woman(treated()).condition("postpartum", onset="2026-02-01").fires(POSTPARTUM)
    birth = woman(treated()).procedure("delivery", status="completed", start="2026-02-01", end="2026-02-01")
    assert birth.fires(POSTPARTUM)


def test_without_a_delivery_or_its_record_no_restart_is_due() -> None:
    assert not woman(treated()).fires(POSTPARTUM)
    assert not delivered(treated(), "2026-02-01").without("MedicationRequest").fires(POSTPARTUM)


# The newborn


def expecting(last_period: str | None = None) -> Case:
    """Pregnant; the last dose was given on 2025-09-08."""
    case = woman(treated()).result(STATUS, "pregnant", "2026-02-20")
    return case.result("last-menstrual-period", None, "2026-02-20", valueDateTime=last_period) if last_period else case


@pytest.mark.parametrize(
    ("last_period", "fires"),
    [
        ("2025-11-22", True),  # conception 89 days after the dose
        ("2025-11-23", False),
        ("2025-08-20", True),  # the dose was given after conception
        (None, True),
    ],
)
def test_a_pregnancy_within_90_days_of_a_dose_concerns_the_newborn(last_period: str | None, fires: bool) -> None:
    assert expecting(last_period).severity(NEWBORN) == ("info" if fires else None)


def test_a_pregnancy_that_was_not_fetched_says_nothing_of_the_newborn() -> None:
    case = expecting().without("Observation")
    assert not case.fires(NEWBORN)
    assert NEWBORN in case.not_assessed()


def test_the_newborn_is_no_matter_without_pregnancy_or_dose() -> None:
    assert not woman(treated()).fires(NEWBORN)
    assert not woman(clean("patient-view")).result(STATUS, "pregnant", "2026-02-20").fires(NEWBORN)
    assert not expecting("2025-11-22").at(hook="order-select").fires(NEWBORN)


# Breastfeeding


@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
def test_breastfeeding_is_a_shared_decision(hook: str) -> None:
    case = woman(treated(hook)).result("lactation-status", "breastfeeding", "2026-02-20")
    assert case.severity(LACTATION) == "warning"
    assert ("order", "lactation-counselling") in case.proposals(LACTATION)


def test_breastfeeding_before_the_first_dose_is_seen_when_ordering() -> None:
    assert woman(clean()).result("lactation-status", "breastfeeding", "2026-02-20").fires(LACTATION)
    assert not woman(clean("patient-view")).result("lactation-status", "breastfeeding", "2026-02-20").fires(LACTATION)


def test_breastfeeding_that_is_not_recorded_is_not_asked_for() -> None:
    assert not woman(treated()).fires(LACTATION)
    assert LACTATION not in woman(treated()).not_assessed()
    failed = woman(treated()).without("Observation")
    assert not failed.fires(LACTATION)
    assert LACTATION in failed.not_assessed()


def test_breastfeeding_is_read_from_a_condition_too() -> None:
    assert woman(treated()).condition("lactation", recorded="2026-02-20").fires(LACTATION)


def test_a_delivery_date_in_chinese_is_read() -> None:
    delivery = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "分娩日期"},
        "effectiveDateTime": "2026-02-10",
        "valueDateTime": "2026-02-01",
    }
    assert woman(treated()).resource(delivery).fires(POSTPARTUM)


def test_an_expected_delivery_is_none_yet() -> None:
    expected = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "预产期"},
        "effectiveDateTime": "2026-02-10",
        "valueDateTime": "2026-02-20",
    }
    assert not woman(treated()).resource(expected).fires(POSTPARTUM)
