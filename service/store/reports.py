"""Feedback reports: writing them down for good, and reading them together with the cards they are about."""

from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from service.errors import StoreUnavailableError
from service.store.tables import Feedback, ShownCard

log = structlog.get_logger(__name__)
Row = dict[str, Any]


async def store_feedback(engine: AsyncEngine, rows: Sequence[Row]) -> None:
    """Returns only after the rows are on disk. A report that was stored before is left as it is."""
    try:
        async with engine.begin() as connection:
            await connection.execute(insert(Feedback).on_conflict_do_nothing(), rows)
    except SQLAlchemyError as error:
        log.error("feedback not stored", entries=len(rows), error=type(error).__name__)
        raise StoreUnavailableError("the feedback could not be stored; please send it again") from None


async def feedback_on_cards(engine: AsyncEngine) -> list[Row]:
    """Every report, oldest first, with hook, indicator and statements of its card where that card is known."""
    card = ShownCard.__table__
    query = (
        select(Feedback.__table__, card.c.hook, card.c.indicator, card.c.statements)
        .outerjoin(card, card.c.card == Feedback.card)
        .order_by(Feedback.received_at, Feedback.entry)
    )
    async with engine.connect() as connection:
        return [dict(row) for row in (await connection.execute(query)).mappings()]
