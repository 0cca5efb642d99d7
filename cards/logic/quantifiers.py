"""``any``, ``every``, ``none``, ``count``, ``newest``, ``oldest`` and ``sum`` over the records of a collection."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cards.chart.intervals import Interval
from cards.chart.latest import worse
from cards.chart.records import Gap, Record, Records
from cards.logic import plain, plain_quantifiers, syntax
from cards.logic.course_days import days_taken
from cards.logic.dose_days import days_at_least
from cards.logic.every_record import in_every_record, in_every_record_plain
from cards.logic.kinds import BOOL, element, number
from cards.logic.reading import absence, doubts
from cards.logic.stretches import STRETCHES, stretched
from cards.logic.syntax import ConditionError
from cards.logic.values import Value, combined, disjunction, negation, together, unknown

if TYPE_CHECKING:
    from cards.logic.compiler import Compiled, Compiler

Holds = Callable[[Any, dict[str, Any]], Value]
EVERY_ONE = Value(True)


def quantified(compiler: Compiler, node: syntax.Quantified) -> Compiled:
    """The compiled quantifier; its condition sees the element under the name given."""
    from cards.logic.compiler import Compiled

    base = compiler.collection(node.collection)
    if base.kind.name != "collection":
        raise ConditionError(f"{node.function}() takes a collection, found {base.kind}")
    inner = compiler.bound(node.variable, element(base.kind.of, base.kind.concept))
    condition = inner.condition(node.condition) if node.condition is not None else None
    holds: Holds = condition.evaluate if condition is not None else _always
    quick: plain.Plain = condition.plain if condition is not None else _certainly
    concept = base.kind.concept or base.kind.of
    part = _Part(base.evaluate, node.variable, holds, concept)
    match node.function:
        case "any":
            return Compiled(BOOL, part.any, plain=plain.any_holds(base.evaluate, node.variable, quick))
        case "none":
            none = plain.negated(plain.any_holds(base.evaluate, node.variable, quick))
            return Compiled(BOOL, lambda s, b: negation(part.any(s, b)), plain=none)
        case "every":
            opposite = _Part(base.evaluate, node.variable, lambda s, b: negation(holds(s, b)), concept)
            every = plain.negated(plain.any_holds(base.evaluate, node.variable, quick, wanted=False))
            return Compiled(BOOL, lambda s, b: negation(opposite.any(s, b)), plain=every)
        case "in-every-record":
            every_record = in_every_record_plain(base.evaluate, node.variable, quick)
            return Compiled(BOOL, in_every_record(base.evaluate, node.variable, holds), plain=every_record)
        case "count":
            quickly = plain_quantifiers.counted(base.evaluate, node.variable, quick)
            return Compiled(number("{count}"), part.count, plain=quickly)
        case "sum":
            return _sum(inner, node, part)
        case "ingredients":
            drugs = compiler.names.terminology.group(concept)
            quickly = plain_quantifiers.ingredients(base.evaluate, node.variable, quick, drugs)
            return Compiled(number("{count}"), lambda s, b: part.ingredients(s, b, drugs), plain=quickly)
        case "covered-days" | "days-on":
            return Compiled(number("d"), part.covered_days if node.function == "covered-days" else part.days_on)
        case function if function in STRETCHES:
            return stretched(compiler, inner, node, base, holds)
        case "prednisone-days":
            return _prednisone_days(compiler, inner, node, part)
        case _:
            newest = node.function == "newest"
            choose = _newest if newest else _oldest
            quickly = plain_quantifiers.extreme(base.evaluate, node.variable, quick, choose, _moment)
            kind = element(base.kind.of, base.kind.concept)
            return Compiled(kind, lambda s, b: part.extreme(s, b, newest=newest), plain=quickly)


def _always(_scene: Any, _bindings: dict[str, Any]) -> Value:
    return EVERY_ONE


def _certainly(_scene: Any, _bindings: dict[str, Any]) -> bool:
    return True


def _sum(inner: Compiler, node: syntax.Quantified, part: _Part) -> Compiled:
    from cards.logic.compiler import Compiled

    if node.amount is None:
        raise ConditionError("sum() takes a third part, the amount to add up")
    amount = inner.compile(node.amount)
    if amount.kind.name != "number":
        raise ConditionError(f"sum() adds numbers, found {amount.kind}")
    return Compiled(amount.kind, lambda s, b: part.total(s, b, amount.evaluate))


def _prednisone_days(compiler: Compiler, inner: Compiler, node: syntax.Quantified, part: _Part) -> Compiled:
    from cards.logic.compiler import Compiled

    if node.amount is None:
        raise ConditionError("prednisone-days() takes a third part, the daily amount to reach")
    amount, terminology = inner.compile(node.amount), compiler.names.terminology
    if amount.kind.unit != "mg/d":
        raise ConditionError(f"prednisone-days() takes an amount in mg/d, found {amount.kind}")

    def factor(medication: Any) -> Decimal | None:
        factors = {terminology.drug(key).prednisone_factor for key in medication.drugs}
        return factors.pop() if len(factors) == 1 else None

    return Compiled(number("d"), lambda s, b: part.prednisone_days(s, b, amount.evaluate, factor))


class _Part:
    """One quantified collection at run time."""

    __slots__ = ("_collection", "_concept", "_holds", "_variable")

    def __init__(self, collection: Callable[..., Any], variable: str, holds: Holds, concept: str) -> None:
        self._collection, self._variable, self._holds, self._concept = collection, variable, holds, concept

    def _each(self, records: Records[Any], scene: Any, bindings: dict[str, Any]) -> list[tuple[Any, Value]]:
        if not records.items:
            return []
        return [(item, self._holds(scene, {**bindings, self._variable: item})) for item in records.items]

    def any(self, scene: Any, bindings: dict[str, Any]) -> Value:
        records: Records[Any] = self._collection(scene, bindings)
        if not records.items:
            return absence(self._concept, records, open_world=False)
        values: list[Value] = []
        inner = dict(bindings)
        for item in records.items:
            inner[self._variable] = item
            value = _shown(item, self._holds(scene, inner))
            if value.value is True and not value.missing:
                return value
            values.append(value)
        found = disjunction(values)
        if found.value is True or not records.gaps:
            return found
        if Gap.NOT_FETCHED in records.gaps:
            return unknown(self._concept, Gap.NOT_FETCHED)
        return Value(found.value, found.evidence, together((found.missing, doubts(self._concept, records))))

    def count(self, scene: Any, bindings: dict[str, Any]) -> Value:
        """How many hold: a range when some cannot be told."""
        records: Records[Any] = self._collection(scene, bindings)
        if Gap.NOT_FETCHED in records.gaps:
            return unknown(self._concept, Gap.NOT_FETCHED)
        held = [_shown(item, value) for item, value in self._each(records, scene, bindings) if value.value is not False]
        sure = sum(1 for value in held if value.value)
        missing = together((*(value.missing for value in held), doubts(self._concept, records)))
        return Value(Interval(Decimal(sure), Decimal(len(held))), together(v.evidence for v in held), missing)

    def total(self, scene: Any, bindings: dict[str, Any], amount: Holds) -> Value:
        records: Records[Any] = self._collection(scene, bindings)
        if Gap.NOT_FETCHED in records.gaps:
            return unknown(self._concept, Gap.NOT_FETCHED)
        parts: list[Value] = []
        low = high = Decimal(0)
        for item, value in self._each(records, scene, bindings):
            if value.value is False:
                continue
            added = amount(scene, {**bindings, self._variable: item})
            parts.append(_shown(item, added))
            if added.value is None or value.value is None or added.value.low is None or added.value.high is None:
                return combined(None, parts)
            low, high = low + added.value.low, high + added.value.high
        return combined(Interval(low, high), parts) if parts else Value(Interval(low, high))

    def ingredients(self, scene: Any, bindings: dict[str, Any], drugs: frozenset[str]) -> Value:
        """How many different ingredients of a group are among the records that hold."""
        records: Records[Any] = self._collection(scene, bindings)
        if Gap.NOT_FETCHED in records.gaps:
            return unknown(self._concept, Gap.NOT_FETCHED)
        held = [(item, value) for item, value in self._each(records, scene, bindings) if value.value is not False]
        sure = {drug for item, value in held if value.value for drug in item.drugs & drugs}
        possible = {drug for item, _ in held for drug in item.drugs & drugs}
        evidence = together(_shown(item, value).evidence for item, value in held)
        return Value(Interval(Decimal(len(sure)), Decimal(len(possible))), evidence, doubts(self._concept, records))

    def covered_days(self, scene: Any, bindings: dict[str, Any]) -> Value:
        """Calendar days covered by the courses that hold, overlaps once; open upwards when a course has no dates."""
        records: Records[Any] = self._collection(scene, bindings)
        if Gap.NOT_FETCHED in records.gaps:
            return unknown(self._concept, Gap.NOT_FETCHED)
        held = [item for item, value in self._each(records, scene, bindings) if value.value is not False]
        periods = [period for item in held if (period := _period(item)) is not None]
        days = {ordinal for start, end in periods for ordinal in range(start, end + 1)}
        known = Decimal(len(days))
        high = known if len(periods) == len(held) else None
        return Value(Interval(known, high), tuple(held), doubts(self._concept, records))

    def days_on(self, scene: Any, bindings: dict[str, Any]) -> Value:
        """Calendar days up to today covered by the courses that hold, overlaps once."""
        records: Records[Any] = self._collection(scene, bindings)
        if Gap.NOT_FETCHED in records.gaps:
            return unknown(self._concept, Gap.NOT_FETCHED)
        held = [(item, value) for item, value in self._each(records, scene, bindings) if value.value is not False]
        sure = [item for item, value in held if value.value]
        doubtful = [item for item, value in held if value.value is None]
        missing = together((*(value.missing for _, value in held), doubts(self._concept, records)))
        return Value(days_taken(sure, doubtful, scene.chart.today), tuple(item for item, _ in held), missing)

    def prednisone_days(
        self, scene: Any, bindings: dict[str, Any], amount: Holds, factor: Callable[[Any], Decimal | None]
    ) -> Value:
        """Days up to today on which the courses that may hold together reach an amount of prednisone."""
        records: Records[Any] = self._collection(scene, bindings)
        if Gap.NOT_FETCHED in records.gaps:
            return unknown(self._concept, Gap.NOT_FETCHED)
        threshold = amount(scene, bindings)
        held = [item for item, value in self._each(records, scene, bindings) if value.value is not False]
        missing = together((threshold.missing, doubts(self._concept, records)))
        if threshold.value is None or threshold.value.high is None:
            return Value(None, tuple(held), missing)
        days = days_at_least(held, factor, threshold.value.high, scene.chart.today)
        return Value(days, tuple(held), missing)

    def extreme(self, scene: Any, bindings: dict[str, Any], *, newest: bool) -> Value:
        """The newest or oldest element that holds; unknown when there is none, or when it cannot be told."""
        records: Records[Any] = self._collection(scene, bindings)
        if Gap.NOT_FETCHED in records.gaps:
            return unknown(self._concept, Gap.NOT_FETCHED)
        held = [(item, value) for item, value in self._each(records, scene, bindings) if value.value is not False]
        dated = [pair for pair in held if _moment(pair[0]) is not None]
        if not dated:
            why = Gap.UNREADABLE if held or records.gaps else Gap.NOT_ON_FILE
            return unknown(self._concept, why)
        item, value = _newest(dated) if newest else _oldest(dated)
        if value.value is None:
            return value
        return Value(item, (item,) if isinstance(item, Record) else (), doubts(self._concept, records))


def _newest(pairs: list[Any]) -> Any:
    return max(pairs, key=lambda pair: _rank(pair[0], newest=True)) if len(pairs) > 1 else pairs[0]


def _oldest(pairs: list[Any]) -> Any:
    return min(pairs, key=lambda pair: _rank(pair[0], newest=False)) if len(pairs) > 1 else pairs[0]


def _shown(item: Any, value: Value) -> Value:
    """An element that decides is itself evidence."""
    if value.value is False or not isinstance(item, Record) or item in value.evidence:
        return value
    return Value(value.value, (item, *value.evidence), value.missing)


def _period(item: Any) -> tuple[int, int] | None:
    """First and last day of a course as ordinals; a single administration covers its own day."""
    if item.start is not None and item.end is not None and item.start.low and item.end.high:
        return item.start.low.toordinal(), item.end.high.toordinal()
    if len(item.dates) == 1 and item.dates[0].exact:
        ordinal = item.dates[0].low.toordinal()
        return ordinal, ordinal
    return None


def _rank(item: Any, *, newest: bool) -> tuple[Any, int]:
    """By day; of results on one day the positive one comes first either way."""
    tie = worse(getattr(item, "qualitative", None))
    return _moment(item), tie if newest else -tie


def _moment(item: Any) -> Any:
    """The day that orders elements: its date, else its onset or start."""
    for name in ("date", "onset", "start", "authored", "recorded"):
        found = getattr(item, name, None)
        if found is not None:
            return found.low or found.high
    dates = getattr(item, "dates", ())
    return dates[0].low if dates else None
