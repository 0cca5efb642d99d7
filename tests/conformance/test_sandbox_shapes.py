"""Requests as the public CDS Hooks sandbox sends them: hardly valid R4, few prefetch keys, a server on this machine."""

from typing import Any

import httpx
import pytest
import respx
from hook_calls import EMPTY, PATIENT, FakeAdvisor, hook_call, order

SERVER = "http://127.0.0.1:9081/fhir"
DRAFT: dict[str, Any] = {
    "resourceType": "MedicationRequest",
    "id": "request-123",
    "status": "draft",
    "subject": {"reference": "Patient/p1"},
    "authoredOn": "Invalid date",
    "category": {"coding": [{"code": "community"}]},
    "reasonCode": {"text": "Atrial fibrillation", "coding": [{"system": "http://snomed.info/sct", "code": "49436004"}]},
    "dosageInstruction": [
        {
            "timing": {
                "repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "boundsPeriod": {"start": "2026-01"}}
            },
            "doseAndRate": [{"doseQuantity": {"value": 3, "code": "{pill}"}}],
        }
    ],
}
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
IMAGING = {"resourceType": "ServiceRequest", "id": "x", "code": {"text": "MRI"}, "reasonCode": [{"text": "Contusion"}]}


def warfarin() -> dict[str, Any]:
    coding = {"display": "Warfarin Sodium 5 MG Oral Tablet", "system": RXNORM, "code": "855332"}
    return DRAFT | {"medicationCodeableConcept": {"text": coding["display"], "coding": [coding]}}


@pytest.mark.parametrize("draft", [DRAFT, warfarin(), IMAGING], ids=["no drug yet", "warfarin", "imaging"])
async def test_orders_of_no_concern_have_no_cards_and_cause_no_reading(
    post: Any, respx_mock: respx.MockRouter, draft: dict[str, Any]
) -> None:
    request = hook_call("order-select", [draft], prefetch={"patient": PATIENT, "other": EMPTY}, fhirServer=SERVER)
    del request["context"]["draftOrders"]["type"]
    response = await post(request)
    assert (response.status_code, response.json()) == (200, {"cards": []})


async def test_an_order_of_concern_is_judged_with_what_the_server_has(post: Any, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(url__startswith=SERVER).mock(return_value=httpx.Response(200, json=EMPTY))
    drafts = [DRAFT | {"medicationCodeableConcept": order()["medicationCodeableConcept"]}]
    response = await post(hook_call("order-select", drafts, prefetch={"patient": PATIENT}, fhirServer=SERVER))
    assert response.status_code == 200
    assert response.json()["cards"]
    assert not any("Patient/" in request.url.path for request, _ in route.calls)


async def test_a_server_that_is_down_leaves_the_patient_to_judge_by(
    fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor, respx_mock: respx.MockRouter
) -> None:
    respx_mock.get(url__startswith=SERVER).mock(side_effect=httpx.ConnectError)
    request = hook_call("patient-view", prefetch={"patient": PATIENT, "user": "123"}, fhirServer=SERVER)
    response = await fake_client.post("/cds-services/biologic-cds-patient-view", json=request)
    assert response.status_code == 200
    received, _ = fake_advisor.seen[0]
    assert "Observation" in received.absent
    assert "Patient" not in received.absent
