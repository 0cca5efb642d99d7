"""``used-since(m, date)``: whether a drug was given, taken or ordered on that day or later."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cards.chart.courses import course_of
from cards.chart.intervals import Day, day
from cards.chart.records import Medication
from cards.logic import syntax
from cards.logic.kinds import BOOL
from cards.logic.syntax import ConditionError
from cards.logic.values import Value

if TYPE_CHECKING:
    from cards.logic.compiler import Compiled, Compiler


def was_used(medication: Medication, since: Day, today: date) -> bool | None:
    """A draft counts; of what is over, the last day decides, or the day it was ordered where no last day is known."""
    if medication.draft:
        return True
    if medication.plan:
        return False
    course = course_of(medication, today)
    if course.open_ended and course.last is None:
        return True
    last = None if course.last is None else since.not_after(day(course.last))
    ordered = None if medication.authored is None else since.not_after(medication.authored)
    if True in (last, ordered):
        return True
    return False if last is False else None


def used_since(compiler: Compiler, node: syntax.Call) -> Compiled:
    from cards.logic.compiler import Compiled

    if len(node.arguments) != 2:
        raise ConditionError("used-since() takes a medication and a date")
    medication, since = (compiler.compile(argument) for argument in node.arguments)
    if medication.kind.of != "medication" or since.kind.name != "date":
        raise ConditionError(f"used-since() takes a medication and a date, found {medication.kind}, {since.kind}")
    element, first = medication.evaluate, since.evaluate

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        found, when = element(scene, bindings), first(scene, bindings)
        record = found.value if isinstance(found, Value) else found
        if record is None or when.value is None:
            return found if record is None else when
        return Value(was_used(record, when.value, scene.chart.today), (record, *when.evidence), when.missing)

    return Compiled(BOOL, evaluate)
