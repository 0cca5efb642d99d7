"""A cell product ordered as a service or a device, through the running application."""

from typing import Any

import httpx
import pytest
from applications import open_client
from fhir.resources.R4B import get_fhir_model_class
from hook_calls import SERVICE_OF, bundle, full_prefetch, hook_call

from service.assessment import Advisor
from service.settings import Settings

Json = dict[str, Any]
LUPUS: Json = {
    "resourceType": "Condition",
    "id": "c1",
    "subject": {"reference": "Patient/p1"},
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "M32.9"}]},
}
SERVICE: Json = {"resourceType": "ServiceRequest", "code": {"text": "Descartes-08 CAR-T infusion"}}
DEVICE: Json = {"resourceType": "DeviceRequest", "codeCodeableConcept": {"text": "Descartes-08"}}


async def answer(settings: Settings, advisor: Advisor, hook: str, order: Json) -> list[Json]:
    draft = {"id": "cells", "status": "draft", "intent": "order", "subject": {"reference": "Patient/p1"}} | order
    get_fhir_model_class(draft["resourceType"]).model_validate(draft)
    call = hook_call(hook, [draft], prefetch=full_prefetch(conditions=bundle(LUPUS)))
    async with open_client(settings, advisor) as client:
        response: httpx.Response = await client.post(f"/cds-services/{SERVICE_OF[hook]}", json=call)
    assert response.status_code == 200
    return response.json()["cards"]


@pytest.mark.parametrize("order", [SERVICE, DEVICE], ids=["service", "device"])
@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
async def test_a_drafted_service_or_device_is_answered(
    settings: Settings, real_advisor: Advisor, hook: str, order: Json
) -> None:
    cards = await answer(settings, real_advisor, hook, order)
    assert cards[0]["indicator"] == "critical"
    assert "Descartes-08" in cards[0]["summary"]
    found = cards[0]["extension"]["org.biologic-cds.card"]["findings"][0]
    assert found["id"] == "descartes-08.sle.trial-only.indication-check"
    assert found["order"] == f"{order['resourceType']}/cells"


async def test_a_test_of_the_drug_is_not(settings: Settings, real_advisor: Advisor) -> None:
    level = {"resourceType": "ServiceRequest", "code": {"text": "Rituximab level"}}
    assert await answer(settings, real_advisor, "order-sign", level) == []
