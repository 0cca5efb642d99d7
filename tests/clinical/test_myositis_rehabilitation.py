"""Exercise is part of the treatment of myositis."""

import pytest
from myositis_people import Person, man

EXERCISE = "MYO-REHAB-001"


def test_exercise_is_advised_where_none_is_on_record() -> None:
    case = man()
    assert case.severity(EXERCISE) == "info"
    assert case.proposals(EXERCISE) == {("order", "rehabilitation")}


def test_a_treatment_an_order_or_a_plan_within_a_year_clears_it() -> None:
    assert man().had("rehabilitation", "2025-10-01").severity(EXERCISE) is None
    ordered = {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "order",
        "code": {"text": "Physiotherapy"},
    }
    assert man().resource(ordered).severity(EXERCISE) is None
    assert man().had("rehabilitation", "2024-10-01").severity(EXERCISE) == "info"


@pytest.mark.parametrize("reason", ["heart failure", "respiratory failure", "unstable fracture"])
def test_a_reason_against_exercise_keeps_it_silent(reason: str) -> None:
    assert man().ill(reason).severity(EXERCISE) is None


def test_only_for_myositis() -> None:
    assert Person().patient(sex="male", birth="1980-06-15").severity(EXERCISE) is None
    assert man().forget("dm").ill("inclusion body myositis").severity(EXERCISE) is None


def test_exercise_that_could_not_be_fetched_is_not_called_missing() -> None:
    case = man().without("ServiceRequest")
    assert (case.severity(EXERCISE), case.verdict(EXERCISE)) == (None, "unknown")
