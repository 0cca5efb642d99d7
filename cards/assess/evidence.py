"""The records a finding rests on, the deciding ones first."""

from cards.chart.records import Record
from cards.logic.values import Value, together

MOST = 8  # a card nobody reads helps nobody; the evidence page has the logic


def evidence_of(applies: Value, fires: Value, order: str | None) -> tuple[Record, ...]:
    """One record of each resource; ``order`` is named by the finding itself and is not listed again."""
    first: dict[str, Record] = {}
    found: list[Record] = []
    of_fires, of_applies = fires.evidence, applies.evidence
    for record in together((of_fires, of_applies)) if of_fires and of_applies else of_fires or of_applies:
        reference = record.reference
        if reference and reference != order and first.setdefault(reference, record) is record:
            found.append(record)
    return tuple(found[:MOST])
