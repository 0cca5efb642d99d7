"""The CDS Hooks endpoints: discovery, the hooks and their feedback."""

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Path, Request, Response

from service.errors import UnknownServiceError, operation_outcome
from service.feedback.entries import decode_feedback, feedback_rows
from service.hook_calls import admitted, answer_call
from service.hooks import HOOKS, Hook
from service.metrics.meters import feedback
from service.protocol.discovery import discovery
from service.protocol.openapi import FEEDBACK, REQUEST, SERVICE_IDS, answers, takes
from service.protocol.request import compact
from service.store.reports import store_feedback
from service.web.address import called_address
from service.web.body import read_json_body

log = structlog.get_logger(__name__)
router = APIRouter()
_DISCOVERY = compact(discovery(HOOKS))
ServiceId = Annotated[str, Path(json_schema_extra=SERVICE_IDS)]
_BY_ID = {hook.service_id: hook for hook in HOOKS}


@router.get("/cds-services", response_class=Response, responses=answers("The services.", "services"))
async def get_services() -> Response:
    """Which hooks are answered here, and what to prefetch for them."""
    return _json(_DISCOVERY)


@router.post(
    "/cds-services/{service_id}",
    response_class=Response,
    responses=answers("The cards.", "cards"),
    openapi_extra=takes(REQUEST),
)
async def call_service(service_id: ServiceId, request: Request) -> Response:
    """Cards for one hook call."""
    return await answer_call(_hook(service_id), request)


@router.post(
    "/cds-services/{service_id}/feedback",
    response_class=Response,
    responses=answers("It is stored: an OperationOutcome.", "issue"),
    openapi_extra=takes(FEEDBACK),
)
async def give_feedback(service_id: ServiceId, request: Request) -> Response:
    """Stores what became of cards. Answered only once it is on disk."""
    hook = _hook(service_id)
    state = request.app.state
    settings = state.desk.settings
    async with state.gate.call():
        tenant = await admitted(request, hook, called_address(request, settings), "/feedback")
        with state.gate.share_of(tenant.id):
            entries = decode_feedback(await read_json_body(request, settings))
            await store_feedback(state.store.engine, feedback_rows(tenant.id, hook.service_id, entries))
    for entry in entries:
        feedback.labels(service=hook.service_id, outcome=entry.outcome).inc()
    log.info("feedback", tenant=tenant.id, service=hook.service_id, entries=len(entries))
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


def _json(body: bytes) -> Response:
    return Response(body, media_type="application/json")


def _stored(count: int) -> dict[str, Any]:
    outcome = operation_outcome("feedback-stored", "informational", f"{count} feedback entries stored")
    outcome["issue"][0]["severity"] = "information"
    return outcome
