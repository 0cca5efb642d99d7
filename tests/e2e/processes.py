"""Running the service as a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
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
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = outside | {"BIOLOGIC_CDS_DATA_DIR": str(data_dir), "BIOLOGIC_CDS_PORT": str(port)} | own
    process = subprocess.Popen(
        [sys.executable, *command], env=environment, stderr=subprocess.PIPE, cwd=data_dir, start_new_session=True
    )
    try:
        url = f"{'https' if 'TLS_CERTIFICATE' in settings else 'http'}://127.0.0.1:{port}"
        wait_until_healthy(process, url)
        yield Served(process, url)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # worker processes too
        process.communicate()


def cpu_seconds(process: "subprocess.Popen[bytes]") -> float:
    """What the process has used so far; unlike the time on the clock it does not depend on what else is running."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def wait_until_healthy(process: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise AssertionError(f"the service ended: {process.stderr and process.stderr.read().decode()}")
        try:
            if httpx.get(f"{url}/health", timeout=1, trust_env=False, verify=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the service did not become healthy")
