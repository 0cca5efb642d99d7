"""Order-select requests of a wanted size: one inebilizumab draft, and a chart that is mostly about other things."""

import json
from datetime import date, timedelta
from typing import Any

TODAY = date.today()
SCREENED = (TODAY - timedelta(days=50)).isoformat()
INFUSIONS = [(TODAY + timedelta(days=7)).isoformat(), (TODAY + timedelta(days=21)).isoformat()]
PATIENT = "bench-patient"
SUBJECT = {"reference": f"Patient/{PATIENT}"}
BACKGROUND_LABS = (
    ("718-7", "Hemoglobin [Mass/volume] in Blood", 13.2, "g/dL"),
    ("2951-2", "Sodium [Moles/volume] in Serum or Plasma", 140, "mmol/L"),
    ("2823-3", "Potassium [Moles/volume] in Serum or Plasma", 4.1, "mmol/L"),
    ("8480-6", "Systolic blood pressure", 128, "mm[Hg]"),
    ("8867-4", "Heart rate", 72, "/min"),
    ("2160-0", "Creatinine [Mass/volume] in Serum or Plasma", 0.9, "mg/dL"),
    ("1742-6", "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma", 24, "U/L"),
    ("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", 5.6, "%"),
)


def _observation(number: int) -> dict[str, Any]:
    code, display, value, unit = BACKGROUND_LABS[number % len(BACKGROUND_LABS)]
    day = (TODAY - timedelta(days=number % 900)).isoformat()
    return {
        "resourceType": "Observation",
        "id": f"background-{number}",
        "meta": {"versionId": "1", "lastUpdated": f"{day}T08:00:00Z"},
        "status": "final",
        "category": [
            {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "laboratory"}]}
        ],
        "code": {"coding": [{"system": "http://loinc.org", "code": code, "display": display}], "text": display},
        "subject": SUBJECT,
        "encounter": {"reference": f"Encounter/e{number % 40}"},
        "effectiveDateTime": f"{day}T07:30:00+08:00",
        "issued": f"{day}T08:00:00.000+08:00",
        "valueQuantity": {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit},
    }


def _screening() -> list[dict[str, Any]]:
    results = (("5196-1", "HBsAg"), ("13952-7", "Anti-HBc total"), ("16128-1", "Anti-HCV"))
    return [
        {
            "resourceType": "Observation",
            "id": f"screen-{code}",
            "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": code}], "text": name},
            "subject": SUBJECT,
            "effectiveDateTime": SCREENED,
            "valueCodeableConcept": {"text": "Negative"},
        }
        for code, name in results
    ]


def _bundle(resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "total": len(resources),
        "entry": [{"fullUrl": f"urn:x:{r['id']}", "resource": r} for r in resources],
    }


def _draft() -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "id": "draft-1",
        "status": "draft",
        "intent": "order",
        "subject": SUBJECT,
        "authoredOn": TODAY.isoformat(),
        "medicationCodeableConcept": {"text": "inebilizumab"},
        "dosageInstruction": [
            {
                "timing": {"event": INFUSIONS},
                "doseAndRate": [
                    {"doseQuantity": {"value": 300, "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg"}}
                ],
            }
        ],
    }


def request_of(size: int) -> bytes:
    """A request of about ``size`` bytes."""
    one = len(json.dumps({"fullUrl": "urn:x:background-0", "resource": _observation(0)}))
    observations = _screening() + [_observation(number) for number in range(max(0, (size - 4000) // one))]
    condition = {
        "resourceType": "Condition",
        "id": "nmosd",
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "G36.0"}]},
        "subject": SUBJECT,
        "clinicalStatus": {"coding": [{"code": "active"}]},
    }
    empty = _bundle([])
    body = {
        "hook": "order-select",
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": {
            "userId": "Practitioner/bench",
            "patientId": PATIENT,
            "selections": ["MedicationRequest/draft-1"],
            "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": _draft()}]},
        },
        "prefetch": {
            "patient": {"resourceType": "Patient", "id": PATIENT, "gender": "female", "birthDate": "1980-05-01"},
            "conditions": _bundle([condition]),
            "observations": _bundle(observations),
            "medicationRequests": empty,
            "medicationStatements": empty,
            "medicationAdministrations": empty,
            "immunizations": empty,
            "immunizationRecommendations": empty,
            "allergies": empty,
            "adverseEvents": empty,
            "procedures": empty,
            "serviceRequests": empty,
            "diagnosticReports": empty,
            "imagingStudies": empty,
        },
    }
    return json.dumps(body).encode()
