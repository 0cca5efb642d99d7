"""Whether a saturation was measured on oxygen, as far as the observation says so."""

import re
from decimal import Decimal

from cards.chart import fhir
from cards.chart.index import concept_key
from cards.chart.quantities import decimal
from cards.chart.records import Result
from cards.terminology import Terminology

OXYGEN = frozenset({"inhaled-oxygen", "inhaled-oxygen-flow"})  # a flow or a fraction, told apart by the unit
AIR = Decimal(21)  # percent of oxygen in room air
_PERCENT = frozenset({"%", "percent", "vol%"})
_ON_OXYGEN = re.compile(
    r"on \d+(?:\.\d+)? ?l|on (?:supplemental )?oxygen|nasal cannula|face ?mask|high.?flow|ventilat"
    r"|吸氧|鼻导管|面罩|高流量|机械通气",
    re.IGNORECASE,
)
_ON_AIR = re.compile(r"room air|ambient air|未吸氧|不吸氧|空气|脱氧", re.IGNORECASE)


def on_oxygen(result: Result, terminology: Terminology) -> bool | None:
    """By its components, else by its words; ``None`` where nothing is said."""
    raw = result.raw
    for part in fhir.objects(raw.get("component")):
        matches = terminology.labs(*concept_key(part.get("code")))
        found = _raised(fhir.one(part.get("valueQuantity"))) if any(m.concept in OXYGEN for m in matches) else None
        if found is not None:
            return found
    said = [*fhir.notes(raw), *fhir.texts(raw.get("code")), *fhir.texts(raw.get("method"))]
    if any(_ON_AIR.search(text) for text in said):
        return False
    return True if any(_ON_OXYGEN.search(text) for text in said) else None


def _raised(quantity: fhir.Json) -> bool | None:
    """A flow of nothing and a fraction of 0.21 or 21 % are room air."""
    value = decimal(quantity.get("value"))
    if value is None:
        return None
    unit = (fhir.string(quantity.get("code")) or fhir.string(quantity.get("unit")) or "").lower()
    if unit in _PERCENT:
        return value > AIR
    if not unit or unit in {"1", "{fio2}"}:
        return (value * 100 if value <= 1 else value) > AIR
    return value > 0
