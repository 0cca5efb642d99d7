"""Leaving out what is older than the store is to keep."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import InstrumentedAttribute

from service.clock import utc_now
from service.store.failures import FAILURES
from service.store.tables import AuditEntry, Feedback, ShownCard, Table

log = structlog.get_logger(__name__)
_EVERY_SECONDS = 3600.0
_AT_A_TIME = 2_000  # a long write keeps the others waiting, and with them callers

Kind = tuple[type[Table], InstrumentedAttribute[str], InstrumentedAttribute[datetime]]
_KINDS: tuple[Kind, ...] = (
    (ShownCard, ShownCard.card, ShownCard.shown_at),
    (Feedback, Feedback.entry, Feedback.received_at),
    (AuditEntry, AuditEntry.call, AuditEntry.at),
)


async def purge(engine: AsyncEngine, before: datetime) -> dict[str, int]:
    """Deletes what is older than ``before``; says how many rows of which table that were."""
    return {kind[0].__tablename__: await _purge_one(engine, kind, before) for kind in _KINDS}


async def _purge_one(engine: AsyncEngine, kind: Kind, before: datetime) -> int:
    table, key, at = kind
    total = 0
    while True:
        old = select(key).where(at < before).limit(_AT_A_TIME)
        async with engine.begin() as connection:
            count = (await connection.execute(delete(table).where(key.in_(old)))).rowcount
        total += count
        if count < _AT_A_TIME:
            return total


async def purge_regularly(engine: AsyncEngine, days: int | None, now: Callable[[], datetime] = utc_now) -> None:
    """Until cancelled. Every process does it: the first finds work, the others find none. ``None`` keeps all."""
    while days is not None:
        try:
            counts = await purge(engine, now() - timedelta(days=days))
            if any(counts.values()):
                log.info("purged", **counts)
        except FAILURES as error:
            log.error("not purged", error=type(error).__name__)
        await asyncio.sleep(_EVERY_SECONDS)
