"""Each token is used once, whichever process it meets, and forgotten when it has ended."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from service.errors import StoreUnavailableError
from service.settings import Settings
from service.store.address import FILE
from service.store.store import open_store
from service.store.tokens import UsedTokens


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncGenerator[AsyncEngine]:
    async with open_store(Settings(data_dir=tmp_path)) as store:
        yield store.engine


def stored(folder: Path) -> list[str]:
    connection = sqlite3.connect(folder / FILE)
    try:
        return [token for (token,) in connection.execute("SELECT token FROM used_token")]
    finally:
        connection.close()


async def test_the_second_use_is_noticed(engine: AsyncEngine) -> None:
    used = UsedTokens(engine)
    assert await used.use("a", "1", time.time() + 60)
    assert not await used.use("a", "1", time.time() + 60)
    assert not await UsedTokens(engine).use("a", "1", time.time() + 60)


async def test_another_tenant_may_use_the_same_id(engine: AsyncEngine) -> None:
    used = UsedTokens(engine)
    assert await used.use("a", "1", time.time() + 60)
    assert await used.use("b", "1", time.time() + 60)


async def test_what_has_ended_is_forgotten(engine: AsyncEngine, tmp_path: Path) -> None:
    now = 1000.0
    used = UsedTokens(engine, lambda: now)
    await used.use("a", "ends", 1010)
    await used.use("a", "stays", 2000)
    now = 1100.0
    await used.use("a", "new", 2000)
    assert len(stored(tmp_path)) == 2


async def test_only_digests_are_kept(engine: AsyncEngine, tmp_path: Path) -> None:
    await UsedTokens(engine).use("tenant-a", "jti-of-the-token", time.time() + 60)
    (digest,) = stored(tmp_path)
    assert len(digest) == 64
    assert b"jti-of-the-token" not in b"".join(file.read_bytes() for file in tmp_path.glob(f"{FILE}*"))


async def test_of_many_at_once_one_is_the_first(engine: AsyncEngine) -> None:
    used = UsedTokens(engine)
    first = await asyncio.gather(*(used.use("a", "1", time.time() + 60) for _ in range(20)))
    assert sum(first) == 1


async def test_a_store_that_fails_lets_nobody_in(engine: AsyncEngine, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("DROP TABLE used_token")
    connection.close()
    with pytest.raises(StoreUnavailableError):
        await UsedTokens(engine).use("a", "1", time.time() + 60)
