"""What compiled expressions do when they are evaluated: closures over values, without types or names."""

from collections.abc import Callable
from typing import Any, cast

from cards.chart.intervals import Interval
from cards.chart.records import Gap, Record
from cards.logic.values import Missing, Value, combined, junction, lacking, verdict
from cards.logic.vocabulary import Attribute

Bindings = dict[str, Any]
Evaluate = Callable[[Any, Bindings], Value]


def joined(parts: list[Evaluate], *, deciding: bool) -> Evaluate:
    """``or`` ends at the first part that is true, ``and`` at the first that is false."""

    def evaluate(scene: Any, bindings: Bindings) -> Value:
        seen: list[Value] = []
        for part in parts:
            value = part(scene, bindings)
            if value.value is deciding and not value.missing:
                return value
            seen.append(value)
        return junction(seen, deciding=deciding)

    return evaluate


def reader(base: Callable[[Any, Bindings], Any], attribute: Attribute, concept: str) -> Evaluate:
    read = attribute.read

    def evaluate(scene: Any, bindings: Bindings) -> Value:
        record = base(scene, bindings)
        found: tuple[Record, ...] = ()
        missing: tuple[Missing, ...] = ()
        if isinstance(record, Value):
            found, missing = record.evidence, record.missing
            record = record.value
            if record is None:
                return Value(None, found, missing)
        value = read(record)
        if isinstance(record, Record) and not found:
            found = (record,)
        if value is None:
            why = Gap.UNREADABLE if getattr(record, "unreadable", False) else Gap.NOT_ON_FILE
            return Value(None, found, (*missing, lacking(concept, why)))
        return Value(value, found, missing)

    return evaluate


def both(left: Evaluate, right: Evaluate, join: Callable[[Any, Any], Any]) -> Evaluate:
    def evaluate(scene: Any, bindings: Bindings) -> Value:
        a, b = left(scene, bindings), right(scene, bindings)
        value = None if a.value is None or b.value is None else join(a.value, b.value)
        return combined(value, (a, b))

    return evaluate


def compared(left: Evaluate, right: Evaluate, compare: Callable[[Any, Any], bool | None]) -> Evaluate:
    def evaluate(scene: Any, bindings: Bindings) -> Value:
        a, b = left(scene, bindings), right(scene, bindings)
        if a.value is None:
            return combined(None, (a, b)) if b.value is None else a
        if b.value is None:
            return b
        value = compare(a.value, b.value)
        if value is None and not (a.missing or b.missing):
            return Value(None, a.evidence + b.evidence, (lacking("precision", Gap.UNREADABLE),))
        return combined(value, (a, b))

    return evaluate


def known(evaluate: Evaluate, *, wanted_unknown: bool) -> Evaluate:
    def known(scene: Any, bindings: Bindings) -> Value:
        value = evaluate(scene, bindings)
        return verdict((value.value is None) is wanted_unknown, value)

    return known


def membership(evaluate: Evaluate, words: frozenset[Any], *, positive: bool, two_valued: bool) -> Evaluate:
    def member(scene: Any, bindings: Bindings) -> Value:
        value = evaluate(scene, bindings)
        if value.value is None and not two_valued:
            return value
        return verdict((value.value in words) is positive, value)

    return member


def not_equal(a: Any, b: Any) -> bool | None:
    same = equal(a, b)
    return None if same is None else not same


def equal(a: Any, b: Any) -> bool | None:
    return cast("Interval[Any]", a).equals(b) if isinstance(a, Interval) else a == b


COMPARE: dict[str, Callable[[Any, Any], bool | None]] = {
    "==": equal,
    "!=": not_equal,
    "<": lambda a, b: a.before(b),
    "<=": lambda a, b: a.not_after(b),
    ">": lambda a, b: b.before(a),
    ">=": lambda a, b: b.not_after(a),
}
