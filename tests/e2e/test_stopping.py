"""What a process that is told to stop does with the calls it has, and what is no HTTP at all."""

import json
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from hook_calls import EMPTY, PATIENT, SERVICE_OF, hook_call
from processes import HERE, serving
from web_servers import Reply, Seen, json_reply, web_server

pytestmark = pytest.mark.enable_socket
PATH = f"/cds-services/{SERVICE_OF['order-select']}"


def test_a_call_under_way_is_answered_before_the_process_ends(tmp_path: Path) -> None:
    asked = threading.Event()

    def slow(seen: Seen) -> Reply:
        asked.set()
        reply = json_reply(PATIENT if "/Patient/" in seen.path else EMPTY)
        reply.delay = 0.5
        return reply

    with web_server(slow) as server, serving(tmp_path, str(HERE / "without_knowledge.py")) as served:
        with ThreadPoolExecutor(1) as pool:
            request = hook_call(prefetch=None, fhirServer=f"{server.url}/fhir")
            call = pool.submit(httpx.post, served.url + PATH, json=request, timeout=20, trust_env=False)
            assert asked.wait(20)
            served.process.send_signal(signal.SIGTERM)
            assert call.result().json()["cards"]
        assert served.process.wait(15) in (0, -signal.SIGTERM)


def test_what_is_no_http_is_refused_like_all_else(tmp_path: Path) -> None:
    with serving(tmp_path, str(HERE / "without_knowledge.py")) as served:
        host, _, port = served.url.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port)), timeout=20) as connection:
            connection.sendall(b"Polly Gene 1980-05-01\r\n\r\n")
            answer = b"".join(iter(lambda: connection.recv(4096), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/json" in head
    assert json.loads(body)["issue"][0]["details"]["coding"][0]["code"] == "bad-request"
    assert b"Polly" not in answer
