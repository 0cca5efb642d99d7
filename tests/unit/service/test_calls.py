"""From request to advisor: day, region, language, addresses, limits and what happens when something breaks."""

import gzip
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from applications import open_client
from hook_calls import FakeAdvisor, hook_call, order

from service.assessment import Call
from service.settings import Settings

PATH = "/cds-services/biologic-cds-order-select"
ASKED = {"org.biologic-cds.request": {"today": "2026-03-01", "region": "us"}}
JSON = {"content-type": "application/json"}


async def one_call(settings: Settings, request: dict[str, Any], **headers: str) -> Call:
    advisor = FakeAdvisor()
    async with open_client(settings, advisor) as client:
        response = await client.post(PATH, json=request, headers=headers)
    assert response.status_code == 200
    return advisor.seen[0][1]


async def test_a_demo_may_choose_day_and_region(settings: Settings) -> None:
    call = await one_call(settings, hook_call(extension=ASKED))
    assert (call.today, call.region, call.hook) == (date(2026, 3, 1), "us", "order-select")


async def test_nobody_else_may(tmp_path: Path) -> None:
    call = await one_call(Settings(data_dir=tmp_path, demo=False), hook_call(extension=ASKED))
    assert call.today == date.today()
    assert call.region == "cn"


@pytest.mark.parametrize("extension", [{}, {"other": {"today": "nonsense"}}, {"org.biologic-cds.request": None}, None])
async def test_other_extensions_change_nothing(settings: Settings, extension: Any) -> None:
    assert (await one_call(settings, hook_call(extension=extension))).today == date.today()


@pytest.mark.parametrize("asked", [{"today": "1.3.2026"}, {"region": "mars"}, "today"])
async def test_a_wrong_wish_is_explained(fake_client: httpx.AsyncClient, asked: Any) -> None:
    response = await fake_client.post(PATH, json=hook_call(extension={"org.biologic-cds.request": asked}))
    assert response.status_code == 400
    assert "YYYY-MM-DD" in response.text


async def test_the_language_is_the_callers(settings: Settings) -> None:
    call = await one_call(settings, hook_call(), **{"accept-language": "zh-CN"})
    assert call.language == "zh"


async def test_links_lead_to_the_public_address(tmp_path: Path) -> None:
    public = Settings.model_validate({"data_dir": tmp_path, "public_url": "https://cds.example/base/"})
    assert (await one_call(public, hook_call())).base_url == "https://cds.example/base"


async def test_without_one_links_lead_where_the_caller_called(settings: Settings) -> None:
    assert (await one_call(settings, hook_call())).base_url == "http://127.0.0.1:8000"


async def test_patient_and_encounter_ids_are_bare(fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor) -> None:
    request = hook_call()
    request["context"] |= {"patientId": "Patient/p9", "encounterId": "e1"}
    await fake_client.post(PATH, json=request)
    received, _ = fake_advisor.seen[0]
    assert (received.patient_id, received.encounter_id) == ("p9", "e1")


async def test_without_selections_every_draft_counts(fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor) -> None:
    request = hook_call()
    del request["context"]["selections"]
    await fake_client.post(PATH, json=request)
    assert fake_advisor.seen[0][0].select_all


async def test_drafts_arrive_as_they_were_sent(fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor) -> None:
    draft = '{"resourceType":"MedicationRequest","id":"a","x":1.10,"medicationCodeableConcept":{"text":"inebilizumab"}}'
    context = f'{{"patientId":"p1","draftOrders":{{"entry":[{{"resource":{draft}}},{{"resource":null}},{{}}]}}}}'
    body = f'{{"hook":"order-sign","hookInstance":"1","prefetch":{{"patient":null}},"context":{context}}}'
    await fake_client.post("/cds-services/biologic-cds-order-sign", content=body, headers=JSON)
    assert [bytes(resource) for resource in fake_advisor.seen[0][0].drafts] == [draft.encode()]


@pytest.mark.parametrize("drafts", [[], "none", {"resourceType": "MedicationRequest"}, {"entry": [5]}])
async def test_draft_orders_must_be_a_bundle(fake_client: httpx.AsyncClient, drafts: Any) -> None:
    request = hook_call()
    request["context"]["draftOrders"] = drafts
    response = await fake_client.post(PATH, json=request)
    assert response.status_code == 400
    assert "draftOrders" in response.json()["issue"][0]["expression"][0]


async def test_drafts_without_id_or_type_are_passed_on(fake_client: httpx.AsyncClient) -> None:
    request = hook_call()
    odd: list[Any] = [{}, {"id": 5}, {"resourceType": "X"}, None]
    request["context"]["draftOrders"]["entry"] += [{"resource": resource, "fullUrl": 5} for resource in odd]
    assert (await fake_client.post(PATH, json=request)).status_code == 200


async def test_a_large_body_is_413(tmp_path: Path) -> None:
    small = Settings(data_dir=tmp_path, body_limit_bytes=1000)
    async with open_client(small, FakeAdvisor()) as client:
        announced = await client.post(PATH, content=b" " * 2000, headers=JSON)

        async def endless() -> Any:
            for _ in range(100):
                yield b" " * 100

        streamed = await client.post(PATH, content=endless(), headers=JSON)
    assert (announced.status_code, streamed.status_code) == (413, 413)


@pytest.mark.parametrize(
    "headers",
    [{"content-type": "text/plain"}, {"content-type": "application/xml"}, JSON | {"content-encoding": "gzip"}],
)
async def test_other_media_types_are_415(fake_client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    response = await fake_client.post(PATH, content=gzip.compress(b"{}"), headers=headers)
    assert response.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"hook":' + b'{"a":' * 100_000,
        b'{"context":' + b"[" * 100_000,
        b'{"prefetch":{"x":' + b"[" * 100_000,
    ],
)
async def test_deep_nesting_is_refused(fake_client: httpx.AsyncClient, body: bytes) -> None:
    assert (await fake_client.post(PATH, content=body, headers=JSON)).status_code == 400


async def test_an_unforeseen_error_is_a_500_outcome_without_its_text(
    fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("Polly Gene, born 1970")

    monkeypatch.setattr(fake_advisor, "advise", fail)
    response = await fake_client.post(PATH, json=hook_call(), headers={"Origin": "https://ehr.example"})
    assert response.status_code == 500
    assert response.json()["issue"][0]["details"]["coding"][0]["code"] == "internal-error"
    assert response.headers["access-control-allow-origin"] == "*"
    assert "Polly" not in response.text


@pytest.mark.parametrize(("offered", "kept"), [("abc-1.2_3", True), ("x" * 65, False), ("a b", False)])
async def test_a_request_id_is_returned(fake_client: httpx.AsyncClient, offered: str, kept: bool) -> None:
    response = await fake_client.get("/health", headers={"X-Request-ID": offered})
    assert (response.headers["x-request-id"] == offered) is kept


async def test_health(fake_client: httpx.AsyncClient) -> None:
    response = await fake_client.get("/health")
    assert response.json()["status"] == "ok"


async def test_an_order_of_no_concern_needs_no_data(fake_client: httpx.AsyncClient, fake_advisor: FakeAdvisor) -> None:
    response = await fake_client.post(PATH, json=hook_call("order-select", [order(drug="warfarin")], prefetch=None))
    assert response.json() == {"cards": []}
    assert not fake_advisor.seen
