"""Acknowledged feedback survives the death of the process at any moment."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
from hook_calls import SERVICE_OF, hook_call
from processes import HERE, Served, serving
from stored_rows import stored

from service.settings import Settings
from service.store.tables import AuditEntry, Feedback, ShownCard, Table

pytestmark = pytest.mark.enable_socket
PATH = f"/cds-services/{SERVICE_OF['order-select']}"


def entry(card: str) -> dict[str, Any]:
    return {"card": card, "outcome": "overridden", "outcomeTimestamp": "2026-11-22T07:18:44Z"}


def report_until_dead(served: Served, acknowledged: list[str]) -> None:
    with httpx.Client(base_url=served.url, trust_env=False) as client:
        while True:
            cards = [str(uuid.uuid4()) for _ in range(3)]
            try:
                response = client.post(f"{PATH}/feedback", json={"feedback": [entry(card) for card in cards]})
            except httpx.TransportError:
                return
            if response.status_code == 200:
                acknowledged += cards


def cards_in(settings: Settings, table: type[Table]) -> set[str]:
    return {row["card"] for row in asyncio.run(stored(settings, table))}


def test_killing_the_service_loses_nothing_acknowledged(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    for delay in (0.05, 0.17):
        with serving(tmp_path, str(HERE / "without_knowledge.py")) as served:
            reporters = [threading.Thread(target=report_until_dead, args=(served, acknowledged)) for _ in range(3)]
            for reporter in reporters:
                reporter.start()
            threading.Event().wait(delay)
            served.process.send_signal(signal.SIGKILL)
            for reporter in reporters:
                reporter.join()
        assert set(acknowledged) <= cards_in(Settings(data_dir=tmp_path), Feedback)
    assert acknowledged


def test_killing_what_writes_fifty_times_loses_nothing_acknowledged(each_store: Settings) -> None:
    """Also when it is killed before it has begun, or while it brings the schema up to date."""
    url = each_store.database_url
    own = {"BIOLOGIC_CDS_DATA_DIR": str(each_store.data_dir)}
    own |= {"BIOLOGIC_CDS_DATABASE_URL": url.get_secret_value()} if url else {}
    command = [sys.executable, HERE / "killed_reporters.py"]
    ended = subprocess.run(command, env=os.environ | own, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr
    acknowledged = set(ended.stdout.split())
    assert len(acknowledged) > 300
    assert acknowledged <= cards_in(each_store, Feedback)


def test_a_graceful_stop_writes_the_cards_shown_and_the_audit_trail(tmp_path: Path) -> None:
    with serving(tmp_path, str(HERE / "without_knowledge.py")) as served:
        with httpx.Client(base_url=served.url, trust_env=False) as client:
            shown = {client.post(PATH, json=hook_call()).json()["cards"][0]["uuid"] for _ in range(50)}
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(15)
    settings = Settings(data_dir=tmp_path)
    assert cards_in(settings, ShownCard) == shown
    assert len(asyncio.run(stored(settings, AuditEntry))) == 50
