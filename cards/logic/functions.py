"""The named functions a condition may call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cards.chart.intervals import Day, Interval
from cards.chart.records import Medication
from cards.logic import dosing_functions, reports, syntax, use
from cards.logic.arithmetic import absolute, days_between, mosteller
from cards.logic.body_doses import mg_per_kg_day
from cards.logic.graded import mild, severe
from cards.logic.kinds import BOOL, DATE, Kind, number
from cards.logic.ordered_for import ordered_for
from cards.logic.plain_quantifiers import tally
from cards.logic.since import used_since
from cards.logic.syntax import ConditionError
from cards.logic.values import Value, combined

if TYPE_CHECKING:
    from cards.logic.compiler import Compiled, Compiler

Build = Callable[["Compiler", syntax.Call], "Compiled"]


def _plain(kinds: Sequence[str], result: Kind, apply: Callable[..., Any]) -> Build:
    """A function of known values: unknown when one argument is."""

    def build(compiler: Compiler, node: syntax.Call) -> Compiled:
        from cards.logic.compiler import Compiled

        parts = _arguments(compiler, node, kinds)
        closures = [part.evaluate for part in parts]

        def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
            values = [closure(scene, bindings) for closure in closures]
            known = all(value.value is not None for value in values)
            return combined(apply(*(value.value for value in values)) if known else None, values)

        quick = [part.plain for part in parts]

        def plainly(scene: Any, bindings: dict[str, Any]) -> Any:
            values = [closure(scene, bindings) for closure in quick]
            return None if any(v is None for v in values) else apply(*values)

        kind = parts[0].kind if result.name == "number" and not result.unit else result
        return Compiled(kind, evaluate, plain=plainly)

    return build


def _arguments(compiler: Compiler, node: syntax.Call, kinds: Sequence[str]) -> list[Compiled]:
    if len(node.arguments) != len(kinds):
        raise ConditionError(f"{node.function}() takes {len(kinds)} arguments")
    parts = [compiler.compile(argument) for argument in node.arguments]
    for part, kind in zip(parts, kinds, strict=True):
        if part.kind.name != kind:
            raise ConditionError(f"{node.function}() takes a {kind}, found {part.kind}")
    return parts


def _earlier(a: Day, b: Day) -> Day:
    return a if (a.low or a.high or 0) <= (b.low or b.high or 0) else b  # type: ignore[operator]


def _later(a: Day, b: Day) -> Day:
    return b if _earlier(a, b) is a else a


def _optional(compiler: Compiler, node: syntax.Call) -> Compiled:
    """Unknown counts as false and is not asked for: an optional modifier."""
    return _assumed(compiler, node, False)


def _conservative(compiler: Compiler, node: syntax.Call) -> Compiled:
    """Unknown counts as true, and stays reported as missing."""
    return _assumed(compiler, node, True)


def _assumed(compiler: Compiler, node: syntax.Call, assumed: bool) -> Compiled:
    from cards.logic.compiler import Compiled

    condition = compiler.condition(_only(node))
    inner, quick = condition.evaluate, condition.plain

    def plainly(scene: Any, bindings: dict[str, Any]) -> bool:
        value = quick(scene, bindings)
        return assumed if value is None else value

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        value = inner(scene, bindings)
        if value.value is not None:
            return value if assumed else Value(value.value, value.evidence)
        return Value(assumed, value.evidence, value.missing if assumed else ())

    return Compiled(BOOL, evaluate, plain=plainly)


def _only(node: syntax.Call) -> syntax.Node:
    if len(node.arguments) != 1:
        raise ConditionError(f"{node.function}() takes one argument")
    return node.arguments[0]


def _first_known(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``first-known(a, b, …)``: the first argument that is known."""
    from cards.logic.compiler import Compiled

    parts = [compiler.compile(argument) for argument in node.arguments]
    if len({part.kind.name for part in parts}) != 1:
        raise ConditionError("first-known() takes arguments of one kind")
    closures = [part.evaluate for part in parts]

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        values: list[Value] = []
        for closure in closures:
            value = closure(scene, bindings)
            if value.value is not None:
                return value
            values.append(value)
        return combined(None, values)

    quick = [part.plain for part in parts]

    def plainly(scene: Any, bindings: dict[str, Any]) -> Any:
        return next((value for part in quick if (value := part(scene, bindings)) is not None), None)

    return Compiled(parts[0].kind, evaluate, plain=plainly)


def covers_day(medication: Medication, on: Day) -> bool | None:
    """Whether a course or an ordered infusion day includes a day; an undated standing order covers every day."""
    if medication.dates and not medication.repeats_unbounded:
        answers = [date.equals(on) for date in medication.dates]
        if True in answers:
            return True
        if len(medication.dates) > 1 or medication.start is None or medication.end is None:
            return None if None in answers else False
    starts = True if medication.start is None else medication.start.not_after(on)
    ends = True if medication.end is None or medication.end_is_supply else on.not_after(medication.end)
    if starts is False or ends is False:
        return False
    return None if starts is None or ends is None else True


def is_undated(medication: Medication) -> bool:
    return not medication.dates and medication.start is None


def _covers(compiler: Compiler, node: syntax.Call) -> Compiled:
    from cards.logic.compiler import Compiled

    medication, day = _element(compiler, node, "medication"), compiler.compile(node.arguments[1])
    if day.kind.name != "date":
        raise ConditionError("covers() takes a medication and a date")
    element, on = medication.evaluate, day.evaluate

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record, date = element(scene, bindings), on(scene, bindings)
        if date.value is None:
            return date
        return Value(covers_day(record, date.value), (record, *date.evidence), date.missing)

    def plainly(scene: Any, bindings: dict[str, Any]) -> bool | None:
        date = day.plain(scene, bindings)
        return None if date is None else covers_day(element(scene, bindings), date)

    return Compiled(BOOL, evaluate, plain=plainly)


def _undated(compiler: Compiler, node: syntax.Call) -> Compiled:
    from cards.logic.compiler import Compiled

    element = _element(compiler, node, "medication").evaluate
    return Compiled(
        BOOL,
        lambda s, b: Value(is_undated(element(s, b)), (element(s, b),)),
        plain=lambda s, b: is_undated(element(s, b)),
    )


def _minutes_before(compiler: Compiler, node: syntax.Call) -> Compiled:
    """Minutes from a premedication to the drug's infusion on one day; unknown unless both carry a time of day."""
    from cards.logic.compiler import Compiled

    if len(node.arguments) != 1:
        raise ConditionError("minutes-before() takes a medication")
    element = _element(compiler, node, "medication").evaluate

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record = element(scene, bindings)
        infusions = [order for order in scene.chart.medications(scene.drug).items if order.draft]
        minutes = _first_gap(_clock_times([record]), _clock_times(infusions))
        return Value(minutes, (record,))

    return Compiled(number("min", {"min": Decimal(1), "h": Decimal(60)}), evaluate)


def _clock_times(medications: Sequence[Medication]) -> list[datetime]:
    return [time for medication in medications for dose in medication.doses for time in dose.clock_times]


def _first_gap(before: list[datetime], infusions: list[datetime]) -> Interval[Decimal] | None:
    for infusion in infusions:
        for time in before:
            if time.date() == infusion.date():
                minutes = Decimal(int((infusion - time).total_seconds() // 60))
                return Interval(minutes, minutes)
    return None


def _of_drug(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``of-drug(m, methylprednisolone)``: whether the record is of that drug or drug group."""
    from cards.logic.compiler import Compiled

    element, key = _element(compiler, node, "medication").evaluate, _word(node)
    compiler.names.member("drug", key)
    drugs = compiler.names.terminology.group(key)

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record = element(scene, bindings)
        return Value(not drugs.isdisjoint(record.drugs), (record,))

    return Compiled(BOOL, evaluate, plain=lambda s, b: not drugs.isdisjoint(element(s, b).drugs))


def _has_reason(compiler: Compiler, node: syntax.Call) -> Compiled:
    """``has-reason(o, nmosd)``: whether the order names that condition as its reason; not saying so is unknown."""
    from cards.logic.compiler import Compiled

    element, key = _element(compiler, node, "medication").evaluate, _word(node)
    compiler.names.member("condition", key)

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record = element(scene, bindings)
        return Value(key in record.reasons, (record,))

    return Compiled(BOOL, evaluate, plain=lambda s, b: key in element(s, b).reasons)


def _in_group(compiler: Compiler, node: syntax.Call) -> Compiled:
    from cards.logic.compiler import Compiled

    element, key = _element(compiler, node, "vaccination").evaluate, _word(node)
    compiler.names.member("vaccine", key)

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        record = element(scene, bindings)
        return Value(key in record.groups, (record,))

    return Compiled(BOOL, evaluate, plain=lambda s, b: key in element(s, b).groups)


def _element(compiler: Compiler, node: syntax.Call, of: str) -> Compiled:
    part = compiler.compile(node.arguments[0])
    if part.kind.name != "element" or part.kind.of != of:
        raise ConditionError(f"{node.function}() takes a {of}, found {part.kind}")
    return part


def _word(node: syntax.Call) -> str:
    if len(node.arguments) != 2 or not isinstance(node.arguments[1], syntax.Name):
        raise ConditionError(f"{node.function}() takes an element and a name")
    return node.arguments[1].text


def _number_of_true(compiler: Compiler, node: syntax.Call) -> Compiled:
    return _tally(compiler, node, True)


def _number_of_unknown(compiler: Compiler, node: syntax.Call) -> Compiled:
    return _tally(compiler, node, None)


def _tally(compiler: Compiler, node: syntax.Call, counted: bool | None) -> Compiled:
    from cards.logic.compiler import Compiled

    conditions = [compiler.condition(argument) for argument in node.arguments]
    parts = [condition.evaluate for condition in conditions]

    def evaluate(scene: Any, bindings: dict[str, Any]) -> Value:
        values = [part(scene, bindings) for part in parts]
        hits = [value for value in values if value.value is counted]
        total = Decimal(len(hits))
        return combined(Interval(total, total), hits) if hits else Value(Interval(total, total))

    return Compiled(number("{count}"), evaluate, plain=tally([part.plain for part in conditions], counted))


FUNCTIONS: dict[str, Build] = {
    "days": _plain(("date", "date"), number("d"), days_between),
    "earliest": _plain(("date", "date"), DATE, _earlier),
    "later": _plain(("date", "date"), DATE, _later),
    "abs": _plain(("number",), Kind("number"), absolute),
    "optional": _optional,
    "conservative": _conservative,
    "first-known": _first_known,
    "covers": _covers,
    "undated": _undated,
    "minutes-before": _minutes_before,
    "of-drug": _of_drug,
    "has-reason": _has_reason,
    "in-group": _in_group,
    "number-true": _number_of_true,
    "number-unknown": _number_of_unknown,
    "mg-per-kg-day": mg_per_kg_day,
    "used-since": used_since,
    "mosteller": _plain(("number", "number"), number("m2"), mosteller),
    "running": use.running,
    "in-use": use.in_use,
    "replaced": use.replaced,
    "stated-twice": use.stated_twice,
    "lasting": use.lasting,
    "prednisone-on": use.prednisone_on,
    "falls-to": use.falls_to,
    "mentions": use.mentions,
    "affirms": reports.affirms,
    "excludes": reports.excludes,
    "severe": severe,
    "mild": mild,
    "ordered-for": ordered_for,
    "largest-total": dosing_functions.largest_total,
    "indication-is": dosing_functions.indication_is,
}
