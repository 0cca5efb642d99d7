"""Rows on their way into the store: batched, never waited for, and not lost to a store that is away for a moment."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from postgres_server import PostgresServer, postgres_server
from prometheus_client import REGISTRY
from pydantic import SecretStr
from stored_rows import execute, stored

from service.clock import utc_now
from service.settings import Settings
from service.store import writer
from service.store.shown import shown_rows
from service.store.store import Store, open_store
from service.store.tables import ShownCard


def cards(count: int) -> list[dict[str, Any]]:
    shown = [{"uuid": str(uuid.uuid4()), "indicator": "info"} for _ in range(count)]
    return shown_rows("t", "s", "h", shown, utc_now())


def lost() -> float:
    return REGISTRY.get_sample_value("biologic_cds_not_stored_total", {"table": "shown_card"}) or 0


async def soon(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await true():
            await asyncio.sleep(0.02)


@asynccontextmanager
async def away_for_a_moment(settings: Settings) -> AsyncGenerator[None]:
    await execute(settings, "ALTER TABLE shown_card RENAME TO elsewhere")
    yield
    await execute(settings, "ALTER TABLE elsewhere RENAME TO shown_card")


async def test_more_than_a_batch_is_written_before_the_end(each_store: Settings) -> None:
    async with open_store(each_store) as store:
        store.writer.remember(ShownCard, cards(1201))
    assert len(await stored(each_store, ShownCard)) == 1201


async def test_what_comes_again_is_stored_once(each_store: Settings) -> None:
    rows = cards(3)
    async with open_store(each_store) as store:
        store.writer.remember(ShownCard, rows + rows)
    assert len(await stored(each_store, ShownCard)) == 3


async def test_it_is_written_while_the_service_runs(each_store: Settings) -> None:
    async with open_store(each_store) as store:
        for count in (2, 4):
            store.writer.remember(ShownCard, cards(2))
            await soon(lambda count=count: has(each_store, count))


async def has(settings: Settings, count: int) -> bool:
    return len(await stored(settings, ShownCard)) == count


async def test_a_full_queue_drops_instead_of_waiting(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_QUEUE", 1)
    before = lost()
    async with open_store(settings) as store:
        store.writer.remember(ShownCard, cards(3))
    assert len(await stored(settings, ShownCard)) == 1
    assert lost() - before == 2


async def test_what_could_not_be_written_is_written_later(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_PAUSE_SECONDS", 0.05)
    async with open_store(settings) as store:
        async with away_for_a_moment(settings):
            store.writer.remember(ShownCard, cards(5))
            await asyncio.sleep(0.6)
        await soon(lambda: has(settings, 5))


async def test_at_the_end_a_store_that_is_away_is_not_waited_for(settings: Settings) -> None:
    before = lost()
    async with open_store(settings) as store:
        await execute(settings, "DROP TABLE shown_card")
        store.writer.remember(ShownCard, cards(5))
    assert lost() - before == 5


async def test_rows_that_can_never_be_written_do_not_hold_up_the_others(on_postgres: Settings) -> None:
    before = lost()
    async with open_store(on_postgres) as store:
        store.writer.remember(ShownCard, [row | {"hook": "x" * 65} for row in cards(1)])
        await soon(lambda: counted(before + 1))
        store.writer.remember(ShownCard, cards(2))
    assert len(await stored(on_postgres, ShownCard)) == 2


async def counted(count: float) -> bool:
    return lost() == count


def test_a_database_that_is_restarted_costs_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(writer, "_PAUSE_SECONDS", 0.05)
    with postgres_server() as server:
        settings = Settings(database_url=SecretStr(server.new_database()))
        asyncio.run(written_over_a_restart(server, settings))


async def written_over_a_restart(server: PostgresServer, settings: Settings) -> None:
    async with open_store(settings) as store:
        await write_some(store, 100)
        await asyncio.to_thread(server.stop, "immediate")
        await write_some(store, 100)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(server.start)
        await soon(lambda: has(settings, 200))


async def write_some(store: Store, count: int) -> None:
    for row in cards(count):
        store.writer.remember(ShownCard, (row,))
        await asyncio.sleep(0.005)
