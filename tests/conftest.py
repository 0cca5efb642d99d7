"""What all tests share: settings that touch only a temporary folder, the advisors, and a client on the application."""

import os
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import httpx
import pytest
from applications import open_client
from hook_calls import FakeAdvisor
from postgres_server import PostgresServer, postgres_server
from pydantic import SecretStr

from service.assessment import Advisor, load_advisor
from service.settings import Settings


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BIOLOGIC_CDS_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture(scope="session")
def postgres() -> Generator[PostgresServer]:
    with postgres_server() as server:
        yield server


@pytest.fixture
def on_postgres(postgres: PostgresServer, settings: Settings) -> Settings:
    """Settings with an empty database."""
    return settings.model_copy(update={"database_url": SecretStr(postgres.new_database())})


@pytest.fixture(params=["settings", "on_postgres"], ids=["sqlite", "postgresql"])
def each_store(request: pytest.FixtureRequest) -> Settings:
    """Settings with an empty store of either kind."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def fake_advisor() -> FakeAdvisor:
    return FakeAdvisor()


@pytest.fixture(scope="session")
def real_advisor() -> Advisor:
    """The knowledge as shipped, loaded once for all tests."""
    return load_advisor(Settings())


@pytest.fixture
async def fake_client(settings: Settings, fake_advisor: FakeAdvisor) -> AsyncGenerator[httpx.AsyncClient]:
    async with open_client(settings, fake_advisor) as client:
        yield client
