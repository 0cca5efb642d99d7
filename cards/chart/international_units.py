"""Doses of vitamins in international units: so many a day."""

import re
from decimal import Decimal

from cards.chart import fhir
from cards.chart.records import Medication
from cards.chart.written_doses import quantity_of, with_doses

_UNIT = r"(?:IU|I\.U\.|\[iU\]|国际单位|单位)"
_IU = re.compile(rf"{_UNIT}", re.IGNORECASE)
_WRITTEN = re.compile(rf"(\d+(?:\.\d+)?)\s*{_UNIT}", re.IGNORECASE)
_PIECE = re.compile(r"(?:tab(?:let)?|cap(?:sule)?|pill|drop|softgel)s?|[片粒滴丸]", re.IGNORECASE)


def daily_iu(medication: Medication) -> Decimal | None:
    """Over all instructions; unknown where an amount or a rate is."""
    written = with_doses(medication)
    total = Decimal(0)
    for item, dose in written:
        amount = _amount(item, medication)
        if amount is None or dose.times_per_day is None:
            return None
        total += amount * dose.times_per_day
    return total if written else None


def _amount(instruction: fhir.Json, medication: Medication) -> Decimal | None:
    """As a quantity in units, as pieces of a known strength, or in the words of the instruction."""
    number, unit = quantity_of(instruction)
    if number is None:
        return _single(fhir.string(instruction.get("text")) or "")
    if _IU.fullmatch(unit.strip()):
        return number
    each = _single(medication.label) if _PIECE.fullmatch(unit.strip("{} ")) else None
    return None if each is None else number * each


def _single(text: str) -> Decimal | None:
    found = {Decimal(number) for number in _WRITTEN.findall(text[:300])}
    return found.pop() if len(found) == 1 else None
