"""Whether this process lives, and whether it can be sent calls."""

from importlib.metadata import version

from fastapi import APIRouter, Request, Response

from service.protocol.openapi import answers
from service.protocol.request import compact
from service.store.store import Store

router = APIRouter()
VERSION = version("biologic-cds")
_ALIVE = compact({"status": "ok", "version": VERSION})
_READY = compact({"status": "ready", "version": VERSION})


@router.get("/health", response_class=Response, responses=answers("It lives.", "status"))
async def health() -> Response:
    """Answers as soon as the knowledge is loaded and the store was opened: before that, nothing listens."""
    return Response(_ALIVE, media_type="application/json")


@router.get("/ready", response_class=Response, responses=answers("It is ready.", "status"))
async def ready(request: Request) -> Response:
    """Answers if the store can be reached too. A process that lives but is not ready needs no restart, only time."""
    store: Store = request.app.state.store
    await store.check()
    return Response(_READY, media_type="application/json")
