"""Feedback reports: writing them down for good, and reading them together with the cards they are about."""

from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from service.errors import StoreUnavailableError
from service.store.failures import FAILURES
from service.store.tables import Feedback, ShownCard
from service.store.upserts import insert_new

log = structlog.get_logger(__name__)
Row = dict[str, Any]


async def store_feedback(engine: AsyncEngine, rows: Sequence[Row]) -> None:
    """Returns only after the rows are on disk. A report that was stored before is left as it is."""
    in_order = sorted(
        rows, key=lambda row: row["entry"]
    )  # two reports with the same entries would else block each other
    try:
        async with engine.begin() as connection:
            await connection.execute(insert_new(connection, Feedback), in_order)
    except FAILURES as error:
        log.error("feedback not stored", entries=len(rows), error=type(error).__name__)
        raise StoreUnavailableError("the feedback could not be stored; please send it again") from None


async def feedback_on_cards(engine: AsyncEngine) -> list[Row]:
    """Every report, oldest first, with hook, indicator and statements of its card if its tenant was shown it."""
    card = ShownCard.__table__
    query = (
        select(Feedback.__table__, card.c.hook, card.c.indicator, card.c.statements)
        .outerjoin(card, and_(card.c.card == Feedback.card, card.c.tenant == Feedback.tenant))
        .order_by(Feedback.received_at, Feedback.entry)
    )
    async with engine.connect() as connection:
        return [dict(row) for row in (await connection.execute(query)).mappings()]
