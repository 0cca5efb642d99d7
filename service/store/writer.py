"""Writing without delaying the answer: a queue in memory, written in batches, emptied at shutdown.

What is still in the queue is lost if the process is killed; so this is not for what a caller was told is stored.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from service.metrics.meters import not_stored
from service.store.failures import FAILURES, is_lasting
from service.store.tables import Table
from service.store.upserts import insert_new

log = structlog.get_logger(__name__)
_QUEUE = 20_000
_BATCH = 200  # prepared in one go, for which calls have to wait
_GATHERING_SECONDS = 0.25  # one commit for many calls: a commit a call would cost as much as the call
_PAUSE_SECONDS = 2.0  # after a failure: a database that is being restarted is back in moments

Row = Mapping[str, Any]
Item = tuple[type[Table], Row]


class Writer:
    """``remember`` never waits; ``run`` writes until ``close`` has had everything written.

    What could not be written is tried again as long as there is room: rows have keys, so twice does no harm.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._queue: deque[Item] = deque()
        self._filled = asyncio.Event()
        self._closing = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many rows are not written yet."""
        return len(self._queue)

    def remember(self, table: type[Table], rows: Iterable[Row]) -> None:
        for row in rows:
            if len(self._queue) >= _QUEUE:
                not_stored.labels(table=table.__tablename__).inc()
            else:
                self._queue.append((table, row))
                self._filled.set()

    async def run(self) -> None:
        while not self._closing.is_set():
            await self._filled.wait()
            await self._pause(_GATHERING_SECONDS)
            while self._queue and await self._write_some():
                pass
            if self._queue:
                await self._pause(_PAUSE_SECONDS)
            else:
                self._filled.clear()
        while self._queue and await self._write_some():
            pass
        self._give_up()

    async def close(self, task: "asyncio.Task[None]") -> None:
        """Have everything queued so far written, then end ``run``. A store that is down is not waited for."""
        self._closing.set()
        self._filled.set()
        await task

    async def _pause(self, seconds: float) -> None:
        """Let more come in, but not while closing."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)

    async def _write_some(self) -> bool:
        """Whether to go on. If the store is out of reach, the oldest rows stay in the queue."""
        batch = [self._queue[number] for number in range(min(_BATCH, len(self._queue)))]
        try:
            await self._write(batch)
        except FAILURES as error:
            lasting = is_lasting(error)
            log.error("not stored" if lasting else "not stored yet", rows=len(batch), error=type(error).__name__)
            if not lasting:
                return False
            _count_as_lost(batch)
        for _ in batch:
            self._queue.popleft()
        return True

    async def _write(self, batch: Iterable[Item]) -> None:
        by_table: defaultdict[type[Table], list[Row]] = defaultdict(list)
        for table, row in batch:
            by_table[table].append(row)
        async with self._engine.begin() as connection:
            for table, rows in by_table.items():
                await connection.execute(insert_new(connection, table), rows)

    def _give_up(self) -> None:
        if self._queue:
            log.error("not stored", rows=len(self._queue))
            _count_as_lost(self._queue)


def _count_as_lost(items: Iterable[Item]) -> None:
    for table, _ in items:
        not_stored.labels(table=table.__tablename__).inc()
