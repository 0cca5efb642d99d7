"""Running the service as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Served:
    process: "subprocess.Popen[bytes]"
    url: str


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(data_dir: Path, *command: str, **settings: str) -> Generator[Served]:
    """The service on a free port, stopped for good at the end however the test went."""
    port = free_port()
    own = {f"BIOLOGIC_CDS_{name}": value for name, value in settings.items()}
    environment = os.environ | {"BIOLOGIC_CDS_DATA_DIR": str(data_dir), "BIOLOGIC_CDS_PORT": str(port)} | own
    process = subprocess.Popen([sys.executable, *command], env=environment, stderr=subprocess.PIPE, cwd=data_dir)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_healthy(process, url)
        yield Served(process, url)
    finally:
        process.kill()
        process.communicate()


def wait_until_healthy(process: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the service ended: {process.stderr and process.stderr.read().decode()}")
        try:
            if httpx.get(f"{url}/health", timeout=1, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the service did not become healthy")
