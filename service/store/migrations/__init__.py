"""Alembic migrations of the embedded store; they run when the service starts."""
