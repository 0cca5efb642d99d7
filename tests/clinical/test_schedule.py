"""When the infusions are given: day 1, day 15, then every six months (recommendation 13)."""

import pytest
from building import Case, clean, treated

DAY15_MISSING = "interval.day15-missing.interval-check"
DAY15_OFF = "interval.day15-off-schedule.interval-check"
MAINTENANCE_OFF = "interval.maintenance-off-schedule.interval-check"
OVERDUE = "interval.maintenance-overdue.monitoring-due"
BEFORE = "2026-03-02"


def first_dose_given(today: str, hook: str = "patient-view") -> Case:
    """Only the first dose was given, on 2026-01-05; day 15 would have been 2026-01-19."""
    return clean(hook, today).given("2026-01-05")


# Day 15 not planned


def test_a_single_first_infusion_leaves_day_15_unplanned() -> None:
    case = clean().draft(dates=("2026-03-09",))
    assert case.severity(DAY15_MISSING) == "info"
    assert case.proposed_day(DAY15_MISSING, "add_infusion") == "2026-03-23"


def test_an_undated_first_infusion_leaves_day_15_unplanned() -> None:
    assert clean().draft(authoredOn="2026-03-02").fires(DAY15_MISSING)


def test_a_pair_in_one_order_in_two_drafts_or_with_an_active_order_is_planned() -> None:
    assert not clean().fires(DAY15_MISSING)
    two_drafts = clean().draft(dates=("2026-03-09",)).also_draft(dates=("2026-03-23",))
    assert not two_drafts.fires(DAY15_MISSING)
    assert not clean().draft(dates=("2026-03-09",)).ordered("2026-03-23").fires(DAY15_MISSING)


def test_a_repeat_of_two_infusions_is_a_planned_pair() -> None:
    twice = {"boundsPeriod": {"start": "2026-03-09"}, "count": 2, "frequency": 1, "period": 2, "periodUnit": "wk"}
    case = clean().draft(repeat=twice)
    assert not {DAY15_MISSING, DAY15_OFF, MAINTENANCE_OFF} & case.ids()


def test_day_1_and_month_6_without_day_15_is_one_finding() -> None:
    case = clean().draft(dates=("2026-03-09", "2026-09-09"))
    assert case.fires(DAY15_MISSING)
    assert not {DAY15_OFF, MAINTENANCE_OFF} & case.ids()


def test_planned_dates_are_not_counted_when_orders_were_not_fetched() -> None:
    case = clean().draft(dates=("2026-03-09",)).without("MedicationRequest")
    assert not case.fires(DAY15_MISSING)
    assert DAY15_MISSING in case.not_assessed()


@pytest.mark.parametrize(
    ("today", "fires"),
    [
        ("2026-01-22", False),  # day 18: still within the tolerance
        ("2026-01-23", True),
        ("2026-04-04", True),
        ("2026-04-05", False),  # three months on, it is maintenance that is missing
    ],
)
def test_a_second_dose_never_planned_is_seen_between_infusions(today: str, fires: bool) -> None:
    assert first_dose_given(today).fires(DAY15_MISSING) is fires


def test_between_infusions_it_is_a_warning() -> None:
    assert first_dose_given(BEFORE).severity(DAY15_MISSING) == "warning"


def test_a_spent_first_order_does_not_hide_the_missing_second_dose() -> None:
    assert first_dose_given(BEFORE).ordered("2026-01-05").fires(DAY15_MISSING)
    assert first_dose_given(BEFORE).ordered("2026-03-01").fires(DAY15_MISSING)
    assert not first_dose_given(BEFORE).ordered("2026-03-02").fires(DAY15_MISSING)
    assert not first_dose_given(BEFORE).ordered().fires(DAY15_MISSING)


def test_a_second_dose_given_or_a_treatment_stopped_is_not_a_missing_day_15() -> None:
    assert not first_dose_given(BEFORE).given("2026-01-19").fires(DAY15_MISSING)
    assert not first_dose_given(BEFORE).ordered("2026-01-05", status="stopped").fires(DAY15_MISSING)


# Day 15 off schedule


@pytest.mark.parametrize(
    ("second", "fires"),
    [("2026-03-19", True), ("2026-03-20", False), ("2026-03-23", False), ("2026-03-26", False), ("2026-03-27", True)],
)
def test_day_15_may_be_three_days_early_or_late(second: str, fires: bool) -> None:
    assert clean().draft(dates=("2026-03-09", second)).fires(DAY15_OFF) is fires
    second_order = clean(today="2026-03-12").given("2026-03-09").draft(dates=(second,))
    assert second_order.fires(DAY15_OFF) is fires


def test_an_off_schedule_day_15_is_a_warning_and_is_moved_to_day_15() -> None:
    case = clean().draft(dates=("2026-03-09", "2026-04-06"))
    assert case.severity(DAY15_OFF) == "warning"
    assert case.proposed_day(DAY15_OFF, "move_second") == "2026-03-23"
    assert not {DAY15_MISSING, MAINTENANCE_OFF} & case.ids()


def test_a_single_date_is_not_judged_as_day_15() -> None:
    assert not clean().draft(dates=("2026-03-09",)).fires(DAY15_OFF)


def test_with_an_unreadable_dose_history_day_15_is_not_evaluated() -> None:
    case = clean().draft(dates=("2026-03-09", "2026-04-06")).without("MedicationAdministration")
    assert not {DAY15_OFF, DAY15_MISSING} & case.ids()
    assert DAY15_OFF in case.not_assessed()


# Maintenance off schedule


@pytest.mark.parametrize(
    ("planned", "severity"),
    [
        ("2026-02-21", "warning"),
        ("2026-02-22", None),  # 14 days before it is due
        ("2026-03-08", None),
        ("2026-03-22", None),
        ("2026-03-23", "warning"),
        ("2025-12-06", "critical"),  # 89 days after the infusion before
        ("2025-12-07", "warning"),
    ],
)
def test_maintenance_is_due_six_months_after_the_last_dose(planned: str, severity: str | None) -> None:
    case = treated("order-select", "2025-12-01").draft(dates=(planned,))
    assert case.severity(MAINTENANCE_OFF) == severity


def test_first_maintenance_is_counted_from_the_first_dose() -> None:
    def loaded(planned: str) -> Case:
        return clean(today="2025-08-01").given("2025-03-10", "2025-03-24").draft(dates=(planned,))

    assert not loaded("2025-09-10").fires(MAINTENANCE_OFF)
    assert not loaded("2025-08-27").fires(MAINTENANCE_OFF)
    assert loaded("2025-08-26").fires(MAINTENANCE_OFF)
    assert not loaded("2025-09-24").fires(MAINTENANCE_OFF)
    assert loaded("2025-09-25").fires(MAINTENANCE_OFF)  # day 15 + 6 months + 1 day


def test_an_off_schedule_infusion_is_moved_to_the_due_date() -> None:
    case = treated("order-select").draft(dates=("2026-04-08",))
    assert case.proposed_day(MAINTENANCE_OFF, "move_draft") == "2026-03-08"


def every(period: int, unit: str, start: str, **more: object) -> dict[str, object]:
    return {"boundsPeriod": {"start": start}, "frequency": 1, "period": period, "periodUnit": unit} | more


def test_a_fortnightly_order_without_end_gives_a_third_dose_too_soon() -> None:
    case = clean().draft(repeat=every(2, "wk", "2026-03-09"))
    assert case.severity(MAINTENANCE_OFF) == "critical"
    assert not case.fires(DAY15_OFF)


def test_a_three_monthly_maintenance_order_starting_on_the_due_date_is_seen() -> None:
    assert treated("order-select").draft(repeat=every(3, "mo", "2026-03-08")).severity(MAINTENANCE_OFF) == "warning"
    assert treated("order-select").draft(repeat=every(2, "mo", "2026-03-08")).severity(MAINTENANCE_OFF) == "critical"
    assert not treated("order-select").draft(repeat=every(6, "mo", "2026-03-08")).fires(MAINTENANCE_OFF)


@pytest.mark.parametrize(
    ("third", "fires"), [("2026-08-25", True), ("2026-08-26", False), ("2026-09-23", False), ("2026-09-24", True)]
)
def test_a_maintenance_date_in_the_first_order_is_judged(third: str, fires: bool) -> None:
    case = clean().draft(dates=("2026-03-09", "2026-03-23", third))
    assert case.fires(MAINTENANCE_OFF) is fires


def test_maintenance_is_not_judged_without_the_dose_history() -> None:
    case = treated("order-select").draft(dates=("2026-06-08",)).without("MedicationAdministration")
    assert not case.fires(MAINTENANCE_OFF)


# Maintenance overdue


@pytest.mark.parametrize(("today", "fires"), [("2026-03-22", False), ("2026-03-23", True), ("2027-09-01", True)])
def test_maintenance_is_overdue_more_than_14_days_after_the_due_date(today: str, fires: bool) -> None:
    assert treated(today=today).fires(OVERDUE) is fires


def test_an_overdue_infusion_is_a_warning_and_one_is_proposed() -> None:
    case = treated(today="2026-04-01")
    assert case.severity(OVERDUE) == "warning"
    assert "add_infusion" in {action for action, _concept in case.proposals(OVERDUE)}


def test_first_maintenance_is_overdue_from_the_first_dose_on() -> None:
    case = clean("patient-view", "2025-09-24").given("2025-03-10", "2025-03-24")
    assert not case.fires(OVERDUE)
    assert case.at(today="2025-09-25").fires(OVERDUE)


@pytest.mark.parametrize(
    ("dates", "fires"), [((), False), (("2026-04-20",), False), (("2026-04-01",), False), (("2026-03-10",), True)]
)
def test_only_an_order_still_to_be_given_covers_an_overdue_infusion(dates: tuple[str, ...], fires: bool) -> None:
    assert treated(today="2026-04-01").ordered(*dates).fires(OVERDUE) is fires


def test_a_single_first_dose_is_not_yet_overdue_maintenance() -> None:
    assert not first_dose_given("2026-04-04").fires(OVERDUE)


def test_a_stopped_treatment_is_not_overdue_but_a_completed_or_cancelled_order_is_no_stop() -> None:
    assert not treated(today="2026-04-01").ordered("2025-09-08", status="stopped").fires(OVERDUE)
    assert treated(today="2026-04-01").ordered("2025-09-08", status="completed").fires(OVERDUE)
    assert treated(today="2026-04-01").ordered("2026-03-08", status="cancelled").fires(OVERDUE)


@pytest.mark.parametrize("barred", ["hbv", "tb", "pml", "infection", "reaction", "jcv", "latent"])
def test_no_infusion_is_proposed_to_a_patient_who_must_not_have_one(barred: str) -> None:
    case = treated(today="2026-04-01")
    match barred:
        case "hbv":
            case.only("hbsag", "positive", "2026-03-20").result("hbv-dna", "positive", "2026-03-20")
        case "tb":
            case.condition("active-tuberculosis", recorded="2026-03-20")
        case "latent":
            case.condition("latent-tuberculosis", recorded="2026-03-20")
        case "pml":
            case.condition("pml", recorded="2026-03-20")
        case "jcv":
            case.result("jcv-dna-csf", "positive", "2026-03-20")
        case "infection":
            case.condition("pneumonia", onset="2026-03-20")
        case _:
            case.allergy("inebilizumab", criticality="high")
    assert not case.fires(OVERDUE)


def test_no_second_loading_dose_is_proposed_to_a_patient_who_must_not_have_one() -> None:
    assert not first_dose_given(BEFORE).condition("pneumonia", onset="2026-02-20").fires(DAY15_MISSING)


def test_overdue_is_not_concluded_when_orders_or_doses_were_not_fetched() -> None:
    for missing in ("MedicationRequest", "MedicationAdministration"):
        case = treated(today="2026-04-01").without(missing)
        assert not case.fires(OVERDUE), missing
        assert OVERDUE in case.not_assessed(), missing


def test_dates_behind_an_infusion_already_ordered_are_counted_from_it() -> None:
    case = treated("order-select").ordered("2026-03-08").draft(dates=("2026-09-08",))
    assert not case.fires(MAINTENANCE_OFF)


def test_two_maintenance_infusions_in_one_month_are_critical() -> None:
    assert treated("order-select").draft(dates=("2026-03-08", "2026-03-30")).severity(MAINTENANCE_OFF) == "critical"
    drafts = treated("order-select").draft(dates=("2026-03-08",)).also_draft(dates=("2026-03-30",))
    assert drafts.severity(MAINTENANCE_OFF) == "critical"


def test_the_dose_history_that_could_not_be_read_is_said_once_and_treated_as_a_first_dose() -> None:
    case = treated("order-select").without("MedicationAdministration")
    assert "dose-history.unreadable.info" in case.ids() | set(case.not_assessed())
    assert case.forget("hbsag").fires("hbv.hbsag-missing")


def test_the_schedule_is_checked_when_signing_and_not_between_infusions() -> None:
    assert clean("order-sign").draft(dates=("2026-03-09",)).fires(DAY15_MISSING)
    assert clean("order-sign").draft(dates=("2026-03-09", "2026-04-06")).fires(DAY15_OFF)
    assert treated("order-sign").draft(dates=("2026-04-08",)).fires(MAINTENANCE_OFF)
    assert not treated("order-sign", "2026-06-01").draft(dates=("2026-06-02",)).fires(OVERDUE)
    assert not {DAY15_OFF, MAINTENANCE_OFF} & treated(today="2026-06-01").ordered("2026-06-02").ids()


def test_a_late_second_dose_is_moved_to_day_15_while_that_lies_ahead() -> None:
    early = clean(today="2026-03-12").given("2026-03-09").draft(dates=("2026-03-16",))
    assert early.proposed_day(DAY15_OFF, "move_draft") == "2026-03-23"
    late = clean(today="2026-04-01").given("2026-03-09").draft(dates=("2026-04-02",))
    assert late.fires(DAY15_OFF)
    assert late.proposed_day(DAY15_OFF, "move_draft") is None


@pytest.mark.parametrize(("later", "fires"), [("2026-09-23", False), ("2026-09-24", True)])
def test_a_maintenance_date_ordered_with_the_second_dose_is_judged(later: str, fires: bool) -> None:
    case = clean(today="2026-03-20").given("2026-03-09").draft(dates=("2026-03-23", later))
    assert case.fires(MAINTENANCE_OFF) is fires
