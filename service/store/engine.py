"""Opening the store: schema up to date, and durable enough that what is committed survives a power cut."""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

FILE = "biologic-cds.sqlite3"


def migrate(data_dir: Path) -> None:
    """Bring the schema up to date. Several workers may start at once, so one at a time."""
    data_dir.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", "service:store/migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = f"sqlite:///{data_dir / FILE}"
    with _only_one(data_dir / "migration.lock"):
        command.upgrade(config, "head")


def open_engine(data_dir: Path) -> AsyncEngine:
    engine = create_async_engine(f"sqlite+aiosqlite:///{data_dir / FILE}")
    event.listen(engine.sync_engine, "connect", _durable)
    return engine


def _durable(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    # WAL lets readers and the other workers go on during a write; FULL syncs it to disk on every commit.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@contextmanager
def _only_one(lock: Path) -> Generator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
