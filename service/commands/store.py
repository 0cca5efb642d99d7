"""Commands about what is stored: feedback, the audit trail, and leaving out what is old.

What they need is imported when they run: the other commands start faster without it.
"""

import asyncio
import csv
import sys
from collections.abc import AsyncGenerator, AsyncIterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.clock import utc_now
from service.commands.console import explained, fail, print_json, read_settings
from service.errors import StoreUnavailableError
from service.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from service.store.audit import Wanted

audit_app = typer.Typer(no_args_is_help=True, help="Read the audit trail: who called, and what was answered.")
store_app = typer.Typer(no_args_is_help=True, help="Look after the store.")
_DAY = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]


class Format(StrEnum):
    JSONL = "jsonl"
    CSV = "csv"


def feedback() -> None:
    """Print all feedback as JSON lines, each with the statements of its card where that card is known."""
    settings = read_settings()
    with explained():
        asyncio.run(_feedback(settings))


@audit_app.command("export")
def audit_export(
    since: Annotated[datetime | None, typer.Option(formats=_DAY, help="From this moment on; UTC.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=_DAY, help="Up to before this moment; UTC.")] = None,
    tenant: Annotated[str | None, typer.Option(help="Only calls of this tenant.")] = None,
    patient: Annotated[str | None, typer.Option(help="Only calls about this patient id of --tenant.")] = None,
    as_format: Annotated[Format, typer.Option("--format", help="One entry a line either way.")] = Format.JSONL,
) -> None:
    """Print the audit trail, oldest entry first."""
    from service.store.audit import Wanted

    settings = read_settings()
    digest = None if patient is None else _digest(settings, tenant, patient)
    with explained():
        asyncio.run(_export(settings, Wanted(_utc(since), _utc(until), tenant, digest), as_format))


@store_app.command("purge")
def store_purge(
    days: Annotated[int | None, typer.Option("--older-than", min=1, help="Days [BIOLOGIC_CDS_RETENTION_DAYS].")] = None,
) -> None:
    """Delete shown cards, feedback and audit entries that are older than the given days. A running service does the
    same by itself every hour if BIOLOGIC_CDS_RETENTION_DAYS is set."""
    settings = read_settings()
    days = days or settings.retention_days
    if days is None:
        fail("say how old with --older-than, or set BIOLOGIC_CDS_RETENTION_DAYS")
    with explained():
        counts = asyncio.run(_purge(settings, days))
    for table, count in counts.items():
        typer.echo(f"{table}: {count} deleted")


def _digest(settings: Settings, tenant: str | None, patient: str) -> str:
    from service.store.audit import patient_digest

    if settings.audit_key is None or tenant is None:
        fail("finding a patient takes --tenant and the key in BIOLOGIC_CDS_AUDIT_KEY that was in use then")
    return patient_digest(settings.audit_key.get_secret_value().encode(), tenant, patient)


def _utc(moment: datetime | None) -> datetime | None:
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


async def _feedback(settings: Settings) -> None:
    from service.store.reports import feedback_on_cards

    async with _open(settings) as engine:
        for row in await feedback_on_cards(engine):
            print_json(row)


async def _export(settings: Settings, wanted: "Wanted", as_format: Format) -> None:
    from service.store.audit import COLUMNS, audit_trail

    async with _open(settings) as engine:
        entries = audit_trail(engine, wanted)
        if as_format is Format.CSV:
            await _print_csv(COLUMNS, entries)
        else:
            async for entry in entries:
                print_json(entry)


async def _print_csv(columns: tuple[str, ...], entries: AsyncIterable[Mapping[str, Any]]) -> None:
    import msgspec

    writer = csv.writer(sys.stdout)
    writer.writerow(columns)
    async for entry in entries:
        cells = msgspec.to_builtins(entry)
        lists = {name: msgspec.json.encode(cell).decode() for name, cell in cells.items() if isinstance(cell, list)}
        writer.writerow((cells | lists)[name] for name in columns)


async def _purge(settings: Settings, days: int) -> Mapping[str, int]:
    from service.store.retention import purge

    async with _open(settings) as engine:
        return await purge(engine, utc_now() - timedelta(days=days))


@asynccontextmanager
async def _open(settings: Settings) -> "AsyncGenerator[AsyncEngine]":
    from service.store.address import store_address
    from service.store.engine import migrate, open_engine
    from service.store.failures import FAILURES

    engine = open_engine(store_address(settings))
    try:
        try:
            await migrate(engine)
        except FAILURES as error:
            raise StoreUnavailableError(f"the store cannot be opened: {type(error).__name__}") from None
        yield engine
    finally:
        await engine.dispose()
