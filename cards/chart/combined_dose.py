"""Doses of a fixed combination in mg of all its ingredients: tablets of 400 mg and 80 mg count as 480."""

import re
from decimal import Decimal

from cards.chart import fhir
from cards.chart.records import Medication
from cards.chart.written_doses import quantity_of, with_doses

_MG_EACH = {"g": Decimal(1000), "克": Decimal(1000), "mg": Decimal(1), "毫克": Decimal(1)}
_STRENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(mg|g|毫克|克)(?![a-z]|\s*/\s*ml)", re.IGNORECASE)
_PIECE = re.compile(r"(?:tab(?:let)?s?|tbl|1|[片粒])", re.IGNORECASE)
_WRITTEN = re.compile(r"(\d+(?:\.\d+)?)\s*(?:tab(?:let)?s?\b|[片粒])", re.IGNORECASE)


def combined_weekly_mg(medication: Medication) -> Decimal | None:
    """mg of all ingredients a week; unknown where an amount, a rate or the strength of a tablet is."""
    written = with_doses(medication)
    total = Decimal(0)
    for item, dose in written:
        amount = _pieces_mg(item, medication)
        if amount is None and _pieces(item) is None and dose.amount_mg is not None:
            amount = dose.amount_mg.high
        if amount is None or dose.times_per_day is None:
            return None
        total += amount * dose.times_per_day * 7
    return round(total, 4) if written else None


def _pieces_mg(instruction: fhir.Json, medication: Medication) -> Decimal | None:
    pieces, each = _pieces(instruction), _tablet_mg(medication)
    return None if pieces is None or each is None else pieces * each


def _pieces(instruction: fhir.Json) -> Decimal | None:
    number, unit = quantity_of(instruction)
    if number is not None:
        return number if _PIECE.fullmatch(unit.strip("{}[] ")) else None
    found = {Decimal(number) for number in _WRITTEN.findall((fhir.string(instruction.get("text")) or "")[:300])}
    return found.pop() if len(found) == 1 else None


def _tablet_mg(medication: Medication) -> Decimal | None:
    """The strengths of the ingredients in the product's name, added up; one alone says nothing about the other."""
    for text in fhir.texts(medication.raw.get("medicationCodeableConcept")):
        found = [Decimal(number) * _MG_EACH[unit.lower()] for number, unit in _STRENGTH.findall(text[:300])]
        if len(found) > 1:
            return sum(found, Decimal(0))
    return None
