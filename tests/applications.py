"""Starting the application within a test, without a socket."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import date

import httpx

from service.app import create_app
from service.assessment import Advisor
from service.settings import Settings

BASE_URL = "http://127.0.0.1:8000"


@asynccontextmanager
async def open_client(
    settings: Settings, advisor: Advisor, today: Callable[[], date] = date.today
) -> AsyncGenerator[httpx.AsyncClient]:
    """A client on a started application; leaving it stops the application as uvicorn would."""
    app = create_app(settings, advisor, today)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE_URL) as client,
    ):
        yield client
