"""Opening the store: schema up to date, and durable enough that what is committed survives a power cut."""

import asyncio
import fcntl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

SQLITE = "sqlite"
_CONNECT_SECONDS = 5
_COMMAND_SECONDS = 10
_LOCK = 5_020_111_825  # any number that no other program on the same database uses


def open_engine(url: URL) -> AsyncEngine:
    """Parameters are kept out of error texts: they hold what callers sent."""
    if url.get_backend_name() == SQLITE:
        engine = create_async_engine(url, hide_parameters=True, json_serializer=_json)
        event.listen(engine.sync_engine, "connect", _durable)
        return engine
    limits = {"timeout": _CONNECT_SECONDS, "command_timeout": _COMMAND_SECONDS}
    name = {"server_settings": {"application_name": "biologic-cds"}}
    # A connection is tried before it is used: after a fail-over the pool is full of dead ones.
    return create_async_engine(
        url,
        hide_parameters=True,
        json_serializer=_json,
        connect_args=limits | name,
        pool_pre_ping=True,
        pool_timeout=_CONNECT_SECONDS,
    )


def _json(value: Any) -> str:
    """The library's own way takes most of the time that a row costs."""
    return msgspec.json.encode(value).decode()


async def migrate(engine: AsyncEngine) -> None:
    """Bring the schema up to date. Several processes may start at once, on several hosts, so one at a time."""
    if engine.dialect.name == SQLITE:
        folder = Path(engine.url.database or "").parent
        folder.mkdir(parents=True, exist_ok=True)
        async with _only_one(folder / "migration.lock"), engine.connect() as connection:
            # By hand: the driver begins a transaction only before it writes rows, and the schema would change outside.
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            await _upgrade(connection)
    else:
        async with engine.connect() as connection:
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            await _upgrade(connection)


async def _upgrade(connection: AsyncConnection) -> None:
    await connection.run_sync(_run_migrations)
    await connection.commit()


def _run_migrations(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "service:store/migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _durable(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # WAL lets readers and the other workers go on during a write; FULL syncs it to disk on every commit.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@asynccontextmanager
async def _only_one(lock: Path) -> AsyncGenerator[None]:
    with lock.open("w") as file:
        await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX)
        yield
