"""Dates and numbers known only within limits."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.chart.intervals import Interval, day
from cards.logic.arithmetic import absolute, add_months, add_span, completed_years, days_between, sum_numbers
from cards.logic.syntax import TimeSpan

days = st.dates(date(1950, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 11, 25), 6, date(2026, 5, 25)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
    ],
)
def test_calendar_months_keep_the_day_and_clip_to_the_end_of_the_month(start, months, expected):
    assert add_months(start, months) == expected


@given(days, st.integers(-400, 400))
def test_adding_months_moves_by_that_many_months(start, months):
    moved = add_months(start, months)
    assert (moved.year - start.year) * 12 + moved.month - start.month == months
    assert moved.day <= start.day


@given(days, st.integers(-5000, 5000))
def test_days_between_undoes_adding_days(start, count):
    later = add_span(day(start), TimeSpan(0, count), 1)
    assert days_between(day(start), later) == Interval(Decimal(count), Decimal(count))


@given(days, days, days)
def test_a_month_known_only_as_a_month_never_decides_inside_itself(a, b, c):
    low, high = sorted([a, b])
    vague = Interval(low, high)
    answer = vague.before(day(c))
    if low < c <= high:
        assert answer is None
    else:
        assert answer is (high < c)


@given(days, days)
def test_exact_days_compare_as_days(a, b):
    assert day(a).before(day(b)) is (a < b)
    assert day(a).not_after(day(b)) is (a <= b)
    assert day(a).equals(day(b)) is (a == b)


def test_a_birthday_counts_on_the_day_itself():
    birth = day(date(2008, 11, 25))
    assert completed_years(birth, day(date(2026, 11, 25))).low == 18
    assert completed_years(birth, day(date(2026, 11, 24))).low == 17


def test_a_birth_year_alone_leaves_the_age_between_two_numbers():
    birth = Interval(date(2008, 1, 1), date(2008, 12, 31))
    assert completed_years(birth, day(date(2026, 6, 1))) == Interval(Decimal(17), Decimal(18))


def test_a_result_below_the_detection_limit_is_below_it_and_nothing_more():
    below_four = Interval(None, Decimal(4), high_open=True)
    four = Interval(Decimal(4), Decimal(4))
    two = Interval(Decimal(2), Decimal(2))
    assert below_four.before(four) is True
    assert below_four.not_after(four) is True
    assert below_four.before(two) is None


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_the_distance_is_the_same_both_ways(a, b):
    first = absolute(sum_numbers("-", Interval(a, a), Interval(b, b)))
    second = absolute(sum_numbers("-", Interval(b, b), Interval(a, a)))
    assert first == second
    assert first.low == abs(a - b)


def test_moving_past_the_calendar_stops_at_its_ends():
    assert add_span(day(date(9999, 12, 31)), TimeSpan(0, timedelta(days=9).days), 1).low == date.max
