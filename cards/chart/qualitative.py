"""Positive, negative or indeterminate, as far as a result says so."""

import re

from cards.chart import fhir
from cards.chart.intervals import Interval
from cards.chart.quantities import Number, bare_number, compared, decimal
from cards.chart.records import Qualitative
from cards.terminology import LabConcept, Terminology
from cards.terminology.matching import normalised

WORDS = frozenset(item.value for item in Qualitative)
_LEADING = re.compile(r"[^\s(（:：,，;；]+(?:\s+detected)?")


def from_text(terminology: Terminology, part: fhir.Json, lab: LabConcept) -> Qualitative | None:
    """A coded value or a text that is, or begins with, one of the words; two that contradict are neither."""
    concept = part.get("valueCodeableConcept")
    said = fhir.texts(concept)
    written = fhir.string(part.get("valueString"))
    if written:
        said.append(written)
    found = terminology.answers(fhir.codings(concept), said) & WORDS
    if not found:
        found = terminology.answers([], [_leading(text) for text in said]) & WORDS
    if not found and isinstance(part.get("valueBoolean"), bool):
        return Qualitative.POSITIVE if part["valueBoolean"] else Qualitative.NEGATIVE
    if not found and written and lab.reads == "nucleic-acid":
        return _nucleic_acid(bare_number(written), written)
    return Qualitative(next(iter(found))) if len(found) == 1 else None


def _leading(text: str) -> str:
    """``阳性 1:320`` begins with its answer; a second answer further on makes it unreadable."""
    match = _LEADING.match(normalised(text))
    rest = normalised(text)[match.end() :] if match else ""
    contradicts = any(word in rest for word in ("positive", "negative", "阳性", "阴性", "detected", "检出"))
    return match[0] if match and not contradicts else ""


def from_interpretation(terminology: Terminology, part: fhir.Json) -> Qualitative | None:
    """HL7 interpretation codes; R means resistant there and is never read as reactive."""
    items = fhir.objects(part.get("interpretation"))
    codes = [code for item in items for _, code in fhir.codings(item) if code]
    said = [text for item in items for text in fhir.texts(item) if normalised(text) != "r"]
    found = (terminology.interpretation(codes) | terminology.answers([], said)) & WORDS
    return Qualitative(next(iter(found))) if len(found) == 1 else None


def from_quantity(part: fhir.Json, lab: LabConcept) -> Qualitative | None:
    """The quantity rule. A number for anti-HBc says nothing: some assays read low values as reactive."""
    content = fhir.one(part.get("valueQuantity"))
    number = decimal(content.get("value"))
    if number is None and isinstance(part.get("valueInteger"), int):
        number = decimal(part.get("valueInteger"))
    if number is None or lab.reads == "qualitative-competitive":
        return None
    value = compared(number, fhir.string(content.get("comparator")))
    if lab.reads == "nucleic-acid":
        return _nucleic_acid(value, " ".join(fhir.texts(part.get("interpretation"))))
    return _against_range(value, part) if lab.reads == "qualitative" else None


def _nucleic_acid(value: Number | None, said: str) -> Qualitative | None:
    """Below the detection limit, or zero, is negative unless it says detected; any other number is positive."""
    if value is None:
        return None
    nothing = value.high == 0 or value.low is None
    detected = "detected" in normalised(said) and "not detected" not in normalised(said)
    return Qualitative.NEGATIVE if nothing and not detected else Qualitative.POSITIVE


def _against_range(value: Number, part: fhir.Json) -> Qualitative | None:
    for limits in fhir.objects(part.get("referenceRange")):
        high = decimal(fhir.one(limits.get("high")).get("value"))
        if high is not None:
            above = Interval(high, high).before(value)
            return None if above is None else Qualitative.POSITIVE if above else Qualitative.NEGATIVE
    return None
