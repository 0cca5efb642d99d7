"""Remembering shown cards without delaying the answer: a queue in memory, written in batches, emptied at shutdown."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from service.store.tables import ShownCard

log = structlog.get_logger(__name__)
_EXTENSION = "org.biologic-cds.card"
_KEPT = ("id", "kind", "severity", "state")  # never evidence, never the order: those are clinical data
_QUEUE = 10_000
_BATCH = 500
_GATHERING_SECONDS = 0.25  # one commit for many calls: a commit a call would cost as much as the call

Row = dict[str, Any]


def shown_rows(service: str, hook: str, cards: Iterable[Mapping[str, Any]]) -> list[Row]:
    now = datetime.now(UTC)
    return [
        {
            "card": card["uuid"],
            "service": service,
            "hook": hook,
            "indicator": card["indicator"],
            "statements": _statements(card),
            "suggestions": [suggestion["uuid"] for suggestion in card.get("suggestions", ())],
            "shown_at": now,
        }
        for card in cards
    ]


def _statements(card: Mapping[str, Any]) -> list[dict[str, str]]:
    findings = card.get("extension", {}).get(_EXTENSION, {}).get("findings", ())
    return [{name: finding[name] for name in _KEPT if name in finding} for finding in findings]


class ShownCards:
    """``remember`` never waits; ``run`` writes until ``close`` has had everything written."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: asyncio.Queue[Row | None] = asyncio.Queue(_QUEUE + 1)
        self._closing = asyncio.Event()

    def remember(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if self._queue.qsize() >= _QUEUE:
                log.warning("shown card not remembered", reason="queue full")
                return
            self._queue.put_nowait(row)

    async def run(self) -> None:
        going_on = True
        while going_on:
            batch = [await self._queue.get()]
            await self._gather()
            while len(batch) < _BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            going_on = None not in batch
            await self._write([row for row in batch if row is not None])

    async def _gather(self) -> None:
        """Let more come in, but not while closing."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), _GATHERING_SECONDS)

    async def close(self, writer: "asyncio.Task[None]") -> None:
        """Have everything queued so far written, then end ``run``."""
        self._closing.set()
        self._queue.put_nowait(None)
        await writer

    async def _write(self, rows: list[Row]) -> None:
        if not rows:
            return
        try:
            async with self._engine.begin() as connection:
                await connection.execute(insert(ShownCard).on_conflict_do_nothing(), rows)
        except SQLAlchemyError as error:
            log.error("shown cards not stored", cards=len(rows), error=type(error).__name__)
