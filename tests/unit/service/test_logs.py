"""Logs: structured, and without what callers sent."""

import io
import json
import logging
from collections.abc import Generator
from contextlib import contextmanager, redirect_stderr
from typing import Any

import httpx
import structlog
from applications import open_client
from hook_calls import PATIENT, FakeAdvisor, hook_call

from service.logs import configure_logs
from service.settings import Settings

SERVER = "https://fhir.example"
SECRETS = ("p1", "1980-05-01", "secret-token", "order-1", "Polly", "fhir.example")


@contextmanager
def logs_as_served() -> Generator[io.StringIO]:
    """The logs of a running service, written to a buffer; afterwards everything is as it was."""
    buffer = io.StringIO()
    handlers, level = logging.root.handlers[:], logging.root.level
    logging.root.handlers.clear()
    with redirect_stderr(buffer):
        configure_logs("INFO")
    yield buffer
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


async def test_a137_a_call_leaves_one_line_without_patient_data_or_tokens(settings: Settings, respx_mock: Any) -> None:
    respx_mock.get(url__startswith="https://fhir.example").mock(side_effect=httpx.ConnectError("Polly at fhir.example"))
    token = {"access_token": "secret-token"}
    with logs_as_served() as buffer:
        async with open_client(settings, FakeAdvisor()) as client:
            request = hook_call(prefetch={"patient": PATIENT}, fhirServer=SERVER, fhirAuthorization=token)
            await client.post("/cds-services/biologic-cds-order-select", json=request)
            await client.get("/Polly")
    lines = [json.loads(line) for line in buffer.getvalue().splitlines()]
    (call,) = [line for line in lines if line["event"] == "call"]
    assert call["cards"] == 1
    assert call["request_id"]
    assert "Condition" in call["incomplete"]
    assert not [line for line in lines if any(secret in json.dumps(line) for secret in SECRETS)]


def test_errors_are_logged_without_their_text() -> None:
    with logs_as_served() as buffer:
        try:
            raise RuntimeError("Polly")
        except RuntimeError:
            logging.getLogger("uvicorn.error").exception("failed")
            structlog.get_logger().exception("failed too")
    lines = [json.loads(line) for line in buffer.getvalue().splitlines()]
    assert [line["error"] for line in lines] == ["RuntimeError", "RuntimeError"]
    assert all("test_logs.py" in line["frames"][0] for line in lines)
    assert "Polly" not in json.dumps(lines)
