"""Doses of vitamins in international units: so many a day."""

import re
from decimal import Decimal

from cards.chart import fhir
from cards.chart.quantities import decimal
from cards.chart.records import Medication

_UNIT = r"(?:IU|I\.U\.|\[iU\]|国际单位|单位)"
_IU = re.compile(rf"{_UNIT}", re.IGNORECASE)
_WRITTEN = re.compile(rf"(\d+(?:\.\d+)?)\s*{_UNIT}", re.IGNORECASE)
_PIECE = re.compile(r"(?:tab(?:let)?|cap(?:sule)?|pill|drop|softgel)s?|[片粒滴丸]", re.IGNORECASE)


def daily_iu(medication: Medication) -> Decimal | None:
    """Over all instructions; unknown where an amount or a rate is."""
    raw = fhir.objects(medication.raw.get("dosageInstruction") or medication.raw.get("dosage"))
    if len(raw) != len(medication.doses) or not raw:
        return None
    total = Decimal(0)
    for item, dose in zip(raw, medication.doses, strict=True):
        amount = _amount(item, medication)
        if amount is None or dose.times_per_day is None:
            return None
        total += amount * dose.times_per_day
    return total


def _amount(instruction: fhir.Json, medication: Medication) -> Decimal | None:
    """As a quantity in units, as pieces of a known strength, or in the words of the instruction."""
    for place in (*fhir.objects(instruction.get("doseAndRate")), instruction):
        quantity = fhir.one(place.get("doseQuantity") or place.get("dose"))
        number = decimal(quantity.get("value"))
        unit = fhir.string(quantity.get("unit")) or fhir.string(quantity.get("code")) or ""
        if number is None:
            continue
        if _IU.fullmatch(unit.strip()):
            return number
        each = _single(medication.label) if _PIECE.fullmatch(unit.strip("{} ")) else None
        return None if each is None else number * each
    return _single(fhir.string(instruction.get("text")) or "")


def _single(text: str) -> Decimal | None:
    found = {Decimal(number) for number in _WRITTEN.findall(text[:300])}
    return found.pop() if len(found) == 1 else None
