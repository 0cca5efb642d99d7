"""``mg-per-kg-day(m, weight)``: the daily dose of a prescription per kilogram of body weight."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cards.chart.intervals import Interval
from cards.chart.records import Gap, Medication
from cards.logic import syntax
from cards.logic.kinds import number
from cards.logic.syntax import ConditionError
from cards.logic.values import Value, combined, lacking
from cards.logic.vocabulary import daily_dose

if TYPE_CHECKING:
    from cards.logic.compiler import Compiled, Compiler

PER_KILOGRAM_A_DAY = number("mg/kg/d", {"mg/kg/d": Decimal(1)})


def daily_per_kilogram(medication: Medication) -> Interval[Decimal] | None:
    """Of a prescription that is written per kilogram; ``None`` when any instruction is not."""
    low = high = Decimal(0)
    for dose in medication.doses:
        rate, per_kg = dose.times_per_day, dose.per_kg
        if per_kg is None or per_kg.low is None or per_kg.high is None or rate is None:
            return None
        low, high = low + per_kg.low * rate, high + per_kg.high * rate
    return Interval(low, high) if medication.doses else None


def mg_per_kg_day(compiler: Compiler, node: syntax.Call) -> Compiled:
    """As written per kilogram, else the daily dose divided by the weight; unknown without a dose or a weight."""
    from cards.logic.compiler import Compiled

    if len(node.arguments) != 2:
        raise ConditionError("mg-per-kg-day() takes a medication and a weight")
    medication, weight = (compiler.compile(argument) for argument in node.arguments)
    if medication.kind.name != "element" or medication.kind.of != "medication" or weight.kind.unit != "kg":
        raise ConditionError("mg-per-kg-day() takes a medication and a weight in kg")
    element, kilograms = medication.evaluate, weight.evaluate
    concept = medication.kind.concept or medication.kind.of

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        found = element(scene, bindings)
        record = found.value if isinstance(found, Value) else found
        if record is None:
            return found
        written = daily_per_kilogram(record)
        if written is not None:
            return Value(written, (record,))
        dose, body = daily_dose(record), kilograms(scene, bindings)
        given = Value(dose, (record,), () if dose else (lacking(concept, Gap.NOT_ON_FILE),))
        return combined(_divided(dose, body.value), [given, body])

    return Compiled(PER_KILOGRAM_A_DAY, evaluate)


def _divided(dose: Interval[Decimal] | None, weight: Interval[Decimal] | None) -> Interval[Decimal] | None:
    """The lower the weight the higher the dose per kilogram; a weight of nothing divides nothing."""
    if dose is None or dose.low is None or dose.high is None:
        return None
    if weight is None or weight.low is None or weight.low <= 0:
        return None
    low = None if weight.high is None else dose.low / weight.high
    return Interval(low or Decimal(0), dose.high / weight.low)
