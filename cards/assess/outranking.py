"""One fact, one finding: what a source on the very drug and disease speaks of, a general statement leaves to it."""

from cards.assess.second_pass import NOT_EVALUATED
from cards.findings import Explanation, Verdict


def without_outranked(explanations: list[Explanation]) -> list[Explanation]:
    """Without findings of the same drug that a statement outranks, wherever that statement was evaluated."""
    by: dict[tuple[str, str], str] = {}
    for item in explanations:
        if item.statement.outranks and _was_evaluated(item):
            by.update(((item.drug, name), item.statement.id) for name in item.statement.outranks)
    return [_dropped(item, by.get((item.drug, item.statement.id))) for item in explanations] if by else explanations


def _was_evaluated(item: Explanation) -> bool:
    """It applied to this patient and order; what it then said does not matter."""
    return item.verdict is not Verdict.NOT_IN_SCOPE and item.why != NOT_EVALUATED


def _dropped(item: Explanation, by: str | None) -> Explanation:
    if item.finding is None or by is None:
        return item
    why = f"{by} speaks of it"
    return Explanation(item.statement, item.chapter, item.drug, Verdict.SUPERSEDED, why, item.evidence)
