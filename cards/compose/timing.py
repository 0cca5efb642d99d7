"""Changes how often an order is given, or clears what it says of dose and times. Callers hand in a copy."""

from cards.compose.dosage import described
from cards.compose.fhir import Json, as_list, as_object, inner, objects

_DOSE = ("doseAndRate", "doseQuantity", "doseRange", "timing", "text", "maxDosePerPeriod", "maxDosePerAdministration")
_BOUNDS = ("boundsPeriod", "boundsDuration", "boundsRange")


def set_interval(resource: Json, days: int) -> None:
    """One dose every so many days, from the first day the order names; bounds stay, the free text is written anew."""
    period, unit = (days // 7, "wk") if days % 7 == 0 else (days, "d")
    for instruction in objects(resource, "dosageInstruction"):
        timing = inner(instruction, "timing")
        before, events = as_object(timing.get("repeat")), as_list(timing.get("event"))
        bounds = {name: before[name] for name in _BOUNDS if name in before}
        if not bounds and events and isinstance(events[0], str):
            bounds = {"boundsPeriod": {"start": events[0][:10]}}
        instruction["timing"] = {"repeat": {**bounds, "frequency": 1, "period": period, "periodUnit": unit}}
        if "text" in instruction:
            instruction["text"] = f"{described(instruction)} q{days}d"


def clear_dose(resource: Json) -> None:
    """No dose and no times: they belonged to another form and have to be entered again."""
    for instruction in objects(resource, "dosageInstruction"):
        for name in _DOSE:
            instruction.pop(name, None)
