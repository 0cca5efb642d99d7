"""The store of a running service: its connections, and what goes on in the background."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from service.errors import StoreUnavailableError
from service.settings import Settings
from service.store.address import store_address
from service.store.engine import migrate, open_engine
from service.store.failures import FAILURES
from service.store.retention import purge_regularly
from service.store.writer import Writer

log = structlog.get_logger(__name__)
_ANSWERS_WITHIN = 2.0
_BELIEVED_FOR = 1.0  # whoever asks more often does not reach the database


class Store:
    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.writer = Writer(engine)
        self._reached_at = float("-inf")

    async def check(self) -> None:
        """Raises ``StoreUnavailableError`` unless the store answers."""
        now = asyncio.get_running_loop().time()
        if now - self._reached_at < _BELIEVED_FOR:
            return
        try:
            async with asyncio.timeout(_ANSWERS_WITHIN), self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except FAILURES as error:
            log.warning("store not reachable", error=type(error).__name__)
            raise StoreUnavailableError("the store cannot be reached") from None
        self._reached_at = now


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncGenerator[Store]:
    """With the schema up to date. What is queued at the end is written before the connections close."""
    engine = open_engine(store_address(settings))
    try:
        await _prepare(engine)
        store = Store(engine)
        writing = asyncio.create_task(store.writer.run())
        purging = asyncio.create_task(purge_regularly(engine, settings.retention_days))
        try:
            yield store
        finally:
            purging.cancel()
            with suppress(asyncio.CancelledError):
                await purging
            await store.writer.close(writing)
    finally:
        await engine.dispose()


async def _prepare(engine: AsyncEngine) -> None:
    try:
        await migrate(engine)
    except FAILURES as error:
        log.error("store not opened", kind=engine.dialect.name, error=type(error).__name__)
        raise
