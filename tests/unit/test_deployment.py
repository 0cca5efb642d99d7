"""The files a hospital starts from name things that exist."""

import re
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import Counter, Gauge, Histogram
from ruamel.yaml import YAML

from service.errors import BodyTooLargeError, OverloadedError, ServiceError
from service.metrics import meters
from service.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = YAML(typ="safe").load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")


def setting(variable: str) -> str:
    return variable.lower().removeprefix("biologic_cds_")


def test_two_replicas_share_one_database() -> None:
    service = COMPOSE["services"]["service"]
    assert service["deploy"]["replicas"] == 2
    assert service["depends_on"]["database"] == {"condition": "service_healthy"}
    assert service["environment"]["BIOLOGIC_CDS_DATABASE_URL"].startswith("postgresql://")


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_everything_is_asked_how_it_is(name: str) -> None:
    assert COMPOSE["services"][name]["healthcheck"]["test"][0] == "CMD"


def test_its_settings_exist_and_are_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = COMPOSE["services"]["service"]["environment"]
    for name, value in environment.items():
        chosen = re.sub(r"\$\{\w+:[-?]([^}]*)\}", r"\1", value)
        monkeypatch.setenv(name, "https://cds.example" if name == "BIOLOGIC_CDS_PUBLIC_URL" else chosen)
    monkeypatch.delenv("BIOLOGIC_CDS_SECRETS_DIR")
    assert {setting(name) for name in environment} - {"secrets_dir"} <= Settings.model_fields.keys()
    assert not Settings().demo_mode


def test_secrets_are_files_named_like_settings_and_never_values() -> None:
    targets = {setting(secret["target"]) for secret in COMPOSE["services"]["service"]["secrets"]}
    assert targets <= Settings.model_fields.keys()
    assert targets == {"database_password", "audit_key", "metrics_token"}
    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())


def test_the_database_is_reached_from_the_inside_only() -> None:
    assert COMPOSE["services"]["database"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert "ports" not in COMPOSE["services"]["database"]


def test_the_proxy_is_believed_and_it_alone() -> None:
    (network,) = COMPOSE["networks"]["front"]["ipam"]["config"]
    assert COMPOSE["services"]["service"]["environment"]["BIOLOGIC_CDS_TRUSTED_PROXIES"] == network["subnet"]


@pytest.mark.parametrize("error", [OverloadedError, BodyTooLargeError])
def test_the_proxy_refuses_in_the_shape_of_the_service(error: type[ServiceError]) -> None:
    assert f'return {error.status} \'{{"resourceType":"OperationOutcome"' in NGINX
    assert f'"code":"{error.code}"' in NGINX


def test_every_setting_in_the_manual_exists() -> None:
    variables = set(re.findall(r"BIOLOGIC_CDS_[A-Z_]+", OPERATIONS)) - {"BIOLOGIC_CDS_SECRETS_DIR"}
    assert {setting(name) for name in variables} <= Settings.model_fields.keys()


def test_the_manual_lists_every_figure() -> None:
    listed = set(re.findall(r"^\| `(biologic_cds_\w+)`", OPERATIONS, flags=re.MULTILINE))
    metrics = [value for value in vars(meters).values() if isinstance(value, (Counter, Gauge, Histogram))]
    described = {family.name: family.type for metric in metrics for family in metric.describe()}
    assert listed == {f"{name}_total" if kind == "counter" else name for name, kind in described.items()}


def test_the_manual_gives_the_limits_as_they_are() -> None:
    rows = re.findall(r"^\| `BIOLOGIC_CDS_(\w+)` \| ([\d.,]+)", OPERATIONS, flags=re.MULTILINE)
    assert len(rows) == 7
    for name, default in rows:
        assert Settings.model_fields[name.lower()].default == float(default.strip(",").replace(",", ""))
