"""The page a monitoring system reads."""

import asyncio
import hmac
import os

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from service.errors import UnauthorizedError
from service.settings import Settings
from service.trust.tokens import bearer

router = APIRouter(include_in_schema=False)
SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the client library's own name; set before it is imported


@router.get("/metrics", response_class=Response)
async def metrics(request: Request) -> Response:
    """The figures of all worker processes of this instance together."""
    _check_may_read(request, request.app.state.desk.settings)
    return Response(await asyncio.to_thread(_figures), media_type=CONTENT_TYPE_LATEST)


def _check_may_read(request: Request, settings: Settings) -> None:
    """Free in a demo and on this machine; elsewhere for whoever shows the configured token, and else for nobody."""
    wanted = settings.metrics_token
    only_here = settings.local and settings.public_url is None  # with an address of its own, a proxy may lead here
    if wanted is None and (only_here or not settings.tenants):
        return
    shown = bearer(request.headers.getlist("authorization"))
    if wanted is None or not hmac.compare_digest(shown.encode(), wanted.get_secret_value().encode()):
        raise UnauthorizedError("metrics token")


def _figures() -> bytes:
    if SHARED_FOLDER not in os.environ:
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return generate_latest(together)
