"""The part of a card that machines read: every finding, and what could not be assessed."""

from collections.abc import Iterable
from typing import Any

from cards.chart.records import Record
from cards.compose.grouping import Group
from cards.compose.point import Point
from cards.findings import NotAssessed, State

EXTENSION = "org.biologic-cds.card"
Json = dict[str, Any]
_STATES = {state: state.value for state in State}


def extension(group: Group) -> Json:
    content: Json = {}
    if group.points:
        content["findings"] = [_finding(point) for point in group.points]
    if group.not_assessed:
        content["notAssessed"] = [_not_assessed(item) for item in group.not_assessed]
    return {EXTENSION: content}


def _finding(point: Point) -> Json:
    finding, statement = point.finding, point.words.statement
    found: Json = {
        "id": statement.id,
        "kind": statement.kind,
        "severity": finding.severity,
        "state": _STATES[finding.state],
    }
    if finding.order:
        found["order"] = finding.order
    evidence = _evidence(finding.evidence) if finding.evidence else None
    if evidence:
        found["evidence"] = evidence
    found["source"] = point.words.place
    return found


def _evidence(records: Iterable[Record]) -> list[Json]:
    named = [record for record in records if record.reference]
    return [{"reference": record.reference, "display": record.label.strip() or record.reference} for record in named]


def _not_assessed(item: NotAssessed) -> Json:
    found: Json = {"id": item.statement.id, "missing": list(item.missing), "why": item.why.value}
    return {name: value for name, value in found.items() if value}
