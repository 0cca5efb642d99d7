"""Writes a whole regimen into an order: its doses, their times, and how long an infusion takes.

Everything else of the order stays; of its dosage instructions the first gives route, site and whatever else it says.
Callers hand in a copy.
"""

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from cards.compose.fhir import Json, as_object, inner, milligrams, objects, plain_number
from cards.dosing.proposal import DosePlan, Step
from cards.locale.texts import DoseTexts

# What belonged to the old dose and would contradict the new one.
_OLD = (
    "doseAndRate",
    "doseQuantity",
    "doseRange",
    "timing",
    "text",
    "sequence",
    "maxDosePerPeriod",
    "maxDosePerAdministration",
)
_RATES = ("rateRatio", "rateRange", "rateQuantity")
WEEK = 7


def set_regimen(resource: Json, plan: DosePlan, texts: DoseTexts) -> None:
    """``plan`` without steps changes the time of the infusion only."""
    if not plan.steps:
        _set_minutes(resource, plan)
        return
    before = objects(resource, "dosageInstruction")
    common = {name: value for name, value in before[0].items() if name not in _OLD}
    end = _end(before)
    written: list[Json] = []
    for step in plan.steps:
        for timing, text in _timings(step, plan.first, end, texts):
            minutes = {"duration": plain_number(plan.minutes), "durationUnit": "min"} if plan.minutes else {}
            if minutes:
                timing["repeat"] = {**as_object(timing.get("repeat")), **minutes}
            dose = {"doseAndRate": [{"doseQuantity": milligrams(step.mg)}]}
            written.append({"text": text, "timing": timing, **copy.deepcopy(common), **dose})
    if len(written) > 1:
        written = [{"sequence": number, **item} for number, item in enumerate(written, 1)]
    resource["dosageInstruction"] = written


def _set_minutes(resource: Json, plan: DosePlan) -> None:
    for instruction in objects(resource, "dosageInstruction"):
        for entry in objects(instruction, "doseAndRate") if "doseAndRate" in instruction else ():
            for name in _RATES:
                entry.pop(name, None)
        if plan.minutes is not None:
            repeat = inner(inner(instruction, "timing"), "repeat")
            repeat.pop("durationMax", None)
            repeat |= {"duration": plain_number(plan.minutes), "durationUnit": "min"}
            if "text" in instruction:
                del instruction["text"]  # it may still say the shorter time


def _end(instructions: list[Json]) -> str | None:
    """The end that the order had; one that begins earlier than it starts is none."""
    for instruction in instructions:
        bounds = as_object(as_object(as_object(instruction.get("timing")).get("repeat")).get("boundsPeriod"))
        if isinstance(bounds.get("end"), str):
            return bounds["end"]
    return None


def _timings(step: Step, first: date | None, end: str | None, texts: DoseTexts) -> Iterator[tuple[Json, str]]:
    """With a first day the doses get dates; without one they are counted, and the text says in which week."""
    dose = texts.amount.format(amount=plain_number(step.mg), unit="mg")
    if step.timing is not None:
        yield _repeated(step, first, end, dose, texts)
    elif first is not None:
        days = [(first + timedelta(days=day)).isoformat() for day in step.days]
        yield {"event": list(days)}, _placed(dose, step.days, texts)
    else:
        for day in step.days:
            yield {"repeat": {"count": 1}}, _placed(dose, (day,), texts)


def _placed(dose: str, days: tuple[int, ...], texts: DoseTexts) -> str:
    if all(day % WEEK == 0 for day in days):
        return texts.at_weeks.format(dose=dose, weeks=", ".join(str(day // WEEK) for day in days))
    return texts.at_days.format(dose=dose, days=", ".join(str(day + 1) for day in days))


def _repeated(step: Step, first: date | None, end: str | None, dose: str, texts: DoseTexts) -> tuple[Json, str]:
    timing = step.timing
    assert timing is not None
    repeat: Json = {}
    bounds: Json = {}
    if first is not None and step.starts:
        bounds["start"] = (first + timedelta(days=step.starts)).isoformat()
    elif first is not None:
        bounds["start"] = first.isoformat()
    if end is not None and bounds.get("start", "") < end:
        bounds["end"] = end
    if bounds:
        repeat["boundsPeriod"] = bounds
    repeat |= {"frequency": timing.frequency, "period": plain_number(timing.period), "periodUnit": timing.period_unit}
    one = timing.period == 1
    template = (
        (texts.times_one if one else texts.times) if timing.frequency > 1 else texts.every_one if one else texts.every
    )
    said = template.format(
        dose=dose,
        times=timing.frequency,
        number=plain_number(Decimal(timing.period)),
        unit=texts.unit[timing.period_unit],
        units=texts.units[timing.period_unit],
    )
    if step.starts and step.starts % WEEK == 0:
        said = texts.from_week.format(dose=said, week=step.starts // WEEK)
    return {"repeat": repeat}, said
