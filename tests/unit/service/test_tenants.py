"""What a tenant gets of its own: defaults, services, FHIR servers, and feedback nobody else can touch."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import httpx
import pytest
from applications import open_client
from hook_calls import SERVICE_OF, FakeAdvisor, full_prefetch, hook_call
from signing import Signer, claims, key_set
from tenants import PUBLIC_URL, guarded, tenant

from service.settings import Settings
from service.store.reports import feedback_on_cards
from service.store.store import open_store

SELECT, SIGN = SERVICE_OF["order-select"], SERVICE_OF["order-sign"]
SERVER = "https://fhir.county.example/r4"
COUNTY_KEY = Signer("county", "ES384")
TODAY = {"org.biologic-cds.request": {"today": "2001-01-01", "region": "us"}}
SEEN = {"card": "card", "outcome": "overridden", "outcomeTimestamp": "2026-11-22T07:18:44Z"}


class Caller:
    """One of two tenants on one service."""

    def __init__(self, client: httpx.AsyncClient, signer: Signer, issuer: str) -> None:
        self.client, self.signer, self.issuer = client, signer, issuer

    async def post(self, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
        token = self.signer.sign(claims(f"{PUBLIC_URL}/cds-services/{path}", iss=self.issuer))
        return await self.client.post(
            f"/cds-services/{path}", json=body, headers={"Authorization": f"Bearer {token}"} | headers
        )

    async def report(self, card: str) -> httpx.Response:
        return await self.post(f"{SELECT}/feedback", {"feedback": [SEEN | {"card": card}]})


@pytest.fixture
def two(tmp_path: Path) -> Settings:
    county = tenant(
        id="county",
        issuer="https://county.example",
        jwks_file="county.json",
        region="eu",
        language="zh",
        services=[SELECT],
        fhir_servers=[SERVER],
    )
    (tmp_path / "county.json").write_text(json.dumps(key_set(COUNTY_KEY)))
    return guarded(tmp_path, tenant(), county)


@pytest.fixture
async def client(two: Settings, fake_advisor: FakeAdvisor) -> AsyncGenerator[httpx.AsyncClient]:
    async with open_client(two, fake_advisor) as client:
        yield client


@pytest.fixture
def elsewhere(client: httpx.AsyncClient) -> Caller:
    return Caller(client, Signer(), "https://ehr.example")


@pytest.fixture
def county(client: httpx.AsyncClient) -> Caller:
    return Caller(client, COUNTY_KEY, "https://county.example")


async def test_region_and_language_are_the_tenants(
    county: Caller, elsewhere: Caller, fake_advisor: FakeAdvisor
) -> None:
    for caller in (county, elsewhere):
        assert (await caller.post(SELECT, hook_call())).status_code == 200
    calls = [call for _, call in fake_advisor.seen]
    assert [(call.region, call.language) for call in calls] == [("eu", "zh"), ("cn", "en")]
    await county.post(SELECT, hook_call(), **{"Accept-Language": "en"})
    assert fake_advisor.seen[-1][1].language == "en"


async def test_nobody_who_is_authenticated_chooses_day_or_region(county: Caller, fake_advisor: FakeAdvisor) -> None:
    await county.post(SELECT, hook_call(extension=TODAY))
    call = fake_advisor.seen[0][1]
    assert call.today.year > 2001
    assert call.region == "eu"


async def test_a_wrong_wish_for_a_day_is_not_even_read(county: Caller) -> None:
    assert (await county.post(SELECT, hook_call(extension={"org.biologic-cds.request": 5}))).status_code == 200


async def test_a_service_that_is_not_the_tenants_is_403(county: Caller) -> None:
    for path, body in (SIGN, hook_call("order-sign")), (f"{SIGN}/feedback", {"feedback": [SEEN]}):
        response = await county.post(path, body)
        assert response.status_code == 403
        assert response.json()["issue"][0]["details"]["coding"][0]["code"] == "service-not-permitted"


async def test_keys_of_one_tenant_do_not_speak_for_another(client: httpx.AsyncClient) -> None:
    for impostor in (
        Caller(client, COUNTY_KEY, "https://ehr.example"),
        Caller(client, Signer(), "https://county.example"),
    ):
        assert (await impostor.post(SELECT, hook_call())).status_code == 401


async def test_only_the_tenants_own_servers_are_asked(
    county: Caller, elsewhere: Caller, fake_advisor: FakeAdvisor, respx_mock: Any
) -> None:
    route = respx_mock.get(url__startswith=SERVER).respond(500)
    prefetch = {name: value for name, value in full_prefetch().items() if name != "observations"}
    for caller, calls in (elsewhere, 0), (county, 1):
        response = await caller.post(SELECT, hook_call(prefetch=prefetch, fhirServer=SERVER))
        assert response.status_code == 200
        assert len(route.calls) == calls
    assert [received.absent for received, _ in fake_advisor.seen] == [{"Observation"}] * 2


async def test_feedback_belongs_to_the_card_only_if_the_card_was_theirs(
    two: Settings, fake_advisor: FakeAdvisor
) -> None:
    async with open_client(two, fake_advisor) as client:
        county = Caller(client, COUNTY_KEY, "https://county.example")
        elsewhere = Caller(client, Signer(), "https://ehr.example")
        card = (await county.post(SELECT, hook_call())).json()["cards"][0]["uuid"]
        answers = [await caller.report(card) for caller in (elsewhere, county)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].content == answers[1].content  # whether a card is somebody's is not told
    async with open_store(two) as store:
        rows = {row["tenant"]: row["hook"] for row in await feedback_on_cards(store.engine)}
    assert rows == {"st-elsewhere": None, "county": "order-select"}


async def test_one_tenants_report_does_not_swallow_anothers(two: Settings, county: Caller, elsewhere: Caller) -> None:
    for caller in (elsewhere, county, county):
        assert (await caller.report("same")).status_code == 200
    async with open_store(two) as store:
        rows = await feedback_on_cards(store.engine)
    assert sorted(row["tenant"] for row in rows) == ["county", "st-elsewhere"]
