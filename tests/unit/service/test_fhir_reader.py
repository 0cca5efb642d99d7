"""Reading from a client's FHIR server that may be slow, down or lying."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

import httpx
import pytest
import respx
from hook_calls import bundle, hook_call

from service.gather.prefetch import State
from service.gather.reader import Limits, Reader, new_client, open_reader, usable_server
from service.protocol.request import compact, decode_request

SERVER = "https://fhir.example/r4"
PAGE = f"{SERVER}/Observation?patient=p1"
RESULT = {"resourceType": "Observation", "id": "o1"}
LIMITS = Limits(seconds=0.2, page_bytes=10_000, pages=5)
MakeReader = Callable[..., Reader]


def linked(url: str, **more: Any) -> dict[str, Any]:
    return bundle(RESULT, link=[{"relation": "next", "url": url}], **more)


@pytest.fixture
async def client() -> AsyncGenerator[httpx.AsyncClient]:
    async with new_client() as opened:
        yield opened


@pytest.fixture
async def reader(client: httpx.AsyncClient) -> Reader:
    token = {"access_token": "secret", "expires_in": 300}
    request = decode_request(compact(hook_call(fhirServer=SERVER, fhirAuthorization=token)))
    opened = open_reader(client, request, LIMITS)
    assert opened is not None
    return opened


async def fetch(reader: Reader) -> tuple[State, int]:
    part = await reader.fetch("Observation?patient=p1", "Observation")
    return part.state, len(part.resources)


@pytest.mark.parametrize("address", ["https://a.example/r4", "http://127.0.0.1:9/fhir", "http://localhost/fhir"])
def test_usable_servers(address: str) -> None:
    assert usable_server(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/r4",
        "ftp://a.example",
        "file:///etc/passwd",
        "https://user@a.example",
        "https://a.example/r4?x=1",
        "https://",
        "https://[",
        "a.example",
    ],
)
async def test_other_servers_are_not_asked(client: httpx.AsyncClient, address: str) -> None:
    request = decode_request(compact(hook_call(fhirServer=address)))
    assert open_reader(client, request, LIMITS) is None


async def test_a_token_is_not_in_the_representation(reader: Reader) -> None:
    assert "secret" not in repr(reader)
    assert "secret" not in repr(reader.authorization)


async def test_all_pages_are_read(reader: Reader, respx_mock: respx.MockRouter) -> None:
    respx_mock.get(PAGE).respond(json=linked("Observation?page=2", total=2))
    respx_mock.get(f"{SERVER}/Observation?page=2").respond(json=bundle(RESULT, total=2))
    assert await fetch(reader) == (State.COMPLETE, 2)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(429),
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
