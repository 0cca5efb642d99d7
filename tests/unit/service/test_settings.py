"""Settings: what they refuse and what follows from them."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.settings import Settings, is_loopback


def test_defaults_are_a_demo_on_the_loopback() -> None:
    settings = Settings()
    assert (settings.host, settings.port, settings.region, settings.language) == ("127.0.0.1", 8000, "cn", "en")
    assert settings.demo_mode
    assert settings.base_url is None


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"REGION": "us", "PORT": "81", "DATA_DIR": "/x", "PUBLIC_URL": "https://cds.example/a/"}.items():
        monkeypatch.setenv(f"BIOLOGIC_CDS_{name}", value)
    settings = Settings()
    assert (settings.region, settings.port, settings.data_dir) == ("us", 81, Path("/x"))
    assert settings.base_url == "https://cds.example/a"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "cds.example"])
def test_other_addresses_are_refused_unless_shouted(host: str) -> None:
    with pytest.raises(ValidationError, match="UNSAFE_DEMO_ON_ALL_INTERFACES"):
        Settings(host=host)
    assert Settings(host=host, unsafe_demo_on_all_interfaces=True).demo_mode


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_loopback_addresses(host: str) -> None:
    assert is_loopback(host)


def test_demo_mode_can_be_switched_off() -> None:
    assert not Settings(demo=False).demo_mode
