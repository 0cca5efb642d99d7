"""Shown cards and feedback: stored, joined, and without clinical data."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import pytest
from applications import open_client
from hook_calls import FakeAdvisor, hook_call
from sqlalchemy.exc import OperationalError

from service.settings import Settings
from service.store import shown
from service.store.engine import FILE, migrate, open_engine
from service.store.reports import feedback_on_cards
from service.store.shown import ShownCards, shown_rows

PATH = "/cds-services/biologic-cds-order-select"
SEEN = {"card": "unknown", "outcome": "overridden", "outcomeTimestamp": "2026-11-22T07:18:44.5Z"}


async def stored(settings: Settings) -> list[dict[str, Any]]:
    engine = open_engine(settings.data_dir)
    try:
        return await feedback_on_cards(engine)
    finally:
        await engine.dispose()


async def test_feedback_is_joined_to_the_card_shown(settings: Settings) -> None:
    async with open_client(settings, FakeAdvisor()) as client:
        card = (await client.post(PATH, json=hook_call())).json()["cards"][0]
        accepted = {"outcome": "accepted", "acceptedSuggestions": [{"id": card["suggestions"][0]["uuid"]}]}
        await client.post(f"{PATH}/feedback", json={"feedback": [SEEN | {"card": card["uuid"]} | accepted]})
    (row,) = await stored(settings)
    assert row["hook"] == "order-select"
    assert row["indicator"] == "warning"
    assert row["statements"] == [
        {"id": "fake.statement", "kind": "screening", "severity": "warning", "state": "missing"}
    ]
    assert row["accepted_suggestions"] == [card["suggestions"][0]["uuid"]]


async def test_repeated_and_unknown_feedback_is_stored_once(settings: Settings) -> None:
    reason = {"reason": {"code": "c", "system": "s"}, "userComment": "known"}
    async with open_client(settings, FakeAdvisor()) as client:
        for _ in range(3):
            entries = [SEEN, SEEN | {"overrideReason": reason}]
            assert (await client.post(f"{PATH}/feedback", json={"feedback": entries})).status_code == 200
    rows = await stored(settings)
    assert len(rows) == 2
    assert {row["reason_code"] for row in rows} == {None, "c"}
    assert all(row["hook"] is None for row in rows)


async def test_nothing_clinical_is_stored(settings: Settings) -> None:
    async with open_client(settings, FakeAdvisor()) as client:
        await client.post(PATH, json=hook_call())
    with sqlite3.connect(settings.data_dir / FILE) as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    assert "fake.statement" in dump
    assert not any(word in dump for word in ("p1", "order-1", "Patient", "inebilizumab", "1980"))


async def test_a_store_that_fails_is_a_503(
    fake_client: httpx.AsyncClient, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(settings.data_dir / FILE) as connection:
        connection.execute("DROP TABLE feedback")
        connection.execute("DROP TABLE shown_card")
    connection.close()
    response = await fake_client.post(f"{PATH}/feedback", json={"feedback": [SEEN]})
    assert response.status_code == 503
    assert response.json()["issue"][0]["code"] == "transient"
    assert (await fake_client.post(PATH, json=hook_call())).status_code == 200


async def test_a_full_queue_drops_instead_of_waiting(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "_QUEUE", 1)
    migrate(settings.data_dir)
    engine = open_engine(settings.data_dir)
    cards = ShownCards(engine)
    cards.remember(shown_rows("s", "h", [{"uuid": str(n), "indicator": "info"} for n in range(3)]))
    writer = asyncio.create_task(cards.run())
    await cards.close(writer)
    await engine.dispose()
    with sqlite3.connect(settings.data_dir / FILE) as connection:
        assert connection.execute("SELECT count(*) FROM shown_card").fetchone() == (1,)
    connection.close()


async def test_the_store_is_durable(tmp_path: Path) -> None:
    migrate(tmp_path)
    engine = open_engine(tmp_path)
    async with engine.connect() as connection:
        assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar() == "wal"
        assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar() == 2
    await engine.dispose()


async def test_migrations_and_tables_agree(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine

    from service.store.tables import Table

    migrate(tmp_path)
    migrate(tmp_path)
    engine = create_engine(f"sqlite:///{tmp_path / FILE}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
    engine.dispose()


def test_an_unwritable_folder_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(OperationalError):
        migrate(tmp_path)
