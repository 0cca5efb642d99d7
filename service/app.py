"""Builds the application; wiring only."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import cast

import structlog
from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from service import health, routes
from service.assessment import Advisor, load_advisor
from service.call import Desk
from service.errors import framework_error_response
from service.hook_calls import HookCalls
from service.ledger import Ledger
from service.metrics import page
from service.metrics.meters import about
from service.pages import evidence
from service.settings import Settings
from service.store.store import open_store
from service.trust.entrance import Entrance, open_entrance
from service.web.boundary import Boundary
from service.web.browsers import Browsers
from service.web.gate import Gate
from service.web.https_only import HttpsOnly

log = structlog.get_logger(__name__)


def create_app(
    settings: Settings | None = None, advisor: Advisor | None = None, today: Callable[[], date] = date.today
) -> FastAPI:
    """The application. Knowledge and tenants are loaded here, so that a faulty file stops the start."""
    settings = settings or Settings()
    entrance = open_entrance(settings)  # first: it takes a moment, the knowledge takes seconds
    advisor = advisor or load_advisor(settings)
    app = FastAPI(title="biologic-cds", docs_url=None, redoc_url=None, lifespan=_lifespan)
    app.state.desk = Desk(settings, advisor, today)
    app.state.entrance = entrance
    app.state.gate = Gate(settings)
    for module in (health, routes, page, evidence):
        app.include_router(module.router)
    app.add_exception_handler(HTTPException, _framework_error)
    app.add_middleware(HookCalls)
    if settings.tenants and not settings.local:
        app.add_middleware(HttpsOnly)
    app.add_middleware(Boundary)
    app.add_middleware(Browsers, demo=settings.demo_mode)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    desk: Desk = app.state.desk
    entrance: Entrance = app.state.entrance
    about.labels(version=health.VERSION, knowledge=desk.advisor.version).set(1)
    async with open_store(desk.settings) as store:
        app.state.store, app.state.door = store, entrance.door(store.engine)
        app.state.ledger = Ledger(store.writer, desk.settings, desk.advisor.version)
        log.info("ready", region=desk.settings.region, demo=desk.settings.demo_mode)
        try:
            yield
        finally:
            await entrance.close()


async def _framework_error(_request: Request, error: Exception) -> Response:
    refusal = cast(HTTPException, error)
    return framework_error_response(refusal.status_code, dict(refusal.headers or {}))
