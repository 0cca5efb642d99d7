"""What could not be assessed: statements that could not be decided and that nothing which fired already reports."""

from collections.abc import Iterable, Iterator

from cards.assess.second_pass import UNDECIDED
from cards.chart.records import Gap
from cards.findings import Explanation, NotAssessed, Verdict
from cards.logic.values import UNCHECKED

WORST_FIRST = (Gap.NOT_FETCHED, Gap.UNREADABLE, Gap.NOT_ON_FILE)
REPORTED = frozenset({Verdict.FIRED, Verdict.SUPERSEDED})


def not_assessed(concerned: Iterable[Explanation], explanations: Iterable[Explanation]) -> Iterator[NotAssessed]:
    """A statement whose catalogue entry names no reporter is left silent only when the fact is simply not on
    file; what could not be fetched or read is always said.
    """
    undecided = [item for item in concerned if item.verdict is Verdict.UNKNOWN]
    if not undecided:
        return
    reported = {item.statement.id for item in explanations if item.verdict in REPORTED}
    for item in undecided:
        entry = item.statement
        if entry.presentation == "guard" or not reported.isdisjoint(entry.handled_by):
            continue
        reasons = {missing.why for missing in item.missing}
        wanted = item.why == UNDECIDED and (entry.unknown == "note" or entry.handled_by)
        if wanted or not UNCHECKED.isdisjoint(reasons):
            names = tuple(dict.fromkeys(missing.concept for missing in item.missing))
            yield NotAssessed(entry, item.chapter, item.drug, names, _worst(reasons), entry.unknown_note)


def _worst(reasons: set[Gap]) -> Gap:
    return next((gap for gap in WORST_FIRST if gap in reasons), Gap.NOT_ON_FILE)
