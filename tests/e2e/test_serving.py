"""The service as people start it."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from hook_calls import SERVICE_OF, hook_call
from processes import cpu_seconds, serving

pytestmark = pytest.mark.enable_socket
SERVE = ("-m", "service.cli", "serve")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_serve_answers_and_stops(tmp_path: Path, workers: str) -> None:
    with serving(tmp_path, *SERVE, WORKERS=workers) as served:
        with httpx.Client(base_url=served.url, trust_env=False) as client:
            for hook, service_id in SERVICE_OF.items():
                response = client.post(f"/cds-services/{service_id}", json=hook_call(hook))
                assert response.status_code == 200
                assert "server" not in response.headers
            card = client.post(f"/cds-services/{SERVICE_OF['order-select']}", json=hook_call()).json()["cards"][0]
            assert client.get(card["links"][0]["url"]).status_code == 200
        served.process.send_signal(signal.SIGTERM)
        assert served.process.wait(15) in (0, -signal.SIGTERM)
        assert served.process.stderr is not None
        lines = [json.loads(line) for line in served.process.stderr.read().splitlines()]
    assert sum(line["event"] == "call" for line in lines) == 4


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs Linux to tell the time used")
def test_the_start_takes_less_than_three_seconds(tmp_path: Path) -> None:
    used: list[float] = []
    for _ in range(3):  # the first may have to compile; a busy machine slows even processor time
        with serving(tmp_path, *SERVE) as served:
            used.append(cpu_seconds(served.process))
    assert min(used) < 3


def test_an_open_network_is_refused(tmp_path: Path) -> None:
    command = [sys.executable, *SERVE, "--host", "0.0.0.0"]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=30, check=False)
    assert ended.returncode == 2
    assert "refusing to listen" in ended.stderr
