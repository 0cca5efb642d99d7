"""Quantifiers that look at stretches of days: how long, how much a day, how much in so many days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cards.chart.courses import course_of
from cards.chart.dose_profile import Stretch, highest, latest_at, profile
from cards.chart.intervals import Interval, day
from cards.chart.records import Gap, Medication, Records
from cards.logic import syntax
from cards.logic.arithmetic import add_span
from cards.logic.kinds import DATE, Kind, number
from cards.logic.reading import doubts
from cards.logic.syntax import ConditionError
from cards.logic.values import Value, combined, together, unknown

if TYPE_CHECKING:
    from cards.logic.compiler import Compiled, Compiler

Evaluate = Callable[[Any, dict[str, Any]], Any]
Held = list[tuple[Any, Value]]
STRETCHES = frozenset(
    {
        "days-planned",
        "days-within",
        "peak-prednisone",
        "prednisone-at",
        "prednisone-from",
        "prednisone-until",
        "most-in",
    }
)
ENDLESS = Decimal("Infinity")
DAYS = number("d")
DAILY = number("mg/d", {"mg/d": Decimal(1)})


def stretched(
    compiler: Compiler, inner: Compiler, node: syntax.Quantified, collection: Compiled, holds: Evaluate
) -> Compiled:
    """The quantifier ``node`` over ``collection``; its parts after the condition are a time span, a dose or both."""
    from cards.logic.compiler import Compiled

    held = _Held(collection.evaluate, node.variable, holds, collection.kind.concept or collection.kind.of)
    match node.function:
        case "days-planned":
            return Compiled(DAYS, lambda s, b: held.value(s, b, _days_planned))
        case "days-within":
            span = _part(compiler, node, node.amount, "span")
            return Compiled(DAYS, lambda s, b: held.value(s, b, _days_within(span(s, b))))
        case "peak-prednisone":
            span, terms = _part(compiler, node, node.amount, "span"), compiler.names.terminology
            return Compiled(DAILY, lambda s, b: held.value(s, b, _peak(span(s, b), terms)))
        case "prednisone-at":
            on, terms = _part(compiler, node, node.amount, "date"), compiler.names.terminology
            return Compiled(DAILY, lambda s, b: held.value(s, b, _at(on(s, b), terms)))
        case "most-in":
            return _most_in(compiler, inner, node, held)
        case _:
            least, terms = _part(compiler, node, node.amount, "number"), compiler.names.terminology
            first = node.function == "prednisone-from"
            return Compiled(DATE, lambda s, b: held.value(s, b, _edge(least(s, b), terms, first=first)))


def _part(compiler: Compiler, node: syntax.Quantified, part: syntax.Node | None, kind: str) -> Evaluate:
    if part is None:
        raise ConditionError(f"{node.function}() lacks a {kind}")
    compiled = compiler.compile(part)
    if compiled.kind.name != kind:
        raise ConditionError(f"{node.function}() takes a {kind}, found {compiled.kind}")
    return compiled.evaluate


class _Held:
    """The records of a collection that hold, or may hold."""

    __slots__ = ("_collection", "_concept", "_holds", "_variable")

    def __init__(self, collection: Evaluate, variable: str, holds: Evaluate, concept: str) -> None:
        self._collection, self._variable, self._holds, self._concept = collection, variable, holds, concept

    def value(self, scene: Any, bindings: dict[str, Any], work_out: Callable[[Held, date], Any]) -> Value:
        """What ``work_out`` makes of them; unknown where the records were not fetched."""
        records: Records[Any] = self._collection(scene, bindings)
        if Gap.NOT_FETCHED in records.gaps:
            return unknown(self._concept, Gap.NOT_FETCHED)
        each = [(item, self._holds(scene, {**bindings, self._variable: item})) for item in records.items]
        held = [(item, value) for item, value in each if value.value is not False]
        missing = together((*(value.missing for _, value in held), doubts(self._concept, records)))
        found = work_out(held, scene.chart.today)
        return Value(found, tuple(item for item, _ in held), missing)

    @property
    def variable(self) -> str:
        return self._variable


def _sure(held: Held) -> list[Any]:
    return [item for item, value in held if value.value]


def _exactly(number: Decimal | None) -> Interval[Decimal] | None:
    return None if number is None else Interval(number, number)


def _days_planned(held: Held, today: date) -> Interval[Decimal]:
    """Days recorded and ordered together; an order that nothing ends goes on without limit."""
    sure, possible = (_covered(items, today) for items in (_sure(held), [item for item, _ in held]))
    return Interval(sure, possible)


def _covered(medications: Iterable[Medication], today: date) -> Decimal:
    days: set[int] = set()
    for medication in medications:
        course = course_of(medication, today)
        if course.open_ended:
            return ENDLESS
        if course.first is not None and course.last is not None:
            days.update(range(course.first.toordinal(), course.last.toordinal() + 1))
    return Decimal(len(days))


def _days_within(span: Value) -> Callable[[Held, date], Interval[Decimal] | None]:
    def work_out(held: Held, today: date) -> Interval[Decimal] | None:
        if span.value is None:
            return None
        since = add_span(day(today), span.value, -1).low or date.min
        sure, possible = (_past(items, since, today) for items in (_sure(held), [item for item, _ in held]))
        return Interval(Decimal(len(sure)), Decimal(len(possible)))

    return work_out


def _past(medications: Iterable[Medication], since: date, today: date) -> set[int]:
    """The days from ``since`` to today on which they were taken."""
    days: set[int] = set()
    for medication in medications:
        course = course_of(medication, today)
        if medication.draft or course.first is None or (course.last is None and not course.open_ended):
            continue
        first, last = max(course.first, since), min(course.last or today, today)
        days.update(range(first.toordinal(), last.toordinal() + 1))
    return days


def _stretches(held: Held, terminology: Any, today: date) -> tuple[Stretch, ...]:
    def convert(medication: Medication) -> Decimal | None:
        factors = {terminology.drug(key).prednisone_factor for key in medication.drugs}
        return factors.pop() if len(factors) == 1 else None

    return profile(_sure(held), convert, today)


def _peak(span: Value, terminology: Any) -> Callable[[Held, date], Interval[Decimal] | None]:
    """The largest daily total of the last days, today among them."""

    def work_out(held: Held, today: date) -> Interval[Decimal] | None:
        if span.value is None:
            return None
        since = add_span(day(today), span.value, -1).low or date.min
        return _exactly(highest(_stretches(held, terminology, today), since))

    return work_out


def _at(on: Value, terminology: Any) -> Callable[[Held, date], Interval[Decimal] | None]:
    """The total of one day."""

    def work_out(held: Held, today: date) -> Interval[Decimal] | None:
        if on.value is None or not on.value.exact:
            return None
        found = [p.mg for p in _stretches(held, terminology, today) if p.first <= on.value.low <= p.last]
        return _exactly(found[0] if found else Decimal(0))

    return work_out


def _edge(least: Value, terminology: Any, *, first: bool) -> Callable[[Held, date], Any]:
    """First or last day of the latest unbroken time with at least that much a day."""

    def work_out(held: Held, today: date) -> Any:
        if least.value is None or least.value.high is None:
            return None
        found = latest_at(_stretches(held, terminology, today), least.value.high)
        return None if found is None else day(found[0] if first else found[1])

    return work_out


def _most_in(compiler: Compiler, inner: Compiler, node: syntax.Quantified, held: _Held) -> Compiled:
    """``most-in(d in X, condition, d.amount, 21 days)``: the largest total of so many consecutive days with a drafted
    day among them."""
    from cards.logic.compiler import Compiled

    if node.amount is None:
        raise ConditionError("most-in() lacks an amount")
    amount, span = inner.compile(node.amount), _part(compiler, node, node.window, "span")
    if amount.kind.name != "number":
        raise ConditionError(f"most-in() adds numbers, found {amount.kind}")

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        parts: list[Value] = []

        def work_out(items: Held, _today: date) -> Interval[Decimal] | None:
            length = span(scene, bindings).value
            values = [(item, amount.evaluate(scene, {**bindings, held.variable: item})) for item, _ in items]
            parts.extend(value for _, value in values)
            return None if length is None else _largest(values, timedelta(days=length.days + 30 * length.months))

        found = held.value(scene, bindings, work_out)
        return combined(found.value, [found, *parts])

    return Compiled(Kind("number", unit=amount.kind.unit, units=amount.kind.units), evaluate)


def _largest(values: list[tuple[Any, Value]], length: timedelta) -> Interval[Decimal] | None:
    """Unknown where a day or an amount within such a stretch is."""
    if any(item.date.low is None or not item.date.exact for item, _ in values):
        return None
    low = high = Decimal(0)
    for start in {item.date.low for item, _ in values}:
        within = [(item, value) for item, value in values if start <= item.date.low < start + length]
        if not any(item.draft for item, _ in within):
            continue
        amounts = [value.value for _, value in within]
        if any(amount is None or amount.low is None or amount.high is None for amount in amounts):
            return None
        low = max(low, sum((amount.low for amount in amounts), Decimal(0)))
        high = max(high, sum((amount.high for amount in amounts), Decimal(0)))
    return Interval(low, high)
