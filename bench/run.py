"""Measures the service against the floor in one alternating run, so that a noisy machine disturbs both alike.

    python bench/run.py [--rounds 60] [--healthchain PYTHON]

Prints the median and 99th percentile at each body size, as ratios to the floor, and the memory of the worker.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from bodies import request_of

HERE = Path(__file__).parent
SIZES = {"60 KB": 60_000, "200 KB": 200_000, "2 MB": 2_000_000}
PATH = "/cds-services/biologic-cds-order-select"


@dataclass
class Server:
    """One server process and what was measured of it."""

    name: str
    command: list[str]
    path: str = PATH
    environment: dict[str, str] = field(default_factory=dict)
    times: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)  # seconds a request, all threads of the process
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    started_in: float = 0.0

    def start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        began = time.perf_counter()
        command = [part.replace("{port}", str(self.port)) for part in self.command]
        environment = {**os.environ, **self.environment, "BIOLOGIC_CDS_PORT": str(self.port)}
        self.process = subprocess.Popen(command, cwd=HERE, env=environment)
        while time.perf_counter() - began < 60:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.01)
        self.started_in = time.perf_counter() - began
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, body: bytes) -> float:
        """Seconds for one request on the kept connection."""
        began = time.perf_counter()
        self.connection.request("POST", self.path, body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        answer = response.read()
        taken = time.perf_counter() - began
        if response.status != 200 or b"cards" not in answer:
            raise SystemExit(f"{self.name} answered {response.status}: {answer[:300]!r}")
        return taken

    def cpu_seconds(self) -> float:
        """Processor time the process has used so far: what other programs do on the machine does not count."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split() if self.process else []
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """Resident memory of the worker."""
        status = Path(f"/proc/{self.process.pid}/status").read_text() if self.process else ""
        line = next((line for line in status.splitlines() if line.startswith("VmRSS")), "VmRSS: 0 kB")
        return int(line.split()[1]) / 1024

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)


def uvicorn(python: str, application: str, *more: str) -> list[str]:
    start = [python, "-m", "uvicorn", application, "--host", "127.0.0.1", "--port", "{port}"]
    return [*start, "--no-access-log", "--log-level", "warning", *more]


def measure(servers: list[Server], rounds: int) -> None:
    for label, size in SIZES.items():
        body = request_of(size)
        for server in servers:
            server.times[label] = []
            for _ in range(5):
                server.ask(body)
        count = rounds if size < 1_000_000 else max(20, rounds // 4)
        before = [server.cpu_seconds() for server in servers]
        for turn in range(count):
            for server in servers if turn % 2 == 0 else reversed(servers):
                server.times[label].append(server.ask(body))
        time.sleep(0.5)  # what is written after the answer belongs to it
        for server, used in zip(servers, before, strict=True):
            server.cpu[label] = (server.cpu_seconds() - used) / count


def report(servers: list[Server]) -> None:
    floor = servers[0]
    print(f"{'':28}{'median ms':>11}{'ratio':>7}{'p99 ms':>9}{'ratio':>7}{'CPU ms':>9}{'ratio':>7}")
    for label in SIZES:
        base = _figures(floor, label)
        for server in servers:
            cells = zip(_figures(server, label), base, (11, 9, 9), strict=True)
            shown = "".join(f"{value * 1000:{width}.2f}{value / one:7.2f}" for value, one, width in cells)
            print(f"{label:8}{server.name:20}{shown}")
    for server in servers:
        print(f"{server.name:28} memory {server.megabytes():.0f} MB, accepting after {server.started_in:.2f} s")


def _figures(server: Server, label: str) -> tuple[float, float, float]:
    times = server.times[label]
    return statistics.median(times), _p99(times), server.cpu[label]


def _p99(times: list[float]) -> float:
    return sorted(times)[max(0, int(len(times) * 0.99) - 1)]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=200)
    arguments.add_argument("--healthchain", help="Python of an environment with healthchain and uvicorn installed")
    options = arguments.parse_args()
    service = [sys.executable, "-m", "service.cli", "serve"]
    data = {"BIOLOGIC_CDS_DATA_DIR": str(HERE / "var"), "BIOLOGIC_CDS_LOG_LEVEL": "WARNING"}
    servers = [
        Server("floor", uvicorn(sys.executable, "floor:app")),
        Server("biologic-cds", service, environment={**data, "PYTHONPATH": str(HERE.parent)}),
    ]
    if options.healthchain:
        servers.append(Server("HealthChain", uvicorn(options.healthchain, "healthchain_card:app"), "/cds" + PATH))
    try:
        for server in servers:
            server.start()
        measure(servers, options.rounds)
        report(servers)
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    main()
