"""One resource of each kind, and everything a chart can be asked."""

from functools import cache
from typing import Any

from charts import (
    CVX,
    HBSAG,
    HBV_DNA,
    ICD,
    IGG,
    INEBILIZUMAB,
    LOINC,
    NMOSD,
    PATIENT,
    PREDNISONE,
    SNOMED,
    TODAY,
    administration,
    code,
    condition,
    observation,
    quantity,
    request,
    statement,
    terminology,
)

from cards.chart.chart import Chart
from cards.chart.dose_events import dose_events

REPEAT = {"boundsPeriod": {"start": "2026-01-01", "end": "2026-02-01"}, "frequency": 1, "period": 1, "periodUnit": "d"}
DOSAGE = {
    "text": "15 mg qd po",
    "timing": {"repeat": REPEAT, "code": {"coding": [{"code": "QD"}]}},
    "route": code(SNOMED, "26643006"),
    "doseAndRate": [{"doseQuantity": quantity(15, "mg")}],
}
INFUSION = {
    "timing": {"event": ["2026-03-09T10:00:00+08:00", "2026-03-23"]},
    "doseAndRate": [{"doseRange": {"low": quantity(300, "mg"), "high": quantity(300, "mg")}}],
}
EVERY_TWO_WEEKS = {"timing": {"repeat": {"boundsPeriod": {"start": "2026-01-01"}, "period": 2, "periodUnit": "wk"}}}
PRODUCT = {
    "resourceType": "Medication",
    "id": "x",
    "code": INEBILIZUMAB,
    "ingredient": [
        {
            "itemCodeableConcept": INEBILIZUMAB,
            "strength": {"numerator": quantity(100, "mg"), "denominator": quantity(10, "mL")},
        }
    ],
}
POINTER = {"medicationReference": {"reference": "Medication/x"}}


def report() -> Any:
    inner = {"resourceType": "Observation", "id": "in", "status": "final", "code": HBSAG, "valueString": "阴性"}
    base = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "subject": PATIENT, "contained": [inner]}
    return base | {"code": code(LOINC, "24627-2"), "effectiveDateTime": "2026-01-02", "result": [{"reference": "#in"}]}


RESOURCES: dict[str, Any] = {
    "patient": {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1990-05-01"},
    "word": observation(HBSAG, "o1", valueCodeableConcept=code(SNOMED, "260385009", "阴性")),
    "number": observation(
        IGG,
        "o2",
        valueQuantity=quantity(9.5, "g/L", comparator="<"),
        referenceRange=[{"low": quantity(7, "g/L"), "high": quantity(16, "g/L"), "text": "7-16"}],
        interpretation=[{"coding": [{"code": "N"}], "text": "normal"}],
    ),
    "viral load": observation(HBV_DNA, "o3", valueString="<20 IU/mL", note=[{"text": "not detected"}]),
    "panel": observation(
        {"text": "panel"},
        "o4",
        effectivePeriod={"start": "2026-01-01", "end": "2026-01-02"},
        component=[{"code": HBSAG, "valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 32}}}],
        dataAbsentReason=code("x", "error"),
    ),
    "pregnancy": observation(code(LOINC, "82810-3"), "o5", valueCodeableConcept=code(SNOMED, "60001007")),
    "condition": condition(
        NMOSD | {"text": "NMOSD relapse"},
        "c1",
        onsetDateTime="2026-01",
        abatementPeriod={"start": "2026-02"},
        verificationStatus=code("x", "confirmed"),
    ),
    "denied": condition({"text": "No tuberculosis?"}, "c2", onsetPeriod={"start": "2025"}),
    "pregnant": condition(code(ICD, "Z33"), "c3", recordedDate="2026-01-01", severity={"text": "severe"}),
    "course": request(
        PREDNISONE,
        "m1",
        dosageInstruction=[DOSAGE],
        authoredOn="2026-01-01",
        reasonCode=[NMOSD],
        reasonReference=[{"reference": "Condition/c1", "display": "NMOSD"}],
        statusReason={"text": "ineffective"},
        dispenseRequest={
            "validityPeriod": {"start": "2026-01-01", "end": "2026-06-01"},
            "expectedSupplyDuration": {"value": 30, "code": "d"},
            "numberOfRepeatsAllowed": 2,
        },
    ),
    "infusion order": request(
        None, "m2", dosageInstruction=[INFUSION, EVERY_TWO_WEEKS], contained=[PRODUCT], **POINTER
    ),
    "product": PRODUCT,
    "taken": statement(PREDNISONE, "s1", dosage=[DOSAGE], effectivePeriod={"start": "2025-01-01"}),
    "given": administration(
        INEBILIZUMAB, "2025-09-08", "a1", dosage={"dose": quantity(300, "mg"), "route": {"text": "静脉滴注"}}
    ),
    "vaccine": {
        "resourceType": "Immunization",
        "id": "i1",
        "status": "completed",
        "patient": PATIENT,
        "vaccineCode": code(CVX, "121", "zoster"),
        "occurrenceDateTime": "2025-10-01",
    },
    "forecast": {
        "resourceType": "ImmunizationRecommendation",
        "id": "f1",
        "patient": PATIENT,
        "recommendation": [
            {
                "vaccineCode": [code(CVX, "121")],
                "forecastStatus": code("x", "due"),
                "dateCriterion": [{"value": "2026-01-01"}],
            }
        ],
    },
    "allergy": {
        "resourceType": "AllergyIntolerance",
        "id": "al1",
        "patient": PATIENT,
        "code": {"text": "磺胺"},
        "criticality": "high",
        "reaction": [{"severity": "mild", "manifestation": [{"text": "rash"}], "substance": INEBILIZUMAB}],
    },
    "event": {
        "resourceType": "AdverseEvent",
        "id": "ae1",
        "actuality": "actual",
        "subject": PATIENT,
        "event": {"text": "infusion reaction"},
        "suspectEntity": [{"instance": {"reference": "MedicationAdministration/a1", "display": "inebilizumab"}}],
        "severity": code("x", "severe"),
        "seriousness": code("x", "Serious"),
    },
    "procedure": {
        "resourceType": "Procedure",
        "id": "pr1",
        "status": "in-progress",
        "subject": PATIENT,
        "code": {"text": "plasma exchange"},
        "performedPeriod": {"start": "2026-03-01"},
    },
    "study": {
        "resourceType": "ImagingStudy",
        "id": "is1",
        "status": "available",
        "subject": PATIENT,
        "started": "2026-01-01",
        "procedureCode": [code(LOINC, "24627-2")],
        "description": "CT chest",
        "series": [{"modality": {"code": "CT"}, "bodySite": {"display": "Chest"}, "description": "lung"}],
    },
    "report": report(),
    "test order": {
        "resourceType": "ServiceRequest",
        "id": "sr1",
        "status": "active",
        "intent": "order",
        "subject": PATIENT,
        "code": HBSAG,
        "orderDetail": [{"text": "urgent"}],
        "occurrenceTiming": {"event": ["2026-03-10"]},
        "occurrencePeriod": {"start": "2026-03-10", "end": "2026-03-11"},
    },
}
DRAFTS: dict[str, Any] = {
    "infusion": request(INEBILIZUMAB, "d1", "draft", dosageInstruction=[INFUSION], reasonCode=NMOSD),
    "vaccine": request(code(CVX, "121"), "d2", "draft", authoredOn="2026-03-02"),
    "test": {"resourceType": "ServiceRequest", "id": "d3", "status": "draft", "code": HBSAG},
    "nothing yet": request(None, "d4", "draft", category={"coding": []}, authoredOn="Invalid date"),
}


@cache
def concepts() -> dict[str, tuple[str, ...]]:
    sets = terminology().sets
    return {
        "results": tuple(sets.labs),
        "problems": tuple(sets.conditions),
        "medications": ("inebilizumab", "systemic-glucocorticoid-oral", "hormonal-contraceptive"),
        "acts": tuple(sets.acts),
        "test_orders": ("hbsag", "chest-ct"),
        "reactions": (*sets.reactions, "inebilizumab"),
    }


def answers(chart: Chart) -> dict[str, Any]:
    """Everything the chart says, by question."""
    found = {f"{name} {key}": getattr(chart, name)(key) for name, keys in concepts().items() for key in keys}
    found |= {"given": chart.vaccinations(), "vaccine orders": chart.vaccine_orders(), "due": chart.forecasts()}
    found |= {"drafts": chart.drafts, "patient": chart.patient, "patient gap": chart.patient_gap}
    return found | {"doses": dose_events(chart.medications("inebilizumab"), TODAY)}
