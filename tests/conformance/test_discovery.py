"""Checklist A001-A021: discovery."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from hook_calls import FakeAdvisor, hook_call
from json_rules import empties, extensions

from service.protocol.discovery import discovery

Services = list[dict[str, Any]]
PUBLISHED_HOOK_VERSIONS = {"order-select": "1.0", "order-sign": "1.0", "patient-view": "1.0"}


async def test_a001_discovery_is_answered_at_cds_services(client: httpx.AsyncClient) -> None:
    assert (await client.get("/cds-services")).is_success


async def test_a002_discovery_is_200(client: httpx.AsyncClient) -> None:
    assert (await client.get("/cds-services")).status_code == 200


async def test_a003_discovery_is_strict_json(client: httpx.AsyncClient) -> None:
    response = await client.get("/cds-services")
    assert response.headers["content-type"] == "application/json"
    assert not response.content.startswith(b"\xef\xbb\xbf")
    json.loads(response.content, parse_constant=pytest.fail)


async def test_a004_discovery_is_an_object_with_a_services_array(client: httpx.AsyncClient) -> None:
    body = (await client.get("/cds-services")).json()
    assert isinstance(body, dict)
    assert isinstance(body["services"], list)


def test_a005_hosting_nothing_is_an_empty_list() -> None:
    assert discovery([]) == {"services": []}


@pytest.mark.parametrize("member", ["hook", "description", "id", "title"])
async def test_a006_a007_a008_a009_required_members_are_non_empty_strings(services: Services, member: str) -> None:
    assert services
    assert all(isinstance(service[member], str) and service[member].strip() for service in services)


async def test_a010_every_advertised_id_answers_its_hook(client: httpx.AsyncClient, services: Services) -> None:
    for service in services:
        response = await client.post(f"/cds-services/{service['id']}", json=hook_call(service["hook"]))
        assert response.status_code == 200


async def test_a011_prefetch_is_a_non_empty_object_of_non_empty_strings(services: Services) -> None:
    for service in services:
        assert service["prefetch"]
        assert all(isinstance(template, str) and template for template in service["prefetch"].values())


async def test_a012_prefetch_is_never_empty_or_null(services: Services) -> None:
    assert all(service.get("prefetch", "left out") for service in services)


async def test_a013_usage_requirements_are_a_non_empty_string(services: Services) -> None:
    assert all(isinstance(service["usageRequirements"], str) and service["usageRequirements"] for service in services)


async def test_a014_no_id_and_hook_come_twice(services: Services) -> None:
    pairs = [(service["id"], service["hook"]) for service in services]
    assert len(pairs) == len(set(pairs))


async def test_a015_hooks_are_library_hooks_under_their_own_names(services: Services) -> None:
    assert {service["hook"] for service in services} == {"order-select", "order-sign", "patient-view"}


async def test_a016_version_is_a_semantic_version(services: Services) -> None:
    assert {service["version"] for service in services} == {"2.0.1"}


async def test_a017_hook_version_is_the_published_one(services: Services) -> None:
    assert all(service["hookVersion"] == PUBLISHED_HOOK_VERSIONS[service["hook"]] for service in services)


async def test_a018_different_versions_of_a_hook_have_different_ids(services: Services) -> None:
    assert len({service["id"] for service in services}) == len({(s["hook"], s["hookVersion"]) for s in services})


async def test_a019_nothing_in_discovery_is_null_or_empty(client: httpx.AsyncClient) -> None:
    assert not empties((await client.get("/cds-services")).json())


async def test_a020_a021_extensions_are_objects_with_reverse_dns_names(client: httpx.AsyncClient) -> None:
    for extension in extensions((await client.get("/cds-services")).json()):
        assert isinstance(extension, dict)
        assert all(name.count(".") >= 1 for name in extension)


def test_a139_capabilities_are_documented_for_people() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert all(hook in readme for hook in PUBLISHED_HOOK_VERSIONS)


async def test_a140_usage_requirements_say_what_is_needed_beyond_prefetch(services: Services) -> None:
    assert all("fhirServer" in service["usageRequirements"] for service in services)


def test_the_fake_advisor_knows_its_statement() -> None:
    assert FakeAdvisor().explain("fake.statement")
