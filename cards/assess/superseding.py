"""What a finding drops of the same drug: two drafted drugs do not speak for each other."""

from collections.abc import Iterable

from cards.findings import Explanation, Finding, Verdict
from cards.knowledge.model import SEVERITIES


def without_superseded(explanations: list[Explanation]) -> list[Explanation]:
    strong: dict[str, list[Finding]] = {}  # by the statements that they speak for
    for item in explanations:
        if item.finding is not None:
            for name in (*item.statement.supersedes, *item.statement.replaces):
                strong.setdefault(name, []).append(item.finding)
    if not strong:
        return explanations
    return [_superseded(item, strong.get(item.statement.id, ())) for item in explanations]


def _superseded(item: Explanation, strong: Iterable[Finding]) -> Explanation:
    by = [other.statement.id for other in strong if item.finding is not None and _drops(other, item.finding)]
    if not by:
        return item
    return Explanation(item.statement, item.chapter, item.drug, Verdict.SUPERSEDED, f"by {by[-1]}", item.evidence)


def _drops(strong: Finding, finding: Finding) -> bool:
    """``supersedes`` drops a finding; ``replaces`` does so only where the dropped one is not more severe."""
    if strong.drug != finding.drug and strong.order is not None and finding.order is not None:
        return False
    return finding.statement.id in strong.statement.supersedes or (
        SEVERITIES.index(finding.severity) <= SEVERITIES.index(strong.severity)
    )
