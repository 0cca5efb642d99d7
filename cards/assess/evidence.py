"""The records a finding rests on, the deciding ones first."""

from cards.chart.records import Record
from cards.logic.values import Value, together

MOST = 8  # a card nobody reads helps nobody; the evidence page has the logic


def evidence_of(applies: Value, fires: Value, order: str | None) -> tuple[Record, ...]:
    """``order`` is named by the finding itself and is not listed again."""
    records: tuple[Record, ...] = together((fires.evidence, applies.evidence))
    by_reference = {record.reference: record for record in reversed(records) if record.reference not in {"", order}}
    ordered = [record for record in records if by_reference.get(record.reference) is record]
    return tuple(ordered[:MOST])
