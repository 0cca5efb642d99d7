"""When a dosage instruction is to be given: days, times a day, and whether it ever ends."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from cards.chart import fhir
from cards.chart.dates import clock_time, day_of, period, shifted
from cards.chart.intervals import Day
from cards.chart.quantities import decimal

# Codes of the HL7 GTSAbbreviation set and what they say about a day.
PER_DAY = {
    "BID": Decimal(2),
    "TID": Decimal(3),
    "QID": Decimal(4),
    "QD": Decimal(1),
    "QOD": Decimal("0.5"),
    "AM": Decimal(1),
    "PM": Decimal(1),
    "Q4H": Decimal(6),
    "Q6H": Decimal(4),
    "Q8H": Decimal(3),
    "Q12H": Decimal(2),
    "BED": Decimal(1),
    "WK": Decimal(1) / 7,
    "MO": Decimal(1) / 30,
}
WRITTEN_PER_DAY = (
    (re.compile(r"\b(bid|twice (a day|daily)|q12h)\b|每日(2|两|二)次|一日(2|两|二)次|每天(2|两|二)次"), Decimal(2)),
    (re.compile(r"\b(tid|three times (a day|daily)|q8h)\b|每日(3|三)次|一日(3|三)次"), Decimal(3)),
    (re.compile(r"\b(qid|four times (a day|daily)|q6h)\b|每日(4|四)次"), Decimal(4)),
    (re.compile(r"\b(qd|od|once (a day|daily)|daily|every day|qam|qn)\b|每日(1|一)?次|每日一次|一日(1|一)次|每天|每晚"), Decimal(1)),
    (re.compile(r"\b(qod|every other day)\b|隔日"), Decimal("0.5")),
    (re.compile(r"\b(qw|once (a week|weekly)|weekly)\b|每周(1|一)?次"), Decimal(1) / 7),
)
DAYS_IN = {"d": 1, "wk": 7}
HOURS_IN = {"h": Decimal(1), "min": Decimal(1) / 60, "d": Decimal(24), "wk": Decimal(168), "mo": Decimal(720)}
HORIZON_MONTHS = 24  # an order that repeats without end is looked at two years ahead


@dataclass(frozen=True, slots=True)
class Schedule:
    """``days`` as ordered or expanded; ``unbounded`` when the order goes on after them."""

    days: tuple[Day, ...] = ()
    start: Day | None = None
    end: Day | None = None
    times_per_day: Decimal | None = None
    unbounded: bool = False
    clock_times: tuple[datetime, ...] = field(default=())


def read_schedule(instruction: fhir.Json, fallback: Day | None) -> Schedule:
    """``fallback`` is the day an order without any date of its own begins."""
    timing = fhir.one(instruction.get("timing"))
    events = timing.get("event")
    items = events if isinstance(events, list) else [events]
    days = tuple(day for item in items if (day := day_of(item)) is not None)
    clock = tuple(time for item in items if (time := clock_time(item)) is not None)
    repeat = fhir.one(timing.get("repeat"))
    start, end = period(repeat.get("boundsPeriod"))
    rate = _times_per_day(timing, repeat, fhir.string(instruction.get("text")))
    if days:
        return Schedule(days, start or days[0], end, rate, clock_times=clock)
    expanded, unbounded = _expanded(repeat, start or fallback, end)
    return Schedule(expanded, start, end, rate, unbounded)


def _times_per_day(timing: fhir.Json, repeat: fhir.Json, text: str | None) -> Decimal | None:
    frequency, length = decimal(repeat.get("frequency")) or Decimal(1), decimal(repeat.get("period"))
    unit = HOURS_IN.get(fhir.string(repeat.get("periodUnit")) or "")
    if length and unit:
        return frequency * 24 / (length * unit)
    codes = [code.upper() for _, code in fhir.codings(timing.get("code")) if code]
    codes += [said.upper() for said in fhir.texts(timing.get("code"))]
    known = next((PER_DAY[code] for code in codes if code in PER_DAY), None)
    if known is not None:
        return known
    said = " ".join([*fhir.texts(timing.get("code")), text or ""]).lower()
    return next((rate for pattern, rate in WRITTEN_PER_DAY if pattern.search(said)), None)


def _expanded(repeat: fhir.Json, start: Day | None, end: Day | None) -> tuple[tuple[Day, ...], bool]:
    """Infusion days of an order that repeats in days, weeks or months; a daily drug is no list of days."""
    length, unit = decimal(repeat.get("period")), fhir.string(repeat.get("periodUnit")) or ""
    if start is None or length is None or length < 1 or length % 1 or unit not in {"d", "wk", "mo", "a"}:
        return ((start,), False) if start is not None and not repeat.get("frequency") else ((), False)
    if unit == "d" and length < 7:
        return (), False
    count = decimal(repeat.get("count"))
    days: list[Day] = []
    for number in range(int(min(count, Decimal(200))) if count else 200):
        day = _step(start, unit, int(length) * number)
        if day.low is None or start.low is None or _beyond(day, start, end):
            break
        days.append(day)
    return tuple(days), count is None and end is None


def _step(start: Day, unit: str, amount: int) -> Day:
    if unit in DAYS_IN:
        return shifted(start, DAYS_IN[unit] * amount)
    from cards.logic.arithmetic import add_span
    from cards.logic.syntax import TimeSpan

    return add_span(start, TimeSpan(amount * (12 if unit == "a" else 1), 0), 1)


def _beyond(day: Day, start: Day, end: Day | None) -> bool:
    if day.low is None or start.low is None:
        return True
    if end is not None and end.high is not None and day.low > end.high:
        return True
    return (day.low - start.low).days > HORIZON_MONTHS * 31
