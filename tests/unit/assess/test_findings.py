"""What a finding rests on, and what it drops."""

from types import SimpleNamespace
from typing import Any

import pytest

from cards.assess.evidence import MOST, evidence_of
from cards.assess.superseding import without_superseded
from cards.chart.records import Gap, Record
from cards.findings import Explanation, Finding, State, Verdict
from cards.knowledge.model import Severity
from cards.logic.values import Value, combined, lacking


def records(*references: str) -> tuple[Record, ...]:
    return tuple(Record(reference=reference, label=reference) for reference in references)


def test_of_each_resource_the_first_record_is_shown_and_the_order_is_not() -> None:
    deciding, more = records("Observation/1", "MedicationRequest/d", ""), records("Observation/1", "Condition/2")
    found = evidence_of(Value(True, more), Value(True, deciding), "MedicationRequest/d")
    assert found == (deciding[0], more[1])
    many = records(*(f"Observation/{number}" for number in range(20)))
    assert evidence_of(Value(True), Value(True, many), None) == many[:MOST]


def test_what_several_parts_rest_on_is_named_once_and_in_order() -> None:
    (a, b, c), lack = records("A/1", "B/2", "C/3"), lacking("serum-igg", Gap.NOT_ON_FILE)
    found = combined(None, [Value(None, (a, b), (lack,)), Value(None), Value(None, (b, c), (lack,))])
    assert (found.evidence, found.missing) == ((a, b, c), (lack,))


def fired(name: str, severity: Severity, drug: str = "x", **drops: list[str]) -> Explanation:
    statement: Any = SimpleNamespace(id=name, **({"supersedes": [], "replaces": []} | drops))
    finding = Finding(statement, "chapter", drug, severity, State.PRESENT, f"MedicationRequest/{drug}")
    return Explanation(statement, "chapter", drug, Verdict.FIRED, "", finding=finding)


@pytest.mark.parametrize(
    ("strong", "stays"),
    [
        (fired("strong", "info", supersedes=["weak"]), False),
        (fired("strong", "warning", replaces=["weak"]), False),
        (fired("strong", "info", replaces=["weak"]), True),
        (fired("strong", "critical", drug="y", supersedes=["weak"]), True),
        (fired("strong", "critical", supersedes=["other"]), True),
    ],
)
def test_a_finding_drops_what_it_speaks_for_of_the_same_drug(strong: Explanation, stays: bool) -> None:
    weak, last = without_superseded([fired("weak", "warning"), strong])
    assert (weak.finding is not None, last) == (stays, strong)
    assert stays or (weak.verdict, weak.why) == (Verdict.SUPERSEDED, "by strong")
