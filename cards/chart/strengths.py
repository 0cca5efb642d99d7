"""How many mg are in one tablet, vial or mL, where a product, its code or its name says so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cards.chart import fhir
from cards.chart.quantities import decimal, factor, factor_of
from cards.terminology import Terminology

MASS = {
    name: Decimal(mg)
    for mg, names in (
        ("1", ("mg", "milligram", "milligrams", "毫克")),
        ("1000", ("g", "gram", "grams", "gm", "克")),
        ("0.001", ("ug", "mcg", "microgram", "micrograms", "微克")),
        ("1000000", ("kg",)),
        ("0.000001", ("ng",)),
    )
    for name in names
}
VOLUME = {"ml": Decimal(1), "mL": Decimal(1), "毫升": Decimal(1), "L": Decimal(1000), "升": Decimal(1000)}
_PIECE = (
    r"(?:tab(?:let)?|tbl|cap(?:sule)?|pill|vial|(?:pre-?filled )?syringe|(?:pre-?filled )?pen|auto-?injector|injection"
    r"|ampoule|ampule)s?|each|ea|unit|1|[片粒支瓶丸枚袋针]|注射笔"
)
_PIECES = re.compile(_PIECE, re.IGNORECASE)
_PER_ML = re.compile(r"(\d+(?:\.\d+)?)\s*mg\s*/\s*ml", re.IGNORECASE)
_PER_PIECE = re.compile(r"(\d+(?:\.\d+)?)\s*(mg|g|ug|mcg|毫克|克)(?![a-z/])", re.IGNORECASE)
_MASS_IN = re.compile(
    r"(\d+(?:\.\d+)?)\s*mg\s*[/:：]\s*(\d+(?:\.\d+)?)\s*(?:ml|毫升)|(\d+(?:\.\d+)?)\s*(?:ml|毫升)\s*[/:：]\s*(\d+(?:\.\d+)?)\s*mg",
    re.IGNORECASE,
)
_FILLED = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*ml\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Strength:
    """mg in one piece (tablet, vial, filled syringe) and in one mL, as far as known."""

    per_piece: Decimal | None = None
    per_ml: Decimal | None = None

    def mg_per(self, unit: str) -> Decimal | None:
        """mg in one ``unit`` of a dose that is not a mass."""
        volume = factor(unit, VOLUME)
        if volume is not None:
            return None if self.per_ml is None else self.per_ml * volume
        return self.per_piece if _PIECES.fullmatch(unit.strip().strip("{}[]()")) else None


UNKNOWN = Strength()


def strength_of(concept: object, medication: fhir.Json | None, terminology: Terminology) -> Strength:
    """Of a product with one ingredient: from its Medication resource, its RxNorm name, or its name as written."""
    if medication is not None:
        stated = _stated(medication)
        if stated is not None:
            return stated
        concept = medication.get("code")
    named = terminology.product_name(fhir.codings(concept))
    return _read([named] if named else fhir.texts(concept))


def _stated(medication: fhir.Json) -> Strength | None:
    strengths = [fhir.one(i.get("strength")) for i in fhir.objects(medication.get("ingredient")) if i.get("strength")]
    if not strengths:
        return None
    if len(strengths) > 1:
        return UNKNOWN
    numerator, denominator = (fhir.one(strengths[0].get(side)) for side in ("numerator", "denominator"))
    mass, per = factor_of(numerator, MASS, None), decimal(denominator.get("value")) or Decimal(1)
    amount = decimal(numerator.get("value"))
    if mass is None or amount is None or per <= 0:
        return UNKNOWN
    volume = factor_of(denominator, VOLUME, None)
    mg = amount * mass / per
    return Strength(per_ml=mg / volume) if volume else Strength(per_piece=mg)


def _read(names: Iterable[str]) -> Strength:
    """``10 ML drug 10 MG/ML Injection``, ``drug 5 MG Tablet``, ``300mg/2ml``; two strengths in one name are none."""
    found = {strength for name in names if (strength := _named(name[:300])) != UNKNOWN}
    return found.pop() if len(found) == 1 else UNKNOWN


def _named(name: str) -> Strength:
    filling = _MASS_IN.findall(name)
    if len(filling) == 1:
        mass, volume = (Decimal(number) for number in (filling[0][:2] if filling[0][0] else filling[0][:1:-1]))
        return Strength(mass, mass / volume) if volume else UNKNOWN
    per_ml, pieces, filled = _PER_ML.findall(name), _PER_PIECE.findall(name), _FILLED.match(name)
    if len(per_ml) == 1 and not pieces:
        concentration = Decimal(per_ml[0])
        return Strength(concentration * Decimal(filled[1]) if filled else None, concentration)
    if len(pieces) == 1 and not per_ml:
        return Strength(per_piece=Decimal(pieces[0][0]) * (factor(pieces[0][1], MASS) or Decimal(1)))
    return UNKNOWN
