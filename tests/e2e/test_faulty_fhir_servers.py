"""An EHR's FHIR server that is slow, down, half down or lying costs what it did not say, and never the answer."""

import gzip
import json
import time
from collections.abc import AsyncGenerator, Callable, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from applications import open_client
from hook_calls import EMPTY, PATIENT, SERVICE_OF, FakeAdvisor, bundle, hook_call
from signing import Signer, claims
from tenants import PUBLIC_URL, guarded, tenant
from web_servers import Reply, Seen, WebServer, json_reply, web_server

from service.assessment import Advisor
from service.settings import Settings

pytestmark = pytest.mark.enable_socket

Json = dict[str, Any]
PATH = f"/cds-services/{SERVICE_OF['order-select']}"
SECONDS = 2.5  # enough for a dozen sound answers on a busy machine, less than the slow one takes
RESULT: Json = {
    "resourceType": "Observation",
    "id": "o1",
    "status": "final",
    "subject": {"reference": "Patient/p1"},
    "code": {"text": "unrelated"},
}
TOKEN = {"access_token": "the-fhir-token", "token_type": "Bearer", "expires_in": 300, "scope": "x", "subject": "me"}


def link(url: str) -> list[Json]:
    return [{"relation": "next", "url": url}]


def endless(seen: Seen) -> Reply:
    number = int(seen.path.partition("page=")[2] or 0)
    return json_reply(bundle(RESULT | {"id": f"o{number}"}, link=link(f"Observation?page={number + 1}")))


Fault = Callable[[Seen], Reply]
FAULTS: dict[str, Fault] = {
    "slow": lambda _: Reply(b"{}", delay=5),
    "an error": lambda _: json_reply({"resourceType": "OperationOutcome"}, 500),
    "too busy": lambda _: Reply(b"", 429),
    "too busy for a minute": lambda _: Reply(b"", 503, {"Retry-After": "60"}),
    "truncated JSON": lambda _: Reply(json.dumps(bundle(RESULT)).encode()[:-9]),
    "a broken connection": lambda _: Reply(json.dumps(bundle(RESULT)).encode()[:-9], announced=5000),
    "another type": lambda _: json_reply(PATIENT),
    "other types within": lambda _: json_reply(bundle({"resourceType": "Condition", "id": "c1"})),
    "a huge page": lambda _: json_reply(bundle(RESULT | {"note": [{"text": "x" * 2_000_000}]})),
    "a bomb": lambda _: Reply(gzip.compress(b" " * 30_000_000), headers={"Content-Encoding": "gzip"}),
    "a lie about packing": lambda _: Reply(b"plain", headers={"Content-Encoding": "gzip"}),
    "endless pages": endless,
    "another patient": lambda _: json_reply(bundle(RESULT | {"subject": {"reference": "Patient/p2"}})),
    "another patient among ours": lambda _: json_reply(
        bundle(RESULT, RESULT | {"id": "o2", "subject": {"reference": "Patient/p2"}})
    ),
    "fewer than it counts": lambda _: json_reply(bundle(RESULT, total=900)),
    "a page of the login": lambda _: Reply(b"<html>", headers={"Content-Type": "text/html"}),
    "null": lambda _: Reply(b"null"),
    "nothing": lambda _: Reply(b""),
    "deep nesting": lambda _: Reply(b'{"resourceType":"Bundle","entry":' + b"[" * 200_000),
}


class FhirServer:
    """Knows the patient and has nothing else; ``fault`` answers for observations."""

    def __init__(self, site: WebServer) -> None:
        self.site = site
        self.fault: Fault = lambda _: json_reply(EMPTY)
        site.answer = self.answer

    @property
    def base(self) -> str:
        return f"{self.site.url}/r4"

    def answer(self, seen: Seen) -> Reply:
        kind = seen.path.removeprefix("/r4/").partition("?")[0].partition("/")[0]
        if kind == "Observation":
            return self.fault(seen)
        return json_reply(PATIENT if kind == "Patient" else EMPTY)


@pytest.fixture
def server() -> Generator[FhirServer]:
    with web_server(lambda _: json_reply({})) as site:
        yield FhirServer(site)


@pytest.fixture
def settings(tmp_path: Path, server: FhirServer) -> Settings:
    limits = {"fhir_time_budget_seconds": SECONDS, "fhir_page_limit_bytes": 1_000_000, "fhir_page_limit": 5}
    return guarded(tmp_path, tenant(fhir_servers=[server.base]), **limits)


@pytest.fixture
async def client(settings: Settings, fake_advisor: FakeAdvisor) -> AsyncGenerator[httpx.AsyncClient]:
    async with open_client(settings, fake_advisor) as client:
        yield client


async def call(client: httpx.AsyncClient, server: FhirServer, **more: Any) -> httpx.Response:
    request = hook_call(**({"prefetch": None, "fhirServer": server.base, "fhirAuthorization": TOKEN} | more))
    headers = {"Authorization": f"Bearer {Signer().sign(claims(PUBLIC_URL + PATH))}"}
    return await client.post(PATH, json=request, headers=headers)


async def test_a_sound_server_is_read_completely(
    client: httpx.AsyncClient, server: FhirServer, fake_advisor: FakeAdvisor
) -> None:
    server.fault = lambda _: json_reply(bundle(RESULT))
    assert (await call(client, server)).status_code == 200
    assert fake_advisor.seen[0][0].absent == frozenset()
    assert {seen.headers["authorization"] for seen in server.site.seen} == {"Bearer the-fhir-token"}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
async def test_a_fault_costs_what_was_asked_and_no_more(
    client: httpx.AsyncClient, server: FhirServer, fake_advisor: FakeAdvisor, fault: Fault
) -> None:
    server.fault = fault
    began = time.perf_counter()
    response = await call(client, server)
    assert response.status_code == 200
    assert response.json()["cards"]
    received, _ = fake_advisor.seen[0]
    assert received.absent == {"Observation"}
    assert not any(b"Patient/p2" in bytes(resource) for resource in received.resources)
    assert time.perf_counter() - began < SECONDS + 1
    assert len(server.site.seen) < 30


async def test_passing_trouble_costs_nothing(
    client: httpx.AsyncClient, server: FhirServer, fake_advisor: FakeAdvisor
) -> None:
    replies = [Reply(b"", 429), Reply(b"", 503, {"Retry-After": "0"}), json_reply(bundle(RESULT))]
    server.fault = lambda _: replies.pop(0)
    await call(client, server)
    assert fake_advisor.seen[0][0].absent == frozenset()


@pytest.mark.parametrize("way", ["redirect", "next link", "next link without host"])
async def test_neither_the_call_nor_its_token_goes_to_another_host(
    client: httpx.AsyncClient, server: FhirServer, fake_advisor: FakeAdvisor, way: str
) -> None:
    with web_server(lambda _: json_reply(bundle(RESULT))) as elsewhere:
        target = f"{elsewhere.url}/r4/Observation?page=2"
        server.fault = {
            "redirect": lambda _: Reply(b"", 302, {"Location": target}),
            "next link": lambda _: json_reply(bundle(RESULT, link=link(target))),
            "next link without host": lambda _: json_reply(bundle(RESULT, link=link(target.removeprefix("http:")))),
        }[way]
        assert (await call(client, server)).status_code == 200
        assert fake_advisor.seen[0][0].absent == {"Observation"}
        assert elsewhere.seen == []


async def test_a_server_that_is_not_the_tenants_is_not_called(client: httpx.AsyncClient, server: FhirServer) -> None:
    with web_server(server.answer) as elsewhere:
        for address in (f"{elsewhere.url}/r4", f"{server.site.url}/other"):
            assert (await call(client, server, fhirServer=address)).status_code == 412
        assert elsewhere.seen == server.site.seen == []


async def test_a_server_that_is_down_is_412_only_if_nothing_else_came(
    client: httpx.AsyncClient, server: FhirServer, fake_advisor: FakeAdvisor
) -> None:
    server.answer = server.site.answer = lambda _: Reply(b"", 500)
    assert (await call(client, server)).status_code == 412
    assert (await call(client, server, prefetch={"patient": PATIENT})).status_code == 200
    assert "Observation" in fake_advisor.seen[0][0].absent


@pytest.mark.parametrize("token", ["a\nHost: evil.example", "a\x00b", "ü"])
async def test_a_token_that_cannot_be_sent_costs_data_only(
    client: httpx.AsyncClient, server: FhirServer, token: str
) -> None:
    response = await call(
        client, server, prefetch={"patient": PATIENT}, fhirAuthorization=TOKEN | {"access_token": token}
    )
    assert response.status_code == 200
    assert server.site.seen == []


async def test_the_token_is_written_nowhere(
    client: httpx.AsyncClient, server: FhirServer, settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    server.fault = FAULTS["truncated JSON"]
    await call(client, server)
    files = [file for file in settings.data_dir.rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"the-fhir-token" in file.read_bytes()]
    assert "the-fhir-token" not in "".join(capfd.readouterr())


async def test_what_could_not_be_fetched_is_said_on_a_card(
    settings: Settings, server: FhirServer, real_advisor: Advisor
) -> None:
    server.fault = FAULTS["an error"]
    async with open_client(settings, real_advisor) as client:
        cards = (await call(client, server)).json()["cards"]
    extensions = [card["extension"]["org.biologic-cds.card"] for card in cards]
    not_assessed = [item for extension in extensions for item in extension.get("notAssessed", [])]
    assert any(item["why"] == "not fetched" for item in not_assessed)
