"""``in-every-record(d in ordered-doses, condition)``: what holds whatever record of a drug is meant.

Elements belong to the records that may be meant for a patient. It is true when in each of these records some element is
so: a dose is called wrong only where it is wrong under every one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cards.chart.records import Record, Records
from cards.logic.plain import Plain
from cards.logic.values import FALSE, Value, disjunction, junction, together

Holds = Callable[[Any, dict[str, Any]], Value]


def in_every_record(collection: Callable[..., Any], variable: str, holds: Holds) -> Holds:
    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        groups = _groups(collection(scene, bindings))
        if not groups:
            return FALSE
        found = [_any(items, holds, scene, bindings, variable) for items in groups]
        return junction(found, deciding=False)

    return evaluate


def in_every_record_plain(collection: Callable[..., Any], variable: str, holds: Plain) -> Plain:
    def plain(scene: Any, bindings: dict[str, Any]) -> bool | None:
        groups = _groups(collection(scene, bindings))
        answer: bool | None = bool(groups)
        for items in groups:
            values = {holds(scene, {**bindings, variable: item}) for item in items}
            if True in values:
                continue
            if None not in values:
                return False
            answer = None
        return answer

    return plain


def _groups(records: Records[Any]) -> list[list[Any]]:
    found: dict[str, list[Any]] = {}
    for item in records.items:
        found.setdefault(item.group, []).append(item)
    return list(found.values())


def _any(items: list[Any], holds: Holds, scene: Any, bindings: dict[str, Any], variable: str) -> Value:
    return disjunction([_with_reasons(item, holds(scene, {**bindings, variable: item})) for item in items])


def _with_reasons(item: Any, value: Value) -> Value:
    """An element that decides brings the draft it is of, and the records it rests on."""
    if value.value is False:
        return value
    reasons: tuple[Record, ...] = (item, *item.rests_on) if item.reference else item.rests_on
    return Value(value.value, together((value.evidence, reasons)), value.missing)
