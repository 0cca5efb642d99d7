"""The doors into clinical judgement: cards for a call, and the verdict on every statement for whoever asks why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from cards.assess.assess import assess
from cards.assess.scope import scenes_in_scope
from cards.chart.read import read_chart
from cards.chart.received import Received
from cards.compose import compose
from cards.findings import Explanation
from cards.knowledge.loader import Knowledge


def advise(
    knowledge: Knowledge,
    received: Received,
    *,
    today: date,
    hook: str,
    language: str,
    region: str,
    base_url: str,
    new_id: Callable[[], str],
) -> list[dict[str, Any]]:
    """The CDS Hooks cards for one call, most urgent first."""
    chart = read_chart(received, knowledge.terminology, today, hook)
    assessment = assess(chart, knowledge, region, explained=False)
    return compose(assessment, chart, knowledge, language=language, base_url=base_url, new_id=new_id)


def concerns(knowledge: Knowledge, received: Received, *, today: date, hook: str) -> bool:
    """Whether the drafted orders are of a kind any statement speaks about; looks at nothing else."""
    chart = read_chart(replace(received, resources=()), knowledge.terminology, today, hook)
    return next(iter(scenes_in_scope(chart, knowledge, "")), None) is not None


def explain_request(
    knowledge: Knowledge, received: Received, *, today: date, hook: str, language: str, region: str
) -> list[dict[str, Any]]:
    """What became of every statement that this hook evaluates, and why."""
    chart = read_chart(received, knowledge.terminology, today, hook)
    return [_in_words(item, language) for item in assess(chart, knowledge, region).explanations]


def _in_words(item: Explanation, language: str) -> dict[str, Any]:
    finding = item.finding
    return {
        "id": item.statement.id,
        "chapter": item.chapter,
        "drug": item.drug,
        "verdict": item.verdict.value,
        "severity": finding.severity if finding else item.statement.severity,
        "state": finding.state.value if finding else None,
        "say": item.statement.say.in_language(language),
        "applies": item.statement.applies,
        "fires": item.statement.fires or " or ".join(f"({text})" for text in item.statement.components.values()),
        "why": [item.why],
        "evidence": [{"reference": r.reference, "display": r.label} for r in item.evidence],
        "missing": [{"name": m.concept, "why": m.why.value} for m in item.missing],
    }
