"""Observations as results: dated, in the analyte's unit, or marked as unreadable."""

from cards.chart import fhir
from cards.chart.dates import day_of, first_day, period, shown
from cards.chart.index import concept_key
from cards.chart.intervals import Day
from cards.chart.qualitative import meanings, number_of, qualitative, words_of
from cards.chart.quantities import quantity
from cards.chart.ranges import level_of, upper_limit
from cards.chart.records import Result
from cards.chart.source import FUTURE, UNDATED, Source
from cards.terminology import LabConcept, Terminology

USABLE = frozenset({"final", "amended", "corrected"})
# Reasons of the data-absent-reason code system that say that there is something, only not here.
_HIDDEN = frozenset({"masked", "not-permitted", "unsupported", "as-text", "error", "not-a-number"})
_ANSWERS = {
    "pregnancy-status": frozenset({"pregnant", "not-pregnant"}),
    "pregnancy-intention": frozenset({"wanted", "not-wanted"}),
    "lactation-status": frozenset({"breastfeeding", "not-breastfeeding"}),
}


def observation_date(content: fhir.Json) -> Day | None:
    """When it was measured; a period counts by its end."""
    start, end = period(content.get("effectivePeriod"))
    found = day_of(content.get("effectiveDateTime")) or end or day_of(content.get("effectiveInstant"))
    return found or day_of(content.get("issued")) or start


def read_results(source: Source, concept: str, content: fhir.Json, how: str) -> list[Result]:
    """The results that one observation holds for a concept: its own value or those of its components."""
    status = fhir.status(content)
    if status not in USABLE:
        source.put_aside(content, f"status {status or 'missing'}")
        return []
    when = observation_date(content)
    if when is None or source.is_future(when):
        source.put_aside(content, FUTURE if when else UNDATED)
        return []
    lab = source.terminology.lab(concept)
    parts = _parts(source, concept, content)
    return [_result(source.terminology, lab, content, part, when=when, how=how) for part in parts]


def _parts(source: Source, concept: str, content: fhir.Json) -> list[fhir.Json]:
    """The parts with a value to read; a panel's head without a value of its own is none."""
    components = fhir.objects(content.get("component"))
    own = [content]  # without components it was found by its own code
    if components:
        own = [part for part in (content, *components) if _is_about(concept, part, source.terminology)]
    found = [part for part in own if _has_value(part)]
    if found:
        return found
    panel = "component" in content or "hasMember" in content
    reasons = {fhir.coded_status(part.get("dataAbsentReason")) for part in own} - {""}
    if own and not panel and (not reasons or reasons & _HIDDEN):
        return own[:1]
    if reasons:
        source.put_aside(content, "no value")
    return []


def _is_about(concept: str, part: fhir.Json, terminology: Terminology) -> bool:
    return any(match.concept == concept for match in terminology.labs(*concept_key(part.get("code"))))


def _has_value(part: fhir.Json) -> bool:
    for name in part:
        if name.startswith("value"):
            return True
    return bool(part.get("interpretation"))


def _result(
    terminology: Terminology, lab: LabConcept, content: fhir.Json, part: fhir.Json, *, when: Day, how: str
) -> Result:
    found = qualitative(part, lab.reads, terminology)
    number = number_of(part)
    value = quantity(number, lab.units, lab.unit) if number is not None and lab.units else None
    answer, answer_date = _answer(part, lab, terminology), _answer_date(part)
    text = _text(part)
    coded = answer if lab.key in _ANSWERS else answer or text or None
    readable = {"quantity": value, "coded": coded, "date": answer_date}.get(lab.reads, found)
    return Result(
        reference=fhir.local_reference(content),
        label=f"{fhir.wording(part.get('code')) or lab.names.en}: {text or 'not readable'}, {shown(when)}",
        matched_by=how,
        raw=content,
        date=when,
        qualitative=found,
        value=value,
        level=level_of(part, number or fhir.NOTHING, lab.units),
        upper_limit=upper_limit(part, number, lab.units) if number is not None and lab.units else None,
        answer=answer,
        answer_date=answer_date,
        text=text,
        unreadable=readable is None,
    )


def _answer(part: fhir.Json, lab: LabConcept, terminology: Terminology) -> str | None:
    """The key of a coded answer; several at once are none."""
    if lab.reads != "coded":
        return None
    found = terminology.answers(fhir.codings(part.get("valueCodeableConcept")), ())
    found |= meanings(words_of(part), terminology)
    if isinstance(part.get("valueBoolean"), bool):
        found |= terminology.answers((), ["yes" if part["valueBoolean"] else "no"])
    found &= _ANSWERS.get(lab.key, found)
    return next(iter(found)) if len(found) == 1 else None


def _answer_date(part: fhir.Json) -> Day | None:
    start, _ = period(part.get("valuePeriod"))
    return first_day(part.get("valueDateTime"), part.get("valueString")) or start


def _text(part: fhir.Json) -> str:
    """The result as it was written."""
    words = words_of(part) or [code for _, code in fhir.codings(part.get("valueCodeableConcept")) if code]
    if words:
        return words[0][:200]
    value = number_of(part)
    if value is not None and part.get("valueRatio") is None:
        unit = fhir.string(value.get("unit")) or fhir.string(value.get("code")) or ""
        return f"{fhir.string(value.get('comparator')) or ''}{value.get('value')} {unit}".strip()[:200]
    for name in ("valueBoolean", "valueDateTime", "valueTime", "valueRatio"):
        if part.get(name) is not None:
            return _plain(part[name])
    interpretation = [fhir.wording(item) for item in fhir.objects(part.get("interpretation"))]
    return ", ".join(word for word in interpretation if word)[:200]


def _plain(value: object) -> str:
    ratio = fhir.one(value)
    if ratio:
        sides = [str(fhir.one(ratio.get(side)).get("value", "")) for side in ("numerator", "denominator")]
        return ":".join(sides)[:200]
    return str(value)[:200]
