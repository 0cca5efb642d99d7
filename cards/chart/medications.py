"""Prescriptions, statements and administrations as exposures to ingredients."""

from collections.abc import Callable
from dataclasses import dataclass

from cards.chart import fhir
from cards.chart.dates import day_of, period, shifted, shown
from cards.chart.dosage import read_dose, strength_of
from cards.chart.intervals import Day
from cards.chart.quantities import decimal
from cards.chart.records import Dose, Medication, MedicationSource
from cards.chart.timing import Schedule, read_schedule
from cards.terminology import Terminology
from cards.terminology.matching import normalised

ORDERS = frozenset({"order", "original-order", "reflex-order", "filler-order", "instance-order", ""})
VOID = {
    "MedicationRequest": frozenset({"cancelled", "entered-in-error", "draft"}),
    "MedicationStatement": frozenset({"entered-in-error", "not-taken", "intended"}),
    "MedicationAdministration": frozenset({"entered-in-error", "not-done"}),
}
SOURCES = {
    "MedicationRequest": MedicationSource.REQUEST,
    "MedicationStatement": MedicationSource.STATEMENT,
    "MedicationAdministration": MedicationSource.ADMINISTRATION,
}
PROPHYLAXIS = ("prophyla", "prevent", "预防")
INEFFECTIVE = ("lack of efficacy", "lack of effect", "inadequate response", "ineffective", "treatment failure", "无效", "疗效不佳", "疗效欠佳", "治疗失败")


@dataclass(frozen=True, slots=True)
class References:
    """What a record may point at: Medications and Conditions, and the reasons a Condition stands for."""

    medication: Callable[[str], fhir.Json | None]
    reasons: Callable[[str], frozenset[str]]


def read_medication(
    content: fhir.Json, terminology: Terminology, references: References, *, draft: bool = False, selected: bool = False
) -> Medication | None:
    """The exposure a record shows; ``None`` for void ones. Without a readable ingredient it says ``unreadable``."""
    kind, status = fhir.string(content.get("resourceType")) or "", fhir.status(content)
    source = SOURCES.get(kind)
    intent = fhir.string(content.get("intent")) or ""
    if source is None or (status in VOID[kind] and not draft) or intent == "proposal":
        return None
    product, known = _product(content, references)
    coded, said = fhir.codings(product), fhir.texts(product)
    matches = terminology.drugs(coded, said)
    schedules, doses = _doses(content, terminology, terminology.product_name(coded) or _name(said), known)
    start, end, supply = _course(content, schedules, status)
    ordering = source is MedicationSource.REQUEST
    return Medication(
        reference=fhir.local_reference(content),
        label=_label(said, matches[0].concept if matches else "", status, start, draft=draft),
        matched_by=matches[0].matched_by if matches else "",
        drugs=frozenset(match.concept for match in matches),
        source=source,
        status=status,
        intent=intent or None,
        draft=draft,
        selected=selected,
        active=not draft and _is_active(source, status, intent),
        stopped=status == "stopped" and source is not MedicationSource.ADMINISTRATION,
        completed=status == "completed",
        start=start,
        end=end,
        end_is_supply=supply,
        authored=day_of(content.get("authoredOn")),
        dates=_dates(content, source, schedules, draft=draft),
        repeats_unbounded=any(schedule.unbounded for schedule in schedules),
        doses=tuple(doses),
        plan=ordering and intent == "plan",
        unreadable=not matches and not coded and not said,
        **_reasons(content, terminology, references),
    )


def _is_active(source: MedicationSource, status: str, intent: str) -> bool:
    match source:
        case MedicationSource.REQUEST:
            return status == "active" and intent in ORDERS
        case MedicationSource.STATEMENT:
            return status == "active"
        case MedicationSource.ADMINISTRATION:
            return status == "in-progress"


def _product(content: fhir.Json, references: References) -> tuple[fhir.Json, fhir.Json]:
    """The concept that names the drug, and the Medication behind it where there is one."""
    stated = content.get("medicationCodeableConcept")
    if stated is not None:
        return fhir.one(stated), fhir.NOTHING
    link = fhir.reference(content.get("medicationReference"))
    if link is None:
        shown_name = fhir.string(fhir.one(content.get("medicationReference")).get("display"))
        return ({"text": shown_name} if shown_name else fhir.NOTHING), fhir.NOTHING
    inside = dict(fhir.contained(content))
    medication = inside.get(link) or references.medication(link)
    if medication is None:
        shown_name = fhir.string(fhir.one(content.get("medicationReference")).get("display"))
        return ({"text": shown_name} if shown_name else fhir.NOTHING), fhir.NOTHING
    return _medication_code(medication), medication


def _medication_code(medication: fhir.Json) -> fhir.Json:
    """A Medication's own code, else those of its ingredients together."""
    code = fhir.one(medication.get("code"))
    if code:
        return code
    items = [fhir.one(part.get("itemCodeableConcept")) for part in fhir.objects(medication.get("ingredient"))]
    return {
        "coding": [coding for item in items for coding in fhir.objects(item.get("coding"))],
        "text": " / ".join(text for item in items for text in fhir.texts(item)[:1]),
    }


def _name(said: list[str]) -> str | None:
    return said[0] if said else None


def _doses(
    content: fhir.Json, terminology: Terminology, product: str | None, medication: fhir.Json
) -> tuple[list[Schedule], list[Dose]]:
    kind = content.get("resourceType")
    field = {"MedicationRequest": "dosageInstruction", "MedicationStatement": "dosage"}.get(str(kind), "dosage")
    instructions = fhir.objects(content.get(field))
    strength = strength_of(product, medication)
    fallback = _first_day(content)
    schedules = [read_schedule(instruction, fallback) for instruction in instructions]
    doses = [read_dose(i, s, strength, terminology) for i, s in zip(instructions, schedules, strict=True)]
    return schedules, doses


def _first_day(content: fhir.Json) -> Day | None:
    """The day an order begins when its instructions name none."""
    validity = fhir.one(fhir.one(content.get("dispenseRequest")).get("validityPeriod"))
    return day_of(validity.get("start"))


def _course(content: fhir.Json, schedules: list[Schedule], status: str) -> tuple[Day | None, Day | None, bool]:
    """Start and end; whether the end is only that of a supply, not of the treatment."""
    effective_start, effective_end = period(content.get("effectivePeriod"))
    start = effective_start or day_of(content.get("effectiveDateTime"))
    bounds = [schedule.start for schedule in schedules if schedule.start is not None]
    start = start or min(bounds, key=lambda day: day.low or day.high, default=None) or _first_day(content)
    start = start or day_of(content.get("authoredOn"))
    if effective_end is not None:
        return start, effective_end, False
    ends = [schedule.end for schedule in schedules if schedule.end is not None]
    end = max(ends, key=lambda day: day.high or day.low, default=None) if len(ends) == len(schedules) else None
    if end is not None:
        return start, end, status in {"active", "draft", "on-hold"}
    if status in {"stopped", "completed"} and (changed := day_of(content.get("statusChanged"))) is not None:
        return start, changed, False
    return start, _supply_end(content, start), True


def _supply_end(content: fhir.Json, start: Day | None) -> Day | None:
    dispense = fhir.one(content.get("dispenseRequest"))
    end = period(dispense.get("validityPeriod"))[1]
    duration = fhir.one(dispense.get("expectedSupplyDuration"))
    days = decimal(duration.get("value"))
    if end is None and start is not None and days is not None and fhir.string(duration.get("code")) == "d":
        return shifted(start, int(days))
    return end


def _dates(
    content: fhir.Json, source: MedicationSource, schedules: list[Schedule], *, draft: bool
) -> tuple[Day, ...]:
    """Days given, or infusion days ordered; a draft that names no day is for the day it is written."""
    if source is not MedicationSource.REQUEST:
        given = day_of(content.get("effectiveDateTime")) or period(content.get("effectivePeriod"))[0]
        return (given,) if given is not None else ()
    ordered = {day for schedule in schedules for day in schedule.days}
    if not ordered and (first := _first_day(content)) is not None:
        ordered = {first}
    if not ordered and draft and (written := day_of(content.get("authoredOn"))) is not None:
        ordered = {written}
    return tuple(sorted(ordered, key=lambda day: (day.low or day.high, day.high or day.low)))


def _reasons(content: fhir.Json, terminology: Terminology, references: References) -> dict[str, object]:
    concepts = fhir.objects(content.get("reasonCode"))
    links = [link for item in fhir.objects(content.get("reasonReference")) if (link := fhir.reference(item))]
    shown_names = [t for item in fhir.objects(content.get("reasonReference")) if (t := fhir.string(item.get("display")))]
    said = [text for concept in concepts for text in fhir.texts(concept)] + shown_names
    found = terminology.reasons([c for concept in concepts for c in fhir.codings(concept)], said)
    for link in links:
        found |= references.reasons(link)
    why_stopped = normalised(" ".join(text for item in fhir.objects(content.get("statusReason")) for text in fhir.texts(item)))
    notes = [t for item in fhir.objects(content.get("note")) if (t := fhir.string(item.get("text")))]
    instructions = fhir.objects(content.get("dosageInstruction"))
    written = [t for item in instructions if (t := fhir.string(item.get("text")))]
    purpose = normalised(" ".join([*said, *notes, *written]))
    return {
        "reasons": found,
        "reason_given": bool(concepts or links or said),
        "reason_text": " ".join(said),
        "for_prophylaxis": any(word in purpose for word in PROPHYLAXIS),
        "stopped_as_ineffective": any(word in why_stopped for word in INEFFECTIVE),
    }


def _label(said: list[str], concept: str, status: str, start: Day | None, *, draft: bool) -> str:
    name = (said[0] if said else concept or "medication without a name")[:80]
    return ", ".join(filter(None, (name, "draft" if draft else status, shown(start))))


