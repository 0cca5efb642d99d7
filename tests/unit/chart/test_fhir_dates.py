"""FHIR dates as days: partial dates, zones, and what is no date at all."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.chart.dates import clock_time, day_of, later_by, shown
from cards.chart.intervals import Interval, day

ends = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2021, 12, 31)))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-05-01T23:30:00-08:00", "2024-05-01", "2024-05-01"),  # the calendar day as written
        ("2024-05-01T00:10:00+08:00", "2024-05-01", "2024-05-01"),
        ("2024-05-01T08:00:00.123Z", "2024-05-01", "2024-05-01"),
        (" 2024-05-01 ", "2024-05-01", "2024-05-01"),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text: str, low: str, high: str) -> None:
    assert day_of(text) == Interval(date.fromisoformat(low), date.fromisoformat(high))


@pytest.mark.parametrize(
    "value", ["Invalid date", "", "2024-13", "2024-02-30", "0000", "24-05-01", "2024/05/01", None, 2024, [], {}, True]
)
def test_what_is_no_date_is_none(value: object) -> None:
    assert day_of(value) is None
    assert clock_time(value) is None


def test_a_clock_time_keeps_the_local_time() -> None:
    found = clock_time("2026-03-09T09:30:00+08:00")
    assert found is not None
    assert (found.hour, found.minute, found.tzinfo) == (9, 30, None)
    assert clock_time("2026-03-09") is None


@given(st.dates(), st.sampled_from(["d", "wk", "mo", "a", "h", "?"]), st.decimals(-9999, 9999, places=2))
def test_moving_a_date_never_raises(start: date, unit: str, amount: Decimal) -> None:
    moved = later_by(start, amount, unit)
    assert moved is None or isinstance(moved, date)


def test_months_are_clipped_to_the_end() -> None:
    assert later_by(date(2026, 1, 31), Decimal(1), "mo") == date(2026, 2, 28)
    assert later_by(date(2024, 2, 29), Decimal(1), "a") == date(2025, 2, 28)


@given(st.tuples(ends, ends), st.tuples(ends, ends), st.booleans())
def test_comparing_is_a_trichotomy(
    first: tuple[date | None, date | None], second: tuple[date | None, date | None], is_open: bool
) -> None:
    """At most one of before, after and equal is true; equal exact days answer every question."""
    is_open = is_open and first[0] != first[1]
    left = Interval(*_ordered(*first), low_open=is_open, high_open=is_open)
    right = Interval(*_ordered(*second))
    answers = [left.before(right), right.before(left), left.equals(right)]
    assert sum(answer is True for answer in answers) <= 1
    if left.exact and right.exact:
        assert None not in answers
        assert sum(bool(answer) for answer in answers) == 1
    if left.before(right):
        assert left.not_after(right) is True
        assert right.not_after(left) is False


def _ordered(low: date | None, high: date | None) -> tuple[date | None, date | None]:
    return (high, low) if low is not None and high is not None and high < low else (low, high)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 400))
def test_a_month_is_before_every_day_after_it(start: date, days: int) -> None:
    month = day_of(f"{start:%Y-%m}")
    assert month is not None
    assert month.high is not None
    assert month.before(day(month.high + timedelta(days=days))) is True
    assert month.equals(day(start)) is None


@pytest.mark.parametrize("text", ["2024", "2024-05", "2024-05-01"])
def test_a_day_is_shown_no_more_precisely_than_it_is(text: str) -> None:
    assert shown(day_of(text)) == text
