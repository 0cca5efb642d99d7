"""``assess(chart, knowledge, region) -> Assessment``: no I/O, no clock but the chart's own day."""

from cards.assess.about_patient import once_per_patient
from cards.assess.first_pass import worth_explaining
from cards.assess.not_assessed import not_assessed
from cards.assess.outranking import without_outranked
from cards.assess.scope import is_concerned, scenes_in_scope
from cards.assess.second_pass import explained as explained_all
from cards.assess.superseding import without_superseded
from cards.chart.chart import Chart
from cards.findings import Assessment, Explanation, Finding
from cards.knowledge.loader import Knowledge
from cards.knowledge.model import SEVERITIES


def assess(chart: Chart, knowledge: Knowledge, region: str = "cn", *, explained: bool = True) -> Assessment:
    """All that the statements in scope conclude about this chart, most severe first.

    Without ``explained`` a statement that is silent and lacks nothing is passed over: the findings are the same.
    """
    explanations: list[Explanation] = []
    concerned: list[Explanation] = []
    for scene, roster in scenes_in_scope(chart, knowledge, region):
        looked_at = roster.statements if explained else worth_explaining(scene, roster.awake(chart.on_file))
        if not looked_at:
            continue
        found = explained_all(scene, looked_at)
        explanations += found
        if is_concerned(scene):
            concerned += found
    explanations = once_per_patient(without_superseded(without_outranked(_once(explanations))))
    return Assessment(_findings(explanations), tuple(not_assessed(concerned, explanations)), tuple(explanations))


def _once(explanations: list[Explanation]) -> list[Explanation]:
    """A finding about the same order or the patient is said once, though two drafted drugs brought it up."""
    seen: set[tuple[str, str | None]] = set()
    kept: list[Explanation] = []
    for item in explanations:
        if item.finding is not None:
            key = (item.statement.id, item.finding.order)
            if key in seen:
                continue
            seen.add(key)
        kept.append(item)
    return kept


def _findings(explanations: list[Explanation]) -> tuple[Finding, ...]:
    found = [item.finding for item in explanations if item.finding is not None]
    return tuple([finding for severity in reversed(SEVERITIES) for finding in found if finding.severity == severity])
