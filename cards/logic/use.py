"""Whether a drug is being taken, and how much of it on a day: functions of one medication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cards.chart import fhir
from cards.chart.courses import course_days, course_of, daily_mg, steps
from cards.chart.dose_profile import equivalent
from cards.chart.intervals import Day, Interval, day
from cards.chart.records import Medication, MedicationSource, Route
from cards.logic import syntax
from cards.logic.arithmetic import add_span
from cards.logic.kinds import BOOL, DATE, Kind, number
from cards.logic.syntax import ConditionError
from cards.logic.values import Value, combined

if TYPE_CHECKING:
    from cards.logic.compiler import Compiled, Compiler

DAYS = number("d")
DAILY = number("mg/d", {"mg/d": Decimal(1)})


def is_running(medication: Medication, today: Day) -> bool | None:
    """An active order or statement that has begun to count and has not ended; the end of a supply ends nothing."""
    if medication.draft or medication.plan or not medication.active:
        return False
    if medication.end is None or medication.end_is_supply:
        return True
    return today.not_after(medication.end)


def given_since(medication: Medication, since: Day, today: Day) -> bool | None:
    """Whether a dose was given between two days; a completed infusion order counts as given."""
    recorded = medication.source is not MedicationSource.REQUEST or medication.completed
    if medication.draft or medication.plan or not recorded:
        return False
    answers = [_between(since, when, today) for when in medication.dates]
    return True if True in answers else None if None in answers else False


def _between(first: Day, when: Day, last: Day) -> bool | None:
    parts = (first.not_after(when), when.not_after(last))
    return False if False in parts else None if None in parts else True


def either(*answers: bool | None) -> bool | None:
    return True if True in answers else None if None in answers else False


def running(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``running(m)``: an active order or statement whose end has not passed."""
    return _about(compiler, node, BOOL, lambda m, scene: is_running(m, day(scene.chart.today)))


def replaced(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``replaced(m)``: an order that a draft of the same ingredient and route, or one that names it, takes over."""
    return _about(compiler, node, BOOL, lambda m, scene: not m.draft and _is_replaced(m, scene))


def _is_replaced(medication: Medication, scene: Any) -> bool:
    drafts = [item for drug in sorted(medication.drugs) for item in scene.chart.medications(drug).items if item.draft]
    return any(_same_route(medication, item) or _names(item, medication) for item in drafts)


def _same_route(one: Medication, other: Medication) -> bool:
    """A route that is not stated may be the other's."""
    first, second = _routes(one), _routes(other)
    return not first or not second or not first.isdisjoint(second)


def _routes(medication: Medication) -> set[Route]:
    return {dose.route for dose in medication.doses if dose.route is not None}


def _names(draft: Medication, order: Medication) -> bool:
    return fhir.reference(draft.raw.get("priorPrescription")) == order.reference


def stated_twice(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``stated-twice(m)``: a statement of a drug that a running order prescribes by the same route as well."""

    def holds(medication: Medication, scene: Any) -> bool:
        today = day(scene.chart.today)
        orders = (item for drug in sorted(medication.drugs) for item in scene.chart.medications(drug).items)
        return medication.source is not MedicationSource.REQUEST and any(
            item.source is MedicationSource.REQUEST and is_running(item, today) and _same_route(medication, item)
            for item in orders
        )

    return _about(compiler, node, BOOL, holds)


def lasting(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``lasting(m)``: for how many days the order is written."""
    return _about(compiler, node, DAYS, lambda m, _scene: _exactly(course_days(m)))


def _exactly(value: int | Decimal | None) -> Interval[Decimal] | None:
    return None if value is None else Interval(Decimal(value), Decimal(value))


def in_use(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``in-use(m, 30 days)``: drafted, running, or given within that time before today."""
    from cards.logic.compiler import Compiled

    element, span = _element(compiler, node), _span(compiler, node, 1)

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record, window, today = element(scene, bindings), span(scene, bindings), day(scene.chart.today)
        if record.draft:
            return Value(True, (record,))
        given = None if window.value is None else given_since(record, add_span(today, window.value, -1), today)
        return Value(either(is_running(record, today), given), (record,), window.missing)

    return Compiled(BOOL, evaluate)


def prednisone_on(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``prednisone-on(m, date)``: mg of prednisone a day, by the instructions that apply on that day."""
    from cards.logic.compiler import Compiled

    element, on = _element(compiler, node), compiler.compile(node.arguments[1])
    if on.kind.name != "date":
        raise ConditionError("prednisone-on() takes a medication and a date")
    terminology = compiler.names.terminology

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record, when = element(scene, bindings), on.evaluate(scene, bindings)
        found: Day | None = when.value
        amount = None if found is None or found.low is None else _prednisone(record, found.low, scene, terminology)
        return combined(_exactly(amount), [Value(None, (record,)), when])

    return Compiled(DAILY, evaluate)


def falls_to(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``falls-to(m, 10 mg/d)``: the first day on which the order gives no more prednisone a day than that."""
    from cards.logic.compiler import Compiled

    element, most = _element(compiler, node), compiler.compile(node.arguments[1])
    if most.kind.name != "number":
        raise ConditionError("falls-to() takes a medication and a daily dose")
    terminology = compiler.names.terminology

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record, limit = element(scene, bindings), most.evaluate(scene, bindings)
        high = None if limit.value is None else limit.value.high
        found = None if high is None else _first_at_most(record, high, scene, terminology)
        return combined(None if found is None else day(found), [Value(None, (record,)), limit])

    return Compiled(DATE, evaluate)


def _first_at_most(medication: Medication, most: Decimal, scene: Any, terminology: Any) -> date | None:
    today: date = scene.chart.today
    begins = course_of(medication, today).first or today
    starts = {begins} | {step.first for step in steps(medication, today) if step.first is not None}
    for start in sorted(starts):
        amount = _prednisone(medication, start, scene, terminology)
        if amount is not None and amount <= most:
            return start
    return None


def _prednisone(medication: Medication, on: date, scene: Any, terminology: Any) -> Decimal | None:
    factors = {terminology.drug(key).prednisone_factor for key in medication.drugs}
    factor = factors.pop() if len(factors) == 1 else None
    dose = daily_mg(medication, on, scene.chart.today)
    return None if factor is None or dose is None else equivalent(dose, factor)


def mentions(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``mentions(m, refractory-myositis)``: whether the reason or a note of the order names a condition.

    Unknown where it gives neither reason nor note.
    """
    from cards.logic.compiler import Compiled

    element = _element(compiler, node)
    if len(node.arguments) != 2 or not isinstance(node.arguments[1], syntax.Name):
        raise ConditionError("mentions() takes a medication and a condition")
    key = node.arguments[1].text
    compiler.names.member("condition", key)
    terminology = compiler.names.terminology

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record = element(scene, bindings)
        texts = [record.reason_text, *fhir.notes(record.raw)]
        said = any(match.concept == key for text in texts if text for match in terminology.conditions((), [text]))
        found = key in record.reasons or said
        return Value(found or (False if record.reason_given or any(texts) else None), (record,))

    return Compiled(BOOL, evaluate)


def _about(compiler: Compiler, node: syntax.Call, kind: Kind, read: Callable[[Medication, Any], Any]) -> Compiled:
    """A function of the medication and the scene alone."""
    from cards.logic.compiler import Compiled

    if len(node.arguments) != 1:
        raise ConditionError(f"{node.function}() takes a medication")
    element = _element(compiler, node)

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record = element(scene, bindings)
        return Value(read(record, scene), (record,))

    return Compiled(kind, evaluate)


def _element(compiler: Compiler, node: syntax.Call) -> Callable[[Any, dict[str, Any]], Any]:
    part = compiler.compile(node.arguments[0])
    if part.kind.name != "element" or part.kind.of != "medication":
        raise ConditionError(f"{node.function}() takes a medication, found {part.kind}")
    return part.evaluate


def _span(compiler: Compiler, node: syntax.Call, position: int) -> Callable[[Any, dict[str, Any]], Value]:
    if len(node.arguments) <= position:
        raise ConditionError(f"{node.function}() takes a medication and a time span")
    part = compiler.compile(node.arguments[position])
    if part.kind.name != "span":
        raise ConditionError(f"{node.function}() takes a time span, found {part.kind}")
    return part.evaluate
