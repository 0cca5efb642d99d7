"""Hook calls go past the framework's router; what comes another way is answered alike, and books are kept of both."""

from typing import Any

import httpx
from applications import BASE_URL
from hook_calls import FakeAdvisor, Json, hook_call
from stored_rows import stored

from service.app import create_app
from service.settings import Settings
from service.store.tables import AuditEntry, ShownCard

PATH = "/cds-services/biologic-cds-order-select"


async def test_below_a_prefix_the_router_leads_to_the_same_answer(settings: Settings) -> None:
    app = create_app(settings, FakeAdvisor())
    async with app.router.lifespan_context(app):
        straight = await post(app, PATH)
        routed = await post(app, f"/prefix{PATH}", root_path="/prefix")
    assert straight.status_code == routed.status_code == 200
    assert len(straight.json()["cards"]) == len(routed.json()["cards"]) == 1
    assert list(straight.headers) == list(routed.headers)
    assert len(await stored(settings, AuditEntry)) == 2


async def post(app: Any, path: str, **more: Any) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app, **more), base_url=BASE_URL) as client:
        return await client.post(path, json=hook_call())


async def test_books_are_kept_of_an_answer_that_did_not_arrive(settings: Settings) -> None:
    app = create_app(settings, FakeAdvisor())
    body = httpx.Request("POST", BASE_URL, json=hook_call()).content

    async def receive() -> Json:
        return {"type": "http.request", "body": body}

    async def send(_message: Any) -> None:
        raise ConnectionError

    async with app.router.lifespan_context(app):
        await app({"type": "http", "method": "POST", "path": PATH, "headers": []}, receive, send)
    (entry,) = await stored(settings, AuditEntry)
    assert entry["outcome"] == "answered"
    assert len(await stored(settings, ShownCard)) == 1
