"""What can go wrong with the store."""

from sqlalchemy.exc import SQLAlchemyError

# A connection that cannot be made, or an answer that is too late, comes as the operating system's error.
FAILURES = (SQLAlchemyError, OSError)
_OF_THE_ROWS = ("22", "23", "42")  # classes of SQLSTATE: data, integrity, schema


def is_lasting(error: Exception) -> bool:
    """Whether the same rows would fail again, however often they are tried."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return isinstance(state, str) and state.startswith(_OF_THE_ROWS)
