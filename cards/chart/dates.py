"""FHIR dates and dateTimes as days: as precise as they were written, in the time zone they were written in."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal

from cards.chart.fhir import Json, one, string
from cards.chart.intervals import Day, Interval

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?$", re.ASCII)
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)


def day_of(value: object) -> Day | None:
    """``2024`` and ``2024-05`` are the whole year and month; what is no date is ``None``."""
    match = _DATE.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        low = date(int(year), int(month or 1) or 1, int(day or 1) or 1)
        if day and day != "00":
            return Interval(low, low)
        last = int(month or 12) or 12
        return Interval(low, date(low.year, last, monthrange(low.year, last)[1]))
    except ValueError:
        return None


def clock_time(value: object) -> datetime | None:
    """A dateTime that carries a time of day, without its zone: times of one order are written in one place."""
    text = string(value)
    if text is None or not _CLOCK.match(text):
        return None
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).replace(tzinfo=None)
    except ValueError:
        return None


def first_day(*values: object) -> Day | None:
    """The first of several fields that holds a date."""
    for value in values:
        found = day_of(value)
        if found is not None:
            return found
    return None


def period(value: object) -> tuple[Day | None, Day | None]:
    """Start and end of a Period."""
    if value is None:
        return None, None
    content: Json = one(value)
    return day_of(content.get("start")), day_of(content.get("end"))


def later_by(start: date, amount: Decimal, unit: str) -> date | None:
    """``amount`` days (d), weeks (wk), calendar months (mo) or years (a) after ``start``; hours count as whole days."""
    days_each = {"d": Decimal(1), "wk": Decimal(7), "h": Decimal(1) / 24, "min": Decimal(0), "s": Decimal(0)}
    try:
        if unit in {"mo", "a"}:
            return _months_later(start, int(amount * (12 if unit == "a" else 1)))
        return start + timedelta(days=int(amount * days_each[unit])) if unit in days_each else None
    except (OverflowError, ValueError):
        return None


def _months_later(start: date, months: int) -> date:
    """The same day of a later month, clipped to its end."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def shown(value: Day | None) -> str:
    """A day for people: no more precise than it is."""
    if value is None or value.low is None:
        return ""
    if value.low == value.high:
        return value.low.isoformat()
    whole_year = value.high is not None and (value.low.month, value.high.month) == (1, 12)
    return str(value.low.year) if whole_year else value.low.isoformat()[:7]
