"""FHIR dates and dateTimes as days: as precise as they were written, in the time zone they were written in."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from cards.chart.fhir import Json, one, string
from cards.chart.intervals import Day, Interval

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?$")
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")


def day_of(value: object) -> Day | None:
    """``2024`` and ``2024-05`` are the whole year and month; what is no date is ``None``."""
    text = string(value)
    match = _DATE.match(text.strip()) if text else None
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        low = date(year or 0, month or 1, day or 1)
        high = low if day else date(low.year, month or 12, monthrange(low.year, month or 12)[1])
    except ValueError:
        return None
    return Interval(low, high)


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
    return next((found for value in values if (found := day_of(value)) is not None), None)


def period(value: object) -> tuple[Day | None, Day | None]:
    """Start and end of a Period."""
    content: Json = one(value)
    return day_of(content.get("start")), day_of(content.get("end"))


def shifted(start: Day, days: int) -> Day:
    def moved(limit: date | None) -> date | None:
        try:
            return None if limit is None else limit + timedelta(days=days)
        except OverflowError:
            return limit

    return Interval(moved(start.low), moved(start.high))


def shown(value: Day | None) -> str:
    """A day for people: no more precise than it is."""
    if value is None or value.low is None:
        return ""
    if value.low == value.high:
        return value.low.isoformat()
    whole_year = value.high is not None and (value.low.month, value.high.month) == (1, 12)
    return str(value.low.year) if whole_year else value.low.isoformat()[:7]
