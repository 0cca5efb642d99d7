"""Doses of orders and administrations in mg, as far as they are written so that nothing has to be guessed."""

import re
from decimal import Decimal

from cards.chart import fhir
from cards.chart.intervals import Interval
from cards.chart.quantities import Number, decimal, factor
from cards.chart.records import Dose, Route
from cards.chart.timing import Schedule
from cards.terminology import Terminology

MASS = {"mg": Decimal(1), "g": Decimal(1000), "ug": Decimal("0.001"), "mcg": Decimal("0.001"), "毫克": Decimal(1), "克": Decimal(1000)}
PER_KILOGRAM = {"mg/kg": Decimal(1), "g/kg": Decimal(1000), "毫克/公斤": Decimal(1), "mg/kg/次": Decimal(1)}
PER_SQUARE_METRE = {"mg/m2": Decimal(1), "mg/m²": Decimal(1), "g/m2": Decimal(1000), "mg/m^2": Decimal(1)}
PIECES = frozenset({"{tbl}", "{tablet}", "tablet", "tablets", "tab", "{pill}", "pill", "{cap}", "{capsule}", "capsule", "capsules", "片", "粒", "{pen}", "pen", "{syringe}", "syringe", "支", "{vial}", "vial", "瓶", "1", "each", "{each}"})
VOLUME = {"ml": Decimal(1), "毫升": Decimal(1), "l": Decimal(1000)}
_STRENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(MG|G|MCG)\b(?:\s*/\s*(ML|MG|HR))?", re.IGNORECASE)
_PACK = re.compile(r"^(\d+(?:\.\d+)?)\s*ML\b", re.IGNORECASE)
_WRITTEN = re.compile(r"(\d+(?:\.\d+)?)\s*(mg|g|毫克|克)(\s*/\s*(?:kg|m2|m²|公斤))?(?![a-z/])", re.IGNORECASE)


class Strength:
    """What one piece and one millilitre of a product hold, where its name or Medication says so."""

    __slots__ = ("per_ml", "per_piece")

    def __init__(self, per_piece: Decimal | None = None, per_ml: Decimal | None = None) -> None:
        self.per_piece = per_piece
        self.per_ml = per_ml


def strength_of(product: str | None, medication: fhir.Json) -> Strength:
    """From the RxNorm product name, or the strength ratio of a Medication with a single ingredient."""
    ingredients = fhir.objects(medication.get("ingredient"))
    if len(ingredients) == 1:
        ratio = fhir.one(ingredients[0].get("strength"))
        found = _ratio(ratio)
        if found is not None:
            return found
    return _named(product) if product and " / " not in product else Strength()


def _ratio(ratio: fhir.Json) -> Strength | None:
    top, bottom = fhir.one(ratio.get("numerator")), fhir.one(ratio.get("denominator"))
    mass, amount = _milligrams(top), decimal(bottom.get("value")) or Decimal(1)
    unit = (fhir.string(bottom.get("code")) or fhir.string(bottom.get("unit")) or "1").lower()
    if mass is None or not amount:
        return None
    if unit in VOLUME:
        return Strength(per_ml=mass / (amount * VOLUME[unit]))
    return Strength(per_piece=mass / amount) if unit in PIECES else None


def _named(product: str) -> Strength:
    found = _STRENGTH.findall(product)
    if len(found) != 1:
        return Strength()
    number, unit, per = found[0]
    mass = Decimal(number) * MASS[unit.lower()]
    if per.upper() == "ML":
        pack = _PACK.match(product)
        return Strength(mass * Decimal(pack[1]) if pack else None, mass)
    return Strength(mass) if not per else Strength()


def _milligrams(content: fhir.Json) -> Decimal | None:
    number = decimal(content.get("value"))
    units = (fhir.string(content.get("code")), fhir.string(content.get("unit")))
    known = next((f for unit in units if unit and (f := factor(unit, MASS)) is not None), None)
    return None if number is None or known is None else number * known


def read_dose(instruction: fhir.Json, schedule: Schedule, strength: Strength, terminology: Terminology) -> Dose:
    """One dosage instruction. A text is read only where it names exactly one dose."""
    rates = fhir.objects(instruction.get("doseAndRate")) or [instruction]
    text = fhir.string(instruction.get("text")) or ""
    amounts = [found for rate in rates if (found := _amount(rate, strength)) is not None]
    amount, per_kg, per_m2 = amounts[0] if amounts else _written(text)
    return Dose(
        amount_mg=amount,
        per_kg=per_kg,
        per_m2=per_m2,
        times_per_day=schedule.times_per_day,
        route=_route(instruction, text, terminology),
        as_needed=instruction.get("asNeededBoolean") is True,
        text=text,
        clock_times=schedule.clock_times,
    )


Amounts = tuple[Number | None, Number | None, Number | None]


def _amount(rate: fhir.Json, strength: Strength) -> Amounts | None:
    """Total, per kilogram and per square metre: one of them, or none that could be read."""
    single = rate.get("doseQuantity", rate.get("dose"))
    spread = fhir.one(rate.get("doseRange"))
    if single is not None:
        low = high = fhir.one(single)
    elif spread:
        low, high = fhir.one(spread.get("low")), fhir.one(spread.get("high"))
    else:
        return None
    for table, position in ((MASS, 0), (PER_KILOGRAM, 1), (PER_SQUARE_METRE, 2)):
        found = _between(_in(low, table), _in(high, table))
        if found is not None:
            return tuple(found if place == position else None for place in range(3))  # type: ignore[return-value]
    return _between(_from_product(low, strength), _from_product(high, strength)), None, None


def _between(low: Decimal | None, high: Decimal | None) -> Number | None:
    return None if low is None or high is None else Interval(low, high)


def _in(content: fhir.Json, table: dict[str, Decimal]) -> Decimal | None:
    number = decimal(content.get("value"))
    units = (fhir.string(content.get("code")), fhir.string(content.get("unit")))
    known = next((f for unit in units if unit and (f := factor(unit, table)) is not None), None)
    return None if number is None or known is None else number * known


def _from_product(content: fhir.Json, strength: Strength) -> Decimal | None:
    """Pieces and millilitres count only where the product says what they hold."""
    number = decimal(content.get("value"))
    unit = (fhir.string(content.get("code")) or fhir.string(content.get("unit")) or "").lower()
    if number is None:
        return None
    if unit in VOLUME and strength.per_ml is not None:
        return number * VOLUME[unit] * strength.per_ml
    return number * strength.per_piece if unit in PIECES and strength.per_piece is not None else None


def _written(text: str) -> Amounts:
    found = {(number, unit.lower(), per) for number, unit, per in _WRITTEN.findall(text)}
    if len(found) != 1:
        return None, None, None
    number, unit, per = found.pop()
    mass = Decimal(number) * MASS[unit]
    exact = Interval(mass, mass)
    if not per:
        return exact, None, None
    return (None, exact, None) if "m" not in per.lower() else (None, None, exact)


def _route(instruction: fhir.Json, text: str, terminology: Terminology) -> Route | None:
    stated = instruction.get("route")
    found = terminology.route_of_code(fhir.codings(stated))
    said = fhir.texts(stated)
    found = found or next((r for item in said if (r := terminology.route_of_text(item))), None)
    if found is None and text:
        found = terminology.route_of_text(text)
    if found is not None:
        return Route(found)
    return Route.OTHER if fhir.codings(stated) or said else None
