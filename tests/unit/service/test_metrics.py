"""Figures for a monitoring system: complete, and of no patient."""

from collections.abc import AsyncGenerator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest
from applications import open_client
from hook_calls import EMPTY, PATIENT, DoubtfulAdvisor, FakeAdvisor, full_prefetch, hook_call
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from tenants import guarded

from service.settings import Settings

PATH = "/cds-services/biologic-cds-order-select"
TOKEN = "a-token-for-the-monitoring"
Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture
async def client(settings: Settings) -> AsyncGenerator[httpx.AsyncClient]:
    async with open_client(settings, DoubtfulAdvisor()) as client:
        yield client


async def figures(client: httpx.AsyncClient) -> Figures:
    families = text_string_to_metric_families((await client.get("/metrics")).text)
    samples = (sample for family in families for sample in family.samples)
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in samples}


class Change:
    """What was counted since it was made."""

    def __init__(self, before: Figures, after: Figures) -> None:
        self._before, self._after = before, after

    def of(self, name: str, **labels: str) -> float:
        key = (f"biologic_cds_{name}", tuple(sorted(labels.items())))
        return self._after.get(key, 0) - self._before.get(key, 0)


async def change(client: httpx.AsyncClient, path: str, request: Any) -> Change:
    before = await figures(client)
    await client.post(path, json=request)
    return Change(before, await figures(client))


async def test_a_call_is_counted_with_what_it_found_and_did_not(client: httpx.AsyncClient) -> None:
    counted = await change(client, PATH, hook_call())
    assert counted.of("call_seconds_count", hook="order-select") == 1
    assert 0 < counted.of("call_seconds_sum", hook="order-select") < 1
    assert counted.of("findings_total", statement="fake.statement", severity="warning") == 1
    assert counted.of("calls_with_unknown_total", hook="order-select") == 1
    assert counted.of("not_assessed_total", hook="order-select", why="not on file") == 1


async def test_refusals_are_counted_by_their_code(client: httpx.AsyncClient) -> None:
    refused = [(PATH, {}, "missing-field"), ("/cds-services/x", {}, "unknown-service"), ("/x", {}, "not-found")]
    for path, request, code in [*refused, ("/health", {}, "method-not-allowed"), (PATH, [[]], "bad-request")]:
        assert (await change(client, path, request)).of("refused_total", code=code) == 1, code


async def test_feedback_is_counted_by_outcome(client: httpx.AsyncClient) -> None:
    seen = {"card": "c", "outcome": "overridden", "outcomeTimestamp": "2026-01-01T00:00:00Z"}
    counted = await change(client, f"{PATH}/feedback", {"feedback": [seen, seen | {"card": "d"}]})
    assert counted.of("feedback_total", service="biologic-cds-order-select", outcome="overridden") == 2


async def test_fhir_reads_are_counted_by_how_they_went(client: httpx.AsyncClient, respx_mock: Any) -> None:
    server = "http://localhost:8080"
    respx_mock.get(url__startswith=f"{server}/Condition").respond(json=EMPTY)
    respx_mock.get(url__startswith=f"{server}/Observation").respond(status_code=404)
    respx_mock.get(url__startswith=f"{server}/Procedure").mock(side_effect=httpx.ReadTimeout("Polly"))
    prefetch = full_prefetch(patient=PATIENT)
    for key in ("conditions", "observations", "procedures"):
        del prefetch[key]
    counted = await change(client, PATH, hook_call(prefetch=prefetch, fhirServer=server))
    assert counted.of("fhir_reads_total", outcome="read") == 1
    assert counted.of("fhir_reads_total", outcome="status 4xx") == 1
    assert counted.of("fhir_reads_total", outcome="ReadTimeout") == 1


async def test_versions_are_shown(client: httpx.AsyncClient) -> None:
    shown = [dict(labels) for name, labels in await figures(client) if name == "biologic_cds_about"]
    assert {"version": version("biologic-cds"), "knowledge": "fake-1"} in shown


async def test_no_figure_holds_what_came_with_a_call(client: httpx.AsyncClient) -> None:
    await client.post(PATH, json=hook_call(hookInstance="the-instance"), headers={"X-Request-ID": "the-request"})
    text = (await client.get("/metrics")).text
    words = ("p1", "order-1", "1980", "Practitioner", "the-instance", "the-request", "inebilizumab", "demo")
    assert not [word for word in words if f'"{word}"' in text]


async def test_in_a_hospital_a_token_is_needed(tmp_path: Path) -> None:
    settings = guarded(tmp_path, metrics_token=SecretStr(TOKEN))
    async with open_client(settings, FakeAdvisor()) as client:
        for shown, status in ((None, 401), ("other", 401), ("ü", 401), (TOKEN, 200)):
            headers = {} if shown is None else {"Authorization": f"Bearer {shown}".encode()}
            assert (await client.get("/metrics", headers=headers)).status_code == status


async def test_in_a_hospital_without_a_token_nobody_reads_them(tmp_path: Path) -> None:
    async with open_client(guarded(tmp_path), FakeAdvisor()) as client:
        assert (await client.get("/metrics", headers={"Authorization": "Bearer x"})).status_code == 401


async def test_on_this_machine_they_are_free(tmp_path: Path) -> None:
    async with open_client(guarded(tmp_path, public_url=None), FakeAdvisor()) as client:
        assert (await client.get("/metrics")).status_code == 200
