"""The audit trail: who called when, what was said and what was unknown, and nothing about the patient."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from applications import open_client
from hook_calls import NOT_ASSESSED, PATIENT, DoubtfulAdvisor, hook_call, order
from pydantic import SecretStr, ValidationError
from signing import Signer, claims
from stored_rows import Row, everything_stored, stored
from tenants import PUBLIC_URL, TENANT, guarded
from typer.testing import CliRunner

from service import cli
from service.settings import Settings
from service.store.tables import AuditEntry

PATH = "/cds-services/biologic-cds-order-select"
KEY = "0123456789abcdef0123456789abcdef"
runner = CliRunner()


async def trail(settings: Settings, *requests: Any, **headers: str) -> list[Row]:
    async with open_client(settings, DoubtfulAdvisor()) as client:
        for request in requests:
            await client.post(PATH, json=request, headers=headers)
    return await stored(settings, AuditEntry)


async def test_a_call_leaves_one_entry(each_store: Settings) -> None:
    request = hook_call()
    before = datetime.now(UTC).replace(tzinfo=None)
    (entry,) = await trail(each_store, request, **{"X-Request-ID": "r-1"})
    assert before <= entry.pop("at").replace(tzinfo=None)
    assert len(entry.pop("call")) == 32
    assert entry == {
        "tenant": "demo",
        "request_id": "r-1",
        "hook_instance": request["hookInstance"],
        "service": "biologic-cds-order-select",
        "hook": "order-select",
        "outcome": "answered",
        "patient": None,
        "cards": 1,
        "fired": [{"id": "fake.statement", "kind": "screening", "severity": "warning", "state": "missing"}],
        "unknown": [NOT_ASSESSED],
        "knowledge": "fake-1",
    }


async def test_a_call_with_nothing_to_say_is_one_too(settings: Settings) -> None:
    (entry,) = await trail(settings, hook_call(drafts=[order(drug="warfarin")], prefetch=None))
    assert (entry["outcome"], entry["cards"], entry["fired"], entry["unknown"]) == ("answered", 0, [], [])


async def test_what_a_caller_wrote_instead_of_a_hook_instance_is_not_kept(settings: Settings) -> None:
    (entry,) = await trail(settings, hook_call(hookInstance="Polly Gene 1980-05-01"))
    assert entry["hook_instance"] is None


async def test_a_refused_call_is_entered_with_its_code(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = await trail(settings, hook_call(prefetch=None), hook_call(context={}), {}, hook_call(hook="x"))
    assert sorted(entry["outcome"] for entry in entries) == [
        "data-unavailable",
        "missing-field",
        "missing-field",
        "wrong-hook",
    ]
    monkeypatch.setattr(DoubtfulAdvisor, "advise", lambda *_: 1 / 0)
    assert (await trail(settings, hook_call()))[-1]["outcome"] == "internal-error"


async def test_who_was_not_let_in_leaves_no_entry(tmp_path: Path) -> None:
    settings = guarded(tmp_path)
    assert await trail(settings, hook_call(), Authorization="Bearer nonsense") == []
    token = Signer().sign(claims(PUBLIC_URL + PATH))
    (entry,) = await trail(settings, hook_call(), Authorization=f"Bearer {token}")
    assert entry["tenant"] == TENANT


async def test_with_a_key_calls_about_one_patient_can_be_told_from_others(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, audit_key=SecretStr(KEY))
    other = hook_call(prefetch={"patient": PATIENT | {"id": "p2"}})
    other["context"]["patientId"] = "p2"
    digests = [entry["patient"] for entry in await trail(settings, hook_call(), other, hook_call())]
    assert digests.count(digests[0]) == 2 or digests.count(digests[1]) == 2
    assert len(set(digests)) == 2
    assert all(len(digest) == 64 for digest in digests)
    assert '"p1"' not in await everything_stored(settings)


async def test_with_another_key_the_digest_is_another(tmp_path: Path) -> None:
    digests = set()
    for number, key in enumerate((KEY, KEY[::-1])):
        settings = Settings(data_dir=tmp_path / str(number), audit_key=SecretStr(key))
        digests |= {entry["patient"] for entry in await trail(settings, hook_call())}
    assert len(digests) == 2


def test_a_short_key_is_refused_and_not_shown() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({"audit_key": "too-short-a-key"})
    assert "too-short-a-key" not in str(refused.value)


@pytest.fixture
def exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the command on a trail of two calls."""
    import asyncio

    settings = {"DATA_DIR": str(tmp_path), "AUDIT_KEY": KEY}
    for name, value in settings.items():
        monkeypatch.setenv(f"BIOLOGIC_CDS_{name}", value)
    asyncio.run(trail(Settings(), hook_call(), hook_call(prefetch=None)))
    return lambda *words: runner.invoke(cli.app, ["audit", "export", *words])


def test_the_trail_is_exported_as_json_lines(exported: Any) -> None:
    lines = [json.loads(line) for line in exported().stdout.splitlines()]
    assert [line["outcome"] for line in lines] == ["answered", "data-unavailable"]
    assert lines[0]["unknown"] == [NOT_ASSESSED]
    assert datetime.fromisoformat(lines[0]["at"]).utcoffset() is not None


def test_the_trail_is_exported_as_csv(exported: Any) -> None:
    lines = list(csv.DictReader(io.StringIO(exported("--format", "csv").stdout)))
    assert [line["outcome"] for line in lines] == ["answered", "data-unavailable"]
    assert json.loads(lines[0]["unknown"]) == [NOT_ASSESSED]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["--since", "2026-01-01"], 2),
        (["--since", "2100-01-01"], 0),
        (["--until", "2026-01-01T12:00:00"], 0),
        (["--until", "2100-01-01T00:00:00+0800"], 2),
        (["--tenant", "demo"], 2),
        (["--tenant", "other"], 0),
        (["--tenant", "demo", "--patient", "p1"], 1),
        (["--tenant", "demo", "--patient", "p2"], 0),
    ],
)
def test_a_part_of_the_trail_is_exported(exported: Any, words: list[str], count: int) -> None:
    assert len(exported(*words).stdout.splitlines()) == count


def test_a_patient_can_only_be_looked_for_with_tenant_and_key(exported: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert exported("--patient", "p1").exit_code == 2
    monkeypatch.delenv("BIOLOGIC_CDS_AUDIT_KEY")
    result = exported("--tenant", "demo", "--patient", "p1")
    assert result.exit_code == 2
    assert "BIOLOGIC_CDS_AUDIT_KEY" in result.output
