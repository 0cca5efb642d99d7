"""The part of a card that machines read: every finding, and what could not be assessed."""

from collections.abc import Iterable
from typing import Any

from cards.chart.records import Record
from cards.findings import Finding, NotAssessed

EXTENSION = "org.biologic-cds.card"
Json = dict[str, Any]


def extension(findings: Iterable[Finding], not_assessed: Iterable[NotAssessed]) -> Json:
    content: Json = {"findings": [_finding(finding) for finding in findings]}
    content["notAssessed"] = [_not_assessed(item) for item in not_assessed]
    return {EXTENSION: {name: items for name, items in content.items() if items}}


def _finding(finding: Finding) -> Json:
    statement = finding.statement
    found: Json = {
        "id": statement.id,
        "kind": statement.kind,
        "severity": finding.severity,
        "state": finding.state.value,
        "order": finding.order,
        "evidence": [_evidence(record) for record in finding.evidence if record.reference],
        "source": {"document": statement.source.document, "locator": statement.source.locator},
    }
    return {name: value for name, value in found.items() if value}


def _evidence(record: Record) -> Json:
    return {"reference": record.reference, "display": record.label.strip() or record.reference}


def _not_assessed(item: NotAssessed) -> Json:
    found: Json = {"id": item.statement.id, "missing": list(item.missing), "why": item.why.value}
    return {name: value for name, value in found.items() if value}
