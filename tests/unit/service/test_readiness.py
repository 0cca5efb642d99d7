"""Alive is not the same as ready."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from applications import open_client
from hook_calls import FakeAdvisor, hook_call
from log_capture import logs_as_served
from postgres_server import PostgresServer, postgres_server
from pydantic import SecretStr
from tenants import guarded

from service.settings import Settings
from service.store import store
from service.store.store import open_store


async def test_with_a_store_that_answers_it_is_ready(each_store: Settings) -> None:
    async with open_client(each_store, FakeAdvisor()) as client:
        for _ in range(2):
            response = await client.get("/ready")
            assert (response.status_code, response.json()["status"]) == (200, "ready")


def test_without_a_database_it_lives_and_answers_calls_but_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BELIEVED_FOR", 0)
    with postgres_server() as server:
        asyncio.run(asked_without_database(server, Settings(database_url=SecretStr(server.new_database()))))


async def asked_without_database(server: PostgresServer, settings: Settings) -> None:
    async with open_client(settings, FakeAdvisor()) as client, stopped(server):
        response = await client.get("/ready")
        assert response.status_code == 503
        assert response.json()["issue"][0]["details"]["coding"][0]["code"] == "store-unavailable"
        assert (await client.get("/health")).status_code == 200
        assert (await client.post("/cds-services/biologic-cds-order-select", json=hook_call())).json()["cards"]
        await asyncio.to_thread(server.start)
        assert (await client.get("/ready")).status_code == 200


async def test_a_database_that_is_not_there_stops_the_start_and_its_password_is_not_told() -> None:
    url = SecretStr("postgresql://biologic:the-password@/biologic?host=/nowhere")
    with logs_as_served() as buffer, pytest.raises(FileNotFoundError):
        async with open_store(Settings(database_url=url)):
            pass
    assert '"event":"store not opened"' in buffer.getvalue()
    assert "the-password" not in buffer.getvalue()


@asynccontextmanager
async def stopped(server: PostgresServer) -> AsyncGenerator[None]:
    await asyncio.to_thread(server.stop)
    yield


async def test_health_readiness_and_figures_are_answered_on_the_inside(tmp_path: Path) -> None:
    settings = guarded(tmp_path, host="0.0.0.0", metrics_token=SecretStr("a-token-for-the-monitoring"))
    async with open_client(settings, FakeAdvisor()) as client:
        assert await statuses(client, "/health", "/ready", "/metrics", "/cds-services") == [200, 200, 401, 403]


async def statuses(client: httpx.AsyncClient, *paths: str) -> list[int]:
    return [(await client.get(path)).status_code for path in paths]
