"""Conventional immunosuppressants alongside inebilizumab (recommendation 21)."""

import pytest
from building import Case, clean, treated

THREE_TO_SIX = "combination.immunosuppressant-3-to-6-months.info"
OVER_SIX = "combination.immunosuppressant-over-6-months.warning"
BOTH = {THREE_TO_SIX, OVER_SIX}


def loaded(today: str, hook: str = "patient-view") -> Case:
    """First dose 2025-12-01, second 2025-12-15."""
    return clean(hook, today).given("2025-12-01", "2025-12-15")


BOUNDARIES = pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-03-01", None),
        ("2026-03-02", THREE_TO_SIX),
        ("2026-06-01", THREE_TO_SIX),
        ("2026-06-02", OVER_SIX),
    ],
)


@BOUNDARIES
def test_an_older_immunosuppressant_is_counted_from_the_first_dose(today: str, expected: str | None) -> None:
    case = loaded(today).medication("azathioprine", start="2024-01-01")
    assert BOTH & case.ids() == ({expected} if expected else set())


@BOUNDARIES
def test_an_immunosuppressant_of_unknown_start_is_counted_from_the_first_dose(today: str, expected: str | None) -> None:
    case = loaded(today).medication("azathioprine")
    assert BOTH & case.ids() == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-05-10", None),
        ("2026-05-11", THREE_TO_SIX),
        ("2026-08-10", THREE_TO_SIX),
        ("2026-08-11", OVER_SIX),
    ],
)
def test_one_started_under_treatment_is_counted_from_its_start(today: str, expected: str | None) -> None:
    case = loaded(today).given("2026-06-01").medication("methotrexate", start="2026-02-10")
    assert BOTH & case.ids() == ({expected} if expected else set())


def test_methotrexate_begun_last_week_in_the_third_year_is_no_long_combination() -> None:
    case = clean("patient-view", "2026-03-02").given("2023-06-01", "2023-06-15", "2023-12-01", "2024-06-01")
    case.given("2024-12-01", "2025-06-01", "2025-12-01").medication("methotrexate", start="2026-02-23")
    assert not BOTH & case.ids()


def test_the_longest_of_several_immunosuppressants_decides() -> None:
    case = (
        loaded("2026-06-02")
        .medication("methotrexate", start="2026-05-25")
        .medication("azathioprine", start="2024-01-01")
    )
    assert OVER_SIX in case.ids()


def test_severity_grows_with_the_time_of_combination() -> None:
    assert loaded("2026-03-02").medication("azathioprine", start="2024-01-01").severity(THREE_TO_SIX) == "info"
    assert loaded("2026-06-02").medication("azathioprine", start="2024-01-01").severity(OVER_SIX) == "warning"


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_the_combination_is_looked_at_when_ordering_maintenance(hook: str) -> None:
    case = loaded("2026-06-02", hook).draft(dates=("2026-06-03",)).medication("azathioprine", start="2024-01-01")
    assert case.fires(OVER_SIX)


def test_severe_refractory_disease_allows_three_to_six_months() -> None:
    case = loaded("2026-03-02").medication("azathioprine", start="2024-01-01")
    assert not case.condition("refractory-nmosd", recorded="2025-10-01").fires(THREE_TO_SIX)
    longer = loaded("2026-06-02").medication("azathioprine", start="2024-01-01")
    assert longer.condition("refractory-nmosd", recorded="2025-10-01").fires(OVER_SIX)


def test_steroids_and_stopped_drugs_are_no_combination() -> None:
    assert not BOTH & loaded("2026-06-02").ids()  # prednisone goes on
    assert not BOTH & loaded("2026-06-02").medication("azathioprine", status="stopped", start="2024-01-01").ids()
    assert not BOTH & treated().ids()


def test_a_combination_that_could_not_be_looked_for_is_undecided() -> None:
    case = loaded("2026-06-02").medication("azathioprine", start="2024-01-01").without("MedicationRequest")
    assert not BOTH & case.ids()
    assert case.verdict(OVER_SIX) == "unknown"


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_a_combination_of_three_to_six_months_is_seen_when_ordering(hook: str) -> None:
    case = loaded("2026-05-25", hook).draft(dates=("2026-06-01",)).medication("azathioprine", start="2024-01-01")
    assert case.fires(THREE_TO_SIX)


def test_a_plan_to_stop_is_noted_in_the_order() -> None:
    case = (
        loaded("2026-06-02", "order-sign").draft(dates=("2026-06-03",)).medication("azathioprine", start="2024-01-01")
    )
    assert "add_note" in {action for action, _concept in case.proposals(OVER_SIX)}
