"""Every entry of every source document is implemented, or left out with a reason."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cards.knowledge import Knowledge, coverage, load_knowledge
from cards.knowledge.coverage import Coverage, DocumentEntry, _of_document
from service import cli
from service.assessment import KnowledgeAdvisor


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def by_document() -> dict[str, Coverage]:
    return {item.document: item for item in coverage.coverage(knowledge())}


ENTRIES = {
    "inebilizumab-nmosd": 115,
    "drugs-dermatology": 97,
    "diseases-dermatology": 70,
    "myositis": 101,
    "tocilizumab-ctd-ild": 27,
    "sle-2025": 45,
}


def test_the_documents_and_how_many_entries_each_has() -> None:
    counted = {
        name: len(item.implemented) + len(item.by_another) + len(item.left_out) + len(item.open)
        for name, item in by_document().items()
    }
    assert counted == ENTRIES


@pytest.mark.parametrize("document", ENTRIES)
def test_every_entry_is_implemented_or_explained(document: str) -> None:
    found = by_document()[document]
    assert not found.open
    assert not found.faults


def test_every_reason_is_a_sentence() -> None:
    for item in by_document().values():
        assert all(len(reason.split()) >= 4 for reason in item.left_out.values()), item.document


def entry(**more: Any) -> Coverage:
    content = {"document": "d", "names": {"en": "d", "zh": "d"}, "entries": ["a", "b", "c"]} | more
    return _of_document(DocumentEntry.model_validate(content), frozenset({"a", "other"}))


def test_an_entry_that_is_neither_is_open() -> None:
    assert entry().open == ("b", "c")
    assert not entry().complete


def test_an_entry_may_be_left_out_or_be_part_of_another() -> None:
    found = entry(left_out={"b": "is out of scope here"}, **{"as": {"c": "other"}})
    assert found.complete
    assert (found.implemented, dict(found.left_out), dict(found.by_another)) == (
        ("a",),
        {"b": "is out of scope here"},
        {"c": "other"},
    )


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"left_out": {"a": "no"}}, "a: left out, but also implemented"),
        ({"left_out": {"z": "no"}}, "z: explained, but not listed"),
        ({"as": {"b": "nowhere"}}, "b as nowhere: no such entry"),
        ({"entries": ["a", "a"]}, "a: listed twice"),
    ],
)
def test_an_explanation_that_is_wrong_is_a_fault(more: dict[str, Any], fault: str) -> None:
    assert fault in entry(**more).faults


def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *words: str) -> Any:
    monkeypatch.setattr(cli, "load_advisor", lambda _: KnowledgeAdvisor(knowledge()))
    monkeypatch.setenv("BIOLOGIC_CDS_DATA_DIR", str(tmp_path))
    return CliRunner().invoke(cli.app, ["knowledge", "coverage", *words])


def test_the_command_says_how_much_there_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    result = run(monkeypatch, tmp_path)
    assert result.exit_code == 0
    assert "inebilizumab-nmosd: 115 of 115 entries" in result.output
    assert "MYO-MTX-003 is part of MYO-GC-013" in result.output
    assert "NEITHER" not in result.output
    documents = json.loads(run(monkeypatch, tmp_path, "--json").stdout)
    assert all(item["complete"] for item in documents)


def test_the_command_ends_with_one_where_an_entry_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("service.assessment.coverage", lambda _: [entry(left_out={"a": "no"})])
    result = run(monkeypatch, tmp_path)
    assert result.exit_code == 1
    assert "NEITHER IMPLEMENTED NOR EXPLAINED: b, c" in result.output
    assert "WRONG: a: left out, but also implemented" in result.output
    assert run(monkeypatch, tmp_path, "--json").exit_code == 1
