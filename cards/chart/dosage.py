"""Dosage instructions: the single dose in mg, how often, by which route. What leaves a doubt is left unknown."""

import re
from decimal import Decimal
from typing import NamedTuple

from cards.chart import fhir
from cards.chart.dates import clock_time
from cards.chart.frequency import times_per_day
from cards.chart.intervals import Interval
from cards.chart.quantities import Number, bare, decimal, factor
from cards.chart.records import Dose, Route
from cards.chart.strengths import MASS, Strength
from cards.terminology import Terminology

_PER_KG = {f"{name}/kg": mg for name, mg in MASS.items()}
_PER_M2 = {f"{name}/{area}": mg for name, mg in MASS.items() for area in ("m2", "m^2", "m²", "㎡")}
_MASS_UNIT = r"(mg|g|ug|mcg|毫克|克|微克)"
_NUMBER = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_AMOUNT = re.compile(
    rf"{_NUMBER}(?:\s*(?:[-~～–]|至|to)\s*{_NUMBER})?\s*{_MASS_UNIT}(?![a-z])(?:\s*/\s*([a-z²㎡]+2?|[\u4e00-\u9fff]+))?"
)
_BODY = {"kg": "kg", "公斤": "kg", "m2": "m2", "m²": "m2", "㎡": "m2"}
_DAILY = frozenset({"d", "day", "日", "天"})
_SINGLE = frozenset({"次", "dose", "time"})
_LATIN = re.compile(r"[a-z]+(?:\.[a-z]+\.?)*")


class Amount(NamedTuple):
    """A dose as it was given: flat, per kg or per m2 of body; ``daily`` when it is the amount of a whole day."""

    flat: Number | None = None
    per_kg: Number | None = None
    per_m2: Number | None = None
    daily: bool = False


NO_AMOUNT = Amount()


def read_dose(instruction: fhir.Json, strength: Strength, terminology: Terminology) -> Dose:
    """One Dosage of a request or statement, or the dosage of an administration."""
    text = fhir.string(instruction.get("text")) or ""
    timing = fhir.one(instruction.get("timing"))
    amount = coded_amount(instruction, strength)
    if amount is None:
        amount = amount_in_words(text)
    rate = times_per_day(timing, text)
    if rate is None and amount.daily:
        rate = Decimal(1)
    elif amount.daily and rate not in (None, Decimal(1)):
        amount, rate = NO_AMOUNT, None  # a daily amount in several doses: neither figure is a single dose
    events = (clock_time(event) for event in fhir.strings(timing.get("event")))
    return Dose(
        amount_mg=amount.flat,
        per_kg=amount.per_kg,
        per_m2=amount.per_m2,
        times_per_day=rate,
        route=read_route(instruction.get("route"), text, terminology),
        as_needed=instruction.get("asNeededBoolean") is True or bool(instruction.get("asNeededCodeableConcept")),
        text=text,
        clock_times=tuple(event for event in events if event is not None),
    )


def coded_amount(instruction: fhir.Json, strength: Strength) -> Amount | None:
    """From doseAndRate, from the older place on the Dosage itself, or from an administration's ``dose``."""
    entries = fhir.objects(instruction.get("doseAndRate"))
    ordered = [entry for entry in entries if fhir.coded_status(entry.get("type")) == "ordered"]
    places = [*(ordered or entries)[:1], instruction]
    for place in places:
        value = place.get("doseQuantity") or place.get("doseSimpleQuantity") or place.get("dose")
        if fhir.one(value):
            return _amount(fhir.one(value), bare(value), strength)
        limits = fhir.one(place.get("doseRange"))
        if limits:
            return _range(fhir.one(limits.get("low")), fhir.one(limits.get("high")), strength)
    return None


def _range(low: fhir.Json, high: fhir.Json, strength: Strength) -> Amount:
    first, last = decimal(low.get("value")), decimal(high.get("value"))
    units = [{fhir.string(end.get("unit")), fhir.string(end.get("code"))} - {None} for end in (low, high)]
    if first is None or last is None or (units[0] and units[0].isdisjoint(units[1])):
        return NO_AMOUNT
    return _amount(high, Interval(first, last), strength)


def _amount(quantity: fhir.Json, number: Number | None, strength: Strength) -> Amount:
    if number is None or (number.low is not None and number.low < 0):
        return NO_AMOUNT
    written = [u for u in (fhir.string(quantity.get("code")), fhir.string(quantity.get("unit"))) if u]
    found = {amount for unit in written if (amount := _in_unit(unit, number, strength)) is not None}
    return found.pop() if len(found) == 1 else NO_AMOUNT


def _in_unit(unit: str, number: Number, strength: Strength) -> Amount | None:
    if (mg := factor(unit, MASS)) is not None:
        return Amount(flat=times(number, mg))
    if (mg := factor(unit, _PER_KG)) is not None:
        return Amount(per_kg=times(number, mg))
    if (mg := factor(unit, _PER_M2)) is not None:
        return Amount(per_m2=times(number, mg))
    mg = strength.mg_per(unit)
    return None if mg is None else Amount(flat=times(number, mg))


def times(number: Number, by: Decimal) -> Number:
    low = None if number.low is None else number.low * by
    high = None if number.high is None else number.high * by
    return Interval(low, high, number.low_open, number.high_open)


def amount_in_words(text: str) -> Amount:
    """``300mg IV``, ``8 mg/kg``, ``80~125 mg``; rates and concentrations are no doses, two different doses are none."""
    if not text:
        return NO_AMOUNT
    plain = text.lower().replace("μ", "u").replace("µ", "u")[:500]
    found = {amount for match in _AMOUNT.finditer(plain) if (amount := _worded(match)) is not None}
    return found.pop() if len(found) == 1 else NO_AMOUNT


def _worded(match: re.Match[str]) -> Amount | None:
    first, last, unit, per = match.groups()
    number = Interval(_plain(first), _plain(last or first))
    amount = times(number, MASS[unit])
    if per is None or per in _SINGLE:
        return Amount(flat=amount)
    if per in _BODY:
        return Amount(per_kg=amount) if _BODY[per] == "kg" else Amount(per_m2=amount)
    return Amount(flat=amount, daily=True) if per in _DAILY else None


def _plain(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def read_route(route: object, text: str, terminology: Terminology) -> Route | None:
    """The stated route; one that is stated and not known is ``OTHER``; words of the instruction only if they agree."""
    codings, stated = fhir.codings(route), fhir.texts(route)
    coded = terminology.route_of_code(codings) if codings else None
    if coded:
        return Route(coded)
    found = {name for words in stated if (name := terminology.route_of_text(words)) is not None}
    if found:
        return Route(found.pop()) if len(found) == 1 else None
    if stated or codings:
        return Route.OTHER
    worded = _routes_in_words(text, terminology)
    return Route(worded.pop()) if len(worded) == 1 else None


def _routes_in_words(text: str, terminology: Terminology) -> set[str]:
    """Every route an instruction names: Latin words as whole words, Chinese ones anywhere."""
    if not text:
        return set()
    plain = text.lower()[:500]
    latin = " ".join(_LATIN.findall(plain))
    found: set[str] = set()
    for name, route in terminology.sets.routes.items():
        said = (f" {word} " in f" {latin} " if word.isascii() else word in plain for word in map(str.lower, route.text))
        if any(said):
            found.add(name)
    return found
