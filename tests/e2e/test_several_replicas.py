"""Several processes behind a balancer share one PostgreSQL, and nothing else."""

from collections import Counter
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from hook_calls import SERVICE_OF, hook_call
from processes import HERE, Served, serving
from prometheus_client.parser import text_string_to_metric_families
from signing import Signer, claims
from stored_rows import stored
from tenants import PUBLIC_URL, tenants_file

from service.settings import Settings
from service.store.reports import feedback_on_cards
from service.store.store import open_store
from service.store.tables import AuditEntry, ShownCard

pytestmark = pytest.mark.enable_socket
PATH = f"/cds-services/{SERVICE_OF['order-select']}"
COMMAND = str(HERE / "without_knowledge.py")


@contextmanager
def started(folder: Path, settings: Settings, count: int, **more: str) -> Generator[list[Served]]:
    """All at the same moment."""
    assert settings.database_url is not None
    own = {"DATABASE_URL": settings.database_url.get_secret_value()} | more
    folders = [folder / str(number) for number in range(count)]
    with ExitStack() as stack, ThreadPoolExecutor(count) as pool:
        for each in folders:
            each.mkdir()
        yield list(pool.map(lambda each: stack.enter_context(serving(each, COMMAND, **own)), folders))


@pytest.fixture
def replicas(tmp_path: Path, on_postgres: Settings) -> Generator[list[Served]]:
    """Three that started at the same moment, on an empty database."""
    with started(tmp_path, on_postgres, 3) as served:
        yield served


def post(served: Served, path: str, content: Any, token: str | None = None) -> httpx.Response:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return httpx.post(served.url + path, json=content, headers=headers, timeout=20, trust_env=False)


async def test_what_one_showed_another_takes_feedback_on(replicas: list[Served], on_postgres: Settings) -> None:
    one, other, third = replicas
    card = post(one, PATH, hook_call()).json()["cards"][0]["uuid"]
    entry = {"card": card, "outcome": "overridden", "outcomeTimestamp": "2026-11-22T07:18:44Z"}
    for served in (other, third, other):
        assert post(served, f"{PATH}/feedback", {"feedback": [entry]}).status_code == 200
    assert {httpx.get(f"{served.url}/ready", trust_env=False).status_code for served in replicas} == {200}
    for served in replicas:
        served.process.terminate()
        served.process.wait(15)
    async with open_store(on_postgres) as store:
        (row,) = await feedback_on_cards(store.engine)
    assert row["statements"][0]["id"] == "fake.statement"
    assert len(await stored(on_postgres, ShownCard)) == len(await stored(on_postgres, AuditEntry)) == 1


def test_a_token_is_good_once_for_all_together(tmp_path: Path, on_postgres: Settings) -> None:
    tokens = [Signer().sign(claims(PUBLIC_URL + PATH)) for _ in range(5)]
    tenants = {"TENANTS": str(tenants_file(tmp_path)), "PUBLIC_URL": PUBLIC_URL}
    with started(tmp_path, on_postgres, 2, **tenants) as (one, other), ThreadPoolExecutor(4) as pool:
        for token in tokens:
            calls = [pool.submit(post, served, PATH, hook_call(), token) for served in (one, other, one, other)]
            assert Counter(call.result().status_code for call in calls) == {200: 1, 401: 3}


def test_the_processes_of_one_instance_count_together(tmp_path: Path) -> None:
    with serving(tmp_path, "-m", "service.cli", "serve", "--workers", "2", LOG_LEVEL="WARNING") as served:
        for _ in range(12):
            assert post(served, PATH, hook_call()).status_code == 200
        counts = {counted(served, "biologic_cds_call_seconds_count") for _ in range(6)}
    assert counts == {12}


def counted(served: Served, name: str) -> float:
    text = httpx.get(f"{served.url}/metrics", trust_env=False).text
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return sum(sample.value for sample in samples if sample.name == name)
