"""The audit trail: one line for each call of a caller that was let in, and reading it out again."""

import hashlib
import hmac
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncEngine

from service.store.tables import AuditEntry

Row = dict[str, Any]
COLUMNS = tuple(column.name for column in AuditEntry.__table__.columns)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the trail; ``None`` leaves a side open. ``until`` is not within."""

    since: datetime | None = None
    until: datetime | None = None
    tenant: str | None = None
    patient: str | None = None


def patient_digest(key: bytes, tenant: str, patient_id: str) -> str:
    """Tells calls about one patient from others, for who holds the key; without it, not even a list of ids helps."""
    return hmac.digest(key, f"{tenant}\0{patient_id}".encode(), hashlib.sha256).hex()


async def audit_trail(engine: AsyncEngine, wanted: Wanted) -> AsyncGenerator[Row]:
    """Entry by entry, oldest first: a trail may be longer than memory."""
    async with engine.connect() as connection, connection.stream(_query(wanted)) as result:
        async for row in result.mappings():
            yield dict(row) | {"at": _with_zone(row["at"])}


def _query(wanted: Wanted) -> Select[Any]:
    query = select(AuditEntry.__table__).order_by(AuditEntry.at, AuditEntry.call)
    if wanted.since is not None:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(AuditEntry.at < wanted.until)
    same: Mapping[str, str | None] = {"tenant": wanted.tenant, "patient": wanted.patient}
    return query.filter_by(**{name: value for name, value in same.items() if value is not None})


def _with_zone(moment: datetime) -> datetime:
    """SQLite knows no time zones; what was written is UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
