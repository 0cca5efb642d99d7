"""Shown cards and feedback: stored, joined, and without clinical data, in either kind of store."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from applications import open_client
from hook_calls import FakeAdvisor, hook_call
from sqlalchemy.exc import OperationalError
from stored_rows import everything_stored, execute, stored

from service.settings import Settings
from service.store.address import FILE, embedded, store_address
from service.store.engine import migrate, open_engine
from service.store.reports import feedback_on_cards
from service.store.tables import Feedback, Table

PATH = "/cds-services/biologic-cds-order-select"
SEEN = {"card": "unknown", "outcome": "overridden", "outcomeTimestamp": "2026-11-22T07:18:44.5Z"}


async def reports(settings: Settings) -> list[dict[str, Any]]:
    engine = open_engine(store_address(settings))
    try:
        return await feedback_on_cards(engine)
    finally:
        await engine.dispose()


async def test_feedback_is_joined_to_the_card_shown(each_store: Settings) -> None:
    async with open_client(each_store, FakeAdvisor()) as client:
        card = (await client.post(PATH, json=hook_call())).json()["cards"][0]
        accepted = {"outcome": "accepted", "acceptedSuggestions": [{"id": card["suggestions"][0]["uuid"]}]}
        await client.post(f"{PATH}/feedback", json={"feedback": [SEEN | {"card": card["uuid"]} | accepted]})
    (row,) = await reports(each_store)
    assert row["hook"] == "order-select"
    assert row["indicator"] == "warning"
    assert row["statements"] == [
        {"id": "fake.statement", "kind": "screening", "severity": "warning", "state": "missing"}
    ]
    assert row["accepted_suggestions"] == [card["suggestions"][0]["uuid"]]


async def test_repeated_and_unknown_feedback_is_stored_once(each_store: Settings) -> None:
    reason = {"reason": {"code": "c", "system": "s"}, "userComment": "known"}
    async with open_client(each_store, FakeAdvisor()) as client:
        for _ in range(3):
            entries = [SEEN, SEEN | {"overrideReason": reason}]
            assert (await client.post(f"{PATH}/feedback", json={"feedback": entries})).status_code == 200
    rows = await reports(each_store)
    assert len(rows) == 2
    assert {row["reason_code"] for row in rows} == {None, "c"}
    assert all(row["hook"] is None for row in rows)


async def test_the_same_entries_at_once_in_any_order_are_stored_once(each_store: Settings) -> None:
    entries = [SEEN | {"card": f"c{number}"} for number in range(20)]
    async with open_client(each_store, FakeAdvisor()) as client:
        calls = (
            client.post(f"{PATH}/feedback", json={"feedback": order})
            for order in (entries, entries[::-1])
            for _ in "123"
        )
        assert {response.status_code for response in await asyncio.gather(*calls)} == {200}
    assert len(await stored(each_store, Feedback)) == 20


async def test_every_text_that_json_can_hold_is_stored(each_store: Settings) -> None:
    odd = "a\0b 阳性 \U0001f600 ' \\ %"
    entry = SEEN | {"card": "c\0d", "overrideReason": {"reason": {"code": odd}, "userComment": odd}}
    taken = SEEN | {"outcome": "accepted", "acceptedSuggestions": [{"id": odd}]}
    async with open_client(each_store, FakeAdvisor()) as client:
        assert (await client.post(f"{PATH}/feedback", json={"feedback": [entry, taken]})).status_code == 200
    rows = {row["outcome"]: row for row in await stored(each_store, Feedback)}
    assert rows["overridden"]["user_comment"] == rows["overridden"]["reason_code"] == odd.replace("\0", "\ufffd")
    assert rows["accepted"]["accepted_suggestions"] == [odd.replace("\0", "\ufffd")]


async def test_nothing_clinical_is_stored(each_store: Settings) -> None:
    async with open_client(each_store, FakeAdvisor()) as client:
        await client.post(PATH, json=hook_call())
    dump = await everything_stored(each_store)
    assert "fake.statement" in dump
    assert not [word for word in ('"p1', "order-1", "Patient", "inebilizumab", "1980", "Practitioner") if word in dump]


async def test_a_store_that_fails_is_a_503_for_feedback_and_costs_no_cards(each_store: Settings) -> None:
    async with open_client(each_store, FakeAdvisor()) as client:
        await execute(each_store, "DROP TABLE feedback", "DROP TABLE shown_card", "DROP TABLE audit")
        response = await client.post(f"{PATH}/feedback", json={"feedback": [SEEN]})
        assert response.status_code == 503
        assert response.headers["retry-after"] == "5"
        assert response.json()["issue"][0]["details"]["coding"][0]["code"] == "store-unavailable"
        assert (await client.post(PATH, json=hook_call())).json()["cards"]


async def test_the_embedded_store_is_durable(tmp_path: Path) -> None:
    engine = open_engine(embedded(tmp_path))
    async with engine.connect() as connection:
        assert (await connection.exec_driver_sql("PRAGMA journal_mode")).scalar() == "wal"
        assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar() == 2
    await engine.dispose()


async def test_migrations_and_tables_agree(each_store: Settings) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import Connection

    def differences(connection: Connection) -> list[Any]:
        return compare_metadata(MigrationContext.configure(connection), Table.metadata)

    engine = open_engine(store_address(each_store))
    await migrate(engine)
    await migrate(engine)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_an_interrupted_migration_leaves_the_schema_as_it_was(
    each_store: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import op

    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    engine = open_engine(store_address(each_store))
    with monkeypatch.context() as patched:
        patched.setattr(op, "create_index", interrupted)
        with pytest.raises(KeyboardInterrupt):
            await migrate(engine)
    await migrate(engine)
    await engine.dispose()
    assert await stored(each_store, Feedback) == []


async def test_an_unwritable_folder_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    engine = open_engine(embedded(tmp_path))
    with pytest.raises(OperationalError):
        await migrate(engine)
    await engine.dispose()
