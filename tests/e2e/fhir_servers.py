"""A real FHIR R4 server (sekmet-fhir) as a process of its own, holding the patients of the fixtures."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from processes import free_port

Json = dict[str, Any]


@dataclass(frozen=True)
class FhirServer:
    """``token``: what every read needs; ``None`` where the server is open."""

    base: str
    token: str | None

    @property
    def authorization(self) -> Json | None:
        """As an EHR hands it to a service with a call."""
        usual = {"token_type": "Bearer", "expires_in": 300, "scope": "patient/*.rs", "subject": "biologic-cds"}
        return None if self.token is None else {"access_token": self.token} | usual

    @contextmanager
    def holding(self, resources: Iterable[Json]) -> Generator[None]:
        """The ids of different fixtures overlap, so each is gone before the next one comes."""
        headers = {"Content-Type": "application/fhir+json"}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        paths: list[str] = []
        with httpx.Client(headers=headers, trust_env=False) as client:
            for resource in resources:
                paths.append(f"{self.base}/{resource['resourceType']}/{resource['id']}")
                client.put(paths[-1], content=json.dumps(resource)).raise_for_status()
            yield
            for path in reversed(paths):
                client.delete(path).raise_for_status()


@contextmanager
def fhir_server(folder: Path, token: str | None) -> Generator[FhirServer]:
    port = free_port()
    base = f"http://127.0.0.1:{port}/fhir"
    config = {
        "base_url": base,
        "host": "127.0.0.1",
        "port": port,
        "data_dir": str(folder),
        "server_auth": {"types": ["none"]} if token is None else {"types": ["bearer"], "tokens": [token]},
        "simulator": {"enabled": False},
        "validation": {"inbound": "off"},
        "log_inbound": False,
    }
    (folder / "settings.yaml").write_text(json.dumps(config))
    command = [sys.executable, "-m", "sekmet.cli", "serve", "--config", "settings.yaml", "--host", "127.0.0.1"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait(process, base)
            yield FhirServer(base, token)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", base: str) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError("the FHIR server ended")
        try:
            if httpx.get(f"{base}/metadata", timeout=5, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the FHIR server did not answer")
