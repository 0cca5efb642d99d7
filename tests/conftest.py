"""What all tests share: settings that touch only a temporary folder, the advisors, and a client on the application."""

import os
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from applications import open_client
from hook_calls import FakeAdvisor

from service.assessment import Advisor, load_advisor
from service.settings import Settings


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BIOLOGIC_CDS_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


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
