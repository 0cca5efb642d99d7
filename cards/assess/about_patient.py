"""What is about the patient and not about an order is said once, though several drafted drugs brought it up."""

from collections.abc import Iterable

from cards.findings import Explanation
from cards.knowledge.model import SEVERITIES


def once_per_patient(explanations: Iterable[Explanation]) -> list[Explanation]:
    """Of the findings of such a statement the most severe one stays, of equals the first."""
    items = list(explanations)
    chosen: dict[str, Explanation] = {}
    for item in items:
        if _repeats(item):
            known = chosen.get(item.statement.id)
            if known is None or _rank(item) > _rank(known):
                chosen[item.statement.id] = item
    return [item for item in items if not _repeats(item) or chosen[item.statement.id] is item]


def _repeats(item: Explanation) -> bool:
    return item.finding is not None and item.statement.about == "patient"


def _rank(item: Explanation) -> int:
    return SEVERITIES.index(item.finding.severity) if item.finding is not None else -1
