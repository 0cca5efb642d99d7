"""Too many calls, and calls that take too long, are told so at once and clearly."""

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from applications import open_client
from hook_calls import FakeAdvisor, hook_call
from pydantic import ValidationError
from signing import Signer, claims
from tenants import PUBLIC_URL, guarded, tenant

from service.assessment import Advisor
from service.errors import OverloadedError, TooManyCallsError
from service.settings import Settings
from service.web.gate import Gate

PATH = "/cds-services/biologic-cds-order-select"
JSON = {"Content-Type": "application/json"}


def code(response: httpx.Response) -> str:
    return response.json()["issue"][0]["details"]["coding"][0]["code"]


class HeldBody:
    """A body that is complete only when the test says so."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.begun = asyncio.Event()
        self.complete = asyncio.Event()

    async def __aiter__(self) -> Any:
        yield self.content[:5]
        self.begun.set()
        await self.complete.wait()
        yield self.content[5:]


def held() -> HeldBody:
    return HeldBody(httpx.Request("POST", "http://x", json=hook_call()).content)


async def test_one_call_too_many_is_503_and_the_next_one_is_fine(tmp_path: Path) -> None:
    async with open_client(Settings(data_dir=tmp_path, concurrency=1), FakeAdvisor()) as client:
        slow = held()
        first = asyncio.create_task(client.post(PATH, content=slow, headers=JSON))
        await slow.begun.wait()
        second = await client.post(PATH, json=hook_call())
        assert (second.status_code, code(second), second.headers["retry-after"]) == (503, "overloaded", "1")
        assert (await client.post(f"{PATH}/feedback", json={})).status_code == 503
        assert (await client.get("/health")).status_code == 200
        slow.complete.set()
        assert (await first).status_code == 200
        assert (await client.post(PATH, json=hook_call())).status_code == 200


async def test_one_tenant_cannot_take_all_places(tmp_path: Path) -> None:
    other = tenant(id="other", issuer="https://other.example")
    settings = guarded(tmp_path, tenant(), other, tenant_concurrency=1)

    def token(**more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {Signer().sign(claims(PUBLIC_URL + PATH, **more))}"}

    async with open_client(settings, FakeAdvisor()) as client:
        slow = held()
        first = asyncio.create_task(client.post(PATH, content=slow, headers=JSON | token()))
        await slow.begun.wait()
        second = await client.post(PATH, json=hook_call(), headers=token())
        assert (second.status_code, code(second), second.headers["retry-after"]) == (429, "too-many-calls", "1")
        theirs = await client.post(PATH, json=hook_call(), headers=token(iss="https://other.example"))
        assert theirs.status_code == 200
        slow.complete.set()
        assert (await first).status_code == 200


async def test_a_call_that_takes_too_long_is_503(tmp_path: Path) -> None:
    limits = {"call_time_budget_seconds": 0.1, "fhir_time_budget_seconds": 0.05}
    settings = Settings.model_validate({"data_dir": tmp_path, "concurrency": 1} | limits)
    async with open_client(settings, FakeAdvisor()) as client:
        response = await client.post(PATH, content=held(), headers=JSON)
        assert (response.status_code, code(response)) == (503, "call-timeout")
        assert response.headers["retry-after"] == "1"
        assert (await client.post(PATH, json=hook_call())).status_code == 200


class BusyAdvisor(FakeAdvisor):
    """Keeps the processor busy for a moment."""

    def advise(self, *given: Any) -> Any:
        time.sleep(0.03)
        return super().advise(*given)


async def test_calls_that_wait_too_long_for_the_processor_are_503(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, longest_wait_seconds=0.05)
    async with open_client(settings, BusyAdvisor()) as client:
        responses = await asyncio.gather(*(client.post(PATH, json=hook_call()) for _ in range(20)))
        assert (await client.post(PATH, json=hook_call())).status_code == 200
    refused = [response for response in responses if response.status_code != 200]
    assert 10 <= len(refused) < 20
    assert {code(response) for response in refused} == {"overloaded"}


async def test_places_are_given_back_however_a_call_ends() -> None:
    gate = Gate(Settings(concurrency=1, tenant_concurrency=1))
    for error in (ValueError(), asyncio.CancelledError(), OverloadedError("")):
        with pytest.raises(type(error)):
            await ended_by(gate, error)
    async with gate.call():
        with gate.share_of("t"), pytest.raises(TooManyCallsError), gate.share_of("t"):
            pass
        with pytest.raises(OverloadedError):
            async with gate.call():
                pass


async def ended_by(gate: Gate, error: BaseException) -> None:
    async with gate.call():
        with gate.share_of("t"):
            raise error


def test_a_call_has_more_time_than_its_fhir_reads() -> None:
    with pytest.raises(ValidationError, match="BIOLOGIC_CDS_CALL_TIME_BUDGET_SECONDS must exceed"):
        Settings(call_time_budget_seconds=3, fhir_time_budget_seconds=3)


async def test_deep_json_is_refused_by_a_limit_that_can_be_set(tmp_path: Path, real_advisor: Advisor) -> None:
    async with open_client(Settings(data_dir=tmp_path, json_depth_limit=20), FakeAdvisor()) as client:
        response = await client.post(PATH, json=hook_call(extra=nested(20)))
        assert (response.status_code, code(response)) == (400, "nested-too-deeply")
        assert (await client.post(PATH, json=hook_call(extra=nested(10)))).status_code == 200


@pytest.mark.parametrize("depth", [85, 485])
async def test_what_the_limit_lets_through_is_coped_with(tmp_path: Path, real_advisor: Advisor, depth: int) -> None:
    settings = Settings(data_dir=tmp_path, json_depth_limit=depth + 15)
    observation = {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "HBsAg"}}
    request = hook_call()
    request["prefetch"]["observations"] = {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [
            {"resource": observation | {name: nested(depth)}}
            for name in ("extension", "valueCodeableConcept", "component", "contained", "code", "subject")
        ],
    }
    async with open_client(settings, real_advisor) as client:
        assert (await client.post(PATH, json=request)).status_code == 200


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth - 1):
        value = [value]
    return value
