"""Alembic's entry: applies the migrations to the address that ``service.store.engine`` hands over."""

from alembic import context
from sqlalchemy import create_engine

from service.store.tables import Table

engine = create_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
