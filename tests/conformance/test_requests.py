"""Checklist A036-A054: what the service must take from real clients, and what it refuses."""

import uuid
from typing import Any

import httpx
import pytest
from hook_calls import SERVICE_OF, hook_call, order

HOOKS = list(SERVICE_OF)
EXTENSION = {"com.example.thing": {"a": [1, None]}}


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("media_type", ["application/json", "application/json; charset=utf-8"])
async def test_a036_json_posts_are_accepted(client: httpx.AsyncClient, hook: str, media_type: str) -> None:
    request = httpx.Request("POST", "http://x", json=hook_call(hook))
    response = await client.post(
        f"/cds-services/{SERVICE_OF[hook]}", content=request.content, headers={"content-type": media_type}
    )
    assert response.status_code == 200


@pytest.mark.parametrize("hook", HOOKS)
async def test_a037_only_required_members_give_200_or_412(post: Any, hook: str) -> None:
    assert (await post(hook_call(hook, prefetch=None))).status_code in (200, 412)


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
async def test_a038_no_prefetch_is_fine_when_no_order_concerns_us(post: Any, hook: str) -> None:
    response = await post(hook_call(hook, [order(drug="warfarin")], prefetch=None))
    assert response.status_code == 200
    assert response.json() == {"cards": []}


async def test_a039_fhir_server_without_authorization_is_accepted(post: Any) -> None:
    assert (await post(hook_call(fhirServer="https://fhir.example"))).status_code == 200


async def test_a040_authorization_without_server_is_refused(post: Any) -> None:
    token = {"access_token": "t", "token_type": "Bearer", "expires_in": 300, "scope": "user/*.rs", "subject": "me"}
    response = await post(hook_call(fhirAuthorization=token))
    assert response.status_code == 400
    assert response.json()["issue"][0]["expression"] == ["fhirServer"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b'{"hook":"order-select",}', b"\xff\xfe", b"NaN"])
async def test_a041_what_is_no_json_object_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post(
        "/cds-services/biologic-cds-order-select", content=body, headers={"content-type": "application/json"}
    )
    assert response.status_code == 400


@pytest.mark.parametrize("member", ["hook", "hookInstance", "context"])
@pytest.mark.parametrize("value", ["left out", None, "", 7, []])
async def test_a041_missing_or_wrong_members_are_refused(client: httpx.AsyncClient, member: str, value: Any) -> None:
    request = hook_call()
    if value == "left out":
        del request[member]
    else:
        request[member] = value
    response = await client.post("/cds-services/biologic-cds-order-select", json=request)
    assert response.status_code == 400
    assert member in response.json()["issue"][0]["expression"][0]


@pytest.mark.parametrize("patient_id", ["left out", None, "", 5, "Patient/"])
async def test_a041_a_context_without_patient_is_refused(post: Any, patient_id: Any) -> None:
    request = hook_call()
    if patient_id == "left out":
        del request["context"]["patientId"]
    else:
        request["context"]["patientId"] = patient_id
    response = await post(request)
    assert response.status_code == 400
    assert response.json()["issue"][0]["expression"] == ["context.patientId"]


async def test_a041_a_hook_of_another_service_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/cds-services/biologic-cds-order-sign", json=hook_call("order-select"))
    assert response.status_code == 400
    assert response.json()["issue"][0]["details"]["coding"][0]["code"] == "wrong-hook"


async def test_a042_an_unknown_service_is_404(client: httpx.AsyncClient) -> None:
    assert (await client.post("/cds-services/none-such", json=hook_call())).status_code == 404


async def test_a043_the_hook_in_the_body_decides(client: httpx.AsyncClient) -> None:
    for hook, service_id in SERVICE_OF.items():
        for other in HOOKS:
            response = await client.post(f"/cds-services/{service_id}", json=hook_call(hook) | {"hook": other})
            assert response.status_code == (200 if other == hook else 400)


async def test_a044_extensions_are_tolerated(post: Any) -> None:
    request = hook_call(extension=EXTENSION, fhirServer="https://fhir.example")
    request["context"]["extension"] = EXTENSION
    request["fhirAuthorization"] = {"access_token": "t", "token_type": "Bearer", "extension": EXTENSION}
    assert (await post(request)).status_code == 200


@pytest.mark.parametrize("hook", HOOKS)
async def test_a045_unknown_context_fields_are_ignored(post: Any, hook: str) -> None:
    request = hook_call(hook, user="Practitioner/old", fhirVersion="4.0.1")
    request["context"] |= {"newField": {"deep": [None]}, "tasks": []}
    assert (await post(request)).status_code == 200


@pytest.mark.parametrize("hook", HOOKS)
async def test_a046_a_missing_encounter_is_fine(post: Any, hook: str) -> None:
    assert (await post(hook_call(hook))).status_code == 200


@pytest.mark.parametrize("user", ["Practitioner/1", "PractitionerRole/1", "Patient/1", "RelatedPerson/1"])
async def test_a047_every_kind_of_user_is_accepted(post: Any, user: str) -> None:
    request = hook_call("patient-view")
    request["context"]["userId"] = user
    assert (await post(request)).status_code == 200


@pytest.mark.parametrize("hook", HOOKS)
async def test_a048_no_hook_depends_on_the_user(post: Any, hook: str) -> None:
    request = hook_call(hook)
    del request["context"]["userId"]
    assert (await post(request)).status_code == 200


async def test_a049_unknown_order_types_are_ignored(post: Any) -> None:
    strange = [{"resourceType": kind, "id": "1"} for kind in ("NutritionOrder", "VisionPrescription", "Invented")]
    assert (await post(hook_call("order-sign", strange))).json() == {"cards": []}


@pytest.mark.parametrize(
    "draft",
    [
        order(drug=None),
        order(drug=None, dosageInstruction=None, subject=None),
        order(category={"coding": [{"code": "community"}]}, reasonCode={"text": "NMOSD"}),
        order(authoredOn="Invalid date", dosageInstruction=[{"doseAndRate": {"doseQuantity": {}}}]),
        {"resourceType": "MedicationRequest", "id": "bare"},
    ],
)
async def test_a050_partial_and_invalid_drafts_are_coped_with(post: Any, draft: dict[str, Any]) -> None:
    assert (await post(hook_call("order-select", [draft]))).status_code == 200


async def test_a050_a_call_with_neither_drafts_nor_selections_has_no_cards(post: Any) -> None:
    request = hook_call()
    del request["context"]["selections"]
    del request["context"]["draftOrders"]
    response = await post(request)
    assert (response.status_code, response.json()) == (200, {"cards": []})


async def test_a050_drafts_in_a_bundle_without_type_are_read(post: Any) -> None:
    request = hook_call()
    del request["context"]["draftOrders"]["type"]
    assert (await post(request)).json()["cards"]


@pytest.mark.parametrize("status", ["active", "on-hold", "stopped", "draft", None])
async def test_a051_any_order_status_is_accepted_when_signing(post: Any, status: str | None) -> None:
    assert (await post(hook_call("order-sign", [order(status=status)]))).status_code == 200


async def test_a052_a_draft_that_is_not_selected_triggers_nothing(post: Any) -> None:
    request = hook_call("order-select", [order(), order("other", drug="warfarin")])
    request["context"]["selections"] = ["MedicationRequest/other"]
    assert (await post(request)).json() == {"cards": []}


async def test_a052_no_selection_no_card(post: Any) -> None:
    request = hook_call()
    request["context"]["selections"] = []
    assert (await post(request)).json() == {"cards": []}


@pytest.mark.parametrize(
    "selection",
    ["MedicationRequest/order-1", "order-1", "https://ehr.example/fhir/MedicationRequest/order-1", "urn:uuid:abc"],
)
async def test_a053_selections_are_resolved_against_the_drafts(post: Any, selection: str) -> None:
    request = hook_call()
    request["context"]["draftOrders"]["entry"][0]["fullUrl"] = "urn:uuid:abc"
    request["context"]["selections"] = [selection]
    assert (await post(request)).json()["cards"]


async def test_a053_a_selection_of_another_type_is_not_the_draft(post: Any) -> None:
    request = hook_call()
    request["context"]["selections"] = ["ServiceRequest/order-1"]
    assert (await post(request)).json() == {"cards": []}


@pytest.mark.parametrize("hook", HOOKS)
async def test_a054_a_repeated_request_is_answered_the_same(post: Any, hook: str) -> None:
    request = hook_call(hook)
    first = await post(request)
    second = await post(request | {"hookInstance": str(uuid.uuid4())})
    assert without_uuids(first.json()) == without_uuids(second.json())


def without_uuids(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_uuids(member) for name, member in value.items() if name != "uuid"}
    return [without_uuids(member) for member in value] if isinstance(value, list) else value
