"""The time of day, where a caller of a function does not bring one along."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    return datetime.now(UTC)
