"""Logs: structured, and without what callers sent."""

import json
import logging
from pathlib import Path
from typing import Any

import httpx
import structlog
from applications import open_client
from hook_calls import PATIENT, FakeAdvisor, hook_call
from log_capture import logs_as_served
from signing import Signer, claims
from tenants import PUBLIC_URL, guarded

from service.settings import Settings

SERVER = "http://localhost:8080"
SECRETS = ("p1", "1980-05-01", "secret-token", "order-1", "Polly", "localhost")


async def test_a137_a_call_leaves_one_line_without_patient_data_or_tokens(settings: Settings, respx_mock: Any) -> None:
    respx_mock.get(url__startswith=SERVER).mock(side_effect=httpx.ConnectError("Polly at localhost"))
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


async def test_a137_a_refusal_leaves_its_reason_and_nothing_of_the_token(tmp_path: Path) -> None:
    path = "/cds-services/biologic-cds-order-select"
    token = Signer().sign(claims("https://other.example", jti="the-jti", sub="Polly"), kid="k1")
    strange = Signer().sign(claims(PUBLIC_URL + path, iss="https://polly.example"))
    with logs_as_served() as buffer:
        async with open_client(guarded(tmp_path), FakeAdvisor()) as client:
            for shown in (token, strange, "no-token-at-all"):
                await client.post(path, json=hook_call(), headers={"Authorization": f"Bearer {shown}"})
    lines = [json.loads(line) for line in buffer.getvalue().splitlines()]
    reasons = [(line["reason"], line["tenant"]) for line in lines if line["event"] == "token refused"]
    assert reasons == [
        ("audience", "st-elsewhere"),
        ("issuer or tenant", None),
        ("malformed, or without a required header or claim", None),
    ]
    secrets = ("the-jti", "Polly", "polly", "no-token-at-all", *token.split("."), *strange.split("."))
    assert not [secret for secret in secrets if secret in buffer.getvalue()]


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
