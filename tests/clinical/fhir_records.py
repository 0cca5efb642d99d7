"""FHIR R4 resources as plain dicts, as a hospital would send them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from codings import ANSWERS, UCUM, Coded
from codings import ROUTES as ROUTE_CODES

Json = dict[str, Any]
Number = int | float | Decimal
MG = {"unit": "mg", "system": UCUM, "code": "mg"}
INTERPRETATION = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"
CLINICAL_STATUS = "http://terminology.hl7.org/CodeSystem/condition-clinical"
VERIFICATION_STATUS = "http://terminology.hl7.org/CodeSystem/condition-ver-status"


def concept(coded: Coded, text: str | None = None) -> Json:
    """A CodeableConcept; without a code only its text."""
    system, code, display = coded
    if code is None:
        return {"text": text or display}
    return {"coding": [{"system": system, "code": code, "display": display}], "text": text or display}


def status_concept(system: str, code: str | None) -> Json | None:
    return None if code is None else {"coding": [{"system": system, "code": code}]}


def present(resource: Json) -> Json:
    """Without the members that are None."""
    return {name: value for name, value in resource.items() if value is not None}


def observation(
    coded: Coded,
    value: str | Number | None,
    date: str | None,
    unit: str | None = None,
    *,
    status: str = "final",
    comparator: str | None = None,
    low: Number | None = None,
    high: Number | None = None,
    interpretation: str | None = None,
    text: str | None = None,
    **more: Any,
) -> Json:
    """``value``: a word of ``ANSWERS`` becomes a coded answer, other words a string, a number a quantity."""
    limits = present({"low": low and {"value": low}, "high": high and {"value": high}})
    resource: Json = {
        "resourceType": "Observation",
        "status": status,
        "code": concept(coded, text),
        "effectiveDateTime": date,
        "interpretation": interpretation and [status_concept(INTERPRETATION, interpretation)],
        "referenceRange": [limits] if limits else None,
    }
    if isinstance(value, str):
        member = {"valueCodeableConcept": concept(ANSWERS[value])} if value in ANSWERS else {"valueString": value}
    else:
        coded_unit = {"unit": unit, "system": UCUM, "code": unit} if unit else {}
        quantity = present({"value": value, "comparator": comparator} | coded_unit)
        member = {} if value is None else {"valueQuantity": quantity}
    return present(resource | member | more)


def condition(
    coded: Coded,
    *,
    clinical: str | None = "active",
    verification: str | None = "confirmed",
    onset: str | None = None,
    recorded: str | None = None,
    text: str | None = None,
    **more: Any,
) -> Json:
    resource: Json = {
        "resourceType": "Condition",
        "clinicalStatus": status_concept(CLINICAL_STATUS, clinical),
        "verificationStatus": status_concept(VERIFICATION_STATUS, verification),
        "code": concept(coded, text),
        "onsetDateTime": onset,
        "recordedDate": recorded,
    }
    return present(resource | more)


def dosage(
    mg: Number | None = None,
    *,
    unit: str = "mg",
    per_day: int | None = None,
    route: str | None = None,
    dates: Sequence[str] = (),
    repeat: Json | None = None,
    text: str | None = None,
) -> Json:
    """One dosage instruction: ``dates`` become timing.event, ``per_day`` a daily frequency."""
    daily = {"frequency": per_day, "period": 1, "periodUnit": "d"} if per_day else {}
    repeated = daily | (repeat or {})
    timing = present({"event": list(dates) or None, "repeat": repeated or None})
    amount = None if mg is None else [{"doseQuantity": {"value": mg, "unit": unit, "system": UCUM, "code": unit}}]
    instruction: Json = {
        "text": text,
        "timing": timing or None,
        "route": concept(ROUTE_CODES[route]) if route else None,
        "doseAndRate": amount,
    }
    return present(instruction)


def medication_request(coded: Coded, instruction: Json, *, status: str, intent: str = "order", **more: Any) -> Json:
    resource: Json = {
        "resourceType": "MedicationRequest",
        "status": status,
        "intent": intent,
        "medicationCodeableConcept": concept(coded),
        "dosageInstruction": [instruction] if instruction else None,
    }
    return present(resource | more)


def medication_statement(coded: Coded, instruction: Json, *, status: str, **more: Any) -> Json:
    resource: Json = {
        "resourceType": "MedicationStatement",
        "status": status,
        "medicationCodeableConcept": concept(coded),
        "dosage": [instruction] if instruction else None,
    }
    return present(resource | more)


def administration(
    coded: Coded, date: str, mg: Number | None, route: str = "intravenous", status: str = "completed"
) -> Json:
    dose = None if mg is None else {"route": concept(ROUTE_CODES[route]), "dose": {"value": mg} | MG}
    resource: Json = {
        "resourceType": "MedicationAdministration",
        "status": status,
        "medicationCodeableConcept": concept(coded),
        "effectiveDateTime": date,
        "dosage": dose,
    }
    return present(resource)


def immunization(coded: Coded, date: str | None, status: str = "completed") -> Json:
    resource: Json = {
        "resourceType": "Immunization",
        "status": status,
        "vaccineCode": concept(coded),
        "occurrenceDateTime": date,
    }
    return present(resource)


def forecast(coded: Coded, status: str, date: str) -> Json:
    code = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/immunization-recommendation-status"}]}
    code["coding"][0]["code"] = status
    entry = {"vaccineCode": [concept(coded)], "forecastStatus": code}
    return {"resourceType": "ImmunizationRecommendation", "date": date, "recommendation": [entry]}


def service_request(coded: Coded, *, status: str, date: str | None = None, **more: Any) -> Json:
    resource: Json = {
        "resourceType": "ServiceRequest",
        "status": status,
        "intent": "order",
        "code": concept(coded),
        "occurrenceDateTime": date,
    }
    return present(resource | more)


def report(coded: Coded, date: str, status: str = "final") -> Json:
    return {
        "resourceType": "DiagnosticReport",
        "status": status,
        "code": concept(coded),
        "effectiveDateTime": date,
    }


def procedure(coded: Coded, *, status: str, start: str | None = None, end: str | None = None) -> Json:
    when = {"performedPeriod": present({"start": start, "end": end})} if start or end else {}
    return {"resourceType": "Procedure", "status": status, "code": concept(coded)} | when


def allergy(
    coded: Coded,
    *,
    clinical: str | None = "active",
    verification: str | None = "confirmed",
    criticality: str | None = None,
    severity: str | None = None,
    manifestation: str | None = None,
) -> Json:
    system = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
    verified = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
    reaction = present({"severity": severity, "manifestation": manifestation and [{"text": manifestation}]})
    if reaction and "manifestation" not in reaction:
        reaction["manifestation"] = [{"text": "reaction"}]
    resource: Json = {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": status_concept(system, clinical),
        "verificationStatus": status_concept(verified, verification),
        "criticality": criticality,
        "code": concept(coded),
        "reaction": [reaction] if reaction else None,
    }
    return present(resource)


def adverse_event(coded: Coded, date: str, *, severity: str | None = None, seriousness: str | None = None) -> Json:
    base = "http://terminology.hl7.org/CodeSystem/adverse-event-"
    resource: Json = {
        "resourceType": "AdverseEvent",
        "actuality": "actual",
        "event": {"text": "Infusion reaction"},
        "date": date,
        "severity": status_concept(base + "severity", severity),
        "seriousness": status_concept(base + "seriousness", seriousness),
        "suspectEntity": [{"instance": {"display": coded[2]}}],
    }
    return present(resource)
