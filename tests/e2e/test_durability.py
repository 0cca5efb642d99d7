"""Acknowledged feedback survives the death of the process at any moment."""

import signal
import sqlite3
import threading
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest
from hook_calls import SERVICE_OF, hook_call
from processes import HERE, Served, serving

from service.store.engine import FILE

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


def stored(data_dir: Path, table: str) -> set[str]:
    connection = sqlite3.connect(data_dir / FILE)
    try:
        return {card for (card,) in connection.execute(f"SELECT card FROM {table}")}
    finally:
        connection.close()


def test_killing_the_process_loses_nothing_acknowledged(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    for delay in (0.05, 0.11, 0.17, 0.23):
        with serving(tmp_path, str(HERE / "without_knowledge.py")) as served:
            reporters = [threading.Thread(target=report_until_dead, args=(served, acknowledged)) for _ in range(3)]
            for reporter in reporters:
                reporter.start()
            threading.Event().wait(delay)
            served.process.send_signal(signal.SIGKILL)
            for reporter in reporters:
                reporter.join()
        assert set(acknowledged) <= stored(tmp_path, "feedback")
    assert acknowledged


def test_a_graceful_stop_writes_the_cards_shown(tmp_path: Path) -> None:
    with serving(tmp_path, str(HERE / "without_knowledge.py")) as served:
        with httpx.Client(base_url=served.url, trust_env=False) as client:
            shown = {client.post(PATH, json=hook_call()).json()["cards"][0]["uuid"] for _ in range(50)}
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(15)
    assert stored(tmp_path, "shown_card") == shown
