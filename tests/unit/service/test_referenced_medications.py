"""Orders whose drug is only a reference."""

from typing import Any

import httpx
import msgspec
import pytest
import respx
from hook_calls import DRUG, FakeAdvisor, bundle, full_prefetch, hook_call, order
from msgspec import Raw

from service.gather.medications import MOST, pointed_at, unresolved

SERVER = "http://127.0.0.1:8080/r4"
POINTING = order(drug=None, medicationReference={"reference": "Medication/m1"})
MEDICATION = {"resourceType": "Medication", "id": "m1", "code": {"text": DRUG}}


def raw(*resources: dict[str, Any]) -> list[Raw]:
    return [Raw(msgspec.json.encode(resource)) for resource in resources]


def pointing(reference: Any) -> dict[str, Any]:
    return order(drug=None, medicationReference=reference)


def test_only_unresolved_references_are_wanted() -> None:
    assert unresolved(raw(POINTING, POINTING)) == ("Medication/m1",)
    assert unresolved(raw(POINTING, MEDICATION)) == ()
    assert unresolved(raw(POINTING), raw(MEDICATION)) == ()


@pytest.mark.parametrize(
    "reference",
    [None, {}, {"reference": "#m1"}, {"reference": "https://x/Medication/m1"}, {"reference": "Device/1"}, "m1", 5],
)
def test_other_references_are_left_alone(reference: Any) -> None:
    assert unresolved(raw(pointing(reference))) == ()


def test_the_number_of_reads_is_limited() -> None:
    many = raw(*(pointing({"reference": f"Medication/{number}"}) for number in range(MOST * 2)))
    assert len(unresolved(many)) == MOST


def test_sent_medications_are_found() -> None:
    other = MEDICATION | {"id": "m2"}
    assert pointed_at(raw(POINTING), sent := raw(other, MEDICATION)) == (sent[1],)
    assert pointed_at(raw(order()), raw(MEDICATION)) == ()


async def test_a_medication_in_the_prefetch_names_the_draft(
    fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor
) -> None:
    prefetch = full_prefetch(medicationRequests=bundle(MEDICATION))
    request = hook_call("order-sign", [POINTING], prefetch=prefetch)
    await fake_client.post("/cds-services/biologic-cds-order-sign", json=request)
    assert len(fake_advisor.seen) == 1


async def test_a_medication_is_read_from_the_server(
    fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor, respx_mock: respx.MockRouter
) -> None:
    route = respx_mock.get(f"{SERVER}/Medication/m1").respond(json=MEDICATION)
    request = hook_call("order-sign", [POINTING], fhirServer=SERVER)
    await fake_client.post("/cds-services/biologic-cds-order-sign", json=request)
    assert len(route.calls) == 1
    assert any(b'"Medication"' in bytes(draft) for draft in fake_advisor.seen[0][0].drafts)


async def test_medications_of_the_record_are_read_too(
    fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor, respx_mock: respx.MockRouter
) -> None:
    respx_mock.get(f"{SERVER}/Medication/m1").respond(json=MEDICATION)
    prefetch = full_prefetch(medicationRequests=bundle(POINTING | {"id": "past", "status": "active"}))
    await fake_client.post(
        "/cds-services/biologic-cds-order-sign", json=hook_call("order-sign", prefetch=prefetch, fhirServer=SERVER)
    )
    assert any(b'"Medication"' in bytes(resource) for resource in fake_advisor.seen[0][0].resources)
