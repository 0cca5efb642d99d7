"""What the service asks a client to prefetch.

Only what a CDS Hooks 2.0.1 client can resolve: reads and type-level searches, the token ``context.patientId``, result
parameters ``_count`` and ``_sort``, and no parameter twice: a widely used client joins repeated ones with a comma.
"""

from urllib.parse import quote

_PATIENT = "{{context.patientId}}"

# Observations: one template without a category, as many hospitals send results that carry none; newest first, so that
# a page cut off by the server loses the oldest.
TEMPLATES: dict[str, str] = {
    "patient": f"Patient/{_PATIENT}",
    "conditions": f"Condition?patient={_PATIENT}&_count=200",
    "observations": f"Observation?patient={_PATIENT}&_sort=-date&_count=500",
    "medicationRequests": f"MedicationRequest?patient={_PATIENT}&_count=200",
    "medicationStatements": f"MedicationStatement?patient={_PATIENT}&_count=200",
    "medicationAdministrations": f"MedicationAdministration?patient={_PATIENT}&_count=200",
    "immunizations": f"Immunization?patient={_PATIENT}&_count=200",
    "immunizationRecommendations": f"ImmunizationRecommendation?patient={_PATIENT}",
    "allergies": f"AllergyIntolerance?patient={_PATIENT}&_count=200",
    "adverseEvents": f"AdverseEvent?subject=Patient/{_PATIENT}",
    "procedures": f"Procedure?patient={_PATIENT}&_count=200",
    "serviceRequests": f"ServiceRequest?patient={_PATIENT}&status=active&_count=200",
    "diagnosticReports": f"DiagnosticReport?patient={_PATIENT}&_count=200",
    "imagingStudies": f"ImagingStudy?patient={_PATIENT}&_count=200",
}


def resource_type(key: str) -> str:
    """The FHIR type a key stands for."""
    return TEMPLATES[key].partition("?")[0].partition("/")[0]


def resolve(key: str, patient_id: str) -> str:
    """The relative URL to ask the client's FHIR server, equivalent to what the client would have prefetched."""
    return TEMPLATES[key].replace(_PATIENT, quote(patient_id, safe=""))
