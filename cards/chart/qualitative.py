"""Positive, negative or indeterminate: first what is said, then the interpretation, last a number by its rule.

A number from a competitive assay says nothing by itself: low values are reactive there.
"""

import re

from cards.chart import fhir
from cards.chart.intervals import Interval
from cards.chart.quantities import as_quantity, bare, decimal
from cards.chart.ranges import interpretation_codes, limits
from cards.chart.records import Qualitative
from cards.terminology import Terminology

_WORDS = frozenset(word.value for word in Qualitative)
_WORD_THEN_NUMBER = re.compile(r"(.*?)[\s:：,，(（]*(?:[<>≤≥＜＞]=?\s*)?\d.*$", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")
_CLAUSES = re.compile(r"[,;，；。()（）\n]+")


def qualitative(part: fhir.Json, reads: str, terminology: Terminology) -> Qualitative | None:
    """What an observation or one of its components says; ``None`` when it cannot be told."""
    said = _said(part, terminology) or _interpreted(part, terminology)
    if said:
        return said.pop() if len(said) == 1 else None
    value = number_of(part)
    if value is None or reads == "qualitative-competitive":
        return None
    if reads == "nucleic-acid":
        return _nucleic_acid(part, value, terminology)
    return _against_range(part, value) if reads == "qualitative" else None


def words_of(part: fhir.Json) -> list[str]:
    """The result in words, as a code's text or as a string."""
    words = fhir.texts(part.get("valueCodeableConcept"))
    string = fhir.string(part.get("valueString"))
    return [*words, string] if string else words


def number_of(part: fhir.Json) -> fhir.Json | None:
    """The result as a Quantity, also when it was sent as a string or an integer."""
    if fhir.one(part.get("valueQuantity")):
        return fhir.one(part.get("valueQuantity"))
    if part.get("valueInteger") is not None:
        return {"value": part.get("valueInteger")}
    if fhir.one(part.get("valueRatio")):
        return _titre(fhir.one(part.get("valueRatio")))
    string = fhir.string(part.get("valueString"))
    return as_quantity(string) if string else None


def _titre(ratio: fhir.Json) -> fhir.Json | None:
    """``1:32`` counts as 32; any other ratio is no titre."""
    one = decimal(fhir.one(ratio.get("numerator")).get("value"))
    number = decimal(fhir.one(ratio.get("denominator")).get("value"))
    if one != 1 or number is None:
        return None
    return {"value": number, "comparator": fhir.one(ratio.get("numerator")).get("comparator")}


def meanings(words: list[str], terminology: Terminology) -> frozenset[str]:
    """What result words mean; of ``positive (1:32)`` the word in front of the number counts."""
    found: set[str] = set()
    for text in words:
        said = terminology.answers((), [text])
        shortened = _WORD_THEN_NUMBER.match(text[:300])
        if not said and shortened and _LETTER.search(shortened[1]):
            said = terminology.answers((), [shortened[1]])
        found |= said
    return frozenset(found)


def _said(part: fhir.Json, terminology: Terminology) -> set[Qualitative] | None:
    flag = part.get("valueBoolean")
    if isinstance(flag, bool):
        return {Qualitative.POSITIVE if flag else Qualitative.NEGATIVE}
    concept, words = part.get("valueCodeableConcept"), words_of(part)
    if not concept and not words:
        return None
    return _qualities(terminology.answers(fhir.codings(concept), ()) | meanings(words, terminology))


def _interpreted(part: fhir.Json, terminology: Terminology) -> set[Qualitative] | None:
    if not part.get("interpretation"):
        return None
    words = [text for concept in fhir.objects(part.get("interpretation")) for text in fhir.texts(concept)]
    codes = interpretation_codes(part)
    return _qualities(terminology.interpretation(codes)) or _qualities(_without_flags(words, terminology))


def _without_flags(words: list[str], terminology: Terminology) -> frozenset[str]:
    """Interpretation texts; a lone letter there is a flag, and R means resistant."""
    return terminology.answers((), [word for word in words if len(word.strip()) > 1 or not word.isascii()])


def _qualities(answers: frozenset[str]) -> set[Qualitative] | None:
    found = {Qualitative(answer) for answer in answers & _WORDS}
    return found or None


def _nucleic_acid(part: fhir.Json, value: fhir.Json, terminology: Terminology) -> Qualitative | None:
    """Below detection is negative unless something says detected; any other number is positive."""
    number = bare(value)
    if number is None:
        return None
    if number.low is None:
        said = [*fhir.notes(part), *words_of(part)]
        clauses = [clause for text in said for clause in _CLAUSES.split(text)]
        detected = "positive" in terminology.answers((), clauses)
        return Qualitative.POSITIVE if detected else Qualitative.NEGATIVE
    if number.exact and number.low == 0:
        logarithmic = "log" in str(value.get("unit", "")).lower()
        return None if logarithmic else Qualitative.NEGATIVE
    return Qualitative.POSITIVE if number.low >= 0 else None


def _against_range(part: fhir.Json, value: fhir.Json) -> Qualitative | None:
    number, (_, high) = bare(value), limits(part, value, {})
    if number is None or high is None:
        return None
    within = number.not_after(Interval(high, high))
    return None if within is None else Qualitative.NEGATIVE if within else Qualitative.POSITIVE
