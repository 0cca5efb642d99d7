"""Which day a vaccine finding proposes, and which tests it asks for."""

import pytest
from building import Case, clean, stopped, treated

PROGRAMME = "vaccine.nip-incomplete.vaccination"
LIVE_BEFORE = "vaccine.live-within-4-weeks-before-start.interval-check"
INACTIVATED_BEFORE = "vaccine.inactivated-within-4-weeks-before-start.info"
NO_DELAY = "vaccine.urgent-treatment-no-delay.info"
LIVE_ORDER = "vaccine.live-on-treatment.contraindicated"
AFTER_INFUSION = "vaccine.inactivated-under-12-weeks-after-infusion.interval-check"
BEFORE_NEXT = "vaccine.inactivated-under-4-weeks-before-next.interval-check"
TODAY = ("2026-03-02", "2026-03-16")


@pytest.mark.parametrize(("first", "moved"), [("2026-03-29", "2026-03-30"), ("2026-03-30", None)])
def test_a_due_vaccine_given_today_needs_28_days(first: str, moved: str | None) -> None:
    case = clean().draft(dates=(first, "2026-04-13")).forecast("hepatitis-b")
    assert case.proposed_day(PROGRAMME, "move_draft") == moved


def given(*vaccines: tuple[str, str]) -> Case:
    case = clean()
    for vaccine, date in vaccines:
        case.vaccinated(vaccine, date)
    return case


@pytest.mark.parametrize(
    ("case", "moved"),
    [
        (given(("mmr", "2026-02-10"), ("varicella", "2026-02-20")), "2026-03-20"),
        (given(("varicella", "2026-02-20"), ("mmr", "2026-02-10")), "2026-03-20"),
        (given(("mmr", "2026-02-12"), ("influenza", "2026-02-25")), "2026-03-12"),
        (given(("mmr", "2026-03-02")).draft(dates=TODAY), "2026-03-30"),
    ],
)
def test_28_days_count_from_the_newest_live_vaccine(case: Case, moved: str) -> None:
    assert case.proposed_day(LIVE_BEFORE, "move_draft") == moved


@pytest.mark.parametrize(
    ("case", "moved"),
    [
        (given(("influenza", "2026-02-12"), ("covid-19", "2026-02-20")), "2026-03-20"),
        (given(("influenza", "2026-02-12"), ("mmr", "2026-02-25")), "2026-03-12"),
        (given(("influenza", "2026-03-02")).draft(dates=TODAY), "2026-03-30"),
        (clean().vaccine_draft("influenza", "2026-03-05"), "2026-04-02"),
        (clean().vaccine_draft("influenza", "2026-03-04").vaccine_draft("covid-19", "2026-03-06"), "2026-04-03"),
        (clean().vaccine_draft("influenza", "2026-03-09"), "2026-04-06"),
        (clean().vaccine_draft("influenza", "2026-03-04").vaccine_draft("mmr", "2026-03-06"), "2026-04-01"),
        (given(("influenza", "2026-02-09")).vaccine_draft("covid-19", "2026-03-05"), "2026-04-02"),
    ],
)
def test_28_days_count_from_the_newest_inactivated_vaccine(case: Case, moved: str) -> None:
    assert case.proposed_day(INACTIVATED_BEFORE, "move_draft") == moved


@pytest.mark.parametrize(("vaccine", "fires"), [("2026-03-09", False), ("2026-03-10", True)])
def test_a_drafted_vaccine_28_days_before_the_infusion_is_in_time(vaccine: str, fires: bool) -> None:
    case = clean().draft(dates=("2026-04-06", "2026-04-20")).vaccine_draft("influenza", vaccine)
    assert case.fires(INACTIVATED_BEFORE) is fires


def test_urgency_says_nothing_about_recommended_vaccines_without_a_risk() -> None:
    case = clean().condition("nmosd-relapse", onset="2026-02-25").forget("immunizations")
    assert not case.vaccinated("influenza", "2025-10-01").fires(NO_DELAY)


def test_b_cells_are_asked_for_only_when_recovery_is_unknown() -> None:
    asked = ("order", "b-cell-count")
    assert asked in stopped().at(hook="order-select").vaccine_draft("mmr", "2026-03-10").proposals(LIVE_ORDER)
    low = treated("order-select").result("cd19-b-cell-count", 3, "2026-02-20", "/uL", low=80)
    assert asked not in low.vaccine_draft("mmr", "2026-03-10").proposals(LIVE_ORDER)
    assert asked not in clean().vaccine_draft("mmr", "2026-03-08").proposals(LIVE_ORDER)


def vaccine_order(today: str, date: str) -> Case:
    case = treated("order-select", today).no_draft()
    return case.vaccine_draft("influenza", date).select("vaccine")


def test_a_vaccine_on_the_day_of_an_infusion_is_less_than_84_days_after_it() -> None:
    assert vaccine_order("2025-09-08", "2025-09-08").fires(AFTER_INFUSION)


def test_a_vaccine_on_the_day_of_the_next_infusion_is_less_than_28_days_before_it() -> None:
    case = treated("order-select").draft(dates=("2026-03-02",)).vaccinated("influenza", "2026-03-02")
    assert case.fires(BEFORE_NEXT)


@pytest.mark.parametrize(("date", "fires"), [("2026-03-09", False), ("2026-03-10", True)])
def test_only_vaccines_given_after_the_last_dose_count(date: str, fires: bool) -> None:
    second = clean(today="2026-03-20").given("2026-03-09").draft(dates=("2026-03-23",))
    assert second.vaccinated("influenza", date).fires(BEFORE_NEXT) is fires


def test_a_live_vaccine_order_beside_it_leaves_a_given_vaccine_information() -> None:
    case = treated("order-select").vaccinated("influenza", "2026-02-09").vaccine_draft("mmr", "2026-03-05")
    assert case.severity(BEFORE_NEXT) == "info"


@pytest.mark.parametrize(("today", "moved"), [("2026-02-08", "2026-02-08"), ("2026-02-09", None)])
def test_a_vaccine_is_not_moved_into_the_past(today: str, moved: str | None) -> None:
    assert vaccine_order(today, "2026-02-10").proposed_day(BEFORE_NEXT, "move_vaccine") == moved
