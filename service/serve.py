"""Running the service with uvicorn."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import uvicorn
from fastapi import FastAPI

from service.app import create_app
from service.assessment import load_advisor
from service.logs import configure_logs
from service.memory import settle_memory
from service.metrics.page import SHARED_FOLDER
from service.settings import Settings
from service.trust.entrance import open_entrance
from service.web.http_protocol import OutcomeProtocol


def worker_app() -> FastAPI:
    """What each worker process runs."""
    settings = Settings()
    configure_logs(settings.log_level)
    app = create_app(settings)
    settle_memory()
    return app


def run(settings: Settings) -> None:
    """Serve until interrupted; calls under way are given ten seconds to end."""
    configure_logs(settings.log_level)
    if settings.workers > 1:
        # A supervisor restarts workers that die, for ever: what would stop every one of them has to show here.
        open_entrance(settings)
        load_advisor(settings)
    with shared_figures(settings.workers):
        _serve(settings)


@contextmanager
def shared_figures(workers: int) -> Generator[None]:
    """Several processes count together, in a folder that lasts as long as they do."""
    if workers == 1 or SHARED_FOLDER in os.environ:
        yield
        return
    with TemporaryDirectory(prefix="biologic-cds-figures-") as folder:
        os.environ[SHARED_FOLDER] = folder
        yield


def _serve(settings: Settings) -> None:
    uvicorn.run(
        "service.serve:worker_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        # Not uvloop, which takes one new connection for each call it answers: when it is sent too much, callers would
        # wait unseen in the kernel's queue instead of being told to come again. What a call costs is the same.
        loop="asyncio",
        http=OutcomeProtocol,
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
        forwarded_allow_ips=settings.trusted_proxies,
        timeout_keep_alive=75,  # longer than balancers keep a connection: who closes first breaks the other's call
        timeout_graceful_shutdown=10,
    )
