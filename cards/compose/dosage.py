"""Changes the dose, route and dates of an order's dosage instructions, leaving everything else as it was.

The functions change the resource that they are given: callers hand in a copy.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cards.compose.fhir import Json, as_list, as_object, inner, milligrams, number, objects, plain_number

_AMOUNT = re.compile(r"(?i)(?<![\d.,])(\d+(?:[.,]\d+)?)\s*(mg|毫克)(\s*/\s*(?:kg|m2|m²|公斤|千克))?")
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def set_dose(resource: Json, amount: Decimal, old: Iterable[Decimal]) -> None:
    """A flat dose in mg for every instruction; ranges, weight-based doses and rates give way."""
    before = {plain_number(value) for value in old}
    for instruction in objects(resource, "dosageInstruction"):
        instruction.pop("doseQuantity", None)  # where older FHIR versions had it
        instruction.pop("doseRange", None)
        for entry in objects(instruction, "doseAndRate"):
            before |= _amount_of(entry)
            entry.pop("doseRange", None)
            if "/kg" in str(entry.get("rateQuantity", "")):
                del entry["rateQuantity"]
            entry["doseQuantity"] = milligrams(amount)
        _reword(instruction, amount, before)


def set_route(resource: Json, route: Json) -> None:
    """Replaces route and free text, which would go on saying the old route."""
    for instruction in objects(resource, "dosageInstruction"):
        instruction["route"] = route
        if "text" in instruction:
            instruction["text"] = described(instruction)


def _amount_of(entry: Json) -> set[Decimal]:
    value = number(as_object(entry.get("doseQuantity")).get("value"))
    return set() if value is None else {plain_number(value)}


def _reword(instruction: Json, amount: Decimal, before: set[Decimal]) -> None:
    """The free text must not contradict the new dose: old amounts are replaced, else the text is."""
    text = instruction.get("text")
    if not isinstance(text, str):
        return
    new = f"{plain_number(amount)} mg"

    def replacement(found: re.Match[str]) -> str:
        return new if plain_number(Decimal(found[1].replace(",", "."))) in before else found[0]

    changed = _AMOUNT.sub(replacement, text)
    others = {found[0] for found in _AMOUNT.finditer(changed)} - {new}
    instruction["text"] = described(instruction) if changed == text and others else changed


def described(instruction: Json) -> str:
    """A text made from the structured dose and route."""
    parts: list[str] = []
    for entry in as_list(instruction.get("doseAndRate")):
        quantity = as_object(as_object(entry).get("doseQuantity"))
        if quantity.get("value") is not None:
            parts.append(f"{quantity['value']} {quantity.get('unit') or quantity.get('code') or ''}".strip())
    route = as_object(instruction.get("route")).get("text")
    parts += [route] if isinstance(route, str) else []
    return " ".join(dict.fromkeys(parts)) or "-"


@dataclass(slots=True)
class Moment:
    """A date written somewhere in an order, and where; writing keeps its time of day."""

    holder: Any
    key: str | int

    @property
    def day(self) -> date:
        return date.fromisoformat(self.holder[self.key][:10])

    def move(self, day: date) -> None:
        self.holder[self.key] = day.isoformat() + self.holder[self.key][10:]


def moments(resource: Json) -> list[Moment]:
    """All full dates of the dosage instructions, earliest first; partial and unreadable ones are left alone."""
    return sorted(_moments(resource), key=lambda moment: moment.day)


def _moments(resource: Json) -> Iterator[Moment]:
    for instruction in as_list(resource.get("dosageInstruction")):
        timing = as_object(as_object(instruction).get("timing"))
        if "event" in timing:
            timing["event"] = events = as_list(timing["event"])
            yield from (Moment(events, n) for n, value in enumerate(events) if _is_date(value))
        bounds = as_object(as_object(timing.get("repeat")).get("boundsPeriod"))
        yield from (Moment(bounds, name) for name in ("start", "end") if _is_date(bounds.get(name)))


def _is_date(value: Any) -> bool:
    if not isinstance(value, str) or not _FULL_DATE.match(value):
        return False
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True


def move_first(resources: list[Json], day: date) -> None:
    """Moves the whole plan so that its first date is ``day``; the distances between its dates stay."""
    found = sorted((m for resource in resources for m in moments(resource)), key=lambda moment: moment.day)
    if not found:
        _start_on(resources[0], day)
        return
    distance: timedelta = day - found[0].day
    for moment in found:
        moment.move(moment.day + distance)


def move_second(resources: list[Json], day: date) -> bool:
    """Moves the second date of a plan; ``False`` when it has none written down."""
    found = [m for resource in resources for m in moments(resource) if isinstance(m.key, int)]
    days = sorted({moment.day for moment in found})
    if len(days) < 2:
        return False
    for moment in found:
        if moment.day == days[1]:
            moment.move(day)
    return True


def _start_on(resource: Json, day: date) -> None:
    """Dates an order that had no date."""
    timing = inner(objects(resource, "dosageInstruction")[0], "timing")
    repeat = as_object(timing.get("repeat"))
    if repeat and not any(name.startswith("bounds") for name in repeat):
        repeat["boundsPeriod"] = {"start": day.isoformat()}
    else:
        timing["event"] = [day.isoformat()]


def end_on(resource: Json, day: date) -> None:
    """Lets a course run until ``day`` where it would end earlier or says no end."""
    for instruction in objects(resource, "dosageInstruction"):
        repeat = inner(inner(instruction, "timing"), "repeat")
        for other in ("boundsDuration", "boundsRange"):
            repeat.pop(other, None)
        bounds = inner(repeat, "boundsPeriod")
        if not _is_date(bounds.get("end")) or Moment(bounds, "end").day < day:
            bounds["end"] = day.isoformat()
