"""Reading from a client's FHIR server that may be slow, down or lying."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import httpx
import pytest
import respx
from hook_calls import bundle, hook_call

from service.gather import fetching
from service.gather.access import FhirAccess, base_of
from service.gather.budget import Limits
from service.gather.prefetch import State
from service.gather.reader import Reader, open_reader
from service.outbound.addresses import Reach
from service.outbound.client import new_client
from service.protocol.request import compact, decode_request

SERVER = "https://fhir.example/r4"
PAGE = f"{SERVER}/Observation?patient=p1"
RESULT = {"resourceType": "Observation", "id": "o1"}
LIMITS = Limits(seconds=0.2, page_bytes=10_000, pages=5, call_bytes=30_000)


def linked(url: str, **more: Any) -> dict[str, Any]:
    return bundle(RESULT, link=[{"relation": "next", "url": url}], **more)


@pytest.fixture
async def access() -> AsyncGenerator[FhirAccess]:
    async with new_client(Reach()) as client:
        yield FhirAccess(client, frozenset({f"{SERVER}/"}))


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_PAUSES", (0.01, 0.01))


def opened(access: FhirAccess, server: str = SERVER, limits: Limits = LIMITS, token: str = "secret") -> Reader | None:
    authorization = {"access_token": token, "expires_in": 300}
    request = decode_request(compact(hook_call(fhirServer=server, fhirAuthorization=authorization)))
    return open_reader(access, request, limits, "p1")


@pytest.fixture
async def reader(access: FhirAccess) -> Reader:
    reader = opened(access)
    assert reader is not None
    return reader


async def fetch(reader: Reader) -> tuple[State, int]:
    part = await reader.fetch("Observation?patient=p1", "Observation")
    return part.state, len(part.resources)


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://a.example/r4", "https://a.example/r4/"),
        ("HTTPS://A.Example:443/r4//", "https://a.example/r4/"),
        ("https://a.example:8443", "https://a.example:8443/"),
        ("http://127.0.0.1:9/fhir", "http://127.0.0.1:9/fhir/"),
        ("http://localhost/fhir", "http://localhost/fhir/"),
        ("http://[::1]:80/fhir", "http://[::1]/fhir/"),
    ],
)
def test_an_address_has_one_spelling(address: str, base: str) -> None:
    assert base_of(address) == base


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/r4",
        "ftp://a.example",
        "file:///etc/passwd",
        "https://user@a.example",
        "https://@a.example",
        "https://a.example/r4?x=1",
        "https://a.example/r4#x",
        "https://a.example:x/r4",
        "https://",
        "https://[",
        "a.example",
    ],
)
async def test_what_is_no_address_of_a_server_is_not_asked(access: FhirAccess, address: str) -> None:
    assert base_of(address) is None
    assert opened(access, address) is None


@pytest.mark.parametrize(
    "address",
    [
        "https://fhir.example/r4/other",
        "https://fhir.example/r4/../r5",
        "https://fhir.example",
        "https://fhir.example:8443/r4",
        "https://fhir.example.evil.example/r4",
        "http://127.0.0.1/r4",
    ],
)
async def test_only_servers_of_the_tenant_are_asked(access: FhirAccess, address: str) -> None:
    assert opened(access, address) is None
    assert opened(access) is not None


async def test_without_tenants_only_this_machine_is_asked() -> None:
    access = FhirAccess.to_loopback()
    assert opened(access) is None
    assert opened(access, "http://localhost:1/r4") is not None
    await access.client.aclose()


async def test_a_token_is_not_in_the_representation(reader: Reader) -> None:
    assert "secret" not in repr(reader)
    assert "secret" not in repr(reader.fetching.authorization)


async def test_all_pages_are_read(reader: Reader, respx_mock: respx.MockRouter) -> None:
    respx_mock.get(PAGE).respond(json=linked("Observation?page=2", total=2))
    respx_mock.get(f"{SERVER}/Observation?page=2").respond(json=bundle(RESULT, total=2))
    assert await fetch(reader) == (State.COMPLETE, 2)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(401),
        httpx.Response(302, headers={"location": "https://evil.example"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, text='{"resourceType": "Bun'),
        httpx.Response(200, json={"resourceType": "Patient"}),
        httpx.Response(200, json={"resourceType": "OperationOutcome"}),
        httpx.Response(200, text="null"),
        httpx.Response(200, text=" " * 20_000),
    ],
)
async def test_bad_answers_are_failures(reader: Reader, respx_mock: respx.MockRouter, answer: httpx.Response) -> None:
    route = respx_mock.get(url__startswith=SERVER).mock(return_value=answer)
    assert await fetch(reader) == (State.FAILED, 0)
    assert len(route.calls) == 1


@pytest.mark.parametrize("error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError])
async def test_network_errors_are_failures(
    reader: Reader, respx_mock: respx.MockRouter, error: type[Exception]
) -> None:
    respx_mock.get(PAGE).mock(side_effect=error)
    assert await fetch(reader) == (State.FAILED, 0)


@pytest.mark.parametrize(
    "trouble",
    [httpx.Response(429), httpx.Response(503), httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError],
)
async def test_passing_trouble_is_tried_again(reader: Reader, respx_mock: respx.MockRouter, trouble: Any) -> None:
    respx_mock.get(PAGE).mock(side_effect=[trouble, trouble, httpx.Response(200, json=bundle(RESULT))])
    assert await fetch(reader) == (State.COMPLETE, 1)


@pytest.mark.parametrize("status", [429, 503])
async def test_lasting_trouble_is_given_up(reader: Reader, respx_mock: respx.MockRouter, status: int) -> None:
    route = respx_mock.get(PAGE).respond(status)
    assert await fetch(reader) == (State.FAILED, 0)
    assert len(route.calls) == 3


@pytest.mark.parametrize(("wish", "calls"), [("0", 3), ("60", 1), ("9" * 400, 3), ("Wed, 21 Oct 2026 07:28:00 GMT", 3)])
async def test_a_wish_to_wait_is_heeded_if_there_is_time(
    reader: Reader, respx_mock: respx.MockRouter, wish: str, calls: int
) -> None:
    route = respx_mock.get(PAGE).respond(503, headers={"retry-after": wish})
    assert await fetch(reader) == (State.FAILED, 0)
    assert len(route.calls) == calls


async def test_a_time_out_is_not_tried_again(reader: Reader, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(PAGE).mock(side_effect=httpx.ReadTimeout)
    await fetch(reader)
    assert len(route.calls) == 1


async def test_all_reads_of_a_call_share_one_size(access: FhirAccess, respx_mock: respx.MockRouter) -> None:
    large = bundle(RESULT | {"note": "x" * 9_000})
    respx_mock.get(url__startswith=SERVER).mock(side_effect=lambda _: httpx.Response(200, json=large))
    reader = opened(access)
    assert reader is not None
    assert [(await fetch(reader))[0] for _ in range(4)] == [State.COMPLETE] * 3 + [State.FAILED]


async def test_a_token_that_is_no_header_costs_data_only(access: FhirAccess) -> None:
    reader = opened(access, token="é")
    assert reader is not None
    assert await fetch(reader) == (State.FAILED, 0)


STRANGERS = [
    RESULT | {"subject": {"reference": "Patient/p2"}},
    RESULT | {"subject": {"reference": f"{SERVER}/Patient/p2"}},
    RESULT | {"patient": {"reference": "Patient/p2/_history/1"}},
    {"resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"}},
    {"resourceType": "Patient", "id": "p1"},
    {"id": "o2"},
]
OURS = [
    RESULT | {"id": "o2", "subject": subject}
    for subject in (
        {"reference": "Patient/p1"},
        {"reference": f"{SERVER}/Patient/p1/_history/3"},
        {"reference": "Group/g1"},
        {"reference": "#contained"},
        {"display": "somebody"},
        "p1",
        None,
    )
]


@pytest.mark.parametrize("stranger", STRANGERS)
async def test_what_was_not_asked_for_is_left_out_and_the_answer_not_believed_complete(
    reader: Reader, respx_mock: respx.MockRouter, stranger: dict[str, Any]
) -> None:
    respx_mock.get(PAGE).respond(json=bundle(RESULT, stranger))
    assert await fetch(reader) == (State.PARTIAL, 1)
    respx_mock.get(PAGE).respond(json=bundle(stranger))
    assert await fetch(reader) == (State.FAILED, 0)


@pytest.mark.parametrize("own", OURS)
async def test_what_may_be_about_the_patient_is_kept(
    reader: Reader, respx_mock: respx.MockRouter, own: dict[str, Any]
) -> None:
    respx_mock.get(PAGE).respond(json=bundle(RESULT, own))
    assert await fetch(reader) == (State.COMPLETE, 2)


@pytest.mark.parametrize(("identifier", "state"), [("p1", State.COMPLETE), ("p2", State.FAILED)])
async def test_another_patient_is_no_answer(
    reader: Reader, respx_mock: respx.MockRouter, identifier: str, state: State
) -> None:
    respx_mock.get(f"{SERVER}/Patient/p1").respond(json={"resourceType": "Patient", "id": identifier})
    assert (await reader.fetch("Patient/p1", "Patient")).state is state


async def test_what_came_before_a_failure_is_kept(reader: Reader, respx_mock: respx.MockRouter) -> None:
    respx_mock.get(PAGE).respond(json=linked("Observation?page=2"))
    respx_mock.get(f"{SERVER}/Observation?page=2").respond(500)
    assert await fetch(reader) == (State.PARTIAL, 1)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/r4/Observation?page=2",
        "http://fhir.example/r4/Observation?page=2",
        "https://fhir.example:444/r4/Observation",
        "https://user@fhir.example/r4/Observation",
        "https://fhir.example:x/",
        "https://[",
        "//evil.example/r4",
        "javascript:alert(1)",
    ],
)
async def test_the_token_goes_to_no_other_origin(reader: Reader, respx_mock: respx.MockRouter, url: str) -> None:
    respx_mock.get(PAGE).respond(json=linked(url))
    assert await fetch(reader) == (State.PARTIAL, 1)


async def test_an_explicit_default_port_is_the_same_origin(reader: Reader, respx_mock: respx.MockRouter) -> None:
    respx_mock.get(PAGE).respond(json=linked("https://fhir.example:443/r4/Observation?page=2"))
    respx_mock.get(f"{SERVER}/Observation?page=2").respond(json=bundle(RESULT))
    assert await fetch(reader) == (State.COMPLETE, 2)


async def test_circles_end(reader: Reader, respx_mock: respx.MockRouter) -> None:
    respx_mock.get(PAGE).respond(json=linked("Observation?page=2"))
    second = respx_mock.get(f"{SERVER}/Observation?page=2").respond(json=linked("Observation?page=2"))
    assert await fetch(reader) == (State.PARTIAL, 2)
    assert len(second.calls) == 1


async def test_endless_pages_end(reader: Reader, respx_mock: respx.MockRouter) -> None:
    numbers = iter(range(1000))
    respx_mock.get(url__startswith=SERVER).mock(
        side_effect=lambda _: httpx.Response(200, json=linked(f"Observation?page={next(numbers)}"))
    )
    state, resources = await fetch(reader)
    assert (state, resources) == (State.PARTIAL, LIMITS.pages + 1)


async def test_the_time_budget_holds_for_all_pages_together(reader: Reader, respx_mock: respx.MockRouter) -> None:
    async def slow(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.15)
        return httpx.Response(200, json=linked(f"{request.url}1"))

    respx_mock.get(url__startswith=SERVER).mock(side_effect=slow)
    began = asyncio.get_running_loop().time()
    assert await fetch(reader) == (State.PARTIAL, 1)
    assert asyncio.get_running_loop().time() - began < 0.5


async def test_cookies_do_not_cross_calls(reader: Reader, respx_mock: respx.MockRouter) -> None:
    route = respx_mock.get(PAGE).respond(json=bundle(), headers={"set-cookie": "session=1; Path=/"})
    await fetch(reader)
    await fetch(reader)
    assert "cookie" not in route.calls[1].request.headers
