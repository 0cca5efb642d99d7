"""The tenants file: what it says, and what is wrong with it in file, field and reason."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from signing import Signer, key_set
from tenants import tenant, tenants_file

from service.settings import Settings
from service.trust.callers import known_callers
from service.trust.door import KnownCaller
from service.trust.entry import Entry
from service.trust.tenant import ALL_SERVICES
from service.trust.tenants_file import TenantsError, read_tenants

SIGN = "biologic-cds-order-sign"


def callers(path: Path) -> list[KnownCaller]:
    return list(known_callers(path, Settings(region="eu", language="zh")))


def refusal(path: Path) -> TenantsError:
    with pytest.raises(TenantsError) as refused:
        callers(path)
    return refused.value


def test_a_tenant_needs_an_issuer_and_keys_and_inherits_the_rest(tmp_path: Path) -> None:
    (caller,) = callers(tenants_file(tmp_path))
    assert caller.issuer == "https://ehr.example"
    assert (caller.tenant.id, caller.tenant.region, caller.tenant.language) == ("st-elsewhere", "eu", "zh")
    assert caller.tenant.services == ALL_SERVICES
    assert caller.tenant.fhir.base("http://127.0.0.1/r4") is None
    assert caller.algorithms == {"ES384", "RS384"}


def test_a_tenant_has_its_own_of_everything(tmp_path: Path) -> None:
    own = {"region": "us", "language": "en", "services": [SIGN], "fhir_servers": ["https://Fhir.Example:443/r4"]}
    (caller,) = callers(tenants_file(tmp_path, tenant(**own)))
    assert (caller.tenant.region, caller.tenant.language, caller.tenant.services) == ("us", "en", {SIGN})
    assert caller.tenant.fhir.base("https://fhir.example/r4/") == "https://fhir.example/r4/"


def test_yaml_is_read_as_people_write_it(tmp_path: Path) -> None:
    path = tenants_file(tmp_path)
    path.write_text(
        """
        tenants:
          - id: county-general   # a comment
            issuer: https://ehr.example
            jwks_url: https://ehr.example/jwks.json
            fhir_servers:
              - https://10.20.1.1/fhir
            private_networks: [10.20.0.0/16]
        """
    )
    (caller,) = callers(path)
    assert caller.jku == {"https://ehr.example/jwks.json"}


def test_the_claim_may_be_left_out_only_by_who_is_alone(tmp_path: Path) -> None:
    (alone,) = callers(tenants_file(tmp_path))
    assert alone.names == {"st-elsewhere", None}
    (named,) = callers(tenants_file(tmp_path, tenant(tenant="org-1")))
    assert named.names == {"org-1"}
    both = callers(tenants_file(tmp_path, tenant(id="a"), tenant(id="b", tenant="org-2")))
    assert [caller.names for caller in both] == [{"a"}, {"org-2"}]


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"id": None}, "1.id", "required"),
        ({"id": "St. Elsewhere"}, "id", "pattern"),
        ({"issuer": None}, "issuer", "required"),
        ({"issuer": ""}, "issuer", "at least 1"),
        ({"jwks_file": None}, "", "exactly one of jwks_url and jwks_file"),
        ({"jwks_url": "https://ehr.example/jwks.json"}, "", "exactly one of jwks_url and jwks_file"),
        ({"jwks_file": None, "jwks_url": "http://ehr.example/jwks.json"}, "jwks_url", "https"),
        ({"jwks_file": None, "jwks_url": "https://10.0.0.1/jwks.json"}, "", "private_networks"),
        ({"jwks_file": "absent.json"}, "jwks_file", "FileNotFoundError"),
        ({"jwks_file": "tenants.yaml"}, "jwks_file", "BadKeySetError"),
        ({"algorithms": ["RS384"]}, "jwks_file", "no public key for RS384"),
        ({"algorithms": ["HS256"]}, "algorithms.0", "'ES384', 'RS384', 'ES256' or 'RS256'"),
        ({"algorithms": []}, "algorithms", "at least 1"),
        ({"fhir_servers": ["http://fhir.example/r4"]}, "fhir_servers.0", "https"),
        ({"fhir_servers": "https://fhir.example/r4"}, "fhir_servers", "frozenset"),
        ({"fhir_servers": ["https://192.168.1.1/r4"]}, "", "192.168.1.1 is a private address"),
        ({"private_networks": ["10.0.0.1/8"]}, "private_networks.0", "network"),
        ({"ca_file": "absent.pem"}, "ca_file", "FileNotFoundError"),
        ({"ca_file": "keys.json"}, "ca_file", "SSLError"),
        ({"region": "mars"}, "region", "'cn', 'us' or 'eu'"),
        ({"language": "de"}, "language", "'en' or 'zh'"),
        ({"services": ["order-sign"]}, "services.0", f"no such service; there are: .*{SIGN}"),
        ({"jwks": {}}, "jwks", "not permitted"),
        ({"id": "demo"}, "demo.id", "demo mode"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, change: dict[str, Any], field: str, reason: str) -> None:
    error = refusal(tenants_file(tmp_path, tenant(**change)))
    assert error.file == "tenants.yaml"
    assert field in error.field
    assert re.search(reason, error.reason)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ("tenants: [", "file"),
        ("[]", "tenants"),
        ("tenants: []", "tenants"),
        ("tenants: {}", "tenants"),
        ("tenants: [x]", "1"),
        ("other: 1", "tenants"),
        ("", "tenants"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, content: str, field: str) -> None:
    path = tmp_path / "tenants.yaml"
    path.write_text(content)
    assert refusal(path).field == field


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "tenants.yaml").field == "file"


@pytest.mark.parametrize("second", [tenant(issuer="https://other.example"), tenant(id="b", tenant="st-elsewhere")])
def test_no_two_tenants_may_be_mistaken_for_each_other(tmp_path: Path, second: dict[str, Any]) -> None:
    with pytest.raises(TenantsError, match="comes 2 times"):
        read_tenants(tenants_file(tmp_path, tenant(), second))


def test_files_are_found_beside_the_tenants_file(tmp_path: Path) -> None:
    path = tenants_file(tmp_path, tenant(jwks_file="secrets/keys.json"))
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "keys.json").write_text(json.dumps(key_set(Signer())))
    assert read_tenants(path)[0].jwks_file == tmp_path / "secrets" / "keys.json"
    assert callers(path)


def test_a_private_half_in_the_file_is_no_key(tmp_path: Path) -> None:
    path = tenants_file(tmp_path)
    private = Signer().key.as_dict(private=True) | {"kid": "k1"}
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [private]}))
    assert "no public key" in refusal(path).reason


def test_the_documentation_shows_a_sound_file_and_names_every_field(tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "docs" / "trust.md").read_text(encoding="utf-8")
    path = tmp_path / "tenants.yaml"
    path.write_text(text.partition("```yaml\n")[2].partition("```")[0])
    assert [entry.id for entry in read_tenants(path)] == ["st-elsewhere", "county-general"]
    assert [name for name in Entry.model_fields if f"`{name}`" not in text] == []


def test_the_documentation_explains_every_reason_of_a_refusal() -> None:
    root = Path(__file__).parents[3]
    text = (root / "docs" / "trust.md").read_text(encoding="utf-8")
    code = "".join((root / "service" / "trust" / name).read_text() for name in ("tokens.py", "door.py"))
    reasons = re.findall(r'UnauthorizedError\("(.+?)"', code)
    assert len(reasons) > 10
    assert [reason for reason in reasons if f"`{reason}`" not in text] == []
