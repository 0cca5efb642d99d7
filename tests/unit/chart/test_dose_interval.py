"""Days between two doses of an order."""

from decimal import Decimal
from typing import Any

import pytest
from charts import Json, chart, request

from cards.chart.intervals import Interval
from cards.chart.spacing import dose_interval


def interval(*instructions: Json) -> Interval[Decimal] | None:
    order = request({"text": "tocilizumab"}, dosageInstruction=list(instructions))
    (found,) = chart(drafts=[order]).medications("tocilizumab").items
    return dose_interval(found)


def repeat(**repeated: Any) -> Json:
    return {"timing": {"repeat": repeated}}


def days(*events: str) -> Json:
    return {"timing": {"event": list(events)}}


def exactly(value: Any) -> Interval[Decimal]:
    return Interval(Decimal(value), Decimal(value))


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        (repeat(frequency=1, period=1, periodUnit="wk"), 7),
        (repeat(frequency=1, period=4, periodUnit="wk"), 28),
        (repeat(frequency=1, period=28, periodUnit="d"), 28),
        (repeat(frequency=2, period=1, periodUnit="wk"), "3.5"),
        (repeat(frequency=1, period=1, periodUnit="mo"), "30.4375"),
        (repeat(frequency=1, period=1, periodUnit="d"), 1),
        ({"text": "162 mg every 2 weeks"}, 14),
        ({"text": "162 mg 每周1次"}, 7),
        (days("2026-03-09", "2026-03-16", "2026-03-23"), 7),
        (days("2026-03-23", "2026-03-09"), 14),
    ],
)
def test_the_interval_is_read(instruction: Json, expected: Any) -> None:
    assert interval(instruction) == exactly(expected)


def test_days_at_different_distances_are_a_range() -> None:
    assert interval(days("2026-03-09", "2026-03-16", "2026-03-25")) == Interval(Decimal(7), Decimal(9))


def test_two_rates_are_a_range() -> None:
    two = interval(repeat(frequency=1, period=1, periodUnit="wk"), repeat(frequency=1, period=2, periodUnit="wk"))
    assert two == Interval(Decimal(7), Decimal(14))


@pytest.mark.parametrize(
    "instructions",
    [
        [],
        [{"text": "as directed"}],
        [days("2026-03-09")],
        [days("2026-03", "2026-04")],
        [repeat(frequency=1, period=1, periodUnit="wk"), {"text": "as directed"}],
    ],
)
def test_a_single_dose_and_what_does_not_say_are_unknown(instructions: list[Json]) -> None:
    assert interval(*instructions) is None
