"""What has nothing to do with the drug changes nothing, wherever it stands."""

from typing import Any

import pytest
from building import Case, clean, treated
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SUBJECT = {"reference": "Patient/p1"}
UNRELATED: list[dict[str, Any]] = [
    {"resourceType": "Observation", "status": "final",
     "code": {"coding": [{"system": "http://loinc.org", "code": "718-7"}]},
     "effectiveDateTime": "2026-02-20", "valueQuantity": {"value": 13, "unit": "g/dL"}, "subject": SUBJECT},
    {"resourceType": "Observation", "status": "entered-in-error", "code": {"text": "HBsAg"},
     "effectiveDateTime": "2026-02-28", "valueString": "Positive", "subject": SUBJECT},
    {"resourceType": "Observation", "status": "final", "code": {"text": "HBsAg"},
     "effectiveDateTime": "2026-02-28", "valueString": "Positive", "subject": {"reference": "Patient/someone-else"}},
    {"resourceType": "Condition", "code": {"text": "Essential hypertension"}, "subject": SUBJECT,
     "clinicalStatus": {"coding": [{"code": "active"}]}},
    {"resourceType": "Condition", "code": {"text": "Active tuberculosis"}, "subject": SUBJECT,
     "verificationStatus": {"coding": [{"code": "refuted"}]}},
    {"resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": SUBJECT,
     "medicationCodeableConcept": {"text": "Amlodipine 5 mg"}, "authoredOn": "2026-01-01"},
    {"resourceType": "MedicationRequest", "status": "cancelled", "intent": "order", "subject": SUBJECT,
     "medicationCodeableConcept": {"text": "entecavir"}, "authoredOn": "2026-01-01"},
    {"resourceType": "AllergyIntolerance", "code": {"text": "Peanut"}, "patient": SUBJECT},
    {"resourceType": "Procedure", "status": "completed", "code": {"text": "Appendectomy"}, "subject": SUBJECT},
    {"resourceType": "Encounter", "status": "finished", "subject": SUBJECT},
    {"resourceType": "Coverage", "status": "active"},
]  # fmt: skip
CASES = {"a clean order": clean, "a treated patient": treated, "nothing known": Case}


@pytest.mark.parametrize("make", CASES.values(), ids=CASES.keys())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chosen=st.lists(st.sampled_from(UNRELATED), max_size=8))
def test_adding_unrelated_resources_never_changes_the_findings(make: Any, chosen: list[dict[str, Any]]) -> None:
    before, case = make().ids(), make()
    for resource in chosen:
        case.resource(dict(resource))
    assert case.ids() == before
