"""What an order says of each of its doses: how much, when, how often, how many, how fast.

Read only for the drugs a call drafts: `records.Dose` is enough for everything else.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from cards.chart import fhir
from cards.chart.dates import day_of, period
from cards.chart.dosage import NO_AMOUNT, Amount, coded_amount, read_route, times
from cards.chart.frequency import DAY, HOURS, times_per_day
from cards.chart.infusion_time import infusion_minutes, minutes_in_words
from cards.chart.intervals import Interval
from cards.chart.phrases import Phrase, phrases
from cards.chart.quantities import Number, decimal
from cards.chart.records import Medication, Route
from cards.chart.strengths import Strength
from cards.chart.times_of_day import coded_times, times_in_words
from cards.chart.weekdays import weekdays_in_words
from cards.terminology import Terminology

_LENGTHS = {"h": Decimal(1) / 24, "d": Decimal(1), "wk": Decimal(7), "mo": HOURS["mo"] / DAY, "a": HOURS["a"] / DAY}
_WORDS = {
    "day": "d",
    "days": "d",
    "天": "d",
    "日": "d",
    "week": "wk",
    "weeks": "wk",
    "周": "wk",
    "month": "mo",
    "月": "mo",
}
_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_EXACT, _WHOLE_AGAIN = Decimal("1e-6"), Decimal("1e-12")
_DAILY = re.compile(r"once|daily|\bqd\b|\bday\b|[日天]")
_SHORTEST, _LONGEST = Decimal("0.0005"), Decimal(3660)


@dataclass(frozen=True, slots=True)
class Instruction:
    """One dose of an order. ``interval``: days between two of them; ``count`` ``None``: nothing ends them.

    ``days`` are named dates, ``offsets`` days after the first dose; ``at`` times of day; ``follows``: after what
    stands before it.
    """

    amount: Amount = NO_AMOUNT
    interval: Number | None = None
    count: int | None = None
    days: tuple[date, ...] = ()
    offsets: tuple[int, ...] = ()
    later: int | None = None
    start: date | None = None
    end: date | None = None
    lasting: Decimal | None = None
    until: int | None = None
    follows: bool = False
    sequence: int | None = None
    at: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()
    route: Route | None = None
    minutes: Number | None = None
    timed: bool = False  # anything was said about when
    text: str = ""

    @property
    def repeats(self) -> bool:
        return self.count != 1


def read_instructions(medication: Medication, terminology: Terminology) -> tuple[Instruction, ...]:
    """All doses of a request, in the order in which they are written."""
    found: list[Instruction] = []
    for entry in fhir.objects(medication.raw.get("dosageInstruction")):
        found += _of_dosage(entry, medication.strength, terminology)
    return tuple(found)


def _of_dosage(entry: fhir.Json, strength: Strength, terminology: Terminology) -> list[Instruction]:
    """Coded fields win; a text that names several doses, the coded one among them, says more than they do."""
    text = fhir.string(entry.get("text")) or ""
    coded = _coded(entry, strength, text)
    said = phrases(text, strength) if text else [Phrase()]
    common = {"route": read_route(entry.get("route"), text, terminology), "text": text}
    if len(said) > 1 and _says_less(coded) and coded.amount in {NO_AMOUNT, *(phrase.amount for phrase in said)}:
        parts = [_of_phrase(phrase, position) for position, phrase in enumerate(said)]
        listed = zip(parts, _minutes_of(entry, parts), strict=True)
        parts = [replace(part, minutes=minutes, **common) for part, minutes in listed]
        return [replace(parts[0], start=coded.start), *parts[1:]]
    merged = _completed(coded, said[0])
    minutes = infusion_minutes(entry, merged.amount.flat)
    return [replace(merged, minutes=minutes, **common)]


def _minutes_of(entry: fhir.Json, parts: list[Instruction]) -> list[Number | None]:
    """One time is that of all doses; of several each dose has its own, or that of the dose before it."""
    found: list[Number | None] = []
    for part in parts:
        own = infusion_minutes(entry, part.amount.flat) or minutes_in_words(part.text)
        found.append(own or (found[-1] if found else None))
    return found


def _says_less(coded: Instruction) -> bool:
    return not coded.days and coded.count is None and coded.sequence is None


def _coded(entry: fhir.Json, strength: Strength, text: str) -> Instruction:
    timing = fhir.one(entry.get("timing"))
    repeat = fhir.one(timing.get("repeat"))
    start, end = (found.low if found else None for found in period(repeat.get("boundsPeriod")))
    days = sorted(day.low for value in fhir.strings(timing.get("event")) if (day := day_of(value)) and day.low)
    rate = times_per_day(timing, "")
    interval = _range(repeat) or _every(rate)
    count, sequence = decimal(repeat.get("count")), decimal(entry.get("sequence"))
    amount = coded_amount(entry, strength) or NO_AMOUNT
    return Instruction(
        amount=_single(amount, rate),
        interval=interval,
        count=len(set(days)) if days else int(count) if count is not None and count >= 1 else None,
        days=tuple(dict.fromkeys(days)),
        start=start,
        end=end,
        lasting=_duration(repeat.get("boundsDuration")),
        sequence=None if sequence is None else int(sequence),
        at=coded_times(fhir.strings(repeat.get("when")), fhir.strings(repeat.get("timeOfDay"))),
        weekdays=frozenset(fhir.strings(repeat.get("dayOfWeek"))) & _WEEKDAYS,
        timed=bool(days) or interval is not None or count is not None,
        text=text,
    )


def _every(rate: Decimal | None) -> Number | None:
    """Days between two doses; a rate may be a periodic decimal, whose inverse must come out whole again.

    A third of a day is rounded up: of three a day the fourth must not fall on the same day.
    """
    if not rate or rate < 0:
        return None
    days = 1 / rate
    if not _plausible(days):
        return None
    step = days.quantize(_WHOLE_AGAIN).quantize(_EXACT, ROUND_CEILING)
    return Interval(step, step)


def _plausible(days: Decimal) -> bool:
    """Between about a minute and ten years: anything else is a defect of the data."""
    return _SHORTEST <= days <= _LONGEST


def _single(amount: Amount, rate: Decimal | None) -> Amount:
    """``30 mg/d`` in two doses is 15 mg each."""
    if not amount.daily or amount.flat is None:
        return amount
    return Amount(flat=times(amount.flat, 1 / rate) if rate else amount.flat)


def _range(repeat: fhir.Json) -> Number | None:
    """``every 2 to 4 weeks``."""
    first, last = decimal(repeat.get("period")), decimal(repeat.get("periodMax"))
    each = _LENGTHS.get(fhir.string(repeat.get("periodUnit")) or "")
    if first is None or last is None or each is None:
        return None
    frequency = decimal(repeat.get("frequency")) or Decimal(1)
    low, high = (first * each / frequency, last * each / frequency) if frequency > 0 else (Decimal(0), Decimal(0))
    return Interval(low, high) if _plausible(low) and _plausible(high) and low <= high else None


def _duration(value: object) -> Decimal | None:
    content = fhir.one(value)
    amount, unit = decimal(content.get("value")), fhir.string(content.get("code")) or fhir.string(content.get("unit"))
    each = _LENGTHS.get(_WORDS.get(unit or "", unit or ""))
    return amount * each if amount is not None and each is not None and _plausible(amount * each) else None


def _completed(coded: Instruction, phrase: Phrase) -> Instruction:
    """What the text adds where the coded fields are silent."""
    amount = coded.amount if coded.amount != NO_AMOUNT else phrase.amount
    at = coded.at or times_in_words(phrase.text)
    if coded.timed:
        step = coded.interval.low if coded.interval is not None else None
        amount = _single(amount, phrase.rate or (1 / step if step else None))
        placed = not coded.days and coded.start is None and len(phrase.offsets) == 1  # in which week, only words say
        return replace(coded, amount=amount, offsets=phrase.offsets if placed else (), at=at)
    worded = _of_phrase(replace(phrase, amount=amount), 0)
    lasting = coded.lasting if coded.lasting is not None else worded.lasting
    return replace(worded, start=coded.start, end=coded.end, lasting=lasting, sequence=coded.sequence, at=at)


def _of_phrase(phrase: Phrase, position: int) -> Instruction:
    """A phrase without a rate is one dose, or as many as the days it names; weekdays and times of day are a rate."""
    at, weekdays = times_in_words(phrase.text), weekdays_in_words(phrase.text)
    rate = _rate_of(phrase, at, weekdays)
    interval = _every(rate)
    count = phrase.count
    if count is None and interval is None:
        count = max(len(phrase.offsets), 1)
    return Instruction(
        amount=_single(phrase.amount, rate),
        interval=interval,
        count=count,
        at=at,
        weekdays=weekdays,
        offsets=phrase.offsets,
        later=phrase.later,
        lasting=None if phrase.lasting is None else Decimal(phrase.lasting),
        until=phrase.until,
        follows=phrase.follows or position > 0,
        timed=interval is not None or phrase.count is not None or bool(phrase.offsets) or phrase.first,
        text=phrase.text,
    )


def _rate_of(phrase: Phrase, at: frozenset[str], weekdays: frozenset[str]) -> Decimal | None:
    """``every Monday``, ``in the morning``; for the words alone morning and evening would be once a day."""
    if phrase.offsets or phrase.first or phrase.count is not None:
        return phrase.rate
    if phrase.rate is None and (at or weekdays):
        return Decimal(len(at) or 1) * (len(weekdays) or 7) / 7
    if phrase.rate is None and phrase.amount.daily:
        return Decimal(1)  # 15mg/日
    often = phrase.rate == 1 and len(at) > 1 and not _DAILY.search(phrase.text)
    return Decimal(len(at)) if often else phrase.rate
