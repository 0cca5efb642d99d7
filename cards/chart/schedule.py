"""When an order takes effect: the days it names, the stretch it covers, and what its end is worth."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cards.chart import fhir
from cards.chart.dates import day_of, later_by, period
from cards.chart.frequency import HOURS, interval_of, times_per_day
from cards.chart.intervals import Day, day
from cards.chart.quantities import decimal

HORIZON_MONTHS = 24  # how far a repeat without an end is written out
MOST_DAYS = 400  # of one order; a repeat that needs more is cut off, like one without an end
_OFFSETS = re.compile(r"(?:\bdays?\s*|\bd\s*|第\s*)(\d{1,3})(?:\s*[天日])?(?!\d)", re.IGNORECASE)
_SECOND_OF_PAIR = re.compile(r"\bdays?\s*\d{1,3}\s*(?:and|&|,|、|和|及)\s*(\d{1,3})\b", re.IGNORECASE)
_DURATIONS = {
    **dict.fromkeys(("d", "day", "days", "天", "日"), "d"),
    **dict.fromkeys(("wk", "week", "weeks", "周"), "wk"),
    **dict.fromkeys(("mo", "month", "months", "月", "个月"), "mo"),
    **dict.fromkeys(("a", "year", "years", "年"), "a"),
}


@dataclass(frozen=True, slots=True)
class Schedule:
    days: tuple[Day, ...] = ()
    unbounded: bool = False
    start: Day | None = None
    end: Day | None = None
    end_is_supply: bool = False


NO_SCHEDULE = Schedule()


def read_schedule(request: fhir.Json, today: date, *, draft: bool) -> Schedule:
    """The schedule of a MedicationRequest."""
    instructions = fhir.objects(request.get("dosageInstruction"))
    dispense = fhir.one(request.get("dispenseRequest"))
    supplied, _ = period(dispense.get("validityPeriod"))
    authored = day_of(request.get("authoredOn"))
    assumed = supplied or authored or (day(today) if draft else None)
    days: set[Day] = set()
    unbounded = False
    for instruction in instructions:
        found = tuple(_days(instruction, supplied or authored, today))
        days.update(found[:MOST_DAYS])
        unbounded = unbounded or (bool(found) and _goes_on(instruction, assumed)) or len(found) > MOST_DAYS
    start = _earliest([*days, *(bound for i in instructions if (bound := _bounds(i)[0]))]) or supplied or authored
    if not days and start is not None and _is_single(instructions, start, authored, today, draft=draft):
        days = {start}
    end, is_supply = _end(request, instructions, dispense, start or assumed)
    return Schedule(tuple(sorted(days, key=_order)), unbounded, start, end, is_supply)


def _days(instruction: fhir.Json, otherwise: Day | None, today: date) -> Iterator[Day]:
    """Named days; else a repeat longer than a day, written out; else ``day 1 and day 15`` in words."""
    timing = fhir.one(instruction.get("timing"))
    events = [found for event in fhir.strings(timing.get("event")) if (found := day_of(event)) is not None]
    if events:
        yield from events
        return
    start = _bounds(instruction)[0] or otherwise
    if start is None or start.low is None:
        return
    repeat = fhir.one(timing.get("repeat"))
    step = interval_of(repeat)
    if step is not None:
        yield from _repeated(start.low, step, repeat, _bounds(instruction, otherwise)[1], today)
    elif repeat.get("period") is None:
        for offset in _offsets(fhir.string(instruction.get("text")) or ""):
            moved = later_by(start.low, Decimal(offset - 1), "d")
            if moved is not None:
                yield day(moved)


def _repeated(start: date, step: tuple[Decimal, str], repeat: fhir.Json, end: Day | None, today: date) -> Iterator[Day]:
    """Up to ``count`` or the end; without either from 24 months ago to 24 months ahead."""
    amount, unit = step
    count = decimal(repeat.get("count"))
    number, last = 0, end.high if end else date.max
    if count is None and end is None:
        last = later_by(max(start, today), Decimal(HORIZON_MONTHS), "mo")
        past = (today - start).days - HORIZON_MONTHS * 31
        number = max(0, int(past * HOURS["d"] / (amount * HOURS[unit])))
    written = 0
    while written <= MOST_DAYS and (count is None or number < count):
        moved = later_by(start, amount * number, unit)
        if moved is None or last is None or moved > last:
            return
        yield day(moved)
        number, written = number + 1, written + 1


def _goes_on(instruction: fhir.Json, otherwise: Day | None) -> bool:
    """A repeat that nothing ends."""
    timing = fhir.one(instruction.get("timing"))
    repeat = fhir.one(timing.get("repeat"))
    repeats = not timing.get("event") and interval_of(repeat) is not None
    return repeats and repeat.get("count") is None and _bounds(instruction, otherwise)[1] is None


def _offsets(text: str) -> list[int]:
    """Day numbers of a text that counts them from a first day; a text without a day 1 is not about that."""
    found = {int(number) for number in _OFFSETS.findall(text[:300])}
    found |= {int(number) for number in _SECOND_OF_PAIR.findall(text[:300])}
    return sorted(found) if 1 in found else []


def _bounds(instruction: fhir.Json, otherwise: Day | None = None) -> tuple[Day | None, Day | None]:
    """Start and end of the course as the instruction bounds it; a duration alone counts from ``otherwise``."""
    repeat = fhir.one(fhir.one(instruction.get("timing")).get("repeat"))
    start, end = period(repeat.get("boundsPeriod"))
    lasting, begins = repeat.get("boundsDuration"), start or otherwise
    if end is None and begins is not None and begins.low is not None and lasting:
        end = _last_day(begins.low, fhir.one(lasting))
    return start, end


def _last_day(start: date, duration: fhir.Json) -> Day | None:
    """The last day that a duration beginning on ``start`` covers."""
    amount = decimal(duration.get("value"))
    unit = _DURATIONS.get((fhir.string(duration.get("code")) or fhir.string(duration.get("unit")) or "").lower())
    after = None if amount is None or unit is None else later_by(start, amount, unit)
    before = None if after is None else later_by(after, Decimal(-1), "d")
    return None if before is None else day(max(before, start))


def _is_single(instructions: list[fhir.Json], start: Day, authored: Day | None, today: date, *, draft: bool) -> bool:
    """A start that stands alone is the day of one infusion; of a running order only when it still lies ahead."""
    said = [(fhir.one(i.get("timing")), fhir.string(i.get("text")) or "") for i in instructions]
    if start == authored or any(timing.get("event") for timing, _ in said):
        return False
    if any(times_per_day(timing, text) is not None for timing, text in said):
        return False
    return draft or (start.low is not None and start.low >= today)


def _end(
    request: fhir.Json, instructions: list[fhir.Json], dispense: fhir.Json, start: Day | None
) -> tuple[Day | None, bool]:
    """The end of the bounds; else that of a counted repeat; else the day the supply runs out."""
    ends = [end for i in instructions if (end := _bounds(i)[1]) is not None]
    is_open = fhir.status(request) not in {"stopped", "completed"}
    if ends:
        return max(ends, key=_order), is_open
    lasting = _lasting_end(instructions, start)
    if lasting is not None:
        return lasting, is_open
    counted = [end for i in instructions if start and (end := _counted_end(i, start)) is not None]
    if counted:
        return max(counted, key=_order), is_open
    _, valid = period(dispense.get("validityPeriod"))
    supplied = _supplied_until(dispense, start)
    return supplied or valid, supplied is not None or valid is not None


def _lasting_end(instructions: list[fhir.Json], start: Day | None) -> Day | None:
    """The end where every instruction says how long it lasts and none from when; numbered ones follow each other."""
    if start is None or start.low is None or not instructions:
        return None
    numbered = len({str(i.get("sequence")) for i in instructions}) == len(instructions) > 1
    first, last = start.low, start
    for instruction in instructions:
        end = _bounds(instruction, day(first))[1]
        if end is None or end.low is None:
            return None
        last = max(last, end, key=_order)
        first = end.low + timedelta(days=1) if numbered and end.low < date.max else first
    return last


def _counted_end(instruction: fhir.Json, start: Day) -> Day | None:
    """The last day of ``count`` doses of a drug taken daily or more often."""
    repeat = fhir.one(fhir.one(instruction.get("timing")).get("repeat"))
    count = decimal(repeat.get("count"))
    if count is None or start.low is None:
        return None
    rate = times_per_day({"repeat": repeat}, "")
    if not rate or rate < 1:
        return None
    last = later_by(start.low, -(-count // rate) - 1, "d")
    return None if last is None else day(last)


def _supplied_until(dispense: fhir.Json, start: Day | None) -> Day | None:
    each = fhir.one(dispense.get("expectedSupplyDuration"))
    amount = decimal(each.get("value"))
    if amount is None or start is None or start.low is None:
        return None
    refills = decimal(dispense.get("numberOfRepeatsAllowed")) or Decimal(0)
    return _last_day(start.low, {**each, "value": amount * (1 + refills)})


def _earliest(days: Iterable[Day]) -> Day | None:
    return min(days, key=_order, default=None)


def _order(value: Day) -> tuple[date, date]:
    return value.low or date.min, value.high or date.max
