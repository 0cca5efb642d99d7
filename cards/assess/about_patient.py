"""What is about the patient and not about an order is said once, though several drafted drugs brought it up."""

from cards.findings import Explanation, Finding
from cards.knowledge.model import SEVERITIES


def once_per_patient(explanations: list[Explanation]) -> list[Explanation]:
    """Of the findings of such a statement the most severe one stays, of equals the first."""
    chosen: dict[str, Finding] = {}
    for item in explanations:
        finding = item.finding
        if finding is not None and item.statement.about == "patient":
            known = chosen.get(item.statement.id)
            if known is None or _rank(finding) > _rank(known):
                chosen[item.statement.id] = finding
    if not chosen:
        return explanations
    return [item for item in explanations if item.finding is None or _is_chosen(item, chosen)]


def _is_chosen(item: Explanation, chosen: dict[str, Finding]) -> bool:
    return chosen.get(item.statement.id, item.finding) is item.finding


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)
