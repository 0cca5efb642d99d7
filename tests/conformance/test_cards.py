"""Checklist A069-A109: the answer as a whole, cards, suggestions, actions, links and system actions."""

from typing import Any

import httpx
import pytest
from card_rules import RULES, Rule, actions, suggestions
from hook_calls import hook_call, order
from json_rules import empties, extensions

DOSE = [{"text": "300 mg", "doseAndRate": [{"doseQuantity": {"value": 300, "unit": "mg", "code": "mg"}}]}]

# Every fixture is held to the same rules in tests/e2e/test_fixtures_over_http.py.
REQUESTS: dict[str, dict[str, Any]] = {
    "nothing screened": hook_call("order-select", [order(dosageInstruction=DOSE)]),
    "signing two": hook_call("order-sign", [order("a"), order("b", dosageInstruction=DOSE)]),
    "patient": hook_call("patient-view"),
}


@pytest.fixture(params=REQUESTS, name="call")
def fixture_call(request: pytest.FixtureRequest) -> dict[str, Any]:
    return REQUESTS[request.param]


@pytest.fixture
async def response(post: Any, call: dict[str, Any]) -> httpx.Response:
    return await post(call)


@pytest.fixture
def cards(response: httpx.Response) -> list[dict[str, Any]]:
    return response.json()["cards"]


async def test_a069_success_is_200(response: httpx.Response) -> None:
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"


async def test_a070_the_answer_is_an_object_with_a_cards_array(response: httpx.Response) -> None:
    assert isinstance(response.json()["cards"], list)


async def test_a071_nothing_to_say_is_200_and_no_cards(post: Any) -> None:
    response = await post(hook_call("order-sign", [order(drug="warfarin")]))
    assert (response.status_code, response.json()) == (200, {"cards": []})


async def test_a072_a107_a108_a109_there_are_no_system_actions(response: httpx.Response) -> None:
    assert set(response.json()) == {"cards"}


async def test_a073_nothing_is_null_or_empty(response: httpx.Response) -> None:
    body = response.json()
    assert not empties(body, allowed=frozenset({"$.cards"}))
    assert all(isinstance(extension, dict) for extension in extensions(body))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/cds-services/none-such", 404),
        ("GET", "/nowhere", 404),
        ("DELETE", "/cds-services", 405),
        ("GET", "/cds-services/biologic-cds-order-select", 405),
        ("POST", "/cds-services/biologic-cds-order-select", 400),
        ("POST", "/cds-services/biologic-cds-order-select/feedback", 400),
    ],
)
async def test_a074_every_refusal_is_an_operation_outcome(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    response = await client.request(method, path, json={} if method == "POST" else None)
    body = response.json()
    assert response.status_code == status
    assert body["resourceType"] == "OperationOutcome"
    assert body["issue"][0]["severity"] == "error"
    assert body["issue"][0]["details"]["coding"][0]["code"]
    assert not empties(body)


async def test_a075_resources_are_objects_with_a_type(cards: list[dict[str, Any]]) -> None:
    resources = [action["resource"] for card in cards for action in actions(card) if "resource" in action]
    assert all(isinstance(resource, dict) and resource["resourceType"] for resource in resources)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
async def test_a076_to_a106_every_card(cards: list[dict[str, Any]], call: dict[str, Any], rule: Rule) -> None:
    assert [card["summary"] for card in cards if not rule(card, call)] == []


async def test_a080_a091_a118_cards_and_suggestions_have_uuids_used_once(post: Any, call: dict[str, Any]) -> None:
    uuids: list[str] = []
    for _ in range(2):
        for card in (await post(call)).json()["cards"]:
            uuids += [card["uuid"], *(suggestion["uuid"] for suggestion in suggestions(card))]
    assert len(uuids) == len(set(uuids))
    assert all(isinstance(uuid, str) and uuid == uuid.lower() for uuid in uuids)


async def test_the_rules_see_cards_at_all(post: Any) -> None:
    assert (await post(REQUESTS["nothing screened"])).json()["cards"]
