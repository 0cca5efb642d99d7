"""The same findings, whether a chart is sent along or read from a FHIR server, with a token and without."""

import json
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from applications import open_client
from fhir_servers import FhirServer, fhir_server
from fixture_cases import CASES, FixtureCase
from hook_calls import SERVICE_OF
from signing import Signer, claims
from tenants import PUBLIC_URL, guarded, tenant

from service.assessment import Advisor
from service.gather.templates import TEMPLATES
from service.settings import Settings

pytestmark = pytest.mark.enable_socket

Json = dict[str, Any]


def all_was_sent(case: FixtureCase) -> bool:
    """Only then can it make no difference that the chart is read instead."""
    sent = case.request.get("prefetch", {})
    return set(TEMPLATES) <= set(sent) and '"OperationOutcome"' not in json.dumps(sent)


COMPLETE = [case for case in CASES if case.is_valid and all_was_sent(case)]
every_case = pytest.mark.parametrize("case", COMPLETE, ids=lambda case: case.name)
some_cases = pytest.mark.parametrize("case", COMPLETE[:4], ids=lambda case: case.name)


@pytest.fixture(scope="module")
def with_token(tmp_path_factory: pytest.TempPathFactory) -> Generator[FhirServer]:
    with fhir_server(tmp_path_factory.mktemp("fhir"), "the-fhir-token") as server:
        yield server


@pytest.fixture(scope="module")
def without_token(tmp_path_factory: pytest.TempPathFactory) -> Generator[FhirServer]:
    with fhir_server(tmp_path_factory.mktemp("fhir"), None) as server:
        yield server


def without_prefetch(case: FixtureCase, server: FhirServer) -> Json:
    left_out = ("prefetch", "fhirServer", "fhirAuthorization", "extension")
    request = {name: value for name, value in case.request.items() if name not in left_out}
    authorization = server.authorization
    return request | {"fhirServer": server.base} | ({"fhirAuthorization": authorization} if authorization else {})


def day_of(case: FixtureCase) -> date:
    return date.fromisoformat(case.request["extension"]["org.biologic-cds.request"]["today"])


def found(response: httpx.Response) -> list[Json]:
    assert response.status_code == 200, response.text
    extensions = [card["extension"]["org.biologic-cds.card"] for card in response.json()["cards"]]
    findings = [finding for extension in extensions for finding in extension.get("findings", [])]
    short = [{name: finding[name] for name in ("id", "severity", "state")} for finding in findings]
    return sorted(short, key=lambda finding: finding["id"])


@asynccontextmanager
async def hospital(
    folder: Path, server: FhirServer, advisor: Advisor, today: date
) -> AsyncGenerator[httpx.AsyncClient]:
    settings = guarded(folder, tenant(fhir_servers=[server.base]), fhir_time_budget_seconds=8)
    async with open_client(settings, advisor, lambda: today) as client:
        yield client


async def call(client: httpx.AsyncClient, case: FixtureCase, request: Json) -> httpx.Response:
    path = f"/cds-services/{SERVICE_OF[case.hook]}"
    headers = {"Authorization": f"Bearer {Signer().sign(claims(PUBLIC_URL + path))}"}
    return await client.post(path, json=request, headers=headers)


@every_case
async def test_a_chart_read_with_a_token_has_the_same_findings(
    case: FixtureCase, with_token: FhirServer, tmp_path: Path, real_advisor: Advisor
) -> None:
    with with_token.holding(case.records):
        async with hospital(tmp_path, with_token, real_advisor, day_of(case)) as client:
            response = await call(client, case, without_prefetch(case, with_token))
    assert found(response) == case.expected["findings"]


@some_cases
async def test_a_chart_read_in_demo_mode_has_the_same_findings(
    case: FixtureCase, without_token: FhirServer, settings: Settings, real_advisor: Advisor
) -> None:
    unhurried = settings.model_copy(update={"fhir_time_budget_seconds": 8})
    with without_token.holding(case.records):
        async with open_client(unhurried, real_advisor) as client:
            request = without_prefetch(case, without_token) | {"extension": case.request["extension"]}
            response = await client.post(f"/cds-services/{SERVICE_OF[case.hook]}", json=request)
    assert found(response) == case.expected["findings"]


@pytest.mark.parametrize("token", [None, "another-token"])
async def test_a_token_the_server_does_not_take_is_said_to_have_got_nothing(
    token: str | None, with_token: FhirServer, tmp_path: Path, real_advisor: Advisor
) -> None:
    case = next(case for case in CASES if case.name == "active-hepatitis-b")
    stranger = FhirServer(with_token.base, token)
    with with_token.holding(case.records):
        async with hospital(tmp_path, with_token, real_advisor, day_of(case)) as client:
            response = await call(client, case, without_prefetch(case, stranger))
            assert response.status_code == 412
            partly = without_prefetch(case, stranger) | {"prefetch": {"patient": case.request["prefetch"]["patient"]}}
            response = await call(client, case, partly)
    assert "hbsag-positive" not in str(found(response))
    assert "not fetched" in response.text


async def test_pages_of_a_real_server_are_followed(with_token: FhirServer, tmp_path: Path, fake_advisor: Any) -> None:
    case = next(case for case in CASES if case.name == "active-hepatitis-b")
    patient = case.request["context"]["patientId"]
    results = [
        {
            "resourceType": "Observation",
            "id": f"page-{number}",
            "status": "final",
            "subject": {"reference": f"Patient/{patient}"},
            "code": {"text": "unrelated"},
        }
        for number in range(1100)
    ]
    with with_token.holding([*case.records, *results]):
        async with hospital(tmp_path, with_token, fake_advisor, day_of(case)) as client:
            assert (await call(client, case, without_prefetch(case, with_token))).status_code == 200
    received, _ = fake_advisor.seen[0]
    assert sum(b'"page-' in bytes(resource) for resource in received.resources) == len(results)
    assert "Observation" not in received.absent
