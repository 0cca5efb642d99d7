"""Settings: what they refuse and what follows from them."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.settings import Settings, is_loopback

TENANTS = Path("tenants.yaml")


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


def test_with_tenants_there_is_no_demo() -> None:
    assert not Settings(tenants=TENANTS).demo_mode
    for wish in ({"demo": True}, {"unsafe_demo_on_all_interfaces": True}):
        with pytest.raises(ValidationError, match="exclude each other"):
            Settings.model_validate({"tenants": TENANTS} | wish)


@pytest.mark.parametrize(
    ("host", "public_url", "sound"),
    [
        ("127.0.0.1", None, True),
        ("127.0.0.1", "http://localhost:8000", True),
        ("127.0.0.1", "https://cds.example", True),
        ("127.0.0.1", "http://cds.example", False),
        ("0.0.0.0", "https://cds.example", True),
        ("0.0.0.0", "http://cds.example", False),
        ("0.0.0.0", "http://localhost", False),
        ("0.0.0.0", None, False),
    ],
)
def test_tokens_need_an_address_that_is_safe(host: str, public_url: str | None, sound: bool) -> None:
    given = {"tenants": TENANTS, "host": host, "public_url": public_url}
    if sound:
        assert Settings.model_validate(given).tenants == TENANTS
    else:
        with pytest.raises(ValidationError, match="BIOLOGIC_CDS_PUBLIC_URL must be"):
            Settings.model_validate(given)


def test_certificate_and_key_belong_together(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="does not point to a file"):
        Settings(tls_key=tmp_path / "key.pem")
    (tmp_path / "key.pem").touch()
    with pytest.raises(ValidationError, match="belong together"):
        Settings(tls_key=tmp_path / "key.pem")
