"""Builds the application; wiring only."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import cast

import structlog
from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware

from service import health, routes
from service.assessment import Advisor, load_advisor
from service.call import Desk
from service.errors import ServiceError, error_response, framework_error_response
from service.gather.reader import new_client
from service.pages import evidence
from service.settings import Settings
from service.store.engine import migrate, open_engine
from service.store.shown import ShownCards
from service.web.boundary import REQUEST_ID, Boundary

log = structlog.get_logger(__name__)


def create_app(
    settings: Settings | None = None, advisor: Advisor | None = None, today: Callable[[], date] = date.today
) -> FastAPI:
    """The application. The knowledge is loaded here, so that a faulty file stops the start."""
    settings = settings or Settings()
    advisor = advisor or load_advisor(settings)
    app = FastAPI(title="biologic-cds", docs_url=None, redoc_url=None, lifespan=_lifespan)
    app.state.desk = Desk(settings, advisor, new_client(), today)
    for module in (health, routes, evidence):
        app.include_router(module.router)
    app.add_exception_handler(ServiceError, _service_error)
    app.add_exception_handler(HTTPException, _framework_error)
    app.add_middleware(Boundary)
    _allow_browsers(app, settings)
    return app


def _allow_browsers(app: FastAPI, settings: Settings) -> None:
    """Browser-based clients call from any origin; no cookie is used, so there is nothing for a foreign page to ride on.

    In demo mode a page on the public network (the CDS Hooks sandbox) may call this service on the loopback.
    """
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "POST", "OPTIONS"],
        allow_headers=["Authorization", "Content-Type", REQUEST_ID],
        expose_headers=[REQUEST_ID],
        allow_private_network=settings.demo_mode,
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    desk: Desk = app.state.desk
    await asyncio.to_thread(migrate, desk.settings.data_dir)
    engine = open_engine(desk.settings.data_dir)
    shown = ShownCards(engine)
    app.state.engine, app.state.shown = engine, shown
    writer = asyncio.create_task(shown.run())
    log.info("ready", region=desk.settings.region, demo=desk.settings.demo_mode)
    try:
        yield
    finally:
        await shown.close(writer)
        await desk.client.aclose()
        await engine.dispose()


async def _service_error(_request: Request, error: Exception) -> Response:
    refusal = cast(ServiceError, error)
    log.info("refused", status=refusal.status, code=refusal.code)
    return error_response(refusal)


async def _framework_error(_request: Request, error: Exception) -> Response:
    refusal = cast(HTTPException, error)
    return framework_error_response(refusal.status_code, dict(refusal.headers or {}))
