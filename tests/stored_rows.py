"""Looking into the store, of whichever kind it is."""

import json
from typing import Any

from sqlalchemy import select, text

from service.settings import Settings
from service.store.address import store_address
from service.store.engine import open_engine
from service.store.tables import Table

Row = dict[str, Any]


async def stored(settings: Settings, table: type[Table]) -> list[Row]:
    engine = open_engine(store_address(settings))
    try:
        async with engine.connect() as connection:
            return [dict(row) for row in (await connection.execute(select(table.__table__))).mappings()]
    finally:
        await engine.dispose()


async def everything_stored(settings: Settings) -> str:
    """All rows of all tables as text."""
    rows = [row for table in Table.__subclasses__() for row in await stored(settings, table)]
    return json.dumps(rows, default=str, ensure_ascii=False)


async def execute(settings: Settings, *statements: str) -> None:
    engine = open_engine(store_address(settings))
    try:
        async with engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()
