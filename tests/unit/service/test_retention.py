"""What is older than the store is to keep goes, and nothing else."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from applications import open_client
from hook_calls import FakeAdvisor, hook_call
from stored_rows import execute, stored
from typer.testing import CliRunner

from service import cli
from service.clock import utc_now
from service.settings import Settings
from service.store import retention
from service.store.retention import purge, purge_regularly
from service.store.store import open_store
from service.store.tables import AuditEntry, Feedback, ShownCard, Table

PATH = "/cds-services/biologic-cds-order-select"
TABLES: tuple[type[Table], ...] = (ShownCard, Feedback, AuditEntry)
SEEN = {"card": "c", "outcome": "overridden", "outcomeTimestamp": "2020-01-01T00:00:00Z"}


async def used(settings: Settings) -> None:
    """A store with one row of each kind, of just now."""
    async with open_client(settings, FakeAdvisor()) as client:
        await client.post(PATH, json=hook_call())
        await client.post(f"{PATH}/feedback", json={"feedback": [SEEN]})


async def counts(settings: Settings) -> list[int]:
    return [len(await stored(settings, table)) for table in TABLES]


async def test_only_what_is_older_goes(each_store: Settings) -> None:
    await used(each_store)
    async with open_store(each_store) as store:
        assert sum((await purge(store.engine, utc_now() - timedelta(days=1))).values()) == 0
        assert await counts(each_store) == [1, 1, 1]
        gone = await purge(store.engine, utc_now() + timedelta(seconds=1))
    assert gone == {"shown_card": 1, "feedback": 1, "audit": 1}
    assert await counts(each_store) == [0, 0, 0]


async def test_a_lot_goes_in_steps(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_AT_A_TIME", 2)
    entries = [SEEN | {"card": f"c{number}"} for number in range(5)]
    async with open_client(settings, FakeAdvisor()) as client:
        await client.post(f"{PATH}/feedback", json={"feedback": entries})
    async with open_store(settings) as store:
        assert (await purge(store.engine, utc_now() + timedelta(seconds=1)))["feedback"] == 5


async def test_a_running_service_does_it_by_itself(settings: Settings) -> None:
    await used(settings)
    async with open_store(settings) as store:
        later = asyncio.create_task(purge_regularly(store.engine, 30, lambda: utc_now() + timedelta(days=31)))
        async with asyncio.timeout(10):
            while sum(await counts(settings)):
                await asyncio.sleep(0.02)
        later.cancel()


async def test_a_store_that_fails_is_tried_again_an_hour_later(settings: Settings) -> None:
    async with open_store(settings) as store:
        await execute(settings, "DROP TABLE audit")
        later = asyncio.create_task(purge_regularly(store.engine, 30))
        await asyncio.sleep(0.1)
        assert not later.done()
        later.cancel()


async def test_without_the_setting_all_is_kept(settings: Settings) -> None:
    async with open_store(settings) as store:
        await purge_regularly(store.engine, None)


def test_the_command_does_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOLOGIC_CDS_DATA_DIR", str(tmp_path))
    asyncio.run(used(Settings()))
    asyncio.run(execute(Settings(), "UPDATE audit SET at = '2020-01-01 00:00:00.000000'"))
    result = CliRunner().invoke(cli.app, ["store", "purge", "--older-than", "30"])
    assert result.output == "shown_card: 0 deleted\nfeedback: 0 deleted\naudit: 1 deleted\n"


def test_the_command_wants_to_know_how_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOLOGIC_CDS_DATA_DIR", str(tmp_path))
    assert CliRunner().invoke(cli.app, ["store", "purge"]).exit_code == 2
    monkeypatch.setenv("BIOLOGIC_CDS_RETENTION_DAYS", "30")
    assert CliRunner().invoke(cli.app, ["store", "purge"]).exit_code == 0
