"""Every conformance test runs twice: with an advisor that always has something to say, and with the real knowledge."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from applications import open_client
from hook_calls import SERVICE_OF, FakeAdvisor

from service.assessment import Advisor
from service.settings import Settings

Post = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture(params=["fake", "real"])
def advisor(request: pytest.FixtureRequest) -> Advisor:
    return FakeAdvisor() if request.param == "fake" else request.getfixturevalue("real_advisor")


@pytest.fixture
async def client(settings: Settings, advisor: Advisor) -> AsyncGenerator[httpx.AsyncClient]:
    async with open_client(settings, advisor) as opened:
        yield opened


@pytest.fixture
def post(client: httpx.AsyncClient) -> Post:
    """Sends a hook request to the service of its hook."""

    async def send(request: dict[str, Any], **more: Any) -> httpx.Response:
        return await client.post(f"/cds-services/{SERVICE_OF[request['hook']]}", json=request, **more)

    return send


@pytest.fixture
async def services(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    return (await client.get("/cds-services")).json()["services"]
