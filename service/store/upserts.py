"""Inserting rows of which some may be there already: each database has a wording of its own for it."""

from collections.abc import Callable, Mapping

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from service.store.tables import Table

_WORDINGS: Mapping[str, Callable[[type[Table]], Insert]] = {
    "postgresql": lambda table: postgresql.insert(table).on_conflict_do_nothing(),
    "sqlite": lambda table: sqlite.insert(table).on_conflict_do_nothing(),
}


def insert_new(connection: AsyncConnection, table: type[Table]) -> Insert:
    """Leaves rows whose key is there as they are."""
    return _WORDINGS[connection.dialect.name](table)
