"""Arithmetic on intervals of dates and numbers."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from cards.chart.intervals import Day, Interval
from cards.logic.syntax import TimeSpan

Number = Interval[Decimal]


EVERY_MONTH_HAS = 28  # days


def add_months(day: date, months: int) -> date:
    """The same day ``months`` calendar months later, clipped to the end of the month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    of_month = day.day
    if of_month > EVERY_MONTH_HAS:
        of_month = min(of_month, monthrange(year, month + 1)[1])
    return date(year, month + 1, of_month)


def add_span(day: Day, span: TimeSpan, sign: int) -> Day:
    low, high = day.low, day.high
    moved = None if low is None else _moved(low, span, sign)
    return Interval(moved, moved if high == low else None if high is None else _moved(high, span, sign))


def _moved(day: date, span: TimeSpan, sign: int) -> date:
    months_later = add_months(day, sign * span.months) if span.months else day
    if not span.days:
        return months_later
    try:
        return months_later + timedelta(days=sign * span.days)
    except OverflowError:
        return date.min if sign < 0 else date.max


def negative_span(left: TimeSpan, right: TimeSpan, sign: int) -> TimeSpan:
    return TimeSpan(left.months + sign * right.months, left.days + sign * right.days)


def days_between(start: Day, end: Day) -> Number:
    """Whole days from ``start`` to ``end``; negative when ``end`` comes first."""
    low = None if end.low is None or start.high is None else Decimal((end.low - start.high).days)
    high = None if end.high is None or start.low is None else Decimal((end.high - start.low).days)
    return Interval(low, high)


def completed_years(birth: Day, on: Day) -> Number:
    """Completed years of life: a birthday on the day counts."""

    def years(born: date | None, day: date | None) -> Decimal | None:
        if born is None or day is None:
            return None
        return Decimal(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))

    return Interval(years(birth.high, on.low), years(birth.low, on.high))


def sum_numbers(operator: str, left: Number, right: Number) -> Number:
    """``+``, ``-`` or ``*`` (of numbers that are not negative) on intervals."""
    if operator == "-":
        right = Interval(_negated(right.high), _negated(right.low), right.high_open, right.low_open)
    ends = [(left.low, right.low), (left.high, right.high)]
    low, high = (_ends(operator, a, b) for a, b in ends)
    return Interval(low, high, left.low_open or right.low_open, left.high_open or right.high_open)


def _negated(limit: Decimal | None) -> Decimal | None:
    return None if limit is None else -limit


def _ends(operator: str, a: Decimal | None, b: Decimal | None) -> Decimal | None:
    if a is None or b is None:
        return None
    return a * b if operator == "*" else a + b


def absolute(number: Number) -> Number:
    """``abs``: the distance from zero."""
    low, high = number.low, number.high
    if low is not None and low >= 0:
        return number
    if high is not None and high <= 0:
        return Interval(-high, _negated(low), number.high_open, number.low_open)
    return Interval(Decimal(0), None if low is None or high is None else max(-low, high))


def mosteller(height: Number, weight: Number) -> Number:
    """Body surface in m2 from cm and kg (Mosteller): the square root of their product over 3600."""
    low, high = (_surface(h, w) for h, w in ((height.low, weight.low), (height.high, weight.high)))
    return Interval(low, high)


def _surface(height: Decimal | None, weight: Decimal | None) -> Decimal | None:
    if height is None or weight is None or height < 0 or weight < 0:
        return None
    return (height * weight / 3600).sqrt()


def within_unit(value: Decimal, factor: Decimal) -> Number:
    return Interval(value * factor, value * factor)
