"""Alembic migrations of the store, the same for SQLite and PostgreSQL; they run when the service starts."""
