"""The CDS Hooks endpoints: discovery, the hooks and their feedback."""

import time
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response

from service.call import Answer, Caller, Desk
from service.errors import UnknownServiceError, operation_outcome
from service.feedback.entries import decode_feedback, feedback_rows
from service.hooks import HOOKS, Hook
from service.protocol.discovery import discovery
from service.protocol.language import preferred_language
from service.protocol.request import compact, decode_request
from service.store.reports import store_feedback
from service.store.shown import shown_rows
from service.web.body import read_json_body

log = structlog.get_logger(__name__)
router = APIRouter()
_DISCOVERY = compact(discovery(HOOKS))
_BY_ID = {hook.service_id: hook for hook in HOOKS}


@router.get("/cds-services", response_class=Response)
async def get_services() -> Response:
    """Which hooks are answered here, and what to prefetch for them."""
    return _json(_DISCOVERY)


@router.post("/cds-services/{service_id}", response_class=Response)
async def call_service(service_id: str, request: Request) -> Response:
    """Cards for one hook call."""
    began = time.perf_counter()
    hook = _hook(service_id)
    desk: Desk = request.app.state.desk
    hook_request = decode_request(await read_json_body(request, desk.settings.body_limit_bytes))
    answer = await desk.answer(hook, hook_request, _caller(request, desk))
    body = compact({"cards": answer.cards})
    request.app.state.shown.remember(shown_rows(hook.service_id, hook.name, answer.cards))
    _log_call(hook, answer, began)
    return _json(body)


@router.post("/cds-services/{service_id}/feedback", response_class=Response)
async def give_feedback(service_id: str, request: Request) -> Response:
    """Stores what became of cards. Answered only once it is on disk."""
    hook = _hook(service_id)
    state = request.app.state
    entries = decode_feedback(await read_json_body(request, state.desk.settings.body_limit_bytes))
    await store_feedback(state.engine, feedback_rows(hook.service_id, entries))
    log.info("feedback", service=hook.service_id, entries=len(entries))
    return _json(compact(_stored(len(entries))))


@router.options("/cds-services", include_in_schema=False)
@router.options("/cds-services/{service_id}", include_in_schema=False)
@router.options("/cds-services/{service_id}/feedback", include_in_schema=False)
async def options() -> Response:
    """For an OPTIONS call that is no CORS preflight; those are answered before they come here."""
    return Response(status_code=204, headers={"Allow": "GET, POST, OPTIONS"})


def _hook(service_id: str) -> Hook:
    hook = _BY_ID.get(service_id)
    if hook is None:
        raise UnknownServiceError("no service of this id; see /cds-services")
    return hook


def _caller(request: Request, desk: Desk) -> Caller:
    settings = desk.settings
    language = preferred_language(request.headers.get("accept-language"), settings.language)
    return Caller(language, settings.base_url or str(request.base_url).rstrip("/"))


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")


def _stored(count: int) -> dict[str, Any]:
    outcome = operation_outcome("feedback-stored", "informational", f"{count} feedback entries stored")
    outcome["issue"][0]["severity"] = "information"
    return outcome


def _log_call(hook: Hook, answer: Answer, began: float) -> None:
    gathered = answer.gathered
    log.info(
        "call",
        service=hook.service_id,
        cards=len(answer.cards),
        resources=len(gathered.resources) if gathered else 0,
        fetched=gathered.fetched if gathered else (),
        incomplete=sorted(gathered.absent) if gathered else (),
        milliseconds=round((time.perf_counter() - began) * 1000, 1),
    )
