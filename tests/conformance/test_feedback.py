"""Checklist A110-A118 and A138: feedback, and calls from browsers."""

from typing import Any

import httpx
import pytest
from hook_calls import SERVICE_OF, hook_call

PATH = "/cds-services/biologic-cds-order-select/feedback"
SEEN: dict[str, Any] = {"card": "c-1", "outcome": "overridden", "outcomeTimestamp": "2026-11-22T07:18:44Z"}
TAKEN = SEEN | {"outcome": "accepted", "acceptedSuggestions": [{"id": "s-1"}]}
REASON = {"code": "done-elsewhere", "system": "urn:x"}


async def give(client: httpx.AsyncClient, *entries: dict[str, Any], path: str = PATH) -> httpx.Response:
    return await client.post(path, json={"feedback": list(entries)})


@pytest.mark.parametrize("service_id", SERVICE_OF.values())
async def test_a110_every_service_takes_feedback(client: httpx.AsyncClient, service_id: str) -> None:
    assert (await give(client, SEEN, path=f"/cds-services/{service_id}/feedback")).status_code == 200


async def test_a110_feedback_for_an_unknown_service_is_404(client: httpx.AsyncClient) -> None:
    assert (await give(client, SEEN, path="/cds-services/none-such/feedback")).status_code == 404


async def test_a111_several_cards_in_one_report(client: httpx.AsyncClient) -> None:
    assert (await give(client, SEEN, SEEN | {"card": "c-2"}, TAKEN)).status_code == 200


async def test_a112_accepted_with_several_suggestions(client: httpx.AsyncClient) -> None:
    accepted = TAKEN | {"acceptedSuggestions": [{"id": "s-1"}, {"id": "s-2"}]}
    assert (await give(client, accepted)).status_code == 200


async def test_a113_overridden_without_reason(client: httpx.AsyncClient) -> None:
    assert (await give(client, SEEN)).status_code == 200


@pytest.mark.parametrize(
    "override",
    [
        {"reason": REASON},
        {"userComment": "known"},
        {"reason": REASON, "userComment": "known"},
        {"reason": {"code": "x"}},
    ],
)
async def test_a114_override_reasons_of_every_form(client: httpx.AsyncClient, override: dict[str, Any]) -> None:
    assert (await give(client, SEEN | {"overrideReason": override})).status_code == 200


async def test_a115_repeated_feedback_is_no_error(client: httpx.AsyncClient) -> None:
    for _ in range(3):
        assert (await give(client, TAKEN, TAKEN)).status_code == 200


@pytest.mark.parametrize(
    "moment", ["2026-11-22T07:18:44Z", "2026-11-22T07:18:44.5Z", "1985-04-12T23:20:50.52Z", "2026-11-22T15:18:44+08:00"]
)
async def test_a116_timestamps_with_and_without_fractions(client: httpx.AsyncClient, moment: str) -> None:
    assert (await give(client, SEEN | {"outcomeTimestamp": moment})).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "ignored"},
        {"outcome": None},
        {"card": None},
        {"card": ""},
        {"outcomeTimestamp": None},
        {"outcomeTimestamp": "yesterday"},
        {"outcomeTimestamp": "2026-11-22T07:18:44"},
        {"outcomeTimestamp": "0001-01-01T00:00:00+14:00"},
        {"outcomeTimestamp": "9999-12-31T23:59:59-14:00"},
        {"card": "c" * 257},
        {"outcome": "accepted"},
        {"outcome": "accepted", "acceptedSuggestions": []},
    ],
)
async def test_a117_entries_that_say_nothing_are_refused(client: httpx.AsyncClient, wrong: dict[str, Any]) -> None:
    response = await give(client, SEEN, SEEN | wrong)
    assert response.status_code == 400
    assert response.json()["issue"][0]["expression"][0].startswith("feedback[1]")


async def test_a117_a_card_without_uuid_is_refused_politely(client: httpx.AsyncClient) -> None:
    entry = {name: value for name, value in SEEN.items() if name != "card"}
    assert (await give(client, entry)).status_code == 400


async def test_a118_a_shown_card_can_be_reported(client: httpx.AsyncClient, post: Any) -> None:
    card = (await post(hook_call())).json()["cards"][0]
    assert (await give(client, SEEN | {"card": card["uuid"]})).status_code == 200


@pytest.mark.parametrize("path", ["/cds-services", *(f"/cds-services/{i}" for i in SERVICE_OF.values()), PATH])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a138_browsers_may_ask_without_a_token(client: httpx.AsyncClient, path: str, method: str) -> None:
    asked = {
        "Origin": "https://sandbox.cds-hooks.org",
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    response = await client.options(path, headers=asked)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"
    allowed = response.headers["access-control-allow-headers"].lower()
    assert "authorization" in allowed
    assert "content-type" in allowed


@pytest.mark.parametrize("path", ["/cds-services", PATH, "/cds-services/biologic-cds-order-select"])
async def test_a138_plain_options_are_answered(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.options(path)).status_code == 204


async def test_a138_answers_and_refusals_are_readable_in_browsers(client: httpx.AsyncClient) -> None:
    for path in ("/cds-services", "/nowhere"):
        response = await client.get(path, headers={"Origin": "https://ehr.example"})
        assert response.headers["access-control-allow-origin"] == "*"
