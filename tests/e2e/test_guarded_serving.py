"""The service with tenants, as it is started in a hospital."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import trustme
from hook_calls import SERVICE_OF, hook_call
from processes import HERE, Served, serving
from signing import Signer, claims
from tenants import PUBLIC_URL, tenant, tenants_file

pytestmark = pytest.mark.enable_socket
SERVE = ("-m", "service.cli", "serve")
PATH = f"/cds-services/{SERVICE_OF['order-select']}"


def post(served: Served, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(trust_env=False, verify=False) as client:
        return client.post(served.url + PATH, json=hook_call(), headers=headers, timeout=20).status_code


def test_a_token_is_good_once_for_two_processes_together(tmp_path: Path) -> None:
    settings = {"TENANTS": str(tenants_file(tmp_path)), "PUBLIC_URL": PUBLIC_URL}
    tokens = [Signer().sign(claims(PUBLIC_URL + PATH)) for _ in range(10)]
    command = str(HERE / "without_knowledge.py")
    with serving(tmp_path, command, **settings) as one, serving(tmp_path, command, **settings) as other:
        with ThreadPoolExecutor(4) as pool:
            used = [[pool.submit(post, served, token) for served in (one, other, one, other)] for token in tokens]
        assert all(Counter(call.result() for call in calls) == {200: 1, 401: 3} for calls in used)


def test_a_token_stays_used_after_a_restart(tmp_path: Path) -> None:
    settings = {"TENANTS": str(tenants_file(tmp_path)), "PUBLIC_URL": PUBLIC_URL}
    token = Signer().sign(claims(PUBLIC_URL + PATH))
    for status in (200, 401):
        with serving(tmp_path, str(HERE / "without_knowledge.py"), **settings) as served:
            assert post(served, token) == status


def test_it_serves_https_itself(tmp_path: Path) -> None:
    certificate = trustme.CA().issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    for pem in certificate.cert_chain_pems:
        pem.write_to_path(str(tmp_path / "certificate.pem"), append=True)
    settings = {
        "TENANTS": str(tenants_file(tmp_path)),
        "TLS_CERTIFICATE": str(tmp_path / "certificate.pem"),
        "TLS_KEY": str(tmp_path / "key.pem"),
    }
    with serving(tmp_path, *SERVE, **settings) as served:
        assert served.url.startswith("https://")
        assert post(served, Signer().sign(claims(served.url + PATH))) == 200
        assert post(served, "nonsense") == 401


def start(folder: Path, tenants: Path, more: Iterable[str] = ()) -> "subprocess.CompletedProcess[str]":
    environment = {"BIOLOGIC_CDS_TENANTS": str(tenants), "BIOLOGIC_CDS_DATA_DIR": str(folder)}
    command = [sys.executable, *SERVE, *more]
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=folder, timeout=60, check=False)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_faulty_tenants_file_stops_the_start(tmp_path: Path, workers: str) -> None:
    ended = start(tmp_path, tenants_file(tmp_path, tenant(jwks_file="absent.json")), ["--workers", workers])
    assert ended.returncode == 2
    assert "faulty tenants: tenants.yaml: st-elsewhere.jwks_file: not readable" in ended.stderr


def test_an_open_network_needs_an_address_to_make_tokens_for(tmp_path: Path) -> None:
    ended = start(tmp_path, tenants_file(tmp_path), ["--host", "0.0.0.0"])
    assert ended.returncode == 2
    assert "BIOLOGIC_CDS_PUBLIC_URL must be the https address" in ended.stderr
