"""Whether a drug is in use, and reading of grades and body surface."""

from datetime import date
from decimal import Decimal

import pytest

from cards.chart.intervals import Interval, day
from cards.chart.records import Medication, MedicationSource
from cards.logic.arithmetic import mosteller
from cards.logic.use import either, given_since, is_running

TODAY = day(date(2026, 3, 2))
SINCE = day(date(2026, 1, 31))


def record(source: MedicationSource = MedicationSource.REQUEST, **more: object) -> Medication:
    return Medication(reference="M/1", label="", drugs=frozenset({"x"}), source=source, status="active", **more)  # type: ignore[arg-type]


def on(text: str) -> Interval[date]:
    return day(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("more", "running"),
    [
        ({"active": True}, True),
        ({"active": True, "end": on("2026-03-02")}, True),
        ({"active": True, "end": on("2026-03-01")}, False),
        ({"active": True, "end": on("2026-03-01"), "end_is_supply": True}, True),
        ({"active": True, "end": Interval(date(2026, 1, 1), date(2026, 12, 31))}, None),
        ({"active": False}, False),
        ({"active": True, "draft": True}, False),
        ({"active": True, "plan": True}, False),
    ],
)
def test_running(more: dict[str, object], running: bool | None) -> None:
    assert is_running(record(**more), TODAY) is running


@pytest.mark.parametrize(
    ("source", "more", "given"),
    [
        (MedicationSource.ADMINISTRATION, {"dates": (on("2026-01-31"),)}, True),
        (MedicationSource.ADMINISTRATION, {"dates": (on("2026-01-30"),)}, False),
        (MedicationSource.ADMINISTRATION, {"dates": (on("2026-03-09"),)}, False),
        (MedicationSource.ADMINISTRATION, {"dates": (Interval(date(2026, 1, 1), date(2026, 1, 31)),)}, None),
        (MedicationSource.REQUEST, {"dates": (on("2026-02-20"),)}, False),
        (MedicationSource.REQUEST, {"dates": (on("2026-02-20"),), "completed": True}, True),
        (MedicationSource.ADMINISTRATION, {}, False),
    ],
)
def test_given_within_a_time(source: MedicationSource, more: dict[str, object], given: bool | None) -> None:
    assert given_since(record(source, **more), SINCE, TODAY) is given


def test_either() -> None:
    assert either(False, True) is True
    assert either(False, None) is None
    assert either(False, False) is False


def test_the_body_surface_by_mosteller() -> None:
    surface = mosteller(Interval(Decimal(180), Decimal(180)), Interval(Decimal(80), Decimal(80)))
    assert surface.low == surface.high == Decimal(2)
    assert mosteller(Interval(None, None), Interval(Decimal(80), Decimal(80))).low is None
