"""Plasma exchange around an infusion (explanation of recommendation 13)."""

import pytest
from building import Case, clean, treated

CONCURRENT = "plex.concurrent.interaction"
AFTER_DOSE = "plex.after-dose.supplement-consider"
EXCHANGE = "plasma-exchange"


def test_an_exchange_in_progress_overlaps_the_infusion() -> None:
    case = clean().procedure(EXCHANGE, status="in-progress", start="2026-03-01")
    assert case.severity(CONCURRENT) == "warning"
    assert clean().procedure(EXCHANGE, status="preparation").fires(CONCURRENT)


@pytest.mark.parametrize(
    ("session", "fires"), [("2026-03-08", False), ("2026-03-09", True), ("2026-03-10", False), (None, True)]
)
def test_an_ordered_or_drafted_session_on_the_infusion_day_or_undated_overlaps(
    session: str | None, fires: bool
) -> None:
    assert clean().test_order(EXCHANGE, date=session).fires(CONCURRENT) is fires
    assert clean().service_draft(EXCHANGE, session).fires(CONCURRENT) is fires


@pytest.mark.parametrize(
    ("start", "end", "fires"),
    [
        ("2026-03-05", "2026-03-09", True),
        ("2026-03-05", "2026-03-08", False),
        ("2026-03-09", "2026-03-12", True),
        ("2026-03-10", "2026-03-12", False),
    ],
)
def test_an_ordered_course_overlaps_when_it_covers_the_infusion_day(start: str, end: str, fires: bool) -> None:
    case = clean().test_order(EXCHANGE, occurrencePeriod={"start": start, "end": end})
    assert case.fires(CONCURRENT) is fires


def test_any_session_of_an_ordered_series_may_overlap() -> None:
    def series(*days: str) -> Case:
        return clean().test_order(EXCHANGE, occurrenceTiming={"event": list(days)})

    assert series("2026-03-05", "2026-03-07", "2026-03-09").fires(CONCURRENT)
    assert not series("2026-03-04", "2026-03-06", "2026-03-08").fires(CONCURRENT)


def test_the_day_an_order_was_written_is_no_session() -> None:
    assert clean().test_order(EXCHANGE, authoredOn="2026-03-01").fires(CONCURRENT)


def test_no_exchange_or_only_finished_ones_do_not_overlap() -> None:
    assert not clean().fires(CONCURRENT)
    assert not clean().procedure(EXCHANGE, status="completed", start="2026-03-01", end="2026-03-01").fires(CONCURRENT)
    assert not clean().test_order(EXCHANGE, status="completed", date="2026-03-09").fires(CONCURRENT)


def test_the_overlap_is_looked_at_for_maintenance_too() -> None:
    assert treated("order-sign").test_order(EXCHANGE, date="2026-03-08").fires(CONCURRENT)


@pytest.mark.parametrize("missing", ["Procedure", "ServiceRequest"])
def test_an_overlap_that_could_not_be_looked_for_is_noted(missing: str) -> None:
    case = clean().without(missing)
    assert not case.fires(CONCURRENT)
    assert CONCURRENT in case.not_assessed()


@pytest.mark.parametrize(
    ("session", "fires"), [("2025-09-08", False), ("2025-09-09", True), ("2025-12-07", True), ("2025-12-08", False)]
)
def test_an_exchange_up_to_90_days_after_a_dose_may_need_a_supplement(session: str, fires: bool) -> None:
    case = treated().procedure(EXCHANGE, status="completed", start=session, end=session)
    assert case.severity(AFTER_DOSE) == ("info" if fires else None)


def test_an_exchange_before_the_last_dose_needs_no_supplement() -> None:
    assert not treated().fires(AFTER_DOSE)
    assert not treated().procedure(EXCHANGE, status="completed", start="2025-05-01", end="2025-05-01").fires(AFTER_DOSE)


def drafted_exchange(day: str) -> Case:
    """Plasma exchange is what is being ordered; there is no inebilizumab draft."""
    return treated("order-select", "2025-11-03").no_draft().service_draft(EXCHANGE, day).select(EXCHANGE)


def test_a_drafted_exchange_brings_the_question_up_without_an_inebilizumab_draft() -> None:
    case = drafted_exchange("2025-11-05")
    assert case.ids() == {AFTER_DOSE}
    assert not drafted_exchange("2025-12-08").fires(AFTER_DOSE)


def test_a_supplement_is_offered_as_an_infusion_the_prescriber_decides_on() -> None:
    case = treated(today="2025-11-03").procedure(EXCHANGE, status="completed", start="2025-11-01", end="2025-11-01")
    assert "add_infusion" in {action for action, _concept in case.proposals(AFTER_DOSE)}


def test_a_supplement_is_not_suggested_from_records_that_were_not_fetched() -> None:
    without_exchanges = treated().without("Procedure")
    assert not without_exchanges.fires(AFTER_DOSE)
    assert AFTER_DOSE in without_exchanges.not_assessed()
    exchanged = treated().procedure(EXCHANGE, status="completed", start="2025-09-09", end="2025-09-09")
    without_doses = exchanged.without("MedicationAdministration")
    assert not without_doses.fires(AFTER_DOSE)
    assert AFTER_DOSE in without_doses.not_assessed()


def test_without_an_exchange_no_supplement_is_in_question_whatever_was_given() -> None:
    case = treated().without("MedicationAdministration")
    assert not case.fires(AFTER_DOSE)
    assert AFTER_DOSE not in case.not_assessed()


def test_the_infusion_is_moved_behind_the_last_session() -> None:
    case = clean().test_order(EXCHANGE, occurrencePeriod={"start": "2026-03-05", "end": "2026-03-12"})
    assert case.proposed_day(CONCURRENT, "move_draft") == "2026-03-13"
