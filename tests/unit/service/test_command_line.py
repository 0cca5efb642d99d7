"""The command line."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from applications import open_client
from hook_calls import FakeAdvisor, hook_call, order
from tenants import tenant, tenants_file
from typer.testing import CliRunner

from cards.errors import KnowledgeError
from service import cli, serve
from service.settings import Settings
from service.store.address import FILE

runner = CliRunner()


@pytest.fixture(autouse=True)
def _quick_advisor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cli, "load_advisor", lambda _: FakeAdvisor())
    monkeypatch.setenv("BIOLOGIC_CDS_DATA_DIR", str(tmp_path))


@pytest.fixture
def request_file(tmp_path: Path) -> Path:
    path = tmp_path / "request.json"
    path.write_text(json.dumps(hook_call()))
    return path


def run(*words: Any) -> Any:
    return runner.invoke(cli.app, [str(word) for word in words])


@pytest.mark.parametrize("words", [["--help"], ["serve", "--help"], ["check", "--help"], ["knowledge", "--help"]])
def test_help_explains(words: list[str]) -> None:
    result = run(*words)
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_check_prints_verdicts_for_people(request_file: Path) -> None:
    result = run("check", request_file, "--today", "2026-03-01")
    assert result.exit_code == 0
    for text in (
        "FIRED (1)",
        "fake.statement",
        "warning, missing",
        "2026-03-01",
        "hbsag (not on file)",
        "SILENT (1)",
    ):
        assert text in result.output


def test_check_prints_json_for_machines(request_file: Path) -> None:
    result = run("check", request_file, "--json")
    assert [verdict["verdict"] for verdict in json.loads(result.stdout)] == ["fired", "silent", "not in scope"]


def test_check_reads_a_recorded_exchange(tmp_path: Path) -> None:
    path = tmp_path / "recorded.json"
    path.write_text(json.dumps({"method": "POST", "body": hook_call()}))
    assert run("check", path).exit_code == 0


def test_check_can_judge_as_another_hook(request_file: Path) -> None:
    assert run("check", request_file, "--hook", "order-sign").exit_code == 0
    assert run("check", request_file, "--hook", "order-dispatch").exit_code == 2


@pytest.mark.parametrize("content", ["", "{", "[]", '{"hook": "order-select"}', '{"hook": 5, "body": {}}'])
def test_a_broken_request_ends_with_two(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content)
    result = run("check", path)
    assert result.exit_code == 2
    assert "not a readable request" in result.output


def test_a_missing_file_ends_with_two(tmp_path: Path) -> None:
    assert run("check", tmp_path / "none.json").exit_code == 2


def test_nothing_in_scope_is_said(request_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeAdvisor, "explain_request", lambda *_: [])
    assert "No statement is in scope" in run("check", request_file).output


def test_knowledge_commands() -> None:
    assert "1 statements are sound" in run("knowledge", "check").output
    assert "fake.statement" in run("knowledge", "list").output
    assert json.loads(run("knowledge", "list", "--json").stdout)[0]["id"] == "fake.statement"
    assert json.loads(run("knowledge", "show", "fake.statement").stdout)["kind"] == "screening"
    assert run("knowledge", "show", "none").exit_code == 2


def test_faulty_knowledge_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(_: Settings) -> None:
        raise KnowledgeError("facts.yaml", "fact x", "unknown name")

    monkeypatch.setattr(cli, "load_advisor", faulty)
    result = run("knowledge", "check")
    assert result.exit_code == 2
    assert "facts.yaml: fact x: unknown name" in result.output


def test_wrong_settings_are_named(request_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOLOGIC_CDS_REGION", "mars")
    result = run("check", request_file)
    assert result.exit_code == 2
    assert "region" in result.output


def test_serve_hands_its_options_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Settings] = []
    for name in ("HOST", "PORT", "WORKERS"):
        monkeypatch.setenv(f"BIOLOGIC_CDS_{name}", "")
    monkeypatch.setattr(serve, "run", seen.append)
    assert run("serve", "--host", "::1", "--port", "81", "--workers", "2").exit_code == 0
    assert [(settings.host, settings.port, settings.workers) for settings in seen] == [("::1", 81, 2)]


def test_serve_refuses_other_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOLOGIC_CDS_HOST", "")  # so that what the command sets is undone
    result = run("serve", "--host", "0.0.0.0")
    assert result.exit_code == 2
    assert "refusing to listen on 0.0.0.0" in result.output


def test_feedback_is_printed_as_lines(tmp_path: Path) -> None:
    entry = {"card": "c", "outcome": "overridden", "outcomeTimestamp": "2026-01-01T00:00:00Z"}
    asyncio.run(report(Settings(data_dir=tmp_path), entry))
    (line,) = run("feedback").stdout.splitlines()
    assert json.loads(line)["card"] == "c"


async def report(settings: Settings, entry: dict[str, Any]) -> None:
    async with open_client(settings, FakeAdvisor()) as client:
        await client.post("/cds-services/biologic-cds-order-select/feedback", json={"feedback": [entry]})


@pytest.mark.parametrize("words", [["feedback"], ["audit", "export"], ["store", "purge", "--older-than", "1"]])
def test_a_store_that_cannot_be_opened_is_said(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / FILE).mkdir()
    result = run(*words)
    assert result.exit_code == 2
    assert result.output == "the store cannot be opened: OperationalError\n"


def test_an_order_without_concern_is_still_explained(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text(json.dumps(hook_call("order-sign", [order(drug="warfarin")], prefetch=None)))
    assert run("check", path).exit_code == 0


def test_the_tenants_file_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOLOGIC_CDS_TENANTS", str(tenants_file(tmp_path, tenant(fhir_servers=["https://a.example"]))))
    result = run("tenants", "check")
    assert result.exit_code == 0
    assert result.output == "st-elsewhere  https://ehr.example  1 FHIR servers\n"


@pytest.mark.parametrize(
    ("tenants", "reason"),
    [
        ("", "demo mode"),
        ("absent.yaml", "faulty tenants: absent.yaml: file: not readable YAML: [Errno 2] No such file"),
    ],
)
def test_a_tenants_file_that_is_missing_is_explained(
    monkeypatch: pytest.MonkeyPatch, tenants: str, reason: str
) -> None:
    monkeypatch.setenv("BIOLOGIC_CDS_TENANTS", tenants)
    result = run("tenants", "check")
    assert result.exit_code == 2
    assert reason in result.output
