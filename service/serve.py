"""Running the service with uvicorn."""

import gc

import uvicorn
from fastapi import FastAPI

from service.app import create_app
from service.assessment import load_advisor
from service.logs import configure_logs
from service.settings import Settings


def worker_app() -> FastAPI:
    """What each worker process runs."""
    settings = Settings()
    configure_logs(settings.log_level)
    app = create_app(settings)
    settle_garbage_collector()
    return app


def settle_garbage_collector() -> None:
    """Take what start-up built out of every later collection: scanning it made the slowest answers."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def run(settings: Settings) -> None:
    """Serve until interrupted; calls under way are given ten seconds to end."""
    configure_logs(settings.log_level)
    if settings.workers > 1:
        # A supervisor restarts workers that die, for ever: what would stop every one of them has to show here.
        load_advisor(settings)
    uvicorn.run(
        "service.serve:worker_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=10,
    )
