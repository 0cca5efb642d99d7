"""Checklist A055-A068: prefetch values and reading from the client's FHIR server."""

import json
import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
import respx
from hook_calls import EMPTY, PATIENT, FakeAdvisor, bundle, full_prefetch, hook_call, order

from service.gather.templates import TEMPLATES

SERVER = "http://127.0.0.1:8080/r4"  # without tenants, only servers on this machine are asked
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}
TOKEN = {"access_token": "secret-token", "token_type": "Bearer", "expires_in": 300, "scope": "x", "subject": "me"}
RESULT = {
    "resourceType": "Observation",
    "id": "o1",
    "status": "final",
    "subject": {"reference": "Patient/p1"},
    "code": {"coding": [{"system": "http://loinc.org", "code": "5196-1"}]},
    "effectiveDateTime": "2026-01-01",
    "valueCodeableConcept": {"text": "Negative"},
}


def without(key: str, **given: Any) -> dict[str, Any]:
    return {name: value for name, value in full_prefetch(**given).items() if name != key}


def fhir_server(router: respx.MockRouter, **answers: Any) -> respx.Route:
    """A server that knows the patient and has nothing else, but for ``answers`` by resource type."""

    def answer(request: httpx.Request) -> httpx.Response:
        kind = request.url.path.removeprefix("/r4/").partition("/")[0]
        given = answers.get(kind, PATIENT if kind == "Patient" else EMPTY)
        return given if isinstance(given, httpx.Response) else httpx.Response(200, json=given)

    return router.get(url__startswith=SERVER).mock(side_effect=answer)


@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
@pytest.mark.parametrize("prefetch", [None, {}, {"unknown": EMPTY}, {"patient": "123", "conditions": 5}])
async def test_a055_no_data_and_no_server_is_412(post: Any, hook: str, prefetch: Any) -> None:
    response = await post(hook_call(hook, prefetch=prefetch))
    assert response.status_code == 412
    assert response.json()["issue"][0]["code"] == "incomplete"


async def test_a055_an_unreachable_server_is_412(post: Any, respx_mock: respx.MockRouter) -> None:
    respx_mock.get(url__startswith=SERVER).mock(side_effect=httpx.ConnectError)
    response = await post(hook_call(prefetch=None, fhirServer=SERVER))
    assert response.status_code == 412


@pytest.mark.parametrize("hook", ["order-select", "order-sign", "patient-view"])
async def test_a056_all_keys_supplied_is_never_412(post: Any, hook: str) -> None:
    assert (await post(hook_call(hook))).status_code == 200


@pytest.mark.parametrize("key", TEMPLATES)
async def test_a057_null_is_no_data_and_no_error(post: Any, key: str) -> None:
    assert (await post(hook_call(prefetch=full_prefetch(**{key: None})))).status_code == 200


async def test_a057_null_everywhere_is_known_to_be_empty(post: Any) -> None:
    assert (await post(hook_call(prefetch=dict.fromkeys(TEMPLATES)))).status_code == 200


@pytest.mark.parametrize("empty", [EMPTY, {"resourceType": "Bundle", "entry": []}, {"resourceType": "Bundle"}])
async def test_a058_an_empty_bundle_is_accepted(post: Any, empty: dict[str, Any]) -> None:
    prefetch = dict.fromkeys(TEMPLATES, empty) | {"patient": PATIENT}
    assert (await post(hook_call(prefetch=prefetch))).status_code == 200


@pytest.mark.parametrize("value", [OUTCOME, bundle(OUTCOME), bundle(RESULT, OUTCOME)])
async def test_a059_an_operation_outcome_is_no_clinical_data(
    fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor, value: dict[str, Any]
) -> None:
    request = hook_call(prefetch=full_prefetch(observations=value))
    assert (await fake_client.post("/cds-services/biologic-cds-order-select", json=request)).status_code == 200
    received, _ = fake_advisor.seen[0]
    assert "Observation" in received.absent
    assert not any(b"OperationOutcome" in bytes(resource) for resource in received.resources)


@pytest.mark.parametrize("key", TEMPLATES)
async def test_a060_each_key_is_looked_at_by_itself(post: Any, key: str) -> None:
    assert (await post(hook_call(prefetch=without(key)))).status_code == 200
    assert (await post(hook_call(prefetch={key: full_prefetch()[key]}))).status_code == 200


async def test_a060_a_missing_key_is_known_to_be_missing(
    fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor
) -> None:
    request = hook_call(prefetch=without("conditions", observations="a string"))
    await fake_client.post("/cds-services/biologic-cds-order-select", json=request)
    assert fake_advisor.seen[0][0].absent == {"Condition", "Observation"}


async def test_a061_keys_never_asked_for_are_ignored(post: Any) -> None:
    unasked = {"user": "123", "obs": bundle(RESULT), "fhirpathDraft": EMPTY, "nothing": None, "broken": [1, {}]}
    assert (await post(hook_call(prefetch=full_prefetch(**unasked)))).status_code == 200


async def test_a062_the_same_data_come_from_the_server(
    fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor, respx_mock: respx.MockRouter
) -> None:
    fhir_server(respx_mock, Observation=bundle(RESULT))
    for more in ({"prefetch": full_prefetch(observations=bundle(RESULT))}, {"prefetch": None, "fhirServer": SERVER}):
        request = hook_call("order-sign", **more)
        await fake_client.post("/cds-services/biologic-cds-order-sign", json=request)
    sent, fetched = (received for received, _ in fake_advisor.seen)
    assert [json.loads(bytes(r)) for r in sent.resources] == [json.loads(bytes(r)) for r in fetched.resources]
    assert sent.absent == fetched.absent == frozenset()


async def test_a062_only_missing_keys_are_fetched_and_as_the_template_says(
    post: Any, respx_mock: respx.MockRouter
) -> None:
    route = fhir_server(respx_mock)
    prefetch = without("observations", conditions=OUTCOME, procedures=None)
    await post(hook_call(prefetch=prefetch, fhirServer=SERVER))
    assert [request.url.path for request, _ in route.calls] == ["/r4/Observation"]
    query = urlsplit(str(route.calls[0].request.url)).query
    assert parse_qsl(query) == [("patient", "p1"), ("_sort", "-date"), ("_count", "500")]


async def test_a063_the_token_goes_with_every_call(post: Any, respx_mock: respx.MockRouter) -> None:
    route = fhir_server(respx_mock, Condition=bundle(link=[{"relation": "next", "url": f"{SERVER}/Condition?p=2"}]))
    response = await post(hook_call(prefetch=None, fhirServer=SERVER, fhirAuthorization=TOKEN))
    assert response.status_code == 200
    assert len(route.calls) > len(TEMPLATES)
    assert {request.headers["authorization"] for request, _ in route.calls} == {"Bearer secret-token"}


@pytest.mark.respx(assert_all_called=False)
async def test_a064_without_a_server_nothing_is_called(post: Any, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.route().mock(return_value=httpx.Response(500))
    await post(hook_call("patient-view", prefetch=None))
    await post(hook_call("patient-view"))
    assert not route.called


async def test_a065_a_token_serves_its_own_call_only(post: Any, respx_mock: respx.MockRouter) -> None:
    route = fhir_server(respx_mock)
    await post(hook_call(prefetch=None, fhirServer=SERVER, fhirAuthorization=TOKEN))
    with_token = len(route.calls)
    await post(hook_call(prefetch=None, fhirServer=SERVER))
    later = list(route.calls)[with_token:]
    assert later
    assert not any("authorization" in request.headers for request, _ in later)


@pytest.mark.respx(assert_all_called=False)
async def test_a065_an_expired_token_is_not_used(post: Any, respx_mock: respx.MockRouter) -> None:
    route = fhir_server(respx_mock)
    request = hook_call(prefetch=None, fhirServer=SERVER, fhirAuthorization=TOKEN | {"expires_in": 0})
    assert (await post(request)).status_code == 412
    assert not route.called


@pytest.mark.parametrize(
    "scope", ["user/Patient.read user/Observation.read", "user/Observation.rs user/Patient.rs launch", "odd scopes/*.*"]
)
async def test_a066_every_scope_syntax_is_accepted(post: Any, respx_mock: respx.MockRouter, scope: str) -> None:
    fhir_server(respx_mock)
    token = TOKEN | {"scope": scope, "patient": "p1"}
    assert (await post(hook_call(prefetch=None, fhirServer=SERVER, fhirAuthorization=token))).status_code == 200


async def test_a067_a_next_link_is_followed_with_the_token(
    fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor, respx_mock: respx.MockRouter
) -> None:
    route = fhir_server(respx_mock, Observation=bundle(RESULT | {"id": "o2"}, total=2))
    page = bundle(RESULT, total=2, link=[{"relation": "next", "url": f"{SERVER}/Observation?page=2"}])
    request = hook_call(
        prefetch=full_prefetch(observations=page), fhirServer=SERVER, fhirAuthorization=TOKEN, drafts=[order()]
    )
    await fake_client.post("/cds-services/biologic-cds-order-select", json=request)
    received, _ = fake_advisor.seen[0]
    assert [request.headers["authorization"] for request, _ in route.calls] == ["Bearer secret-token"]
    assert sum(b'"Observation"' in bytes(resource) for resource in received.resources) == 2
    assert received.absent == frozenset()


@pytest.mark.parametrize(
    "page",
    [
        bundle(RESULT, link=[{"relation": "next", "url": f"{SERVER}/Observation?page=2"}]),
        bundle(RESULT, total=7),
        bundle(total=1),
    ],
)
async def test_a067_a_page_is_never_taken_for_everything(
    fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor, page: dict[str, Any]
) -> None:
    request = hook_call(prefetch=full_prefetch(observations=page))
    await fake_client.post("/cds-services/biologic-cds-order-select", json=request)
    assert fake_advisor.seen[0][0].absent == {"Observation"}


async def test_a068_an_answer_takes_no_half_second(post: Any) -> None:
    request = hook_call(prefetch=full_prefetch(observations=bundle(*(RESULT | {"id": f"o{n}"} for n in range(300)))))
    await post(request)
    began = time.perf_counter()
    await post(request)
    assert time.perf_counter() - began < 0.5
